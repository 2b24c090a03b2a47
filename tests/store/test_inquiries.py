"""Questions on a real file: open, answered, never asked twice, gone with what they are about."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gum_app.records import PERSON, Feedback, PropositionId
from gum_app.store.store import ForgetScope, Store
from tests.builders import NOON, a_revision, some_evidence
from tests.store.life import an_inquiry

LATER = NOON + timedelta(days=10)


def tell(store: Store, text: str = "Likes tea.", **more: Any) -> PropositionId:
    items = tuple(some_evidence(f"{text} {n}", observation_id=None, at=NOON + timedelta(hours=n)) for n in (1, 2))
    return store.add_revisions([a_revision(text=text, topic=text, evidence=items, **more)])[0]


@pytest.fixture
def tea(store: Store) -> PropositionId:
    return tell(store)


def test_a_question_is_open_until_it_is_answered_or_expires(store: Store, tea: PropositionId) -> None:
    id_ = store.add_inquiry(an_inquiry(tea))
    (asked,) = store.inquiries(NOON)
    assert (asked.id, asked.proposition_id, asked.asked_at) == (id_, tea, NOON)
    assert store.inquiries(LATER) == []
    store.put_answer(id_, "never", with_deed=False)
    assert store.inquiries(NOON) == []
    answered = store.inquiry(id_)
    assert answered is not None
    assert answered.answer == "never"


def test_what_was_rejected_since_is_no_question_any_more(store: Store, tea: PropositionId) -> None:
    store.add_inquiry(an_inquiry(tea))
    store.add_revisions([a_revision("rejected", proposition_id=tea, made_by=PERSON)])
    assert store.inquiries(NOON) == []


def test_nothing_is_asked_twice(store: Store, tea: PropositionId) -> None:
    assert [belief.id for belief in store.askable(least=0.0, most=1.0)] == [tea]
    store.add_inquiry(an_inquiry(tea))
    assert store.askable(least=0.0, most=1.0) == []
    assert store.count_unsure_since(NOON - timedelta(days=1)) == 1
    assert store.count_unsure_since(NOON) == 0


def test_the_persons_word_the_judged_and_the_sure_are_not_asked(store: Store, tea: PropositionId) -> None:
    mine = tell(store, "Likes coffee.", made_by=PERSON)
    judged = tell(store, "Likes milk.")
    store.add_feedback(
        Feedback(
            at=NOON, proposition_id=judged, verdict="partly", confidence_shown=0.5, confidence_evidence=0.5, made_by="r"
        )
    )
    assert {belief.id for belief in store.askable(least=0.0, most=1.0)} == {tea}
    assert store.askable(least=0.9, most=1.0) == []
    assert mine != tea


def test_each_pair_that_contradicts_is_asked_about_once(store: Store, tea: PropositionId) -> None:
    coffee = tell(store, "Likes coffee.")
    doubt = a_revision("contradicted", proposition_id=tea, other=coffee)
    store.add_revisions([doubt, doubt])
    ((id_, revision),) = store.contradicted()
    assert id_ == tea
    store.add_inquiry(an_inquiry(tea, revision))
    assert store.contradicted() == []
    assert store.count_unsure_since(NOON - timedelta(days=1)) == 0
    store.add_revisions([a_revision("contradicted", proposition_id=tea)])
    assert len(store.contradicted()) == 1, "something else speaks against it"


def test_a_question_goes_with_what_it_is_about(store: Store, tea: PropositionId) -> None:
    id_ = store.add_inquiry(an_inquiry(tea))
    store.forget(ForgetScope(proposition_id=tea), at=NOON)
    assert store.inquiry(id_) is None


def test_an_answer_that_is_taken_back_opens_the_question_again(store: Store, tea: PropositionId) -> None:
    id_ = store.add_inquiry(an_inquiry(tea))
    with store.transaction():
        store.add_together([a_revision("confirmed", proposition_id=tea, made_by=PERSON)])
        store.put_answer(id_, "yes", with_deed=True)
    assert store.inquiries(NOON) == []
    store.undo_last(NOON)
    assert [asked.id for asked in store.inquiries(NOON)] == [id_]


def test_what_was_asked_elsewhere_is_not_asked_again_here(store: Store, other: Store, tea: PropositionId) -> None:
    coffee = tell(store, "Likes coffee.")
    store.add_revisions([a_revision("contradicted", proposition_id=tea, other=coffee)])
    ((_, revision),) = store.contradicted()
    store.add_inquiry(an_inquiry(tea, revision))
    store.put_answer(store.add_inquiry(an_inquiry(coffee)), "never", with_deed=False)
    other.import_lines(store.export_lines())
    assert other.contradicted() == []
    assert other.askable(least=0, most=1) == []
    assert [asked.revision_id is None for asked in other.inquiries(NOON)] == [False]
    assert other.import_lines(store.export_lines()).added == {}
