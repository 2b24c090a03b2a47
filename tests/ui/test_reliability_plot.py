"""The plot, and the same in words for who does not see it."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gum_app.rules.reliability import Judged, Reliability, measured
from gum_app.ui.reliability_plot import SIDE, ReliabilityPlot, plot_told
from gum_app.ui.theme import DARK, LIGHT, Tokens, dress

FIGURES = measured([Judged(confidence=0.8, worth=1)] * 15 + [Judged(confidence=0.6, worth=0)] * 5)


def test_it_is_told_in_words_for_who_does_not_see_it(qtbot: QtBot) -> None:
    plot = ReliabilityPlot(FIGURES)
    qtbot.addWidget(plot)
    assert plot.accessibleName() == "How sure it was, and how much of it was right"
    assert plot.accessibleDescription() == (
        "Of what was shown as 55 % to 75 % sure, 0 of 5 were right."
        " Of what was shown as 75 % to 90 % sure, 15 of 15 were right."
    )
    assert plot_told(measured([])) == "Nothing has been judged yet."


@pytest.mark.parametrize(("theme", "tokens"), [("light", LIGHT), ("dark", DARK)])
def test_each_part_of_the_scale_is_a_dot_where_both_shares_meet(
    qtbot: QtBot, qapp: QApplication, theme: str, tokens: Tokens
) -> None:
    dress(qapp, "dark" if theme == "dark" else "light")
    for figures, seen in ((FIGURES, True), (Reliability(**{**vars(FIGURES), "bins": ()}), False)):
        plot = ReliabilityPlot(figures)
        qtbot.addWidget(plot)
        plot.resize(plot.sizeHint())
        image = plot.grab().toImage()
        beside, _ = plot._margins()
        across, up = beside + 0.8 * SIDE, 8 + 0.0 * SIDE  # 80 % sure, all right
        found = image.pixelColor(round(across * plot.devicePixelRatio()), round((up + 2) * plot.devicePixelRatio()))
        assert (found == QColor(tokens.accent)) is seen
    dress(qapp, "light")
