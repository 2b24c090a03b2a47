"""Where text stands in a picture: lines of writing and the blocks they form, found by their strokes, not yet read.

Screens are sharp and flat: letters are dense changes of brightness from left to right, whatever the colours. A line
ends at a wide gap, so that a side bar is never glued to the message beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from gum_app.records import Rect

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Gray = NDArray[np.uint8]  # height × width, 0 black
    Mask = NDArray[np.bool_]
    Ints = NDArray[np.int64]

STROKE_CONTRAST = 16  # of 255: faint grey on grey is still read, a gradient is not
LETTER_GAP = 6  # pixels between letters of one word, at most
FRAME_HEIGHT = 28  # an upright stroke as long as this is the edge of a box, not a letter
CELL_HEIGHT = 18  # so is a shorter one that stands alone
TALLEST_TEXT = 72
LOWEST_TEXT = 5
WORD_GAP = 1.1  # in heights of the writing: wider than this, and another line begins
CELL_GAP = 2.4  # in heights: cells of a row, a label and its value; they share a block
LINE_GAP = 0.95  # in heights: white between two lines of a paragraph, at most
ROOM = 4  # pixels above and below the strokes in which accents, dots and underscores may stand
MOST_LINES = 600  # a photograph has strokes without end; the widest strips are the likeliest text


@dataclass(frozen=True)
class Strip:
    """One line of writing. Strips of one paragraph or row share a block; blocks are numbered in reading order."""

    rect: Rect
    block: int
    room_above: int  # pixels that belong to no other strip; at most ROOM
    room_below: int


@dataclass(eq=False)
class _Growing:
    """A line while fragments are still being added to it, from left to right."""

    box: _Box
    height: int  # of the letters seen so far; 0 while there are only dots and dashes


class _Box(NamedTuple):
    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def join(self, other: _Box) -> _Box:
        return _Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


def find_strips(gray: Gray) -> tuple[Strip, ...]:
    """Every line of writing, in reading order. A photograph may give strips that turn out to hold no words."""
    unit = max(1, round(min(gray.shape) / 1080))  # a screen of twice the resolution writes twice as large
    boxes = _lines(_fragments(_strokes(gray, unit), LETTER_GAP * unit), unit)
    boxes.sort(key=lambda box: box.width, reverse=True)
    return _in_blocks([Rect(x=b.left, y=b.top, width=b.width, height=b.height) for b in boxes[:MOST_LINES]])


def _strokes(gray: Gray, unit: int) -> Mask:
    """Where brightness jumps from one pixel to its right neighbour, without the edges of boxes and columns."""
    strokes = np.zeros(gray.shape, bool)
    # int16: the difference of two bytes does not fit into a byte
    np.greater(np.abs(np.diff(gray.astype(np.int16), axis=1)), STROKE_CONTRAST, out=strokes[:, 1:])
    frames = _upright(strokes, FRAME_HEIGHT * unit)
    cells = _upright(strokes, CELL_HEIGHT * unit) & ~frames
    beside = strokes & ~cells
    for step in range(1, 3 * unit + 1):
        cells[:, step:] &= ~beside[:, :-step]
        cells[:, :-step] &= ~beside[:, step:]
    return strokes & ~frames & ~cells


def _upright(mask: Mask, length: int) -> Mask:
    """Pixels that belong to a vertical run of at least `length`."""
    runs, reach = mask, 1
    while reach < length:  # doubling: a run of 2n starts where two runs of n meet
        step = min(reach, length - reach)
        runs = runs[:-step] & runs[step:] if runs.shape[0] > step else runs[:0]
        reach += step
    out = np.zeros_like(mask)
    if not runs.shape[0]:
        return out
    out[: runs.shape[0]] = runs
    grown = 1
    while grown < length:
        step = min(grown, length - grown)
        out[step:] |= out[:-step].copy()
        grown += step
    return out


def _fragments(strokes: Mask, gap: int) -> list[_Box]:
    """Boxes of strokes that touch once gaps within a row are closed, by their left edge."""
    padded = np.zeros((strokes.shape[0], strokes.shape[1] + 2), np.int8)
    padded[:, 1:-1] = strokes
    change = np.diff(padded, axis=1)
    rows, starts = np.nonzero(change == 1)
    ends = np.nonzero(change == -1)[1]
    if not len(rows):
        return []
    fresh = np.ones(len(rows), bool)
    fresh[1:] = (rows[1:] != rows[:-1]) | (starts[1:] - ends[:-1] > gap)
    first = np.flatnonzero(fresh)
    last = np.append(first[1:] - 1, len(rows) - 1)
    rows, starts, ends = rows[first], starts[first], ends[last]
    names, member = np.unique(_joined(rows, starts, ends), return_inverse=True)
    boxes = np.empty((len(names), 4), np.int64)
    boxes[:, :2], boxes[:, 2:] = strokes.size, 0
    np.minimum.at(boxes[:, 0], member, starts)
    np.minimum.at(boxes[:, 1], member, rows)
    np.maximum.at(boxes[:, 2], member, ends)
    np.maximum.at(boxes[:, 3], member, rows + 1)
    return [_Box(*box) for box in boxes[np.argsort(boxes[:, 0])].tolist()]


def _joined(rows: Ints, starts: Ints, ends: Ints) -> Ints:
    """For each run the name of its group: runs of neighbouring rows that overlap belong together."""
    parent = list(range(len(rows)))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    row, start, end = rows.tolist(), starts.tolist(), ends.tolist()
    above, here = 0, 0
    while here < len(row):
        if row[above] < row[here] - 1 or (row[above] == row[here] - 1 and end[above] <= start[here]):
            above += 1
        elif row[above] == row[here] - 1 and start[above] < end[here]:
            parent[root(above)] = root(here)
            if end[above] < end[here]:
                above += 1
            else:
                here += 1
        else:
            here += 1
    return np.array([root(one) for one in range(len(row))])


def _lines(fragments: list[_Box], unit: int) -> list[_Box]:
    """Fragments side by side become lines. Dots and dashes may join a line, and what is too tall is no writing."""
    near: dict[int, list[_Growing]] = defaultdict(list)  # lines by the bands of 16 rows they cover
    lines: list[_Growing] = []
    for box in fragments:
        if box.height > TALLEST_TEXT * unit:
            continue
        height = box.height if box.height > LOWEST_TEXT * unit else 0
        bands = range(box.top // 16, (box.bottom - 1) // 16 + 1)
        fitting = [line for line in _around(near, bands) if _continues(line, box, height)]
        if fitting:
            line = max(fitting, key=lambda one: (one.height > 0, one.box.right))  # letters before a lone underscore
            line.box, line.height = line.box.join(box), max(line.height, height)
        else:
            line = _Growing(box, height)
            lines.append(line)
        for band in range(line.box.top // 16, (line.box.bottom - 1) // 16 + 1):
            if line not in near[band]:
                near[band].append(line)
    return [line.box for line in lines if line.height and line.box.width >= 3 * unit]


def _around(near: dict[int, list[_Growing]], bands: range) -> list[_Growing]:
    return list({id(line): line for band in bands for line in near[band]}.values())


def _continues(line: _Growing, box: _Box, height: int) -> bool:
    gap = box.left - line.box.right
    if not line.height or not height:  # a dash between two words, the dot at the end
        tall = max(line.height, height, LOWEST_TEXT)
        low, high = (box, line.box) if line.height else (line.box, box)
        return gap <= WORD_GAP * tall and high.top - 2 <= low.middle <= high.bottom + 2
    tall, low_height = max(line.height, height), min(line.height, height)
    shared_rows = min(line.box.bottom, box.bottom) - max(line.box.top, box.top)
    if gap > WORD_GAP * tall or shared_rows < low_height / 2:
        return False
    # a bar at the edge of a coloured box is thin and taller than the writing beside it
    bar = min(box.width, line.box.width) <= 6 and tall > 1.35 * low_height
    return not bar and tall <= 2.2 * low_height


def _in_blocks(rects: list[Rect]) -> tuple[Strip, ...]:
    rects = sorted(rects, key=lambda rect: (rect.y, rect.x))
    parent = list(range(len(rects)))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for index, upper in enumerate(rects):
        for other in range(index + 1, len(rects)):
            lower = rects[other]
            if lower.y > upper.bottom + upper.height * 1.5:
                break
            if _belong_together(upper, lower):
                parent[root(other)] = root(index)
    blocks: dict[int, list[Rect]] = defaultdict(list)
    for index, rect in enumerate(rects):
        blocks[root(index)].append(rect)
    ordered = sorted(blocks.values(), key=lambda block: (min(r.y for r in block), min(r.x for r in block)))
    return tuple(
        Strip(rect, number, *_room(rect, rects)) for number, block in enumerate(ordered) for rect in in_rows(block)
    )


def _room(rect: Rect, rects: Sequence[Rect]) -> tuple[int, int]:
    """Free pixels above and below. `rects` are sorted by their upper edge."""
    above = below = ROOM
    for other in rects:
        if other.y > rect.bottom + ROOM:
            break
        if other is rect or other.right <= rect.x or rect.right <= other.x:
            continue
        if other.y >= rect.bottom:
            below = min(below, other.y - rect.bottom)
        elif other.bottom <= rect.y:
            above = min(above, rect.y - other.bottom)
    return above, below


def _belong_together(upper: Rect, lower: Rect) -> bool:
    tall, low = max(upper.height, lower.height), min(upper.height, lower.height)
    if tall > 1.6 * low:
        return False
    shared_rows = min(upper.bottom, lower.bottom) - max(upper.y, lower.y)
    if shared_rows > low / 2:
        gap = max(upper.x, lower.x) - min(upper.right, lower.right)
        return gap <= CELL_GAP * tall
    starts_alike = abs(upper.x - lower.x) <= 1.5 * tall
    overlap = min(upper.right, lower.right) - max(upper.x, lower.x)
    return lower.y - upper.bottom <= LINE_GAP * tall and (starts_alike or overlap > 0.6 * min(upper.width, lower.width))


def in_rows(rects: list[Rect]) -> list[Rect]:
    """In reading order: row by row, each from left to right. A row is what stands about as high as its first member."""
    rows: list[list[Rect]] = []
    for rect in sorted(rects, key=lambda one: one.y + one.height / 2):
        middle = rect.y + rect.height / 2
        if rows and middle <= rows[-1][0].bottom:
            rows[-1].append(rect)
        else:
            rows.append([rect])
    return [rect for row in rows for rect in sorted(row, key=lambda one: one.x)]
