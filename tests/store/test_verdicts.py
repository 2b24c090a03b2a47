"""A draw has one answer, which can be changed and taken back."""

from __future__ import annotations

import pytest

from gum_app.records import PERSON, PropositionId, SpotCheckId
from gum_app.store.observing import ForgottenMeanwhile
from gum_app.store.store import Store
from tests.builders import NOON, a_revision, a_spot_check, a_verdict

ONE = SpotCheckId(1)


@pytest.fixture
def tea(store: Store) -> PropositionId:
    id_ = store.add_revisions([a_revision(text="Likes tea.", topic="tea")])[0]
    store.add_spot_checks([a_spot_check(proposition_id=id_)])
    return id_


def test_a_draw_comes_back_with_its_answer(store: Store, tea: PropositionId) -> None:
    assert store.spot_check(ONE) == a_spot_check(proposition_id=tea)
    store.add_feedback(a_verdict("partly", proposition_id=tea, spot_check=ONE))
    check = store.spot_check(ONE)
    assert check is not None and check.verdict == "partly"
    assert store.spot_check(SpotCheckId(2)) is None


def test_another_answer_takes_the_place_of_the_first_and_it_can_be_dropped(store: Store, tea: PropositionId) -> None:
    wrong = a_verdict("wrong", proposition_id=tea, spot_check=ONE)
    for verdict in (a_verdict("right", proposition_id=tea, spot_check=ONE), wrong):
        store.add_feedback(verdict)
    assert store.feedback() == [wrong]
    assert store.drop_answer(ONE) == wrong
    assert (store.feedback(), store.drop_answer(ONE)) == ([], None)
    store.put_skipped(ONE, True)
    check = store.spot_check(ONE)
    assert check is not None and check.skipped


def test_undoing_the_persons_word_unanswers_the_draw(store: Store, tea: PropositionId) -> None:
    store.add_revisions([a_revision("confirmed", proposition_id=tea, made_by=PERSON, at=NOON)])
    store.add_feedback(a_verdict("right", proposition_id=tea, spot_check=ONE, at=NOON))
    store.undo_last(NOON)
    check = store.spot_check(ONE)
    assert check is not None and check.verdict is None


def test_what_was_forgotten_meanwhile_is_neither_judged_nor_drawn(store: Store) -> None:
    with pytest.raises(ForgottenMeanwhile):
        store.add_feedback(a_verdict(proposition_id=PropositionId(9)))
    with pytest.raises(ForgottenMeanwhile):
        store.add_spot_checks([a_spot_check(proposition_id=PropositionId(9))])


def test_an_answer_that_is_not_to_its_own_draw_is_found(store: Store, tea: PropositionId) -> None:
    other = store.add_revisions([a_revision(topic="other", text="Sings.")])[0]
    store.add_feedback(a_verdict(proposition_id=other, spot_check=ONE))
    assert tea != other
    assert store.integrity() == ["Verdict 1 answers a draw that is not its own."]
