"""How far back is read, and the words that windows, commands and the daemon share."""

from __future__ import annotations

from datetime import timedelta
from typing import get_args

from gum_app.records import ImportKind
from gum_app.rules.imports import KIND_NAMES, WHAT_IT_BECOMES, calendar_since, is_dated_by_reading, reads_since
from tests.builders import NOON, an_observation


def test_what_would_be_let_go_at_once_is_not_brought_in() -> None:
    assert reads_since(NOON, 90) == NOON - timedelta(days=90)


def test_of_a_calendar_at_most_a_year_back_is_read() -> None:
    assert calendar_since(NOON, 30) == NOON - timedelta(days=30)
    assert calendar_since(NOON, 3650) == NOON - timedelta(days=365)


def test_each_kind_has_a_name_and_a_sentence() -> None:
    assert set(KIND_NAMES) == set(WHAT_IT_BECOMES) == set(get_args(ImportKind))


def test_what_lies_ahead_stands_under_the_day_on_which_it_was_read() -> None:
    assert is_dated_by_reading(an_observation(source="import", active_seconds=0.0))
    assert not is_dated_by_reading(an_observation(source="import", active_seconds=60.0))
    assert not is_dated_by_reading(an_observation(source="window", active_seconds=0.0))
    meeting = an_observation(source="import", active_seconds=0.0, ended_at=NOON + timedelta(hours=1))
    assert not is_dated_by_reading(meeting), "one that is over stands where it was"
