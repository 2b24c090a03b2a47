"""Where the app can watch, and the one sentence it has for everywhere else."""

from __future__ import annotations

import sys

import pytest

from gum_app.errors import NotYet, ScreenLost
from gum_app.world.hands_x11 import X11Hands
from gum_app.world.platform import open_hands, what_is_missing
from tests.desktop import Desktop


@pytest.mark.parametrize(("system", "name"), [("darwin", "macOS"), ("win32", "Windows"), ("freebsd14", "freebsd14")])
def test_a_system_that_cannot_be_watched_yet_is_named(system: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", system)
    with pytest.raises(NotYet, match=f"X11 sessions only for now: on {name} it can replay"):
        open_hands()
    (sentence,) = what_is_missing()
    assert name in sentence


@pytest.mark.parametrize(("variable", "value"), [("WAYLAND_DISPLAY", "wayland-0"), ("XDG_SESSION_TYPE", "wayland")])
def test_a_wayland_session_is_not_watched_even_where_x11_programs_run(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv(variable, value)
    with pytest.raises(NotYet, match="X11 sessions only for now: this is a Wayland session"):
        open_hands()
    (sentence,) = what_is_missing()
    assert "Wayland" in sentence


def test_without_a_display_the_screen_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_SESSION_TYPE", raising=False)
    with pytest.raises(ScreenLost, match="There is no X11 display"):
        open_hands()
    assert any(sentence.startswith("There is no X11 display") for sentence in what_is_missing())


@pytest.mark.desktop
def test_on_an_x11_desktop_the_hands_are_those_of_x11(desk: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.enter(monkeypatch)
    hands = open_hands()
    assert isinstance(hands, X11Hands)
    assert hands.surroundings().monitors
    hands.close()
