"""What is said of a proposition."""

from __future__ import annotations

import pytest

from gum_app.records import KINDS, STATES
from gum_app.ui import belief_wording
from tests.builders import some_evidence


@pytest.mark.parametrize(
    ("days", "said"), [(2 / 24, "2 hours"), (5, "5 days"), (1, "24 hours"), (90, "3 months"), (730, "2 years")]
)
def test_a_half_life_is_told_in_the_unit_people_use(days: float, said: str) -> None:
    assert belief_wording.span_of_days(days) == said


def test_more_confidence_never_sounds_less_sure() -> None:
    words = list(dict.fromkeys(belief_wording.how_sure(n / 100) for n in range(101)))
    assert words == ["doubtful", "unsure", "likely", "quite sure", "very sure"]


def test_less_freshness_never_sounds_fresher() -> None:
    words = list(dict.fromkeys(belief_wording.how_fresh(1 - n / 100) for n in range(101)))
    assert words == ["fresh", "recent", "fading", "faded"]


def test_the_maker_of_a_change_is_named() -> None:
    assert belief_wording.maker("person") == "you"
    assert belief_wording.maker("rule:project") == "the rule “project”"
    assert belief_wording.maker("model:qwen") == "the model qwen"
    assert belief_wording.maker("model:Qwen3-VL-4B Q4_K_M propose 3f2a91c0") == "the model Qwen3-VL-4B Q4_K_M"


def test_what_a_model_was_asked_is_told_in_plain_words() -> None:
    assert belief_wording.made_how("model:Qwen3-VL-4B observe 3f2a91c0") == (
        "It was shown pictures of an episode and asked what you did, with version 3f2a91c0 of the question."
    )
    assert "in the step “revise”" in belief_wording.made_how("model:x y revise 3f2a91c0")
    assert (
        belief_wording.made_how("rule:project")
        == belief_wording.made_how("person")
        == belief_wording.made_how("model:qwen")
        == ""
    )


def test_strangers_words_and_contradictions_are_marked() -> None:
    assert belief_wording.weight_told(some_evidence()) == ""
    assert "little" in belief_wording.weight_told(some_evidence(weight=0.2))
    assert "against" in belief_wording.weight_told(some_evidence(supports=False))


def test_no_kind_and_no_state_is_without_a_name() -> None:
    assert set(belief_wording.KIND_NAMES) == set(belief_wording.KIND_SENTENCES) == set(KINDS)
    assert set(belief_wording.STATE_NAMES) == set(STATES)
