"""The live desktop on Linux with X11: what happens, told in order, by one wait on the display, the buses and a pipe.

Nothing is asked in turns. While nobody does anything it wakes once a minute, for the battery and a bus that has gone.
"""

from __future__ import annotations

import socket
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from select import select

from gum_app.clock import Clock, SystemClock
from gum_app.records import Monitor, Surroundings, Window
from gum_app.world.bus import Bus, session_address, system_address
from gum_app.world.hands import Happening, MonitorsChanged, Picture, StateChanged, WindowChanged
from gum_app.world.notifications import NotificationReader
from gum_app.world.power import Power, read_power
from gum_app.world.screen import Screen
from gum_app.world.session import SessionWatch
from gum_app.world.windows_x11 import X11Windows
from gum_app.world.x11 import X11

# Window managers send an in-between "nothing is in front" on each switch: wait until it is quiet, but not for long.
SETTLE_SECONDS = 0.05
MOST_SETTLE_SECONDS = 0.2
TITLE_PAUSE_SECONDS = 0.5  # a title that turns like a wheel is told no more often
CHORES_SECONDS = 60.0


@dataclass(frozen=True)
class Place:
    """Where things are on this machine; None: as the environment says."""

    display: str | None = None
    session_bus: str | None = None
    system_bus: str | None = None


class X11Hands:
    """The Hands of a live desktop. Belongs to the thread that uses it, but for `wake`.

    Raises ScreenLost when the display goes away: close it then, and open another one later. The state at the start is
    told too: the first window as WindowChanged, a locked session as Locked, a battery as StateChanged.
    """

    def __init__(
        self, place: Place | None = None, *, clock: Clock | None = None, power: Callable[[], Power | None] = read_power
    ) -> None:
        """Raises ScreenLost, and NotYet for a Wayland session."""
        place = place or Place()
        self._clock = clock or SystemClock()
        self._power = power
        self._on_battery: bool | None = None
        self._told: deque[Happening] = deque()
        self._x11 = X11(place.display)
        self._windows = X11Windows(self._x11)
        self._screen = Screen(place.display)
        self._session = SessionWatch(
            self._clock,
            session_bus=lambda: Bus(place.session_bus or session_address()),
            system_bus=lambda: Bus(place.system_bus or system_address()),
        )
        self._notifications = NotificationReader(self._clock, lambda: Bus(place.session_bus or session_address()))
        self._seen: object = None  # what was last told of the windows
        self._quiet = _Quiet(self._clock)
        self._quiet.stir()
        self._chores_at = self._clock.monotonic_seconds()
        # Sockets and not a plain pipe: once closed, a late `wake` cannot hit a file that got the same number.
        self._woken, self._waker = socket.socketpair()
        for end in (self._woken, self._waker):
            end.setblocking(False)

    def next_happening(self, timeout_seconds: float) -> Happening | None:
        deadline = self._clock.monotonic_seconds() + timeout_seconds
        while True:
            if self._was_woken():
                return None
            self._take_all()
            if self._told:
                return self._told.popleft()
            now = self._clock.monotonic_seconds()
            if now >= deadline:
                return None
            self._wait(min(deadline, self._chores_at, self._quiet.due_at) - now)

    def surroundings(self) -> Surroundings:
        self._take_display()
        return self._windows.look(self._screen.monitors())

    def grab(self, monitor: Monitor) -> Picture | None:
        """None also for a monitor that is no longer there, or elsewhere."""
        self._take_display()
        if monitor not in self._screen.monitors():
            return None
        at = self._clock.now()
        image = self._screen.grab(monitor.rect)
        return Picture(at=at, monitor=monitor, image=image) if image is not None else None

    def idle_seconds(self) -> float:
        return self._x11.idle_seconds()

    def wake(self) -> None:
        with suppress(OSError):  # full of wakes already, or closed: nobody waits
            self._waker.send(b".")

    def close(self) -> None:
        self._notifications.close()
        self._session.close()
        self._screen.close()
        self._x11.close()
        self._woken.close()
        self._waker.close()

    def _wait(self, seconds: float) -> None:
        buses = [bus.fileno() for bus in (*self._session.buses(), self._notifications.bus) if bus is not None]
        select([self._x11.fileno(), self._woken.fileno(), *buses], [], [], max(seconds, 0.0))

    def _was_woken(self) -> bool:
        try:
            return bool(self._woken.recv(1024))
        except BlockingIOError:
            return False

    def _take_all(self) -> None:
        self._take_display()
        if self._clock.monotonic_seconds() >= self._quiet.due_at:
            self._look_again()
        self._told += self._session.read()
        self._told += self._notifications.read()
        if self._clock.monotonic_seconds() >= self._chores_at:
            self._do_chores()

    def _take_display(self) -> None:
        changes = self._windows.changes()
        if changes.monitors:
            before = self._screen.monitors()
            self._screen.reread()
            if self._screen.monitors() != before:
                self._told.append(MonitorsChanged(at=self._clock.now()))
        if changes.windows or changes.monitors:
            self._quiet.stir()
        elif changes.title:
            self._quiet.stir_title()

    def _look_again(self) -> None:
        self._quiet.settle()
        seen = _without_places(self._windows.look(self._screen.monitors()))
        if seen != self._seen:
            self._seen = seen
            self._told.append(WindowChanged(at=self._clock.now()))
        self._take_display()  # what came meanwhile has left the socket: nothing would wake us for it

    def _do_chores(self) -> None:
        self._chores_at = self._clock.monotonic_seconds() + CHORES_SECONDS
        self._session.mend()
        self._notifications.mend()
        power = self._power()
        if power is not None and power.on_battery != self._on_battery:
            self._on_battery = power.on_battery
            self._told.append(StateChanged(at=self._clock.now(), on_battery=power.on_battery))


class _Quiet:
    """When to look at the windows again after something stirred."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._since: float | None = None  # the first stir that has not been looked at
        self._title_from = 0.0  # titles alone are not looked at before
        self.due_at = float("inf")  # monotonic seconds

    def stir(self) -> None:
        now = self._clock.monotonic_seconds()
        self._since = now if self._since is None else self._since
        self.due_at = min(now + SETTLE_SECONDS, self._since + MOST_SETTLE_SECONDS)

    def stir_title(self) -> None:
        if self._since is not None:
            self.stir()
        else:
            now = self._clock.monotonic_seconds()
            self.due_at = min(self.due_at, max(now + SETTLE_SECONDS, self._title_from))

    def settle(self) -> None:
        self._since, self.due_at = None, float("inf")
        self._title_from = self._clock.monotonic_seconds() + TITLE_PAUSE_SECONDS


def _without_places(surroundings: Surroundings) -> tuple[Window | None, tuple[Window, ...]]:
    """What makes a change: a window that only moves on its monitor is none."""
    front = surroundings.foreground
    return (
        replace(front, rect=None) if front is not None else None,
        tuple(replace(window, rect=None) for window in surroundings.visible),
    )
