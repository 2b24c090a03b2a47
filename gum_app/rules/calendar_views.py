"""Appointments in a calendar on the screen: a week or month grid is read by its columns, a list by its dates.

Which day a cell is follows from weekday and number together, so that a misread cell does not move an appointment.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from statistics import median

from gum_app.rules.days import clock_times, days_in, weekday_number
from gum_app.rules.layout import Segment, is_noise

_DAY_CELL = re.compile(
    r"^(?P<name>mon|tues?|wed|weo|thu(?:rs)?|fri|sat|sun)[a-z]*\.?,?(?:\s+(?P<day>\d{1,2})\b.*)?$", re.IGNORECASE
)
_NUMBER = re.compile(r"^[^\w]?(?P<day>[0-3]?\d)(?:\s+[A-Za-z]{3,9}\.?)?[^\w]?$")
_MONTH_YEAR = re.compile(
    r"\b(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b.{0,14}?\b(?P<year>20\d\d)\b", re.IGNORECASE
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"\b20\d\d-[01]\d-[0-3]\d\b")
_HOURS = re.compile(r"^\W*\d{1,2}(?:[:.]\d{2})?\s*(?:[ap]m)?\W*$", re.IGNORECASE)
_TIMES = re.compile(r"\b\d{1,2}[:.]\d{2}\b(?:\s*(?:–|—|-|to)\s*\d{1,2}[:.]\d{2})?")
SURE = 0.55  # the reader's confidence, 0–1, below which a cell's words are not believed


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """One entry of a calendar. `last_day` is set where one entry spans days; hours are None where none are shown."""

    title: str
    quote: str
    day: date
    last_day: date | None = None
    start: time | None = None
    end: time | None = None
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class CalendarView:
    """What a calendar shows, and which days it covers."""

    first: date
    last: date
    appointments: tuple[Appointment, ...]


@dataclass(frozen=True)
class _Grid:
    """Columns of a calendar: the weekday of each, and its middle in pixels."""

    middles: dict[int, float]
    bottom: int

    def weekday_at(self, x: float) -> int | None:
        width = self.width
        day = min(self.middles, key=lambda n: abs(self.middles[n] - x))
        return day if abs(self.middles[day] - x) <= width / 2 else None

    @property
    def width(self) -> float:
        middles = sorted(self.middles.values())
        return median(b - a for a, b in pairwise(middles))


def read_calendar(look: Sequence[Segment], title: str, seen_at: datetime) -> CalendarView | None:
    """The appointments that a screen shows as a grid or as a list of dates; None where it shows no calendar."""
    listed = _listed(look, seen_at)
    grid = _grid(look)
    view = _read_grid(look, grid, title, seen_at) if grid else None
    if view is None:
        if not listed:
            return None
        days = [entry.day for entry in listed]
        return CalendarView(first=min(days), last=max(days), appointments=tuple(listed))
    return CalendarView(first=view.first, last=view.last, appointments=(*view.appointments, *listed))


def _grid(look: Sequence[Segment]) -> _Grid | None:
    cells = [
        (part, weekday_number(m["name"])) for part in look if (m := _DAY_CELL.match(part.text)) and len(part.words) <= 3
    ]
    best: dict[int, float] = {}
    bottom = 0
    for head, _ in cells:
        row = {n: p.rect.x + p.rect.width / 2 for p, n in cells if n is not None and abs(p.rect.y - head.rect.y) <= 12}
        if len(row) > len(best):
            best, bottom = row, head.rect.bottom
    if len(best) < 4 or not _evenly_spaced(best):
        return None
    return _Grid(best, bottom)


def _evenly_spaced(middles: dict[int, float]) -> bool:
    ordered = sorted(middles.values())
    gaps = [b - a for a, b in pairwise(ordered)]
    return min(gaps) > 40 and max(gaps) < 4.5 * min(gaps)


def _read_grid(look: Sequence[Segment], grid: _Grid, title: str, seen_at: datetime) -> CalendarView | None:
    hint = _hint(look, grid, title, seen_at)
    rows = _number_rows(look, grid)
    if not rows:
        return None
    month = len(rows) >= 3
    weeks = [(y, monday) for y, numbers in rows if (monday := _monday(numbers, hint)) is not None]
    if not weeks:
        return None
    heights = [b[0] - a[0] for a, b in pairwise(weeks)]
    end = weeks[-1][0] + int(median(heights)) if month and heights else _last_hour(look, grid)
    found = []
    for n, (y, monday) in enumerate(weeks):
        below = weeks[n + 1][0] if month and n + 1 < len(weeks) else end
        found += _week(look, grid, y, below, monday, month=month)
    first = min(monday for _, monday in weeks)
    last = max(monday for _, monday in weeks) + timedelta(days=6)
    return CalendarView(first=first, last=last, appointments=tuple(found))


def _last_hour(look: Sequence[Segment], grid: _Grid) -> int:
    """The pixel below which a week ends: one hour after the last one on its axis; far down where there is no axis."""
    left = min(grid.middles.values()) - grid.width / 2
    axis = sorted(
        p.rect.y for p in look if p.rect.right <= left + 20 and p.rect.y > grid.bottom and _HOURS.match(p.text)
    )
    gaps = [b - a for a, b in pairwise(axis) if b - a > 8]
    return axis[-1] + int(1.3 * median(gaps)) if len(axis) >= 3 and gaps else 10**6


def _hint(look: Sequence[Segment], grid: _Grid, title: str, seen_at: datetime) -> date:
    """A day near the ones shown: from the title or address, else from the heading above the grid, else today."""
    texts = [title, *(part.text for part in look if part.rect.bottom <= grid.bottom)]
    for text in texts:
        if match := _ISO.search(text):
            try:
                return date.fromisoformat(match.group())
            except ValueError:
                continue
    for text in texts:
        if match := _MONTH_YEAR.search(text):
            return date(int(match["year"]), _MONTHS.index(match["month"].lower()) + 1, 15)
    return seen_at.date()


def _number_rows(look: Sequence[Segment], grid: _Grid) -> list[tuple[int, dict[int, int]]]:
    """Rows of day numbers under the head (or within it): the height of each, and its numbers by weekday."""
    head: dict[int, int] = {}
    for part in look:
        match = _DAY_CELL.match(part.text)
        number = weekday_number(match["name"]) if match else None
        if match and match["day"] and number is not None and abs(part.rect.bottom - grid.bottom) <= 14:
            head[number] = int(match["day"])
    if len(head) >= 3:
        return [(grid.bottom, head)]
    cells = []
    for part in look:
        match = _NUMBER.match(part.text)
        weekday = grid.weekday_at(part.rect.x + part.rect.width / 2)
        if match and weekday is not None and part.rect.y >= grid.bottom - 4:
            cells.append((part.rect.y, weekday, int(match["day"])))
    rows: list[tuple[int, dict[int, int]]] = []
    for y, weekday, number in sorted(cells):
        if rows and y - rows[-1][0] <= 12:
            rows[-1][1].setdefault(weekday, number)
        else:
            rows.append((y, {weekday: number}))
    return [row for row in rows if len(row[1]) >= 3]


def _monday(numbers: dict[int, int], hint: date) -> date | None:
    """The Monday of the week in which most of these weekdays have these numbers, nearest to the hint."""
    best, best_score = None, 2.0
    around = hint - timedelta(days=hint.weekday())
    for offset in range(-9, 10):
        monday = around + timedelta(weeks=offset)
        fits = sum((monday + timedelta(days=weekday)).day == number for weekday, number in numbers.items())
        score = fits - abs(offset) / 100
        if score > best_score:
            best, best_score = monday, score
    return best


def _week(
    look: Sequence[Segment], grid: _Grid, top: int, bottom: int, monday: date, *, month: bool
) -> list[Appointment]:
    left = min(grid.middles.values()) - grid.width / 2
    cells = [
        part
        for part in look
        if top + 14 < part.rect.y < bottom - 4
        and part.rect.x >= left - 6
        and not _NUMBER.match(part.text)
        and not is_noise(part.text)
        and part.confidence >= SURE
    ]
    found = []
    for rows in _entries(_joined(cells, grid), grid, month=month):
        weekday = grid.weekday_at(rows[0].rect.x + min(rows[0].rect.width, grid.width * 0.8) / 2)
        if weekday is not None:
            entry = _appointment(rows, monday + timedelta(days=weekday))
            if entry is not None:
                found.append(entry)
    return found


def _joined(cells: Sequence[Segment], grid: _Grid) -> list[Segment]:
    """Pieces of one row of one column together: a dash between two words is often not read and leaves a gap."""
    joined: list[Segment] = []
    for part in sorted(cells, key=lambda p: (p.rect.y // 6, p.rect.x)):
        last = joined[-1] if joined else None
        if (
            last is not None
            and abs(last.rect.y - part.rect.y) <= 4
            and 0 <= part.rect.x - last.rect.right <= 3 * max(part.height, 9)
            and grid.weekday_at(last.rect.x + 4) == grid.weekday_at(part.rect.x + 4)
        ):
            words = last.words + part.words
            joined[-1] = replace(last, text=f"{last.text} – {part.text}", rect=last.rect.join(part.rect), words=words)
        else:
            joined.append(part)
    return joined


def _entries(cells: Sequence[Segment], grid: _Grid, *, month: bool) -> list[list[Segment]]:
    """Rows of one entry together: below each other without a gap, in one column. In a month each row is an entry."""
    entries: list[list[Segment]] = []
    for part in cells:
        entry = None if month else next((e for e in reversed(entries) if _same_entry(e, part, grid)), None)
        if entry is not None:
            entry.append(part)
        else:
            entries.append([part])
    return entries


def _same_entry(entry: list[Segment], part: Segment, grid: _Grid) -> bool:
    last = entry[-1]
    gap = part.rect.y - last.rect.bottom
    near = -3 <= gap <= 1.1 * max(last.height, 9)
    return near and abs(part.rect.x - entry[0].rect.x) <= max(14, grid.width * 0.08)


def _appointment(rows: Sequence[Segment], day: date) -> Appointment | None:
    named: list[Segment] = []
    hours, detail = None, ""
    for row in rows:
        times = clock_times(row.text)
        if times and hours is None:
            hours = times
            before, _, after = _around_times(row.text)
            if before or not named:
                named.append(row)
            detail = after if before else ""
        elif hours is None:
            named.append(row)
        elif not detail:
            detail = row.text
    title = _title(" ".join(row.text for row in named))
    if sum(c.isalpha() for c in title) < 3:
        return None
    return Appointment(
        title=title,
        quote=max(named, key=lambda row: len(row.quote)).quote,
        day=day,
        start=hours[0] if hours else None,
        end=hours[1] if hours else None,
        detail=detail.strip(" ·-–,"),
    )


def _around_times(text: str) -> tuple[str, str, str]:
    match = _TIMES.search(text)
    if match is None:
        return text, "", ""
    return text[: match.start()].strip(" ,·-–—|"), match.group(), text[match.end() :].strip(" ,·-–—|")


def _title(text: str) -> str:
    """The words of an entry without its hours."""
    before, _, after = _around_times(text)
    kept = before if sum(c.isalpha() for c in before) >= 3 else after
    # A single sign before a capital is the edge of the coloured box, misread.
    return re.sub(r"^(?:[^\w“\"(]+|(?![AI]\s)\w\s+(?=[A-Z]))+|[\s,;:·|–—-]+$", "", kept)


def _listed(look: Sequence[Segment], seen_at: datetime) -> list[Appointment]:
    """Rows like "Wed 7 Oct – packs out to clients"."""
    found = []
    for part in look:
        days = days_in(part.text, seen_at)
        if not days or days[0].position > 3 or part.confidence < SURE:
            continue
        rest = part.text[days[0].position + len(days[0].phrase) :]
        item = re.match(r"^\s*(?:[-–—:·~]|\s)\s*(?P<title>[^\W\d_].{2,80})$", rest)
        if item and len(days) == 1 and len(item["title"].split()) <= 10:
            found.append(
                Appointment(
                    title=item["title"].strip(" .,"),
                    quote=part.quote,
                    day=days[0].day,
                    last_day=days[0].last_day,
                    start=days[0].start,
                    end=days[0].end,
                )
            )
    return found
