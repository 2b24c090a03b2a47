"""One way to speak to the person: good news leaves by itself, trouble stays."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from gum_app.ui.deeds import LAST_CHANGE
from gum_app.ui.message_bar import MessageBar


def test_what_went_well_can_be_undone_and_leaves_by_itself(qtbot: QtBot) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.stays_ms = 30
    bar.done("Marked as wrong.", LAST_CHANGE)
    assert bar.sentence.text() == bar.accessibleName() == "Marked as wrong."
    assert bar.offers_undo
    with qtbot.waitSignal(bar.undo) as heard:
        bar.undo_button.click()
    assert heard.args == [LAST_CHANGE]
    assert bar.isHidden() and not bar.offers_undo
    bar.done("Pinned.")
    assert bar.undo_button.isHidden() and not bar.offers_undo
    qtbot.waitUntil(bar.isHidden)


def test_trouble_stays_until_it_is_closed(qtbot: QtBot) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.stays_ms = bar.undo_stays_ms = 10
    bar.done("Saved.", LAST_CHANGE)
    bar.trouble("The daemon does not answer: start it again.")
    qtbot.wait(40)
    assert not bar.isHidden()
    assert bar.undo_button.isHidden() and not bar.offers_undo
    assert not bar._bad.isHidden()
