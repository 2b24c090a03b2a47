"""What the model tells of an episode is marked as its words; what is theirs and what is others' is kept apart."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gum_app.ui.account_told import AccountTold, in_a_row, listed_under, told
from tests.ui.life import an_account


def test_it_is_marked_as_the_models_words_and_names_the_model(qtbot: QtBot) -> None:
    widget = AccountTold(an_account("<b>Planned</b> a park", theirs=("“Zone A”",), others=("a mail",)))
    qtbot.addWidget(widget)
    labels = widget.findChildren(QLabel)
    assert [label.text() for label in labels] == [
        "What you did, as the model tells it:",
        "“<b>Planned</b> a park”",
        "Yours:\n• “Zone A”",
        "From others:\n• a mail",
        "Told by the model Qwen3-VL-4B; it may be wrong.",
    ]
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)


def test_what_is_not_there_is_not_headed() -> None:
    assert listed_under("Yours", ()) == ""


def test_in_a_tool_tip_and_in_a_row_it_is_one_line_that_names_the_model() -> None:
    assert in_a_row(an_account("Planned a park.")) == "the model tells: “Planned a park.”"
    assert told(an_account("Planned a park.")) == "What you did, as the model tells it: Planned a park."
