"""The whole process of the windows: a real one, on a real desktop, against a real link."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gum_app.clock import SetClock
from gum_app.paths import Home
from gum_app.rules.revisions import fold
from gum_app.store.store import Store
from gum_app.ui import light
from gum_app.ui.app import Shell
from gum_app.ui.forget import ForgetDialog
from gum_app.ui.suggestion_preview import SuggestionPreview
from tests.desktop import Desktop, until
from tests.ui.answering import Answering, served
from tests.ui.life import KEY, NOW
from tests.ui.offers import offer_help, the_first
from tests.world.scripted_shortcut import ScriptedShortcut


@pytest.fixture
def shell(qtbot: QtBot, qapp: QApplication, lived: Home) -> Iterator[tuple[Shell, Answering]]:
    with served(lived) as answering:
        shell = Shell(lived, SetClock(NOW - timedelta(days=400)), qapp)
        shell.light.start()
        yield shell, answering
        shell.close()


def test_the_clock_is_the_daemons(qtbot: QtBot, qapp: QApplication, lived: Home) -> None:
    with served(lived):
        one = Shell(lived, SetClock(NOW - timedelta(days=400)), qapp)
        assert one.now() == NOW - timedelta(days=400)
        one.light.start()
        qtbot.waitUntil(lambda: one.now() == NOW)
        one.close()


def test_what_is_chosen_in_a_menu_is_asked_of_the_daemon(qtbot: QtBot, shell: tuple[Shell, Answering]) -> None:
    one, answering = shell
    for name in ("pause_15", "pause_60", "pause_tomorrow", "resume"):
        with qtbot.waitSignal(one.deeds.done):
            one.do(name)
    assert [question for question in answering.asked if question["do"] in {"pause", "resume"}] == [
        {"do": "pause", "minutes": 15},
        {"do": "pause", "minutes": 60},
        {"do": "pause", "until_tomorrow": True},
        {"do": "resume"},
    ]


@pytest.fixture
def next_round_is_far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(light, "ASK_SECONDS", 60.0)


@pytest.mark.usefixtures("next_round_is_far")
def test_after_a_pause_the_light_does_not_wait_for_its_next_round(qtbot: QtBot, shell: tuple[Shell, Answering]) -> None:
    one, _ = shell
    qtbot.waitUntil(lambda: one.light.status.state == "watching")
    one.do("pause_15")
    qtbot.waitUntil(lambda: one.light.status.state == "paused")
    assert one.tray.icon.toolTip() == "gum-app: Paused until 16:57"


def test_forgetting_from_the_tray_asks_in_the_window(qtbot: QtBot, shell: tuple[Shell, Answering]) -> None:
    one, answering = shell
    qtbot.waitUntil(lambda: one.window.dashboard is not None)
    one.do("forget_10")
    assert one.window.isVisible()
    qtbot.waitUntil(lambda: {"do": "forget", "preview": True, "last_minutes": 10} in answering.asked)
    one.window.findChildren(ForgetDialog)[0].reject()


def test_asking_from_the_tray_opens_its_page(qtbot: QtBot, shell: tuple[Shell, Answering]) -> None:
    one, _ = shell
    qtbot.waitUntil(lambda: one.window.dashboard is not None)
    one.do("ask")
    assert one.window.dashboard is not None
    assert one.window.isVisible()
    assert one.window.dashboard.pages.currentWidget() is one.window.dashboard.asking


def test_a_button_of_a_notification_brings_its_suggestion_forward_once(
    qtbot: QtBot, shell: tuple[Shell, Answering]
) -> None:
    window, answering = shell[0].window, shell[1]
    with Store(answering.home.database, KEY, fold=fold) as store:
        offer_help(store)
        id_ = int(the_first(store))
    with qtbot.waitSignal(shell[0].light.shone):
        shell[0].light.look_now()
    answering.status["wanted"] = {"page": "suggestions", "id": id_, "serial": 1}
    shell[0].light.look_now()
    qtbot.waitUntil(lambda: window.isVisible() and window.dashboard is not None)
    dashboard = window.dashboard
    assert dashboard is not None
    qtbot.waitUntil(lambda: dashboard.pages.currentWidget() is dashboard.suggestions)
    qtbot.waitUntil(lambda: id_ in dashboard.suggestions.cards)
    qtbot.waitUntil(dashboard.suggestions.cards[id_].sure.button.isChecked)
    dashboard.side.turn_to(0)
    with qtbot.waitSignal(shell[0].light.shone):
        shell[0].light.look_now()
    assert dashboard.pages.currentWidget() is dashboard.propositions, "the same is not asked for twice"
    answering.status["wanted"] = {"page": "preview", "id": id_, "serial": 2}
    shell[0].light.look_now()
    qtbot.waitUntil(lambda: len(window.findChildren(SuggestionPreview)) == 1)
    window.findChildren(SuggestionPreview)[0].reject()


def test_a_program_that_asks_is_answered_from_the_tray(qtbot: QtBot, shell: tuple[Shell, Answering]) -> None:
    one, _ = shell
    one.do("requests")  # nobody can have asked before there are pages
    qtbot.waitUntil(lambda: one.window.dashboard is not None)
    one.do("requests")
    assert one.window.dashboard is not None
    page = one.window.dashboard.privacy
    assert one.window.dashboard.pages.currentWidget() is page
    qtbot.waitUntil(lambda: page.verticalScrollBar().value() > 0)


def test_a_page_asked_for_before_there_are_pages_comes_with_them(qtbot: QtBot, shell: tuple[Shell, Answering]) -> None:
    one, _ = shell
    one.called("ask")
    assert one.window.isVisible()
    qtbot.waitUntil(lambda: one.window.dashboard is not None)
    assert one.window.dashboard is not None
    assert one.window.dashboard.pages.currentWidget() is one.window.dashboard.asking


def test_a_combination_of_keys_that_is_taken_is_told_in_the_settings(
    qtbot: QtBot, qapp: QApplication, lived: Home
) -> None:
    keyboard = ScriptedShortcut(taken={"Ctrl+Alt+G"})
    with served(lived, ask_key="Ctrl+Alt+G") as answering:
        shell = Shell(lived, SetClock(NOW), qapp, shortcut=lambda: keyboard)
        shell.light.start()
        qtbot.waitUntil(lambda: shell.window.dashboard is not None)
        assert shell.window.dashboard is not None
        told = shell.window.dashboard.settings.fields["ask_key"].trouble
        qtbot.waitUntil(lambda: told.text().startswith("Another program has Ctrl+Alt+G already"))
        answering.status["ask_key"] = "Ctrl+Alt+H"
        shell.light.look_now()
        qtbot.waitUntil(lambda: told.text() == "")
        keyboard.press("Ctrl+Alt+H")
        qtbot.waitUntil(shell.window.isVisible)
        assert shell.window.dashboard.pages.currentWidget() is shell.window.dashboard.asking
        shell.close()


def test_what_fails_in_the_tray_is_read_in_the_window(qtbot: QtBot, shell: tuple[Shell, Answering]) -> None:
    one, answering = shell
    answering.refuses["pause"] = "It cannot be paused now."
    qtbot.waitUntil(lambda: one.window.dashboard is not None)
    assert one.window.isHidden()
    one.do("pause_15")
    qtbot.waitUntil(one.window.isVisible)
    assert one.window.dashboard is not None
    assert one.window.dashboard.messages.sentence.text() == "It cannot be paused now."


def test_where_there_is_no_tray_the_small_light_is_on(qtbot: QtBot, shell: tuple[Shell, Answering]) -> None:
    one, _ = shell
    assert one.small_light.isVisible()
    assert not one.tray.icon.isVisible()


def test_a_crash_is_told_in_the_bar_with_the_place_of_its_report(qtbot: QtBot, shell: tuple[Shell, Answering]) -> None:
    one, _ = shell
    qtbot.waitUntil(lambda: one.window.dashboard is not None)
    one.crashed.emit("/home/ines/gum/crashes/crash-1.txt")
    assert one.window.dashboard is not None
    bar = one.window.dashboard.messages
    qtbot.waitUntil(lambda: "crash-1.txt" in bar.sentence.text())


RUN = "import sys; from pathlib import Path; from gum_app.paths import Home; from gum_app.ui.app import run; "
RUN += "from gum_app.world.platform import open_shortcut; "
RUN += "sys.exit(run(Home(Path(sys.argv[1])), hidden='hidden' in sys.argv, shortcut=open_shortcut))"
ON_X = {"QT_QPA_PLATFORM": "xcb"}


def is_shown(desktop: Desktop) -> bool:
    return bool(desktop.ask("xdotool", "search", "--onlyvisible", "--name", "^gum-app$").split())


@pytest.mark.desktop
def test_on_a_real_desktop_it_opens_once_and_quits_in_order(lived: Home) -> None:
    with served(lived) as answering, Desktop(size="1280x800", tray=True) as desktop:
        command = (sys.executable, "-c", RUN, str(lived.root))
        first = desktop.spawn(*command, "hidden", more_env=ON_X)
        until(lambda: any(question["do"] == "key" for question in answering.asked), "the hidden window")
        assert not is_shown(desktop)
        second = desktop.spawn(*command, more_env=ON_X)
        assert second.wait(60) == 0
        until(lambda: is_shown(desktop), "the window of the first")
        first.send_signal(signal.SIGTERM)
        assert first.wait(60) == 0
        assert answering.asked[-1] == {"do": "quit"}


@pytest.mark.desktop
def test_on_a_real_desktop_keys_open_it_over_whatever_is_in_front(lived: Home) -> None:
    with served(lived, ask_key="Ctrl+Alt+G") as answering, Desktop(size="1280x800", tray=True) as desktop:
        program = desktop.spawn(sys.executable, "-c", RUN, str(lived.root), "hidden", more_env=ON_X)
        until(lambda: any(question["do"] == "key" for question in answering.asked), "the hidden window")
        with desktop.xterm("notes") as notes:
            desktop.xdo("windowactivate", "--sync", notes)

            def pressed() -> bool:
                desktop.xdo("key", "ctrl+alt+g")  # until the keys are listened for
                return is_shown(desktop)

            until(pressed, "the window")
            window = desktop.wait_window("--name", "^gum-app$")
            until(lambda: desktop.ask("xdotool", "getactivewindow").strip() == str(window), "it is in front")
            desktop.xdo("type", "Which tea?")  # the field has the keys
            desktop.xdo("key", "Return")
            until(lambda: any(question.get("text") == "Which tea?" for question in answering.asked), "the question")
        program.send_signal(signal.SIGTERM)
        assert program.wait(60) == 0


@pytest.mark.desktop
def test_without_a_tray_the_light_is_a_window_and_its_menu_quits_everything(lived: Home) -> None:
    with served(lived) as answering, Desktop(size="1280x800") as desktop:
        program = desktop.spawn(sys.executable, "-c", RUN, str(lived.root), "hidden", more_env=ON_X)
        window = desktop.wait_window("--name", "^gum-app$")
        x, y, width, height = desktop.geometry(window)
        assert width < 400
        desktop.xdo("mousemove", x + width - 16, y + height // 2, "click", 1)
        until(lambda: _menu_is_open(desktop), "the menu")
        desktop.xdo("key", "Up", "Return")
        assert program.wait(60) == 0
        assert answering.asked[-1] == {"do": "quit"}


def _menu_is_open(desktop: Desktop) -> bool:
    found = desktop.ask("xdotool", "search", "--onlyvisible", "--class", "python").split()
    return len(found) + len(desktop.ask("xdotool", "search", "--onlyvisible", "--class", "gum-app").split()) > 1


@pytest.mark.desktop
def test_it_ends_also_where_no_daemon_answers(home: Home) -> None:
    with Desktop(size="800x600") as desktop:
        program = desktop.spawn(sys.executable, "-c", RUN, str(home.root), more_env=ON_X, stdout=subprocess.PIPE)
        until(lambda: is_shown(desktop), "the window")
        program.send_signal(signal.SIGINT)
        assert program.wait(60) == 0
