"""When something is due, as people type it looking ahead: 17:30, tomorrow 9:00, friday 14:00, 2026-03-14 08:30, 20m."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from gum_app.errors import BadInput
from gum_app.rules.durations import minutes_of

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MORNING = time(9)  # of a day that is named without a time
FURTHEST = timedelta(days=3660)

_CLOCK = re.compile(r"(?:at\s+)?(\d{1,2}):(\d{2})", re.IGNORECASE)
_DAY = re.compile(rf"(?:on\s+)?(today|tomorrow|{'|'.join(DAYS)}|\d{{4}}-\d{{2}}-\d{{2}})\b[,\sT]*(.*)", re.IGNORECASE)
_IN = re.compile(r"in\s+(.+)", re.IGNORECASE)


def due_at(text: str, now: datetime) -> datetime:
    """By the clock of `now`, and later than it: a time of day that is past is tomorrow's. Raises BadInput."""
    given = text.strip()
    try:
        at = _with_zone(given) or _named(given, now) or _span(given, now)
    except (ValueError, OverflowError) as error:
        raise BadInput(_not_a_time(text)) from error
    if at is None:
        raise BadInput(_not_a_time(text))
    if not now < at <= now + FURTHEST:
        raise BadInput(f"“{text}” is over, or too far ahead: give a time that comes.")
    return at


def _with_zone(given: str) -> datetime | None:
    """An instant as programs write it."""
    try:
        at = datetime.fromisoformat(given)
    except ValueError:
        return None
    return at if at.tzinfo is not None else None


def _named(given: str, now: datetime) -> datetime | None:
    day = _DAY.fullmatch(given)
    if day is None:
        clock = _CLOCK.fullmatch(given)
        if clock is None:
            return None
        at = _on(now, 0, time(int(clock[1]), int(clock[2])))
        return at if at > now else at + timedelta(days=1)
    clock = _CLOCK.fullmatch(day[2].strip())
    if clock is None and day[2].strip():
        return None
    of_day = time(int(clock[1]), int(clock[2])) if clock is not None else MORNING
    word = day[1].casefold()
    if word in DAYS:
        away = (DAYS.index(word) - now.weekday()) % 7
        at = _on(now, away, of_day)
        return at if at > now else at + timedelta(days=7)
    if word in {"today", "tomorrow"}:
        return _on(now, int(word == "tomorrow"), of_day)
    return datetime.combine(datetime.fromisoformat(word).date(), of_day, now.tzinfo)


def _span(given: str, now: datetime) -> datetime | None:
    inner = _IN.fullmatch(given)
    try:
        return now + timedelta(minutes=minutes_of(inner[1] if inner else given))
    except BadInput:
        return None


def _on(now: datetime, days: int, of_day: time) -> datetime:
    return datetime.combine(now.date() + timedelta(days=days), of_day, now.tzinfo)


def _not_a_time(text: str) -> str:
    return f"“{text}” is no time: write it like 17:30, tomorrow 9:00, friday 14:00 or 20m."
