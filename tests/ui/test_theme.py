"""Two sets of colours that can be read, and one style sheet without holes."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gum_app.ui.theme import DARK, LIGHT, Tokens, dress, palette_of, sized, style_sheet, tokens_of


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF()]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read_on_every_ground_it_stands_on(tokens: Tokens) -> None:
    for ground in (tokens.window, tokens.side, tokens.surface, tokens.raised):
        assert contrast(tokens.text, ground) >= 7
        assert contrast(tokens.muted, ground) >= 4.5
    pairs = [
        (tokens.on_accent, tokens.accent),
        (tokens.accent, tokens.accent_soft),
        (tokens.text, tokens.accent_soft),
        (tokens.text, tokens.danger_soft),
        (tokens.danger, tokens.surface),
        (tokens.surface, tokens.danger),
        (tokens.warn, tokens.warn_soft),
        (tokens.text, tokens.mark),
    ]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_what_can_be_used_has_an_edge_that_can_be_seen(tokens: Tokens) -> None:
    assert contrast(tokens.edge, tokens.surface) >= 3
    assert contrast(tokens.accent, tokens.surface) >= 3


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_sheet_has_no_name_left_to_fill_in(tokens: Tokens) -> None:
    rules = re.sub(r"/\*.*?\*/", "", style_sheet(tokens), flags=re.DOTALL)
    assert "@" not in rules
    assert tokens_of(palette_of(tokens)) is tokens


def test_a_change_of_theme_reaches_what_is_already_open(qapp: QApplication, qtbot: QtBot) -> None:
    label = QLabel("word")
    qtbot.addWidget(label)
    label.show()
    dress(qapp, "dark")
    assert tokens_of(label.palette()) is DARK
    dress(qapp, "light")
    assert tokens_of(label.palette()) is LIGHT


def test_the_smallest_text_is_large_enough(qapp: QApplication) -> None:
    assert qapp.font().pointSizeF() >= 10
    assert sized(qapp.font(), 0.88).pointSizeF() >= 8.8
