"""Nothing leaves the computer: the processes of the app speak to local sockets and to nothing else.

The kernel is asked (strace, where it is installed and allowed), so that native libraries are heard too; else Python's
own audit hook, which hears only what Python does. Both are shown to hear a connection.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from gum_app.errors import LinkLost
from gum_app.link import ask_once
from gum_app.paths import Home
from gum_app.world import keys
from tests.brought import a_calendar, an_entry
from tests.desktop import until
from tests.stories.demo import an_hour_of_it
from tests.stories.processes import PATIENCE_SECONDS, a_home, command

LOUD = """
import socket
for kind, act in ((socket.SOCK_STREAM, "connect"), (socket.SOCK_DGRAM, "connect")):
    with socket.socket(socket.AF_INET, kind) as line:
        try:
            getattr(line, act)(("127.0.0.1", 9))
        except OSError:
            pass
"""
HOOK = """
import os, sys

def heard(event, arguments):
    if event in ("socket.connect", "socket.bind", "socket.sendto"):
        address = arguments[1]
        if isinstance(address, tuple):
            _tell(f"{event} {address}")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        _tell(f"{event} {arguments[0]}")

def _tell(line):
    with open(os.environ["HEARD"], "a") as out:
        out.write(line + "\\n")

sys.addaudithook(heard)
"""


class Listener:
    """Starts programs and hears whom they and their children speak to beyond this computer's own sockets."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._heard = folder / "heard"

    def start(self, arguments: list[str], **environment: str) -> subprocess.Popen[bytes]:
        raise NotImplementedError

    def heard(self) -> list[str]:
        text = self._heard.read_text(encoding="utf-8", errors="replace") if self._heard.exists() else ""
        return [line for line in text.splitlines() if self.is_beyond(line)]

    def is_beyond(self, line: str) -> bool:
        raise NotImplementedError


class Kernel(Listener):
    def start(self, arguments: list[str], **environment: str) -> subprocess.Popen[bytes]:
        watched = ["strace", "-f", "-qq", "-o", str(self._heard), "-e", "trace=connect,bind,sendto,sendmsg,sendmmsg"]
        return _start([*watched, *arguments], environment)

    def is_beyond(self, line: str) -> bool:
        return "sa_family=AF_INET" in line or "sin_addr" in line or "sin6_addr" in line


class Python(Listener):
    def start(self, arguments: list[str], **environment: str) -> subprocess.Popen[bytes]:
        (self._folder / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
        return _start(arguments, environment | {"PYTHONPATH": str(self._folder), "HEARD": str(self._heard)})

    def is_beyond(self, line: str) -> bool:
        return bool(line)


def _start(arguments: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        arguments, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, process_group=0
    )


def may_trace() -> bool:
    if shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "-qq", "-o", os.devnull, "true"], check=False, capture_output=True).returncode == 0


@pytest.fixture(scope="module")
def kind() -> type[Listener]:
    return Kernel if may_trace() else Python


@pytest.fixture
def listener(kind: type[Listener], tmp_path: Path) -> Listener:
    return listening(kind, tmp_path)


def listening(kind: type[Listener], tmp_path: Path) -> Listener:
    folder = tmp_path / "listening"
    folder.mkdir()
    return kind(folder)


@pytest.fixture(scope="module")
def hour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recording") / "hour"
    return an_hour_of_it(folder, "2026-04-23T13:13:00", "2026-04-23T13:28:00")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = a_home(tmp_path / "gum")
    keys.make_key(home, "file")
    return home


def finish(process: subprocess.Popen[bytes], expected: int = 0) -> None:
    _, complaint = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == expected, complaint


@pytest.mark.parametrize("each", [Kernel, Python])
def test_a_connection_would_be_heard(each: type[Listener], kind: type[Listener], tmp_path: Path) -> None:
    if each is Kernel and kind is not Kernel:
        pytest.skip("no strace here, or it may not trace: apt-get install strace")
    listener = listening(each, tmp_path)
    finish(listener.start([sys.executable, "-c", LOUD]))
    assert len(listener.heard()) >= 2


def test_a_replay_speaks_to_nobody(listener: Listener, home: Home, hour: Path) -> None:
    finish(listener.start(command(home, "replay", hour)))
    assert home.database.exists()
    assert listener.heard() == []


def test_a_daemon_that_is_asked_everything_speaks_to_nobody(
    listener: Listener, home: Home, hour: Path, tmp_path: Path
) -> None:
    process = listener.start(command(home, "daemon", "--replay", hour))
    ask(home, process, "status")
    until(lambda: ask(home, process, "status")["state"] == "replayed", "the replay", 60)
    ask(home, process, "note", text="I like tea.")
    ask(home, process, "start", name="Ann Smith", start_at_login=False)
    ask(home, process, "export", path=str(tmp_path / "export.jsonl"))
    ask(home, process, "forget", all=True)
    ask(home, process, "import", path=str(tmp_path / "export.jsonl"))
    zone = "TZURL:http://zones.example/Europe/Berlin"  # what a calendar names is not fetched
    entry = an_entry("a", "Dentist", ":20260312T150000Z", "ATTACH:http://files.example/plan.pdf")
    ask(home, process, "import_run", path=str(a_calendar(tmp_path / "work.ics", zone, entry)))
    ask(home, process, "quit")
    finish(process)
    assert listener.heard() == []


def test_a_window_and_its_daemon_speak_to_nobody(listener: Listener, home: Home) -> None:
    process = listener.start(command(home), DISPLAY=":no-display", QT_QPA_PLATFORM="offscreen")
    until(lambda: ask(home, process, "status")["state"] != "needs_key", "the daemon", 60)
    until((home.root / "show-window").exists, "the window", 60)
    ask(home, process, "start")
    until(lambda: ask(home, process, "status")["state"] in ("trouble", "no_light"), "the light", 60)
    stop(process)
    assert listener.heard() == []


def ask(home: Home, process: subprocess.Popen[bytes], verb: str, **fields: object) -> dict[str, object]:
    def answers() -> bool:
        """The file of its socket is there a moment before it listens."""
        assert process.poll() is None, process.communicate()
        with suppress(LinkLost):
            return bool(ask_once(home, {"do": "status"}, timeout_seconds=60))
        return False

    until(answers, "the link", 60)
    return ask_once(home, {"do": verb, **fields}, timeout_seconds=60)


def stop(process: subprocess.Popen[bytes]) -> None:
    """As the end of a session does it, to all of the group; the daemon has a session of its own and is told to quit."""
    os.killpg(process.pid, signal.SIGTERM)
    process.communicate(timeout=60)
