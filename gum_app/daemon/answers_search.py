"""The verbs by which windows and programs search: what is asked for, and what a text means."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

from gum_app.daemon.choice import sends_beyond
from gum_app.daemon.mind import Urgency
from gum_app.daemon.room import Room
from gum_app.errors import BadInput, GaveWay, GumError, ModelTrouble
from gum_app.link import Answer, Question
from gum_app.records import KINDS, STATES, Kind, State
from gum_app.rules.delicate import may_be_private
from gum_app.rules.durations import minutes_of
from gum_app.rules.time_words import time_asked
from gum_app.settings import Settings
from gum_app.store import meanings
from gum_app.store.hits import fields
from gum_app.store.meanings import Meaning
from gum_app.store.retrieving import MOST_HITS, Query
from gum_app.store.store import Store

log = logging.getLogger(__name__)

STAYS_HERE = "Searched by words alone: these may be private, and the server is not on this computer."

Verb = Callable[[Question], Iterator[Answer]]
Opening = Callable[[], AbstractContextManager[Store]]

USUAL_HITS = 20
LONGEST_QUESTION = 8_000  # characters: a program may ask with what was just said
LONGEST_TIME = 60  # characters
FIRST_YEAR, LAST_YEAR = 1900, 9000  # nothing is reckoned with at the edges of what a date can be
NOT_RUNNING = "Searched by words alone: the model that compares by meaning runs only while gum-app does."


class SearchAnswers:
    def __init__(self, room: Room, store: Opening) -> None:
        """`store` opens the store."""
        self._room = room
        self._store = store
        self.verbs: dict[str, Verb] = {"search": self._search, "meaning": self._meaning}

    def _search(self, question: Question) -> Iterator[Answer]:
        """`text`, in which words for a time count as one; `kinds`, `states`, `app`, `since`, `until`, `limit`.

        `loosely`: also what shares only words like “the”, so that the nearest come back whatever they are.
        """
        now = self._room.clock.now()
        query, limit = query_of(question, now), limit_of(question)
        with self._store() as store:
            meaning, trouble = self.meaning_of(query.text, store.settings())
            hits = store.retrieve(query, now=now, meaning=meaning, limit=limit)
        yield {
            "hits": [fields(hit) for hit in hits],
            "text": query.text,
            "since": query.since.isoformat() if query.since is not None else None,
            "until": query.until.isoformat() if query.until is not None else None,
            "by_meaning": meaning is not None,
            "trouble": trouble,
        }

    def _meaning(self, question: Question) -> Iterator[Answer]:
        """What `text` means, for a window that compares by itself; without a model that tells it, no `vector`."""
        text = str(question.get("text") or "")[:LONGEST_QUESTION]
        with self._store() as store:
            settings = store.settings()
        meaning, trouble = self.meaning_of(time_asked(text, self._room.clock.now()).rest, settings)
        if meaning is None:
            yield {"embedder": "", "vector": "", "trouble": trouble}
        else:
            yield {**meanings.told(meaning), "trouble": ""}

    def meaning_of(self, text: str, settings: Settings) -> tuple[Meaning | None, str]:
        """What a text means, and why that is not known although a model was chosen."""
        mind = self._room.mind
        if mind is None:
            return None, NOT_RUNNING if settings.embedding_model else ""
        embedder = mind.embedder
        if embedder is None or not text.strip():
            return None, ""
        if sends_beyond(settings) and may_be_private(text):
            return None, STAYS_HERE
        try:
            return Meaning(embedder=embedder.name, vector=mind.embed([text], urgency=Urgency.PERSON)[0]), ""
        except GaveWay:
            return None, "Searched by words alone: the question of what it means was taken back."
        except ModelTrouble as trouble:
            log.warning("searched by words alone: %s", type(trouble).__name__)
            return None, f"Searched by words alone. {trouble}"


def query_of(question: Question, now: datetime) -> Query:
    """Raises BadInput for what cannot be used."""
    text = question.get("text", "")
    if not _is_text(text) or len(text) > LONGEST_QUESTION:
        raise BadInput(f"What to search for is a text of at most {LONGEST_QUESTION} characters.")
    app = question.get("app")
    if app is not None and not _is_text(app):
        raise BadInput("An app is named by a text.")
    asked = time_asked(text, now)
    since, until = _instant(question.get("since"), now, "since"), _instant(question.get("until"), now, "until")
    named = since is not None or until is not None  # then words for a time in the text are words
    return Query(
        text=text.strip() if named else asked.rest,
        kinds=_kinds_of(question.get("kinds")),
        states=_states_of(question.get("states")),
        app=app,
        since=since if named else asked.since,
        until=until if named else asked.until,
        strictly=not question.get("loosely"),
    )


def _is_text(given: Any) -> bool:
    """Halves of letters, which JSON can hold, cannot be written down."""
    return isinstance(given, str) and not any("\ud800" <= character <= "\udfff" for character in given)


def _kinds_of(given: Any) -> frozenset[Kind]:
    wanted = _some_of(given or [], KINDS, "kind")
    return frozenset(kind for kind in KINDS if kind in wanted)


def _states_of(given: Any) -> frozenset[State]:
    """Those that are believed, where none is named."""
    wanted = _some_of(["active", "doubted"] if given is None else given, STATES, "state")
    return frozenset(state for state in STATES if state in wanted)


def _some_of(given: Any, there: tuple[str, ...], what: str) -> list[Any]:
    for each in given if isinstance(given, list) else [given]:
        if each not in there:
            raise BadInput(f"“{each}” is no {what}; there are: {', '.join(there)}.")
    return list(given)


def limit_of(question: Question) -> int:
    limit = question.get("limit", USUAL_HITS)
    if type(limit) is not int or not 0 < limit <= MOST_HITS:
        raise BadInput(f"Say how many to find, from 1 to {MOST_HITS}.")
    return limit


def _instant(given: Any, now: datetime, name: str) -> datetime | None:
    """ISO, or words: “yesterday”, “2026-03-01”; or a span back from now: “3d”. “until” means the end of a day."""
    if given is None or given == "":
        return None
    if not isinstance(given, str):
        raise BadInput(f"“{name}” is a time: write it like 2026-03-01, yesterday, or 3d for three days back.")
    at = _read_instant(given, now, name) if len(given) <= LONGEST_TIME else None
    if at is None or not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise BadInput(
            f"“{given[:LONGEST_TIME]}” is no time that is understood: write it like 2026-03-01, yesterday, or 3d for"
            " three days back."
        )
    return at


def _read_instant(given: str, now: datetime, name: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(given)
        if len(given) > len("2026-03-01"):
            return at if at.tzinfo is not None else at.replace(tzinfo=now.tzinfo)
    except ValueError:
        pass
    asked = time_asked(given, now)
    if (asked.since or asked.until) and not asked.rest:
        return (asked.since or asked.until) if name == "since" else (asked.until or asked.since)
    try:
        return now - timedelta(minutes=minutes_of(given))
    except (GumError, OverflowError):
        return None
