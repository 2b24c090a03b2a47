"""A model of one's own: two files."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from gum_app.ui.model_status import OwnFiles
from gum_app.ui.own_files import OwnFilesCard


@pytest.fixture
def card(qtbot: QtBot) -> OwnFilesCard:
    card = OwnFilesCard()
    qtbot.addWidget(card)
    card.show()
    return card


def test_files_are_chosen_and_used(qtbot: QtBot, card: OwnFilesCard, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not card.use.isEnabled()
    for name, path in (("Weights", "/models/w.gguf"), ("Projector", "/models/p.gguf")):
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, path=path: (path, ""))
        button = next(b for b in card.findChildren(QPushButton) if b.accessibleName() == f"Choose the file: {name}")
        button.click()
    with qtbot.waitSignal(card.wanted) as wanted:
        card.use.click()
    assert wanted.args == ["/models/w.gguf", "/models/p.gguf"]


def test_a_choice_that_was_given_up_changes_nothing(card: OwnFilesCard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    card.lines["weights"].setText("/models/w.gguf")
    card._choose("weights", "Weights")
    assert card.lines["weights"].text() == "/models/w.gguf"


def test_what_is_in_use_is_shown_and_can_be_left(qtbot: QtBot, card: OwnFilesCard) -> None:
    card.show_files(OwnFiles(weights="/models/w.gguf"), in_use=True)
    assert card.in_use.isVisible()
    assert not card.use.isEnabled()
    card.lines["weights"].setText("/models/other.gguf")
    assert card.use.isEnabled()
    assert not card.in_use.isVisible(), "what stands there is not what is in use"
    with qtbot.waitSignal(card.left):
        card.leave.click()


def test_what_is_being_chosen_is_not_swept_away_each_second(card: OwnFilesCard) -> None:
    card.show_files(OwnFiles(weights="/models/w.gguf"), in_use=True)
    card.lines["weights"].setText("/models/oth")
    card.show_files(OwnFiles(weights="/models/w.gguf"), in_use=True)
    assert card.lines["weights"].text() == "/models/oth"
