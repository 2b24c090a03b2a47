"""The page of all widgets opens in both themes."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gum_app.ui.gallery import Gallery
from gum_app.ui.theme import Choice, dress


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_opens_in_both_themes(qtbot: QtBot, qapp: QApplication, theme: Choice) -> None:
    dress(qapp, theme)
    gallery = Gallery()
    qtbot.addWidget(gallery)
    with qtbot.waitExposed(gallery):
        gallery.show()
    assert gallery.grab().toImage().pixelColor(3, 3) == qapp.palette().window().color()
