"""Verdicts and the spot check: what is said binds as everywhere, can be changed, and teaches."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from gum_app.clock import SetClock
from gum_app.daemon.answers_judging import JudgingAnswers
from gum_app.daemon.gate import Gate
from gum_app.daemon.room import Room
from gum_app.errors import BadInput
from gum_app.paths import Home
from gum_app.records import PERSON, Proposition, PropositionId, SpotCheck
from gum_app.rules.merging import merged
from gum_app.store.store import Store
from tests.builders import NOON, a_revision
from tests.daemon.watching import KEY


@pytest.fixture
def room(home: Home) -> Room:
    return Room(home=home, gate=Gate(needs_light=False), clock=SetClock(NOON))


@pytest.fixture
def store(room: Room) -> Iterator[Store]:
    room.open(KEY)
    store = room.open_store()
    store.add_revisions(a_revision(text=f"Likes tea {n}.", topic=f"tea:{n}") for n in range(14))
    yield store
    store.close()


class Asked:
    def __init__(self, room: Room, store: Store) -> None:
        @contextmanager
        def writing() -> Iterator[Store]:
            yield store

        self._verbs = JudgingAnswers(room, writing).verbs
        self.room, self.store = room, store

    def __call__(self, verb: str, **fields: Any) -> dict[str, Any]:
        return list(self._verbs[verb](fields))[-1]

    def belief(self, id_: int) -> Proposition:
        found = self.store.proposition(PropositionId(id_))
        assert found is not None
        return found

    def drawn(self) -> SpotCheck:
        """The first of a fresh spot check."""
        self("spot_check")
        return self.store.spot_checks()[0]

    def later(self) -> None:
        assert isinstance(self.room.clock, SetClock)
        self.room.clock.put(self.room.clock.now() + timedelta(minutes=1))


@pytest.fixture
def ask(room: Room, store: Store) -> Asked:
    return Asked(room, store)


@pytest.mark.parametrize(("verdict", "state", "sure"), [("right", "active", 0.99), ("wrong", "rejected", 0.5)])
def test_a_verdict_binds_and_is_kept_with_how_sure_it_was(ask: Asked, verdict: str, state: str, sure: float) -> None:
    ask("say", id=1, verdict=verdict)
    belief = ask.belief(1)
    assert (belief.state, belief.confidence) == (state, sure)
    (kept,) = ask.store.feedback()
    assert (kept.verdict, kept.confidence_shown, kept.confidence_evidence) == (verdict, 0.5, 0.5)
    assert (kept.made_by, kept.spot_check) == ("rule:project", None)
    assert ask.room.learning_due.is_set()


def test_partly_changes_nothing_but_what_is_learned(ask: Asked) -> None:
    ask("say", id=1, verdict="partly")
    assert len(ask.belief(1).revisions) == 1
    assert [kept.verdict for kept in ask.store.feedback()] == ["partly"]


def test_a_verdict_on_the_persons_own_word_teaches_nothing_about_a_source(ask: Asked) -> None:
    ask("say", id=1, verdict="right")
    ask("say", id=1, verdict="right")
    assert [kept.made_by for kept in ask.store.feedback()] == ["rule:project", PERSON]
    assert len(ask.belief(1).revisions) == 2, "saying it twice adds nothing"


def test_ten_are_drawn_and_asking_again_goes_on_with_them(ask: Asked) -> None:
    assert ask("spot_check") == {"drawn": 10}
    drawn = ask.store.spot_checks()
    assert ask("spot_check") == {"drawn": 10}
    assert ask.store.spot_checks() == drawn
    for check in drawn:
        ask("spot_check_answer", id=check.id, verdict="skip")
    assert ask("spot_check") == {"drawn": 4}, "what was skipped is left in peace"


def test_where_nothing_is_left_to_judge_that_is_said(ask: Asked) -> None:
    for id_ in range(1, 15):
        ask("say", id=id_, verdict="right")
    with pytest.raises(BadInput, match="nothing to judge"):
        ask("spot_check")


def test_an_answer_acts_as_the_buttons_do_and_another_one_takes_it_back(ask: Asked) -> None:
    check = ask.drawn()
    ask("spot_check_answer", id=check.id, verdict="right")
    assert ask.belief(check.proposition_id).confirmed
    ask.later()
    ask("spot_check_answer", id=check.id, verdict="wrong")
    belief = ask.belief(check.proposition_id)
    assert (belief.confirmed, belief.state) == (False, "rejected")
    ask.later()
    ask("spot_check_answer", id=check.id, verdict="partly")
    assert ask.belief(check.proposition_id).state == "active"
    assert [(kept.verdict, kept.spot_check) for kept in ask.store.feedback()] == [("partly", check.id)]
    ask.later()
    ask("spot_check_answer", id=check.id, verdict="skip")
    assert ask.store.feedback() == []
    assert ask.store.spot_checks()[0].skipped
    assert ask.store.integrity() == []


def test_what_is_no_draw_or_no_verdict_is_refused(ask: Asked) -> None:
    for fields in ({"id": 99, "verdict": "right"}, {"id": "1", "verdict": "right"}, {"verdict": "right"}):
        with pytest.raises(BadInput, match="not drawn"):
            ask("spot_check_answer", **fields)
    with pytest.raises(BadInput, match="right, wrong or partly"):
        ask("spot_check_answer", id=1, verdict="maybe")
    with pytest.raises(BadInput, match="no proposition 99"):
        ask("say", id=99, verdict="right")


def test_that_it_was_offered_is_remembered(ask: Asked) -> None:
    week_later = NOON + timedelta(days=8)
    assert ask.store.spot_check_is_welcome(week_later)
    assert isinstance(ask.room.clock, SetClock)
    ask.room.clock.put(week_later)
    ask("spot_check_offered")
    assert not ask.store.spot_check_is_welcome(week_later)


def test_what_is_wrong_is_wrong_under_another_topic_too_and_taken_back_as_one(ask: Asked) -> None:
    lasting = {"topic": "model:tea", "text": "Likes tea 1, mostly."}
    twin = ask.store.add_revisions([a_revision(**lasting)])[0]
    mine = ask.store.add_revisions([a_revision(made_by=PERSON, **{**lasting, "topic": "told"})])[0]
    first = PropositionId(2)
    ask("say", id=first, verdict="wrong")
    assert [ask.belief(id_).state for id_ in (first, twin, mine, 3)] == ["rejected", "rejected", "active", "active"]
    undone = ask.store.undo_last(NOON)
    assert undone is not None
    assert undone.proposition_id == first
    assert [ask.belief(id_).state for id_ in (first, twin)] == ["active", "active"]
    assert ask.store.feedback() == []


def test_what_others_say_now_is_judged_there(ask: Asked) -> None:
    """Else two would stand beside each other again that the person made one."""
    one, two = ask.belief(1), ask.belief(2)
    ask.store.add_together(merged(one, two, why="The same.", made_by=PERSON, at=NOON))
    with pytest.raises(BadInput, match="Another says that now"):
        ask("say", id=2, verdict="right")
    assert ask.belief(2).state == "replaced"


def test_saying_it_twice_and_taking_it_back_takes_back_nothing_else(ask: Asked) -> None:
    ask("say", id=1, verdict="right")
    ask("say", id=2, verdict="wrong")
    ask("say", id=1, verdict="right")
    undone = ask.store.undo_last(NOON)
    assert undone is not None
    assert undone.proposition_id == 1
    assert ask.belief(2).state == "rejected"
