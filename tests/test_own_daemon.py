"""The daemon that a window brings with it, as real processes."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import psutil
import pytest

from gum_app import own_daemon
from gum_app.link import ask_once
from gum_app.own_daemon import OwnDaemon, answers
from gum_app.paths import Home
from tests.desktop import until

SOON = 60.0


def process(own: OwnDaemon) -> int:
    assert own._child is not None
    return own._child.pid


def until_it_answers(home: Home) -> None:
    until(lambda: answers(home), "the daemon", SOON)


def children_of_this() -> list[int]:
    return [child.pid for child in psutil.Process().children(recursive=True)]


def test_it_is_there_while_the_window_is_and_gone_afterwards(home: Home) -> None:
    before = children_of_this()
    with OwnDaemon(home) as own:
        until_it_answers(home)
        assert psutil.Process(process(own)).cmdline()[-3:] == ["--home", str(home.root), "daemon"]
    assert not answers(home)
    assert children_of_this() == before


def test_a_daemon_that_is_killed_is_started_again(home: Home) -> None:
    with OwnDaemon(home) as own:
        until_it_answers(home)
        first = process(own)
        os.kill(first, signal.SIGKILL)
        until(lambda: process(own) != first and answers(home), "another one", SOON)


def test_one_that_dies_again_and_again_is_left_alone(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_daemon, "MOST_STARTS", 2)
    with OwnDaemon(home) as own:
        assert own._thread is not None
        seen: set[int] = set()
        while own._thread.is_alive() and len(seen) < 5:
            until(lambda: answers(home) or not own._thread.is_alive(), "it", SOON)  # type: ignore[union-attr]
            if own._thread.is_alive():
                seen.add(process(own))
                os.kill(process(own), signal.SIGKILL)
                own._child.wait()  # type: ignore[union-attr]
        assert len(seen) == 2


def test_one_that_was_told_to_quit_stays_away(home: Home) -> None:
    with OwnDaemon(home) as own:
        until_it_answers(home)
        ask_once(home, {"do": "quit"})
        assert own._thread is not None
        own._thread.join(SOON)
        assert not own._thread.is_alive()
        assert not answers(home)


def test_one_that_cannot_run_says_why_and_is_not_tried_again(home: Home, capfd: pytest.CaptureFixture[str]) -> None:
    with OwnDaemon(home, ["--replay", "/nowhere"]) as own:
        until_it_answers(home)
        ask_once(home, {"do": "choose_key", "how": "file"})
        assert own._thread is not None
        own._thread.join(SOON)
        assert not own._thread.is_alive()
    told = capfd.readouterr().err
    assert "give a folder that holds a recording" in told
    assert "Traceback" not in told


def test_a_daemon_of_somebody_else_is_used_and_left_running(home: Home) -> None:
    with OwnDaemon(home):
        until_it_answers(home)
        with OwnDaemon(home) as other:
            assert other._thread is None
        assert answers(home)


def test_a_window_that_leaves_at_once_leaves_nothing_behind(home: Home, tmp_path: Path) -> None:
    before = children_of_this()
    with OwnDaemon(home):
        pass
    assert children_of_this() == before
