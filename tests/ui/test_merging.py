"""The dialogs that merge and split."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gum_app.records import Proposition, PropositionId
from gum_app.store.reading import ReadingStore
from gum_app.ui.merging import MergeDialog, SplitDialog, offered
from tests.builders import NOON, a_proposition, some_evidence
from tests.ui.conftest import World
from tests.ui.life import KEY, NOW


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


def belief(world: World, number: int) -> Proposition:
    with ReadingStore(world.home.database, KEY) as store:
        found = store.proposition(PropositionId(number))
    assert found is not None
    return found


def test_what_is_near_is_offered_and_neither_itself_nor_what_is_past(world: World) -> None:
    mine = belief(world, 1)
    with ReadingStore(world.home.database, KEY) as store:
        found = offered(store, mine, "")
        assert found
        assert mine.id not in {other.id for other in found}
        assert {other.state for other in offered(store, mine, "Ines")} <= {"active", "doubted"}


def test_the_chosen_one_is_merged_into_the_one_whose_words_stay(world: World, parent: QWidget, qtbot: QtBot) -> None:
    dialog = MergeDialog(belief(world, 1), world.reader, parent)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.list.count() > 0)
    assert not dialog.merge.isEnabled()
    dialog.list.setCurrentRow(0)
    other = dialog._others[0].id
    dialog.that.setChecked(True)
    with qtbot.waitSignal(dialog.merged) as merged:
        dialog.merge.click()
    assert merged.args == [other, 1]


def test_other_words_find_others_and_none_is_said(world: World, parent: QWidget, qtbot: QtBot) -> None:
    dialog = MergeDialog(belief(world, 1), world.reader, parent)
    dialog.open()
    dialog.search.setText("zzzz")
    qtbot.waitUntil(lambda: not dialog.none.isHidden())
    assert dialog.list.isHidden()
    dialog.merge.click()
    assert dialog.isVisible()


def test_a_split_shares_out_words_and_evidence(parent: QWidget, qtbot: QtBot) -> None:
    items = tuple(some_evidence(f"words {n}", at=NOON + timedelta(hours=n)) for n in range(3))
    dialog = SplitDialog(a_proposition(text="Draws and counts.", evidence=items), NOW, parent)
    dialog.open()
    assert not dialog.save.isEnabled(), "both say the same still"
    dialog.parts[0].setText("Draws.")
    dialog.parts[1].setText("  Counts. ")
    assert dialog.save.isEnabled()
    dialog.shares[0].setCurrentIndex(1)
    dialog.shares[2].setCurrentIndex(2)
    with qtbot.waitSignal(dialog.split) as split:
        dialog.save.click()
    assert split.args == [[{"text": "Draws.", "evidence": [1, 0]}, {"text": "Counts.", "evidence": [2, 1]}]]


def test_what_has_no_evidence_can_be_split_too(parent: QWidget) -> None:
    dialog = SplitDialog(a_proposition(), NOW, parent)
    assert dialog.shares == {}
