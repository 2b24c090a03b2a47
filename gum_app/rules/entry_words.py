"""A calendar entry that was brought in, as the lines under which it is kept, and back again.

People read them in the timeline, and rules read them when they think about it. The title stands first and alone, for
whoever wrote it must not write the other lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

MOST_DAYS_BEFORE, MOST_DAYS_AHEAD = 20, 60
_HOURS = re.compile(r"At (?P<start>\d\d:\d\d)(?:–(?P<end>\d\d:\d\d))?(?: \((?P<zone>[^()]+)\))?$")
_DAYS = re.compile(r"On (?P<days>\d{4}-\d\d-\d\d(?:, \d{4}-\d\d-\d\d)*)$")
_SPAN = re.compile(r"From (?P<first>\d{4}-\d\d-\d\d) to (?P<last>\d{4}-\d\d-\d\d)$")
_PLACE = "Place: "
_ALL_DAY = "All day"


@dataclass(frozen=True, kw_only=True)
class EntryWords:
    """`start` and `end` like 10:15, empty for one of a whole day; `zone` where the hours are not those of here."""

    title: str
    days: tuple[date, ...]  # in order, at least one
    spans: bool = False  # the days are one stretch from the first to the last
    start: str = ""
    end: str = ""
    zone: str = ""
    place: str = ""


def near(days: Sequence[date], today: date) -> tuple[date, ...]:
    """Those around today, as many as are kept."""
    before = [day for day in days if day < today][-MOST_DAYS_BEFORE:]
    return (*before, *[day for day in days if day >= today][:MOST_DAYS_AHEAD])


def lines_of_entry(entry: EntryWords) -> list[str]:
    hours = f"At {entry.start}" + (f"–{entry.end}" if entry.end else "") if entry.start else _ALL_DAY
    zone = re.sub(r"[()\s]+", " ", entry.zone).strip()
    when = (
        f"From {entry.days[0]} to {entry.days[-1]}"
        if entry.spans
        else f"On {', '.join(day.isoformat() for day in entry.days)}"
    )
    place = " ".join(entry.place.split())
    return [
        " ".join(entry.title.split()),
        when,
        f"{hours} ({zone})" if entry.start and zone else hours,
        *([f"{_PLACE}{place}"] if place else []),
    ]


def entry_of_lines(lines: Sequence[str]) -> EntryWords | None:
    """None: these are not the lines of an entry."""
    if len(lines) < 3 or not lines[0]:
        return None
    days, span, hours = _DAYS.match(lines[1]), _SPAN.match(lines[1]), _HOURS.match(lines[2])
    if (days is None and span is None) or (hours is None and lines[2] != _ALL_DAY):
        return None
    try:
        found = _days_of(days, span)
    except ValueError:
        return None
    place = lines[3] if len(lines) > 3 else ""
    return EntryWords(
        title=lines[0],
        days=found,
        spans=span is not None,
        start=hours["start"] if hours else "",
        end=(hours["end"] or "") if hours else "",
        zone=(hours["zone"] or "") if hours else "",
        place=place.removeprefix(_PLACE),
    )


def _days_of(days: re.Match[str] | None, span: re.Match[str] | None) -> tuple[date, ...]:
    if days is not None:
        return tuple(date.fromisoformat(day) for day in days["days"].split(", "))
    assert span is not None
    first, last = date.fromisoformat(span["first"]), date.fromisoformat(span["last"])
    count = min((last - first).days, MOST_DAYS_AHEAD)
    return tuple(date.fromordinal(first.toordinal() + n) for n in range(count + 1))
