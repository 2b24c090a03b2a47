"""One contract for the keys of an X11 display and those of a test; and what only a real keyboard does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from select import select

import pytest

from gum_app.errors import BadInput, NotYet, ScreenLost, ShortcutTaken
from gum_app.shortcut import Combination, Shortcut, combination_of
from gum_app.world import platform
from gum_app.world.shortcut_x11 import X11Shortcut
from tests.desktop import PATIENCE_SECONDS, Desktop, until
from tests.world.scripted_shortcut import ScriptedShortcut

TAKEN = "Ctrl+Alt+T"


@dataclass(frozen=True)
class Keyboard:
    shortcut: Shortcut
    press: Callable[[str], object]  # as xdotool names keys


def keys(text: str) -> Combination:
    combination = combination_of(text)
    assert combination is not None
    return combination


@pytest.fixture
def real(desk: Desktop) -> Iterator[Keyboard]:
    with closing(X11Shortcut(desk.display)) as other, closing(X11Shortcut(desk.display)) as shortcut:
        other.grab(keys(TAKEN))
        yield Keyboard(shortcut, lambda text: desk.xdo("key", _as_xdotool_says(text)))


@pytest.fixture
def made_up() -> Iterator[Keyboard]:
    with closing(ScriptedShortcut(taken={TAKEN})) as shortcut:
        yield Keyboard(shortcut, shortcut.press)


@pytest.fixture(params=["made_up", pytest.param("real", marks=pytest.mark.desktop)])
def keyboard(request: pytest.FixtureRequest) -> Keyboard:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Keyboard)
    return found


def heard(shortcut: Shortcut) -> bool:
    """Waits as a window does: on the file alone."""
    return bool(select([shortcut], [], [], PATIENCE_SECONDS)[0]) and shortcut.pressed()


def test_it_is_heard_and_told_once(keyboard: Keyboard) -> None:
    keyboard.shortcut.grab(keys("Ctrl+Alt+G"))
    keyboard.press("Ctrl+Alt+G")
    until(lambda: heard(keyboard.shortcut), "the keys")
    assert not keyboard.shortcut.pressed()


def test_only_the_one_wanted_is_heard_and_none_where_none_is(keyboard: Keyboard) -> None:
    keyboard.shortcut.grab(keys("Ctrl+Alt+G"))
    keyboard.shortcut.grab(keys("Super+F9"))
    keyboard.press("Ctrl+Alt+G")
    keyboard.press("Super+F9")
    until(lambda: heard(keyboard.shortcut), "the other keys")
    keyboard.shortcut.grab(None)
    keyboard.press("Super+F9")
    assert not keyboard.shortcut.pressed()


def test_what_another_program_has_is_told_and_a_free_one_can_be_had_then(keyboard: Keyboard) -> None:
    with pytest.raises(ShortcutTaken, match="Another program has Ctrl"):
        keyboard.shortcut.grab(keys(TAKEN))
    assert not keyboard.shortcut.pressed()
    keyboard.shortcut.grab(keys("Ctrl+Alt+G"))
    keyboard.press("Ctrl+Alt+G")
    until(lambda: heard(keyboard.shortcut), "the keys")


@pytest.mark.desktop
@pytest.mark.parametrize("lock", ["Num_Lock", "Caps_Lock"])
def test_a_lock_that_is_on_does_not_hide_it(real: Keyboard, desk: Desktop, lock: str) -> None:
    real.shortcut.grab(keys("Ctrl+Alt+G"))
    desk.xdo("key", lock)
    try:
        real.press("Ctrl+Alt+G")
        until(lambda: heard(real.shortcut), "the keys")
    finally:
        desk.xdo("key", lock)


@pytest.mark.desktop
def test_a_key_that_this_keyboard_lacks_is_told(real: Keyboard) -> None:
    with pytest.raises(BadInput, match="no key F24"):
        real.shortcut.grab(keys("F24"))


@pytest.mark.desktop
def test_a_display_that_goes_away_is_told() -> None:
    with (
        Desktop(window_manager=False, session_bus=False, size="640x480") as own,
        closing(X11Shortcut(own.display)) as shortcut,
    ):
        shortcut.grab(keys("Ctrl+Alt+G"))
        own.kill_display()
        with pytest.raises(ScreenLost):
            until(lambda: heard(shortcut), "never")


def test_where_no_program_may_listen_a_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    with pytest.raises(NotYet, match="gum-app ask --window"):
        platform.open_shortcut()


def _as_xdotool_says(text: str) -> str:
    return "+".join(part if part[:1] == "F" and len(part) > 1 else part.lower() for part in text.split("+"))
