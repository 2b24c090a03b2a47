"""The first start: everything is said, in few words, and nothing happens before “Start watching”."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gum_app.paths import Home
from gum_app.ui.welcome import Welcome

WORDS_IN_THIRTY_SECONDS = 130  # at 260 words a minute


def shown(qtbot: QtBot, home: Home) -> Welcome:
    welcome = Welcome(home)
    qtbot.addWidget(welcome)
    welcome.show()
    return welcome


def test_all_that_must_be_said_is_said_in_thirty_seconds(qtbot: QtBot, home: Home) -> None:
    welcome = shown(qtbot, home)
    text = " ".join(label.text() for label in welcome.findChildren(QLabel))
    for said in ("What is watched", "What is kept", "Where", "What leaves this computer", "never looked at", "keyring"):
        assert said in text
    assert str(home.root) in text.replace("\u200b", "")
    assert "Nothing, unless you choose a server later." in text
    assert len(text.split()) <= WORDS_IN_THIRTY_SECONDS


def test_the_name_is_optional_and_login_is_not_chosen_for_the_person(qtbot: QtBot, home: Home) -> None:
    welcome = shown(qtbot, home)
    with qtbot.waitSignal(welcome.started) as started:
        welcome.start.click()
    assert started.args == ["", False]


def test_what_was_filled_in_is_told(qtbot: QtBot, home: Home) -> None:
    welcome = shown(qtbot, home)
    welcome.name.setText("  Ines ")
    welcome.at_login.setChecked(True)
    with qtbot.waitSignal(welcome.started) as started:
        QTest.keyClick(welcome.name, Qt.Key.Key_Return)
    assert started.args == ["Ines", True]


def test_it_cannot_be_pressed_twice_and_a_refusal_is_one_sentence(qtbot: QtBot, home: Home) -> None:
    welcome = shown(qtbot, home)
    welcome.start.click()
    assert not welcome.start.isEnabled()
    assert "its own password" in welcome.key.text()
    welcome.trouble("The disk is full: make room and try again.")
    assert welcome.start.isEnabled()
    assert welcome.note.text() == "The disk is full: make room and try again."


def test_not_now_is_a_choice(qtbot: QtBot, home: Home) -> None:
    welcome = shown(qtbot, home)
    with qtbot.waitSignal(welcome.refused):
        welcome.later.click()
