"""What is new in a picture? An exact map of 40-pixel tiles finds even one typed letter, in two milliseconds.

Whole-picture hashes miss typing; the tile map sees it and says where, so that only what changed is read. A few tiles
that change by themselves again and again, like a clock or a cursor that blinks, wait until they are calm; nothing that
was left out is forgotten. The state is a value: the last picture, how restless each tile is, and what is not read yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from gum_app.records import Rect

if TYPE_CHECKING:
    from PIL.Image import Image

TILE = 40  # pixels; 48 × 27 of them on a full-HD screen
LONE_TILES = 4  # a change of at most so many tiles may be a clock, a cursor, a spinner
RESTLESS_STEP, RESTLESS, MOST_RESTLESS = 2, 6, 8  # a lone change adds two, a calm look takes one; from six on it waits
WHOLE_SHARE = 0.6  # when more than this has changed, the whole picture is read
WORD_GAP = 24  # pixels without a stroke: the line has ended
LINE_GAP = 2  # rows without a stroke: the next line is another one
TALLEST_LINE = 60  # how far a line may reach above and below what changed in it
MARGIN = 6  # dots and accents stand a little outside the strokes
STROKE = 16  # grey levels from one pixel to its neighbour
UPRIGHT_SHARE = 0.8  # a column with strokes on so many of its rows is an edge and no writing
MOST_REGIONS = 4
FAINT = 6  # grey levels; a change below it cannot be seen, let alone read


@dataclass(frozen=True)
class Baseline:
    """The last picture that was looked at, as grey levels, and for each tile how restless it is and if it waits."""

    grey: NDArray[np.uint8]
    restless: NDArray[np.uint8]
    waiting: NDArray[np.bool_]


@dataclass(frozen=True)
class Changed:
    regions: tuple[Rect, ...]  # in pixels of the picture, disjoint; empty: nothing that could be read is new
    baseline: Baseline  # hold the next picture against this one


def changed_regions(before: Baseline | None, image: Image) -> Changed:
    """What to read of `image`. `before` None, or of another size: all of it."""
    grey = np.asarray(image.convert("L"))
    rows, columns = -(-grey.shape[0] // TILE), -(-grey.shape[1] // TILE)
    if before is None or before.grey.shape != grey.shape:
        whole = Rect(x=0, y=0, width=image.width, height=image.height)
        calm, none = np.zeros((rows, columns), np.uint8), np.zeros((rows, columns), np.bool_)
        return Changed((whole,), Baseline(grey, calm, none))
    changed = _changed_tiles(before.grey, grey, rows, columns)
    news: NDArray[np.bool_] = changed | before.waiting
    restless = before.restless
    if changed.sum() <= LONE_TILES:
        more = np.minimum(restless + RESTLESS_STEP, MOST_RESTLESS)
        restless = np.where(changed, more, np.maximum(restless, 1) - 1).astype(np.uint8)
        news = np.logical_and(news, restless < RESTLESS)
    waiting = (changed | before.waiting) & ~news
    return Changed(_regions(news, grey), Baseline(grey, restless, waiting))


def _changed_tiles(before: NDArray[np.uint8], after: NDArray[np.uint8], rows: int, columns: int) -> NDArray[np.bool_]:
    tiles = np.zeros((rows, columns), np.bool_)
    if np.array_equal(before, after):
        return tiles
    differs = np.maximum(before, after) - np.minimum(before, after) >= FAINT
    for row in range(rows):
        strip = differs[row * TILE : (row + 1) * TILE].any(axis=0)
        tiles[row] = np.logical_or.reduceat(strip, np.arange(0, strip.size, TILE))
    return tiles


def _regions(news: NDArray[np.bool_], grey: NDArray[np.uint8]) -> tuple[Rect, ...]:
    if not news.any():
        return ()
    height, width = grey.shape
    if float(news.mean()) >= WHOLE_SHARE:
        return (Rect(x=0, y=0, width=width, height=height),)
    boxes: list[Rect] = []
    for top, bottom in _bands(np.flatnonzero(news.any(axis=1))):
        columns = np.flatnonzero(news[top:bottom].any(axis=0))
        boxes.append(_whole_lines(grey, int(columns[0]), top, int(columns[-1]) + 1, bottom))
    return _few(_disjoint(boxes))


def _whole_lines(grey: NDArray[np.uint8], left: int, top: int, right: int, bottom: int) -> Rect:
    """The tiles, grown until no line of writing is cut: half a line would be read as other words."""
    height, width = grey.shape
    x, end = left * TILE, min(right * TILE, width)
    first, last = max(top * TILE - TALLEST_LINE, 0), min(bottom * TILE + TALLEST_LINE, height)
    strokes = _strokes(grey[first:last])
    rows: NDArray[np.bool_] = np.logical_or.reduce(strokes[:, x:end], axis=1)
    y = first + _edge(rows[::-1], len(rows) - (top * TILE - first), LINE_GAP, backwards=True)
    under = first + _edge(rows, min(bottom * TILE, height) - first, LINE_GAP)
    columns: NDArray[np.bool_] = np.logical_or.reduce(strokes[y - first : under - first], axis=0)
    x = _edge(columns[::-1], width - x, WORD_GAP, backwards=True)
    end = _edge(columns, end, WORD_GAP)
    x, y = max(x - MARGIN, 0), max(y - MARGIN, 0)
    return Rect(x=x, y=y, width=min(end + MARGIN, width) - x, height=min(under + MARGIN, height) - y)


def _strokes(band: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Where brightness jumps from left to right, without the upright edges of windows and columns."""
    strokes: NDArray[np.bool_] = np.abs(np.diff(band.astype(np.int16), axis=1, prepend=band[:, :1])) > STROKE
    strokes[:, strokes.mean(axis=0) > UPRIGHT_SHARE] = False
    return strokes


def _edge(inky: NDArray[np.bool_], start: int, gap: int, *, backwards: bool = False) -> int:
    """Where, from `start` on, the first `gap` places without ink begin; the end where there are none.

    `backwards`: `inky` was turned round, and so is the answer.
    """
    blank = 0
    found = len(inky)
    for place in range(start, len(inky)):
        blank = 0 if inky[place] else blank + 1
        if blank == gap:
            found = place + 1 - gap
            break
    return len(inky) - found if backwards else found


def _bands(rows: NDArray[np.intp]) -> list[tuple[int, int]]:
    """Runs of changed rows of tiles; a gap of one row does not part them."""
    bands: list[tuple[int, int]] = []
    for row in map(int, rows):
        if bands and row - bands[-1][1] <= 1:
            bands[-1] = (bands[-1][0], row + 1)
        else:
            bands.append((row, row + 1))
    return bands


def _disjoint(boxes: list[Rect]) -> list[Rect]:
    """No word is read twice: boxes that overlap become one."""
    left: list[Rect] = []
    for box in boxes:
        while left and left[-1].meet(box) is not None:
            box = left.pop().join(box)
        left.append(box)
    return left


def _few(boxes: list[Rect]) -> tuple[Rect, ...]:
    """Starting the engine costs more than a few more lines: the nearest neighbours are joined."""
    while len(boxes) > MOST_REGIONS:
        gaps = [after.y - before.bottom for before, after in pairwise(boxes)]
        nearest = gaps.index(min(gaps))
        boxes[nearest : nearest + 2] = [boxes[nearest].join(boxes[nearest + 1])]
    return tuple(boxes)
