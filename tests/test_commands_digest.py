"""The commands about other programs' notifications."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from gum_app import commands
from gum_app.daemon.daemon import Daemon
from gum_app.errors import BadInput, LinkLost
from gum_app.link import Refused, ask_once
from gum_app.own_daemon import answers
from gum_app.paths import Home
from gum_app.world.keys import make_key
from tests.daemon.running import running
from tests.desktop import until


@pytest.fixture
def running_home(home: Home) -> Iterator[Home]:
    make_key(home, "file")
    with running(Daemon(home)):
        until(lambda: answers(home) and ask_once(home, {"do": "status"})["key"] == "ready", "the daemon")
        yield home


def run(home: Home, *arguments: str) -> int:
    return commands.run(["--home", str(home.root), *arguments])


def test_a_focus_time_by_command(running_home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(running_home, "focus") == 0
    assert capsys.readouterr().out == "There is no focus time.\n"
    assert run(running_home, "focus", "1h30m") == 0
    told = capsys.readouterr().out
    assert told.startswith("Focus time until ")
    assert "This desktop has no do not disturb that gum-app can switch" in told
    assert run(running_home, "focus", "status", "--json") == 0
    assert json.loads(capsys.readouterr().out)["until"] is not None
    assert run(running_home, "focus", "stop") == 0
    assert capsys.readouterr().out.startswith("Your focus time is over after 1 minute.")


def test_what_is_no_span_is_said(running_home: Home) -> None:
    with pytest.raises(BadInput, match="is no span of time"):
        run(running_home, "focus", "soon")
    with pytest.raises(Refused, match="no focus time to end"):
        run(running_home, "focus", "stop")


def test_without_a_daemon_there_is_none(home: Home) -> None:
    with pytest.raises(LinkLost):
        run(home, "focus", "45")
