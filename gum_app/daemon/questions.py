"""What a question must hold. Whoever asks may be wrong or of another version: everything is checked, and what cannot be
used is told in one sentence (BadInput). A scope that is not understood is never taken for everything.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from gum_app.errors import BadInput
from gum_app.link import Question
from gum_app.records import ImportId, ObservationId, PropositionId
from gum_app.rules.secrets import CUT, cut_text
from gum_app.store.store import ForgetScope

LONGEST_TEXT = 1000  # characters of a proposition or note that the person writes
LONGEST_PAUSE_MINUTES = 7 * 24 * 60
LONGEST_BACK_MINUTES = 10 * 366 * 24 * 60
MOST_PARTS = 5  # of one proposition that is split
LARGEST_NUMBER = 2**63 - 1  # of a row

WHAT = "Say what to forget: the last minutes, an app, a day, a proposition, an import, or everything."
SCOPES = frozenset({"last_minutes", "app", "day", "proposition", "observations", "import", "since", "all"})


def scope_of(question: Question, now: datetime) -> ForgetScope:
    """Exactly one scope."""
    given = sorted(SCOPES & question.keys())
    if len(given) != 1:
        raise BadInput(WHAT)
    (name,) = given
    try:
        return _scope(name, question[name], question, now)
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        raise BadInput(f"“{question[name]}” does not say what to forget ({name.replace('_', ' ')}).") from error


def _scope(name: str, value: Any, question: Question, now: datetime) -> ForgetScope:
    match name:
        case "last_minutes":
            return ForgetScope(since=now - timedelta(minutes=_between(float(value), LONGEST_BACK_MINUTES)))
        case "app":
            return ForgetScope(app=_named(value))
        case "day":
            return ForgetScope(day=_day(value))
        case "proposition":
            return ForgetScope(proposition_id=PropositionId(_row(value)))
        case "observations":
            return ForgetScope(observation_ids=tuple(ObservationId(_row(each)) for each in _some(value)))
        case "import":
            return ForgetScope(import_id=ImportId(_row(value)))
        case "since":
            return _span(datetime.fromisoformat(value), datetime.fromisoformat(question["until"]))
    if value is not True:
        raise ValueError("everything is only forgotten when that is said")
    return ForgetScope(everything=True)


def _between(minutes: float, most: float) -> float:
    if not 0 < minutes <= most:
        raise ValueError("not a span")
    return minutes


def _named(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("not a name")
    return value.strip()


def _day(value: str) -> date:
    day = date.fromisoformat(value)
    return day + timedelta(days=1) - timedelta(days=1)  # the last day there is has no end


def _row(value: Any) -> int:
    number = int(value)
    if isinstance(value, bool | float) or not 0 < number <= LARGEST_NUMBER:
        raise ValueError("not the number of a row")
    return number


def _some(value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise ValueError("not a list of numbers")
    return value


def _span(since: datetime, until: datetime) -> ForgetScope:
    if since.tzinfo is None or until.tzinfo is None or until < since:
        raise ValueError("not a span of time")
    return ForgetScope(since=since, until=until)


def proposition_id_of(question: Question) -> PropositionId:
    try:
        return PropositionId(_row(question["id"]))
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise BadInput("Say which proposition: give its number.") from error


def number_of(question: Question, name: str) -> int:
    try:
        return _row(question[name])
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise BadInput(f"Say which one: “{name}” is a number.") from error


def deed_of(question: Question) -> int:
    return number_of(question, "deed")


def parts_of(question: Question) -> list[tuple[str, list[int]]]:
    """For each part its words, and the places of its evidence, from 0."""
    given = question.get("parts")
    if not isinstance(given, list) or not all(isinstance(part, dict) for part in given):
        raise BadInput("Say into which parts: a list, each with its text and its evidence.")
    parts = [(statement_of(part), _places(part.get("evidence", []))) for part in given]
    if not 2 <= len(parts) <= MOST_PARTS:
        raise BadInput(f"Write from two to {MOST_PARTS} parts.")
    if len({text.casefold() for text, _ in parts}) < len(parts):
        raise BadInput("Two of the parts say the same: write them so that they differ.")
    return parts


def _places(given: Any) -> list[int]:
    if not isinstance(given, list) or not all(type(each) is int and each >= 0 for each in given):
        raise BadInput("Say which evidence belongs to a part: a list of places, from 0.")
    return given


def statement_of(question: Question) -> str:
    """As `text_of`, of what is listed, searched and shown to models and programs: no place for a secret."""
    text = text_of(question)
    if CUT in cut_text(text) and CUT not in text:
        raise BadInput("A password, a code or the number of a card or an account stands in it: write it without.")
    return text


def text_of(question: Question) -> str:
    text = question.get("text")
    if not isinstance(text, str) or not text.strip():
        raise BadInput("There are no words: write a sentence.")
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        raise BadInput("Some of these characters are no letters: write them again.")
    if len(text.strip()) > LONGEST_TEXT:
        raise BadInput(f"That is too long: write at most {LONGEST_TEXT} characters.")
    return text.strip()


def passphrase_of(question: Question) -> str | None:
    passphrase = question.get("passphrase") or None
    if passphrase is not None and not isinstance(passphrase, str):
        raise BadInput("A passphrase is a text.")
    return passphrase


def pause_of(question: Question) -> timedelta:
    try:
        return timedelta(minutes=_between(float(question["minutes"]), LONGEST_PAUSE_MINUTES))
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise BadInput("Say for how many minutes to pause, from 1 to 10080 (a week).") from error


def path_of(question: Question) -> Path:
    """Absolute: the daemon stands in another folder than whoever asks."""
    text = question.get("path")
    if not isinstance(text, str) or not Path(text).expanduser().is_absolute():
        raise BadInput("Give the name of a file with its whole path.")
    return Path(text).expanduser()
