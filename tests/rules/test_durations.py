"""Spans of time as people type them."""

from datetime import timedelta, timezone

import pytest

from gum_app.errors import BadInput
from gum_app.rules.durations import clock_time, minutes_of
from tests.builders import NOON


@pytest.mark.parametrize(("text", "minutes"), [("10m", 10), ("1h", 60), ("2h30m", 150), ("90s", 1.5), ("1 d", 1440)])
def test_a_span_is_understood(text: str, minutes: float) -> None:
    assert minutes_of(text) == pytest.approx(minutes)


def test_a_bare_number_means_minutes_only_where_that_is_said() -> None:
    assert minutes_of("15", bare="minutes") == 15
    with pytest.raises(BadInput, match="like 10m"):
        minutes_of("15")


@pytest.mark.parametrize("text", ["", "soon", "10x", "m", "10m and more"])
def test_anything_else_is_refused_in_words(text: str) -> None:
    with pytest.raises(BadInput, match="no span of time"):
        minutes_of(text)


@pytest.mark.parametrize(
    ("later", "told"),
    [
        (timedelta(minutes=15), "12:15"),
        (timedelta(hours=18), "Wednesday 06:00"),
        (timedelta(days=7), "2026-03-17 12:00"),
        (timedelta(days=-1), "2026-03-09 12:00"),
    ],
)
def test_an_instant_is_told_with_its_day_where_it_is_not_today(later: timedelta, told: str) -> None:
    assert clock_time(NOON + later, NOON) == told


def test_an_instant_is_told_by_the_clock_of_the_person() -> None:
    assert clock_time(NOON, NOON.astimezone(timezone(timedelta(hours=2)))) == "14:00"
