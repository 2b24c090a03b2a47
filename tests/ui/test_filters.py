"""What is searched and left out: one query, told once when something changes."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gum_app.store.listing import PropositionQuery
from gum_app.ui.filters import Filters
from tests.builders import NOON


@pytest.fixture
def filters(qtbot: QtBot) -> Filters:
    widget = Filters(lambda: NOON)
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_at_first_everything_current_is_shown_surest_first(filters: Filters) -> None:
    query = filters.query()
    assert query == PropositionQuery()
    assert not filters.is_narrowed


def test_typing_is_told_once_after_a_pause(qtbot: QtBot, filters: Filters) -> None:
    told: list[str] = []
    filters.changed.connect(lambda: told.append(filters.query().search))
    QTest.keyClicks(filters.search, "soil")
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["soil"]


def test_a_search_begins_with_its_best_hits_and_can_be_put_in_another_order(qtbot: QtBot, filters: Filters) -> None:
    filters.order.setCurrentText("Oldest first")
    assert not filters.best_first
    with qtbot.waitSignal(filters.changed):
        filters.search.setText("soil")
    assert filters.best_first
    assert filters.order.currentText() == "Best match first"
    with qtbot.waitSignal(filters.changed):
        filters.order.setCurrentText("A to Z")
    assert (filters.best_first, filters.query().sort) == (False, "text")
    with qtbot.waitSignal(filters.changed):
        filters.search.clear()
    assert (filters.best_first, filters.query().sort) == (False, "oldest")
    assert filters.order.count() == 5


def test_each_choice_narrows_the_query(qtbot: QtBot, filters: Filters) -> None:
    filters.kind.setCurrentText("Habit")
    filters.state.setCurrentText("You said no")
    filters.sure.setCurrentText("Quite sure")
    filters.time.setCurrentText("Last 7 days")
    filters.order.setCurrentText("Newest first")
    query = filters.query()
    assert query == PropositionQuery(
        kinds=frozenset({"habit"}),
        states=frozenset({"rejected"}),
        min_confidence=0.75,
        since=datetime(2026, 3, 4, tzinfo=NOON.tzinfo),
        sort="newest",
    )
    assert filters.kind.property("look") == "filter-on"
    with qtbot.waitSignal(filters.changed):
        filters.clear.click()
    assert not filters.is_narrowed
    assert filters.order.currentText() == "Newest first"


def test_what_is_left_out_is_seen_at_a_glance_and_undone_by_one_button(filters: Filters) -> None:
    assert filters.clear.isHidden()
    filters.time.setCurrentText("Seen today")
    assert not filters.clear.isHidden()
    assert filters.query().since == NOON.replace(hour=0)
