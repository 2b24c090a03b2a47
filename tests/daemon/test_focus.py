"""Focus time on a real desktop: its do-not-disturb is on meanwhile, and afterwards what it was before, kills or not."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from gum_app.clock import SetClock
from gum_app.daemon.focus import HAS_NONE, LONGEST_MINUTES
from gum_app.daemon.gate import Gate
from gum_app.daemon.room import Room
from gum_app.errors import BadInput, KeyMissing
from gum_app.paths import Home
from gum_app.settings import Settings
from gum_app.world.bus import Bus
from gum_app.world.do_not_disturb import DoNotDisturb, find_do_not_disturb
from tests.builders import NOON
from tests.daemon.watching import KEY
from tests.desktop import Desktop, skip_without


def a_room(home: Home, at: timedelta = timedelta()) -> Room:
    room = Room(home=home, gate=Gate(needs_light=False), clock=SetClock(NOON + at))
    room.open(KEY)
    return room


def pass_time(room: Room, **span: float) -> None:
    assert isinstance(room.clock, SetClock)
    room.clock.put(room.clock.now() + timedelta(**span))


def settings(room: Room) -> Settings:
    with closing(room.open_store()) as store:
        return store.settings()


# Without a desktop


def test_it_lasts_as_long_as_was_said_and_is_told_once(home: Home) -> None:
    room = a_room(home)
    state = room.focus.start(45)
    assert (state.since, state.until, state.note) == (NOON, NOON + timedelta(minutes=45), HAS_NONE)
    assert room.focus.state() == state and room.something_to_attend.is_set()
    pass_time(room, minutes=44)
    room.focus.end_if_over()
    assert (room.focus.seconds_left(), room.focus.take_ended()) == (60.0, None)
    pass_time(room, minutes=1)
    room.focus.end_if_over()
    ended = room.focus.take_ended()
    assert ended is not None and ended.told.startswith("Your focus time is over after 45 minutes.")
    assert room.focus.take_ended() is None and not room.focus.state().is_on and room.focus.seconds_left() is None
    assert settings(room) == Settings()


def test_a_second_start_prolongs_the_one_that_is_on(home: Home) -> None:
    room = a_room(home)
    room.focus.start(10)
    pass_time(room, minutes=8)
    state = room.focus.start(10)
    assert (state.since, state.until) == (NOON, NOON + timedelta(minutes=18))
    ended = room.focus.stop()
    assert ended is not None and ended.ended_at == NOON + timedelta(minutes=8)
    assert room.focus.stop() is None


@pytest.mark.parametrize("minutes", [0, -5, LONGEST_MINUTES + 1, float("nan"), float("inf")])
def test_a_span_that_is_none_is_refused(home: Home, minutes: float) -> None:
    room = a_room(home)
    with pytest.raises(BadInput, match="A focus time lasts up to 720 minutes"):
        room.focus.start(minutes)
    assert not room.focus.state().is_on


def test_there_is_none_in_a_replay_and_none_while_it_is_locked(home: Home) -> None:
    room = a_room(home)
    room.replayed = True
    with pytest.raises(BadInput, match="replayed recording"):
        room.focus.start(10)
    with pytest.raises(KeyMissing):
        Room(home=home, gate=Gate(needs_light=False), clock=SetClock(NOON)).focus.start(10)


def test_after_a_kill_it_goes_on_until_its_end(home: Home) -> None:
    a_room(home).focus.start(45)
    room = a_room(home, timedelta(minutes=10))
    room.focus.go_on()
    assert (room.focus.state().since, room.focus.state().until) == (NOON, NOON + timedelta(minutes=45))
    late = a_room(home, timedelta(hours=3))
    late.focus.go_on()
    ended = late.focus.take_ended()
    assert ended is not None and ended.ended_at == NOON + timedelta(minutes=45), "not when it was started again"
    assert settings(late) == Settings()


# With one


@pytest.fixture(params=["xfce", "dunst"])
def desktop(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    """One that a daemon in this process would find."""
    if request.param == "dunst":
        skip_without("dunst")
    with Desktop(window_manager=False, notifications=request.param == "xfce") as desktop:
        if request.param == "dunst":
            desktop.spawn("dunst")
            desktop.wait_for_name("org.freedesktop.Notifications")
        desktop.enter(monkeypatch)
        yield desktop


def its_own(desktop: Desktop) -> DoNotDisturb:
    found = find_do_not_disturb(lambda: Bus(desktop.session_bus))
    assert found is not None
    return found


@pytest.mark.desktop
def test_the_desktop_is_quiet_meanwhile_and_then_as_it_was(home: Home, desktop: Desktop) -> None:
    theirs = its_own(desktop)
    before = theirs.state()
    focus = a_room(home).focus
    state = focus.start(45)
    assert theirs.state() == "on"
    assert state.note.startswith(f"Do not disturb of {theirs.name} is on until then, and is put back as it was.")
    assert ("shows nothing at all" in state.note) is not theirs.shows_critical
    assert focus.shows_again() is theirs.shows_critical
    theirs.put("off")
    assert not focus.shows_again(), "the person switched it off"
    theirs.put("on")
    focus.stop()
    assert theirs.state() == before
    assert not focus.shows_again()


@pytest.mark.desktop
def test_what_must_be_held_to_stay_on_is_held_and_let_go(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Plasma does it, on a double."""
    with Desktop(window_manager=False) as desktop:
        desktop.spawn(sys.executable, "-m", "tests.world.plasma_double")
        desktop.wait_for_name("org.freedesktop.Notifications")
        desktop.enter(monkeypatch)
        focus = a_room(home).focus
        focus.start(45)
        assert its_own(desktop).state() == "on" and focus.shows_again()
        focus.start(90)
        focus.stop()
        assert its_own(desktop).state() == "off"


@pytest.mark.desktop
def test_what_the_person_had_switched_on_stays_on(home: Home, desktop: Desktop) -> None:
    theirs = its_own(desktop)
    theirs.put("on")
    focus = a_room(home).focus
    assert "was on already and stays on" in focus.start(45).note
    focus.stop()
    assert theirs.state() == "on"


@pytest.mark.desktop
def test_after_a_kill_the_desktop_is_put_back_at_the_next_start(home: Home, desktop: Desktop) -> None:
    theirs = its_own(desktop)
    before = theirs.state()
    a_room(home).focus.start(45)
    assert theirs.state() == "on"
    soon = a_room(home, timedelta(minutes=1)).focus
    soon.go_on()
    assert (theirs.state(), soon.state().is_on) == ("on", True), "it is not over yet"
    late = a_room(home, timedelta(hours=1)).focus
    late.go_on()
    assert (theirs.state(), late.state().is_on) == (before, False)


@pytest.mark.desktop
def test_who_quits_meanwhile_leaves_the_desktop_as_it_was_and_finds_it_quiet_again(
    home: Home, desktop: Desktop
) -> None:
    theirs = its_own(desktop)
    before = theirs.state()
    focus = a_room(home).focus
    focus.start(45)
    focus.leave()
    assert theirs.state() == before
    again = a_room(home, timedelta(minutes=5)).focus
    again.go_on()
    assert (theirs.state(), again.state().is_on) == ("on", True)
    again.stop()
    assert theirs.state() == before


@pytest.mark.desktop
def test_what_cannot_be_put_back_now_is_put_back_at_the_next_start(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with Desktop(window_manager=False, notifications=True) as desktop:
        desktop.enter(monkeypatch)
        room = a_room(home)
        room.focus.start(45)
        with monkeypatch.context() as elsewhere:
            elsewhere.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
            room.focus.stop()
        assert settings(room).focus_before == "unset Xfce"
        room.focus.go_on()
        assert its_own(desktop).state() == "unset"
        assert settings(room).focus_before == ""
