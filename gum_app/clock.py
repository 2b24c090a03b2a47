"""Where time enters. Nothing else in the program asks the machine what time it is."""

from __future__ import annotations

import time
from datetime import datetime
from threading import Event
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The wall clock, with the local time zone."""
        ...

    def monotonic_seconds(self) -> float:
        """Never jumps back. For measuring spans, not for telling the time."""
        ...

    def wait(self, seconds: float, stop: Event) -> bool:
        """Sleep, but wake at once when told to stop. True means stop."""
        ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now().astimezone()

    def monotonic_seconds(self) -> float:
        return time.monotonic()

    def wait(self, seconds: float, stop: Event) -> bool:
        return stop.wait(seconds)


class SetClock:
    """A clock that stands where it was put: a replay moves it along the recording, a test by hand."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._start_at = at

    def put(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at

    def monotonic_seconds(self) -> float:
        return (self._at - self._start_at).total_seconds()

    def wait(self, seconds: float, stop: Event) -> bool:  # noqa: ARG002 - time moves only when it is put
        return stop.is_set()
