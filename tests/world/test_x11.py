"""One connection to a display: what it tells about a window, and that a dead one is said so."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from Xlib import Xatom

from gum_app.errors import ScreenLost
from gum_app.records import Rect
from gum_app.world.x11 import VANISHED, X11, connected, program
from tests.desktop import Desktop, until
from tests.painter import Painter

pytestmark = pytest.mark.desktop


@pytest.fixture
def x11(desk: Desktop) -> Iterator[X11]:
    x11 = X11(desk.display)
    yield x11
    x11.close()


def test_a_window_tells_its_class_title_and_place(x11: X11, painter: Painter) -> None:
    window = x11.at(painter.show("Überweisung ✓ 日本", (100, 80, 300, 200), app="Ledger", managed=False))
    assert (x11.app(window), x11.title(window)) == ("Ledger", "Überweisung ✓ 日本")
    assert x11.place(window) == (Rect(x=100, y=80, width=300, height=200), 24)
    assert not x11.has_holes(window)


def test_of_a_huge_title_the_end_is_told_too_for_there_a_browser_says_that_it_is_private(
    x11: X11, painter: Painter
) -> None:
    for size in (4090, 4096, 4099, 8000, 8193, 12_345, 60_000):
        title = "A" * size + " — Mozilla Firefox Private Browsing"
        window = x11.at(painter.show(title, (0, 0, 50, 50), managed=False))
        told = x11.title(window)
        assert told.startswith("A" * 700)
        assert told.endswith("A — Mozilla Firefox Private Browsing")
        assert len(told) <= 9000


def test_no_sign_in_a_title_commands_a_terminal(x11: X11, painter: Painter) -> None:
    window = x11.at(painter.show("a\x1b]0;b\x07c\x9b31m", (0, 0, 50, 50), managed=False))
    assert x11.title(window) == "a ]0;b c 31m"


def test_a_title_in_the_old_encoding_is_read(x11: X11, painter: Painter) -> None:
    window_id = painter.show("", (0, 0, 50, 50), app="", managed=False)
    window = x11.at(window_id)
    window.change_property(Xatom.WM_NAME, Xatom.STRING, 8, "Café".encode("latin-1"))
    assert (x11.app(window), x11.title(window)) == ("", "Café")


def test_the_class_is_told_and_not_the_instance_which_may_hold_a_path(x11: X11, painter: Painter) -> None:
    window = x11.at(painter.show("", (0, 0, 50, 50), managed=False))
    window.set_wm_class("browser (/home/somebody/profile)", "Browser")
    assert x11.app(window) == "Browser"


def test_the_process_is_the_one_that_is_connected_whatever_the_window_claims(x11: X11, painter: Painter) -> None:
    window_id = painter.show("", (0, 0, 50, 50), managed=False)
    painter.set_property(window_id, "_NET_WM_PID", "CARDINAL", [1])
    assert x11.pid(x11.at(window_id)) == os.getpid()


def test_a_process_has_the_name_of_its_program() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        name = program(child.pid)
        assert name is not None and name.startswith("python")
    finally:
        child.communicate(b"\n")
    assert program(child.pid) is None


def test_a_window_that_is_gone_is_vanished_and_not_a_lost_screen(x11: X11, painter: Painter) -> None:
    window_id = painter.show("", (0, 0, 50, 50), managed=False)
    painter.close(window_id)
    for ask in (x11.title, x11.app, x11.place, x11.has_holes):
        with pytest.raises(VANISHED):
            ask(x11.at(window_id))


def test_idle_time_grows_until_somebody_moves_the_mouse(x11: X11, desk: Desktop) -> None:
    until(lambda: x11.idle_seconds() > 0.3, "some idle time")
    before = time.monotonic()
    desk.xdo("mousemove", 20, 10, "mousemove", 10, 10)
    assert x11.idle_seconds() <= time.monotonic() - before, "it began anew with the mouse"


def test_without_the_extension_nobody_is_ever_away() -> None:
    with Desktop(window_manager=False, session_bus=False, xvfb_arguments=("-extension", "MIT-SCREEN-SAVER")) as desk:
        x11 = X11(desk.display)
        assert not x11.has("MIT-SCREEN-SAVER")
        assert x11.idle_seconds() == 0.0
        x11.close()


def test_a_display_that_dies_is_screen_lost() -> None:
    with Desktop(window_manager=False, session_bus=False) as desk:
        x11 = X11(desk.display)
        desk.kill_display()
        for _ in range(2):
            with pytest.raises(ScreenLost, match="has closed the connection"), connected():
                list(x11.events())
            with pytest.raises(ScreenLost):
                x11.idle_seconds()
            with pytest.raises(ScreenLost):
                x11.fileno()
        x11.close()
        x11.close()


@pytest.mark.parametrize("name", [":4711", "unix/:4711.0", "this is no display"])
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # python-xlib leaves the socket it could not connect to the GC
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_display_that_cannot_be_opened_is_screen_lost(name: str) -> None:
    with pytest.raises(ScreenLost, match="cannot be opened"):
        X11(name)


def test_no_display_is_said_in_one_sentence() -> None:
    with pytest.raises(ScreenLost, match="There is no X11 display"):
        X11()


def test_the_display_of_the_environment_is_taken(desk: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.enter(monkeypatch)
    x11 = X11()
    assert x11.has("RANDR") and x11.first_event("RANDR") > 0
    x11.close()
