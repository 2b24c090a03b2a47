"""What the verdicts teach: monotone, whatever their order, careful with few of them, and worth it with many."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gum_app.records import PERSON, Curve, Feedback, PropositionId, SpotCheckId
from gum_app.rules.calibration import SMALLEST_SLOPE, fit
from gum_app.rules.curves import curve_of, log_odds, logistic, shown
from tests.builders import NOON, a_verdict

MODEL = "model:Qwen3-VL-4B propose 3f2a91c0"
SOURCES = ("rule:project", "rule:person", MODEL, PERSON, "odd")


def verdicts_of(*worth: str, confidence: float = 0.8, made_by: str = "rule:project", first: int = 1) -> list[Feedback]:
    return [
        a_verdict(said, confidence, made_by=made_by, proposition_id=PropositionId(n), spot_check=SpotCheckId(n))
        for n, said in enumerate(worth, start=first)
    ]


some_verdicts = st.lists(
    st.builds(
        a_verdict,
        st.sampled_from(["right", "wrong", "partly"]),
        st.floats(0, 1),
        proposition_id=st.integers(1, 12).map(PropositionId),
        made_by=st.sampled_from(SOURCES),
        spot_check=st.none() | st.integers(1, 99).map(SpotCheckId),
        at=st.integers(0, 5).map(lambda days: NOON + timedelta(days=days)),
    ),
    max_size=25,
)


def test_without_verdicts_nothing_is_learned() -> None:
    assert fit([]) == {}


@settings(max_examples=40)
@given(some_verdicts, st.randoms())
def test_every_curve_rises_and_the_order_of_the_verdicts_does_not_matter(
    verdicts: list[Feedback], chance: random.Random
) -> None:
    learned = fit(verdicts)
    assert all(curve.slope >= SMALLEST_SLOPE and abs(curve.intercept) < 5 for curve in learned.values())
    shuffled = list(verdicts)
    chance.shuffle(shuffled)
    assert fit(shuffled) == learned


def test_wrong_ones_lower_a_source_and_right_ones_raise_it() -> None:
    wrong, right = fit(verdicts_of("wrong", "wrong", "wrong")), fit(verdicts_of("right", "right", "right"))
    assert shown(0.8, 0.9, curve_of("rule:project", wrong)) < 0.75
    assert shown(0.8, 0.9, curve_of("rule:project", right)) > 0.82


def test_partly_is_a_half() -> None:
    partly = curve_of("rule:project", fit(verdicts_of(*["partly"] * 40)))
    assert 0.5 < shown(0.8, 0.9, partly) < 0.6


def test_a_verdict_on_one_source_says_less_of_another_and_least_of_another_sort() -> None:
    learned = fit([*verdicts_of(*["wrong"] * 8), *verdicts_of("right", made_by=MODEL, confidence=0.8, first=90)])
    own, sibling = (shown(0.8, 0.9, curve_of(source, learned)) for source in ("rule:project", "rule:person"))
    model = shown(0.8, 0.9, curve_of(MODEL, learned))
    assert own < sibling < model < 0.8 + 0.05
    assert {source: curve.verdicts for source, curve in learned.items()} == {
        "": 9,
        "rule": 8,
        "rule:project": 8,
        "model": 1,
        MODEL: 1,
    }


def test_the_last_verdict_on_a_proposition_counts_and_the_persons_own_statements_do_not() -> None:
    early, late = a_verdict("right"), a_verdict("wrong", at=NOON + timedelta(hours=1))
    assert fit([early, late]) == fit([late])
    assert fit([a_verdict("right", made_by=PERSON)]) == {}


def test_a_verdict_given_unasked_moves_less_than_one_that_was_drawn() -> None:
    asked, unasked = fit(verdicts_of("wrong")), fit([a_verdict("wrong", 0.8)])
    drawn, struck = (shown(0.8, 0.9, curve_of("rule:project", curves)) for curves in (asked, unasked))
    assert drawn < struck < 0.8


def test_even_a_source_whose_surest_ones_are_wrong_keeps_its_order() -> None:
    upside_down = [
        *verdicts_of(*["wrong"] * 60, confidence=0.95),
        *verdicts_of(*["right"] * 60, confidence=0.3, first=100),
    ]
    curve = fit(upside_down)["rule:project"]
    assert curve.slope == SMALLEST_SLOPE
    assert shown(0.9, 0.95, curve) > shown(0.4, 0.95, curve)


# The simulation that chose the priors. Sources are made up by how often what they are so sure of is true.

GRID = [0.35 + 0.57 * n / 19 for n in range(20)]
NOTICED = 0.01  # of Brier: less is no harm that anybody could notice


def overconfident(confidence: float) -> float:
    return logistic(0.6 * log_odds(confidence) - 0.8)


def honest(confidence: float) -> float:
    return confidence


def underconfident(confidence: float) -> float:
    return logistic(log_odds(confidence) + 1.5)


def expected_brier(truth: Callable[[float], float], curve: Curve) -> float:
    total = 0.0
    for confidence in GRID:
        right, said = truth(confidence), shown(confidence, 0.95, curve)
        total += right * (1 - said) ** 2 + (1 - right) * said**2
    return total / len(GRID)


def gained(truth: Callable[[float], float], judged: int, lives: int = 40) -> float:
    """By how much the expected Brier falls after so many verdicts, over made-up lives; below 0 it has risen."""
    chance = random.Random(judged)
    before, gain = expected_brier(truth, Curve(source="")), 0.0
    for _ in range(lives):
        verdicts = []
        for n in range(judged):
            confidence = chance.uniform(0.35, 0.92)
            said = "right" if chance.random() < truth(confidence) else "wrong"
            verdicts += verdicts_of(said, confidence=confidence, first=n + 1)
        gain += before - expected_brier(truth, curve_of("rule:project", fit(verdicts)))
    return gain / lives


@pytest.mark.parametrize("truth", [overconfident, underconfident])
def test_a_source_that_misjudges_itself_is_mended_more_with_every_verdict(truth: Callable[[float], float]) -> None:
    gains = [gained(truth, judged) for judged in (1, 3, 10, 30)]
    assert all(gain > -0.001 for gain in gains)
    assert gains == sorted(gains)
    assert gains[-1] > 0.035


@pytest.mark.parametrize("judged", [3, 10])
def test_a_source_that_judges_itself_well_loses_nothing_that_could_be_noticed(judged: int) -> None:
    assert gained(honest, judged) > -NOTICED
