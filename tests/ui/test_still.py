"""The wheel over a field is for the page that it stands on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gum_app.ui.sheet import Sheet
from gum_app.ui.still import DropDown, Number


@pytest.mark.parametrize("number", [True, False])
def test_the_wheel_is_left_to_the_page_and_changes_no_field(qtbot: QtBot, number: bool) -> None:
    choice, field = DropDown(), Number()
    choice.addItems(["As usual", "Keep nothing"])
    page = Sheet(choice, field, 2000)
    qtbot.addWidget(page)
    page.resize(400, 300)
    page.show()
    held = field if number else choice
    held.setFocus()
    at = QPointF(held.rect().center())
    none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    down = QWheelEvent(at, held.mapToGlobal(at), QPoint(), QPoint(0, -240), *none, False)
    QApplication.sendEvent(held, down)
    assert (choice.currentIndex(), field.value()) == (0, 0)
    assert not down.isAccepted(), "Qt gives it to the page then"


def test_a_list_that_is_opened_stands_below_its_field_and_shows_all_its_rows(qtbot: QtBot) -> None:
    box = DropDown()
    box.addItems(["As usual: without detail", "Keep", "Without detail", "Keep nothing"])
    qtbot.addWidget(box)
    box.show()
    box.showPopup()
    rows = box.view()
    qtbot.waitUntil(rows.isVisible)
    last = rows.visualRect(rows.model().index(3, 0))
    assert rows.viewport().rect().contains(last)
    assert rows.mapToGlobal(QPoint()).y() >= box.mapToGlobal(QPoint(0, box.height() - 2)).y(), "but for its border"
    box.hidePopup()
