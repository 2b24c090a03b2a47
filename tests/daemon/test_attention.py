"""What other programs show is minded on a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from gum_app.clock import SetClock
from gum_app.daemon.attention import LONGEST_SHOWN, MOST_SHOWN, SHOWN_WITHIN, Attention, hear
from gum_app.daemon.focus import Focus
from gum_app.daemon.gate import Gate
from gum_app.daemon.room import Room
from gum_app.daemon.triage import Triage
from gum_app.digest import DigestId
from gum_app.errors import NotYet
from gum_app.paths import Home
from gum_app.records import Urgency
from gum_app.settings import Settings
from gum_app.store.store import Store
from gum_app.world.hands import Notified
from tests.builders import NOON
from tests.daemon.watching import KEY
from tests.desktop import PATIENCE_SECONDS, Desktop, until
from tests.store.test_digesting import show
from tests.world.fake_notifier import FakeNotifier


@pytest.fixture
def room(home: Home) -> Room:
    room = Room(home=home, gate=Gate(needs_light=False), clock=SetClock(NOON))
    room.open(KEY)
    return room


@pytest.fixture
def store(room: Room) -> Iterator[Store]:
    with closing(room.open_store()) as store:
        yield store


@pytest.fixture
def notifier() -> FakeNotifier:
    return FakeNotifier()


@pytest.fixture
def attention(room: Room, store: Store, notifier: FakeNotifier) -> Attention:
    return minding(room, store, notifier)


def minding(room: Room, store: Store, notifier: FakeNotifier) -> Attention:
    settings = Settings(triage_notifications=True)
    return Attention(room, store, Triage(store, room.clock, settings=lambda: settings, pen=room.pen), notifier)


def said(notifier: FakeNotifier) -> list[tuple[str, str]]:
    return [(note.summary, note.body) for note in notifier.on_screen.values()]


def pass_time(room: Room, span: timedelta) -> None:
    assert isinstance(room.clock, SetClock)
    room.clock.put(room.clock.now() + span)


def notify(room: Room, store: Store, summary: str, body: str, *, app: str, urgency: Urgency = "normal") -> DigestId:
    """As the recorder would: what is kept lacks what the audit cut out."""
    id_ = show(store, f"{summary}\n…", app=app, urgency=urgency)
    hear(room, id_, Notified(at=NOON, app=app, summary=summary, body=body, urgency=urgency))
    return id_


def test_a_focus_time_ends_by_itself_and_that_is_shown(room: Room, notifier: FakeNotifier) -> None:
    def attend() -> None:
        with closing(room.open_store()) as store:
            minding(room, store, notifier).attend(room.quitting.is_set)

    attention = threading.Thread(target=attend)
    attention.start()
    room.focus.start(25)
    pass_time(room, timedelta(minutes=25))
    room.something_to_attend.set()
    until(lambda: said(notifier), "the end of the focus time")
    ((summary, body),) = said(notifier)
    assert summary == "Focus time is over"
    assert body.startswith("Your focus time is over after 25 minutes.")
    room.quit()
    attention.join(PATIENCE_SECONDS)
    assert not attention.is_alive() and not room.focus.state().is_on


# In a focus time


@pytest.fixture
def focus(room: Room, desk: Desktop, monkeypatch: pytest.MonkeyPatch) -> Iterator[Focus]:
    """On a desktop that shows what is critical all the same."""
    desk.enter(monkeypatch)
    room.focus.start(25)
    assert room.focus.shows_again()
    yield room.focus
    room.focus.stop()


@pytest.mark.desktop
def test_the_important_is_shown_again_as_it_was_said_and_nothing_else_is(
    room: Room, store: Store, attention: Attention, notifier: FakeNotifier, focus: Focus
) -> None:
    important = notify(room, store, "Stand-up in 5 minutes", "Room 4", app="Calendar")
    waits = notify(room, store, "Backup finished", "2 GB", app="Backups")
    notify(room, store, "Battery low", "8 %", app="Power", urgency="critical")  # the desktop shows it by itself
    while attention.step():
        pass
    assert said(notifier) == [
        ("Calendar: Stand-up in 5 minutes", "Room 4\nShown in your focus time: a reminder is of use only now.")
    ]
    assert [note.urgency for note in notifier.on_screen.values()] == ["critical"]
    shown = [store.digest_item(id_) for id_ in (important, waits)]
    assert [item.shown_at for item in shown if item is not None] == [NOON, None]
    ended = focus.stop()
    assert ended is not None
    assert ended.told == (
        "Your focus time is over after 1 minute. 1 notification waited, 2 were shown. The digest has all of them."
    )


@pytest.mark.desktop
@pytest.mark.parametrize("flag", ["locked", "sharing", "asleep"])
def test_nothing_is_shown_that_others_may_see(
    room: Room, store: Store, attention: Attention, notifier: FakeNotifier, focus: Focus, flag: str
) -> None:
    assert focus.state().is_on
    setattr(room.gate, flag, True)
    notify(room, store, "Stand-up in 5 minutes", "Room 4", app="Calendar")
    attention.step()
    assert said(notifier) == []


@pytest.mark.desktop
def test_however_many_are_important_only_a_few_are_shown(
    room: Room, store: Store, attention: Attention, notifier: FakeNotifier, focus: Focus
) -> None:
    assert focus.state().is_on
    for number in range(3 * MOST_SHOWN):
        notify(room, store, f"Stand-up {number}", "x" * 10_000, app="Calendar")
    while attention.step():
        pass
    assert len(said(notifier)) == MOST_SHOWN
    assert all(len(body) < LONGEST_SHOWN + 100 for _, body in said(notifier))
    pass_time(room, SHOWN_WITHIN)
    notify(room, store, "Stand-up", "", app="Calendar")
    attention.step()
    assert len(said(notifier)) == MOST_SHOWN + 1


@pytest.mark.desktop
def test_what_was_heard_before_a_restart_is_shown_as_it_is_kept(
    room: Room, store: Store, attention: Attention, notifier: FakeNotifier, focus: Focus
) -> None:
    assert focus.state().is_on
    show(store, "Stand-up\nRoom 4", app="Calendar")
    attention.step()
    assert [summary for summary, _ in said(notifier)] == ["Calendar: Stand-up"]


@pytest.mark.desktop
def test_where_nothing_can_be_shown_it_stays_in_the_digest_as_not_shown(
    room: Room,
    store: Store,
    attention: Attention,
    notifier: FakeNotifier,
    focus: Focus,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> int:
        raise NotYet("No notification can be shown.")

    monkeypatch.setattr(notifier, "show", fail)
    id_ = notify(room, store, "Stand-up", "", app="Calendar")
    attention.step()
    item = store.digest_item(id_)
    assert item is not None and item.shown_at is None and focus.state().is_on


def test_outside_a_focus_time_nothing_is_shown_again(
    room: Room, store: Store, attention: Attention, notifier: FakeNotifier
) -> None:
    id_ = notify(room, store, "Stand-up", "", app="Calendar")
    assert attention.step()
    item = store.digest_item(id_)
    assert item is not None and item.judgement is not None
    assert (said(notifier), item.judgement.attention, len(room.heard)) == ([], "now", 0)
