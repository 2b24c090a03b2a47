"""The words of a reading, packed: small JSON arrays, compressed. About a tenth of their size as plain JSON."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable

from gum_app.records import Line, Rect, Word
from gum_app.store.instants import instant, micros

SAME_PLACE_PIXELS = 12  # reading the same line twice moves its box by a few pixels

PackedWord = tuple[tuple[int, int, int, int], str, float]  # box (x, y, width, height), text, confidence 0–1
PackedLine = tuple[int, int, int | None, list[PackedWord]]  # block, monitor, microseconds since 1970, words


def pack(lines: Iterable[Line]) -> bytes:
    rows = [packed_line(line) for line in lines if line.words]
    return zlib.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode(), 6)


def unpack(blob: bytes, offset_minutes: int) -> tuple[Line, ...]:
    return tuple(unpacked_line(row, offset_minutes) for row in json.loads(zlib.decompress(blob)))


def only_new(lines: Iterable[Line], known: Iterable[Line]) -> list[Line]:
    """The lines that do not say the same on the same place as one that is known or came before."""
    places: dict[tuple[str, int], list[Rect]] = {}
    for line in known:
        places.setdefault((line.text, line.monitor), []).append(line.words[0].rect)
    new = []
    for line in lines:
        if not line.words:
            continue
        seen = places.setdefault((line.text, line.monitor), [])
        place = line.words[0].rect
        if not any(_is_same_place(place, rect) for rect in seen):
            seen.append(place)
            new.append(line)
    return new


def _is_same_place(one: Rect, other: Rect) -> bool:
    return max(abs(one.x - other.x), abs(one.y - other.y)) <= SAME_PLACE_PIXELS


def packed_line(line: Line) -> PackedLine:
    at = None if line.at is None else micros(line.at)
    return line.block, line.monitor, at, [_packed_word(word) for word in line.words]


def _packed_word(word: Word) -> PackedWord:
    rect = word.rect
    return (rect.x, rect.y, rect.width, rect.height), word.text, round(word.confidence, 3)


def unpacked_line(row: PackedLine, offset_minutes: int) -> Line:
    block, monitor, at, words = row
    return Line(
        words=tuple(_word(word) for word in words),
        block=block,
        monitor=monitor,
        at=None if at is None else instant(at, offset_minutes),
    )


def _word(row: PackedWord) -> Word:
    (x, y, width, height), text, confidence = row
    return Word(text=text, rect=Rect(x=x, y=y, width=width, height=height), confidence=confidence)
