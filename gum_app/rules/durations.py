"""Spans of time as people type them: 10m, 1h, 2h30m, 45s, 3d."""

from __future__ import annotations

import re

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
