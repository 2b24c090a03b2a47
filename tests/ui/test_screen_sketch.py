"""The small drawing of the screen: the right place is marked, with and without a picture."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from gum_app.records import Rect
from gum_app.ui.screen_sketch import ScreenSketch
from gum_app.ui.theme import LIGHT
from tests.ui.life import picture

SCREEN = Rect(x=1920, y=-100, width=1920, height=1080)
PLACE = Rect(x=1920 + 960, y=-100 + 540, width=480, height=60)


@pytest.mark.parametrize("jpeg", [None, picture(dark=True), b"no picture"], ids=["none", "kept", "broken"])
def test_the_marked_place_is_where_it_was_on_its_monitor(qtbot: QtBot, jpeg: bytes | None) -> None:
    sketch = ScreenSketch(SCREEN, (PLACE,), (), jpeg)
    qtbot.addWidget(sketch)
    sketch.resize(sketch.sizeHint())
    image = sketch.grab().toImage()
    x, y = round(sketch.width() * 0.5) - 2, round(sketch.height() * 0.53)
    marked, other = image.pixelColor(x, y), image.pixelColor(sketch.width() // 4, sketch.height() // 4)
    assert abs(marked.hsvHue() - QColor(LIGHT.accent).hsvHue()) < 12
    assert marked.hsvSaturation() > 100 > other.hsvSaturation()


def test_it_has_the_shape_of_the_screen(qtbot: QtBot) -> None:
    sketch = ScreenSketch(Rect(x=0, y=0, width=1080, height=1920), (), (), None)
    qtbot.addWidget(sketch)
    assert sketch.sizeHint().height() > sketch.sizeHint().width()
