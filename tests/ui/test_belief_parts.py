"""How sure, why, and what happened: in words that stand in the window."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QLabel, QLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gum_app.records import PERSON, Curve, RevisionId
from gum_app.ui.belief_parts import history_column, sure_card, why
from gum_app.ui.history import Change
from tests.builders import NOON, a_proposition, a_revision


def words(qtbot: QtBot, made: QLayout | QWidget) -> str:
    place = made if isinstance(made, QWidget) else QWidget()
    if isinstance(made, QLayout):
        place.setLayout(made)
    qtbot.addWidget(place)
    return "\n".join(label.text() for label in place.findChildren(QLabel))


def test_both_numbers_are_explained(qtbot: QtBot) -> None:
    shown = words(qtbot, sure_card(a_proposition(), Curve(source=""), NOON + timedelta(days=14)))
    assert "Confidence: likely, 60 %" in shown
    assert "Freshness: recent, 50 %" in shown


def test_what_the_person_rejected_is_as_sure_as_nothing(qtbot: QtBot) -> None:
    shown = words(qtbot, sure_card(a_proposition(state="rejected"), Curve(source=""), NOON))
    assert "You said no: it is not believed" in shown
    assert "Confidence" not in shown


def test_the_reason_is_the_newest_that_tells_something(qtbot: QtBot) -> None:
    first = a_revision(id=RevisionId(1), why="Seen in the editor.")
    doubt = a_revision("contradicted", id=RevisionId(2), why="Seen otherwise.")
    yes = a_revision("confirmed", id=RevisionId(3), made_by=PERSON, why="You said that this is right.")
    shown = words(qtbot, why(a_proposition(revisions=(first, doubt, yes))))
    assert "Seen in the editor." in shown
    assert "Seen otherwise." not in shown
    assert "No reason was given." in words(qtbot, why(a_proposition()))


def test_what_was_taken_back_is_struck_through(qtbot: QtBot) -> None:
    change = Change(at=NOON, sentence="You said it is wrong.", why="", undone=True)
    place = QWidget()
    place.setLayout(history_column([change, replace(change, sentence="Seen again.", undone=False)], NOON, print))
    qtbot.addWidget(place)
    struck = {label.text(): label.font().strikeOut() for label in place.findChildren(QLabel)}
    assert struck["You said it is wrong."]
    assert not struck["Seen again."]
    assert any(text.endswith("taken back") for text in struck)


def test_what_a_rule_changed_can_be_taken_back(qtbot: QtBot) -> None:
    change = Change(at=NOON, sentence="Reworded.", why="", undone=False, takes_back=RevisionId(4))
    unwanted: list[RevisionId] = []
    place = QWidget()
    place.setLayout(history_column([change, replace(change, takes_back=None)], NOON, unwanted.append))
    qtbot.addWidget(place)
    (button,) = place.findChildren(QPushButton)
    button.click()
    assert unwanted == [4]
