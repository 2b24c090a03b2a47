"""The lines an answer may rest on."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gum_app.ui.ask_lines import NOT_TOLD, AskLines
from tests.ui.chats import LINES


@pytest.fixture
def lines(qtbot: QtBot) -> AskLines:
    lines = AskLines()
    qtbot.addWidget(lines)
    lines.show()
    return lines


def test_each_can_be_taken_out(qtbot: QtBot, lines: AskLines) -> None:
    lines.show_lines(LINES, editable=True)
    assert (lines.names, lines.without) == (["p1", "p2", "o3"], [])
    assert lines.boxes["p2"].accessibleName().startswith("[2] preference")
    with qtbot.waitSignal(lines.changed):
        lines.boxes["p2"].click()
    assert lines.without == ["p2"]


def test_where_each_comes_from_is_seen_by_a_click(qtbot: QtBot, lines: AskLines) -> None:
    lines.show_lines(LINES, editable=True)
    assert [see.accessibleName() for see in lines.sees][1:] == [
        "See the proposition of line 2",
        "See the episode of line 3",
    ]
    with qtbot.waitSignal(lines.wanted) as wanted:
        lines.sees[1].click()
    assert wanted.args == [LINES[1]]


def test_where_no_model_is_asked_there_is_nothing_to_take_out(lines: AskLines) -> None:
    lines.show_lines(LINES, editable=False)
    assert not any(box.isVisible() for box in lines.boxes.values())


def test_what_was_asked_before_can_be_taken_out_too(qtbot: QtBot, lines: AskLines) -> None:
    lines.show_lines(LINES, ["Asked: Who? Answered: You.", "Asked: Why? Answered: So."], editable=True)
    assert lines.told_turns == [0, 1]
    with qtbot.waitSignal(lines.changed):
        lines.turns[0].click()
    assert lines.told_turns == [1]
    assert lines.without == []


def test_one_is_taken_out_from_elsewhere(qtbot: QtBot, lines: AskLines) -> None:
    lines.show_lines(LINES, editable=True)
    with qtbot.waitSignal(lines.changed):
        lines.leave_out("o3", True)
    assert lines.without == ["o3"]
    lines.leave_out("o3", False)
    lines.leave_out("o99", True)
    assert lines.without == []


def test_what_is_told_no_more_is_out_and_says_so(lines: AskLines) -> None:
    lines.show_lines(LINES, editable=True)
    lines.tell_again([LINES[0] | {"text": "task: Tests the soil."}], ["p1", "p2"])
    assert lines.texts["p1"].text() == "task: Tests the soil."
    assert lines.boxes["p1"].accessibleName() == "[1] task: Tests the soil."
    assert lines.without == ["p2"]
    assert not lines.boxes["p2"].isEnabled()
    assert NOT_TOLD in [label.text() for label in lines.findChildren(QLabel)]
