"""The last questions to the model, as a table of numbers: when, which step, what it cost and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from gum_app.records import Call
from gum_app.ui.model_wording import NO_WORDS_KEPT, call_told, outcome_told, step_name, tokens_told
from gum_app.ui.pieces import Card, column, muted
from gum_app.ui.wording import moment

COLUMNS = ("When", "Step", "Pictures", "Tokens", "Took", "Outcome")
WIDEST = ("yesterday 00:00", "What you did", "Pictures", "00,000 → 000", "000.0 s", "")
LEFT_OUT = ((560, (2, 3)), (480, (4,)))  # below so many pixels of width these columns; the tool tip has them
NUMBERS = frozenset({2, 3, 4})
PADDING = 28  # pixels beside the words of a cell
ROWS_SHOWN = 8  # the rest is scrolled to

Index = QModelIndex | QPersistentModelIndex


class CallModel(QAbstractTableModel):
    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self.calls: tuple[Call, ...] = ()

    def show_calls(self, calls: tuple[Call, ...]) -> None:
        if calls != self.calls:
            self.beginResetModel()
            self.calls = calls
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.calls)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return int(_side(section)) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        call = self.calls[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cells(call)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return call_told(call)
        return int(_side(index.column())) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _cells(self, call: Call) -> tuple[str, ...]:
        return (
            moment(call.at, self._now()),
            step_name(call.step),
            str(call.pictures),
            tokens_told(call),
            f"{call.milliseconds / 1000:,.1f} s",
            outcome_told(call.outcome),
        )


def _side(column_: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column_ in NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class CallList(Card):
    def __init__(self, now: Callable[[], datetime]) -> None:
        self.model = CallModel(now)
        self.table = _table(self.model)
        self.nothing = muted("None yet.", 1.0)
        super().__init__(muted(NO_WORDS_KEPT, 1.0), self.nothing, column(self.table))
        self.show_calls(())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for width, columns in LEFT_OUT:
            for number in columns:
                self.table.setColumnHidden(number, self.width() < width)

    def show_calls(self, calls: tuple[Call, ...]) -> None:
        self.model.show_calls(calls)
        self.nothing.setVisible(not calls)
        self.table.setVisible(bool(calls))
        height = self.table.verticalHeader().defaultSectionSize()
        rows = min(len(calls), ROWS_SHOWN)
        self.table.setFixedHeight(rows * height + self.table.horizontalHeader().sizeHint().height() + 4)


def _table(model: CallModel) -> QTableView:
    table = QTableView()
    table.setObjectName("day")
    table.setModel(model)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 12)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    for n, sample in enumerate(WIDEST):
        header.resizeSection(n, table.fontMetrics().horizontalAdvance(sample) + PADDING)
    header.setSectionResizeMode(len(COLUMNS) - 1, QHeaderView.ResizeMode.Stretch)
    table.setAccessibleName("The last questions to the model")
    return table
