"""How the key is kept, and unlocking."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gum_app.paths import Home
from gum_app.ui.unlock import AGREED, ChooseKey, Unlock, passphrase_trouble


def test_a_passphrase_has_a_length_and_is_typed_twice() -> None:
    assert "At least 8" in passphrase_trouble("short", "short")
    assert "not the same" in passphrase_trouble("long enough", "long enuogh")
    assert passphrase_trouble("long enough", "long enough") == ""


@pytest.fixture
def choosing(qtbot: QtBot, home: Home) -> ChooseKey:
    widget = ChooseKey(home)
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_a_passphrase_is_chosen(qtbot: QtBot, choosing: ChooseKey) -> None:
    choosing.first.setText("four words one key")
    choosing.go.click()
    assert choosing.note.text() == "The two are not the same."
    choosing.second.setText("four words one key")
    with qtbot.waitSignal(choosing.chosen) as chosen:
        choosing.go.click()
    assert chosen.args == ["passphrase", "four words one key"]
    assert not choosing.go.isEnabled()


def test_a_key_file_must_be_agreed_to_in_words(qtbot: QtBot, choosing: ChooseKey, home: Home) -> None:
    choosing.by_file.setChecked(True)
    assert not choosing.go.isEnabled()
    assert "can read what gum-app keeps" in AGREED
    choosing.agree.setChecked(True)
    with qtbot.waitSignal(choosing.chosen) as chosen:
        choosing.go.click()
    assert chosen.args == ["file", ""]


def test_the_keyring_can_be_tried_again_and_its_trouble_is_told(qtbot: QtBot, choosing: ChooseKey) -> None:
    choosing.explain("The keyring is locked.")
    assert "The keyring is locked." in choosing.reason.text()
    with qtbot.waitSignal(choosing.chosen) as chosen:
        choosing.keyring.click()
    assert chosen.args == ["keyring", ""]
    choosing.trouble("It did not answer.")
    assert choosing.go.isEnabled()
    assert choosing.note.text() == "It did not answer."


def test_the_passphrase_unlocks_and_a_wrong_one_can_be_typed_again(qtbot: QtBot) -> None:
    unlock = Unlock()
    qtbot.addWidget(unlock)
    unlock.show()
    unlock.passphrase.setText("wrong one")
    with qtbot.waitSignal(unlock.unlocked) as unlocked:
        QTest.keyClick(unlock.passphrase, Qt.Key.Key_Return)
    assert unlocked.args == ["wrong one"]
    unlock.trouble("This passphrase does not open the database.")
    assert unlock.passphrase.selectedText() == "wrong one"
    assert unlock.go.isEnabled()


def test_a_locked_keyring_needs_no_passphrase(qtbot: QtBot) -> None:
    unlock = Unlock()
    qtbot.addWidget(unlock)
    unlock.show()
    unlock.wants("locked")
    assert unlock.passphrase.isHidden()
    assert "keyring" in unlock.sentence.text()
    with qtbot.waitSignal(unlock.unlocked) as unlocked:
        unlock.go.click()
    assert unlocked.args == [""]
