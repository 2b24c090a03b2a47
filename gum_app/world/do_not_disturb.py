"""The desktop's own do-not-disturb: whether it is on, and switching it. Which one there is, the program that shows the
notifications tells by its name; each has a way of its own.

Tried with dunst 1.9 and xfce4-notifyd 0.7. Of GNOME the setting was tried, not the shell; KDE Plasma, MATE and Cinnamon
as their documentation says, on a double where there is one.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from jeepney import DBusAddress, new_method_call

from gum_app.errors import NotYet
from gum_app.world.bus import Bus, BusLost, NoAnswer

OpenBus = Callable[[], Bus]
State = Literal["on", "off", "unset"]  # unset: nobody ever set it, which means off

SERVICE = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
NOTIFICATIONS = DBusAddress(PATH, bus_name=SERVICE, interface=SERVICE)
DUNST = DBusAddress(PATH, bus_name=SERVICE, interface="org.dunstproject.cmd0")
PROPERTIES = DBusAddress(PATH, bus_name=SERVICE, interface="org.freedesktop.DBus.Properties")
XFCONF = DBusAddress("/org/xfce/Xfconf", bus_name="org.xfce.Xfconf", interface="org.xfce.Xfconf")
XFCE_SETTING = ("xfce4-notifyd", "/do-not-disturb")
XFCE_NOT_SET = ("PropertyNotFound", "ChannelNotFound")
GSETTINGS_SECONDS = 5.0


class DoNotDisturb(Protocol):
    """Belongs to one thread at a time. Raises NotYet, with a sentence, where the desktop does not answer."""

    @property
    def name(self) -> str:
        """Whose it is, as people call it."""
        ...

    @property
    def shows_critical(self) -> bool:
        """Whether a notification that its program calls critical is shown all the same."""
        ...

    def state(self) -> State: ...

    def put(self, state: State) -> None: ...

    def close(self) -> None:
        """What must be held to stay on is let go."""
        ...


class Dunst:
    """While it is paused it shows nothing at all, and what came meanwhile when it goes on."""

    name, shows_critical = "dunst", False

    def __init__(self, open_bus: OpenBus) -> None:
        self._open = open_bus

    def state(self) -> State:
        with _asking(self._open, self.name) as bus:
            return "on" if bus.property(DUNST, "paused") else "off"

    def put(self, state: State) -> None:
        with _asking(self._open, self.name) as bus:
            bus.ask(PROPERTIES, "Set", "ssv", (DUNST.interface, "paused", ("b", state == "on")))

    def close(self) -> None:
        pass


class Xfce:
    name, shows_critical = "Xfce", True

    def __init__(self, open_bus: OpenBus) -> None:
        self._open = open_bus

    def state(self) -> State:
        with _asking(self._open, self.name) as bus:
            try:
                answer = self._ask(bus, "GetProperty", "ss", XFCE_SETTING)
                return "on" if answer == (("b", True),) else "off"
            except NoAnswer as error:
                if any(missing in str(error) for missing in XFCE_NOT_SET):
                    return "unset"
                raise

    def put(self, state: State) -> None:
        with _asking(self._open, self.name) as bus:
            if state == "unset":
                self._ask(bus, "ResetProperty", "ssb", (*XFCE_SETTING, True))
            else:
                self._ask(bus, "SetProperty", "ssv", (*XFCE_SETTING, ("b", state == "on")))

    def close(self) -> None:
        pass

    def _ask(self, bus: Bus, method: str, signature: str, body: tuple[Any, ...]) -> tuple[Any, ...]:
        """Its keeper of settings is started by asking it."""
        return bus.call(new_method_call(XFCONF, method, signature, body))


class Plasma:
    """An inhibition holds for as long as whoever asked for it is on the bus: after a crash it is gone by itself."""

    name, shows_critical = "KDE Plasma", True

    def __init__(self, open_bus: OpenBus) -> None:
        self._open = open_bus
        self._bus: Bus | None = None  # which holds the inhibition
        self._cookie = 0

    def state(self) -> State:
        with _asking(self._open, self.name) as bus:
            return "on" if bus.property(NOTIFICATIONS, "Inhibited") else "off"

    def put(self, state: State) -> None:
        self.close()
        if state != "on":
            return
        try:
            self._bus = self._open()
            wish: tuple[str, str, dict[str, Any]] = ("gum-app", "Focus time", {})
            (self._cookie,) = self._bus.ask(NOTIFICATIONS, "Inhibit", "ssa{sv}", wish)
        except (BusLost, NoAnswer) as error:
            self.close()
            raise _no_answer(self.name, error) from error

    def close(self) -> None:
        bus, self._bus = self._bus, None
        if bus is None:
            return
        with closing(bus), suppress(BusLost, NoAnswer):  # it ends with the connection in any case
            bus.ask(NOTIFICATIONS, "UnInhibit", "u", (self._cookie,))


@dataclass(frozen=True)
class Setting:
    """A setting of GSettings, as GNOME, MATE and Cinnamon have it. `on`: the value that means do not disturb."""

    name: str
    schema: str
    key: str
    on: Literal["true", "false"]
    shows_critical: bool = True

    def state(self) -> State:
        return "on" if self._run("get") == self.on else "off"

    def put(self, state: State) -> None:
        other = "false" if self.on == "true" else "true"
        self._run("set", self.on if state == "on" else other)

    def close(self) -> None:
        pass

    def _run(self, do: str, *value: str) -> str:
        command = ["gsettings", do, self.schema, self.key, *value]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=GSETTINGS_SECONDS, stdin=subprocess.DEVNULL, check=True
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise NotYet(
                f"Do not disturb of {self.name} cannot be reached: the program gsettings, or its setting, is missing."
            ) from error
        return done.stdout.strip()


GNOME = Setting("GNOME", "org.gnome.desktop.notifications", "show-banners", "false")
CINNAMON = Setting("Cinnamon", "org.cinnamon.desktop.notifications", "display-notifications", "false")
MATE = Setting("MATE", "org.mate.NotificationDaemon", "do-not-disturb", "true", shows_critical=False)

# What the program that shows notifications calls itself, in small letters.
NAME_OF = {
    "dunst": Dunst.name,
    "xfce notify daemon": Xfce.name,
    "plasma": Plasma.name,
    "gnome-shell": GNOME.name,
    "cinnamon": CINNAMON.name,
}


def find_do_not_disturb(open_bus: OpenBus, *, start: bool = False) -> DoNotDisturb | None:
    """That of this desktop; None where it has none that is known, or nothing shows notifications. Never raises.

    `start`: what shows notifications is started where it is not running.
    """
    try:
        with closing(open_bus()) as bus:
            ask = (NOTIFICATIONS, "GetServerInformation")
            program, maker, *_ = (*(bus.call(new_method_call(*ask)) if start else bus.ask(*ask)), "", "")
    except (BusLost, NoAnswer):
        return None
    name = NAME_OF.get(str(program).casefold(), "")
    if not name and str(program).casefold() == "notification daemon" and "mate" in str(maker).casefold():
        name = MATE.name
    return do_not_disturb_of(name, open_bus)


def do_not_disturb_of(name: str, open_bus: OpenBus) -> DoNotDisturb | None:
    """By its `name`; None where none is called that."""
    for setting in (GNOME, CINNAMON, MATE):
        if setting.name == name:
            return setting
    return next((kind(open_bus) for kind in (Dunst, Xfce, Plasma) if kind.name == name), None)


def is_quiet(open_bus: OpenBus) -> bool | None:
    """Whether the person does not want to be disturbed, as their desktop has it; None: it cannot be told."""
    found = find_do_not_disturb(open_bus)
    if found is None:
        return None
    try:
        return found.state() == "on"
    except NotYet:
        return None


@contextmanager
def _asking(open_bus: OpenBus, name: str) -> Iterator[Bus]:
    try:
        with closing(open_bus()) as bus:
            yield bus
    except (BusLost, NoAnswer) as error:
        raise _no_answer(name, error) from error


def _no_answer(name: str, error: Exception) -> NotYet:
    return NotYet(f"Do not disturb of {name} cannot be reached: {error}")
