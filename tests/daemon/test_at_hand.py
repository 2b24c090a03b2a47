"""What is known is read again where it may have changed, and nowhere else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gum_app.daemon.at_hand import AtHand
from gum_app.daemon.recorder import Present
from gum_app.daemon.spoken import Spoken
from gum_app.pipeline.suggest import Known
from gum_app.records import ObservationId, Person
from gum_app.store.store import ForgetScope, Store
from gum_app.suggestions import Moment
from tests.builders import NOON, some_lines
from tests.store.life import believe, see

MINUTE = timedelta(minutes=1)


class Counting(AtHand):
    """Counts what it reads whole."""

    def __init__(self, store: Store) -> None:
        self.forgettings = 0
        super().__init__(store, person=Person, forgettings=lambda: self.forgettings)
        self.read: list[ObservationId] = []
        whole = store.observation

        def observation(id: ObservationId) -> object:  # noqa: A002
            self.read.append(id)
            return whole(id)

        store.observation = observation  # type: ignore[method-assign, assignment]


@pytest.fixture
def at_hand(store: Store) -> Counting:
    return Counting(store)


def known(at_hand: AtHand, store: Store, *, minutes: float = 0, front: ObservationId | None = None) -> Known:
    now = NOON + minutes * MINUTE
    return at_hand.known(Present(moment=Moment(at=now), front=front), now, store.newest())


def test_the_moment_has_the_title_that_is_kept(store: Store, at_hand: Counting) -> None:
    seen = see(store, "words", app="editor", title="plan.md")
    assert known(at_hand, store, front=seen).moment == Moment(at=NOON, app="editor", title="plan.md")
    assert known(at_hand, store, front=None).moment.app == ""
    assert known(at_hand, store, front=ObservationId(99)).moment.app == "", "forgotten meanwhile"


def test_what_is_long_over_is_read_once(store: Store, at_hand: Counting) -> None:
    old, new = see(store, "old", at=NOON - 60 * MINUTE), see(store, "new")
    assert [each.text for each in known(at_hand, store).lately] == ["old", "new"]
    assert at_hand.read == [old, new]
    store.extend_observation(new, ended_at=NOON + MINUTE, active_seconds=1, lines=some_lines("more"))
    assert [each.text for each in known(at_hand, store, minutes=1).lately] == ["old", "new\nmore"]
    assert at_hand.read == [old, new, new]


def test_what_was_prepared_for_one_look_serves_the_next(store: Store, at_hand: Counting) -> None:
    see(store, "old", at=NOON - 60 * MINUTE)
    first = known(at_hand, store)
    at_hand.remember(first)
    assert known(at_hand, store).scenes[0] is first.scenes[0]
    at_hand.forgettings += 1
    assert known(at_hand, store).scenes[0] is not first.scenes[0]


def test_what_is_forgotten_is_known_no_more(store: Store, at_hand: Counting) -> None:
    old = see(store, "old", at=NOON - 60 * MINUTE)
    believe(store, (old, "old"), text="It is old.")
    assert len(known(at_hand, store).beliefs) == 1
    store.forget(ForgetScope(observation_ids=(old,)), at=NOON)
    at_hand.forgettings += 1
    after = known(at_hand, store)
    assert (after.lately, after.beliefs) == ((), ())


def test_beliefs_are_chosen_again_when_there_is_a_new_one(store: Store, at_hand: Counting) -> None:
    believe(store, (see(store, "a"), "a"), text="One.")
    first = known(at_hand, store)
    assert known(at_hand, store, minutes=1).beliefs is first.beliefs
    believe(store, (see(store, "b"), "b"), text="Two.", topic="other")
    assert {each.text for each in known(at_hand, store).beliefs} == {"One.", "Two."}


def test_what_was_brought_in_was_not_done_before_our_eyes(store: Store, at_hand: Counting) -> None:
    see(store, "words", app="editor", title="plan.md", source="import")
    assert known(at_hand, store).lately == ()


def test_a_notification_of_ours_that_is_read_off_the_screen_is_not_known(store: Store) -> None:
    spoken = Spoken()
    spoken.add_note("“Export failed” for the third time", "“Export failed” was seen 3 times since 10:12.")
    see(store, "Export failed\n“Export failed” for the third time\n“Export failed” was seen 3 times", at=NOON)
    at_hand = AtHand(store, person=Person, spoken=spoken.notes_among)
    present = Present(moment=Moment(at=NOON), front=None)
    (seen,) = at_hand.known(present, NOON, store.newest()).lately
    assert [line.text for line in seen.lines] == ["Export failed"]
