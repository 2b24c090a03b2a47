"""What is seldom needed, folded away below a line that opens it."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QWidget

from gum_app.ui.icons import IconButton
from gum_app.ui.pieces import column, row


class Fold(QWidget):
    def __init__(self, name: str, *items: QWidget | QLayout | int, spacing: int) -> None:
        super().__init__()
        self.button = IconButton("right", name, "link")
        self.button.setCheckable(True)
        self.inside = QWidget()
        self.inside.setLayout(column(*items, spacing=spacing))
        self.inside.hide()
        self.button.toggled.connect(self._open)
        self.setLayout(column(row(self.button, -1), self.inside, spacing=spacing))

    def _open(self, opened: bool) -> None:
        self.inside.setVisible(opened)
        self.button.show_icon("down" if opened else "right")
