"""Notifications: those of others read while a real daemon shows them, our own shown, pressed and closed."""

from __future__ import annotations

import select
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from jeepney import (
    DBusAddress,
    HeaderFields,
    MessageType,
    message_bus,
    new_method_call,
    new_method_return,
    new_signal,
)

from gum_app.clock import SystemClock
from gum_app.errors import NotYet
from gum_app.world.bus import Bus
from gum_app.world.do_not_disturb import find_do_not_disturb
from gum_app.world.hands import Notified
from gum_app.world.notifications import (
    ADDRESS,
    LONGEST_BODY,
    LONGEST_NAME,
    LONGEST_SUMMARY,
    Answer,
    DesktopNotifier,
    NotificationReader,
    Notifier,
    without_markup,
)
from tests.desktop import Desktop, notification_daemon, until
from tests.world.fake_notifier import FakeNotifier
from tests.world.showing import Program

pytestmark = pytest.mark.desktop

SOON = 60.0  # seconds


@pytest.fixture(scope="module")
def bare() -> Iterator[Desktop]:
    """Nothing shows notifications there but what a test puts up."""
    with Desktop(window_manager=False) as desk:
        yield desk


@pytest.fixture
def program(desk: Desktop) -> Iterator[Program]:
    program = Program(desk)
    yield program
    program.bus.close()


@pytest.fixture
def reader(desk: Desktop) -> Iterator[NotificationReader]:
    reader = NotificationReader(SystemClock(), lambda: Bus(desk.session_bus))
    assert reader.why_not is None
    yield reader
    reader.close()


def read(reader: NotificationReader) -> list[Notified]:
    while not (notified := reader.read()):
        assert reader.bus is not None
        assert select.select([reader.bus], [], [], SOON)[0], "no notification was read"
    return notified


def test_what_a_program_shows_is_read_without_its_markup(reader: NotificationReader, program: Program) -> None:
    id_ = program.show("Termin verschoben ✓", "<b>Ada</b> &amp; <i>Bob</i>: a < b", app="Calendar", urgency=2)
    (notified,) = read(reader)
    assert (notified.app, notified.summary) == ("Calendar", "Termin verschoben ✓")
    assert (notified.body, notified.urgency) == ("Ada & Bob: a < b", "critical")
    assert notified.at.tzinfo is not None
    program.take_away(id_)


def test_a_bar_that_moves_is_read_once_and_new_words_are_read_again(
    reader: NotificationReader, program: Program
) -> None:
    id_ = program.show("Copying", "film.mkv")
    program.show("Copying", "film.mkv", replaces=id_)
    program.show("Copied", "film.mkv", replaces=id_)
    seen: list[str] = []
    while "Copied" not in seen:
        seen += [notified.summary for notified in read(reader)]
    assert seen == ["Copying", "Copied"]
    program.take_away(id_)


def test_two_bars_that_move_side_by_side_are_read_once_each(reader: NotificationReader, program: Program) -> None:
    film, song = program.show("Copying", "film.mkv: 1 %"), program.show("Copying", "song.ogg: 1 %")
    for percent in range(2, 50):
        program.show("Copying", f"film.mkv: {percent} %", replaces=film)
        program.show("Copying", f"song.ogg: {percent} %", replaces=song)
    program.show("Copied", "film.mkv", replaces=film)
    seen: list[str] = []
    while "film.mkv" not in seen:
        seen += [notified.body for notified in read(reader)]
    assert seen == ["film.mkv: 1 %", "song.ogg: 1 %", "film.mkv"]
    program.take_away(film)
    program.take_away(song)


def test_messages_that_take_each_others_place_are_all_read(reader: NotificationReader, program: Program) -> None:
    id_ = program.show("Ada", "1 new message")
    for said in ("2 new messages", "3 new messages", "lunch?", "2 new messages"):
        program.show("Ada", said, replaces=id_)
    seen: list[str] = []
    while len(seen) < 5:
        seen += [notified.body for notified in read(reader)]
    assert seen == ["1 new message", "2 new messages", "3 new messages", "lunch?", "2 new messages"]
    program.take_away(id_)


def test_our_own_words_are_not_read(reader: NotificationReader, desk: Desktop, program: Program) -> None:
    with closing(DesktopNotifier(lambda: Bus(desk.session_bus))) as ours:
        mine = ours.show("A suggestion", "of ours")
        other = program.show("from somebody else")
        assert [notified.summary for notified in read(reader)] == ["from somebody else"]
        ours.withdraw(mine)
        program.take_away(other)


def test_an_unknown_urgency_is_normal(reader: NotificationReader, program: Program) -> None:
    id_ = program.show("odd", urgency=77)
    assert [notified.urgency for notified in read(reader)] == ["normal"]
    program.take_away(id_)


def test_a_call_that_only_looks_like_a_notification_is_passed_over(
    reader: NotificationReader, program: Program
) -> None:
    nowhere = DBusAddress("/", bus_name=program.bus.name, interface=ADDRESS.interface)
    program.bus.send(new_method_call(nowhere, "Notify", "s", ("only one word",)))
    program.bus.send(new_method_call(nowhere, "Notify", "ssssssss", tuple("abcdefgh")))
    program.bus.send(new_method_call(nowhere, "Notify", "as" * 8, tuple([["a"]] * 8)))
    id_ = program.show("a real one")
    assert [notified.summary for notified in read(reader)] == ["a real one"]
    program.take_away(id_)


@pytest.mark.parametrize("body", ["<img " + 'alt="" ' * 20_000, '<img alt="a"' * 10_000, "<b " * 50_000, "&" * 50_000])
def test_no_words_hold_up_the_reader_and_what_is_too_long_is_cut(
    reader: NotificationReader, program: Program, body: str
) -> None:
    began = time.monotonic()
    id_ = program.show("s" * 50_000, body, app="a" * 50_000)
    (notified,) = read(reader)
    assert time.monotonic() - began < SOON / 3, "it took more than ten thousand times as long"
    assert (len(notified.app), len(notified.summary)) == (LONGEST_NAME, LONGEST_SUMMARY)
    assert len(notified.body) <= LONGEST_BODY
    program.take_away(id_)


def test_without_a_bus_nothing_is_read_and_why_is_said() -> None:
    reader = NotificationReader(SystemClock(), lambda: Bus(None))
    assert reader.bus is None and reader.read() == []
    assert reader.why_not is not None and reader.why_not.startswith("The notifications of other programs cannot be")


def test_a_bus_that_goes_away_is_dropped_and_looked_for_again() -> None:
    with Desktop(window_manager=False) as first:
        where = [first.session_bus]
        reader = NotificationReader(SystemClock(), lambda: Bus(where[0]))
    assert reader.read() == [] and reader.bus is None and reader.why_not is not None
    with Desktop(window_manager=False) as second:
        where[0] = second.session_bus
        reader.mend()
        assert reader.bus is not None and reader.why_not is None
        reader.close()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("plain", "plain"),
        ('<a href="https://example.org">a link</a>', "a link"),
        ('see <img src="x.png" alt="a cat"/> here', "see a cat here"),
        ("<img src='x.png'>", ""),
        ("1 < 2 and 3 > 2, i<j", "1 < 2 and 3 > 2, i<j"),
        ("List<String> stays", "List<String> stays"),
        ("&lt;b&gt; is shown", "<b> is shown"),
    ],
)
def test_markup_is_taken_out_and_nothing_else(body: str, words: str) -> None:
    assert without_markup(body) == words


# One contract for the real notifier and its fake


class Person:
    """Presses buttons and closes notifications, on the real desktop with the mouse."""

    def __init__(self, notifier: Notifier, press: Callable[[int, str], None], dismiss: Callable[[int], None]) -> None:
        self.notifier, self.press, self.dismiss = notifier, press, dismiss


@pytest.fixture(params=["desktop", "fake"])
def person(request: pytest.FixtureRequest) -> Iterator[Person]:
    if request.param == "fake":
        fake = FakeNotifier()
        yield Person(fake, fake.press, fake.dismiss)
        return
    desk: Desktop = request.getfixturevalue("desk")
    program: Program = request.getfixturevalue("program")
    with closing(DesktopNotifier(lambda: Bus(desk.session_bus))) as notifier:
        yield Person(notifier, lambda _id, _action: click_the_only_button(desk), program.take_away)
    until(lambda: not popups(desk), "the last pop-up to be gone")


def popups(desk: Desktop) -> list[int]:
    found = desk.ask("xdotool", "search", "--onlyvisible", "--class", "xfce4-notifyd").split()
    return [int(each) for each in found if desk.geometry(int(each))[2] > 50]


def click_the_only_button(desk: Desktop) -> None:
    def place() -> tuple[int, int, int, int] | None:
        return desk.geometry(popup) if (popup := next(iter(popups(desk)), 0)) else None

    before = None
    while before is None or before != place():  # it moves while it appears
        before = until(place, "the pop-up")
    x, y, width, height = before
    desk.xdo("mousemove", x + width - 45, y + height - 30, "click", 1)


def test_a_pressed_button_is_answered_once(person: Person) -> None:
    assert person.notifier.has_buttons()
    shown = person.notifier.show("Time for a break?", "90 minutes in one window", {"pause": "Pause"})
    assert person.notifier.answer(0) is None
    person.press(shown, "pause")
    assert person.notifier.answer(SOON) == Answer(id=shown, action="pause")
    assert person.notifier.answer(0.2) is None, "its going is no second answer"


def test_one_that_goes_unanswered_is_told_without_an_action(person: Person) -> None:
    first, second = person.notifier.show("one", "a & b"), person.notifier.show("two", "<b>", urgency="low")
    assert first != second
    person.dismiss(first)
    person.dismiss(second)
    answers = [person.notifier.answer(SOON), person.notifier.answer(SOON)]
    assert answers == [Answer(id=first, action=None), Answer(id=second, action=None)]


def test_one_that_was_withdrawn_is_not_answered(person: Person) -> None:
    shown = person.notifier.show("never mind", "")
    person.notifier.withdraw(shown)
    person.notifier.withdraw(shown)
    assert person.notifier.answer(0.1) is None


def test_without_a_service_the_real_one_says_that_nothing_can_be_shown() -> None:
    with Desktop(window_manager=False) as desk:
        notifier = DesktopNotifier(lambda: Bus("unix:path=/nonexistent"))
        assert not notifier.has_buttons()
        with pytest.raises(NotYet, match="No notification can be shown"):
            notifier.show("hello", "")
        where = desk.session_bus
    gone = DesktopNotifier(lambda: Bus(where))
    assert gone.answer(0) is None and not gone.has_buttons()


# The real one alone: who may answer, and a service that goes


def test_only_who_shows_it_can_say_that_a_button_was_pressed(desk: Desktop, program: Program) -> None:
    with closing(DesktopNotifier(lambda: Bus(desk.session_bus))) as ours:
        shown = ours.show("Start a focus time?", "", {"do": "Start"})
        assert ours._bus is not None
        us = DBusAddress(ADDRESS.object_path, bus_name=ours._bus.name, interface=ADDRESS.interface)
        for member, signature, body in (
            ("ActionInvoked", "us", (shown, "do")),
            ("NotificationClosed", "uu", (shown, 2)),
            ("ActionInvoked", "s", ("do",)),
            ("ActionInvoked", "ss", ("1", "do")),
            ("ActionInvoked", "ass", (["1"], "do")),
        ):
            for to in (us, DBusAddress(ADDRESS.object_path, interface=ADDRESS.interface)):
                forged = new_signal(to, member, signature, body)
                if to.bus_name:
                    forged.header.fields[HeaderFields.destination] = to.bus_name
                program.bus.send(forged)
        program.bus.names()  # all of it has gone through the bus
        assert ours.answer(0.2) is None
        ours.withdraw(shown)


@pytest.mark.parametrize(("signature", "body"), [("s", ("7",)), ("", ()), ("as", (["7"],)), ("uu", (7, 7))])
def test_a_service_that_answers_with_something_else_shows_nothing(
    signature: str, body: tuple[object, ...], bare: Desktop
) -> None:
    with closing(Bus(bare.session_bus)) as odd:
        odd.call(message_bus.RequestName("org.freedesktop.Notifications"))
        over = threading.Event()

        def answer() -> None:
            while not over.is_set():
                select.select([odd], [], [], 0.1)
                for message in odd.arrived():
                    if message.header.message_type is MessageType.method_call:
                        odd.send(new_method_return(message, signature or None, body))

        answering = threading.Thread(target=answer)
        answering.start()
        try:
            with closing(DesktopNotifier(lambda: Bus(bare.session_bus))) as ours:
                assert not ours.has_buttons()
                with pytest.raises(NotYet, match="No program on this desktop shows notifications"):
                    ours.show("hello", "")
                assert find_do_not_disturb(lambda: Bus(bare.session_bus)) is None
        finally:
            over.set()
            answering.join()


def test_a_service_that_is_killed_takes_its_notifications_along_and_the_next_one_shows_again() -> None:
    with Desktop(window_manager=False) as desk:
        first = desk.spawn(notification_daemon())
        desk.wait_for_name("org.freedesktop.Notifications")
        with closing(DesktopNotifier(lambda: Bus(desk.session_bus))) as ours:
            shown = ours.show("one", "")
            desk.stop(first)
            assert ours.answer(SOON) == Answer(id=shown, action=None)
            desk.spawn(notification_daemon())
            desk.wait_for_name("org.freedesktop.Notifications")
            assert ours.show("two", "") > 0
