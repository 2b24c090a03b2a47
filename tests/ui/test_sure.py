"""Before something goes that is hard to get again: it is asked, and Enter keeps it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gum_app.ui.sure import SureDialog


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


def opened(window: QWidget) -> SureDialog:
    dialog = SureDialog("Delete it?", "This frees 3.0 GB.", "Delete 3.0 GB", window)
    dialog.open()
    return dialog


def test_enter_keeps_it(qtbot: QtBot, window: QWidget) -> None:
    dialog = opened(window)
    with qtbot.assertNotEmitted(dialog.sure), qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Return)


def test_the_button_says_what_it_does_and_does_it_once(qtbot: QtBot, window: QWidget) -> None:
    dialog = opened(window)
    assert dialog.go.text() == "Delete 3.0 GB"
    with qtbot.waitSignals([dialog.sure, dialog.accepted]):
        dialog.go.click()
