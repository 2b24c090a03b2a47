"""The small parts: text stays text, rows break, progress shows only when it is needed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gum_app.ui import pieces
from gum_app.ui.pieces import Busy, Empty, Meter, Place, Prose, Sheet, Word, column, fit, look, muted


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


def test_progress_shows_only_what_takes_longer_than_a_blink(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "SHOW_PROGRESS_AFTER_MS", 30)
    box, busy = QWidget(), Busy()
    qtbot.addWidget(box)
    box.setLayout(column(busy))
    box.show()
    busy.work(True)
    busy.work(False)
    qtbot.wait(60)
    assert busy.isHidden()
    busy.work(True)
    qtbot.waitUntil(lambda: not busy.isHidden())
    busy.work(False)
    assert busy.isHidden()


def test_an_empty_place_says_what_to_do_next(qtbot: QtBot) -> None:
    done: list[str] = []
    empty = Empty("eye", "Nothing yet", "Wait a little.", "Add one", lambda: done.append("added"))
    qtbot.addWidget(empty)
    button = empty.findChild(QPushButton)
    assert isinstance(button, QPushButton)
    button.click()
    assert done == ["added"]
    empty.say("Still nothing", "Wait more.")
    assert empty.title.text() == "Still nothing"


def test_the_content_of_a_place_is_replaced(qtbot: QtBot) -> None:
    place = Place(Word("before"))
    qtbot.addWidget(place)
    place.put(Word("after"), Word("more"))
    place.show()
    assert [label.text() for label in place.findChildren(QLabel) if label.isVisible()] == ["after", "more"]


def test_a_column_is_no_wider_than_is_good_to_read(qtbot: QtBot) -> None:
    words = Prose("word " * 300)
    sheet = Sheet(words, width=500)
    qtbot.addWidget(sheet)
    sheet.resize(1400, 600)
    sheet.show()
    assert words.width() <= 500


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


def test_a_meter_says_its_share(qtbot: QtBot) -> None:
    meter = Meter(0.4, "Confidence: unsure, 40 %")
    qtbot.addWidget(meter)
    assert meter.accessibleName() == "Confidence: unsure, 40 %"
    assert not meter.grab().isNull()
    full, some, none = (Meter(share, "").grab().toImage() for share in (1.0, 0.01, 0.0))
    ground = full.pixelColor(110, 3)
    assert some.pixelColor(3, 3) == ground, "the least share is seen"
    assert none.pixelColor(3, 3) != ground, "none is none"


def test_a_page_stays_where_it_is_when_the_button_that_was_pressed_goes_away(qtbot: QtBot) -> None:
    buttons = [QPushButton(str(n)) for n in range(40)]
    far_below = QPushButton("far below")
    between = QWidget()
    between.setMinimumHeight(3000)
    sheet = Sheet(*buttons[:2], between, far_below)
    qtbot.addWidget(sheet)
    sheet.resize(300, 200)
    sheet.show()
    sheet.activateWindow()
    for button, leave in ((buttons[1], buttons[1].hide), (buttons[0], lambda: buttons[0].setEnabled(False))):
        button.setFocus()
        leave()
        assert sheet.verticalScrollBar().value() == 0
        assert not far_below.hasFocus()
