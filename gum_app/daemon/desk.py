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
from gum_app.records import Line
from gum_app.world.reading import Reader

log = logging.getLogger(__name__)

MOST_WAITING = 4
REST_SECONDS = 60.0  # without a frame for so long the reader gives its memory back
FAILURES_BEFORE_TROUBLE = 3


class Desk:
    def __init__(self, reader: Reader, *, in_line: bool = False, done: Callable[[], None] = lambda: None) -> None:
        """`done` is called from the reading thread whenever `take` has something; it must not block."""
        self._reader = reader
        self._in_line = in_line
        self._done = done
        self._waiting: deque[Frame] = deque()
        self._read: deque[ReadFrame] = deque()
        self._changed = threading.Condition()  # guards all fields below and the two deques
        self._closed = False
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

    @property
    def engine(self) -> str:
        return self._reader.engine

    def put(self, frame: Frame) -> Frame | None:
        """Take a frame in. Returns the one that had to leave unread, if the desk was full."""
        if self._in_line:
            self._keep(self._read_one(frame))
            return None
        with self._changed:
            left = None
            for older in list(self._waiting):
                if older.episode is frame.episode and older.monitor == frame.monitor:
                    self._waiting.remove(older)
                    frame = replace(frame, regions=frame.regions + older.regions)
            if len(self._waiting) >= MOST_WAITING:
                left = self._waiting.popleft()
            self._waiting.append(frame)
            self._changed.notify()
            return left

    def take(self) -> list[ReadFrame]:
        """All that has been read since the last call, in order."""
        with self._changed:
            read = list(self._read)
            self._read.clear()
            return read

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._waiting.clear()
            self._changed.notify()
        self._reader.close()
        if self._thread is not None:
            self._thread.join(10)

    def _work(self) -> None:
        while True:
            with self._changed:
                if not self._changed.wait_for(lambda: self._waiting or self._closed, timeout=REST_SECONDS):
                    self._reader.rest()
                    self._changed.wait_for(lambda: self._waiting or self._closed)
                if self._closed:
                    return
                frame = self._waiting.popleft()
            self._keep(self._read_one(frame))
            self._done()

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
