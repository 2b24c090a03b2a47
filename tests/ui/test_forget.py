"""Forgetting shows first what will go, and cannot be done by accident."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from gum_app.ui.forget import ForgetDialog
from tests.ui.conftest import World


def opened(qtbot: QtBot, world: World, scope: dict[str, object], what: str = "the last hour") -> ForgetDialog:
    dialog = ForgetDialog(world.asker, scope, what)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_what_will_go_is_shown_before_it_can_go(qtbot: QtBot, world: World) -> None:
    world.answering.gate.clear()
    dialog = opened(qtbot, world, {"last_minutes": 60})
    assert not dialog.go.isEnabled()
    world.answering.gate.set()
    qtbot.waitUntil(dialog.go.isEnabled)
    assert dialog.title.text() == "Forget the last hour?"
    assert dialog.told.text().startswith("This will go: 2 episodes, 1 small picture, ")
    assert "cannot be undone" in dialog.never.text()
    assert world.answering.asked[-1] == {"do": "forget", "preview": True, "last_minutes": 60}


def test_the_button_that_keeps_is_the_one_that_enter_presses(qtbot: QtBot, world: World) -> None:
    dialog = opened(qtbot, world, {"last_minutes": 60})
    qtbot.waitUntil(dialog.go.isEnabled)
    assert dialog.keep.isDefault()
    assert not dialog.go.isDefault()
    dialog.keep.click()
    assert [question["preview"] for question in world.answering.asked] == [True]


def test_after_forgetting_it_says_what_went(qtbot: QtBot, world: World) -> None:
    dialog = opened(qtbot, world, {"proposition": 1}, "this proposition")
    qtbot.waitUntil(dialog.go.isEnabled)
    with qtbot.waitSignal(dialog.gone) as gone:
        dialog.go.click()
    assert gone.args is not None
    assert gone.args[0].startswith("Forgotten: 1 proposition,")
    assert dialog.result() == ForgetDialog.DialogCode.Accepted


def test_where_there_is_nothing_to_forget_it_says_so(qtbot: QtBot, world: World) -> None:
    dialog = opened(qtbot, world, {"app": "never used"})
    qtbot.waitUntil(lambda: dialog.told.text() == "There is nothing to forget here.")
    assert dialog.go.isHidden()
    assert dialog.keep.text() == "Close"


@pytest.mark.parametrize("when", ["preview", "forgetting"])
def test_trouble_is_told_and_it_can_be_tried_again(qtbot: QtBot, world: World, when: str) -> None:
    if when == "preview":
        world.answering.refuses["forget"] = "Somebody keeps reading: try again."
    dialog = opened(qtbot, world, {"last_minutes": 60})
    if when == "forgetting":
        qtbot.waitUntil(dialog.go.isEnabled)
        world.answering.refuses["forget"] = "Somebody keeps reading: try again."
        dialog.go.click()
    qtbot.waitUntil(lambda: not dialog.note.isHidden())
    assert dialog.note.text() == "Somebody keeps reading: try again."
