"""Which face the window has, and the way through the first start, the key and the lock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from gum_app.paths import Home
from gum_app.ui.asking import Asker
from gum_app.ui.deeds import Deeds
from gum_app.ui.status import STARTING, status_of, stopped
from gum_app.ui.window import MainWindow, face_of
from tests.ui.answering import Answering, served
from tests.ui.life import NOW
from tests.ui.test_status_wording import a_status


@pytest.mark.parametrize(
    ("status", "face"),
    [
        (STARTING, "starting"),
        (stopped(), "stopped"),
        (a_status("needs_key", key="not chosen", consented=False), "welcome"),
        (a_status("needs_key", key="needs passphrase"), "unlock"),
        (a_status("needs_key", key="locked"), "unlock"),
        (a_status("needs_key", key="trouble"), "stopped"),
        (a_status("needs_consent", consented=False), "welcome"),
        (a_status("replaying", consented=False), "dashboard"),
        (a_status("trouble"), "dashboard"),
    ],
)
def test_the_face_follows_from_the_status(status: Any, face: str) -> None:
    assert face_of(status) == face


def window_of(qtbot: QtBot, home: Home) -> MainWindow:
    window = MainWindow(home, Deeds(Asker(home)), lambda: NOW, restyle=lambda _theme: None)
    qtbot.addWidget(window, before_close_func=lambda window: window.close_reader())
    window.open()
    return window


def shine(window: MainWindow, answering: Answering) -> None:
    window.show_status(status_of(answering.status))


@pytest.fixture
def new(home: Home) -> Iterator[Answering]:
    """A daemon at its very first start."""
    with served(home, state="needs_key", key="not chosen", consented=False) as answering:
        yield answering


def test_the_first_start_with_a_keyring_is_one_button(qtbot: QtBot, home: Home, new: Answering) -> None:
    window = window_of(qtbot, home)
    shine(window, new)
    assert window.faces.currentWidget() is window.welcome
    assert new.asked == []
    assert window.focusWidget() is window.welcome.name
    window.welcome.name.setText("Ines")
    with qtbot.waitSignal(window.hurried):
        window.welcome.start.click()
    assert new.asked == [
        {"do": "choose_key", "how": "keyring"},
        {"do": "start", "name": "Ines", "start_at_login": False},
    ]
    shine(window, new)
    qtbot.waitUntil(lambda: window.dashboard is not None)


def test_without_a_keyring_one_chooses_how_the_key_is_kept(qtbot: QtBot, home: Home, new: Answering) -> None:
    new.refuses["choose_key"] = "There is no keyring on this computer."
    window = window_of(qtbot, home)
    shine(window, new)
    window.welcome.start.click()
    qtbot.waitUntil(lambda: window.faces.currentWidget() is window.choose_key)
    assert "There is no keyring" in window.choose_key.reason.text()
    assert window.focusWidget() is window.choose_key.first
    shine(window, new)
    assert window.faces.currentWidget() is window.choose_key
    new.refuses.clear()
    window.choose_key.first.setText("four words one key")
    window.choose_key.second.setText("four words one key")
    with qtbot.waitSignal(window.hurried):
        window.choose_key.go.click()
    assert new.asked[1:] == [
        {"do": "choose_key", "how": "passphrase", "passphrase": "four words one key"},
        {"do": "start", "name": "", "start_at_login": False},
    ]


def test_a_start_that_fails_can_be_tried_again(qtbot: QtBot, home: Home, new: Answering) -> None:
    new.refuses["start"] = "The disk is full: make room and try again."
    window = window_of(qtbot, home)
    shine(window, new)
    window.welcome.start.click()
    qtbot.waitUntil(lambda: window.welcome.note.text() == "The disk is full: make room and try again.")
    assert window.welcome.start.isEnabled()


def test_the_passphrase_is_asked_for_once_and_then_gone(qtbot: QtBot, lived: Home) -> None:
    with served(lived, state="needs_key", key="needs passphrase") as answering:
        answering.passphrase = "four words one key"
        window = window_of(qtbot, lived)
        shine(window, answering)
        assert window.faces.currentWidget() is window.unlock
        assert window.focusWidget() is window.unlock.passphrase
        window.unlock.passphrase.setText("wrong")
        window.unlock.go.click()
        qtbot.waitUntil(lambda: "does not open" in window.unlock.note.text())
        window.unlock.passphrase.setText("four words one key")
        with qtbot.waitSignal(window.hurried):
            window.unlock.go.click()
        assert window.unlock.passphrase.text() == ""
        shine(window, answering)
        qtbot.waitUntil(lambda: window.dashboard is not None)


def test_what_is_kept_can_be_read_while_the_daemon_is_gone(qtbot: QtBot, lived: Home) -> None:
    with served(lived) as answering:
        window = window_of(qtbot, lived)
        shine(window, answering)
        qtbot.waitUntil(lambda: window.dashboard is not None)
    window.show_status(stopped("It has ended."))
    assert window.dashboard is not None
    assert window.faces.currentWidget() is window.dashboard
    assert window.dashboard.side.state.text() == "Not running"


def test_the_window_of_a_made_up_life_has_that_in_its_title(qtbot: QtBot, lived: Home, answering: Answering) -> None:
    window = MainWindow(lived, Deeds(Asker(lived)), lambda: NOW, restyle=lambda _theme: None, made_up=True)
    qtbot.addWidget(window, before_close_func=lambda window: window.close_reader())
    assert window.windowTitle() == "gum-app: a made-up life"
    shine(window, answering)
    qtbot.waitUntil(lambda: window.dashboard is not None)
    assert window.dashboard is not None
    assert not window.dashboard.made_up.isHidden()


def test_without_a_daemon_it_says_what_to_do(qtbot: QtBot, home: Home) -> None:
    window = window_of(qtbot, home)
    window.show_status(STARTING)
    assert window.faces.currentWidget() is window.waiting
    window.show_status(stopped("gum-app is not running in this home: start it with `gum-app`."))
    assert window.stopped.sentence.text() == "gum-app is not running in this home: start it with `gum-app`."


def test_a_database_that_does_not_open_is_told_in_the_daemons_own_words(qtbot: QtBot, home: Home) -> None:
    window = window_of(qtbot, home)
    window.show_status(a_status("needs_key", key="trouble", trouble=("The database is damaged: restore a copy.",)))
    assert window.faces.currentWidget() is window.stopped
    assert window.stopped.sentence.text() == "The database is damaged: restore a copy."


def test_a_key_that_is_refused_is_asked_for_again(qtbot: QtBot, lived: Home) -> None:
    with served(lived) as answering:
        answering.refuses["key"] = "The database is being mended: wait a moment."
        window = window_of(qtbot, lived)
        shine(window, answering)
        qtbot.waitUntil(lambda: window.stopped.sentence.text() == "The database is being mended: wait a moment.")
        answering.refuses.clear()
        shine(window, answering)
        qtbot.waitUntil(lambda: window.dashboard is not None)


def test_trouble_before_there_is_a_dashboard_is_told_too(qtbot: QtBot, home: Home) -> None:
    window = window_of(qtbot, home)
    window.trouble("A report lies in the folder of gum-app.")
    assert window.faces.currentWidget() is window.stopped
    assert window.stopped.sentence.text() == "A report lies in the folder of gum-app."


def test_closing_the_window_leaves_the_light_on(qtbot: QtBot, home: Home) -> None:
    window = window_of(qtbot, home)
    window.close()
    assert window.isHidden()
    window.open()
    assert window.isVisible()


def test_it_fits_on_a_small_screen_at_200_percent(qtbot: QtBot, lived: Home) -> None:
    with served(lived) as answering:
        window = window_of(qtbot, lived)
        shine(window, answering)
        qtbot.waitUntil(lambda: window.dashboard is not None)
        window.resize(683, 384)
        assert window.width() == 683
        assert window.height() <= 420
