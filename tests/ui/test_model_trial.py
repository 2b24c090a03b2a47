"""Trying the model: how it goes, its answer, the time it took, and what went wrong."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from gum_app.ui.model_deeds import ModelDeeds
from gum_app.ui.model_trial import ModelTrial
from tests.ui.conftest import World


@pytest.fixture
def trial(qtbot: QtBot, world: World) -> ModelTrial:
    trial = ModelTrial(ModelDeeds(world.deeds))
    qtbot.addWidget(trial)
    trial.show()
    return trial


def test_the_answer_is_shown_with_the_time_it_took(qtbot: QtBot, trial: ModelTrial, world: World) -> None:
    said: list[str] = []
    trial.told.setText = lambda text: said.append(text)  # type: ignore[method-assign]
    world.answering.gate.clear()
    trial.go.click()
    assert not trial.go.isEnabled()
    world.answering.gate.set()
    qtbot.waitUntil(trial.go.isEnabled)
    assert trial.answer.text() == "A map with a river and a list of plants."
    assert said[-2:] == ["Loading the model …", "It sees. It took 8.4 s."]
    assert world.answering.asked == [{"do": "model_try"}]


def test_what_went_wrong_is_told_there_and_it_can_be_tried_again(qtbot: QtBot, trial: ModelTrial, world: World) -> None:
    world.answering.refuses["model_try"] = "The model does not fit into the memory: close other programs."
    trial.go.click()
    qtbot.waitUntil(trial.trouble.isVisible)
    assert trial.trouble.text().startswith("The model does not fit")
    assert not trial.answer.isVisible()
    assert trial.go.isEnabled()
