"""How the file keeps an instant: microseconds since 1970 in UTC, which sort and compare, and beside them, once a row,
what the clock on the wall was ahead of UTC in minutes, so that “nine in the morning” stays nine in the morning.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
MICROS_PER_SECOND = 1_000_000
MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND
MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND


def micros(at: datetime) -> int:
    """Microseconds since 1970 in UTC. Raises ValueError for an instant without a time zone."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return (at - EPOCH) // MICROSECOND


def utc_offset(at: datetime) -> int:
    """Minutes that the wall clock of this instant is ahead of UTC."""
    ahead = at.utcoffset()
    if ahead is None:
        raise ValueError("an instant needs a time zone")
    return int(ahead.total_seconds() // 60)


def instant(micros_utc: int, offset_minutes: int = 0) -> datetime:
    return (EPOCH + timedelta(microseconds=micros_utc)).astimezone(_zone(offset_minutes))


def day_start(day: date) -> int:
    """Midnight of that day on a wall clock, in microseconds as if the wall clock showed UTC."""
    return (day - EPOCH.date()).days * MICROS_PER_DAY


@lru_cache(maxsize=128)
def _zone(offset_minutes: int) -> timezone:
    return timezone(timedelta(minutes=offset_minutes)) if offset_minutes else UTC
