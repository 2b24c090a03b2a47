"""The live desktop as hands: each thing that can happen, made to happen on a real display and real buses."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from jeepney import DBusAddress, message_bus, new_method_call, new_signal

from gum_app.errors import ScreenLost
from gum_app.records import Monitor, Rect
from gum_app.world.bus import Bus
from gum_app.world.hands import (
    Happening,
    Locked,
    MonitorsChanged,
    Notified,
    StateChanged,
    Unlocked,
    WindowChanged,
)
from gum_app.world.hands_x11 import Place, X11Hands
from gum_app.world.notifications import ADDRESS, NOTIFY
from gum_app.world.power import Power
from tests.desktop import Desktop, until
from tests.painter import Painter

pytestmark = pytest.mark.desktop

SOON = 60.0  # seconds: longer than anything here takes
SAVER = DBusAddress("/org/mate/ScreenSaver", interface="org.mate.ScreenSaver")
WHOLE = Monitor(index=0, rect=Rect(x=0, y=0, width=1920, height=1080))


def no_battery() -> None:
    return None


def place(desk: Desktop) -> Place:
    return Place(display=desk.display, session_bus=desk.session_bus, system_bus="unix:path=/nonexistent")


def open_hands(desk: Desktop, power: Callable[[], Power | None] = no_battery) -> X11Hands:
    return X11Hands(place(desk), power=power)


@pytest.fixture
def hands(desk: Desktop) -> Iterator[X11Hands]:
    with closing(open_hands(desk)) as hands:
        calm(hands)
        yield hands


def calm(hands: X11Hands) -> list[Happening]:
    """Everything that happens until it is quiet."""
    happenings = []
    while (happening := hands.next_happening(0.15)) is not None:
        happenings.append(happening)
    return happenings


def front(hands: X11Hands) -> str | None:
    foreground = hands.surroundings().foreground
    return foreground.title if foreground is not None else None


def until_front(hands: X11Hands, title: str) -> None:
    """This window is in front, and all that came with it has been told."""
    until(lambda: calm(hands) is not None and front(hands) == title, f"{title} in front")
    calm(hands)


def test_the_window_at_the_start_is_the_first_thing_told(desk: Desktop, painter: Painter) -> None:
    painter.show("already here", (10, 50, 300, 200))
    with closing(open_hands(desk)) as hands:
        assert isinstance(hands.next_happening(SOON), WindowChanged)
        assert front(hands) == "already here"
        assert hands.next_happening(0.2) is None


def test_a_switch_of_windows_is_told_once_and_without_the_empty_moment_between(
    desk: Desktop, painter: Painter, hands: X11Hands
) -> None:
    first = painter.show("first", (10, 50, 300, 200))
    painter.show("second", (600, 50, 300, 200))
    until_front(hands, "second")
    desk.xdo("windowactivate", first)
    assert [type(each) for each in calm(hands)] == [WindowChanged]
    assert front(hands) == "first"


def test_a_title_is_told_and_the_same_title_again_is_not(painter: Painter, hands: X11Hands) -> None:
    window = painter.show("a page", (10, 50, 300, 200))
    until_front(hands, "a page")
    painter.rename(window, "ein Brief – Entwürfe")
    assert isinstance(hands.next_happening(SOON), WindowChanged)
    assert front(hands) == "ein Brief – Entwürfe"
    painter.rename(window, "ein Brief – Entwürfe")
    assert hands.next_happening(0.3) is None


def test_a_title_that_turns_like_a_wheel_is_told_no_more_than_twice_a_second(painter: Painter, hands: X11Hands) -> None:
    window = painter.show("wheel 0", (10, 50, 300, 200))
    until_front(hands, "wheel 0")
    started_at, told, turn = time.monotonic(), 0, 0
    while turn <= 20 or time.monotonic() < started_at + 1.2:
        turn += 1
        painter.rename(window, f"wheel {turn}")
        told += hands.next_happening(0.02) is not None
    assert 1 <= told <= 1 + 2 * (time.monotonic() - started_at)
    told += len(calm(hands))
    assert front(hands) == f"wheel {turn}", "and the last one is never missed"


def test_a_switch_is_told_at_once_even_while_a_title_turns(desk: Desktop, painter: Painter, hands: X11Hands) -> None:
    other = painter.show("other", (600, 50, 300, 200))
    window = painter.show("wheel", (10, 50, 300, 200))
    until_front(hands, "wheel")
    painter.rename(window, "wheel 1")
    assert isinstance(hands.next_happening(SOON), WindowChanged)
    painter.rename(window, "wheel 2")
    desk.xdo("windowactivate", other)
    assert isinstance(hands.next_happening(0.4), WindowChanged)
    assert front(hands) == "other"


def test_a_window_that_only_moves_is_no_change_but_is_where_it_is(
    desk: Desktop, painter: Painter, hands: X11Hands
) -> None:
    window = painter.show("moves", (10, 50, 300, 200))
    until_front(hands, "moves")
    before = hands.surroundings().foreground
    desk.xdo("windowmove", window, 700, 500)
    assert calm(hands) == []
    after = hands.surroundings().foreground
    assert before is not None and after is not None and before.rect != after.rect


def test_a_pop_up_over_the_window_is_a_change(painter: Painter, hands: X11Hands) -> None:
    painter.show("below", (10, 50, 600, 400))
    until_front(hands, "below")
    popup = painter.show("Your code is 123", (100, 100, 300, 80), managed=False)
    assert isinstance(hands.next_happening(SOON), WindowChanged)
    assert "Your code is 123" in [window.title for window in hands.surroundings().visible]
    painter.close(popup)
    assert isinstance(hands.next_happening(SOON), WindowChanged)


def test_a_real_notification_is_seen_over_everything_however_short(desk: Desktop, hands: X11Hands) -> None:
    with closing(Bus(desk.session_bus)) as program:
        said: tuple[object, ...] = ("Bank", 0, "", "Code", "123", [], {}, 5000)
        (shown,) = program.call(new_method_call(ADDRESS, "Notify", NOTIFY, said))
        until(lambda: [window.app for window in hands.surroundings().visible] == ["Xfce4-notifyd"], "the pop-up")
        program.call(new_method_call(ADDRESS, "CloseNotification", "u", (shown,)))
        until(lambda: hands.surroundings().visible == (), "its end")


def test_a_monitor_that_comes_and_goes_is_told_and_seen(desk: Desktop, painter: Painter, hands: X11Hands) -> None:
    painter.show("on the right", (1300, 50, 300, 200))
    until_front(hands, "on the right")
    desk.xrandr("--setmonitor", "LEFT", "1200/300x1080/280+0+0", "screen")
    desk.xrandr("--setmonitor", "RIGHT", "720/180x1080/280+1200+0", "none")
    assert isinstance(hands.next_happening(SOON), MonitorsChanged)
    until(lambda: calm(hands) or len(hands.surroundings().monitors) == 2, "two monitors")
    surroundings = hands.surroundings()
    left, right = surroundings.monitors
    assert right.rect == Rect(x=1200, y=0, width=720, height=1080)
    assert surroundings.foreground is not None and surroundings.foreground.monitor == 1
    picture = hands.grab(right)
    assert picture is not None and picture.image.size == (720, 1080)
    desk.xrandr("--delmonitor", "RIGHT")
    assert isinstance(hands.next_happening(SOON), MonitorsChanged)
    assert hands.grab(right) is None, "it is not there any more"
    assert hands.grab(left) is not None
    desk.xrandr("--delmonitor", "LEFT")
    calm(hands)
    assert hands.surroundings().monitors == (WHOLE,)


def test_a_monitor_left_of_and_above_the_first_has_negative_places(desk: Desktop, hands: X11Hands) -> None:
    desk.xrandr("--setmonitor", "FAR", "300/80x400/100+-300+-100", "none")
    calm(hands)
    monitors = hands.surroundings().monitors
    assert Rect(x=-300, y=-100, width=300, height=400) in [monitor.rect for monitor in monitors]
    desk.xrandr("--delmonitor", "FAR")
    calm(hands)


def test_a_picture_shows_the_monitor_now(painter: Painter, hands: X11Hands) -> None:
    painter.show("red", (300, 200, 50, 40), managed=False, colour=0xCC2211)
    (monitor,) = hands.surroundings().monitors
    picture = hands.grab(monitor)
    assert picture is not None and picture.monitor == monitor and picture.at.tzinfo is not None
    assert (picture.image.mode, picture.image.getpixel((320, 220))) == ("RGB", (0xCC, 0x22, 0x11))


def test_idle_time_starts_anew_with_the_mouse(desk: Desktop, hands: X11Hands) -> None:
    until(lambda: hands.idle_seconds() > 0.3, "some idle time")
    before = time.monotonic()
    desk.xdo("mousemove", 30, 10, "mousemove", 10, 10)
    assert hands.idle_seconds() <= time.monotonic() - before, "it began anew with the mouse"
    assert calm(hands) == [], "the hands do not watch the mouse"


def test_a_lock_and_a_notification_are_told_in_order(desk: Desktop, hands: X11Hands) -> None:
    with closing(Bus(desk.session_bus)) as program:
        program.call(message_bus.RequestName("org.mate.ScreenSaver"))
        program.send(new_signal(SAVER, "ActiveChanged", "b", (True,)))
        assert isinstance(hands.next_happening(SOON), Locked)
        program.send(new_signal(SAVER, "ActiveChanged", "b", (False,)))
        assert isinstance(hands.next_happening(SOON), Unlocked)
        said: tuple[object, ...] = ("Mail", 0, "", "Hello", "<b>you</b>", [], {}, 1000)
        (shown,) = program.call(new_method_call(ADDRESS, "Notify", NOTIFY, said))
        notified = hands.next_happening(SOON)
        assert isinstance(notified, Notified) and (notified.app, notified.body) == ("Mail", "you")
        program.call(new_method_call(ADDRESS, "CloseNotification", "u", (shown,)))
        calm(hands)


def test_the_battery_is_told_at_the_start_and_not_again(desk: Desktop) -> None:
    with closing(open_hands(desk, lambda: Power(on_battery=True, percent=50.0))) as hands:
        states = [each for each in calm(hands) if isinstance(each, StateChanged)]
        assert [state.on_battery for state in states] == [True]
        assert states[0].sharing is None


def test_wake_ends_a_wait_at_once_and_is_not_forgotten_when_nobody_waits(hands: X11Hands) -> None:
    answers: list[Happening | None] = []
    waiting = threading.Thread(target=lambda: answers.append(hands.next_happening(60.0)))
    waiting.start()
    hands.wake()
    waiting.join(SOON)
    assert answers == [None]
    hands.wake()
    hands.wake()
    started_at = time.monotonic()
    assert hands.next_happening(60.0) is None
    assert time.monotonic() - started_at < SOON
    assert hands.next_happening(0.0) is None


def test_hands_that_are_closed_can_be_closed_and_woken_again(desk: Desktop) -> None:
    hands = open_hands(desk)
    hands.close()
    hands.close()
    hands.wake()


def test_without_any_bus_the_windows_are_still_told(desk: Desktop, painter: Painter) -> None:
    nowhere = "unix:path=/nonexistent"
    with closing(X11Hands(Place(display=desk.display, session_bus=nowhere, system_bus=nowhere))) as hands:
        calm(hands)
        painter.show("seen", (10, 50, 300, 200))
        assert isinstance(hands.next_happening(SOON), WindowChanged)


def test_a_session_bus_that_dies_does_not_end_the_watching() -> None:
    with Desktop(notifications=True) as desk, Painter(desk) as painter, closing(open_hands(desk)) as hands:
        calm(hands)
        desk.kill_session_bus()
        assert hands.next_happening(0.3) is None
        painter.show("still told", (10, 50, 300, 200))
        assert isinstance(hands.next_happening(SOON), WindowChanged)


def test_a_display_that_dies_is_screen_lost_and_new_hands_work_when_it_is_back() -> None:
    with Desktop(session_bus=False) as desk:
        hands = open_hands(desk)
        calm(hands)
        killer = threading.Thread(target=desk.kill_display)
        killer.start()
        with pytest.raises(ScreenLost):
            hands.next_happening(SOON)
        killer.join()
        for ask in (hands.surroundings, hands.idle_seconds, lambda: hands.grab(WHOLE)):
            with pytest.raises(ScreenLost):
                ask()
        hands.close()
        desk.start_display_again()
        with closing(open_hands(desk)) as again:
            assert isinstance(again.next_happening(SOON), WindowChanged)
            picture = again.grab(WHOLE)
            assert picture is not None and picture.image.size == (1920, 1080)


def test_nothing_is_done_while_nothing_happens(hands: X11Hands) -> None:
    """The promise of the whole app stands on this: below two wake-ups a second, and next to no processor time."""
    assert hands.next_happening(0.5) is None
    cpu, switches = time.thread_time(), wakeups()
    assert hands.next_happening(2.0) is None
    assert time.thread_time() - cpu < 0.02
    assert wakeups() - switches <= 4


def wakeups() -> int:
    with open("/proc/thread-self/status", encoding="ascii") as status:  # noqa: PTH123 - a path of the kernel
        return next(int(line.split()[1]) for line in status if line.startswith("voluntary_ctxt_switches"))
