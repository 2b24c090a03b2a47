"""The calendar: what can be seen at a glance, in both themes."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from gum_app.ui.day_picker import DayPicker
from gum_app.ui.theme import DARK, LIGHT, dress


def test_days_with_something_to_see_are_bold_and_no_weekend_is_red(qtbot: QtBot) -> None:
    picker = DayPicker()
    qtbot.addWidget(picker)
    picker.mark([date(2026, 3, 6)], date(2026, 3, 10))
    assert picker.selectedDate() == QDate(2026, 3, 10)
    assert picker.dateTextFormat(QDate(2026, 3, 6)).fontWeight() == QFont.Weight.Bold
    assert picker.weekdayTextFormat(Qt.DayOfWeek.Sunday).foreground().color().name() == LIGHT.muted
    picker.mark([], date(2026, 3, 10))
    assert picker.dateTextFormat(QDate(2026, 3, 6)).fontWeight() != QFont.Weight.Bold


def test_it_follows_the_theme_and_its_arrows_have_names(qtbot: QtBot, qapp: QApplication) -> None:
    picker = DayPicker()
    qtbot.addWidget(picker)
    picker.show()
    picker.mark([date(2026, 3, 6)], date(2026, 3, 10))
    dress(qapp, "dark")
    assert picker.dateTextFormat(QDate(2026, 3, 6)).foreground().color().name() == DARK.accent
    arrows = {button.accessibleName() for button in picker.findChildren(QToolButton)}
    assert {"The month before", "The month after"} <= arrows
