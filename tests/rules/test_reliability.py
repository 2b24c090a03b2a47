"""The figures: honest weights, no precision that is not there, Brier and base rate never apart."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum_app.records import SpotCheck
from gum_app.rules.reliability import (
    FEWEST_VERDICTS,
    Judged,
    bin_told,
    measured,
    of,
    reliability_of,
    score_told,
    told,
    wilson,
)
from gum_app.rules.spot_check import draw
from tests.builders import NOON, a_spot_check
from tests.rules.test_spot_check import a_candidate


def checks(*verdicts: Any, confidence: float = 0.8, **more: object) -> Iterator[SpotCheck]:
    for n, verdict in enumerate(verdicts, start=1):
        yield a_spot_check(n, confidence, stratum=3, verdict=verdict, **more)


def test_nothing_judged_is_no_figure() -> None:
    figures = reliability_of([a_spot_check(1)])
    assert (figures.verdicts, figures.brier, figures.bins) == (0, None, ())
    assert told(figures).startswith("Nothing has been judged yet.")
    assert score_told(figures) == ""


def test_brier_and_base_rate_as_defined() -> None:
    figures = measured([Judged(confidence=0.8, worth=1), Judged(confidence=0.6, worth=0)])
    assert figures.brier == pytest.approx((0.2**2 + 0.6**2) / 2)
    assert (figures.base_rate, figures.base_brier) == (0.5, 0.25)


def test_a_stratum_counts_by_its_size_and_not_by_how_many_of_it_were_drawn() -> None:
    few_of_many = a_spot_check(1, 0.8, stratum=3, stratum_size=90, verdict="right")
    many_of_few = [a_spot_check(n, 0.2, stratum=0, stratum_size=10, verdict="wrong") for n in (2, 3)]
    assert reliability_of([few_of_many, *many_of_few]).base_rate == pytest.approx(0.9)


def test_too_few_verdicts_are_said_to_be_too_few() -> None:
    figures = reliability_of(list(checks(*["right"] * 7, "wrong", None)))
    assert "So far 7 of 8 were right" in told(figures)
    assert f"from {FEWEST_VERDICTS} verdicts on" in told(figures)
    assert score_told(figures) == ""


def test_enough_verdicts_are_told_in_one_sentence_with_what_chance_allows() -> None:
    figures = reliability_of(list(checks(*["right"] * 15, *["wrong"] * 4, "partly")))
    assert told(figures) == (
        "Of what was shown as 75 % to 90 % sure, 15½ of 20 were right. "
        "That fits a true share of anything from 56 % to 90 %."
    )
    assert score_told(figures).startswith("Brier score 0.16 over 20 verdicts (0 is best). Saying 78 % of everything")
    assert "are no better than that" in score_told(figures)
    telling = [Judged(confidence=0.9, worth=1)] * 15 + [Judged(confidence=0.2, worth=0)] * 15
    assert "are better than that" in score_told(measured(telling))


def test_the_sentence_is_about_the_surest_part_that_can_be_told_and_says_what_partly_is() -> None:
    sure = [Judged(confidence=0.8, worth=1)] * 8
    figures = measured([Judged(confidence=0.95, worth=1)] * 7 + sure + [Judged(confidence=0.4, worth=0)] * 20)
    assert told(figures).startswith("Of what was shown as 75 % to 90 % sure, 8 of 8 were right.")
    assert "2 of 4 were right (a partly counts as a half)." in told(measured([Judged(confidence=0.8, worth=0.5)] * 4))


def test_numbers_in_words() -> None:
    assert [of(1, 1), of(0.5, 2), of(2.5, 3)] == ["1 of 1 was", "½ of 2 were", "2½ of 3 were"]
    (only,) = reliability_of(list(checks("right"))).bins
    assert bin_told(only) == "Of what was shown as 75 % to 90 % sure, 1 of 1 was right."


@given(st.integers(1, 200), st.floats(0, 1))
def test_the_interval_holds_the_share_and_stays_within_the_scale(number: int, share: float) -> None:
    low, high = wilson(share * number, number)
    assert 0 <= low <= share + 1e-9 and share - 1e-9 <= high <= 1


def test_the_figures_are_right_on_average_though_the_rare_is_drawn_as_often_as_the_common() -> None:
    """Nine in ten are shown as 95 % sure and half of them are true: whoever counts the drawn alone would not see it."""
    truth = {n: n % 2 for n in range(90)} | dict.fromkeys(range(90, 100), 1)
    candidates = [a_candidate(n, 0.95 if n < 90 else 0.2) for n in truth]
    rates = []
    for seed in range(150):
        drawn = draw(candidates, Random(seed), at=NOON)
        answered = [
            SpotCheck(**{**vars(check), "verdict": "right" if truth[check.proposition_id] else "wrong"})
            for check in drawn
        ]
        rates.append(reliability_of(answered).base_rate or 0.0)
    assert sum(rates) / len(rates) == pytest.approx(sum(truth.values()) / 100, abs=0.025)
