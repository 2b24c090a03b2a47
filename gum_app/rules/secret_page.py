"""A screen of read words, asked for labels and for the values that belong to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gum_app.records import Line, Rect
from gum_app.rules.folding import folded
from gum_app.rules.rows import Row, is_below, is_right_of, rows_of

VALUE_BELOW = 3.2  # letter heights from a label down to its field
VALUE_BESIDE = 14.0  # letter heights from a label to its value in the next column

Position = tuple[int, int]  # index of a row, index of a word in it


class Page:
    """`texts` are the rows as they were read; `all_text` is all of them without accents, one a line."""

    def __init__(self, lines: Sequence[Line]) -> None:
        """Lines without words are not allowed."""
        self.rows = rows_of(lines)
        self.texts = [row.text for row in self.rows]
        self._folded = [folded(text) for text in self.texts]
        self.all_text = "\n".join(self._folded)

    def each(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, re.Match[str]]]:
        """Every row that has the pattern (of `secret_words`), each occurrence."""
        if pattern.search(self.all_text) is None:
            return
        for index, text in enumerate(self._folded):
            for match in pattern.finditer(text):
                yield index, match

    def values(self, index: int, match: re.Match[str], *, below: float = VALUE_BELOW) -> Iterator[tuple[int, int, str]]:
        """Where the value of a label may stand: (row, start, text): after it, beside it, under it; nearest first."""
        row = self.rows[index]
        yield index, match.end(), row.text[match.end() :]
        label_words = row.indexes(match.start(), match.end())
        label = row.rects[label_words[0]].join(row.rects[label_words[-1]])
        near = self._near(index, below)
        beside = [n for n in near if n != index and is_right_of(row, self.rows[n], VALUE_BESIDE)]
        for number in sorted(beside, key=lambda n: self.rows[n].rect.x)[:1]:
            yield number, 0, self.texts[number]
        under = [n for n in near if n != index and is_below(label, self.rows[n], below)]
        for number in sorted(under, key=lambda n: self.rows[n].rect.y):
            start = _under(label, self.rows[number])
            yield number, start, self.texts[number][start:]

    def _near(self, index: int, below: float) -> range:
        """Rows that may stand beside or below this one. They are sorted by their upper edge."""
        rect, height = self.rows[index].rect, self.rows[index].height
        first, last = index, index
        while first > 0 and rect.y - self.rows[first - 1].rect.y <= 2 * height and self._same_screen(first - 1, index):
            first -= 1
        lowest = rect.bottom + below * max(rect.height, height)
        while last < len(self.rows) and self.rows[last].rect.y <= lowest and self._same_screen(last, index):
            last += 1
        return range(first, last)

    def _same_screen(self, one: int, other: int) -> bool:
        return self.rows[one].monitor == self.rows[other].monitor

    def spot(self, index: int, start: int, end: int) -> list[Position]:
        return [(index, word) for word in self.rows[index].indexes(start, end)]


def _under(label: Rect, row: Row) -> int:
    """Where in the row below begins what stands under the label: a form may have several fields in a row."""
    for start, rect in zip(row.starts, row.rects, strict=True):
        if rect.right > label.x:
            return start
    return len(row.text)
