"""What is drawn, and when it is seen."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gum_app.ui import drawn
from gum_app.ui.drawn import Busy, Empty, Meter
from gum_app.ui.pieces import column


def test_progress_shows_only_what_takes_longer_than_a_blink(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn, "SHOW_PROGRESS_AFTER_MS", 30)
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


def test_a_meter_says_its_share(qtbot: QtBot) -> None:
    meter = Meter(0.4, "Confidence: unsure, 40 %")
    qtbot.addWidget(meter)
    assert meter.accessibleName() == "Confidence: unsure, 40 %"
    assert not meter.grab().isNull()
    full, some, none = (Meter(share, "").grab().toImage() for share in (1.0, 0.01, 0.0))
    ground = full.pixelColor(110, 3)
    assert some.pixelColor(3, 3) == ground, "the least share is seen"
    assert none.pixelColor(3, 3) != ground, "none is none"
