"""Where a question is written."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gum_app.ui.ask_field import LONGEST_QUESTION, MOST_ROWS, AskField


@pytest.fixture
def field(qtbot: QtBot) -> AskField:
    field = AskField()
    qtbot.addWidget(field)
    field.resize(300, 40)
    field.show()
    return field


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_asks_and_with_other_keys_it_does_other_things(qtbot: QtBot, field: AskField, key: Qt.Key) -> None:
    QTest.keyClicks(field, "Why")
    QTest.keyClick(field, key, Qt.KeyboardModifier.ShiftModifier)
    assert field.toPlainText() == "Why\n"
    with qtbot.assertNotEmitted(field.entered), qtbot.waitSignal(field.look_wanted):
        QTest.keyClick(field, key, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(field.entered):
        QTest.keyClick(field, key)
    assert field.question == "Why"


def test_it_grows_with_its_words_and_not_without_end(field: AskField) -> None:
    one = field.sizeHint().height()
    field.setPlainText("Why\nthen?")
    two = field.sizeHint().height()
    field.setPlainText("\n" * 50)
    most = field.sizeHint().height()
    assert one < two < most
    assert most <= one * MOST_ROWS


def test_what_is_pasted_is_cut_where_a_question_ends(field: AskField) -> None:
    field.insertPlainText("x" * 5_000)
    assert field.toPlainText() == "x" * LONGEST_QUESTION


def test_a_screen_reader_is_told_what_it_is_and_what_the_keys_do(field: AskField) -> None:
    assert field.accessibleName() == "Your question"
    assert "Shift+Enter begins a new line" in field.accessibleDescription()
    assert field.tabChangesFocus()
