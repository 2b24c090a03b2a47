"""The small parts: text stays text, rows break, progress shows only when it is needed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from gum_app.ui import pieces
from gum_app.ui.pieces import Place, Prose, Word, column, fit, look, muted


def test_what_stood_on_a_screen_is_never_taken_for_markup(qtbot: QtBot) -> None:
    for label in (Prose("<b>bold</b>"), Word("<b>bold</b>"), pieces.chip("<i>x</i>"), muted("<img src=x>")):
        qtbot.addWidget(label)
        assert label.textFormat() == Qt.TextFormat.PlainText


def test_right_to_left_words_stand_on_the_right(qtbot: QtBot) -> None:
    label = Prose("שלום")
    qtbot.addWidget(label)
    assert label.alignment() & Qt.AlignmentFlag.AlignRight
    label.say("hello")
    assert not label.alignment() & Qt.AlignmentFlag.AlignRight


def test_the_content_of_a_place_is_replaced(qtbot: QtBot) -> None:
    place = Place(Word("before"))
    qtbot.addWidget(place)
    place.put(Word("after"), Word("more"))
    place.show()
    assert [label.text() for label in place.findChildren(QLabel) if label.isVisible()] == ["after", "more"]


def test_a_window_is_as_high_as_its_words_need(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    box.setLayout(column(Prose("word " * 100)))
    fit(box, 300)
    high = box.height()
    fit(box, 900)
    assert box.height() < high


def test_another_look_is_another_rule_of_the_style_sheet(qtbot: QtBot) -> None:
    label = Word("word")
    qtbot.addWidget(label)
    look(label, "danger")
    assert label.property("look") == "danger"
