"""What the model is shown for a question, and all of it word for word."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gum_app.ui.ask_context import AskContext
from tests.ui.chats import LINES, MODEL
from tests.ui.conftest import World

QUESTION: dict[str, Any] = {"text": "Why?"}


@pytest.fixture
def context(qtbot: QtBot, world: World) -> AskContext:
    made: list[AskContext] = []
    context = AskContext(world.asker, lambda: QUESTION | made[0].chosen())
    made.append(context)
    qtbot.addWidget(context)
    context.show_found(LINES, ["Asked: Who? Answered: You."], model=MODEL, told="")
    context.show()
    context.open(True)
    return context


def test_all_that_is_chosen_is_told(qtbot: QtBot, context: AskContext) -> None:
    with qtbot.waitSignal(context.changed):
        context.lines.boxes["o3"].click()
    with qtbot.waitSignal(context.changed):
        QTest.keyClicks(context.also, "I was ill. ")
    assert context.chosen() == {"lines": ["p1", "p2", "o3"], "without": ["o3"], "also": "I was ill."}
    assert context.lines.told_turns == [0]
    assert MODEL in context.about.text()


def test_word_for_word_shows_what_would_be_sent_now(qtbot: QtBot, context: AskContext, world: World) -> None:
    context.word_for_word.button.click()
    qtbot.waitUntil(lambda: context.whole.toPlainText().endswith("The question: Why?"))
    assert world.answering.asked == [{"do": "chat_prompt"} | QUESTION | context.chosen()]
    context.lines.boxes["o3"].click()
    assert not context.word_for_word.button.isChecked(), "it is not so any more"
    world.answering.refuses["chat_prompt"] = "No model has been chosen."
    context.word_for_word.button.click()
    qtbot.waitUntil(context.trouble.isVisible)
    assert context.trouble.text() == "No model has been chosen."
    assert context.whole.toPlainText() == ""


def test_without_a_model_it_is_what_fits_and_nothing_can_be_told(context: AskContext) -> None:
    context.show_found(LINES[:1], [], model="", told="In the order of time.")
    assert context.button.text() == "What fits: 1"
    assert context.about.text() == "In the order of time."
    assert not context.also.isVisible()
    assert not context.word_for_word.isVisible()
    context.show_found([], [], model="", told="")
    assert not context.isVisible()


def test_what_was_sent_stands_there_as_it_was_sent(context: AskContext) -> None:
    context.show_sent([LINES[2] | {"text": "until 09:41: QGIS"}])
    assert context.lines.texts["o3"].text() == "until 09:41: QGIS"
    assert context.lines.texts["p1"].text() == LINES[0]["text"]
