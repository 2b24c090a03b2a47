"""The two dialogs in which the person writes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gum_app.ui.writing import LONGEST, adding, noting


def test_a_proposition_has_words_and_a_kind(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = adding(parent)
    dialog.open()
    assert not dialog.save.isEnabled()
    dialog.words.setPlainText("  I swim\non Fridays. ")
    dialog.kind.setCurrentIndex(dialog.kind.findData("habit"))
    assert dialog.kind.currentText() == "Habit: what you do again and again"
    with qtbot.waitSignal(dialog.wrote) as wrote:
        dialog.save.click()
    assert wrote.args == ["I swim on Fridays.", "habit"]


def test_what_is_too_long_is_said_before_it_is_sent(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = noting(parent)
    dialog.open()
    dialog.words.setPlainText("x" * (LONGEST + 12))
    assert dialog.note.text() == "That is 12 letters too long."
    assert not dialog.save.isEnabled()
    with qtbot.assertNotEmitted(dialog.wrote):
        QTest.keyClick(dialog.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.kind.isHidden()


def test_enter_in_the_list_of_kinds_saves_what_was_written(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = adding(parent)
    dialog.open()
    dialog.words.setPlainText("I swim on Fridays.")
    with qtbot.waitSignal(dialog.wrote):
        QTest.keyClick(dialog.kind, Qt.Key.Key_Return)
