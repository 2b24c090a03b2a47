"""The list of a day as Qt sees it: a line for each episode and each look away, newest first."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication

from gum_app.ui.account_told import in_a_row, told
from gum_app.ui.day import Entry

COLUMNS = ("From", "To", "For", "Program", "What")

Index = QModelIndex | QPersistentModelIndex


class DayModel(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []

    def show(self, found: list[Entry]) -> None:
        if found != self.entries:
            self.beginResetModel()
            self.entries = found
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return COLUMNS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            what = f"{entry.what} · {in_a_row(entry.account)}" if entry.account is not None else entry.what
            cells = (f"{entry.started_at:%H:%M}", f"{entry.ended_at:%H:%M}", entry.length, entry.app, what)
            return cells[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            # The span comes first: Qt takes a first line for markup where a title looks like it.
            span = f"{entry.started_at:%H:%M}–{entry.ended_at:%H:%M}"
            account = told(entry.account) if entry.account is not None else ""
            return "\n".join(filter(None, (span, entry.what, account)))
        if role == Qt.ItemDataRole.ForegroundRole and entry.episode is None:
            return QGuiApplication.palette().placeholderText()
        return None
