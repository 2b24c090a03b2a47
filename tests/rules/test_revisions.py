"""A proposition is the fold of its revisions, and the person's word is final."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum_app.records import ObservationId, Proposition, PropositionId, Revision, RevisionId
from gum_app.rules.revisions import fold
from tests.builders import a_revision, some_evidence


def life(*steps: tuple[str, dict[str, Any]]) -> list[Revision]:
    return [
        a_revision(kind, id=RevisionId(n), proposition_id=PropositionId(7), **more)
        for n, (kind, more) in enumerate(steps, start=1)
    ]


def folded(*steps: tuple[str, dict[str, Any]]) -> Proposition:
    return fold(life(*steps))


FIRST = ("created", {"evidence": (some_evidence(),)})


def test_support_adds_evidence_and_confidence_and_no_twin() -> None:
    once = folded(FIRST)
    twice = folded(FIRST, ("supported", {"evidence": (some_evidence(observation_id=ObservationId(2)),)}))
    assert twice.id == once.id
    assert twice.confidence > once.confidence
    assert len(twice.evidence) == 2


def test_a_doubt_is_kept_beside_the_belief_and_support_lifts_it() -> None:
    doubted = folded(FIRST, ("doubted", {}))
    assert doubted.state == "doubted"
    assert doubted.confidence < folded(FIRST).confidence
    lifted = folded(FIRST, ("doubted", {}), ("supported", {"evidence": (some_evidence(),)}))
    assert lifted.state == "active"


def test_what_the_person_edited_is_never_reworded() -> None:
    edit = ("edited", {"text": "Leads the parcel router.", "made_by": "person"})
    belief = folded(FIRST, edit, ("reworded", {"text": "Looks at a router."}), ("retired", {}))
    assert (belief.text, belief.state, belief.edited) == ("Leads the parcel router.", "active", True)
    assert belief.confidence > 0.9


def test_a_rejected_proposition_stays_rejected_whatever_is_inferred() -> None:
    belief = folded(FIRST, ("rejected", {"made_by": "person"}), ("supported", {}), ("doubted", {}), ("retired", {}))
    assert belief.state == "rejected"


def test_an_undone_rejection_never_was_and_undoing_the_undoing_brings_it_back() -> None:
    steps = (FIRST, ("rejected", {"made_by": "person"}), ("undone", {"undoes": RevisionId(2), "made_by": "person"}))
    assert folded(*steps).state == "active"
    assert folded(*steps, ("undone", {"undoes": RevisionId(3), "made_by": "person"})).state == "rejected"


def test_the_first_supporting_evidence_dates_it_not_the_time_of_thinking() -> None:
    evidence = some_evidence()
    assert folded(("created", {"evidence": (evidence,)})).last_supported_at == evidence.at


def test_nothing_left_standing_is_no_proposition() -> None:
    with pytest.raises(ValueError, match="at least one revision"):
        fold(life(FIRST, ("undone", {"undoes": RevisionId(1)})))


inferences = st.sampled_from(["supported", "doubted", "retired", "reworded", "merged", "split"])


@given(st.lists(inferences, max_size=8), st.lists(inferences, max_size=8), st.randoms())
def test_no_sequence_of_inferences_overrules_the_person(before: list[str], after: list[str], random: Any) -> None:
    steps: list[tuple[str, dict[str, Any]]] = [FIRST, *((kind, {"text": "Other words."}) for kind in before)]
    steps += [("edited", {"text": "My own words.", "made_by": "person"}), ("pinned", {"made_by": "person"})]
    steps += [(kind, {"text": "Other words."}) for kind in after]
    revisions = life(*steps)
    belief = fold(revisions)
    assert (belief.text, belief.state, belief.pinned) == ("My own words.", "active", True)
    random.shuffle(revisions)
    assert fold(revisions) == belief, "the order in which they are handed over does not matter"
