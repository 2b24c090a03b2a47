"""The grid of a calendar on the screen: its columns, the dates they stand for, and the hours along its side. In pixels.

Which day a column is follows from weekday and number together, so that one misread cell does not move a week.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from statistics import median

from gum_app.rules.days import clock_times, weekday_number
from gum_app.rules.layout import Segment

_DAY_CELL = re.compile(
    r"^(?:(?P<before>\d{1,2})\s+)?(?P<name>mon|tues?|wed|thu(?:rs)?|fri|sat|sun)[a-z]*\.?,?(?:\s+(?P<day>\d{1,2})\b.*)?$",
    re.IGNORECASE,
)
NUMBER = re.compile(r"^[^\w]?(?P<day>[0-3]?\d)(?:\s+[A-Za-z]{3,9}\.?)?[^\w]?$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_YEAR = re.compile(rf"\b(?P<month>{'|'.join(_MONTHS)})[a-z]*\b.{{0,14}}?\b(?P<year>20\d\d)\b", re.IGNORECASE)
_ISO = re.compile(r"\b20\d\d-[01]\d-[0-3]\d\b")
_HOUR_LABEL = re.compile(r"^\W*\d{1,2}(?:[:.]\d{2})?\s*(?:[ap]m)?\W*$", re.IGNORECASE)
SAME_ROW = 12
TEXT_BELOW_EDGE = 7  # between the upper edge of a box and the words in it
FEWEST_COLUMNS = 4
FEWEST_NUMBERS = 3
WEEKS_AROUND = 9  # so far from the day that title or heading name a shown week may lie


@dataclass(frozen=True)
class Grid:
    """The middle of each column from the left, and the weekday of the first; `bottom` is where its head ends."""

    middles: tuple[float, ...]
    first_weekday: int
    bottom: int

    @property
    def width(self) -> float:
        return (self.middles[-1] - self.middles[0]) / (len(self.middles) - 1)

    @property
    def left(self) -> float:
        return self.middles[0] - self.width / 2

    def column_at(self, x: float) -> int | None:
        """The number of the column from the left; None outside of the grid."""
        column = min(range(len(self.middles)), key=lambda n: abs(self.middles[n] - x))
        return column if abs(self.middles[column] - x) <= self.width / 2 else None


@dataclass(frozen=True)
class Week:
    """One row of days: where it begins, and the date of its first column."""

    top: int
    start: date


def find_grid(look: Sequence[Segment]) -> Grid | None:
    """A row of weekday names at even distances; None where there is none. Missing columns are filled in."""
    cells = [(part, number) for part in look if (number := _weekday(part)) is not None]
    best: dict[int, Segment] = {}
    for head, _ in cells:
        row = {number: part for part, number in cells if abs(part.rect.y - head.rect.y) <= SAME_ROW}
        if len(row) > len(best):
            best = row
    if len(best) < FEWEST_COLUMNS:
        return None
    ordered = sorted(best.items(), key=lambda item: item[1].rect.x)
    first = ordered[0][0]
    places = [((number - first) % 7, part.rect.x + part.rect.width / 2) for number, part in ordered]
    steps = [(bx - ax) / (b - a) for (a, ax), (b, bx) in pairwise(places) if b > a]
    if len(steps) < len(places) - 1 or min(steps) < 40 or max(steps) > 1.4 * min(steps):
        return None  # not in the order of a week, or not at even distances
    step, start = median(steps), places[0][1]
    count = 7 if places[-1][0] >= 5 else places[-1][0] + 1
    bottom = max(part.rect.bottom for part in best.values())
    return Grid(tuple(start + step * n for n in range(count)), first, bottom)


def find_weeks(look: Sequence[Segment], grid: Grid, title: str, seen_at: datetime) -> list[Week]:
    """The rows of days under the head; one row is a week, several are a month. Empty where the numbers do not fit."""
    hint = _named_day(look, grid, title, seen_at)
    rows = _number_rows(look, grid)
    found = [(top, _start_of(numbers, grid, hint)) for top, numbers in rows]
    return [Week(top, start) for top, start in found if start is not None]


def hour_axis(look: Sequence[Segment], grid: Grid) -> list[tuple[int, int]]:
    """The hours written beside a week: the middle of each label, and its hour, without misread ones."""
    axis = []
    for part in look:
        if part.rect.right <= grid.left + 20 and part.rect.y > grid.bottom and _HOUR_LABEL.match(part.text):
            hours = clock_times(part.text)
            if hours and hours[0].minute == 0:
                axis.append((part.rect.y + part.rect.height // 2, hours[0].hour))
    axis.sort()
    return [(y, hour) for n, (y, hour) in enumerate(axis) if _fits(axis, n)]


def end_of_axis(axis: Sequence[tuple[int, int]]) -> int:
    """Where a week ends: one hour after the last one on its axis; far down where there is no axis."""
    if len(axis) < FEWEST_NUMBERS:
        return 10**6
    (top, first), (bottom, last) = axis[0], axis[-1]
    return bottom + int(1.3 * (bottom - top) / max(last - first, 1))


def hour_at(y: int, axis: Sequence[tuple[int, int]]) -> time | None:
    """The quarter of an hour at which a box with words at this height begins; None above the axis or without one."""
    if len(axis) < FEWEST_NUMBERS or y < axis[0][0] - 4:
        return None
    (top, first), (bottom, last) = axis[0], axis[-1]
    minutes = first * 60 + (y - TEXT_BELOW_EDGE - top) / (bottom - top) * (last - first) * 60
    quarter = 15 * round(minutes / 15)
    return time(quarter // 60, quarter % 60) if 0 <= quarter < 24 * 60 else None


def _weekday(part: Segment) -> int | None:
    match = _DAY_CELL.match(part.text)
    return weekday_number(match["name"]) if match and len(part.words) <= 3 else None


def _named_day(look: Sequence[Segment], grid: Grid, title: str, seen_at: datetime) -> date:
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


def _number_rows(look: Sequence[Segment], grid: Grid) -> list[tuple[int, dict[int, int]]]:
    """Rows of day numbers in the head or under it: the height of each, and its numbers by column."""
    head: dict[int, int] = {}
    cells: list[tuple[int, int, int]] = []
    for part in look:
        column = grid.column_at(part.rect.x + part.rect.width / 2)
        if column is None:
            continue
        named = _DAY_CELL.match(part.text)
        day = (named["day"] or named["before"]) if named else None
        if day and abs(part.rect.bottom - grid.bottom) <= SAME_ROW:
            head[column] = int(day)
        number = NUMBER.match(part.text)
        if number and part.rect.y >= grid.bottom - 4:
            cells.append((part.rect.y, column, int(number["day"])))
    if len(head) >= FEWEST_NUMBERS:
        return [(grid.bottom, head)]
    rows: list[tuple[int, dict[int, int]]] = []
    for y, column, day_number in sorted(cells):
        if rows and y - rows[-1][0] <= SAME_ROW:
            rows[-1][1].setdefault(column, day_number)
        else:
            rows.append((y, {column: day_number}))
    return [row for row in rows if len(row[1]) >= FEWEST_NUMBERS]


def _start_of(numbers: dict[int, int], grid: Grid, hint: date) -> date | None:
    """The date of the first column for which most of these columns have these numbers, nearest to the hint."""
    best, best_score = None, FEWEST_NUMBERS - 1.0
    around = hint - timedelta(days=(hint.weekday() - grid.first_weekday) % 7)
    for offset in range(-WEEKS_AROUND, WEEKS_AROUND + 1):
        start = around + timedelta(weeks=offset)
        fits = sum((start + timedelta(days=column)).day == number for column, number in numbers.items())
        score = fits - abs(offset) / 100
        if score > best_score:
            best, best_score = start, score
    return best


def _fits(axis: Sequence[tuple[int, int]], n: int) -> bool:
    """Whether an hour stands where its neighbours let one expect it: "18:00" twice is one misreading."""
    steps = [(b[0] - a[0]) / (b[1] - a[1]) for a, b in pairwise(axis) if b[1] > a[1]]
    if len(steps) < 2:
        return False
    step, (y, hour) = median(steps), axis[n]
    near = [axis[m] for m in (n - 1, n + 1) if 0 <= m < len(axis)]
    return any(abs((y - other_y) - step * (hour - other)) < 0.2 * step for other_y, other in near)
