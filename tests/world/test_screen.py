"""Pictures of a real display, and what happens when it goes away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gum_app.errors import ScreenLost
from gum_app.records import Monitor, Rect
from gum_app.world.screen import Screen
from tests.desktop import Desktop
from tests.painter import Painter

pytestmark = pytest.mark.desktop

WHOLE = Rect(x=0, y=0, width=1920, height=1080)


@pytest.fixture
def screen(desk: Desktop) -> Iterator[Screen]:
    screen = Screen(desk.display)
    yield screen
    screen.close()


@pytest.fixture
def two_monitors(desk: Desktop) -> Iterator[None]:
    desk.xrandr("--setmonitor", "LEFT", "1200/300x1080/280+0+0", "screen")
    desk.xrandr("--setmonitor", "RIGHT", "720/180x1080/280+1200+0", "none")
    yield
    desk.xrandr("--delmonitor", "RIGHT")
    desk.xrandr("--delmonitor", "LEFT")


def test_a_picture_is_rgb_and_shows_what_is_there(screen: Screen, painter: Painter) -> None:
    painter.show("red", (300, 200, 50, 40), managed=False, colour=0xCC2211)
    picture = screen.grab(Rect(x=290, y=190, width=100, height=80))
    assert picture is not None and (picture.mode, picture.size) == ("RGB", (100, 80))
    assert picture.getpixel((30, 30)) == (0xCC, 0x22, 0x11)
    assert picture.getpixel((5, 5)) != (0xCC, 0x22, 0x11)


def test_two_pictures_do_not_share_their_pixels(screen: Screen, painter: Painter) -> None:
    painter.show("blue", (300, 200, 50, 40), managed=False, colour=0x0000FF)
    spot = Rect(x=310, y=210, width=10, height=10)
    before = screen.grab(spot)
    painter.show("green", (300, 200, 50, 40), managed=False, colour=0x00FF00)
    after = screen.grab(spot)
    assert before is not None and after is not None
    assert (before.getpixel((5, 5)), after.getpixel((5, 5))) == ((0, 0, 255), (0, 255, 0))


def test_one_monitor_is_the_whole_desktop(screen: Screen) -> None:
    assert screen.monitors() == (Monitor(index=0, rect=WHOLE),)


@pytest.mark.usefixtures("two_monitors")
def test_new_monitors_are_seen_after_reading_again(screen: Screen) -> None:
    left, right = screen.monitors()
    assert left.rect == Rect(x=0, y=0, width=1200, height=1080)
    assert right == Monitor(index=1, rect=Rect(x=1200, y=0, width=720, height=1080))
    picture = screen.grab(right.rect)
    assert picture is not None and picture.size == (720, 1080)


def test_what_lies_off_the_desktop_has_no_picture(screen: Screen) -> None:
    assert screen.grab(Rect(x=-300, y=-100, width=400, height=400)) is None
    assert screen.grab(Rect(x=1900, y=0, width=100, height=10)) is None


def test_a_display_that_dies_is_screen_lost_and_a_new_one_is_found() -> None:
    with Desktop(window_manager=False, session_bus=False) as desk:
        screen = Screen(desk.display)
        assert screen.grab(WHOLE) is not None
        desk.kill_display()
        for _ in range(2):
            with pytest.raises(ScreenLost):
                screen.grab(WHOLE)
            with pytest.raises(ScreenLost):
                screen.monitors()
        desk.start_display_again()
        assert screen.grab(WHOLE) is not None
        screen.close()


def test_a_display_that_was_never_there_is_screen_lost() -> None:
    with pytest.raises(ScreenLost, match="gives no picture"):
        Screen(":4711").monitors()
