"""Fetches one file with care: it goes on after a pause, a kill, a lost line or a full disk, and is verified before use.

Blocks the thread that runs it, and leaves within 0.2 seconds when told to stop. Asks nobody and decides nothing about
which file: it was the person who wanted it.
"""

from __future__ import annotations

import hashlib
import math
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from gum_app.clock import Clock, SystemClock
from gum_app.errors import DiskFull, DownloadFailed, GaveWay
from gum_app.world.machine import disk_free_bytes
from gum_app.world.part_file import BLOCK_BYTES, Note, PartFile
from gum_app.world.transfer import LineLost, Opened, RangeRefused, Transfer

RESERVE_BYTES = 300_000_000  # of the disk that stays free, for the rest of the computer
WAITS_SECONDS = (1.0, 2.0, 5.0, 15.0, 30.0, 60.0)  # before each further try; then it pauses with a sentence
STALL_SECONDS = 30.0
LEAST_BYTES = 16_384  # within STALL_SECONDS: less is as good as nothing
ENOUGH_BYTES = 1_000_000  # since the last loss: the tries are counted anew
TELL_SECONDS = 0.25
TAKE_SECONDS = 0.1
SMOOTH_SECONDS = 5.0


@dataclass(frozen=True, kw_only=True)
class Progress:
    phase: Literal["checking", "connecting", "fetching", "waiting"]
    done_bytes: int
    total_bytes: int
    bytes_per_second: float = 0.0  # smoothed
    seconds_left: float | None = None  # None: it cannot be told yet
    why: str = ""  # while waiting: what went wrong


Told = Callable[[Progress], None]


@dataclass(frozen=True)
class Fetched:
    path: Path
    size_bytes: int
    sha256: str


class Pace:
    """How fast bytes come, smoothed over some seconds, so that the number can be read."""

    def __init__(self, now: float) -> None:
        self._since, self._count = now, 0
        self.bytes_per_second = 0.0

    def feed(self, count: int, now: float) -> None:
        self._count += count
        span = now - self._since
        if span < TELL_SECONDS:
            return
        rate = self._count / span
        weight = 1.0 - math.exp(-span / SMOOTH_SECONDS) if self.bytes_per_second else 1.0
        self.bytes_per_second += weight * (rate - self.bytes_per_second)
        self._since, self._count = now, 0

    def seconds_left(self, missing_bytes: int) -> float | None:
        return missing_bytes / self.bytes_per_second if self.bytes_per_second > 1.0 else None


class Download:
    """One file from `url` to `target`, by one thread at a time.

    `size_bytes` is what it must measure; `sha256` None means that it is not known and is only told at the end.
    """

    def __init__(
        self,
        url: str,
        target: Path,
        *,
        size_bytes: int,
        sha256: str | None,
        proxy: str = "",
        clock: Clock | None = None,
        stall_seconds: float = STALL_SECONDS,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._url, self._target, self._proxy, self._trust = url, target, proxy, trust
        self._size, self._sha256 = size_bytes, sha256
        self._clock = clock or SystemClock()
        self._stall_seconds = stall_seconds
        self._host = urlsplit(url).hostname or ""
        self._told_at = -math.inf
        self._pace = Pace(0.0)

    def run(self, stop: threading.Event, told: Told = lambda _progress: None) -> Fetched:
        """Raises GaveWay when stopped; DownloadFailed, DiskFull, HomeUnusable, BadInput with a sentence.

        In each case but wrong bytes what has come is kept, and running it again goes on from there.
        """
        if self._target.exists() and (there := self._already(stop, told)) is not None:
            return there
        with PartFile(self._target) as part:
            self._take_up(part, stop, told)
            self._ask_for_room(part)
            self._fetch(part, stop, told)
            if self._sha256 not in (None, part.sha256):
                part.discard()
                raise DownloadFailed(
                    f"{self._target.name} from {self._host} is not the file it should be (its SHA-256 is another): it "
                    "was deleted; try again, or choose another mirror."
                )
            part.finish()
            return Fetched(self._target, part.size_bytes, part.sha256)

    def _already(self, stop: threading.Event, told: Told) -> Fetched | None:
        """The file, if it is there and right. One that is not is replaced when the right one has come."""
        if self._target.stat().st_size != self._size or self._sha256 is None:
            return None
        sha256 = sha256_of(self._target, stop, lambda done: self._tell(told, "checking", done))
        return Fetched(self._target, self._size, sha256) if sha256 == self._sha256 else None

    # What is there

    def _take_up(self, part: PartFile, stop: threading.Event, told: Told) -> None:
        """Go on with a part that surely is of this file; begin anew with any other."""
        note = part.note()
        same = note is not None and (note.total_bytes, note.sha256) == (self._size, self._sha256 or "")
        if not (same and note is not None and (note.etag or note.sha256)):
            part.start_afresh(self._note())
            return
        for done in part.reread():
            _leave_if(stop)
            self._tell(told, "checking", done)
        if part.size_bytes > self._size:
            part.start_afresh(self._note())

    def _note(self, etag: str = "") -> Note:
        return Note(self._size, self._sha256 or "", etag)

    def _ask_for_room(self, part: PartFile) -> None:
        free = disk_free_bytes(self._target.parent)
        missing = self._size - part.size_bytes + RESERVE_BYTES - free if free is not None else 0
        if missing > 0:
            raise DiskFull(
                f"{self._target.name} needs {missing / 1e9:,.1f} GB more room on the disk than there is in "
                f"{self._target.parent}: free that up and go on."
            )

    # What comes

    def _fetch(self, part: PartFile, stop: threading.Event, told: Told) -> None:
        losses, furthest = 0, part.size_bytes  # what came twice is no gain: it may come for ever
        while part.size_bytes < self._size:
            try:
                self._one_request(part, stop, told)
            except LineLost as lost:
                losses = 1 if part.size_bytes - furthest >= ENOUGH_BYTES else losses + 1
                furthest = max(furthest, part.size_bytes)
                if losses > len(WAITS_SECONDS):
                    raise DownloadFailed(f"{lost} {self._kept(part)}") from lost
                self._tell(told, "waiting", part.size_bytes, why=str(lost), now=True)
                self._clock.wait(lost.wait_seconds or WAITS_SECONDS[losses - 1], stop)
                _leave_if(stop)

    def _kept(self, part: PartFile) -> str:
        if not part.size_bytes:
            return "Try again later, or choose another mirror."
        return f"{part.size_bytes / 1e6:,.1f} MB have come and are kept: go on when the line is better."

    def _one_request(self, part: PartFile, stop: threading.Event, told: Told) -> None:
        note = part.note()
        self._tell(told, "connecting", part.size_bytes, now=True)
        self._pace = Pace(self._clock.monotonic_seconds())
        with Transfer(
            self._url,
            offset=part.size_bytes,
            etag=note.etag if note else "",
            proxy=self._proxy,
            patience_seconds=self._stall_seconds,
            trust=self._trust,
        ) as line:
            try:
                for piece in self._pieces(line, stop):
                    if isinstance(piece, Opened):
                        self._begin(part, piece)
                    else:
                        self._append(part, piece, told)
            except RangeRefused:
                part.start_afresh(self._note())
                raise
        if part.size_bytes < self._size:
            raise LineLost(f"{self._host} sent less than it promised.")

    def _pieces(self, line: Transfer, stop: threading.Event) -> Iterator[Opened | bytes]:
        since, came = self._clock.monotonic_seconds(), 0
        while True:
            _leave_if(stop)
            piece = line.take(TAKE_SECONDS)
            if piece == b"":
                return
            if piece is not None:
                yield piece
                came += len(piece) if isinstance(piece, bytes) else 0
            now = self._clock.monotonic_seconds()
            if now - since >= self._stall_seconds:
                if came < LEAST_BYTES:
                    raise LineLost(f"Next to nothing comes from {self._host}.")
                since, came = now, 0

    def _begin(self, part: PartFile, opened: Opened) -> None:
        """What now comes must be the rest of what is here, or all of it."""
        if opened.total_bytes not in (None, self._size):
            raise DownloadFailed(
                f"{self._host} has another file under this name ({opened.total_bytes:,} bytes instead of "
                f"{self._size:,}): choose another mirror."
            )
        note = part.note()
        if opened.offset == 0:
            part.start_afresh(self._note(opened.etag))
        elif opened.offset != part.size_bytes or (note and note.etag and opened.etag not in ("", note.etag)):
            raise RangeRefused(f"{self._host} has another file now than the one that was begun.")

    def _append(self, part: PartFile, data: bytes, told: Told) -> None:
        if part.size_bytes + len(data) > self._size:
            part.start_afresh(self._note())
            raise DownloadFailed(f"{self._host} sends more than the file should measure: choose another mirror.")
        part.append(data)
        self._pace.feed(len(data), self._clock.monotonic_seconds())
        self._tell(told, "fetching", part.size_bytes, now=part.size_bytes == self._size)

    def _tell(
        self,
        told: Told,
        phase: Literal["checking", "connecting", "fetching", "waiting"],
        done: int,
        *,
        why: str = "",
        now: bool = False,
    ) -> None:
        at = self._clock.monotonic_seconds()
        if not now and at - self._told_at < TELL_SECONDS:
            return
        self._told_at = at
        fetching = phase == "fetching"
        told(
            Progress(
                phase=phase,
                done_bytes=done,
                total_bytes=self._size,
                bytes_per_second=self._pace.bytes_per_second if fetching else 0.0,
                seconds_left=self._pace.seconds_left(self._size - done) if fetching else None,
                why=why,
            )
        )


def sha256_of(path: Path, stop: threading.Event, told: Callable[[int], None] = lambda _done: None) -> str:
    """Raises GaveWay when stopped, OSError."""
    digest, done = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(BLOCK_BYTES):
            _leave_if(stop)
            digest.update(block)
            done += len(block)
            told(done)
    return digest.hexdigest()


def _leave_if(stop: threading.Event) -> None:
    if stop.is_set():
        raise GaveWay("The download is paused; what has come is kept.")
