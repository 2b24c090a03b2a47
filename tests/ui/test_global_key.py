"""The keys that open the page “Ask” from anywhere: pressed, taken by another program, and gone with the display."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from gum_app.errors import NotYet
from gum_app.shortcut import Shortcut
from gum_app.ui.global_key import GlobalKey
from tests.world.scripted_shortcut import ScriptedShortcut


def test_it_is_heard_and_another_one_after_a_change(qtbot: QtBot) -> None:
    keyboard = ScriptedShortcut()
    key = GlobalKey(lambda: keyboard)
    key.want("Ctrl+Alt+G")
    assert key.heard == "Ctrl+Alt+G"
    with qtbot.waitSignal(key.pressed):
        keyboard.press("Ctrl+Alt+G")
    key.want("Super+A")
    keyboard.press("Ctrl+Alt+G")
    with qtbot.waitSignal(key.pressed):
        keyboard.press("Super+A")
    key.want("")
    assert keyboard.wanted is None
    key.close()
    assert keyboard.is_closed


def test_where_another_program_has_it_that_is_told_and_a_free_one_is_heard(qtbot: QtBot) -> None:
    keyboard = ScriptedShortcut(taken={"Ctrl+Alt+G"})
    key = GlobalKey(lambda: keyboard)
    key.want("Ctrl+Alt+G")
    assert key.trouble == "Another program has Ctrl+Alt+G already: choose another combination of keys."
    assert key.heard == ""
    key.want("Ctrl+Alt+H")
    assert key.trouble == ""
    with qtbot.waitSignal(key.pressed):
        keyboard.press("Ctrl+Alt+H")
    key.close()


def test_where_nothing_can_listen_the_way_out_is_told_once() -> None:
    opened: list[int] = []

    def opens() -> Shortcut:
        opened.append(1)
        raise NotYet("Use the settings of your desktop.")

    key = GlobalKey(opens)
    for _ in range(3):
        key.want("Ctrl+Alt+G")
    assert key.trouble == "Use the settings of your desktop."
    assert len(opened) == 1
    key.want("")
    assert key.trouble == ""
    key.close()


def test_a_display_that_goes_away_ends_the_listening(qtbot: QtBot) -> None:
    keyboard = ScriptedShortcut()
    key = GlobalKey(lambda: keyboard)
    key.want("Ctrl+Alt+G")
    keyboard.lose()
    qtbot.waitUntil(lambda: keyboard.is_closed)
    assert key.trouble == "The display is gone."


@pytest.mark.usefixtures("qtbot")
def test_without_anybody_who_listens_nothing_is_wanted() -> None:
    key = GlobalKey(None)
    key.want("Ctrl+Alt+G")
    assert key.trouble == ""
    key.close()
