"""What tidying would change, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from gum_app.pipeline.tidy import join_twin, let_go
from gum_app.records import PERSON, TIDYING, Proposition, PropositionId, RevisionId
from tests.builders import NOON, a_proposition, a_revision

LATER = NOON + timedelta(days=30)


def a_plan(**more: Any) -> Proposition:
    return a_proposition(**{"kind": "plan", "text": "Has the dentist on Monday 16 March 2026.", **more})


def test_a_passed_appointment_is_set_aside_with_the_reason() -> None:
    (revision,) = let_go(a_plan(), LATER)
    assert (revision.kind, revision.made_by, revision.text) == ("retired", TIDYING, a_plan().text)
    assert revision.why == "Its day is over: Monday 16 March 2026."
    assert let_go(a_plan(), NOON) == ()


@pytest.mark.parametrize("mark", ["pinned", "edited", "confirmed"])
def test_the_persons_word_is_left_alone(mark: str) -> None:
    assert let_go(a_plan(**{mark: True}), LATER) == ()


@pytest.mark.parametrize("state", ["retired", "rejected", "ended", "replaced"])
def test_what_is_past_already_is_left_alone(state: str) -> None:
    assert let_go(a_plan(state=state), LATER) == ()


def twins() -> tuple[Proposition, Proposition]:
    return a_proposition(1), a_proposition(2, text="Works on the parcel router a lot.", topic="thread:router")


def test_of_twins_one_is_made() -> None:
    one, two = twins()
    made = join_twin(two, [two, one], NOON)
    assert [(r.kind, r.proposition_id, r.other) for r in made] == [("merged", 1, 2), ("absorbed", 2, 1)]
    assert {r.made_by for r in made} == {TIDYING}
    assert join_twin(one, [a_proposition(3, text="Reads about tax.")], NOON) == ()


def test_what_was_merged_before_and_pulled_apart_by_the_person_stays_apart() -> None:
    one, two = twins()
    apart = a_proposition(
        2,
        text=two.text,
        revisions=(a_revision("absorbed", proposition_id=PropositionId(2), other=PropositionId(1)),),
    )
    assert join_twin(one, [apart], NOON) == ()
    assert join_twin(apart, [one], NOON) == ()


def test_what_the_person_took_back_stays_until_it_is_seen_anew() -> None:
    retired = a_revision("retired", id=RevisionId(2), made_by=TIDYING, at=LATER)
    undone = a_revision("undone", id=RevisionId(3), made_by=PERSON, undoes=RevisionId(2), at=LATER)
    kept = a_plan(revisions=(retired, undone))
    assert let_go(kept, LATER) == ()
    again = replace(kept, last_supported_at=LATER + timedelta(days=1), text="Has the dentist on Monday 20 April 2026.")
    assert let_go(again, LATER) == ()
    assert [r.kind for r in let_go(again, LATER + timedelta(days=30))] == ["retired"]
