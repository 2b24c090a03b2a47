"""A page that scrolls."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gum_app.ui.pieces import Prose
from gum_app.ui.sheet import Sheet


def test_a_column_is_no_wider_than_is_good_to_read(qtbot: QtBot) -> None:
    words = Prose("word " * 300)
    sheet = Sheet(words, width=500)
    qtbot.addWidget(sheet)
    sheet.resize(1400, 600)
    sheet.show()
    assert words.width() <= 500


def test_a_page_stays_where_it_is_when_the_button_that_was_pressed_goes_away(qtbot: QtBot) -> None:
    buttons = [QPushButton(str(n)) for n in range(40)]
    far_below = QPushButton("far below")
    between = QWidget()
    between.setMinimumHeight(3000)
    sheet = Sheet(*buttons[:2], between, far_below)
    qtbot.addWidget(sheet)
    sheet.resize(300, 200)
    sheet.show()
    sheet.activateWindow()
    for button, leave in ((buttons[1], buttons[1].hide), (buttons[0], lambda: buttons[0].setEnabled(False))):
        button.setFocus()
        leave()
        assert sheet.verticalScrollBar().value() == 0
        assert not far_below.hasFocus()
