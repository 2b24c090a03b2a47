"""Lock and sleep as real buses tell them: logind played by dbusmock, screen savers by a few lines of our own."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from jeepney import DBusAddress, HeaderFields, MessageType, message_bus, new_method_call, new_method_return, new_signal

from gum_app.clock import SystemClock
from gum_app.world.bus import Bus, BusLost, member_of
from gum_app.world.hands import Happening, Locked, Slept, Unlocked, Woke
from gum_app.world.session import LOGIND, LOGIND_MANAGER, SCREEN_SAVERS, SessionWatch
from tests.desktop import Desktop

pytestmark = pytest.mark.desktop

DEBIAN_PYTHON = "/usr/bin/python3"
SESSION = DBusAddress(f"{LOGIND_MANAGER.object_path}/session/c1", bus_name=LOGIND, interface=f"{LOGIND}.Session")


class ScreenSaver:
    """A screen saver on a bus: answers GetActive, and says when it changes."""

    def __init__(self, address: str | None, name: str, *, active: bool = False) -> None:
        self.active = active
        self._bus = Bus(address)
        self._at = DBusAddress("/" + name.replace(".", "/"), interface=name)
        self._bus.call(message_bus.RequestName(name))
        self._ended, self._wake = os.pipe()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def set(self, active: bool) -> None:
        self.active = active
        self._bus.send(new_signal(self._at, "ActiveChanged", "b", (active,)))

    def close(self) -> None:
        os.write(self._wake, b".")
        self._thread.join()
        self._bus.close()
        os.close(self._ended)
        os.close(self._wake)

    def _serve(self) -> None:
        while self._ended not in select.select([self._bus.fileno(), self._ended], [], [])[0]:
            try:
                arrived = self._bus.arrived()
            except BusLost:
                return
            for message in arrived:
                if message.header.message_type is MessageType.method_call and member_of(message) == "GetActive":
                    self._bus.send(new_method_return(message, "b", (self.active,)))


class Logind:
    """dbusmock's, with one session, c1."""

    def __init__(self, desk: Desktop) -> None:
        assert desk.system_bus is not None
        desk.spawn(DEBIAN_PYTHON, "-m", "dbusmock", "--system", "--template", "logind")
        desk.wait_for_name(LOGIND, system=True)
        self._bus = Bus(desk.system_bus)
        self._mock("AddSession", "ssusb", ("c1", "seat0", os.getuid(), "somebody", True))

    def lock(self, *, hint: bool | None = None) -> None:
        self._bus.call(new_method_call(SESSION, "Lock"))
        self._say_hint(hint)

    def unlock(self, *, hint: bool | None = None) -> None:
        self._bus.call(new_method_call(SESSION, "Unlock"))
        self._say_hint(hint)

    def set(self, **properties: bool) -> None:
        changed = {name: ("b", value) for name, value in properties.items()}
        body = (SESSION.interface, changed)
        mock = DBusAddress(SESSION.object_path, bus_name=LOGIND, interface="org.freedesktop.DBus.Mock")
        self._bus.call(new_method_call(mock, "UpdateProperties", "sa{sv}", body))

    def sleep(self, going: bool) -> None:
        variant = ("b", going)
        self._mock("EmitSignal", "sssav", (LOGIND_MANAGER.interface, "PrepareForSleep", "b", [variant]))

    def learn(self, method: str, takes: str, answer: str) -> None:
        """dbusmock's logind does not know every question."""
        self._mock("AddMethod", "sssss", (LOGIND_MANAGER.interface, method, takes, "o", f"ret = '{answer}'"))

    def name_graphical_session(self) -> str:
        """The path of the person, whose graphical session is c1 from now on."""
        path = f"{LOGIND_MANAGER.object_path}/user/{os.getuid()}"
        person = DBusAddress(path, bus_name=LOGIND, interface="org.freedesktop.DBus.Properties")
        display = ("(so)", ("c1", SESSION.object_path))
        self._bus.call(new_method_call(person, "Set", "ssv", (f"{LOGIND}.User", "Display", display)))
        return path

    def close(self) -> None:
        self._bus.close()

    def _say_hint(self, hint: bool | None) -> None:
        if hint is not None:
            self._bus.call(new_method_call(SESSION, "SetLockedHint", "b", (hint,)))

    def _mock(self, method: str, signature: str, body: tuple[object, ...]) -> None:
        mock = DBusAddress(LOGIND_MANAGER.object_path, bus_name=LOGIND, interface="org.freedesktop.DBus.Mock")
        self._bus.call(new_method_call(mock, method, signature, body))


@pytest.fixture(scope="module")
def buses() -> Iterator[Desktop]:
    with Desktop(window_manager=False, system_bus=True) as desk:
        yield desk


@pytest.fixture(scope="module")
def logind(buses: Desktop) -> Iterator[Logind]:
    if not Path(DEBIAN_PYTHON).exists() or shutil.which("dbus-daemon") is None:
        pytest.skip("no system Python here")
    if subprocess.run([DEBIAN_PYTHON, "-c", "import dbusmock"], capture_output=True, check=False).returncode:
        pytest.skip("no dbusmock here: apt-get install python3-dbusmock")
    logind = Logind(buses)
    yield logind
    logind.close()


@pytest.fixture
def open_watch(buses: Desktop, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], SessionWatch]]:
    monkeypatch.setenv("XDG_SESSION_ID", "c1")
    watches: list[SessionWatch] = []

    def open_one() -> SessionWatch:
        watch = SessionWatch(
            SystemClock(), session_bus=lambda: Bus(buses.session_bus), system_bus=lambda: Bus(buses.system_bus)
        )
        watches.append(watch)
        return watch

    yield open_one
    for watch in watches:
        watch.close()


@pytest.fixture
def watch(logind: Logind, open_watch: Callable[[], SessionWatch]) -> SessionWatch:
    logind.set(LockedHint=False, Active=True)
    return open_watch()


def kinds(happenings: list[Happening]) -> list[type[Happening]]:
    return [type(each) for each in happenings]


def next_of(watch: SessionWatch, count: int = 1) -> list[type[Happening]]:
    """The next happenings; waits for so many."""
    found: list[Happening] = []
    while len(found) < count:
        assert select.select(watch.buses(), [], [], 10)[0], f"nothing more came after {found}"
        found += watch.read()
    return kinds(found)


def test_the_session_of_logind_is_found_and_nothing_is_missing_there(watch: SessionWatch) -> None:
    assert watch.what_cannot_be_told() == ["No screen saver answers on the session bus: its lock cannot be told."]
    assert watch.read() == []


def test_without_its_id_the_session_is_found_by_the_person_or_by_the_process(
    logind: Logind, open_watch: Callable[[], SessionWatch], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_SESSION_ID")
    logind.set(LockedHint=True)
    unknown = "logind does not know this session: only sleep is told, not its lock."
    assert unknown in open_watch().what_cannot_be_told()
    logind.learn("GetUser", "u", logind.name_graphical_session())
    by_person = open_watch()
    assert unknown not in by_person.what_cannot_be_told() and kinds(by_person.read()) == [Locked]
    logind.learn("GetSessionByPID", "u", str(SESSION.object_path))
    assert kinds(open_watch().read()) == [Locked]


def test_a_wish_to_lock_and_its_end_are_told_once_each(watch: SessionWatch, logind: Logind) -> None:
    logind.lock(hint=True)
    assert next_of(watch) == [Locked]
    logind.unlock(hint=False)
    assert next_of(watch) == [Unlocked]
    assert watch.read() == []


def test_a_desktop_that_only_gives_the_hint_is_understood(watch: SessionWatch, logind: Logind) -> None:
    logind.set(LockedHint=True)
    assert next_of(watch) == [Locked]
    logind.set(LockedHint=False)
    assert next_of(watch) == [Unlocked]


def test_the_end_of_the_hint_ends_the_wish_too(watch: SessionWatch, logind: Logind) -> None:
    logind.lock(hint=True)
    assert next_of(watch) == [Locked]
    logind.set(LockedHint=False)
    assert next_of(watch) == [Unlocked]


def test_another_session_in_front_counts_as_locked(watch: SessionWatch, logind: Logind) -> None:
    logind.set(Active=False)
    assert next_of(watch) == [Locked]
    logind.set(Active=True)
    assert next_of(watch) == [Unlocked]


def test_sleep_and_wake_are_told_in_order(watch: SessionWatch, logind: Logind) -> None:
    logind.sleep(True)
    logind.sleep(False)
    assert next_of(watch, 2) == [Slept, Woke]


def test_a_session_that_is_locked_when_we_come_is_told_at_once(
    logind: Logind, open_watch: Callable[[], SessionWatch]
) -> None:
    logind.set(LockedHint=True)
    watch = open_watch()
    (locked,) = watch.read()
    assert isinstance(locked, Locked)
    assert locked.at.tzinfo is not None and abs((datetime.now(locked.at.tzinfo) - locked.at).total_seconds()) < 60
    logind.set(LockedHint=False)
    assert next_of(watch) == [Unlocked]


@pytest.mark.parametrize("name", SCREEN_SAVERS)
def test_each_screen_saver_is_understood(name: str, buses: Desktop, watch: SessionWatch) -> None:
    saver = ScreenSaver(buses.session_bus, name)
    saver.set(True)
    assert next_of(watch) == [Locked]
    saver.set(False)
    assert next_of(watch) == [Unlocked]
    saver.close()


def test_a_screen_saver_that_is_on_when_we_come_is_asked(
    buses: Desktop, open_watch: Callable[[], SessionWatch]
) -> None:
    saver = ScreenSaver(buses.session_bus, SCREEN_SAVERS[2], active=True)
    watch = open_watch()
    assert kinds(watch.read()) == [Locked]
    saver.set(False)
    assert next_of(watch) == [Unlocked]
    saver.close()


def test_a_screen_saver_that_is_over_ends_the_wish_to_lock(buses: Desktop, logind: Logind, watch: SessionWatch) -> None:
    saver = ScreenSaver(buses.session_bus, SCREEN_SAVERS[1])
    logind.lock()
    assert next_of(watch) == [Locked]
    saver.set(True)
    saver.set(False)
    assert next_of(watch) == [Unlocked]
    saver.close()


def test_a_screen_saver_that_crashes_while_it_is_on_locks_nothing_any_more(buses: Desktop, watch: SessionWatch) -> None:
    saver = ScreenSaver(buses.session_bus, SCREEN_SAVERS[3])
    saver.set(True)
    assert next_of(watch) == [Locked]
    saver.close()
    assert next_of(watch) == [Unlocked]


def test_somebody_else_cannot_say_that_it_is_unlocked(buses: Desktop, watch: SessionWatch) -> None:
    saver, other = ScreenSaver(buses.session_bus, SCREEN_SAVERS[4]), Bus(buses.session_bus)
    saver.set(True)
    assert next_of(watch) == [Locked]
    at = DBusAddress("/org/xfce/ScreenSaver", interface=SCREEN_SAVERS[4])
    other.send(new_signal(at, "ActiveChanged", "b", (False,)))
    other.names()
    assert watch.read() == []
    other.close()
    saver.close()


def test_without_any_bus_nothing_is_told_and_what_is_missing_is_said() -> None:
    watch = SessionWatch(SystemClock(), session_bus=lambda: Bus(None), system_bus=lambda: Bus("unix:path=/nonexistent"))
    assert watch.buses() == [] and watch.read() == []
    assert [sentence.split(":")[0] for sentence in watch.what_cannot_be_told()] == [
        "There is no D-Bus session bus",
        "logind does not answer",
    ]
    watch.close()


def test_a_bus_that_goes_leaves_us_locked_until_another_one_says_otherwise() -> None:
    with Desktop(window_manager=False) as first:
        where = [first.session_bus]
        saver = ScreenSaver(first.session_bus, SCREEN_SAVERS[1], active=True)
        watch = SessionWatch(
            SystemClock(), session_bus=lambda: Bus(where[0]), system_bus=lambda: Bus("unix:path=/nonexistent")
        )
        assert kinds(watch.read()) == [Locked]
    saver.close()
    assert watch.read() == [] and watch.buses() == []
    watch.mend()
    assert watch.read() == [] and watch.buses() == []
    with Desktop(window_manager=False) as second:
        where[0] = second.session_bus
        watch.mend()
        assert len(watch.buses()) == 1
        assert kinds(watch.read()) == [Unlocked]
        watch.close()


def test_who_is_no_screen_saver_cannot_say_that_it_is_unlocked(
    buses: Desktop, open_watch: Callable[[], SessionWatch]
) -> None:
    name = SCREEN_SAVERS[1]
    saver, stranger = ScreenSaver(buses.session_bus, name, active=True), Bus(buses.session_bus)
    try:
        watch = open_watch()
        assert [type(each) for each in watch.read()] == [Locked]
        (session, *_) = watch.buses()
        signal = new_signal(DBusAddress("/" + name.replace(".", "/"), interface=name), "ActiveChanged", "b", (False,))
        signal.header.fields[HeaderFields.destination] = session.name
        stranger.send(signal)
        stranger.names()  # the bus has dealt with it
        assert watch.read() == []
    finally:
        saver.close()
        stranger.close()
