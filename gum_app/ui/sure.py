"""Asks before something is done that takes long to make good again. Enter keeps things as they are."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from gum_app.ui.pieces import Prose, column, fit, heading, row
from gum_app.ui.theme import SPACE

WIDTH = 460


class SureDialog(QDialog):
    sure = Signal()

    def __init__(self, title: str, sentence: str, yes: str, parent: QWidget, no: str = "Keep it") -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.go = QPushButton(yes)
        self.go.setProperty("look", "danger-full")
        self.go.setAutoDefault(False)
        self.keep = QPushButton(no)
        self.keep.setDefault(True)
        self.go.clicked.connect(self._go)
        self.keep.clicked.connect(self.reject)
        parts = (heading(title, 1.3), Prose(sentence), row(-1, self.keep, self.go))
        self.setLayout(column(*parts, spacing=2 * SPACE, margins=3 * SPACE))
        fit(self, WIDTH)

    def _go(self) -> None:
        self.sure.emit()
        self.accept()
