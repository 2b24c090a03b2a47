"""Spans of time as people type them (10m, 1h, 2h30m, 45s, 3d), and instants as they are told to them."""

from __future__ import annotations

import re
from datetime import datetime

from gum_app.errors import BadInput

_PART = re.compile(r"(\d+(?:\.\d+)?)\s*(s|sec|m|min|h|d)", re.IGNORECASE)
_MINUTES = {"s": 1 / 60, "sec": 1 / 60, "m": 1.0, "min": 1.0, "h": 60.0, "d": 1440.0}


def minutes_of(text: str, *, bare: str | None = None) -> float:
    """Minutes in a span. `bare="minutes"` takes a number alone as minutes. Raises BadInput."""
    given = text.strip()
    if bare == "minutes" and re.fullmatch(r"\d+(\.\d+)?", given):
        return float(given)
    parts = _PART.findall(given)
    if not parts or _PART.sub("", given).strip():
        raise BadInput(f"“{text}” is no span of time: write it like 10m, 1h or 2h30m.")
    return sum(float(number) * _MINUTES[unit.casefold()] for number, unit in parts)


def clock_time(at: datetime, now: datetime) -> str:
    """“14:30” today, “Friday 06:00” within a week, the date beyond; by the clock that `now` goes by."""
    at = at.astimezone(now.tzinfo)
    if at.date() == now.date():
        return f"{at:%H:%M}"
    return f"{at:%A %H:%M}" if 0 < (at.date() - now.date()).days < 7 else f"{at:%Y-%m-%d %H:%M}"
