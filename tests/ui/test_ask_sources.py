"""What an answer rests on: seen, left out, corrected."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gum_app.ui.ask_sources import AskSources
from gum_app.ui.ask_standing import Standing
from tests.ui.chats import LINES

CITED = [LINES[0], LINES[2]]


@pytest.fixture
def sources(qtbot: QtBot) -> AskSources:
    sources = AskSources()
    qtbot.addWidget(sources)
    sources.show_lines(CITED, [], {})
    sources.show()
    return sources


def words(sources: AskSources) -> list[str]:
    return [label.text() for label in sources.findChildren(QLabel) if label.isVisible()]


def test_each_says_what_it_is_and_an_episode_when_it_was(sources: AskSources) -> None:
    assert sources.buttons["p1", "see"].text() == "[1]"
    assert sources.buttons["p1", "see"].accessibleName() == "See line 1: Works on the soil report."
    assert words(sources) == [
        "It rests on",
        "Works on the soil report.",
        "QGIS, drains — QGIS",
        "Tuesday 10 March 2026, 09:02 to 09:40",
    ]
    assert ("o3", "edit") not in sources.buttons, "what was seen is not put in other words"


def test_a_screen_reader_is_told_which_line_a_deed_is_about(sources: AskSources) -> None:
    deeds = ("right", "wrong", "edit", "leave out")
    assert [sources.buttons["p1", deed].accessibleName() for deed in deeds] == [
        "Right: line 1",
        "Wrong: line 1",
        "Edit: line 1",
        "Leave out: line 1",
    ]


def test_what_is_pressed_is_told(qtbot: QtBot, sources: AskSources) -> None:
    with qtbot.waitSignal(sources.wanted) as wanted:
        sources.buttons["o3", "see"].click()
    assert wanted.args == [LINES[2]]
    with qtbot.waitSignal(sources.left_out) as out:
        sources.buttons["o3", "leave out"].click()
    assert out.args == ["o3", True]
    for verdict in ("right", "wrong"):
        with qtbot.waitSignal(sources.said) as said:
            sources.buttons["p1", verdict].click()
        assert said.args == [1, verdict]


def test_what_is_left_out_can_be_taken_in_again(qtbot: QtBot, sources: AskSources) -> None:
    sources.show_lines(CITED, ["p1"], {})
    qtbot.waitUntil(lambda: "Left out." in words(sources))
    with qtbot.waitSignal(sources.left_out) as back:
        sources.buttons["p1", "take in again"].click()
    assert back.args == ["p1", False]


def test_the_persons_words_stand_there_once_they_are_theirs(qtbot: QtBot, sources: AskSources) -> None:
    sources.show_lines(CITED, [], {"p1": Standing(text="Tests the soil.", is_edited=True, verdict="Your words.")})
    assert sources.words["p1"].text() == "Tests the soil."
    qtbot.waitUntil(lambda: "Your words." in words(sources))
    sources.show_lines(CITED, [], {"p1": Standing(text="x", is_believed=False)})
    qtbot.waitUntil(lambda: "It is not believed any more." in words(sources))
    assert not sources.buttons["p1", "right"].isEnabled()


def test_words_that_are_being_written_stay_and_are_told_once_saved(qtbot: QtBot, sources: AskSources) -> None:
    sources.buttons["p1", "edit"].click()
    assert sources.editor is not None
    assert sources.editor.toPlainText() == "Works on the soil report."
    sources.editor.setPlainText("Tests  the\nsoil.")
    sources.show_lines(CITED, ["o3"], {})
    assert sources.editor.toPlainText() == "Tests  the\nsoil."
    with qtbot.waitSignal(sources.edited) as edited:
        sources.buttons["p1", "save"].click()
    assert edited.args == [1, "Tests the soil."]
    assert sources.editor is None


def test_nothing_changed_is_nothing_told(qtbot: QtBot, sources: AskSources) -> None:
    with qtbot.assertNotEmitted(sources.edited):
        for button in ("save", "cancel"):
            sources.buttons["p1", "edit"].click()
            sources.buttons["p1", button].click()
    assert sources.editor is None
