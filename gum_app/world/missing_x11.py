"""What this machine cannot tell, on Linux with X11: one sentence each, found out by asking it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from jeepney import message_bus

from gum_app.clock import SystemClock
from gum_app.errors import NotYet, ScreenLost
from gum_app.world.bus import Bus, BusLost, NoAnswer, session_address, system_address
from gum_app.world.notifications import SERVICE, NotificationReader
from gum_app.world.session import SessionWatch
from gum_app.world.windows_x11 import X11Windows
from gum_app.world.x11 import X11

NEVER_TOLD = (
    "X11 does not tell the address of a web page: rules for addresses find nothing here, rules for titles do.",
    "X11 does not tell whether a browser window is private: it is known by its title only.",
    "X11 does not tell password fields or a shared screen: they are not noticed by themselves.",
)
NO_MANAGER = "No window manager says which window is in front: nothing is looked at without one."
NO_IDLE = "The display does not count idle time (no MIT-SCREEN-SAVER): you are never taken to be away."
NO_NOTIFICATIONS = "No program on this desktop shows notifications: suggestions wait in the window."


def missing() -> Iterator[str]:
    """The display first, then lock and sleep, then notifications."""
    yield from _of_display()
    with closing(SessionWatch(SystemClock(), session_bus=_session_bus, system_bus=_system_bus)) as session:
        yield from session.what_cannot_be_told()
    with closing(NotificationReader(SystemClock(), _session_bus)) as reader:
        if reader.why_not is not None:
            yield reader.why_not
        elif not _can_notify():
            yield NO_NOTIFICATIONS


def _of_display() -> Iterator[str]:
    try:
        with closing(X11()) as x11:
            if not X11Windows(x11).has_manager():
                yield NO_MANAGER
            if not x11.has("MIT-SCREEN-SAVER"):
                yield NO_IDLE
        yield from NEVER_TOLD
    except (ScreenLost, NotYet) as error:
        yield str(error)


def _can_notify() -> bool:
    """Whether a service runs, or the bus would start one."""
    try:
        with closing(_session_bus()) as bus:
            (startable,) = bus.call(message_bus.ListActivatableNames())
            return SERVICE in bus.names() or SERVICE in startable
    except (BusLost, NoAnswer):
        return False


def _session_bus() -> Bus:
    return Bus(session_address())


def _system_bus() -> Bus:
    return Bus(system_address())
