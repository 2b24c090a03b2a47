"""A row that breaks, in both directions of reading."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gum_app.ui.flow import Flow


def test_a_row_without_room_breaks_and_is_mirrored_where_reading_starts_at_the_right(qtbot: QtBot) -> None:
    box, flow = QWidget(), Flow(4)
    qtbot.addWidget(box)
    for _ in range(3):
        flow.addWidget(QPushButton("a button"))
    box.setLayout(flow)
    width = flow.itemAt(0).sizeHint().width()  # type: ignore[union-attr]
    assert flow.heightForWidth(width) > 2 * flow.heightForWidth(4 * width)
    box.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    flow.setGeometry(QRect(0, 0, 4 * width, 100))
    places = [flow.itemAt(n).geometry().x() for n in range(3)]  # type: ignore[union-attr]
    assert places == sorted(places, reverse=True)


def test_what_is_low_stands_in_the_middle_of_its_row(qtbot: QtBot) -> None:
    box, flow = QWidget(), Flow(4)
    qtbot.addWidget(box)
    high, low = QPushButton("a button"), QLabel("a word")
    for widget in (high, low):
        flow.addWidget(widget)
    box.setLayout(flow)
    flow.setGeometry(QRect(0, 0, 500, 100))
    assert abs(high.geometry().center().y() - low.geometry().center().y()) <= 1
    assert high.height() > low.height()
