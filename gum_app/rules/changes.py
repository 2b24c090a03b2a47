"""A contradiction: did the world change, was the old an error, or do the two stand against each other?

Decided by when each was seen. Where the old ends before the new begins, the world has changed; where they overlap,
one of them is wrong. The reason is a sentence, kept with the revision.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from gum_app.records import Evidence, Kind
from gum_app.rules.alike import FEWEST_STEMS, same_names, share
from gum_app.rules.days import DayNamed, days_in, recurs
from gum_app.rules.wording import denies, stems

Judgement = Literal["changed", "conflict", "otherwise"]

FEW = 2  # episodes that each side needs before it counts as a state of the world, not as one odd sight
# What is shown as a state with a date: a calendar, a tracker, a booking. Once is enough to see that it moved.
MOVES: frozenset[Kind] = frozenset({"plan", "schedule", "task"})
SAME_BUT_THE_DAY = 0.6  # share of common stems, days left out, where the words say that something has moved
SAME_BUT_DENIED = 0.75
FEWEST_LOOSELY = 2  # stems of a sentence that another denies, where it is only asked about
_SAYS_SO = re.compile(
    r"\b(?:moved?s? (?:from|to)|(?:has|have|is|been|was) moved|rescheduled|postponed|brought forward|put off"
    r"|changed (?:from|to)|instead of|no longer|not any ?more|switch(?:ed|ing) (?:from|to|over)"
    r"|replac(?:ed|es) (?:by|with)|now (?:on|at|in)\b)|\((?:was|before|formerly)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Judged:
    """`why` is a whole sentence. "otherwise": seen once, so the old is in doubt and no more."""

    what: Judgement
    why: str


def judge(old: Iterable[Evidence], new: Iterable[Evidence], *, kind: Kind) -> Judged:
    """Of two beliefs that cannot both be so, by the evidence for each. `kind` is that of the new one."""
    before, after = _seen(old), _seen(new)
    if not before or not after:
        return Judged("otherwise", "It was seen otherwise.")
    if max(before) >= min(after):
        return Judged("conflict", "Both were seen in the same time, so one of them is wrong.")
    if says_that_it_changed(item.quote for item in new):
        return Judged("changed", "It was said that this has changed.")
    if kind in MOVES:
        return Judged("changed", "It was seen so before, and otherwise since.")
    if min(len(before), len(after)) >= FEW:
        return Judged(
            "changed",
            f"Seen so {len(before)} times before, and {len(after)} times otherwise since: this has changed.",
        )
    return Judged("otherwise", "Seen otherwise since, but too seldom to say that this has changed.")


def says_that_it_changed(quotes: Iterable[str]) -> bool:
    """Whether words tell of a change: "moved from", "was Wed 15:00", "no longer"."""
    return any(_SAYS_SO.search(quote) for quote in quotes)


def only_moved(old: str, new: str, at: datetime) -> bool:
    """Whether two sentences differ in nothing but the day or hour they name; what recurs does not move."""
    ours, theirs = days_in(old, at), days_in(new, at)
    if not ours or not theirs or recurs(old) or recurs(new):
        return False
    if [_instant(day) for day in ours] == [_instant(day) for day in theirs]:
        return False
    one, two = _without(old, ours), _without(new, theirs)
    return share(one, two) >= SAME_BUT_THE_DAY and same_names(one, two)


def denied(old: str, new: str, *, loosely: bool) -> bool:
    """Whether one says that it is so and the other that it is not. `loosely`: one may say more than the other."""
    if denies(old) == denies(new) or not same_names(old, new):
        return False
    ours, theirs = set(stems(old)), set(stems(new))
    shorter = min(len(ours), len(theirs))
    if loosely:
        return shorter >= FEWEST_LOOSELY and len(ours & theirs) == shorter
    return shorter >= FEWEST_STEMS and share(old, new) >= SAME_BUT_DENIED


def _instant(day: DayNamed) -> tuple[object, object]:
    return day.day, day.start


def _without(text: str, days: Sequence[DayNamed]) -> str:
    for day in reversed(days):
        text = text[: day.position] + text[day.position + len(day.phrase) :]
    return text


def _seen(evidence: Iterable[Evidence]) -> list[datetime]:
    """When each episode that speaks for it was seen, each once."""
    episodes: dict[object, datetime] = {}
    for item in evidence:
        if item.supports:
            episodes[item.episode] = max(episodes.get(item.episode, item.at), item.at)
    return sorted(episodes.values())
