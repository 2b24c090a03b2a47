"""Whether the session is locked, and when the machine sleeps and wakes: from logind and from the screen savers.

A bus or service that is not there is no error: it just cannot tell. `what_cannot_be_told` says so, for `doctor`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from jeepney import DBusAddress, Message

from gum_app.clock import Clock
from gum_app.world.bus import Bus, BusLost, NoAnswer, interface_of, member_of, path_of
from gum_app.world.hands import Happening, Locked, Slept, Unlocked, Woke

LOGIND = "org.freedesktop.login1"
LOGIND_SESSION = f"{LOGIND}.Session"
LOGIND_PATH = "/org/freedesktop/login1"
LOGIND_MANAGER = DBusAddress(LOGIND_PATH, bus_name=LOGIND, interface=f"{LOGIND}.Manager")
PROPERTIES = "org.freedesktop.DBus.Properties"
DAEMON = "org.freedesktop.DBus"

SCREEN_SAVERS = tuple(f"org.{desktop}.ScreenSaver" for desktop in ("freedesktop", "gnome", "mate", "cinnamon", "xfce"))

# Who can say that the session is locked, besides the screen savers by their names.
ASKED = "asked to lock"  # logind passed on a wish; the locker that follows it may say nothing itself
HINT = "locked hint"  # the desktop told logind that it has locked
AWAY = "not in front"  # another session has the screen: LightDM locks that way


class SessionWatch:
    """Belongs to one thread. Never raises: a bus that goes away is dropped, and `mend` looks for it again."""

    def __init__(self, clock: Clock, *, session_bus: Callable[[], Bus], system_bus: Callable[[], Bus]) -> None:
        """Connects, and asks once how things stand. The buses are opened by what is given: BusLost is no error."""
        self._clock = clock
        self._open = {"session": session_bus, "system": system_bus}
        self._buses: dict[str, Bus] = {}
        self._path: str | None = None  # of our session in logind
        self._has_logind = False
        self._savers: set[str] = set()  # those that run
        self._locked_by: set[str] = set()
        self._reported_locked = False
        self.mend()

    def buses(self) -> list[Bus]:
        """What to wait for with `select`."""
        return list(self._buses.values())

    def mend(self) -> None:
        """Connect again to a bus that was not there or has gone."""
        for name, ask in (("session", self._ask_savers), ("system", self._ask_logind)):
            if name in self._buses:
                continue
            try:
                self._buses[name] = self._open[name]()
                ask(self._buses[name])
            except (BusLost, NoAnswer):
                self._drop(name)

    def read(self) -> list[Happening]:
        """What has been told since the last call, in order. Does not wait."""
        happenings: list[Happening] = list(self._report())  # as it stood when we came
        for name, bus in list(self._buses.items()):
            try:
                messages = bus.arrived()
            except BusLost:
                self._drop(name)
                continue
            for message in messages:
                happenings += self._take(message)
        return happenings

    def what_cannot_be_told(self) -> list[str]:
        """One sentence for each thing, for `doctor`."""
        sentences = []
        if "session" not in self._buses:
            sentences.append("There is no D-Bus session bus: the screen lock cannot be told from the screen saver.")
        elif not self._savers:
            sentences.append("No screen saver answers on the session bus: its lock cannot be told.")
        if not self._has_logind:
            sentences.append("logind does not answer: sleep, and the lock it knows of, cannot be told.")
        elif self._path is None:
            sentences.append("logind does not know this session: only sleep is told, not its lock.")
        return sentences

    def close(self) -> None:
        for name in list(self._buses):
            self._drop(name)

    # The first question

    def _ask_savers(self, bus: Bus) -> None:
        self._locked_by -= set(SCREEN_SAVERS)
        bus.listen(sender=DAEMON, interface=DAEMON, member="NameOwnerChanged")
        for name in SCREEN_SAVERS:
            bus.listen(sender=name, interface=name, member="ActiveChanged")
        self._savers = set(SCREEN_SAVERS) & bus.names()
        for name in self._savers:
            self._set(name, bool(_answer(partial(bus.ask, _saver(name), "GetActive"), (False,))[0]))

    def _ask_logind(self, bus: Bus) -> None:
        self._locked_by -= {ASKED, HINT, AWAY}
        # Anybody may send signals on the system bus: only logind's own count.
        bus.listen(sender=LOGIND, interface=LOGIND_MANAGER.interface, member="PrepareForSleep")
        bus.listen(sender=LOGIND, interface=LOGIND_SESSION)
        bus.listen(sender=LOGIND, interface=PROPERTIES, member="PropertiesChanged", path_namespace=LOGIND_PATH)
        self._has_logind = LOGIND in bus.names()
        self._path = _our_session(bus) if self._has_logind else None
        if self._path is not None:
            session = DBusAddress(self._path, bus_name=LOGIND, interface=LOGIND_SESSION)
            self._set(HINT, bool(_answer(lambda: bus.property(session, "LockedHint"), False)))
            self._set(AWAY, not _answer(lambda: bus.property(session, "Active"), True))

    # What is told

    def _take(self, message: Message) -> Iterator[Happening]:
        interface, member = interface_of(message), member_of(message)
        match interface, member:
            case _, "ActiveChanged" if interface in SCREEN_SAVERS and message.body:
                self._take_saver(interface, bool(message.body[0]))
            case "org.freedesktop.DBus", "NameOwnerChanged" if message.body[0] in SCREEN_SAVERS:
                self._take_owner(message.body[0], runs=bool(message.body[2]))
            case "org.freedesktop.login1.Manager", "PrepareForSleep":
                yield (Slept if message.body[0] else Woke)(at=self._clock.now())
            case "org.freedesktop.login1.Session", _ if path_of(message) == self._path:
                self._take_wish(member)
            case "org.freedesktop.DBus.Properties", _ if path_of(message) == self._path:
                self._take_properties(message.body[1])
        yield from self._report()

    def _take_saver(self, name: str, active: bool) -> None:
        self._set(name, active)
        if not active:
            self._locked_by.discard(ASKED)  # somebody is back: what logind asked for is over

    def _take_owner(self, name: str, *, runs: bool) -> None:
        """A screen saver that crashed shows the desktop, and never says so."""
        if runs:
            self._savers.add(name)
        else:
            self._savers.discard(name)
            self._locked_by.discard(name)

    def _take_wish(self, member: str) -> None:
        if member == "Lock":
            self._locked_by.add(ASKED)
        elif member == "Unlock":
            self._locked_by.discard(ASKED)

    def _take_properties(self, changed: dict[str, tuple[str, Any]]) -> None:
        if "LockedHint" in changed:
            hint = bool(changed["LockedHint"][1])
            self._set(HINT, hint)
            if not hint:
                self._locked_by.discard(ASKED)
        if "Active" in changed:
            self._set(AWAY, not changed["Active"][1])

    def _set(self, who: str, locked: bool) -> None:
        if locked:
            self._locked_by.add(who)
        else:
            self._locked_by.discard(who)

    def _report(self) -> Iterator[Happening]:
        locked = bool(self._locked_by)
        if locked != self._reported_locked:
            self._reported_locked = locked
            yield (Locked if locked else Unlocked)(at=self._clock.now())

    def _drop(self, name: str) -> None:
        """What it said last stays true until it says otherwise: locked stays locked."""
        bus = self._buses.pop(name, None)
        if bus is not None:
            bus.close()
        if name == "system":
            self._has_logind, self._path = False, None
        else:
            self._savers = set()


def _saver(name: str) -> DBusAddress:
    return DBusAddress("/" + name.replace(".", "/"), bus_name=name, interface=name)


def _our_session(bus: Bus) -> str | None:
    """Its path in logind: by the id of this session, by this process, or as the person's graphical session."""
    by_id = os.environ.get("XDG_SESSION_ID")
    for method, signature, value in (("GetSession", "s", by_id), ("GetSessionByPID", "u", os.getpid())):
        if value is not None:
            (path,) = _answer(partial(bus.ask, LOGIND_MANAGER, method, signature, (value,)), (None,))
            if path:
                return str(path)
    (user,) = _answer(partial(bus.ask, LOGIND_MANAGER, "GetUser", "u", (os.getuid(),)), (None,))
    if not user:
        return None
    person = DBusAddress(user, bus_name=LOGIND, interface=f"{LOGIND}.User")
    display = _answer(partial(bus.property, person, "Display"), ("", ""))
    return str(display[1]) or None


def _answer(ask: Callable[[], Any], otherwise: Any) -> Any:
    try:
        return ask()
    except NoAnswer:
        return otherwise
