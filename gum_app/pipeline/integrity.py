"""Contextual integrity of one look: which of its rows are nobody's business, and how much of them may be kept.

Pure: rows in, rows out, and what was decided, by kind and rule and without the words. A row about such a matter is cut
with the rows it runs over; beside a label its value goes too, and under a heading of pay or money the column of
amounts. A window that is about such a matter as a whole keeps none of its words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from gum_app.records import Keeping, Line, Matter, Rect, Ruling, Word
from gum_app.rules.matters import Touched, touched, touched_name
from gum_app.rules.norms import Norms
from gum_app.rules.secrets import CUT
from gum_app.rules.titles import Place

LABEL_WORDS = 4  # a label in a form is short; a sentence is not
SO_MANY_ROWS, SUCH_A_SHARE = 3, 0.25  # of the rows with a sentence in them: the window is about the matter
LEAST_WORDS = 2
COLUMN_SLACK = 40  # pixels by which an amount may stand beside the edges of its heading
_AMOUNT = re.compile(r"[€$£¥]?\s?\d[\d.,' ]*\d(?:[.,]\d\d)?\s?(?:[€$£¥%]|k|EUR|USD|GBP|CHF)?$", re.IGNORECASE)
_SENTENCE_ENDS = re.compile(r"[.!?…]['\"”)]?$")
_CODE_SITES = {"github", "gitlab", "codeberg", "bitbucket", "stack overflow"}
_OF_AMOUNTS: frozenset[Matter] = frozenset({"pay", "money"})


@dataclass(frozen=True, kw_only=True)
class Judged:
    """`lines` may be kept; `painted` is where words were cut out. `whole`: the matter of a window without words."""

    lines: tuple[Line, ...]
    painted: tuple[Rect, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    whole: Ruling | None = None


def is_software(place: Place) -> bool:
    """Where software is written, `salary` and `diagnosis` are names of things: only what is said of somebody counts."""
    return place.kind in {"editor", "terminal"} or place.site.casefold() in _CODE_SITES


def judge_name(title: str, url: str | None, norms: Norms, *, software: bool = False) -> Ruling | None:
    """What a title or an address says of its whole window; None where it may be kept as it is."""
    for name, rule in ((title, "its title"), (_path(url), "its address")):
        found = _said(touched_name(name), software) if name else None
        keeping = norms.keeping(found.matter, found.whose) if found is not None else "keep"
        if found is not None and keeping != "keep":
            return Ruling(matter=found.matter, keeping=keeping, rule=rule, whose=found.whose)
    return None


def judge_rows(lines: Sequence[Line], norms: Norms, around: Sequence[Line] = (), *, software: bool = False) -> Judged:
    """`around` are rows that stand in the same window and were read before: they may hold the label of a value."""
    everything = tuple(line for line in (*lines, *around) if line.words)
    lines = everything[: sum(bool(line.words) for line in lines)]
    hits = ((index, _said(touched(line.text), software)) for index, line in enumerate(everything))
    found = {index: hit for index, hit in hits if hit is not None}
    strict = {index: (hit, norms.keeping(hit.matter, hit.whose)) for index, hit in found.items()}
    strict = {index: pair for index, pair in strict.items() if pair[1] != "keep"}
    if not strict:
        return Judged(lines=tuple(lines))
    whole = _about(everything, strict)
    if whole is not None:
        return Judged(lines=(), whole=whole)
    return _cut(lines, everything, strict)


def judge_text(text: str, norms: Norms) -> Ruling | None:
    """What must not be kept of a text that stands by itself: a notification, a statement, what a model told."""
    for row in text.splitlines():
        found = touched(row)
        keeping = norms.keeping(found.matter, found.whose) if found is not None else "keep"
        if found is not None and keeping != "keep":
            return Ruling(matter=found.matter, keeping=keeping, rule=found.rule, whose=found.whose)
    return None


def added_up(rulings: Iterable[Ruling]) -> tuple[Ruling, ...]:
    """Equal ones as one, with how often."""
    counts: Counter[Ruling] = Counter()
    for ruling in rulings:
        counts[replace(ruling, count=1)] += ruling.count
    return tuple(replace(ruling, count=count) for ruling, count in counts.items())


def _said(hit: Touched | None, software: bool) -> Touched | None:
    return None if hit is None or (software and hit.whose == "nobody") else hit


# A whole window


def _about(lines: Sequence[Line], strict: Mapping[int, tuple[Touched, Keeping]]) -> Ruling | None:
    sentences = sum(len(line.words) >= LEAST_WORDS for line in lines)
    matter, count = Counter(hit.matter for hit, _ in strict.values()).most_common(1)[0]
    if count < SO_MANY_ROWS or count < SUCH_A_SHARE * sentences:
        return None
    hit, keeping = next(pair for pair in strict.values() if pair[0].matter == matter)
    return Ruling(matter=matter, keeping=keeping, rule="many of its rows", whose=hit.whose, count=count)


def _path(url: str | None) -> str:
    if not url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return unquote(f"{parts.path} {parts.query} {parts.fragment}").strip(" /")


# Single rows


def _cut(lines: Sequence[Line], everything: Sequence[Line], strict: Mapping[int, tuple[Touched, Keeping]]) -> Judged:
    gone: dict[int, Keeping] = {}
    rulings = []
    for index, (hit, keeping) in strict.items():
        rows = {*_running_over(everything, index), *_values(everything, index, hit.matter)}
        if index < len(lines):
            rulings.append(Ruling(matter=hit.matter, keeping=keeping, rule=hit.rule, whose=hit.whose))
        gone |= {row: keeping for row in rows if gone.get(row) != "drop"}
    painted = [word.rect for index in gone if index < len(lines) for word in lines[index].words]
    kept = [_what_stays(line, gone.get(index, "keep")) for index, line in enumerate(lines)]
    return Judged(
        lines=tuple(line for line in kept if line is not None), painted=tuple(painted), rulings=added_up(rulings)
    )


def _what_stays(line: Line, keeping: Keeping) -> Line | None:
    if keeping == "keep":
        return line
    return None if keeping == "drop" else replace(line, words=(Word(text=CUT, rect=line.rect),))


def _running_over(lines: Sequence[Line], index: int) -> list[int]:
    """The row, and those of its paragraph over which its sentence runs."""
    rows = [index]
    for step in (1, -1):
        at = index
        while 0 <= at + step < len(lines) and _same_sentence(lines[min(at, at + step)], lines[max(at, at + step)]):
            at += step
            rows.append(at)
    return rows


def _same_sentence(above: Line, below: Line) -> bool:
    if (above.block, above.monitor, above.at) != (below.block, below.monitor, below.at):
        return False
    close = 0 < below.rect.y - above.rect.y <= 2 * max(above.rect.height, below.rect.height)
    starts_small = below.words[0].text[:1].islower()
    return close and starts_small and _SENTENCE_ENDS.search(above.text) is None


def _values(lines: Sequence[Line], index: int, matter: Matter) -> list[int]:
    """What stands beside a short label with a figure in it; under one of pay or money all amounts of the column."""
    label = lines[index]
    if len(label.words) > LABEL_WORDS:
        return []
    rect = label.rect
    beside = [
        other
        for other, line in enumerate(lines)
        if line.monitor == label.monitor and _is_beside(rect, line.rect) and _has_figure(line)
    ]
    if matter not in _OF_AMOUNTS:
        return beside
    below = [
        other
        for other, line in enumerate(lines)
        if line.monitor == label.monitor and _is_under(rect, line.rect) and _AMOUNT.match(line.text)
    ]
    return [*beside, *below]


def _is_beside(label: Rect, other: Rect) -> bool:
    shared_rows = min(label.bottom, other.bottom) - max(label.y, other.y)
    return other.x >= label.right and shared_rows >= min(label.height, other.height) / 2


def _is_under(label: Rect, other: Rect) -> bool:
    return other.y >= label.bottom and other.x < label.right + COLUMN_SLACK and other.right > label.x - COLUMN_SLACK


def _has_figure(line: Line) -> bool:
    return any(c.isdigit() for c in line.text)
