"""The process that reads: native code lives and dies in here. It is given pictures and answers with words.

It holds no key, writes no file, works at low priority, and ends when its parent is gone.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from gum_app.records import Line, Rect, Word
from gum_app.world.manners import be_modest
from gum_app.world.strips import Strip, find_strips

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    import tesserocr

    from gum_app.world.strips import Gray

MOST_MEMORY_BYTES = 2_000_000_000  # of address space; Tesseract with one language needs a tenth
LINE_HEIGHT = 40  # pixels to which a line is enlarged: what the engine was trained on
MOST_ENLARGED = 3.0
MOST_REMEMBERED = 3000  # lines; some megabytes. People go to and fro between the same few windows
MARGIN = 6  # pixels before and behind a line: a dash or a comma may stand outside its strokes
SURE_CONFIDENCE = 0.8  # a word of three letters read so well shows that its line is writing
GLYPH_CONFIDENCE = 0.6  # below it, one or two characters are an icon and no word
JUNK_CONFIDENCE = 0.25  # below it, a few characters are no word either
JOINTS = frozenset("-–—:;.,|/=+·•*&")  # what stands between words, however badly read
LIKE_DIGITS = frozenset("0123456789OoIlSBZ")  # a code may stand in six boxes, and be misread


@dataclass(frozen=True)
class Task:
    """A grey picture, `size` width × height, one byte a pixel."""

    pixels: bytes
    size: tuple[int, int]


def main(pipe: Connection, data: Path, languages: str) -> None:
    """Say hello with the engine's version, then answer each task with its lines, until the pipe closes."""
    be_modest()
    _limit_memory()
    import tesserocr  # here and not above: the parent imports this module, and native code stays out of it

    engine = tesserocr.PyTessBaseAPI(
        path=str(data), lang=languages, psm=tesserocr.PSM.SINGLE_LINE, oem=tesserocr.OEM.LSTM_ONLY
    )
    engine.SetVariable("debug_file", os.devnull)  # it would tell the terminal about every strip without letters
    engine.SetVariable("tessedit_do_invert", "0")  # strips are turned dark on light here, once instead of by trial
    pipe.send(tesserocr.PyTessBaseAPI.Version())
    memory = Memory()
    try:
        while True:
            task: Task = pipe.recv()
            gray = np.frombuffer(task.pixels, np.uint8).reshape(task.size[1], task.size[0])
            pipe.send(read(engine, gray, memory))
    except (EOFError, ConnectionError):
        return  # the parent has closed its end: nobody wants to know any more
    finally:
        engine.End()


def _limit_memory() -> None:
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))


class Memory:
    """What each line of pixels says, so that it is read once. Goes with the process; whoever forgets ends it."""

    def __init__(self) -> None:
        self._said: OrderedDict[bytes, str] = OrderedDict()

    def recall(self, pixels: Gray, scale: float, read: Callable[[], str]) -> str:
        """`read` is called for pixels that have not been seen lately at this scale."""
        name = hashlib.blake2b(pixels.tobytes(), digest_size=16, key=f"{pixels.shape} {scale:.4f}".encode()).digest()
        if name not in self._said:
            self._said[name] = read()
            if len(self._said) > MOST_REMEMBERED:
                self._said.popitem(last=False)
        self._said.move_to_end(name)
        return self._said[name]


def read(engine: tesserocr.PyTessBaseAPI, gray: Gray, memory: Memory | None = None) -> tuple[Line, ...]:
    """The words in the picture, line by line in reading order, boxes in its pixels."""
    memory = memory or Memory()
    lines: list[Line] = []
    for strip in find_strips(gray):
        lines += _read_strip(engine, gray, strip, memory)
    return tuple(lines)


def _read_strip(engine: tesserocr.PyTessBaseAPI, gray: Gray, strip: Strip, memory: Memory) -> list[Line]:
    rect = strip.rect
    left, top = max(0, rect.x - MARGIN), max(0, rect.y - strip.room_above)
    cut = _dark_on_light(gray[top : rect.bottom + strip.room_below, left : rect.right + MARGIN])
    scale = min(MOST_ENLARGED, max(1.0, LINE_HEIGHT / rect.height))
    said = memory.recall(cut, scale, lambda: _table(engine, Image.fromarray(cut), scale))
    return _lines(said, left, top, scale, strip.block)


def _table(engine: tesserocr.PyTessBaseAPI, picture: Image.Image, scale: float) -> str:
    """What the engine reads, as it tells it, boxes in the enlarged picture."""
    size = (round(picture.width * scale), round(picture.height * scale))
    engine.SetImage(picture.resize(size, Image.Resampling.BICUBIC) if scale > 1 else picture)
    engine.SetSourceResolution(300)
    return str(engine.GetTSVText(0))


def _dark_on_light(cut: Gray) -> Gray:
    """Most of a strip is background: make that white and the writing black, whatever they were."""
    background = int(np.median(cut))
    if background < 128:
        cut, background = 255 - cut, 255 - background
    ink = int(cut.min())
    if background - ink < 16:
        return cut
    stretched: Gray = np.clip((cut.astype(np.float32) - ink) * (255.0 / (background - ink)), 0, 255).astype(np.uint8)
    return stretched


def _lines(tsv: str, left: int, top: int, scale: float, block: int) -> list[Line]:
    """The engine's table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text."""
    rows: dict[tuple[str, ...], list[Word]] = {}
    for row in tsv.splitlines():
        cells = row.split("\t")
        if cells[0] != "5" or not cells[11].strip():
            continue
        x, y, width, height = (int(cell) / scale for cell in cells[6:10])
        right, bottom = round(left + x + width), round(top + y + height)
        x, y = round(left + x), round(top + y)
        rect = Rect(x=x, y=y, width=max(1, right - x), height=max(1, bottom - y))
        word = Word(text=cells[11].strip(), rect=rect, confidence=max(0.0, float(cells[10])) / 100)
        rows.setdefault(tuple(cells[2:5]), []).append(word)
    kept = (_without_junk(sorted(words, key=lambda word: word.rect.x)) for words in rows.values())
    return [Line(words=words, block=block) for words in kept if words]


def _without_junk(words: list[Word]) -> tuple[Word, ...]:
    """Icons, borders and noise go. A digit never does: it may be one box of a code; nor a long word: a password."""
    is_writing = any(word.confidence >= SURE_CONFIDENCE and _letters(word) >= 3 for word in words)
    return tuple(word for word in words if not _is_junk(word, is_writing))


def _letters(word: Word) -> int:
    return sum(character.isalnum() for character in word.text)


def _is_junk(word: Word, beside_writing: bool) -> bool:
    if word.text.isdigit() or len(word.text) > 4:
        return False
    if beside_writing:
        return not _letters(word) and word.text not in JOINTS and word.confidence < GLYPH_CONFIDENCE
    if len(word.text) <= 2 and not (len(word.text) == 1 and word.text in LIKE_DIGITS):
        return word.confidence < GLYPH_CONFIDENCE
    return word.confidence < JUNK_CONFIDENCE
