"""Appointments in a calendar on the screen: a week or a month is read by its columns, a list by its dates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from statistics import median

from gum_app.rules.calendar_grid import NUMBER, Grid, Week, end_of_axis, find_grid, find_weeks, hour_at, hour_axis
from gum_app.rules.days import DayNamed, clock_times, days_in
from gum_app.rules.layout import Segment, is_noise

_TIMES = re.compile(r"\b\d{1,2}[:.]\d{2}\b(?:\s*(?:–|—|-|to)\s*\d{1,2}[:.]\d{2})?")
_ENDS_WITH_TIME = re.compile(r"\d[:.]\d{2}\W*$")
_AGENDA_ROW = re.compile(rf"^\W*{_TIMES.pattern}\s*(?:[ap]m)?\W*(?P<title>[^\W\d_].{{2,60}})$", re.IGNORECASE)
FEWEST_WEEKS_OF_A_MONTH = 3
SHORTEST_TITLE = 4
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
    top: int = 0  # pixels: where its words begin


@dataclass(frozen=True, kw_only=True)
class CalendarView:
    """What a calendar shows, and which days it covers."""

    first: date
    last: date
    appointments: tuple[Appointment, ...]


def read_calendar(look: Sequence[Segment], title: str, seen_at: datetime) -> CalendarView | None:
    """The appointments that a screen shows as a grid or as a list of dates; None where it shows no calendar."""
    grid = find_grid(look)
    weeks = find_weeks(look, grid, title, seen_at) if grid else []
    if grid is None or not weeks:
        listed = [*_dated_rows(look, seen_at), *(_agenda(look, seen_at) or _stacked(look, seen_at))]
        days = [entry.day for entry in listed]
        return CalendarView(first=min(days), last=max(days), appointments=tuple(listed)) if listed else None
    first, last = min(week.start for week in weeks), max(week.start for week in weeks) + timedelta(days=6)
    entries = [*_in_grid(look, grid, weeks), *_dated_rows(look, seen_at), *_stacked(look, seen_at)]
    return CalendarView(first=first, last=last, appointments=tuple(entries))


def is_whole(title: str) -> bool:
    """Whether a title looks read in full: not a second line in small letters, not cut short, not half a bracket."""
    begins = title[:1].isupper() or title[:1].isdigit()
    return begins and len(title) >= SHORTEST_TITLE and title.count("(") == title.count(")")


def _in_grid(look: Sequence[Segment], grid: Grid, weeks: Sequence[Week]) -> list[Appointment]:
    month = len(weeks) >= FEWEST_WEEKS_OF_A_MONTH
    axis = [] if month else hour_axis(look, grid)
    heights = [after.top - before.top for before, after in pairwise(weeks)]
    end = weeks[-1].top + int(median(heights)) if month else end_of_axis(axis)
    found = []
    for n, week in enumerate(weeks):
        below = weeks[n + 1].top if month and n + 1 < len(weeks) else end
        for entry in _week(look, grid, week, below, month=month):
            # An entry whose hours were not read begins where its box stands on the axis.
            found.append(entry if entry.start else replace(entry, start=hour_at(entry.top, axis)))
    return found


def _week(look: Sequence[Segment], grid: Grid, week: Week, bottom: int, *, month: bool) -> list[Appointment]:
    cells = [
        part
        for part in look
        if week.top + 14 < part.rect.y < bottom - 4
        and part.rect.x >= grid.left - 6
        and not NUMBER.match(part.text)
        and (_TIMES.search(part.text) or not is_noise(part.text))
        and part.confidence >= SURE
    ]
    found = []
    for rows in _entries(_joined(cells, grid), grid, month=month):
        column = grid.column_at(rows[0].rect.x + min(rows[0].rect.width, grid.width * 0.8) / 2)
        if column is not None:
            entry = _appointment(rows, week.start + timedelta(days=column))
            if entry is not None:
                found.append(entry)
    return found


def _joined(cells: Sequence[Segment], grid: Grid) -> list[Segment]:
    """Pieces of one row of one column together: a dash between two words is often not read and leaves a gap."""
    joined: list[Segment] = []
    for part in sorted(cells, key=lambda p: (p.rect.y // 6, p.rect.x)):
        last = joined[-1] if joined else None
        if (
            last is not None
            and abs(last.rect.y - part.rect.y) <= 4
            and 0 <= part.rect.x - last.rect.right <= 2 * max(part.height, 9)
            and not _ENDS_WITH_TIME.search(last.text)
            and grid.column_at(last.rect.x + 4) == grid.column_at(part.rect.x + 4)
        ):
            words = last.words + part.words
            joined[-1] = replace(last, text=f"{last.text} – {part.text}", rect=last.rect.join(part.rect), words=words)
        else:
            joined.append(part)
    return sorted(joined, key=lambda p: (p.rect.y, p.rect.x))


def _entries(cells: Sequence[Segment], grid: Grid, *, month: bool) -> list[list[Segment]]:
    """Rows of one entry together: below each other without a gap, in one column. In a month each row is an entry."""
    entries: list[list[Segment]] = []
    times = Counter(part.text for part in cells)
    for part in cells:
        entry = None if month else next((e for e in reversed(entries) if _same_entry(e, part, grid, times)), None)
        if entry is not None:
            entry.append(part)
        else:
            entries.append([part])
    return entries


def _same_entry(entry: list[Segment], part: Segment, grid: Grid, times: Counter[str]) -> bool:
    last = entry[-1]
    gap = part.rect.y - last.rect.bottom
    near = -3 <= gap <= 1.4 * max(last.height, 9)
    # A row that stands alone in other columns is an entry by itself: what is below it here is the next one.
    alone = times[entry[0].text] >= 3 and times[part.text] * 2 < times[entry[0].text]
    return near and abs(part.rect.x - entry[0].rect.x) <= max(14, grid.width * 0.08) and not alone


def _appointment(rows: Sequence[Segment], day: date) -> Appointment | None:
    named: list[Segment] = []
    hours, detail, open_title = None, "", False
    for row in rows:
        times = clock_times(row.text)
        if times and hours is None:
            hours = times
            before, _, after = _around_times(row.text)
            open_title = not before and not named  # "14:15 Kit: class" goes on in the next row
            if before or not named:
                named.append(row)
            detail = "" if open_title else after
        elif hours is None or open_title:
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
        top=rows[0].rect.y,
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
    kept = re.sub(r"^(?:[^\w“\"(]+|(?![AI]\s)\w\s+(?=[A-Z]))+|[\s,;:·|–—-]+$", "", kept)
    return kept.lstrip("( ") if kept.count("(") > kept.count(")") else kept


def _agenda(look: Sequence[Segment], seen_at: datetime) -> list[Appointment]:
    """Rows like "14:00 Dentist" below the heading of a day."""
    found, heading = [], None
    for part in look:
        days = days_in(part.text, seen_at)
        if len(days) == 1 and len(part.text) - len(days[0].phrase) <= 8:
            heading = (days[0], part)
            continue
        match = _AGENDA_ROW.match(part.text)
        if heading is None or match is None or part.confidence < SURE or part.rect.x < heading[1].rect.x - 40:
            continue
        hours = clock_times(part.text)
        if hours:
            entry = Appointment(
                title=_title(match["title"]), quote=part.quote, day=heading[0].day, start=hours[0], end=hours[1]
            )
            found.append(entry)
    return found


def _stacked(look: Sequence[Segment], seen_at: datetime) -> list[Appointment]:
    """Pairs of rows like "Thu 30 April, 14:00" above "Site visit"."""
    found = []
    for n, part in enumerate(look):
        days = days_in(part.text, seen_at)
        if len(days) != 1 or len(part.text) - len(days[0].phrase) > 3:
            continue
        under = [
            other
            for other in look[n + 1 :]
            if abs(other.rect.x - part.rect.x) <= 8
            and 0 <= other.rect.y - part.rect.bottom <= 1.5 * max(part.height, 9)
        ]
        if (
            under
            and not days_in(under[0].text, seen_at)
            and under[0].confidence >= SURE
            and not is_noise(under[0].text)
        ):
            found.append(_listed(under[0], under[0].text, days[0]))
    return found


def _listed(part: Segment, title: str, day: DayNamed) -> Appointment:
    return Appointment(
        title=title.strip(" .,"), quote=part.quote, day=day.day, last_day=day.last_day, start=day.start, end=day.end
    )


def _dated_rows(look: Sequence[Segment], seen_at: datetime) -> list[Appointment]:
    """Rows like "Wed 7 Oct – packs out to clients"."""
    found = []
    for part in look:
        days = days_in(part.text, seen_at)
        if not days or days[0].position > 3 or part.confidence < SURE:
            continue
        rest = part.text[days[0].position + len(days[0].phrase) :]
        item = re.match(r"^\s*(?:[-–—:·~]|\s)\s*(?P<title>[^\W\d_].{2,80})$", rest)
        if item and len(days) == 1 and len(item["title"].split()) <= 10:
            found.append(_listed(part, item["title"], days[0]))
    return found
