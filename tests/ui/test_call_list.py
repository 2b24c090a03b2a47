"""The table of calls: numbers, newest first, and a way to read each as a sentence."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gum_app.ui.call_list import COLUMNS, ROWS_SHOWN, CallList
from gum_app.ui.model_status import ModelStatus, model_status_of
from tests.ui import minds
from tests.ui.life import NOW


@pytest.fixture
def table(qtbot: QtBot) -> CallList:
    table = CallList(lambda: NOW)
    qtbot.addWidget(table)
    table.resize(700, 400)
    table.show()
    return table


def some_calls() -> ModelStatus:
    return model_status_of(minds.in_use())


def test_a_call_is_a_row_of_numbers(table: CallList) -> None:
    table.show_calls(some_calls().calls)
    row = [table.model.data(table.model.index(0, n)) for n in range(len(COLUMNS))]
    assert row == ["16:42", "What you did", "3", "4,204 → 118", "21.5 s", "answered"]
    assert "902 of them remembered" in table.model.data(table.model.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    outcomes = [table.model.data(table.model.index(n, 5)) for n in range(table.model.rowCount())]
    assert "answer of no use" in outcomes


def test_it_says_that_no_words_are_kept_and_where_there_is_none_yet(table: CallList) -> None:
    assert table.nothing.isVisible()
    assert not table.table.isVisible()
    table.show_calls(some_calls().calls)
    assert not table.nothing.isVisible()


def test_many_calls_are_scrolled_and_do_not_fill_the_page(table: CallList) -> None:
    many = some_calls().calls * 5
    table.show_calls(many)
    assert table.table.height() < (ROWS_SHOWN + 3) * table.table.verticalHeader().defaultSectionSize()


def test_in_a_narrow_window_what_came_of_it_is_still_seen(table: CallList) -> None:
    table.resize(380, 400)
    table.show_calls(some_calls().calls)
    assert [table.table.isColumnHidden(n) for n in range(len(COLUMNS))] == [False, False, True, True, True, False]
    table.resize(700, 400)
    assert not table.table.isColumnHidden(3)


def test_the_same_calls_leave_the_place_in_the_table(qtbot: QtBot, table: CallList) -> None:
    table.show_calls(some_calls().calls)
    with qtbot.assertNotEmitted(table.model.modelReset):
        table.show_calls(some_calls().calls)
