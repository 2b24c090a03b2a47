"""Who says what on a screen: messages, mails, comments and notes, each with its author, cut into sentences.

What the author is not known of is nobody's. Sentences keep a quote that stands word for word in one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from gum_app.rules.layout import Segment, readable

Medium = Literal["message", "mail", "comment", "notes", "note"]
Author = Literal["person", "other"]

_ENDS = re.compile(r"[.!?…]+[)”\"'’]*$")
_NO_END = re.compile(
    r"^(?:\w\.|e\.?g\.|i\.?e\.|mr\.|mrs\.|ms\.|dr\.|no\.|st\.|vs\.|etc\.|\d+\.|approx\.|incl\.)$", re.IGNORECASE
)
_BULLET = re.compile(r"^(?:[•·*‣▪◦–—-]|\[[ xX]?\]|[☐☑✓✔□■O@]|\d{1,2}[.)])$")
_EMOJI = re.compile(r"^[©®™@€¢§%]{1,2}$")  # what the reader makes of a smiley
_STARTS = re.compile(r"^[“\"'‘(#@]*[^\W_]")
PARAGRAPH_IN_HEIGHTS = 1.3  # a gap of more than this ends a sentence that has no full stop
UNSURE = 0.35  # below this the reader's own confidence calls a word at the edge of a line a smudge


@dataclass(frozen=True, kw_only=True)
class Utterance:
    """What one author says in one place. `name` is the author's, `to` whom it is said to; both may be empty."""

    author: Author
    medium: Medium
    rows: tuple[Segment, ...]
    name: str = ""
    to: str = ""
    act: str = ""  # what the head of a comment says its author did: "requested changes"
    at: datetime | None = None
    said_on: date | None = None  # None: it does not say, so it counts as said when it was read


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """`text` is for reading, `quote` a part of it that stands in one line of the screen word for word."""

    text: str
    quote: str
    confidence: float


def sentences(said: Utterance) -> list[Sentence]:
    """The sentences of an utterance; a bullet begins a new one. Smudges at the edges of lines are left out."""
    return [_sentence(run) for run in _runs(said.rows) if run]


@dataclass(frozen=True)
class _Piece:
    raw: str
    row: int
    confidence: float


def _runs(rows: Sequence[Segment]) -> Iterator[list[_Piece]]:
    run: list[_Piece] = []
    for number, row in enumerate(rows):
        if number and row.rect.y - rows[number - 1].rect.bottom > PARAGRAPH_IN_HEIGHTS * max(row.height, 9):
            yield run
            run = []
        for position, piece in enumerate(_pieces(row, number)):
            if (position == 0 and _BULLET.match(piece.raw)) or _EMOJI.match(piece.raw):
                yield run
                run = []
                continue
            run.append(piece)
            if _ENDS.search(piece.raw) and not _NO_END.match(piece.raw):
                yield run
                run = []
    yield run


def _pieces(row: Segment, number: int) -> list[_Piece]:
    pieces = [_Piece(word.text, number, word.confidence) for word in row.words]
    while pieces and not _BULLET.match(pieces[0].raw) and not _begins(pieces[0]):
        pieces.pop(0)
    while pieces and not re.search(r"[^\W_]", pieces[-1].raw):
        pieces.pop()
    return pieces


def _begins(piece: _Piece) -> bool:
    # A lone bar is the word I more often than a smudge.
    return piece.raw == "|" or (_STARTS.match(piece.raw) is not None and piece.confidence >= UNSURE)


def _sentence(run: list[_Piece]) -> Sentence:
    by_row: dict[int, list[str]] = {}
    for piece in run:
        by_row.setdefault(piece.row, []).append(piece.raw)
    quote = max((" ".join(words) for words in by_row.values()), key=len)
    text = readable(" ".join(piece.raw for piece in run))
    return Sentence(text=text, quote=quote, confidence=sum(piece.confidence for piece in run) / len(run))
