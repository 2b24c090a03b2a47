"""What the model may take: used and allowed, and the settings for it."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QComboBox, QSpinBox
from pytestqt.qtbot import QtBot

from gum_app.settings import Settings
from gum_app.ui.model_budget import OFTEN, SELDOM, ModelBudget
from gum_app.ui.model_status import model_status_of
from tests.ui import minds
from tests.ui.life import NOW


@pytest.fixture
def changed() -> list[tuple[str, Any]]:
    return []


@pytest.fixture
def card(qtbot: QtBot, changed: list[tuple[str, Any]]) -> ModelBudget:
    card = ModelBudget(lambda name, value: changed.append((name, value)))
    qtbot.addWidget(card)
    card.show()
    return card


def test_what_is_used_is_a_number_a_meter_and_a_time(card: ModelBudget) -> None:
    card.show_budget(model_status_of(minds.in_use()).budget, NOW)
    assert [told.text() for told in card.told] == [
        "7 of 20 episodes looked at this hour, in 15 of 40 pictures",
        "413 s of 900 s computed this hour",
    ]
    assert [meter.accessibleName() for meter in card.meters] == [told.text() for told in card.told]
    assert card.resets.text() == "Counted anew from 17:00."


def test_each_setting_of_a_model_has_its_place_here_or_is_set_by_what_one_does() -> None:
    marks = {name: Settings.mark(name) for name in Settings.model_fields}
    by_hand = {name for name, mark in marks.items() if mark.page == "model" and mark.verb == "set"}
    assert {*OFTEN, *SELDOM} == by_hand


def test_a_change_is_told_and_shown_values_are_none(card: ModelBudget, changed: list[tuple[str, Any]]) -> None:
    card.show_settings(Settings(think_when="idle", vision_calls_an_hour=5))
    when, calls = card.fields["think_when"].widget, card.fields["vision_calls_an_hour"].widget
    assert isinstance(when, QComboBox)
    assert isinstance(calls, QSpinBox)
    assert when.currentText() == "While I am away"
    assert calls.text() == "5 episodes an hour"
    assert changed == []
    when.setCurrentText("Always")
    assert changed == [("think_when", "always")]


def test_what_is_seldom_needed_is_folded_away_and_minus_one_is_told_in_words(card: ModelBudget) -> None:
    layers = card.fields["gpu_layers"].widget
    assert not layers.isVisible()
    card.more.button.click()
    assert layers.isVisible()
    assert isinstance(layers, QSpinBox)
    assert layers.text() == "As many as fit"
