"""What was learned is shown, and “never such” is a switch that goes both ways."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gum_app.rules.taste import Taste
from gum_app.ui.learned_card import NOTHING, LearnedCard
from gum_app.ui.suggestion_lookup import Learned

BREAKS = Learned(
    kind="break",
    offered=2,
    taken=0,
    taste=Taste(rate=0.3, answers=2, resting_until=None, tried_from=None),
    told="Fewer of these: breaks after long work.",
    never=False,
)


def test_a_kind_is_switched_off_and_on(qtbot: QtBot) -> None:
    heard: list[tuple[str, bool]] = []
    card = LearnedCard(lambda kind, never: heard.append((kind, never)))
    qtbot.addWidget(card)
    assert NOTHING in {label.text() for label in card.findChildren(QLabel)}
    card.show_learned((BREAKS,))
    assert "Breaks after long work" in {label.text() for label in card.findChildren(QLabel)}
    box = card.never["break"]
    box.click()
    box.click()
    assert heard == [("break", True), ("break", False)]
    card.show_learned((BREAKS,))
    assert card.never["break"] is box, "nothing has changed: it stays where it is"
