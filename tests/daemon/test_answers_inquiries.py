"""Answers of the person, over the real link and on a real database."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from gum_app.clock import SetClock
from gum_app.daemon.inquirer import inquire
from gum_app.daemon.room import Room
from gum_app.records import PERSON, InquiryId, PropositionId
from gum_app.store.store import Store
from tests.builders import NOON, a_revision
from tests.daemon.test_answers import Ask, ask, belief, refusal, room, store  # noqa: F401 - fixtures
from tests.store.life import an_inquiry
from tests.store.test_inquiries import tell


@pytest.fixture
def unsure(store: Store) -> tuple[PropositionId, InquiryId]:  # noqa: F811
    tea = tell(store)
    return tea, store.add_inquiry(an_inquiry(tea))


@pytest.fixture
def against(store: Store, room: Room) -> tuple[PropositionId, PropositionId, InquiryId]:  # noqa: F811
    """The person's word, what speaks against it, and the question."""
    mine = tell(store, "Has the keys on Saturday.", made_by=PERSON)
    other = tell(store, "Has the keys on Monday.", confidence_raw=0.95, ceiling=0.97)
    store.add_revisions([a_revision("contradicted", proposition_id=mine, other=other)])
    inquire(store, NOON, pen=room.pen)
    return mine, other, store.inquiries(NOON)[0].id


def states(store: Store, *ids: PropositionId) -> list[str]:  # noqa: F811
    return [belief(store, id_).state for id_ in ids]


@pytest.mark.parametrize(
    ("answer", "state", "verdict"),
    [("yes", "active", "right"), ("no", "rejected", "wrong"), ("changed", "active", "partly")],
)
def test_what_we_were_unsure_of_is_settled_and_counts_as_a_verdict(
    ask: Ask,  # noqa: F811
    store: Store,  # noqa: F811
    unsure: tuple[PropositionId, InquiryId],
    answer: str,
    state: str,
    verdict: str,
) -> None:
    tea, id_ = unsure
    ask("answer", inquiry=id_, answer=answer, text="Likes green tea.")
    assert states(store, tea) == [state]
    assert [feedback.verdict for feedback in store.feedback()] == [verdict]
    assert belief(store, tea).text == ("Likes green tea." if answer == "changed" else "Likes tea.")
    assert store.inquiries(NOON) == []
    ask("undo")
    assert states(store, tea) == ["active"]
    assert [inquiry.id for inquiry in store.inquiries(NOON)] == [id_]
    assert store.feedback() == []
    assert store.integrity() == []


class Ticking(SetClock):
    """Each look at it finds it a second later, as a real one may."""

    def now(self) -> datetime:
        self.put(super().now() + timedelta(seconds=1))
        return super().now()


def test_the_verdict_of_an_answer_is_taken_back_with_it_while_time_goes_on(
    ask: Ask,  # noqa: F811
    store: Store,  # noqa: F811
    room: Room,  # noqa: F811
    unsure: tuple[PropositionId, InquiryId],
) -> None:
    room.clock = Ticking(NOON)
    ask("answer", inquiry=unsure[1], answer="no")
    assert [feedback.verdict for feedback in store.feedback()] == ["wrong"]
    ask("undo")
    assert store.feedback() == []


def test_a_private_matter_that_is_wrong_is_kept_more_strictly_however_it_was_asked(
    ask: Ask,  # noqa: F811
    store: Store,  # noqa: F811
) -> None:
    illness = tell(store, "Takes antidepressants.")
    ask("answer", inquiry=store.add_inquiry(an_inquiry(illness)), answer="no")
    assert store.reluctance() == {"health": 1}


def test_who_does_not_want_to_be_asked_is_not_asked_again(
    ask: Ask,  # noqa: F811
    store: Store,  # noqa: F811
    unsure: tuple[PropositionId, InquiryId],
) -> None:
    tea, id_ = unsure
    ask("answer", inquiry=id_, answer="never")
    assert len(belief(store, tea).revisions) == 1
    assert store.inquiries(NOON) == []
    assert store.askable(least=0, most=1) == []


def test_still_so_sets_aside_what_spoke_against_it(
    ask: Ask,  # noqa: F811
    store: Store,  # noqa: F811
    against: tuple[PropositionId, PropositionId, InquiryId],
) -> None:
    mine, other, id_ = against
    ask("answer", inquiry=id_, answer="yes")
    assert states(store, mine, other) == ["active", "retired"]
    assert store.feedback() == [], "it was the person's word before"
    ask("undo")
    assert states(store, mine, other) == ["active", "active"]


def test_not_any_more_ends_it_and_nothing_that_is_seen_revives_it(
    ask: Ask,  # noqa: F811
    store: Store,  # noqa: F811
    against: tuple[PropositionId, PropositionId, InquiryId],
) -> None:
    mine, _, id_ = against
    ask("answer", inquiry=id_, answer="no")
    store.add_revisions([a_revision("supported", proposition_id=mine)])
    assert states(store, mine) == ["ended"]


def test_changed_begins_another_in_the_persons_words(
    ask: Ask,  # noqa: F811
    store: Store,  # noqa: F811
    against: tuple[PropositionId, PropositionId, InquiryId],
) -> None:
    mine, _, id_ = against
    ask("answer", inquiry=id_, answer="changed", text="Has the keys on Tuesday.")
    (new,) = store.propositions_about("told:has the keys on tuesday.")
    assert (new.state, new.revisions[0].other, new.confidence) == ("active", mine, 0.99)
    assert states(store, mine) == ["ended"]
    ask("undo")
    assert states(store, mine) == ["active"]
    assert store.proposition(new.id) is None
    assert store.integrity() == []


def test_what_cannot_be_answered_says_why(
    ask: Ask,  # noqa: F811
    store: Store,  # noqa: F811
    unsure: tuple[PropositionId, InquiryId],
) -> None:
    tea, id_ = unsure
    assert "yes, no, changed or never" in refusal(ask, "answer", inquiry=id_, answer="perhaps")
    assert "write a sentence" in refusal(ask, "answer", inquiry=id_, answer="changed")
    assert "not open" in refusal(ask, "answer", inquiry=99, answer="yes")
    assert "number" in refusal(ask, "answer", answer="yes")
    ask("answer", inquiry=id_, answer="yes")
    assert "not open" in refusal(ask, "answer", inquiry=id_, answer="no")
    assert states(store, tea) == ["active"]


def test_what_is_kept_away_is_lifted(ask: Ask, store: Store) -> None:  # noqa: F811
    tea = tell(store)
    ask("say", id=tea, verdict="wrong")
    assert ask("lift", id=tea) == {"lifted": True}
    assert states(store, tea) == ["active"]
    assert "nothing to lift" in refusal(ask, "lift", id=tea)
    ask("undo")
    assert states(store, tea) == ["rejected"]


def test_an_expired_question_is_not_answered(
    ask: Ask,  # noqa: F811
    room: Room,  # noqa: F811
    unsure: tuple[PropositionId, InquiryId],
) -> None:
    room.clock.put(NOON + timedelta(days=8))  # type: ignore[attr-defined]
    assert "not open" in refusal(ask, "answer", inquiry=unsure[1], answer="yes")


@pytest.mark.parametrize("answer", ["yes", "no", "changed", "never"])
@pytest.mark.parametrize("meanwhile", ["rejected", "merged", "forgotten", "answered", "a year"])
def test_a_question_in_an_old_window_overrules_nothing(
    ask: Ask,  # noqa: F811
    store: Store,  # noqa: F811
    room: Room,  # noqa: F811
    unsure: tuple[PropositionId, InquiryId],
    answer: str,
    meanwhile: str,
) -> None:
    tea, id_ = unsure
    coffee = tell(store, "Likes coffee.")
    if meanwhile == "rejected":
        ask("say", id=tea, verdict="wrong")
    elif meanwhile == "merged":
        ask("merge", id=coffee, **{"with": tea})
    elif meanwhile == "forgotten":
        ask("forget", proposition=tea)
    elif meanwhile == "answered":
        ask("answer", inquiry=id_, answer="no")
    else:
        room.clock = SetClock(NOON + timedelta(days=366))
    before = store.proposition(tea)
    assert "not open" in refusal(ask, "answer", inquiry=id_, answer=answer, text="Likes green tea.")
    assert store.proposition(tea) == before
    assert store.integrity() == []
