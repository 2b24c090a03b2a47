"""One window for a home."""

from __future__ import annotations

import subprocess
import sys

from pytestqt.qtbot import QtBot

from gum_app.paths import Home
from gum_app.ui.one_instance import OneInstance


def test_a_second_start_makes_the_first_one_show_itself(qtbot: QtBot, home: Home) -> None:
    first = OneInstance(home)
    assert first.first
    second = OneInstance(home)
    assert not second.first
    with qtbot.waitSignal(first.asked) as asked:
        second.ask_the_first()
    assert asked.args == ["show"]
    with qtbot.waitSignal(first.asked, check_params_cb=lambda what: what == "ask"):
        second.ask_the_first("ask")
    second.close()
    first.close()


DIE = "import os, sys; from pathlib import Path; from gum_app.paths import Home; "
DIE += "from gum_app.ui.one_instance import OneInstance; "
DIE += "one = OneInstance(Home(Path(sys.argv[1]))); os.kill(os.getpid(), 9)"


def test_one_that_was_killed_does_not_keep_its_place(qtbot: QtBot, home: Home) -> None:
    subprocess.run([sys.executable, "-c", DIE, str(home.root)], check=False)
    assert (home.root / "window.lock").exists()
    again = OneInstance(home)
    assert again.first
    again.close()


def test_after_the_first_has_ended_another_can_be_first(qtbot: QtBot, home: Home) -> None:
    first = OneInstance(home)
    first.close()
    again = OneInstance(home)
    assert again.first
    again.close()
    assert not (home.root / "show-window").exists()
