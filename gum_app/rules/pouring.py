"""How much is poured out: a few offers an hour, a number a day. Counted from what was shown, and kept nowhere.

What the person asked to see later counts once, when it was shown last. A clock that jumps back opens no tap: what was
shown at a time still to come counts as shown just now, and for today.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from gum_app.settings import Settings
from gum_app.suggestions import Silence

HOUR_SECONDS = 3600.0
# The bucket holds one: then no hour has more than the hourly number in it, and offers do not come in a row.
CAPACITY = 1.0


def too_much(shown_at: Iterable[datetime], now: datetime, settings: Settings) -> Silence | None:
    """`shown_at`: when each offer was shown, in any order, at least those of the last two days."""
    times = list(shown_at)
    if shown_today(times, now) >= settings.suggestions_a_day:
        return "enough for today"
    if tokens(times, now, capacity=CAPACITY, an_hour=settings.suggestions_an_hour) < 1.0:
        return "too soon"
    return None


def shown_today(shown_at: Iterable[datetime], now: datetime) -> int:
    """The day is the one that the person's own clock shows: from midnight to midnight."""
    today = now.date()  # of `at` the offset may be another: the clocks were changed since, or the person has travelled
    return sum(at.astimezone(now.tzinfo).date() >= today for at in shown_at)


def tokens(shown_at: Iterable[datetime], now: datetime, *, capacity: float, an_hour: float) -> float:
    """What is in the bucket: it fills by so many an hour up to `capacity`, and each offer takes one, 0–`capacity`."""
    left, filled_at = capacity, None
    for at in sorted(min(each, now) for each in shown_at):
        left = _filled(left, filled_at, at, capacity, an_hour)
        left, filled_at = max(left - 1.0, 0.0), at
    return _filled(left, filled_at, now, capacity, an_hour)


def _filled(left: float, since: datetime | None, at: datetime, capacity: float, an_hour: float) -> float:
    if since is None:
        return left
    return min(left + (at - since).total_seconds() / HOUR_SECONDS * an_hour, capacity)
