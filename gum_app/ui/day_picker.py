"""The calendar behind the day's button: days with something to see are bold, the others can still be chosen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QDate, QEvent, Qt
from PySide6.QtGui import QColor, QFont, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QWidget

from gum_app.ui.icons import icon
from gum_app.ui.pieces import is_theme_change
from gum_app.ui.theme import tokens_of

SMALLEST = (330, 250)
ARROWS = {"qt_calendar_prevmonth": ("left", "The month before"), "qt_calendar_nextmonth": ("right", "The month after")}


class DayPicker(QCalendarWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days: tuple[date, ...] = ()
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setGridVisible(False)
        self.setMinimumSize(*SMALLEST)
        self._tint()

    def mark(self, days: Iterable[date], chosen: date) -> None:
        """`days` are those with something to see."""
        self._days = tuple(days)
        self._tint()
        self.setSelectedDate(QDate(chosen.year, chosen.month, chosen.day))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_theme_change(event):
            self._tint()

    def _tint(self) -> None:
        tokens = tokens_of(self.palette())
        plain, bold = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(QColor(tokens.muted))
        bold.setForeground(QColor(tokens.accent))
        bold.setFontWeight(QFont.Weight.Bold)
        for weekday in Qt.DayOfWeek:  # Qt paints the end of the week red
            self.setWeekdayTextFormat(weekday, plain)
        self.setDateTextFormat(QDate(), QTextCharFormat())
        for day in self._days:
            self.setDateTextFormat(QDate(day.year, day.month, day.day), bold)
        for name, (picture, says) in ARROWS.items():
            button = self.findChild(QToolButton, name)
            if isinstance(button, QToolButton):
                button.setIcon(icon(picture, tokens.text))
                button.setAccessibleName(says)
