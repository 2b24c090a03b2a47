"""Freshness, in words: lasting things fade slowly, passing things fast."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum_app.rules.freshness import freshness, half_life_of_span
from tests.builders import NOON


def test_after_one_half_life_half_is_left() -> None:
    assert freshness(NOON, 3.0, NOON + timedelta(days=3)) == pytest.approx(0.5)


def test_what_lasts_longer_is_fresher_at_the_same_age() -> None:
    later = NOON + timedelta(days=2)
    studies_for_a_degree, debugs_right_now = half_life_of_span(10), half_life_of_span(1)
    assert freshness(NOON, studies_for_a_degree, later) > 0.99
    assert freshness(NOON, debugs_right_now, later) < 0.01


def test_support_in_the_future_counts_as_just_now() -> None:
    assert freshness(NOON + timedelta(days=1), 1.0, NOON) == 1.0


@given(st.floats(0.1, 700), st.floats(0, 2000), st.floats(0.001, 500))
def test_it_only_ever_falls(half_life_days: float, age_days: float, more_days: float) -> None:
    young = freshness(NOON, half_life_days, NOON + timedelta(days=age_days))
    old = freshness(NOON, half_life_days, NOON + timedelta(days=age_days + more_days))
    assert 0.0 <= old <= young <= 1.0


@given(st.floats(0.1, 700), st.floats(0, 50))
def test_each_half_life_halves_it_at_whatever_age(half_life_days: float, half_lives: float) -> None:
    age = timedelta(days=half_life_days * half_lives)
    before = freshness(NOON, half_life_days, NOON + age)
    after = freshness(NOON, half_life_days, NOON + age + timedelta(days=half_life_days))
    assert after == pytest.approx(before / 2, rel=1e-6)


@given(st.floats(0.1, 700), st.floats(0, 4000))
def test_a_clock_that_jumped_back_makes_nothing_fresher_than_just_seen(half_life_days: float, days: float) -> None:
    assert freshness(NOON, half_life_days, NOON - timedelta(days=days)) == 1.0


def test_spans_run_from_two_hours_to_two_years() -> None:
    assert half_life_of_span(1) == pytest.approx(2 / 24)
    assert 4 < half_life_of_span(5) < 6
    assert half_life_of_span(10) == pytest.approx(730)
    with pytest.raises(ValueError, match="between 1 and 10"):
        half_life_of_span(11)
