"""Which windows a real desktop shows, as openbox, xterm and windows of our own put them there."""

from __future__ import annotations

import select
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from gum_app.errors import ScreenLost
from gum_app.records import Monitor, Rect, Surroundings, Window
from gum_app.world.windows_x11 import Changes, X11Windows
from gum_app.world.x11 import X11
from tests.desktop import Desktop, until
from tests.painter import Painter

pytestmark = pytest.mark.desktop

ONE = (Monitor(index=0, rect=Rect(x=0, y=0, width=1920, height=1080)),)
TWO = (
    Monitor(index=0, rect=Rect(x=0, y=0, width=1200, height=1080)),
    Monitor(index=1, rect=Rect(x=1200, y=0, width=720, height=1080)),
)


class Watcher:
    """X11Windows on one display, asked the way tests ask."""

    def __init__(self, display: str) -> None:
        self.x11 = X11(display)
        self.windows = X11Windows(self.x11)
        self.windows.look(ONE)

    def look(self, monitors: tuple[Monitor, ...] = ONE) -> Surroundings:
        return self.windows.look(monitors)

    def titles(self, monitors: tuple[Monitor, ...] = ONE) -> list[str]:
        """Of what is visible, topmost first."""
        return [window.title for window in self.look(monitors).visible]

    def front(self) -> str | None:
        front = self.look().foreground
        return front.title if front is not None else None

    def until_front(self, title: str | None) -> Window | None:
        until(lambda: self.front() == title, f"{title} in front")
        return self.look().foreground

    def next_change(self) -> Changes:
        while (changes := self.windows.changes()) == Changes():
            assert select.select([self.x11], [], [], 10)[0], "no event came"
        return changes

    def settle(self) -> None:
        """Until nothing has happened for a while."""
        while select.select([self.x11], [], [], 0.1)[0]:
            self.windows.changes()
        self.windows.changes()

    def close(self) -> None:
        self.x11.close()


@pytest.fixture
def watcher(desk: Desktop) -> Iterator[Watcher]:
    watcher = Watcher(desk.display)
    yield watcher
    watcher.close()


def test_a_real_terminal_is_told_with_all_that_x11_knows(desk: Desktop, watcher: Watcher) -> None:
    with desk.xterm("invoice draft") as window:
        front = watcher.until_front("invoice draft")
        assert front is not None
        x, y, width, height = desk.geometry(window)
        assert (front.app, front.process, front.private, front.fullscreen) == ("XTerm", "xterm", False, False)
        assert front.pid is not None and Path(f"/proc/{front.pid}/exe").readlink().name == "xterm"
        assert front.url is None and front.monitor == 0
        assert front.rect is not None and front.rect.covers(Rect(x=x, y=y, width=width, height=height))
        assert front in watcher.look().visible
        assert watcher.windows.has_manager()


def test_focus_is_told_as_a_change_of_windows(desk: Desktop, painter: Painter, watcher: Watcher) -> None:
    first = painter.show("first", (10, 50, 300, 200))
    painter.show("second", (600, 50, 300, 200))
    watcher.until_front("second")
    watcher.settle()
    desk.xdo("windowactivate", first)
    assert watcher.next_change().windows
    watcher.until_front("first")
    assert watcher.titles() == ["first", "second"]


def test_a_new_title_of_the_front_window_is_told_and_that_of_another_is_not(painter: Painter, watcher: Watcher) -> None:
    behind = painter.show("behind", (10, 50, 300, 200))
    front = painter.show("front", (600, 50, 300, 200))
    watcher.until_front("front")
    watcher.settle()
    painter.rename(behind, "behind, later")
    painter.rename(front, "vorn – später ✓")
    assert watcher.next_change() == Changes(title=True)
    assert watcher.front() == "vorn – später ✓"
    assert watcher.titles() == ["vorn – später ✓", "behind, later"]


def test_of_a_title_without_end_its_beginning_and_its_end_are_read(painter: Painter, watcher: Watcher) -> None:
    front = painter.show("front", (600, 50, 300, 200))
    watcher.until_front("front")
    painter.rename(front, "begins " + "1 " * 50_000 + "(Private Browsing)")
    until(lambda: str(watcher.front()).startswith("begins"), "the title")
    title = str(watcher.front())
    assert len(title) < 1_100
    assert title.endswith("(Private Browsing)")


def test_the_title_of_a_window_that_is_no_longer_in_front_is_not_listened_to(
    painter: Painter, watcher: Watcher
) -> None:
    old = painter.show("old", (10, 50, 300, 200))
    watcher.until_front("old")
    painter.show("new", (600, 50, 300, 200))
    watcher.until_front("new")
    watcher.settle()
    painter.rename(old, "old, later")
    painter.show("a third", (900, 500, 300, 200))
    assert watcher.next_change().windows
    watcher.settle()
    assert not watcher.windows.changes().title


def test_a_window_that_got_the_id_of_one_that_is_gone_is_listened_to_as_well(desk: Desktop, watcher: Watcher) -> None:
    ids = []
    for title in ("the first", "the second"):
        with Painter(desk) as painter:
            ids.append(painter.show(title, (10, 50, 300, 200)))
            watcher.until_front(title)
            watcher.settle()
            painter.rename(ids[-1], f"{title}, later")
            assert watcher.next_change() == Changes(title=True)
    assert ids[0] == ids[1]


def test_full_screen_is_told(painter: Painter, watcher: Watcher) -> None:
    window = painter.show("film", (10, 50, 300, 200))
    watcher.until_front("film")
    watcher.settle()
    painter.set_state(window, "_NET_WM_STATE_FULLSCREEN", on=True)
    assert watcher.next_change().windows
    until(lambda: (front := watcher.look().foreground) is not None and front.fullscreen, "full screen")
    front = watcher.look().foreground
    assert front is not None and front.rect == ONE[0].rect


def test_a_window_wholly_under_another_cannot_be_seen(painter: Painter, watcher: Watcher) -> None:
    painter.show("under", (300, 300, 200, 100))
    painter.show("over", (200, 200, 600, 400))
    watcher.until_front("over")
    assert watcher.titles() == ["over"]


def test_a_window_that_looks_out_is_seen(painter: Painter, watcher: Watcher) -> None:
    painter.show("under", (100, 300, 200, 100))
    painter.show("over", (200, 200, 600, 400))
    watcher.until_front("over")
    assert watcher.titles() == ["over", "under"]


def test_a_window_with_an_alpha_channel_covers_nothing(painter: Painter, watcher: Watcher) -> None:
    painter.show("under", (300, 300, 200, 100))
    glass = painter.show("glass", (200, 200, 600, 400), see_through=True)
    watcher.until_front("glass")
    assert watcher.titles() == ["glass", "under"]
    painter.set_property(glass, "_NET_WM_OPAQUE_REGION", "CARDINAL", [20, 20, 560, 360])
    assert watcher.titles() == ["glass"], "what the window itself calls opaque does cover"


def test_a_window_made_pale_covers_nothing(painter: Painter, watcher: Watcher) -> None:
    painter.show("under", (300, 300, 200, 100))
    pale = painter.show("pale", (200, 200, 600, 400))
    watcher.until_front("pale")
    painter.set_property(pale, "_NET_WM_WINDOW_OPACITY", "CARDINAL", [0x7FFFFFFF])
    assert watcher.titles() == ["pale", "under"]


def test_a_minimised_window_is_not_seen_and_its_going_is_told(
    desk: Desktop, painter: Painter, watcher: Watcher
) -> None:
    painter.show("stays", (10, 50, 300, 200))
    goes = painter.show("goes", (600, 50, 300, 200))
    watcher.until_front("goes")
    watcher.settle()
    desk.xdo("windowminimize", goes)
    assert watcher.next_change().windows
    until(lambda: watcher.titles() == ["stays"], "the other alone")
    desk.xdo("windowactivate", goes)
    until(lambda: watcher.titles() == ["goes", "stays"], "it to come back")


def test_a_window_on_another_desktop_is_not_seen(desk: Desktop, painter: Painter, watcher: Watcher) -> None:
    with ExitStack() as back:
        back.callback(desk.xdo, "set_num_desktops", 1)
        back.callback(desk.xdo, "set_desktop", 0)
        desk.xdo("set_num_desktops", 2)
        painter.show("here", (10, 50, 300, 200))
        watcher.until_front("here")
        desk.xdo("set_desktop", 1)
        until(lambda: watcher.titles() == [], "an empty desktop")
        assert watcher.front() is None, "nothing is in front: that is not known, and unknown is private"
    watcher.until_front("here")


def test_a_window_off_the_monitors_is_not_seen(desk: Desktop, painter: Painter, watcher: Watcher) -> None:
    window = painter.show("away", (10, 50, 300, 200))
    watcher.until_front("away")
    desk.xdo("windowmove", window, 1300, 100)
    until(lambda: watcher.titles(TWO[:1]) == [], "the window off the left monitor")
    (seen,) = watcher.look(TWO).visible
    assert seen.monitor == 1 and seen.rect is not None and seen.rect.x >= 1200


def test_a_pop_up_is_seen_on_top_unless_it_is_small_or_nameless(painter: Painter, watcher: Watcher) -> None:
    painter.show("managed", (10, 50, 800, 400))
    watcher.until_front("managed")
    painter.show("Your code is 123", (100, 100, 300, 80), app="Notifyd", managed=False)
    painter.show("a tooltip", (500, 300, 200, 20), app="Tip", managed=False)
    painter.show("", (0, 0, 1920, 1080), app="", managed=False)
    seen = watcher.look()
    assert [(w.app, w.title) for w in seen.visible] == [("Notifyd", "Your code is 123"), ("Painted", "managed")]
    assert seen.foreground is not None and seen.foreground.title == "managed"


def test_a_pop_up_that_comes_and_goes_is_told(painter: Painter, watcher: Watcher) -> None:
    watcher.settle()
    popup = painter.show("hello", (100, 100, 300, 80), managed=False)
    assert watcher.next_change().windows
    watcher.settle()
    painter.close(popup)
    assert watcher.next_change().windows


def test_what_lies_below_a_guard_window_is_hidden(desk: Desktop, painter: Painter, watcher: Watcher) -> None:
    painter.show("hidden", (10, 50, 300, 200))
    watcher.until_front("hidden")
    guard = painter.show("mutter guard window", (0, 0, 1920, 1080), managed=False, input_only=True)
    assert watcher.titles() == [] and watcher.front() is None
    painter.rename(guard, "some other input window")
    assert watcher.titles() == ["hidden"]


def test_windows_that_close_while_we_look_are_left_out(desk: Desktop, painter: Painter, watcher: Watcher) -> None:
    """Windows come and go as fast as they can while we look: nothing raises, and what stays is always told."""
    painter.show("stays", (1500, 800, 300, 200))
    done, seen = threading.Event(), set[str]()

    def flicker() -> None:
        with Painter(desk) as other:
            while not done.is_set():
                other.close(other.show("flicker", (10, 50, 300, 200)))

    thread = threading.Thread(target=flicker)
    thread.start()
    try:
        for _ in range(60):
            titles = watcher.titles()
            assert "stays" in titles
            seen.update(titles)
    finally:
        done.set()
        thread.join()
    assert {"stays", "flicker"} <= seen
    until(lambda: watcher.titles() == ["stays"], "the others to be gone")


def test_without_a_living_window_manager_nothing_is_known_to_be_in_front() -> None:
    with Desktop(session_bus=False) as desk, Painter(desk) as painter:
        watcher = Watcher(desk.display)
        painter.show("left behind", (10, 50, 300, 200))
        watcher.until_front("left behind")
        desk.window_manager.send_signal(signal.SIGKILL)
        desk.window_manager.wait()
        watcher.until_front(None)
        assert not watcher.windows.has_manager()
        assert watcher.titles() == ["left behind"], "it can still be seen"
        watcher.close()


def test_a_monitor_that_comes_or_goes_is_told(desk: Desktop, watcher: Watcher) -> None:
    watcher.settle()
    desk.xrandr("--setmonitor", "LEFT", "1200/300x1080/280+0+0", "screen")
    assert watcher.next_change().monitors
    watcher.settle()
    desk.xrandr("--delmonitor", "LEFT")
    assert watcher.next_change().monitors


def test_a_display_that_dies_is_screen_lost() -> None:
    with Desktop(session_bus=False) as desk:
        watcher = Watcher(desk.display)
        desk.kill_display()
        for _ in range(2):
            with pytest.raises(ScreenLost):
                watcher.windows.changes()
            with pytest.raises(ScreenLost):
                watcher.look()
        watcher.close()
