"""The reading desk: frames wait here, briefly and in memory only, while the reader reads one after the other.

Looking never waits on reading: the desk is bounded, and a newer picture of the same thing takes the place of one that
still waits. A replay reads in line instead, so that the same recording always gives the same words.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import replace

from gum_app.daemon.looks import Frame, ReadFrame
from gum_app.errors import ReaderFailed
from gum_app.records import Line, Rect
from gum_app.world.reading import Reader

log = logging.getLogger(__name__)

MOST_WAITING = 4
REST_SECONDS = 60.0  # without a frame for so long the reader gives its memory back
FAILURES_BEFORE_TROUBLE = 3


class Desk:
    """`put`, `take`, `drop` and `close` belong to the recorder's thread."""

    def __init__(
        self,
        reader: Reader,
        *,
        in_line: bool = False,
        done: Callable[[], None] = lambda: None,
        rest_seconds: float = REST_SECONDS,
    ) -> None:
        """`done` is called from the reading thread whenever `take` has something; it must not block."""
        self._reader = reader
        self._in_line = in_line
        self._done = done
        self._rest_seconds = rest_seconds
        self._changed = threading.Condition()  # guards what follows, but for the thread
        self._waiting: deque[Frame] = deque()
        self._read: deque[ReadFrame] = deque()
        self._closed = False
        self._must_rest = False
        self._failures = 0
        self._trouble: str | None = None
        self._thread: threading.Thread | None = None
        if not in_line:
            self._thread = threading.Thread(target=self._work, name="reading", daemon=True)
            self._thread.start()

    @property
    def trouble(self) -> str | None:
        """A sentence for the status, when reading failed several times in a row."""
        with self._changed:
            return self._trouble

    def put(self, frame: Frame) -> bool:
        """Take a frame in and count it in its episode. False: the desk is full, and the frame was not taken."""
        if self._in_line:
            frame.episode.reading += 1
            self._keep(self._read_one(frame))
            return True
        with self._changed:
            older = self._same_thing_waiting(frame)
            if older is not None:
                self._waiting.remove(older)
                frame = replace(frame, regions=_together(frame.regions, older.regions))
            elif len(self._waiting) >= MOST_WAITING:
                return False
            else:
                frame.episode.reading += 1
            self._waiting.append(frame)
            self._changed.notify()
            return True

    def take(self) -> list[ReadFrame]:
        """All that has been read since the last call, in order."""
        with self._changed:
            read = list(self._read)
            self._read.clear()
            return read

    def drop(self) -> None:
        """Forget all frames and what was read of them, also what the reader remembers to read a line only once.

        The one that is being read now still comes out.
        """
        with self._changed:
            self._waiting.clear()
            self._read.clear()
            self._must_rest = True
            self._changed.notify()
        if self._in_line:
            self._rest()

    def close(self) -> None:
        """Waits for the frame that is being read; the others are dropped. The reader rests and stays its owner's."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()  # a reading has a time limit of its own
        self._reader.rest()

    def _same_thing_waiting(self, frame: Frame) -> Frame | None:
        """The last waiting frame of this monitor, if it shows the same episode: an older one explains what follows."""
        of_monitor = [older for older in self._waiting if older.monitor.index == frame.monitor.index]
        return of_monitor[-1] if of_monitor and of_monitor[-1].episode is frame.episode else None

    def _work(self) -> None:
        while (frame := self._next()) is not None:
            self._keep(self._read_one(frame))
            self._done()

    def _next(self) -> Frame | None:
        """Waits for one. None: the desk is closed."""
        with self._changed:
            patience: float | None = self._rest_seconds
            while not (self._closed or (self._waiting and not self._must_rest)):
                if self._must_rest or not self._changed.wait(patience):
                    self._rest()
                    patience = None  # it rests already: wait for as long as it takes
            return None if self._closed else self._waiting.popleft()

    def _rest(self) -> None:
        self._reader.rest()
        self._must_rest = False

    def _keep(self, read: ReadFrame) -> None:
        with self._changed:
            self._read.append(read)

    def _read_one(self, frame: Frame) -> ReadFrame:
        lines: list[Line] = []
        try:
            for region in frame.regions:
                read = self._reader.read(frame.image, region)
                blocks = 1 + max((line.block for line in lines), default=-1)  # blocks of two regions are never one
                lines += [replace(line, block=line.block + blocks) for line in read]
        except ReaderFailed as error:
            self._count_failure(str(error))
            return ReadFrame(frame=frame, lines=None)
        with self._changed:
            self._failures, self._trouble = 0, None
        return ReadFrame(frame=frame, lines=tuple(lines))

    def _count_failure(self, sentence: str) -> None:
        log.warning("the reader failed: %s", sentence)
        with self._changed:
            self._failures += 1
            if self._failures >= FAILURES_BEFORE_TROUBLE:
                self._trouble = sentence


def _together(newer: tuple[Rect, ...], older: tuple[Rect, ...]) -> tuple[Rect, ...]:
    """Both, disjoint, so that no word is read twice: rectangles that overlap become one."""
    apart: list[Rect] = []
    for rect in (*newer, *older):
        while (met := next((other for other in apart if other.meet(rect) is not None), None)) is not None:
            apart.remove(met)
            rect = rect.join(met)
        apart.append(rect)
    return tuple(apart)
