"""What was asked earlier in this conversation."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gum_app.ui.ask_turns import AskTurns, Turn


def a_turn(number: int) -> Turn:
    return Turn(question=f"question {number}", answer=f"answer {number}", names=frozenset({f"p{number}"}))


def test_the_last_ones_are_told_along_and_all_are_shown_the_newest_first(qtbot: QtBot) -> None:
    turns = AskTurns()
    qtbot.addWidget(turns)
    assert not turns.isVisible()
    for number in range(1, 6):
        turns.add(a_turn(number))
    assert turns.isVisible()
    assert [turn["question"] for turn in turns.history] == ["question 3", "question 4", "question 5"]
    assert turns.told[-1] == "Asked: question 5 Answered: answer 5"
    assert turns.names == {"p1", "p2", "p3", "p4", "p5"}
    qtbot.waitUntil(lambda: len(shown(turns)) == 11)
    assert shown(turns)[:3] == ["Earlier in this conversation", "question 5", "answer 5"]
    turns.clear()
    assert (len(turns), turns.history, turns.told, turns.names) == (0, [], [], frozenset())
    assert not turns.isVisible()


def shown(turns: AskTurns) -> list[str]:
    return [label.text() for label in turns.findChildren(QLabel) if label.isVisible()]
