"""What was brought in, as it is listed."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gum_app.records import Import, ImportId
from gum_app.ui.imports_card import ImportsCard
from tests.builders import NOON


def texts(card: ImportsCard) -> str:
    return "\n".join(label.text() for label in card.findChildren(QLabel)).replace("\u200b", "")


def test_before_anything_was_brought_in_it_says_what_can_be(qtbot: QtBot) -> None:
    card = ImportsCard(())
    qtbot.addWidget(card)
    assert "ActivityWatch" in texts(card) and card.gone == {}
    for wanted, button in ((card.file_wanted, card.file), (card.folder_wanted, card.folder)):
        with qtbot.waitSignal(wanted):
            button.click()


def test_each_import_is_told_and_can_be_forgotten(qtbot: QtBot) -> None:
    kinds = (("aw.json", "activitywatch"), ("gum.db", "gum"))
    found = [
        Import(id=ImportId(n), kind=kind, name=name, began_at=NOON, ended_at=NOON, kept=104, left_out=3)  # type: ignore[arg-type]
        for n, (name, kind) in enumerate(kinds, 1)
    ]
    card = ImportsCard(found)
    qtbot.addWidget(card)
    assert "An export of ActivityWatch, on Tuesday 10 March 2026: 104 here, 3 left out" in texts(card)
    assert card.gone[2].accessibleName() == "Forget what came from gum.db"
    with qtbot.waitSignal(card.forget_wanted) as wanted:
        card.gone[2].click()
    assert wanted.args == [{"import": 2}, "what came from gum.db"]
