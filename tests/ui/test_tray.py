"""The tray's menu, in words first; the icon in a real tray on a real desktop."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from gum_app.clock import SetClock
from gum_app.ui.status import STARTING, ModelBrief, Request, Status, stopped
from gum_app.ui.tray import StateMenu, Tray, entries
from tests.builders import NOON
from tests.desktop import Desktop, until
from tests.ui.test_status_wording import a_status


def names(status: Status, *, enabled: bool | None = None) -> list[str]:
    shown = [entry for entry in entries(status, NOON) if entry is not None and entry.shown]
    return [entry.name for entry in shown if enabled is None or entry.enabled is enabled]


def test_while_watching_one_can_pause_and_forget() -> None:
    assert names(a_status(), enabled=True) == [
        *("open", "ask", "suggest", "pause_15", "pause_60", "pause_tomorrow", "focus_25", "focus_50", "focus_90"),
        *("forget_10", "forget_60", "quit"),
    ]


def test_how_many_suggestions_are_open_stands_in_the_menu() -> None:
    found = [entry for entry in entries(a_status(suggestions_open=2), NOON) if entry is not None]
    assert [entry.text for entry in found if entry.name == "suggest"] == ["Suggestions (2) …"]


def test_while_paused_one_can_resume_and_not_pause_again() -> None:
    paused = names(a_status("paused", paused_until=NOON + timedelta(hours=1)))
    assert "resume" in paused
    assert "pause_15" not in paused


@pytest.mark.parametrize("status", [STARTING, stopped(), a_status("needs_key", key="needs passphrase")])
def test_without_daemon_or_key_nothing_can_be_forgotten_and_one_can_always_quit(status: Status) -> None:
    assert {"forget_10", "forget_60"} <= set(names(status, enabled=False))
    assert {"open", "quit"} <= set(names(status, enabled=True))


def test_before_consent_the_menu_leads_to_the_first_start() -> None:
    found = entries(a_status("needs_consent", consented=False), NOON)
    assert [entry.text for entry in found if entry is not None and entry.name == "open"] == ["Set up gum-app …"]


def test_trouble_stands_in_the_second_line() -> None:
    found = entries(a_status("trouble", trouble=("The reader is not installed.",)), NOON)
    assert found[1] is not None
    assert found[1].text == "The reader is not installed."


def test_a_menu_that_says_the_same_is_left_alone_while_it_is_open(qtbot: QtBot) -> None:
    menu = StateMenu()
    qtbot.addWidget(menu)
    menu.show_status(a_status(), NOON)
    first = menu.actions()
    menu.show_status(a_status(), NOON + timedelta(seconds=2))
    assert menu.actions() == first
    with qtbot.waitSignal(menu.chosen) as chosen:
        first[3].trigger()
    assert chosen.args == ["open"]


def test_a_click_opens_and_the_tool_tip_is_the_headline(qtbot: QtBot) -> None:
    tray = Tray(SetClock(NOON))
    tray.show_status(a_status("private"))
    assert tray.icon.toolTip() == "gum-app: The daemon’s own sentence"
    with qtbot.waitSignal(tray.opened):
        tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)


@pytest.mark.parametrize("state", ["watching", "paused", "trouble", "idle"])
def test_where_words_go_stands_in_the_tool_tip_and_the_menu_and_is_marked_on_the_icon(qtbot: QtBot, state: str) -> None:
    tray = Tray(SetClock(NOON))
    status = a_status(state, model=ModelBrief(state="idle", remote="gpu.example.org:443"))
    tray.show_status(status)
    assert tray.icon.toolTip().splitlines()[1] == "Words and pictures go to gpu.example.org:443"
    assert "remote" in names(status, enabled=False)
    assert "remote" not in names(a_status(state))
    marked = tray.icon.icon().pixmap(22, 22).toImage()
    tray.show_status(a_status(state))
    assert tray.icon.icon().pixmap(22, 22).toImage() != marked
    assert "\n" not in tray.icon.toolTip()


def test_a_focus_time_is_marked_told_and_can_be_ended(qtbot: QtBot) -> None:
    focused = a_status(focus_until=NOON + timedelta(minutes=45))
    assert {"focus_stop"} == {name for name in names(focused) if name.startswith("focus")}
    assert not any(name.startswith("focus") for name in names(stopped()))
    assert not any(name.startswith("focus") for name in names(a_status("replayed")))
    tray = Tray(SetClock(NOON))
    tray.show_status(focused)
    assert "Focus until 12:45" in tray.icon.toolTip().splitlines()
    marked = tray.icon.icon().pixmap(22, 22).toImage()
    tray.show_status(a_status())
    assert tray.icon.icon().pixmap(22, 22).toImage() != marked


ASKED = Request(client="claude", at=NOON)


def test_a_program_that_asks_is_marked_told_of_and_leads_to_where_it_is_answered(qtbot: QtBot) -> None:
    asking = a_status(asking=(ASKED,))
    assert "requests" in names(asking, enabled=True)
    assert "requests" not in names(a_status())
    tray = Tray(SetClock(NOON))
    tray.show_status(asking)
    assert tray.icon.toolTip().splitlines()[1] == "“claude” asks what it may be told about you"
    marked = tray.icon.icon().pixmap(22, 22).toImage()
    tray.show_status(a_status())
    assert tray.icon.icon().pixmap(22, 22).toImage() != marked
    with qtbot.waitSignal(tray.chosen) as chosen:
        tray.icon.messageClicked.emit()
    assert chosen.args == ["requests"]


def test_a_program_that_asks_is_told_of_in_one_message(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _icon, _title, sentence, *_: said.append(sentence))
    monkeypatch.setattr(QSystemTrayIcon, "isVisible", lambda _icon: True)
    tray = Tray(SetClock(NOON))
    for _ in range(3):
        tray.show_status(a_status(asking=(ASKED,)))
    assert [sentence.partition(":")[0] for sentence in said] == ["“claude” asks what it may be told about you"]


IN_A_TRAY = """
from PySide6.QtWidgets import QApplication
from gum_app.clock import SystemClock
from gum_app.ui.tray import Tray
from gum_app.ui.status import Status
app = QApplication([])
app.setQuitOnLastWindowClosed(False)
tray = Tray(SystemClock())
tray.show_status(Status(state="watching", sentence="Watching."))
tray.icon.show()
tray.opened.connect(lambda: print("opened", flush=True))
tray.chosen.connect(lambda name: print(name, flush=True))
tray.menu.aboutToShow.connect(lambda: print("menu", flush=True))
app.exec()
"""


@pytest.mark.desktop
def test_in_a_real_tray_a_click_opens_and_the_menu_can_be_used() -> None:
    with Desktop(size="1000x700", tray=True) as desktop:
        program = desktop.spawn(
            sys.executable, "-c", IN_A_TRAY, stdout=subprocess.PIPE, more_env={"QT_QPA_PLATFORM": "xcb"}
        )
        tray = desktop.wait_window("--class", "trayer")
        until(lambda: desktop.geometry(tray)[2] >= 16, "an icon in the tray")  # empty it is one pixel wide
        x, y, width, height = desktop.geometry(tray)
        desktop.xdo("mousemove", x + width // 2, y + height // 2, "click", 1)
        assert program.stdout is not None
        assert program.stdout.readline() == b"opened\n"
        desktop.xdo("click", 3)
        assert program.stdout.readline() == b"menu\n"
        desktop.xdo("key", "Up", "Return")
        assert program.stdout.readline() == b"quit\n"
