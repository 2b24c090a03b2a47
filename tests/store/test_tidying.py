"""What tidying looks through and how far it has come, on a real file."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from gum_app.records import TIDYING, PropositionId
from gum_app.store.store import Store
from tests.builders import NOON, a_revision, some_evidence

LATER = NOON + timedelta(days=100)


def told(store: Store, text: str, **more: Any) -> PropositionId:
    evidence = some_evidence(observation_id=None)
    return store.add_revisions([a_revision(text=text, topic=text, evidence=(evidence,), **more)])[0]


def over(store: Store, after: int = 0, limit: int = 10) -> list[int]:
    found = store.maybe_over(after=PropositionId(after), now=LATER, half_lives=6, limit=limit)
    return [candidate.id for candidate in found]


def test_plans_and_what_has_faded_are_looked_at_in_order_and_no_more_than_asked_for(store: Store) -> None:
    plan = told(store, "Flies.", proposition_kind="plan", half_life_days=500.0)
    told(store, "Uses Vim.", proposition_kind="tool", half_life_days=500.0)
    faded = told(store, "Looked up Vim.", proposition_kind="interest", half_life_days=2.0)
    gone = told(store, "Went.", proposition_kind="plan")
    store.add_revisions([a_revision("rejected", proposition_id=gone, made_by="person")])
    assert over(store) == [plan, faded]
    assert over(store, limit=1) == [plan]
    assert over(store, after=plan) == [faded]
    (first, _) = store.maybe_over(after=PropositionId(0), now=LATER, half_lives=6, limit=10)
    assert (first.kind, first.text, first.last_supported_at) == ("plan", "Flies.", NOON)


def test_what_got_new_words_is_compared_and_what_tidying_did_is_not(store: Store) -> None:
    one, two = told(store, "One."), told(store, "Two.")
    store.add_revisions([a_revision("supported", proposition_id=one), a_revision("reworded", proposition_id=two)])
    store.add_together([a_revision("reworded", proposition_id=one, made_by=TIDYING)])
    found = store.changed_since(store.tidying_marks().compared_up_to, limit=10)
    assert [id_ for _, id_ in found] == [one, two, two]
    store.put_compared_up_to(found[1][0])
    assert store.changed_since(store.tidying_marks().compared_up_to, limit=10) == found[2:]


def test_the_marks_stay(store: Store) -> None:
    assert store.tidying_marks().ended_at is None
    store.put_looked_up_to(PropositionId(7))
    store.put_tidied_at(NOON)
    assert (store.tidying_marks().looked_up_to, store.tidied_at()) == (7, NOON)


def test_what_was_tidied_is_listed_until_it_is_taken_back(store: Store) -> None:
    one, two = told(store, "One."), told(store, "Two.")
    store.add_together([a_revision("retired", proposition_id=one, made_by=TIDYING, at=LATER)])
    store.add_together([a_revision("retired", proposition_id=two, made_by=TIDYING, at=NOON)])
    assert [r.proposition_id for r in store.tidied(NOON)] == [two, one]
    (newest,) = store.tidied(LATER)
    assert newest.deed is not None
    store.undo_deed(newest.deed, LATER)
    assert store.tidied(LATER) == []
