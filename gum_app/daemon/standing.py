"""Which words stand on each monitor now, by all that was read of it: what changed is read alone, and a few new words
mean little without those around them. In memory only, and as they were read: nothing here has been audited.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gum_app.daemon.looks import Frame
from gum_app.records import Line, Rect, Window
from gum_app.rules.placing import by_window


@dataclass(frozen=True)
class Words:
    """The words of one window (pixels of the desktop)."""

    window: Window
    new: tuple[Line, ...]
    around: tuple[Line, ...]  # read earlier, and still there


class Standing:
    def __init__(self) -> None:
        self._lines: dict[int, tuple[Line, ...]] = {}  # by monitor

    def renew(self, frame: Frame, read: Sequence[Line]) -> list[Words]:
        """What was read of a frame, by the window it stands in; the front window comes first, also without words.

        Nothing, where only a part was read of a monitor of which nothing is known: those words cannot be judged.
        """
        front = frame.surroundings.foreground
        if front is None or (frame.monitor.index not in self._lines and not frame.is_whole):
            return []
        origin = frame.monitor.rect
        new = tuple(_on_desktop(line, frame) for line in read)
        gone = [region.moved(origin.x, origin.y) for region in frame.regions]
        around = tuple(line for line in self._lines.get(frame.monitor.index, ()) if not _touches(line, gone))
        self._lines[frame.monitor.index] = (*around, *new)
        placed = by_window((*around, *new), frame.surroundings, frame.monitor)
        fresh = set(map(id, new))
        words = [_words(window, lines, fresh) for window, lines in placed.beside]
        return [_words(front, placed.front, fresh), *(each for each in words if each.new)]

    def forget(self, monitor: int | None = None) -> None:
        """What is known of this monitor, or of all."""
        if monitor is None:
            self._lines.clear()
        else:
            self._lines.pop(monitor, None)


def _words(window: Window, lines: Sequence[Line], fresh: set[int]) -> Words:
    new = tuple(line for line in lines if id(line) in fresh)
    return Words(window, new, tuple(line for line in lines if id(line) not in fresh))


def _touches(line: Line, rects: Sequence[Rect]) -> bool:
    return any(rect.meet(line.rect) is not None for rect in rects)


def _on_desktop(line: Line, frame: Frame) -> Line:
    """From pixels of the picture to pixels of the desktop, with when and where it was read."""
    origin = frame.monitor.rect
    words = tuple(replace(word, rect=word.rect.moved(origin.x, origin.y)) for word in line.words)
    return replace(line, words=words, at=frame.at, monitor=frame.monitor.index)
