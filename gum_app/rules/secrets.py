"""What must never be kept, found among read words and cut out of them. It says where and of what kind, never what.

Some things are secret by their looks (`secret_shapes`), others because a label beside or above announces them
(`secret_fields`). A secret may be split over several words, boxes and lines; an OCR engine may have misread it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from gum_app.records import Line, Rect, Word
from gum_app.rules.rows import Spot
from gum_app.rules.secret_fields import Found, by_label
from gum_app.rules.secret_page import Page, Position
from gum_app.rules.secret_shapes import KEY, KEY_END, PRIVATE_KEY, QUERY_SECRET, shapes

CUT = "▮▮▮"


@dataclass(frozen=True)
class Finding:
    """Where a secret stands. `rects` cover its words, `spots` name them."""

    kind: str
    rects: tuple[Rect, ...]
    spots: tuple[Spot, ...]


def find(lines: Sequence[Line]) -> tuple[Finding, ...]:
    """Every secret in the lines. The lines of one screen belong in one call: labels explain values."""
    with_words = [index for index, line in enumerate(lines) if line.words]
    page = Page([lines[index] for index in with_words])
    found = [*_by_looks(page), *_private_keys(page), *by_label(page)]
    return tuple(_finding(page, with_words, kind, positions) for kind, positions in found if positions)


class Cut(NamedTuple):
    """The lines with each secret replaced by one word, the rectangles to paint over, and the kind of each secret."""

    lines: tuple[Line, ...]
    painted: tuple[Rect, ...]
    kinds: tuple[str, ...]


def cut(lines: Sequence[Line], around: Sequence[Line] = ()) -> Cut:
    """`around` are lines that stand on the same screen and were read before: they may hold the label of a value."""
    findings = find((*lines, *around))
    gone: dict[int, set[int]] = {}
    kinds = []
    for finding in findings:
        here = [spot for spot in finding.spots if spot.line < len(lines)]
        kinds += [finding.kind] if here else []
        for spot in here:
            gone.setdefault(spot.line, set()).add(spot.word)
    clean = tuple(_without(line, gone[index]) if index in gone else line for index, line in enumerate(lines))
    painted = tuple(lines[index].words[word].rect for index, indexes in gone.items() for word in sorted(indexes))
    return Cut(clean, painted, tuple(kinds))


def cut_text(text: str) -> str:
    """The text with each secret replaced: for notifications, titles, addresses and notes."""
    text = QUERY_SECRET.sub(lambda match: match.group(1) + CUT, text)
    text = _USER_AND_PASSWORD.sub(lambda match: match.group(1) + CUT + "@", text)
    rows = text.split("\n")
    lines = [as_line(row, number) for number, row in enumerate(rows)]
    gone: dict[int, set[int]] = {}
    for finding in find(lines):
        for spot in finding.spots:
            gone.setdefault(spot.line, set()).add(spot.word)
    return "\n".join(_text_without(row, gone.get(number, set())) for number, row in enumerate(rows))


# Finding


def _by_looks(page: Page) -> Found:
    for index, text in enumerate(page.texts):
        for kind, start, end in shapes(text):
            yield kind, page.spot(index, start, end)


_KEY_BODY = re.compile(r"[A-Za-z0-9+/=]{8,}$|(?:Proc-Type|DEK-Info)")


def _private_keys(page: Page) -> Found:
    """From BEGIN to END, or as long as the rows look like the inside of a key."""
    for first, _ in page.each(PRIVATE_KEY):
        positions: list[Position] = []
        for index in range(first, len(page.rows)):
            text = page.texts[index]
            if index > first and not (_KEY_BODY.search(text.replace(" ", "")) or KEY_END.search(text)):
                break
            positions += page.spot(index, 0, len(text))
            if index > first and KEY_END.search(text):
                break
        yield KEY, positions


def _finding(page: Page, with_words: Sequence[int], kind: str, positions: Sequence[Position]) -> Finding:
    unique = sorted(set(positions))
    spots = [page.rows[row].spots[word] for row, word in unique]
    rects = tuple(page.rows[row].rects[word] for row, word in unique)
    return Finding(kind, rects, tuple(Spot(with_words[spot.line], spot.word) for spot in spots))


# Cutting

_USER_AND_PASSWORD = re.compile(r"(\b[A-Za-z][A-Za-z0-9+.-]*://)[^\s:/@?#]*:[^\s/@?#]+@")


def _without(line: Line, gone: set[int]) -> Line:
    """Neighbours that are cut become one word."""
    kept: list[Word] = []
    was_gone = False
    for index, word in enumerate(line.words):
        if index not in gone:
            kept.append(word)
        elif was_gone:
            kept[-1] = replace(kept[-1], rect=kept[-1].rect.join(word.rect))
        else:
            kept.append(replace(word, text=CUT))
        was_gone = index in gone
    return replace(line, words=tuple(kept))


def _text_without(row: str, gone: set[int]) -> str:
    spans = [match.span() for index, match in enumerate(re.finditer(r"\S+", row)) if index in gone]
    indexes = sorted(gone)
    for (start, end), index in zip(reversed(spans), reversed(indexes), strict=True):
        mark = "" if index - 1 in gone else CUT
        row = row[:start].rstrip() + row[end:] if not mark else row[:start] + mark + row[end:]
    return row


def as_line(row: str, number: int) -> Line:
    """Words as if printed with letters of 10 by 20 pixels, so that the same rules hold for them."""
    parts = [
        Word(
            text=match.group(), rect=Rect(x=10 * match.start(), y=30 * number, width=10 * len(match.group()), height=20)
        )
        for match in re.finditer(r"\S+", row)
    ]
    return Line(words=tuple(parts), block=number)
