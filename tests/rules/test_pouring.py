"""However often one asks and however the clock jumps: no day and no hour has more in it than the person allowed."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum_app.rules.pouring import shown_today, tokens, too_much
from gum_app.settings import Settings
from tests.builders import NOON

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def poured(asked_at: list[datetime], settings: Settings) -> list[datetime]:
    """When something was shown, if there was always something to show."""
    shown: list[datetime] = []
    for at in asked_at:
        if too_much(shown, at, settings) is None:
            shown.append(at)
    return shown


def test_the_next_one_waits_its_time() -> None:
    settings = Settings(suggestions_an_hour=2)
    assert too_much([], NOON, settings) is None
    assert too_much([NOON - 29 * MINUTE], NOON, settings) == "too soon"
    assert too_much([NOON - 30 * MINUTE], NOON, settings) is None


def test_enough_for_today_begins_anew_at_midnight_of_the_persons_clock() -> None:
    here = timezone(timedelta(hours=9))  # in Tokyo the day is over while it is afternoon in UTC
    late = datetime(2026, 3, 10, 23, 30, tzinfo=here)
    settings = Settings(suggestions_a_day=1)
    assert too_much([late - 5 * HOUR], late, settings) == "enough for today"
    assert too_much([late - 5 * HOUR], late + HOUR, settings) is None


def test_today_is_that_of_the_clock_as_it_goes_now() -> None:
    winter, summer = timezone(timedelta(hours=1)), timezone(timedelta(hours=2))
    now = datetime(2026, 10, 26, 9, 0, tzinfo=winter)  # the clocks were put back in the night before yesterday
    last_evening = datetime(2026, 10, 25, 23, 30, tzinfo=winter)
    assert shown_today([last_evening.astimezone(summer)], now) == 0
    assert shown_today([now - HOUR, now + HOUR], now) == 2


def test_none_a_day_is_none() -> None:
    assert too_much([], NOON, Settings(suggestions_a_day=0)) == "enough for today"


@given(st.lists(st.integers(0, 4 * 24 * 60), max_size=300), st.integers(0, 8), st.integers(1, 12))
def test_no_day_and_no_hour_has_more_than_was_allowed(minutes: list[int], a_day: int, an_hour: int) -> None:
    asked = [NOON + n * MINUTE for n in sorted(minutes)]
    shown = poured(asked, Settings(suggestions_a_day=a_day, suggestions_an_hour=an_hour))
    for start in shown:
        assert sum(at.date() == start.date() for at in shown) <= a_day
        assert sum(start <= at < start + HOUR for at in shown) <= an_hour


@given(st.lists(st.floats(0, 600), max_size=120), st.floats(1, 6), st.floats(0.1, 20))
def test_no_span_has_more_than_the_bucket_and_what_flows_in(asked: list[float], capacity: float, rate: float) -> None:
    shown: list[datetime] = []
    for minutes in sorted(asked):
        at = NOON + minutes * MINUTE
        if tokens(shown, at, capacity=capacity, an_hour=rate) >= 1.0:
            shown.append(at)
    for first, start in enumerate(shown):
        for last, end in enumerate(shown[first:], first):
            assert last - first + 1 <= capacity + (end - start) / HOUR * rate + 1e-6


@given(st.lists(st.integers(-2 * 24 * 60, 2 * 24 * 60), max_size=200), st.integers(0, 5), st.integers(1, 6))
def test_a_clock_that_jumps_opens_no_tap(minutes: list[int], a_day: int, an_hour: int) -> None:
    shown = poured([NOON + n * MINUTE for n in minutes], Settings(suggestions_a_day=a_day, suggestions_an_hour=an_hour))
    for start in shown:
        assert sum(at.date() == start.date() for at in shown) <= a_day
        assert sum(start <= at < start + HOUR for at in shown) <= an_hour


def test_after_a_jump_back_it_waits_as_after_an_offer_just_now() -> None:
    assert too_much([NOON + 5 * HOUR], NOON, Settings()) == "too soon"
    assert tokens([NOON + 5 * HOUR], NOON, capacity=1, an_hour=2) == pytest.approx(0)


@given(st.lists(st.integers(0, 600), max_size=40), st.randoms(use_true_random=False))
def test_the_order_of_what_was_shown_does_not_count(minutes: list[int], random: Random) -> None:
    shown = [NOON - n * MINUTE for n in minutes]
    mixed = list(shown)
    random.shuffle(mixed)
    assert tokens(shown, NOON, capacity=3, an_hour=2) == tokens(mixed, NOON, capacity=3, an_hour=2)
