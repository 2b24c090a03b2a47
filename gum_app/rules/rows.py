"""Lines as a person sees them: what stands side by side is one row, whatever boxes it was read in.

A number may be split over several words, a code over six boxes, and a label stands beside or above its value.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from gum_app.records import Line, Rect

BAND = 32  # pixels; only rows of the same or a neighbouring band are compared
ROW_GAP = 4.5  # in letter heights: boxes of one code stand so close, columns of a page mostly do not


@dataclass(frozen=True)
class Spot:
    """A word by its place: index of the line, index of the word in it."""

    line: int
    word: int


@dataclass(frozen=True)
class Row:
    """Words that stand side by side, left to right. `text` joins them with single spaces."""

    spots: tuple[Spot, ...]
    words: tuple[str, ...]
    rects: tuple[Rect, ...]
    monitor: int = 0

    @cached_property
    def text(self) -> str:
        return " ".join(self.words)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where in `text` each word begins."""
        starts, at = [], 0
        for word in self.words:
            starts.append(at)
            at += len(word) + 1
        return tuple(starts)

    @cached_property
    def rect(self) -> Rect:
        rect = self.rects[0]
        for other in self.rects[1:]:
            rect = rect.join(other)
        return rect

    @cached_property
    def height(self) -> int:
        """Of its letters: a tall icon does not count."""
        return max(sorted(rect.height for rect in self.rects)[len(self.rects) // 2], 8)

    def indexes(self, start: int, end: int) -> range:
        """The words that `text[start:end]` touches."""
        if end <= start:
            return range(0)
        return range(bisect_right(self.starts, start) - 1, bisect_right(self.starts, end - 1))


def rows_of(lines: Sequence[Line]) -> tuple[Row, ...]:
    """Every word of the lines in exactly one row; from top to bottom within each monitor."""
    rects = [line.rect for line in lines]
    rows: list[list[int]] = []  # indexes of lines, each row from left to right
    near: dict[tuple[int, int], list[list[int]]] = defaultdict(list)  # rows by monitor and band of their last line
    for index in sorted(range(len(lines)), key=lambda n: rects[n].x):
        bands = [
            (lines[index].monitor, band) for band in range(rects[index].y // BAND, rects[index].bottom // BAND + 1)
        ]
        around = {id(row): row for band in bands for row in near[band]}.values()
        fitting = [row for row in around if _continues(rects[row[-1]], rects[index])]
        if fitting:
            row = max(fitting, key=lambda one: rects[one[-1]].right)
        else:
            row = []
            rows.append(row)
        row.append(index)
        for band in bands:
            near[band].append(row)
    found = [_row(lines, row) for row in rows]
    return tuple(sorted(found, key=lambda row: (row.monitor, row.rect.y, row.rect.x)))


def _continues(left: Rect, right: Rect) -> bool:
    low = min(left.height, right.height)
    shared_rows = min(left.bottom, right.bottom) - max(left.y, right.y)
    return shared_rows >= low / 2 and -low <= right.x - left.right <= ROW_GAP * max(low, 8)


def _row(lines: Sequence[Line], indexes: list[int]) -> Row:
    spots = [Spot(line, word) for line in indexes for word in range(len(lines[line].words))]
    words = [lines[spot.line].words[spot.word] for spot in spots]
    texts, rects = tuple(word.text for word in words), tuple(word.rect for word in words)
    return Row(tuple(spots), texts, rects, lines[indexes[0]].monitor)


def is_right_of(row: Row, other: Row, heights: float) -> bool:
    """`other` stands to the right of `row`, on its height, at most so many letter heights away."""
    shared_rows = min(row.rect.bottom, other.rect.bottom) - max(row.rect.y, other.rect.y)
    gap = other.rect.x - row.rect.right
    return shared_rows >= min(row.height, other.height) / 2 and 0 <= gap <= heights * row.height


def is_below(rect: Rect, other: Row, heights: float) -> bool:
    """`other` begins below `rect`, at most so many of its letter heights further down, and not beside it."""
    gap = other.rect.y - rect.bottom
    height = max(rect.height, 8)
    beside = min(rect.right, other.rect.right) - max(rect.x, other.rect.x)
    return -height / 3 <= gap <= heights * height and beside >= -2 * height
