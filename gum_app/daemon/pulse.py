"""How busy the hands are, how long this has been in front, and how long somebody has worked without a pause.

Told by the recorder as it happens. A desktop tells each second whether there was activity; a recording tells now and
then how many keys there were since its last report. What neither tells is unknown, never zero.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

from gum_app.daemon.looks import Mark
from gum_app.records import Window
from gum_app.rules.episodes import same_thing

MINUTE = timedelta(minutes=1)
COUNT_HOLDS = timedelta(minutes=2)  # how long a count of keys says something of now
PAUSE = timedelta(minutes=5)  # so long without a sign of activity is a pause
INSTANTS = ("counted_at", "working_since", "active_at", "front_since")


class Pulse:
    """Belongs to the recorder's thread. Instants must not go back; one that does begins anew."""

    def __init__(self) -> None:
        self._busy: deque[int] = deque()  # the seconds of the last minute in which there was activity, ascending
        self._watching_since: datetime | None = None  # since when each second is told; None: they are not
        self._keys_a_minute: float | None = None
        self._counted_at: datetime | None = None
        self._working_since: datetime | None = None
        self._active_at: datetime | None = None
        self._front: Window | None = None
        self._front_since: datetime | None = None

    def touch(self, at: datetime) -> None:
        """Somebody is at the machine."""
        if self._active_at is None or not timedelta() <= at - self._active_at < PAUSE:
            self._working_since = at
        self._active_at = at

    def touch_second(self, at: datetime) -> None:
        """The same, where each second is told."""
        self.touch(at)
        self._watching_since = self._watching_since or at
        second = int(at.timestamp())
        if not self._busy or second > self._busy[-1]:
            self._busy.append(second)

    def count_keys(self, at: datetime, keys: int | None) -> None:
        """So many keys since the last report."""
        if keys is None:
            return
        last, self._counted_at = self._counted_at, at
        span = at - last if last is not None and MINUTE < at - last < COUNT_HOLDS * 2 else MINUTE
        self._keys_a_minute = keys / (span / MINUTE)

    def in_front(self, window: Window | None, at: datetime) -> None:
        """None: nothing may be known of it."""
        if window is None or self._front is None or not same_thing(self._front, window):
            self._front_since = at
        self._front = window

    def busy_share(self, now: datetime) -> float | None:
        """0–1, of the seconds of the last minute; None: they are not told, or not for a minute yet."""
        while self._busy and self._busy[0] < now.timestamp() - MINUTE.total_seconds():
            self._busy.popleft()
        if self._watching_since is None or now - self._watching_since < MINUTE:
            return None
        return min(len(self._busy) / MINUTE.total_seconds(), 1.0)

    def keys_a_minute(self, now: datetime) -> float | None:
        """As last reported; None: nobody counts them, or not lately."""
        if self._counted_at is None or not timedelta() <= now - self._counted_at <= COUNT_HOLDS:
            return None
        return self._keys_a_minute

    def in_front_seconds(self, now: datetime) -> float:
        return max((now - self._front_since).total_seconds(), 0.0) if self._front_since is not None else 0.0

    def strain_seconds(self, now: datetime) -> float:
        """Worked without a pause."""
        if self._working_since is None or self._active_at is None or now - self._active_at >= PAUSE:
            return 0.0
        return max((self._active_at - self._working_since).total_seconds(), 0.0)

    # Where a replay stands

    def bookmark(self) -> Mark:
        """All but the seconds, which no recording tells, and the window, which is told by who is in front."""
        kept = {name: getattr(self, f"_{name}") for name in INSTANTS}
        instants = {name: at.isoformat() for name, at in kept.items() if at is not None}
        return {**instants, "keys_a_minute": self._keys_a_minute}

    def go_on(self, mark: Mark, front: Window | None) -> None:
        for name in INSTANTS:
            at = mark.get(name)
            setattr(self, f"_{name}", None if at is None else datetime.fromisoformat(at))
        self._keys_a_minute, self._front = mark["keys_a_minute"], front
