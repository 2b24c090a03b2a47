"""What is due is done once; what is not due, or would disturb somebody, is left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from gum_app.clock import SetClock
from gum_app.daemon.chores import do_what_is_due, expire, tidy_by_night
from gum_app.daemon.gate import Gate
from gum_app.daemon.room import Room
from gum_app.daemon.thinker import Thinker
from gum_app.daemon.wishes import Wishes
from gum_app.paths import Home
from gum_app.records import Disclosure
from gum_app.store.store import ForgettingUnfinished, Store
from tests.builders import NOON, a_revision
from tests.daemon.watching import KEY
from tests.store.life import see

LATER = NOON + timedelta(days=400)


@pytest.fixture
def room(home: Home) -> Room:
    return Room(home=home, gate=Gate(needs_light=False), clock=SetClock(LATER))


@pytest.fixture
def store(room: Room) -> Iterator[Store]:
    room.open(KEY)
    with room.open_store() as store:
        yield store


def test_only_what_is_due_is_done_and_once(room: Room, store: Store) -> None:
    thinker = Thinker(store, room.clock, person=Wishes(store).person, report=room.report_fault, pen=room.pen)
    see(store, "long ago")
    do_what_is_due(room, store, thinker)
    assert len(store.observations()) == 1
    room.expire_soon()
    do_what_is_due(room, store, thinker)
    assert store.observations() == []
    assert not any(due.is_set() for due in (room.expire_due, room.learning_due, room.routines_due, room.night_due))


def test_what_programs_were_told_goes_after_a_year_as_shipped(room: Room, store: Store) -> None:
    for at in (NOON, LATER):
        store.add_disclosure(Disclosure(client="claude", at=at, verb="context"))
    expire(room, store)
    assert [each.at for each in store.disclosures()] == [LATER]


def test_traces_that_cannot_be_wiped_stay_due(room: Room, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def in_the_way() -> None:
        raise ForgettingUnfinished("A reader is in the way.")

    monkeypatch.setattr(store, "finish_forgetting", in_the_way)
    with pytest.raises(ForgettingUnfinished):
        expire(room, store)
    assert room.expire_due.is_set()


def test_by_night_it_is_tidied_where_nobody_is_there_and_nobody_tidies_already(room: Room, store: Store) -> None:
    store.add_revisions([a_revision(text="Has the dentist on Monday 16 March 2026.", proposition_kind="plan")])
    tidy_by_night(room, store)
    assert store.tidied_at() is None, "somebody may be there"
    room.gate.away = True
    with room.tidying:
        tidy_by_night(room, store)
    assert store.tidied_at() is None, "somebody tidies already"
    tidy_by_night(room, store)
    assert store.tidied_at() == LATER
