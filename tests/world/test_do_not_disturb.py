"""Do not disturb of real notification daemons, of the setting of GNOME, and of a double that speaks as Plasma does."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest
from jeepney import new_method_call

from gum_app.errors import NotYet
from gum_app.world.bus import Bus
from gum_app.world.do_not_disturb import (
    CINNAMON,
    GNOME,
    MATE,
    NOTIFICATIONS,
    DoNotDisturb,
    find_do_not_disturb,
    is_quiet,
)
from tests.desktop import Desktop, notification_daemon, skip_without, until
from tests.world.fake_do_not_disturb import FakeDoNotDisturb

pytestmark = pytest.mark.desktop

SERVICE = "org.freedesktop.Notifications"


class Place:
    """A desktop with one program that shows notifications."""

    def __init__(self, desk: Desktop) -> None:
        self.desk = desk

    def bus(self) -> Bus:
        return Bus(self.desk.session_bus)

    def found(self) -> DoNotDisturb:
        found = find_do_not_disturb(self.bus)
        assert found is not None
        return found


@pytest.fixture(scope="module")
def bare() -> Iterator[Desktop]:
    with Desktop(window_manager=False) as desk:
        yield desk


def the_command(name: str) -> tuple[str, ...]:
    if name == "dunst":
        skip_without("dunst")
    if name == "xfce":
        return (notification_daemon(),)
    return ("dunst",) if name == "dunst" else (sys.executable, "-m", "tests.world.plasma_double")


@contextmanager
def showing(bare: Desktop, name: str) -> Iterator[Place]:
    process = bare.spawn(*the_command(name))
    bare.wait_for_name(SERVICE)
    yield Place(bare)
    bare.stop(process)


@pytest.fixture(params=["dunst", "xfce", "plasma"])
def place(request: pytest.FixtureRequest, bare: Desktop) -> Iterator[Place]:
    with showing(bare, request.param) as place:
        yield place


@pytest.fixture(params=["dunst", "xfce", "plasma", "fake"])
def any_of_them(request: pytest.FixtureRequest) -> Iterator[DoNotDisturb]:
    """One contract for the real ones and the fake."""
    if request.param == "fake":
        yield FakeDoNotDisturb()
        return
    with showing(request.getfixturevalue("bare"), request.param) as place:
        yield place.found()


def test_it_is_switched_on_and_put_back(any_of_them: DoNotDisturb) -> None:
    before = any_of_them.state()
    assert before in ("off", "unset")
    any_of_them.put("on")
    assert any_of_them.state() == "on"
    any_of_them.put("on")
    any_of_them.put(before)
    assert any_of_them.state() == before
    any_of_them.close()


def test_it_is_told_by_whoever_asks(place: Place) -> None:
    assert is_quiet(place.bus) is False
    found = place.found()
    found.put("on")
    assert is_quiet(place.bus) is True
    found.put("off")
    assert is_quiet(place.bus) is False


def test_dunst_shows_nothing_at_all_while_it_is_paused(bare: Desktop) -> None:
    with showing(bare, "dunst") as place:
        found = place.found()
        found.put("on")
        notify(place, "Battery low", urgency=2)
        shown = bare.ask("dunstctl", "count", "displayed").strip()
        found.put("off")
    assert (shown, found.shows_critical) == ("0", False)


def test_xfce_shows_what_is_critical_and_nothing_else(bare: Desktop) -> None:
    with showing(bare, "xfce") as place:
        found = place.found()
        before = found.state()
        found.put("on")
        notify(place, "Sale", urgency=1)
        notify(place, "Battery low", urgency=2)
        until(lambda: pop_ups(bare), "what is critical")
        shown = pop_ups(bare)
        found.put(before)
    assert (len(shown), found.shows_critical) == (1, True)


def notify(place: Place, summary: str, *, urgency: int) -> None:
    said: tuple[object, ...] = ("Power", 0, "", summary, "", [], {"urgency": ("y", urgency)}, 5000)
    with closing(place.bus()) as bus:
        bus.call(new_method_call(NOTIFICATIONS, "Notify", "susssasa{sv}i", said))


def pop_ups(desk: Desktop) -> list[str]:
    return desk.ask("xdotool", "search", "--onlyvisible", "--class", "xfce4-notifyd").split()


def test_that_of_plasma_ends_with_whoever_asked_for_it(bare: Desktop) -> None:
    process = bare.spawn(sys.executable, "-m", "tests.world.plasma_double")
    bare.wait_for_name(SERVICE)
    place = Place(bare)
    found = place.found()
    found.put("on")
    found.close()
    assert is_quiet(place.bus) is False
    bare.stop(process)


def test_the_setting_of_gnome_is_put_and_put_back(bare: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    bare.enter(monkeypatch)
    try:
        before = GNOME.state()
    except NotYet:
        pytest.skip("no gsettings or no gsettings-desktop-schemas here")
    GNOME.put("on")
    assert GNOME.state() == "on"
    told = subprocess.run(["gsettings", "get", GNOME.schema, GNOME.key], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "false", "no banners"
    GNOME.put(before)
    assert GNOME.state() == before == "off"


@pytest.mark.parametrize("setting", [CINNAMON, MATE])
def test_a_setting_that_is_not_there_is_said(setting: DoNotDisturb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NotYet, match=f"Do not disturb of {setting.name} cannot be reached"):
        setting.state()


@pytest.mark.parametrize("opened", [lambda: Bus(None), lambda: Bus("unix:path=/nonexistent")])
def test_without_a_desktop_it_cannot_be_told(opened: Callable[[], Bus]) -> None:
    assert find_do_not_disturb(opened) is None
    assert is_quiet(opened) is None


def test_a_program_that_shows_notifications_and_is_not_known_is_left_alone(bare: Desktop) -> None:
    process = bare.spawn(sys.executable, "-m", "tests.world.plasma_double", "Something else")
    bare.wait_for_name(SERVICE)
    assert find_do_not_disturb(Place(bare).bus) is None
    bare.stop(process)


def test_a_daemon_that_goes_meanwhile_is_said(bare: Desktop) -> None:
    process = bare.spawn(sys.executable, "-m", "tests.world.plasma_double")
    bare.wait_for_name(SERVICE)
    found = Place(bare).found()
    bare.stop(process)
    with pytest.raises(NotYet, match="KDE Plasma cannot be reached"):
        found.state()
    with pytest.raises(NotYet, match="KDE Plasma cannot be reached"):
        found.put("on")
