"""When a belief is over: the day it names has passed, or so little is left of its weight that it says nothing.

What the person said themselves is never over by rule.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from gum_app.records import Kind
from gum_app.rules.days import day_text, days_in, recurs
from gum_app.rules.freshness import freshness

HALF_LIVES = 6  # after so many without being seen, 1/64 of its weight is left
LEAST_WEIGHT = 0.5**HALF_LIVES
DATED: frozenset[Kind] = frozenset({"plan", "schedule"})  # of other kinds a day is only part of what they tell
_DAY = re.compile(r"20\d\d-\d\d-\d\d")


def why_over(
    *, kind: Kind, text: str, value: str, last_supported_at: datetime, half_life_days: float, now: datetime
) -> str | None:
    """The reason as a sentence; None where it is not over."""
    last = last_day(kind=kind, text=text, value=value, told_at=last_supported_at)
    if last is not None and last < now.date():
        return f"Its day is over: {day_text(last)}."
    if freshness(last_supported_at, half_life_days, now) < LEAST_WEIGHT:
        return f"Nothing of it has been seen for {HALF_LIVES} times the span in which it loses half of its weight."
    return None


def last_day(*, kind: Kind, text: str, value: str, told_at: datetime) -> date | None:
    """The last day that an appointment, a deadline or a plan names; None where it names none, or recurs."""
    if kind not in DATED or recurs(text) or recurs(value):
        return None
    days = [named.last_day or named.day for named in days_in(text, told_at)]
    of_value = _DAY.match(value)
    if of_value:
        days.append(_date(of_value.group()))
    return max(days, default=None)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:  # a thirteenth month: it names no day
        return date.min
