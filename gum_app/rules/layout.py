"""How words stand on the screen: lines cut at wide gaps, so that two columns are never read as one sentence.

The reader gives lines as wide as it finds them; a side bar, a table cell and a message may share one. All in pixels.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median

from gum_app.records import Line, Rect, Word

GAP_IN_HEIGHTS = 1.7  # a wider space than this, counted in letter heights, parts two columns
LEAST_GAP = 16
MUCH_REPLACED = 0.3  # so much of a screen gone at once: what it showed before is looked at for itself
WRAPPED = 0.85  # a row that reaches so far to the right edge of its column goes on in the next
_BULLET = re.compile(r"^(?:\d{1,3}\s+)?[-•*·–☐☑]\s")
SAME_ROW_GAP = 70
SAME_COLUMN = 12  # left edges that differ by less belong to one column

_LONE_BAR = re.compile(r"(?<!\S)[|](?=\s+[a-z])|(?<!\S)[|](?=['’](m|ve|ll|d)\b)")  # a capital I, misread
_NOISE = re.compile(r"^[\W_]+$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    """Words of one line that belong together. `quote` stands word for word in its line; `text` is meant for reading."""

    quote: str
    text: str
    rect: Rect
    words: tuple[Word, ...] = ()
    at: datetime | None = None
    monitor: int = 0
    block: int = 0
    confidence: float = 1.0

    @property
    def height(self) -> int:
        return self.rect.height


def readable(quote: str) -> str:
    """The words with what the reader usually gets wrong put right: a lone bar before a verb is the word I."""
    return " ".join(_LONE_BAR.sub("I", quote).split())


def segments(lines: Iterable[Line]) -> tuple[Segment, ...]:
    """All lines, cut at wide gaps, in the order in which they came."""
    return tuple(segment for line in lines for segment in _cut(line))


def _cut(line: Line) -> list[Segment]:
    words = [word for word in line.words if word.text.strip()]
    if not words:
        return []
    wide = max(LEAST_GAP, GAP_IN_HEIGHTS * median(word.rect.height for word in words))
    parts: list[list[Word]] = [[words[0]]]
    for before, word in pairwise(words):
        if word.rect.x - before.rect.right > wide:
            parts.append([])
        parts[-1].append(word)
    return [_segment(part, line) for part in parts]


def _segment(words: Sequence[Word], line: Line) -> Segment:
    rect = words[0].rect
    for word in words[1:]:
        rect = rect.join(word.rect)
    quote = " ".join(word.text for word in words)
    return Segment(
        quote=quote,
        text=readable(quote),
        rect=rect,
        words=tuple(words),
        at=line.at,
        monitor=line.monitor,
        block=line.block,
        confidence=sum(word.confidence for word in words) / len(words),
    )


def screens(parts: Iterable[Segment]) -> list[tuple[Segment, ...]]:
    """What each monitor showed, put together from its looks: a look may hold only what had changed since the last.

    One screen for the end, and one for each moment after which much of it was replaced; top to bottom, left to right.
    """
    looks: dict[int, dict[datetime | None, list[Segment]]] = {}
    for part in parts:
        looks.setdefault(part.monitor, {}).setdefault(part.at, []).append(part)
    found: list[tuple[Segment, ...]] = []
    for by_time in looks.values():
        shown: list[Segment] = []
        for look in by_time.values():
            fresh = _boxes(look)
            left = [part for part in shown if not any(_inside(part.rect, box) for box in fresh)]
            if len(shown) - len(left) > MUCH_REPLACED * max(len(shown), 1):
                found.append(_ordered(shown))
            shown = left + look
        found.append(_ordered(shown))
    return found


def _boxes(look: Sequence[Segment]) -> list[Rect]:
    boxes: dict[int, Rect] = {}
    for part in look:
        boxes[part.block] = boxes[part.block].join(part.rect) if part.block in boxes else part.rect
    return [box.moved(-2, -2).join(box.moved(2, 2)) for box in boxes.values()]


def _inside(rect: Rect, box: Rect) -> bool:
    x, y = rect.x + rect.width // 2, rect.y + rect.height // 2
    return box.x <= x < box.right and box.y <= y < box.bottom


def _ordered(parts: Sequence[Segment]) -> tuple[Segment, ...]:
    return tuple(sorted(parts, key=lambda part: (part.rect.y, part.rect.x)))


def rows_of(look: Sequence[Segment], widest_gap: int) -> list[list[Segment]]:
    """Segments that stand in one row with no wider gaps than this, left to right, top to bottom."""
    rows: list[list[Segment]] = []
    for part in sorted(look, key=lambda p: (p.rect.x, p.rect.y)):
        row = next((r for r in rows if goes_on(r[-1], part, widest_gap)), None)
        if row is not None:
            row.append(part)
        else:
            rows.append([part])
    return sorted(rows, key=lambda row: (row[0].rect.y, row[0].rect.x))


def paragraphs(rows: Sequence[Sequence[Segment]]) -> list[list[Segment]]:
    """Rows that continue each other put together: below a bullet and further in, or wrapped at the right edge."""
    found: list[list[list[Segment]]] = []
    for row in (list(row) for row in rows):
        group = next((g for g in reversed(found[-6:]) if _wraps(g, row, rows)), None)
        if group is not None:
            group.append(row)
        else:
            found.append([row])
    return [[part for row in group for part in row] for group in found]


def _wraps(group: list[list[Segment]], row: list[Segment], rows: Sequence[Sequence[Segment]]) -> bool:
    first, last, new = group[0][0], group[-1], row[0]
    if not -4 <= new.rect.y - last[0].rect.bottom <= max(last[0].height, 9) or _BULLET.match(new.text):
        return False
    if _BULLET.match(first.text):
        return 6 <= new.rect.x - first.rect.x <= 60
    edge = max(r[-1].rect.right for r in rows if abs(r[0].rect.x - first.rect.x) <= 4)
    return abs(new.rect.x - first.rect.x) <= 4 and last[-1].rect.right >= WRAPPED * edge


def goes_on(left: Segment, right: Segment, widest_gap: int = SAME_ROW_GAP) -> bool:
    """Whether a row goes on to the right: behind an emoji, a marked word or a sign that was not read."""
    same_row = abs(left.rect.y - right.rect.y) <= max(6, left.height // 2)
    return same_row and 0 <= right.rect.x - left.rect.right <= widest_gap


def is_noise(text: str) -> bool:
    """Nothing but signs, or too few letters to mean anything."""
    return bool(_NOISE.match(text)) or sum(c.isalpha() for c in text) < 2
