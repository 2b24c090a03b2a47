"""A card in the smallest width and with words that read from right to left."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gum_app.suggestions import Suggestion, SuggestionId
from gum_app.ui.suggestion_card import EarlierRow, SuggestionCard
from gum_app.ui.suggestion_lookup import Ground, Shown
from tests.builders import an_offer
from tests.ui.life import NOW

HEBREW = "פגישה עם נועה ביום חמישי בעשר"
ONE = Suggestion(id=SuggestionId(1), offer=an_offer(title=HEBREW), made_at=NOW, changed_at=NOW, wanted=0.4)
GROUND = Ground(id=1, text="A long proposition about “Fish & Chips” & " * 9, confidence=0.7)  # type: ignore[arg-type]
SHOWN = Shown(suggestion=ONE, because=(GROUND,), silences=(), deed=None, rated=None)


def test_it_fits_where_there_is_little_room(qtbot: QtBot) -> None:
    card = SuggestionCard(SHOWN, NOW, lambda _shown, _name: None, lambda _id: None)
    qtbot.addWidget(card)
    assert card.minimumSizeHint().width() <= 390


def test_words_keep_their_side_and_every_button_its_name(qtbot: QtBot) -> None:
    heard: list[str] = []
    card = SuggestionCard(SHOWN, NOW, lambda _shown, name: heard.append(name), lambda _id: None)
    qtbot.addWidget(card)
    title = next(each for each in card.findChildren(QLabel) if each.text() == HEBREW)
    assert title.alignment() & Qt.AlignmentFlag.AlignRight
    for name in ("preview", "dismissed", "never"):
        assert HEBREW in card.buttons[name].accessibleName()
        card.buttons[name].click()
    assert heard == ["preview", "dismissed", "never"]


def test_one_that_was_never_shown_is_not_rated(qtbot: QtBot) -> None:
    row = EarlierRow(SHOWN, NOW, lambda _shown, _name: None)
    qtbot.addWidget(row)
    assert row.buttons == {}
