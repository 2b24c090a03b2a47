"""The lines an answer may rest on."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from gum_app.ui.ask_lines import AskLines
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
        "See the day of line 3",
    ]
    with qtbot.waitSignal(lines.wanted) as wanted:
        lines.sees[1].click()
    assert wanted.args == [LINES[1]]


def test_where_no_model_is_asked_there_is_nothing_to_take_out(lines: AskLines) -> None:
    lines.show_lines(LINES, editable=False)
    assert not any(box.isVisible() for box in lines.boxes.values())
