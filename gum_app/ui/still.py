"""Fields that stand still under the wheel: who scrolls a page past them changes nothing by accident."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSpinBox, QStyledItemDelegate

ROWS = 12  # of a list that is opened; more are scrolled to


class DropDown(QComboBox):
    """One of a list."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel does not take the keyboard away either
        self.setItemDelegate(QStyledItemDelegate(self))  # the other sort of delegate knows no style sheet
        self.setMaxVisibleItems(ROWS)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page takes it


class Number(QSpinBox):
    """A whole number."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
