"""What is folded away is opened by one click, and is not reached by Tab before."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from gum_app.ui.fold import Fold


def test_it_opens_and_closes(qtbot: QtBot) -> None:
    line = QLineEdit()
    fold = Fold("More", line, spacing=8)
    qtbot.addWidget(fold)
    fold.show()
    assert not line.isVisible()
    fold.button.click()
    assert line.isVisible()
    fold.button.click()
    assert not line.isVisible()
