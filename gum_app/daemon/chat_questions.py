"""What the questions of the chat must hold: the words asked, the names of lines, earlier turns. All is checked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from gum_app.daemon.answers_search import LONGEST_QUESTION, query_of
from gum_app.errors import BadInput
from gum_app.link import Question
from gum_app.pipeline.answer import LONGEST_TURN, MOST_TURNS, Turn
from gum_app.rules.asking import goes_on, points_at_screen
from gum_app.store.retrieving import Query

LONGEST_ASKED = 600  # characters
LONGEST_ADDED = 600
MOST_LINES = 100

_NAME = re.compile(r"[pos][1-9]\d{0,17}")


def asked_of(question: Question) -> str:
    text = question.get("text")
    if not isinstance(text, str) or not text.strip():
        raise BadInput("There is no question: write one, like “What was I doing on Tuesday?”")
    if len(text) > LONGEST_ASKED:
        raise BadInput(f"That is too long: ask in at most {LONGEST_ASKED} characters.")
    return text.strip()


def names_of(question: Question, field: str) -> list[str]:
    """Names of lines, as the first step gave them."""
    given = question.get(field, [])
    if not isinstance(given, list) or len(given) > MOST_LINES:
        raise BadInput(f"“{field}” is a list of at most {MOST_LINES} names of lines, like p12 or o55.")
    if not all(isinstance(name, str) and _NAME.fullmatch(name) for name in given):
        raise BadInput(f"In “{field}” stands what is no name of a line: p12 is a proposition, o55 an observation.")
    return list(dict.fromkeys(given))


def turns_of(question: Question) -> list[Turn]:
    """What was asked before, and answered; the last few count."""
    given = question.get("history", [])
    if not isinstance(given, list) or not all(isinstance(turn, dict) for turn in given):
        raise BadInput("“history” is a list of earlier questions, each with its answer.")
    return [_turn(turn) for turn in given[-MOST_TURNS:]]


def _turn(given: Mapping[str, Any]) -> Turn:
    question, answer = given.get("question"), given.get("answer")
    if not isinstance(question, str) or not isinstance(answer, str) or len(question) + len(answer) > LONGEST_QUESTION:
        raise BadInput("Of an earlier question “question” and “answer” are texts.")
    return Turn(question=question[:LONGEST_TURN], answer=answer)


def added_of(question: Question) -> str:
    """What the person adds for this question alone; empty for nothing."""
    text = question.get("also", "")
    if not isinstance(text, str):
        raise BadInput("What you add is a text.")
    if len(text) > LONGEST_ADDED:
        raise BadInput(f"What you add is too long: write at most {LONGEST_ADDED} characters.")
    return " ".join(text.split())


def wants_screen(question: Question) -> bool:
    """Whether what is on the screen now belongs to it: as it says, else as its words tell."""
    wanted = question.get("screen")
    return points_at_screen(asked_of(question)) if wanted is None else bool(wanted)


def query_after(text: str, turns: Sequence[Turn], now: datetime) -> Query:
    """What to look for; a question that goes on from the one before takes from it what it does not say itself."""
    query = query_of({"text": text}, now)
    if not turns or not goes_on(text):
        return query
    before = query_after(turns[-1].question, turns[:-1], now)
    timed = query.since is not None or query.until is not None
    return replace(
        query,
        text=f"{query.text} {before.text}".strip(),
        since=query.since if timed else before.since,
        until=query.until if timed else before.until,
    )
