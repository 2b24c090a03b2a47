"""The engine: there or not, what building costs, how far it is, and a way to be rid of it."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from gum_app.ui.engine_card import EngineCard
from gum_app.ui.model_status import Engine
from tests.ui import minds


@pytest.fixture
def card(qtbot: QtBot) -> EngineCard:
    card = EngineCard()
    qtbot.addWidget(card)
    card.show()
    return card


def shown(card: EngineCard) -> list[str]:
    return [name for name in ("build", "stop", "remove") if getattr(card, name).isVisible()]


def test_where_it_is_missing_building_is_offered_with_its_cost(qtbot: QtBot, card: EngineCard) -> None:
    card.show_engine(Engine.model_validate(minds.without_engine()["engine"]))
    assert shown(card) == ["build"]
    assert "ten minutes" in card.cost.text()
    with qtbot.waitSignal(card.build_wanted):
        card.build.click()


def test_while_it_is_built_it_can_be_stopped(qtbot: QtBot, card: EngineCard) -> None:
    card.show_engine(Engine.model_validate(minds.building()["engine"]))
    assert shown(card) == ["stop"]
    assert card.progress.isVisible()
    with qtbot.waitSignal(card.stop_wanted):
        card.stop.click()


def test_one_that_was_built_can_be_removed_and_one_that_came_along_cannot(qtbot: QtBot, card: EngineCard) -> None:
    card.show_engine(Engine(state="ready", version="0.3.36", sentence="The engine is ready.", can_build=True))
    assert card.version.text().endswith("0.3.36")
    card.show_engine(Engine.model_validate(minds.a_mind()["engine"]))
    assert not card.version.isVisible(), "the sentence has it"
    with qtbot.waitSignal(card.remove_wanted):
        card.remove.click()
    card.show_engine(Engine(state="ready", version="0.3.36", sentence="The engine is ready."))
    assert shown(card) == []
    card.show_engine(Engine(state="missing", sentence="There is no compiler."))
    assert shown(card) == []
