"""One model of the list in its states."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from gum_app.ui.model_card import ModelCard
from gum_app.ui.model_status import Offered
from tests.ui import minds


@pytest.fixture
def card(qtbot: QtBot) -> ModelCard:
    card = ModelCard()
    qtbot.addWidget(card)
    card.resize(600, 300)
    card.show()
    return card


def show(card: ModelCard, *, in_use: bool = False, recommended: bool = False, **more: Any) -> Offered:
    one = Offered.model_validate(minds.an_offer(**more))
    card.show_model(one, in_use=in_use, recommended=recommended)
    return one


def buttons(card: ModelCard) -> list[str]:
    return [name for name, button in card.buttons.items() if button.isVisible()]


@pytest.mark.parametrize(
    ("state", "in_use", "shown"),
    [
        ("absent", False, ["download"]),
        ("downloading", False, ["pause"]),
        ("paused", False, ["resume", "delete"]),
        ("verifying", False, []),
        ("ready", False, ["use", "check", "delete"]),
        ("ready", True, ["leave", "check", "delete"]),
        ("broken", False, ["download", "delete"]),
    ],
)
def test_each_state_offers_what_can_be_done(card: ModelCard, state: str, in_use: bool, shown: list[str]) -> None:
    show(card, state=state, in_use=in_use)
    assert buttons(card) == shown


def test_size_memory_licence_and_whether_it_fits_are_said(card: ModelCard) -> None:
    show(card, recommended=True)
    assert "3.0 GB to download · takes 5.1 GB of memory" in card.measures.text()
    assert "Apache-2.0" in card.licence.text()
    assert card.fits.text().startswith("It fits: this computer has 12 GB")
    assert card.recommended.isVisible()
    assert card.buttons["download"].text() == "Download 3.0 GB"
    show(card, fits=False, fits_sentence="Does not fit.")
    assert card.fits.property("look") == "warn"
    assert not card.marks.isVisible()


def test_a_broken_one_says_why_and_is_fetched_again(card: ModelCard) -> None:
    show(card, state="broken", trouble="The file is not what it should be.")
    assert card.trouble.text() == "The file is not what it should be."
    assert card.buttons["download"].text() == "Download 3.0 GB again"


def test_a_button_sends_what_was_shown_and_says_of_which_model(qtbot: QtBot, card: ModelCard) -> None:
    one = show(card, state="ready")
    assert card.buttons["use"].accessibleName() == "Use: Qwen3-VL-4B-Instruct Q4_K_M"
    with qtbot.waitSignal(card.wanted) as wanted:
        card.buttons["use"].click()
    assert wanted.args == ["use", one]


def test_while_it_is_on_its_way_the_keyboard_stays_where_it_is(qtbot: QtBot, card: ModelCard) -> None:
    card.activateWindow()
    show(card, state="downloading", progress=[1000, 9000])
    card.buttons["pause"].setFocus()
    qtbot.waitUntil(card.buttons["pause"].hasFocus)
    show(card, state="downloading", progress=[2000, 9000])
    assert card.buttons["pause"].hasFocus()
    assert card.progress.told.text() == "2 KB of 9 KB"
