"""A claim of another program: it says whose it is, and stays below one half."""

from __future__ import annotations

from datetime import timedelta

from gum_app.pipeline.propose_counted import propose_counted
from gum_app.pipeline.propose_people import STRANGER_CEILING
from gum_app.records import ObservationId, Person, Sighting
from gum_app.rules.confidence import evidence_confidence
from tests.builders import NOON


def a_claim(number: int) -> Sighting:
    return Sighting(
        topic="claim:prefer-tea",
        kind="preference",
        observation_id=ObservationId(number),
        at=NOON + timedelta(days=number),
        app="gum",
        quote="Prefers tea.",
        weight=0.2,
        detail={"text": "Prefers tea."},
    )


def test_it_says_whose_it_is_and_is_never_believed_by_half() -> None:
    for count in (1, 50):
        (draft,) = propose_counted([a_claim(n) for n in range(count)], person=Person(), now=NOON)
        assert draft.text == "The program gum claims: prefers tea."
        assert draft.ceiling == STRANGER_CEILING < 0.5
        assert evidence_confidence(draft.confidence_raw, draft.ceiling, draft.evidence) < 0.5
        assert (draft.made_by, draft.half_life_days) == ("rule:hearsay", 30.0)
