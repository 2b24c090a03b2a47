"""Whether looking is allowed at all right now. Unknown means no; every no has a name that is kept as a Skip.

Set from several threads (the link pauses, the recorder hears of locks), read by the recorder before each look.
"""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

LIGHT_SECONDS = 30.0  # no light, no recording: a tray must have asked for the status within so long

NOT_STARTED = "not started yet"
PAUSED = "paused"
NO_LIGHT = "no tray to show that it watches"
LOCKED = "locked"
ASLEEP = "asleep"
SHARING = "screen shared"
AWAY = "away"


class Gate:
    """The lock guards what the link writes: consent, pause and light. The flags are set by the recorder alone."""

    def __init__(self, *, needs_light: bool) -> None:
        self._lock = threading.Lock()
        self._needs_light = needs_light
        self._consented = False
        self._paused_until: datetime | None = None
        self._seen_at_seconds: float | None = None
        self.locked = False
        self.asleep = False
        self.sharing = False
        self.away = False

    def consent(self) -> None:
        with self._lock:
            self._consented = True

    @property
    def consented(self) -> bool:
        with self._lock:
            return self._consented

    def pause(self, until: datetime) -> None:
        with self._lock:
            self._paused_until = until

    def resume(self) -> None:
        with self._lock:
            self._paused_until = None

    def paused_until(self, now: datetime) -> datetime | None:
        with self._lock:
            if self._paused_until is not None and self._paused_until <= now:
                self._paused_until = None
            return self._paused_until

    def light_seen(self, monotonic_seconds: float) -> None:
        with self._lock:
            self._seen_at_seconds = monotonic_seconds

    def refusal(self, now: datetime, monotonic_seconds: float) -> str | None:
        """The reason why nothing may be looked at now, or None."""
        if not self.consented:
            return NOT_STARTED
        if self.paused_until(now) is not None:
            return PAUSED
        if self._needs_light and not self._is_lit(monotonic_seconds):
            return NO_LIGHT
        for shut, reason in (
            (self.asleep, ASLEEP),
            (self.locked, LOCKED),
            (self.sharing, SHARING),
            (self.away, AWAY),
        ):
            if shut:
                return reason
        return None

    def _is_lit(self, monotonic_seconds: float) -> bool:
        with self._lock:
            return self._seen_at_seconds is not None and monotonic_seconds - self._seen_at_seconds <= LIGHT_SECONDS


def tomorrow_morning(now: datetime) -> datetime:
    """Six o'clock of the next day, on the person's own clock."""
    return (now + timedelta(days=1)).replace(hour=6, minute=0, second=0, microsecond=0)
