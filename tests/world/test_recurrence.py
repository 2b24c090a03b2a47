"""Rules of recurrence: what calendars use is followed, what could take for ever is not."""

# ruff: noqa: DTZ001 - what a clock on the wall shows has no zone

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gum_app.world.recurrence import NotFollowed, occurrences

TUESDAY = datetime(2026, 3, 3, 10)


def days(rule: dict[str, list[Any]], *, weeks: int = 6) -> list[str]:
    found = occurrences(rule, TUESDAY, since=TUESDAY, until=TUESDAY + timedelta(weeks=weeks))
    return [f"{at:%m-%d}" for at in found]


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ({"FREQ": ["WEEKLY"], "COUNT": [3]}, ["03-03", "03-10", "03-17"]),
        ({"FREQ": ["WEEKLY"], "INTERVAL": [2], "UNTIL": [datetime(2026, 4, 1)]}, ["03-03", "03-17", "03-31"]),
        ({"FREQ": ["WEEKLY"], "BYDAY": ["TU", "TH"], "COUNT": [3]}, ["03-03", "03-05", "03-10"]),
        ({"FREQ": ["MONTHLY"], "BYDAY": ["1TU"]}, ["03-03", "04-07"]),
        ({"FREQ": ["MONTHLY"], "BYDAY": ["MO", "TU", "WE", "TH", "FR"], "BYSETPOS": [-1]}, ["03-31"]),
        ({"FREQ": ["MONTHLY"], "BYMONTHDAY": [-1]}, ["03-31"]),
        ({"FREQ": ["YEARLY"]}, ["03-03"]),
        ({"FREQ": ["DAILY"], "UNTIL": [datetime(2026, 3, 5).date()]}, ["03-03", "03-04", "03-05"]),
    ],
)
def test_the_days_of_a_rule(rule: dict[str, list[Any]], wanted: list[str]) -> None:
    assert days(rule) == wanted


@pytest.mark.parametrize(
    "rule",
    [
        {"FREQ": ["SECONDLY"]},
        {"FREQ": ["HOURLY"], "COUNT": [2]},
        {"FREQ": ["YEARLY"], "BYMONTH": [2], "BYMONTHDAY": [30]},
        {"FREQ": ["DAILY"], "BYSETPOS": [2]},
        {"FREQ": ["DAILY"], "BYYEARDAY": [366]},
        {"FREQ": ["DAILY"], "INTERVAL": [10**9]},
        {"FREQ": ["WEEKLY"], "BYDAY": ["XX"]},
        {"FREQ": ["MONTHLY"], "BYMONTHDAY": [99]},
        {},
    ],
)
def test_what_could_take_for_ever_or_means_nothing_is_not_followed(rule: dict[str, list[Any]]) -> None:
    with pytest.raises(NotFollowed):
        days(rule)


@settings(deadline=None)
@given(
    freq=st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    interval=st.integers(1, 5),
    begins=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(lambda at: at.replace(microsecond=0)),
    back=st.integers(0, 400),
)
def test_each_lies_within_the_span_and_they_rise(freq: str, interval: int, begins: datetime, back: int) -> None:
    since, until = TUESDAY - timedelta(days=back), TUESDAY + timedelta(days=300)
    found = occurrences({"FREQ": [freq], "INTERVAL": [interval]}, begins, since=since, until=until)
    assert found == sorted(set(found))
    assert all(since <= at <= until and at.time() == begins.time() for at in found)


def test_days_that_cannot_be_reckoned_with_are_not_followed() -> None:
    with pytest.raises(NotFollowed):
        days({"FREQ": ["YEARLY"], "BYDAY": ["+53MO"], "BYMONTH": [2]})
