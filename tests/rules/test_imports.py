"""How far back is read, and the words that windows, commands and the daemon share."""

from __future__ import annotations

from datetime import timedelta
from typing import get_args

from gum_app.records import ImportKind
from gum_app.rules.imports import KIND_NAMES, WHAT_IT_BECOMES, calendar_since, reads_since
from tests.builders import NOON


def test_what_would_be_let_go_at_once_is_not_brought_in() -> None:
    assert reads_since(NOON, 90) == NOON - timedelta(days=90)


def test_of_a_calendar_at_most_a_year_back_is_read() -> None:
    assert calendar_since(NOON, 30) == NOON - timedelta(days=30)
    assert calendar_since(NOON, 3650) == NOON - timedelta(days=365)


def test_each_kind_has_a_name_and_a_sentence() -> None:
    assert set(KIND_NAMES) == set(WHAT_IT_BECOMES) == set(get_args(ImportKind))
