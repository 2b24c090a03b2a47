"""One way to speak to the person: good news leaves by itself, trouble stays."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from gum_app.ui.message_bar import MessageBar


def test_what_went_well_can_be_undone_and_leaves_by_itself(qtbot: QtBot) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar._leave.setInterval(30)
    bar.done("Marked as wrong.", can_undo=True)
    assert bar.sentence.text() == bar.accessibleName() == "Marked as wrong."
    with qtbot.waitSignal(bar.undo):
        bar.undo_button.click()
    assert bar.isHidden()
    bar.done("Pinned.", can_undo=False)
    assert bar.undo_button.isHidden()
    qtbot.waitUntil(bar.isHidden)


def test_trouble_stays_until_it_is_closed(qtbot: QtBot) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar._leave.setInterval(10)
    bar.done("Saved.", can_undo=True)
    bar.trouble("The daemon does not answer: start it again.")
    qtbot.wait(40)
    assert not bar.isHidden()
    assert bar.undo_button.isHidden()
    assert not bar._bad.isHidden()
