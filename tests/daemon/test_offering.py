"""Notifications: what is shown, what its buttons do, when it goes, and what becomes of it. Shown by a fake here; on a
real desktop in `tests/stories/test_offered.py`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from gum_app.clock import SetClock
from gum_app.daemon.doing import Doing
from gum_app.daemon.gate import Gate
from gum_app.daemon.offering import AHEAD_SECONDS, HELD_SECONDS, IGNORED_SECONDS, Offering
from gum_app.daemon.room import Room
from gum_app.errors import NotYet
from gum_app.paths import Home
from gum_app.store.store import ForgetScope, Store
from gum_app.suggestions import Act, Reminder, ReminderId, Suggestion, SuggestionId
from tests.builders import NOON, an_offer
from tests.daemon.test_answers import store  # noqa: F401 - a fixture
from tests.store.life import see
from tests.world.fake_notifier import FakeNotifier, ShownNote

REMIND = Act(kind="reminder", title="Move the van", at=NOON + timedelta(hours=1))
DRAFT = Act(kind="draft", title="Keys", text="Dear Ann")


class Broken(FakeNotifier):
    """No program shows notifications, for as long as the test says so."""

    broken = True

    def show(self, *said: Any, **more: Any) -> int:
        if self.broken:
            raise NotYet("No program on this desktop shows notifications.")
        return super().show(*said, **more)


class Table:
    """What a test moves: the clocks, the notifier, the gate, the store."""

    def __init__(self, room: Room, store: Store, notifier: FakeNotifier) -> None:  # noqa: F811
        self.room, self.store, self.notifier = room, store, notifier
        self.spans = SetClock(NOON)
        self.offering = Offering(room, store, notifier, doing=Doing(room), spans=self.spans)

    def show(self, act: Act = REMIND, **more: Any) -> SuggestionId:
        """As a round does that found it worth showing."""
        seen = see(self.store, "the van")
        topic = f"topic {len(self.store.suggestions())}"
        id_ = self.store.add_offer(an_offer(**{"act": act, "seen_in": (seen,), "topic": topic, **more}), NOON)
        self.store.put_suggestion(replace(self.of(id_), state="shown", shown_at=self.room.clock.now()))
        self.room.show([id_])
        self.offering.step()
        return id_

    def wait(self, seconds: float) -> float | None:
        for clock in (self.room.clock, self.spans):
            assert isinstance(clock, SetClock)
            clock.put(clock.now() + timedelta(seconds=seconds))
        return self.offering.step()

    def of(self, id_: SuggestionId) -> Suggestion:
        kept = self.store.suggestion(id_)
        assert kept is not None
        return kept

    @property
    def notes(self) -> list[ShownNote]:
        return list(self.notifier.on_screen.values())

    def press(self, action: str) -> None:
        (id_,) = self.notifier.on_screen
        self.notifier.press(id_, action)
        self.offering.step()

    def remind(self, text: str = "Keys", seconds: float = 60) -> ReminderId:
        due = self.room.clock.now() + timedelta(seconds=seconds)
        return self.store.add_reminder(Reminder(id=ReminderId(0), text=text, due_at=due, made_at=NOON))

    def answers(self) -> list[str]:
        return [each.answer for each in self.store.suggestion_answers()]


@pytest.fixture
def room(home: Home) -> Room:
    return Room(home=home, gate=Gate(needs_light=False), clock=SetClock(NOON))


@pytest.fixture
def table(room: Room, store: Store) -> Table:  # noqa: F811
    return Table(room, store, FakeNotifier())


def test_a_suggestion_is_shown_once_with_its_buttons(table: Table) -> None:
    table.show()
    (note,) = table.notes
    assert list(note.actions) == ["do", "later", "no", "why", "default"]
    table.offering.step()
    assert len(table.notes) == 1


def test_the_button_of_a_reminder_does_it_at_once_and_can_be_undone_there(table: Table) -> None:
    id_ = table.show()
    table.press("do")
    assert (table.of(id_).state, [each.text for each in table.store.reminders()]) == ("taken", ["Move the van"])
    (note,) = table.notes
    assert note.body == "You will be reminded: 13:00."
    table.press("undo")
    assert (table.of(id_).state, table.store.reminders(), table.answers()) == ("undone", [], ["taken", "undone"])
    assert [note.summary for note in table.notes] == ["Undone"]


def test_what_could_not_be_undone_is_not_said_to_be(table: Table) -> None:
    id_ = table.show()
    table.press("do")
    Doing(table.room).undo(id_)  # in the window, meanwhile
    table.press("undo")
    assert [note.summary for note in table.notes] == ["Nothing was undone"]


def test_whatever_is_more_than_a_line_is_shown_in_the_window_first(table: Table) -> None:
    id_ = table.show(DRAFT)
    table.press("do")
    assert (table.of(id_).state, table.answers()) == ("shown", [])
    wanted = table.room.wanted
    assert wanted is not None and (wanted.page, wanted.id, wanted.serial) == ("preview", id_, 1)
    assert not table.room.home.outbox.exists()


@pytest.mark.parametrize("action", ["why", "default"])
def test_why_opens_the_window_and_is_no_answer(table: Table, action: str) -> None:
    first = table.show()
    table.press(action)
    second = table.show()
    table.press(action)
    assert table.room.wanted is not None
    assert (table.room.wanted.page, table.room.wanted.id, table.room.wanted.serial) == ("suggestions", second, 2)
    table.wait(IGNORED_SECONDS * 2)
    assert (table.of(first).state, table.answers()) == ("shown", [])


def test_later_and_not_this_are_answers(table: Table) -> None:
    first = table.show()
    table.press("later")
    assert (table.of(first).state, table.of(first).not_before) == ("waiting", NOON + timedelta(hours=2))
    second = table.show()
    table.press("no")
    assert (table.of(second).state, table.answers()) == ("dismissed", ["later", "dismissed"])


def test_nothing_said_for_some_minutes_is_an_answer(table: Table) -> None:
    id_ = table.show()
    table.notifier.dismiss(next(iter(table.notifier.on_screen)))
    table.wait(IGNORED_SECONDS - 1)
    assert table.of(id_).state == "shown", "it can still be answered in the window"
    table.wait(1)
    assert (table.of(id_).state, table.answers()) == ("ignored", ["ignored"])


def test_one_that_stays_on_the_screen_is_taken_away_then(table: Table) -> None:
    table.show()
    table.wait(IGNORED_SECONDS)
    assert table.notes == []


@pytest.mark.parametrize("shut", ["locked", "asleep", "sharing"])
def test_when_the_screen_is_locked_or_shared_it_goes_and_waits(table: Table, shut: str) -> None:
    id_ = table.show()
    setattr(table.room.gate, shut, True)
    table.offering.step()
    assert (table.notes, table.of(id_).state, table.answers()) == ([], "waiting", [])
    table.wait(IGNORED_SECONDS)
    assert table.answers() == []


def test_what_is_to_be_shown_just_then_is_not(table: Table) -> None:
    table.room.gate.sharing = True
    id_ = table.show()
    assert (table.notes, table.of(id_).state) == ([], "waiting")


def test_a_pause_takes_it_away(table: Table) -> None:
    table.show()
    table.room.gate.pause(NOON + timedelta(hours=1))
    table.offering.step()
    assert table.notes == []


def test_switched_off_in_the_settings_it_goes(table: Table, room: Room) -> None:
    table.show()
    with room.writing() as other:
        other.put_setting("suggestions", False)
    table.offering.step()
    assert table.notes == []


def test_what_is_forgotten_or_answered_elsewhere_goes(table: Table) -> None:
    id_ = table.show()
    table.store.forget(ForgetScope(observation_ids=table.of(id_).offer.seen_in), at=NOON)
    table.offering.step()
    assert table.notes == []
    other = table.show()
    table.store.put_suggestion(replace(table.of(other), state="dismissed"))
    table.offering.step()
    assert (table.notes, table.answers()) == ([], [])


def test_one_at_a_time(table: Table) -> None:
    table.show(title="one")
    table.show(title="two")
    assert [note.summary for note in table.notes] == ["two"]


def test_private_words_are_not_shown(table: Table) -> None:
    id_ = table.show(why_now="The biopsy is on Monday.")
    (note,) = table.notes
    assert note.summary == "A suggestion is waiting" and "biopsy" not in note.body
    table.press("why")
    assert table.room.wanted is not None and table.room.wanted.id == id_


def test_without_a_program_that_shows_them_it_waits_in_the_window_and_that_is_said(
    room: Room,
    store: Store,  # noqa: F811
) -> None:
    notifier = Broken()
    table = Table(room, store, notifier)
    id_ = table.show()
    assert room.offering_trouble == (
        "No program on this desktop shows notifications. Suggestions and reminders wait in the window."
    )
    table.wait(IGNORED_SECONDS)
    assert (table.of(id_).state, table.answers()) == ("shown", []), "who cannot see it does not ignore it"
    notifier.broken = False
    table.show()
    assert room.offering_trouble is None


def test_what_cannot_be_done_is_said_and_was_not_done(table: Table) -> None:
    id_ = table.show(Act(kind="focus", title="Focus", minutes=25))
    table.room.replayed = True  # where there is nothing to focus on
    table.press("do")
    (note,) = table.notes
    assert (note.summary, table.of(id_).state, table.answers()) == ("Nothing was done", "shown", [])


def test_when_it_ends_nothing_of_ours_stays_on_the_screen(table: Table) -> None:
    table.show()
    table.offering.offer(lambda: True)
    assert table.notes == []


# Reminders


def test_a_reminder_is_shown_when_its_time_has_come_and_once(table: Table) -> None:
    id_ = table.remind(seconds=20)
    assert table.offering.step() == 20
    assert table.notes == []
    table.wait(20)
    assert [note.body for note in table.notes] == ["Keys"]
    table.wait(30)
    assert len(table.notes) == 1
    table.press("done")
    reminder = table.store.reminder(id_)
    assert reminder is not None and reminder.done


def test_it_looks_again_soon_enough_for_a_clock_that_is_put(table: Table) -> None:
    assert table.offering.step() is None, "nothing to remind of: nothing wakes it"
    table.remind(seconds=86_400)
    assert table.offering.step() == AHEAD_SECONDS


def test_one_that_was_missed_is_shown_at_the_next_start(table: Table) -> None:
    table.remind(seconds=-3600)
    table.offering.step()
    assert [note.body for note in table.notes] == ["Keys"]


def test_in_ten_minutes_it_is_shown_again(table: Table) -> None:
    table.remind(seconds=0)
    table.offering.step()
    table.press("later")
    assert table.notes == []
    table.wait(600)
    assert [note.body for note in table.notes] == ["Keys"]


@pytest.mark.parametrize("shut", ["locked", "asleep", "away"])
def test_it_waits_until_somebody_is_there(table: Table, shut: str) -> None:
    table.remind(seconds=0)
    setattr(table.room.gate, shut, True)
    assert table.offering.step() == HELD_SECONDS
    assert table.notes == []
    setattr(table.room.gate, shut, False)
    table.offering.step()
    assert len(table.notes) == 1


def test_while_the_screen_is_shared_it_does_not_say_of_what(table: Table) -> None:
    table.remind("Keys", seconds=0)
    table.offering.step()
    table.room.gate.sharing = True
    table.offering.step()
    assert ["Keys" in note.body for note in table.notes] == [False]


def test_one_that_is_done_elsewhere_goes(table: Table) -> None:
    id_ = table.remind(seconds=0)
    table.offering.step()
    reminder = table.store.reminder(id_)
    assert reminder is not None
    table.store.put_reminder(replace(reminder, done=True))
    table.offering.step()
    assert table.notes == []


def test_where_nothing_can_be_shown_it_is_tried_again(room: Room, store: Store) -> None:  # noqa: F811
    notifier = Broken()
    table = Table(room, store, notifier)
    table.remind(seconds=0)
    assert table.offering.step() == HELD_SECONDS
    notifier.broken = False
    table.offering.step()
    assert len(table.notes) == 1
