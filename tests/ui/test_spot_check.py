"""One statement after the other, by keys, with a way back and a way out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from gum_app.records import PropositionId, SpotCheckId
from gum_app.rules.revisions import fold
from gum_app.store.store import ForgetScope, Store
from gum_app.ui.evidence_card import EvidenceCard
from gum_app.ui.fold import Fold
from gum_app.ui.spot_check import SpotCheckDialog, _thanks
from tests.ui.conftest import World
from tests.ui.life import KEY, NOW


@pytest.fixture
def dialog(qtbot: QtBot, world: World) -> Iterator[SpotCheckDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    yield opened(qtbot, world, parent)


def opened(qtbot: QtBot, world: World, parent: QWidget) -> SpotCheckDialog:
    dialog = SpotCheckDialog(world.reader, world.deeds, NOW, parent)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: bool(dialog.items) and not dialog._waits)
    return dialog


def words(dialog: SpotCheckDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def press(qtbot: QtBot, dialog: SpotCheckDialog, key: Qt.Key, at: int) -> None:
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog, key)
    qtbot.waitUntil(lambda: dialog.at == at and not dialog._waits)


def state_of(world: World, dialog: SpotCheckDialog, number: int) -> str:
    with Store(world.home.database, KEY, fold=fold) as store:
        belief = store.proposition(dialog.items[number].told.belief.id)
    assert belief is not None
    return "confirmed" if belief.confirmed else belief.state


def test_ten_are_judged_by_keys_and_the_answers_act_as_everywhere(
    qtbot: QtBot, dialog: SpotCheckDialog, world: World
) -> None:
    number = len(dialog.items)
    assert dialog.number.text() == f"1 of {number}"
    assert dialog.items[0].told.belief.text in words(dialog)
    assert "%" not in words(dialog), "how sure it is shown to be sways nobody"
    for at, key in enumerate((Qt.Key.Key_R, Qt.Key.Key_W, Qt.Key.Key_P, Qt.Key.Key_S), start=1):
        press(qtbot, dialog, key, at)
    assert [state_of(world, dialog, n) for n in (0, 1)] == ["confirmed", "rejected"]
    for at in range(5, number + 1):
        press(qtbot, dialog, Qt.Key.Key_P, at)
    qtbot.waitUntil(lambda: "Done: 1 right" in words(dialog))
    assert "1 skipped" in words(dialog)
    assert "too few" in words(dialog)
    assert dialog.stop.text() == "Close"


def test_one_can_go_back_and_say_otherwise(qtbot: QtBot, dialog: SpotCheckDialog, world: World) -> None:
    press(qtbot, dialog, Qt.Key.Key_R, 1)
    assert state_of(world, dialog, 0) == "confirmed"
    press(qtbot, dialog, Qt.Key.Key_B, 0)
    assert "You said: right." in words(dialog)
    world.answering.clock.put(NOW.replace(minute=43))
    press(qtbot, dialog, Qt.Key.Key_W, 1)
    assert state_of(world, dialog, 0) == "rejected"


def test_what_was_skipped_is_told_too_and_nothing_moves_for_the_way_back(qtbot: QtBot, dialog: SpotCheckDialog) -> None:
    place = dialog.body.y()
    press(qtbot, dialog, Qt.Key.Key_S, 1)
    assert dialog.back.isVisible() and dialog.body.y() == place
    press(qtbot, dialog, Qt.Key.Key_B, 0)
    assert "You skipped it." in words(dialog)


def test_what_it_rests_on_is_one_click_away(dialog: SpotCheckDialog) -> None:
    fold_ = dialog.body.findChild(Fold)
    assert isinstance(fold_, Fold)
    assert not any(card.isVisible() for card in dialog.body.findChildren(EvidenceCard))
    fold_.button.click()
    assert all(card.isVisible() for card in dialog.body.findChildren(EvidenceCard))


def test_it_can_be_stopped_and_goes_on_where_it_was(qtbot: QtBot, dialog: SpotCheckDialog, world: World) -> None:
    press(qtbot, dialog, Qt.Key.Key_P, 1)
    first = [item.check.id for item in dialog.items]
    parent = dialog.parentWidget()
    assert parent is not None
    with qtbot.waitSignal(dialog.over):
        dialog.stop.click()
    again = opened(qtbot, world, parent)
    assert [item.check.id for item in again.items] == first
    assert again.at == 1
    again.reject()


def test_what_was_forgotten_meanwhile_is_said_and_passed_over(
    qtbot: QtBot, dialog: SpotCheckDialog, world: World
) -> None:
    number, gone = len(dialog.items), dialog.items[0].check.proposition_id
    with Store(world.home.database, KEY, fold=fold) as store:
        store.forget(ForgetScope(proposition_id=PropositionId(gone)), at=NOW)
    dialog.answer("right")
    qtbot.waitUntil(dialog.trouble.isVisible)
    assert "forgotten" in dialog.trouble.text()
    assert len(dialog.items) == number - 1 and dialog.at == 0


def test_the_end_is_told_in_numbers() -> None:
    ids = [SpotCheckId(n) for n in range(4)]
    assert _thanks(dict(zip(ids, ("right", "right", "wrong", "skip"), strict=True))) == (
        "Done: 2 right, 1 wrong and 1 skipped."
    )
    assert _thanks({}) == "Done."
