"""What other programs show is minded on a thread of its own."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from gum_app.clock import SetClock
from gum_app.daemon.attention import Attention
from gum_app.daemon.gate import Gate
from gum_app.daemon.room import Room
from gum_app.paths import Home
from tests.builders import NOON
from tests.daemon.watching import KEY
from tests.desktop import PATIENCE_SECONDS, until
from tests.world.fake_notifier import FakeNotifier


@pytest.fixture
def room(home: Home) -> Room:
    room = Room(home=home, gate=Gate(needs_light=False), clock=SetClock(NOON))
    room.open(KEY)
    return room


def said(notifier: FakeNotifier) -> list[tuple[str, str]]:
    return [(note.summary, note.body) for note in notifier.on_screen.values()]


def test_a_focus_time_ends_by_itself_and_that_is_shown(room: Room) -> None:
    notifier = FakeNotifier()
    attention = threading.Thread(target=Attention(room, notifier).attend, args=(room.quitting.is_set,))
    attention.start()
    room.focus.start(25)
    assert isinstance(room.clock, SetClock)
    room.clock.put(NOON + timedelta(minutes=25))
    room.something_to_attend.set()
    until(lambda: said(notifier), "the end of the focus time")
    ((summary, body),) = said(notifier)
    assert summary == "Focus time is over"
    assert body.startswith("Your focus time is over after 25 minutes.")
    room.quit()
    attention.join(PATIENCE_SECONDS)
    assert not attention.is_alive() and not room.focus.state().is_on
