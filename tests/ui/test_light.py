"""The light asks how the daemon is; while it asks, the daemon may look."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from pytestqt.qtbot import QtBot

from gum_app.paths import Home
from gum_app.ui import light as light_module
from gum_app.ui.light import Light
from gum_app.ui.status import Status
from tests.desktop import PATIENCE_SECONDS
from tests.ui.answering import served


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(light_module, "ASK_SECONDS", 0.02)
    monkeypatch.setattr(light_module, "STARTING_SECONDS", 0.1)


@pytest.mark.usefixtures("quick")
def test_it_tells_a_change_and_is_silent_while_nothing_changes(qtbot: QtBot, home: Home) -> None:
    with served(home) as answering:
        light = Light(home)
        states: list[str] = []
        shone: list[Status] = []
        light.changed.connect(lambda status: states.append(status.state))
        light.shone.connect(shone.append)
        light.start()
        qtbot.waitUntil(lambda: len(shone) > 3)
        assert states == ["watching"]
        answering.status["state"] = "private"
        light.look_now()
        qtbot.waitUntil(lambda: states == ["watching", "private"])
        light.close()


@pytest.mark.usefixtures("quick")
def test_a_daemon_that_is_not_there_yet_is_starting_and_then_not_running(qtbot: QtBot, home: Home) -> None:
    light, states = Light(home), []
    light.shone.connect(lambda status: states.append(status.state))
    light.start()
    qtbot.waitUntil(lambda: "stopped" in states)
    assert states[0] == "starting"
    light.close()


@pytest.mark.usefixtures("quick")
def test_a_daemon_that_is_killed_is_no_longer_running_and_one_that_comes_back_is_seen(qtbot: QtBot, home: Home) -> None:
    light, states = Light(home), []
    light.shone.connect(lambda status: states.append(status.state))
    light.start()
    for _ in range(2):
        with subprocess.Popen([sys.executable, "-m", "tests.ui.answering", str(home.root)]) as daemon:
            qtbot.waitUntil(lambda: states[-1:] == ["watching"])
            daemon.kill()
        qtbot.waitUntil(lambda: states[-1] == "stopped")
    light.close()


@pytest.mark.usefixtures("quick")
def test_a_daemon_of_another_version_is_one_sentence(qtbot: QtBot, home: Home) -> None:
    with served(home) as answering:
        answering.status.pop("consented")
        light = Light(home)
        light.start()
        qtbot.waitUntil(lambda: light.status.state == "stopped")
        assert "another version" in light.status.sentence
        light.close()


def test_closing_does_not_wait_for_the_next_round(qtbot: QtBot, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(light_module, "ASK_SECONDS", 3 * PATIENCE_SECONDS)
    with served(home):
        light = Light(home)
        light.start()
        with qtbot.waitSignal(light.shone):
            pass
        began_seconds = time.monotonic()
        light.close()
        assert not light._thread.is_alive()
        assert time.monotonic() - began_seconds < PATIENCE_SECONDS
