"""What a sentence says has moved from one day to another: "moves from Saturday 28 March to Monday 30 March"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gum_app.rules.days import DayNamed, days_in

_CUE = re.compile(
    r"\b(?:mov(?:e|es|ed|ing)|reschedul\w+|postpon\w+|brought forward|put off|delayed|shift(?:s|ed)?|chang(?:es|ed)"
    r"|instead of|rather than|no longer|was)\b",
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(
    r"(?:\bfrom|\binstead of|\brather than|\bnot(?: on)?|\bno longer(?: on)?|\(was|\bwas|\bplanned for)"
    r"\s+(?:on |the |for )*$",
    re.IGNORECASE,
)
_THERE = re.compile(r"(?:\bto|\bon|\bnow|\buntil|\bfor|\bfrom)\s+(?:the |now )*$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Move:
    """`old` is the day that no longer holds, as the text says; it may also only ask for it."""

    old: DayNamed
    new: DayNamed
    text: str


def move_in(text: str, read_at: datetime) -> Move | None:
    """None where a text names no two days, or does not say which one is no longer so. Both lie ahead, or are today."""
    if not _CUE.search(text):
        return None
    today = read_at.date()
    days = [named for named in days_in(text, read_at) if named.day >= today]
    old = next((named for named in days if _is_taken_back(text, named)), None)
    if old is None:
        return None
    others = [named for named in days if named.day != old.day and not _is_taken_back(text, named)]
    new = _nearest(others, old, text)
    return Move(old=old, new=new, text=text) if new is not None else None


def _is_taken_back(text: str, named: DayNamed) -> bool:
    before = text[: named.position]
    # "from Saturday 28 March to …": the phrase may hold its own "from".
    phrase = named.phrase.casefold()
    if phrase.startswith("from "):
        before = f"{before} from "
    return _TAKEN_BACK.search(before) is not None


def _nearest(others: Sequence[DayNamed], old: DayNamed, text: str) -> DayNamed | None:
    said = [named for named in others if _THERE.search(text[: named.position])] or list(others)
    return min(said, key=lambda named: abs(named.position - old.position), default=None)
