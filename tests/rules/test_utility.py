"""Speaking is worth it above the paper's threshold, and every number pulls the way it should."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import inf, isfinite, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum_app.rules.utility import Utility, threshold, utility

SCORES = range(1, 11)
scores = st.integers(1, 10)
chances = st.floats(0, 1)


def speaks(wanted: float, benefit: int, cost_wrong: int, cost_silent: int) -> bool:
    return utility(wanted, benefit=benefit, cost_wrong=cost_wrong, cost_silent=cost_silent).speaks


def test_the_numbers_of_the_paper() -> None:
    found = utility(0.5, benefit=8, cost_wrong=4, cost_silent=6)
    assert (found.speak, found.silent, found.speaks) == (2.0, -3.0, True)
    assert threshold(benefit=5, cost_wrong=5, cost_silent=5) == pytest.approx(1 / 3)


@pytest.mark.parametrize(("percent", "share"), [(30, 415), (40, 653), (50, 835), (60, 943), (70, 983), (80, 997)])
def test_as_many_scores_pass_as_exact_fractions_say(percent: int, share: int) -> None:
    """Of the 1,000 triples, in whole numbers: why this gate alone would not be livable."""
    passed = sum(speaks(percent / 100, *triple) for triple in product(SCORES, repeat=3))
    exactly = sum(percent * (b + s + w) > 100 * w for b, w, s in product(SCORES, repeat=3))
    assert passed == exactly == share


@given(chances, scores, scores, scores)
def test_the_gate_is_the_closed_form(wanted: float, benefit: int, cost_wrong: int, cost_silent: int) -> None:
    exact = Fraction(wanted) * (benefit + cost_silent + cost_wrong) - cost_wrong
    if abs(exact) > Fraction(1, 10**6):
        assert speaks(wanted, benefit, cost_wrong, cost_silent) == (exact > 0)
        bar = threshold(benefit=benefit, cost_wrong=cost_wrong, cost_silent=cost_silent)
        assert (wanted > bar) == (exact > 0)


@given(chances, chances, scores, scores, scores, st.integers(0, 9), st.integers(0, 9))
def test_more_reason_to_speak_never_makes_it_silent(
    one: float, other: float, benefit: int, cost_wrong: int, cost_silent: int, better: int, worse: int
) -> None:
    low, high = sorted((one, other))
    if speaks(low, benefit, cost_wrong, cost_silent):
        assert speaks(high, min(benefit + better, 10), cost_wrong, min(cost_silent + worse, 10))


@given(chances, scores, scores, scores, st.integers(0, 9))
def test_a_dearer_interruption_never_makes_it_speak(
    wanted: float, benefit: int, cost_wrong: int, cost_silent: int, dearer: int
) -> None:
    if not speaks(wanted, benefit, cost_wrong, cost_silent):
        assert not speaks(wanted, benefit, min(cost_wrong + dearer, 10), cost_silent)


@given(scores, scores, scores)
def test_what_nobody_wants_is_never_said(benefit: int, cost_wrong: int, cost_silent: int) -> None:
    assert not speaks(0.0, benefit, cost_wrong, cost_silent)
    assert speaks(1.0, benefit, cost_wrong, cost_silent)


@given(chances, scores, scores, scores)
def test_both_are_numbers(wanted: float, benefit: int, cost_wrong: int, cost_silent: int) -> None:
    found = utility(wanted, benefit=benefit, cost_wrong=cost_wrong, cost_silent=cost_silent)
    assert isfinite(found.speak) and isfinite(found.silent)


def test_a_tie_is_silence() -> None:
    assert not Utility(speak=-1.0, silent=-1.0).speaks
    assert not speaks(0.3, 6, 3, 1)  # 0.3 is a little less than 3/10 in a float: the tie falls to silence


@pytest.mark.parametrize("wanted", [nan, inf, -inf, -0.01, 1.01])
def test_a_probability_that_is_none_is_refused(wanted: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        utility(wanted, benefit=5, cost_wrong=5, cost_silent=5)


@pytest.mark.parametrize("score", [nan, inf, 0, 10.5])
def test_a_score_beyond_the_scale_is_refused(score: float) -> None:
    for name in ("benefit", "cost_wrong", "cost_silent"):
        with pytest.raises(ValueError, match="between 1 and 10"):
            utility(0.5, **{"benefit": 5.0, "cost_wrong": 5.0, "cost_silent": 5.0, name: score})
