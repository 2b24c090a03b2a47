"""Trying the model: how it goes, its answer, the time it took, and what went wrong."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from gum_app.ui.model_deeds import ModelDeeds
from gum_app.ui.model_trial import ModelTrial
from tests.ui.answering import Answer
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
    assert not trial.go.isVisible()
    world.answering.gate.set()
    qtbot.waitUntil(trial.go.isVisible)
    assert trial.answer.text() == "“A map with a river and a list of plants.”"
    assert said[-2:] == ["Loading the model …", "It sees. It took 8.4 s. The model says:"]
    assert world.answering.asked == [{"do": "model_try"}]


def test_what_went_wrong_is_told_there_and_it_can_be_tried_again(qtbot: QtBot, trial: ModelTrial, world: World) -> None:
    world.answering.refuses["model_try"] = "The model does not fit into the memory: close other programs."
    trial.go.click()
    qtbot.waitUntil(trial.trouble.isVisible)
    assert trial.trouble.text().startswith("The model does not fit")
    assert not trial.answer.isVisible()
    assert trial.go.isVisible()


def test_a_trial_is_stopped_and_can_be_begun_again(qtbot: QtBot, trial: ModelTrial, world: World) -> None:
    over = threading.Event()

    def says_nothing_new() -> Iterator[Answer]:
        while not over.wait(0.01):
            yield {"said": "It answers."}

    world.answering.trial = says_nothing_new()
    trial.activateWindow()
    trial.go.setFocus()
    trial.go.click()
    qtbot.waitUntil(lambda: trial.told.text() == "It answers.")
    assert trial.stop.hasFocus(), "the keyboard stays where it was"
    trial.stop.click()
    assert trial.told.text() == "Stopping …"
    qtbot.waitUntil(trial.go.isVisible)
    over.set()
    assert trial.told.text() == "Stopped."
    assert not trial.stop.isVisible()
    assert trial.go.hasFocus()
    world.answering.trial = [{"answer": "A river.", "milliseconds": 1}]
    trial.go.click()
    qtbot.waitUntil(trial.answer.isVisible)


def test_what_another_model_said_is_not_shown_as_if_this_one_had(qtbot: QtBot, trial: ModelTrial, world: World) -> None:
    trial.show_model("small")
    trial.go.click()
    qtbot.waitUntil(trial.answer.isVisible)
    trial.show_model("small")
    assert trial.answer.isVisible()
    trial.show_model("large")
    assert not trial.answer.isVisible()
    world.answering.gate.clear()
    trial.go.click()
    trial.show_model("small")
    world.answering.gate.set()
    qtbot.waitUntil(trial.go.isVisible)
    assert not trial.answer.isVisible()
