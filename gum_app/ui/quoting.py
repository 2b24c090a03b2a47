"""Where a quote stands in what was read: the words around it, and the rectangles to draw. Pure.

A quote was made of words joined by single spaces and may run over several lines, or stand in the window's title.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gum_app.records import Line, Observation, Rect

LINES_AROUND = 2
FAR_LINES = 4  # heights of a line: what is further away belongs to something else
COMMON_SCREENS = ((1366, 768), (1920, 1080), (2560, 1440), (3840, 2160), (5120, 2880))


@dataclass(frozen=True, kw_only=True)
class Passage:
    """`quote` as it stands between the words `before` and `after`. `where`: screen, title or nowhere."""

    before: str
    quote: str
    after: str
    where: str
    rects: tuple[Rect, ...] = ()  # one a line, pixels of the whole desktop
    monitor: int = 0


def passage(observation: Observation | None, quote: str) -> Passage:
    """The quote in context; alone where the observation is gone or does not hold it any more."""
    if observation is not None:
        found = _in_lines(observation.lines, quote)
        if found is not None:
            return found
        start = observation.title.casefold().find(quote.casefold())
        if quote and start >= 0:
            end = start + len(quote)
            title = observation.title
            return Passage(before=title[:start], quote=title[start:end], after=title[end:], where="title")
    return Passage(before="", quote=quote, after="", where="nowhere")


def _in_lines(lines: Sequence[Line], quote: str) -> Passage | None:
    wanted = quote.split()
    words = [word.text for line in lines for word in line.words]
    for start, word in enumerate(words):
        end = start + len(wanted)
        if wanted and word == wanted[0] and words[start:end] == wanted:
            return _passage(lines, start, end - 1)
    return _inside_a_line(lines, " ".join(wanted))


def _inside_a_line(lines: Sequence[Line], quote: str) -> Passage | None:
    """A quote that begins or ends within a word (a comma, a bracket): marked to the letter."""
    for row, line in enumerate(lines):
        start = line.text.find(quote)
        if quote and start >= 0:
            end = start + len(quote)
            around = _around(lines, row, row)
            return Passage(
                before=around[0] + line.text[:start],
                quote=line.text[start:end],
                after=line.text[end:] + around[1],
                where="screen",
                rects=(line.rect,),
                monitor=line.monitor,
            )
    return None


def _passage(lines: Sequence[Line], first: int, last: int) -> Passage:
    """`first` and `last` count words over all lines."""
    before, quote, after, rects, rows = [], [], [], [], []
    n = 0
    for row, line in enumerate(lines):
        inside = [word for k, word in enumerate(line.words, start=n) if first <= k <= last]
        if inside:
            rows.append(row)
            before += [word.text for k, word in enumerate(line.words, start=n) if k < first]
            after += [word.text for k, word in enumerate(line.words, start=n) if k > last]
            quote.append(" ".join(word.text for word in inside))
            rects.append(Line(words=tuple(inside)).rect)
        n += len(line.words)
    around = _around(lines, rows[0], rows[-1])
    return Passage(
        before=around[0] + "".join(f"{text} " for text in before),
        quote="\n".join(quote),
        after="".join(f" {text}" for text in after) + around[1],
        where="screen",
        rects=tuple(rects),
        monitor=lines[rows[0]].monitor,
    )


def _around(lines: Sequence[Line], first: int, last: int) -> tuple[str, str]:
    """The lines that stand close above and below, as text. What a menu or another column says is no context."""
    before = _neighbours(lines[:first][::-1], lines[first].rect, lines[first].monitor)[::-1]
    after = _neighbours(lines[last + 1 :], lines[last].rect, lines[last].monitor)
    return "".join(f"{text}\n" for text in before), "".join(f"\n{text}" for text in after)


def _neighbours(lines: Sequence[Line], start: Rect, monitor: int) -> list[str]:
    """In the order given: lines below or above each other, until one is too far away or in another column."""
    found: list[str] = []
    last = start
    for line in lines[:LINES_AROUND]:
        rect = line.rect
        gap = max(rect.y - last.bottom, last.y - rect.bottom)
        beside = rect.right < last.x or rect.x > last.right
        if line.monitor != monitor or beside or gap > FAR_LINES * last.height:
            break
        found.append(line.text)
        last = rect
    return found


def screen_of(lines: Sequence[Line], monitor: int) -> Rect:
    """The monitor as far as its words tell: the smallest usual screen that holds them all.

    The size of the monitor is not kept with an observation; the drawing needs the proportions only.
    """
    seen = [line.rect for line in lines if line.monitor == monitor]
    if not seen:
        return Rect(x=0, y=0, width=1920, height=1080)
    box = seen[0]
    for rect in seen[1:]:
        box = box.join(rect)
    left = 0 if monitor == 0 else box.x
    top = 0 if monitor == 0 else min(box.y, 0)
    left, top = min(left, box.x), min(top, box.y)
    for width, height in COMMON_SCREENS:
        if box.right - left <= width and box.bottom - top <= height:
            return Rect(x=left, y=top, width=width, height=height)
    return Rect(x=left, y=top, width=box.right - left, height=box.bottom - top)
