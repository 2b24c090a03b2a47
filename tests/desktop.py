"""A real desktop for tests: Xvfb, openbox, private D-Bus daemons, an own home. All of it ends with the test.

    def test_something(desk: Desktop, monkeypatch):
        with desk.xterm("notes") as window:
            desk.enter(monkeypatch)         # DISPLAY and the bus addresses, for code that reads the environment
            desk.xdo("windowactivate", window)

Mark such tests `@pytest.mark.desktop`. `desk` is one desktop for the whole run (openbox, session bus, a notification
daemon with buttons); a test that kills or changes the desktop makes its own `Desktop(...)`.
Debian packages: xvfb openbox xdotool xterm x11-utils x11-xserver-utils dbus fonts-dejavu-core; for parts also
xfce4-notifyd, dunst, gnome-keyring, trayer, python3-dbusmock. Where they are missing the tests are skipped and say so.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TypeVar

import mss
import pytest
from PIL import Image

T = TypeVar("T")

PATIENCE_SECONDS = 60.0  # a loaded machine is slow, but no test waits this long when all is well
PROGRAMS = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "xterm": "xterm",
    "xwininfo": "x11-utils",
    "xrandr": "x11-xserver-utils",
    "dbus-daemon": "dbus",
}
NOTIFICATION_DAEMONS = tuple(
    Path(root, "xfce4/notifyd/xfce4-notifyd")
    for root in ("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib", "/usr/lib64", "/usr/libexec")
)
KEYRING_PASSWORD = "open sesame"
EMPTY_BUS = """<busconfig><type>session</type><listen>unix:dir={folder}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy></busconfig>"""
NOT_INHERITED = ("WAYLAND_DISPLAY", "DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS", "XDG_SESSION_ID")


def until(ask: Callable[[], T], what: str, patience_seconds: float = PATIENCE_SECONDS) -> T:
    """Ask again and again until the answer is true, and give it back."""
    pause, end = threading.Event(), time.monotonic() + patience_seconds
    while not (answer := ask()):
        assert time.monotonic() < end, f"waited {patience_seconds:.0f} s for {what}"
        pause.wait(0.01)
    return answer


def skip_without(*programs: str) -> None:
    """Skip the test that asks, by the name of the package it needs."""
    missing = [name for name in programs if shutil.which(name) is None]
    if missing:
        packages = " ".join(sorted({PROGRAMS.get(name, name) for name in missing}))
        pytest.skip(f"no {', '.join(missing)} here: apt-get install {packages}")


def notification_daemon() -> str:
    """A daemon that draws real buttons; its program is not on the PATH."""
    for path in NOTIFICATION_DAEMONS:
        if path.exists():
            return str(path)
    pytest.skip("no xfce4-notifyd here: apt-get install xfce4-notifyd")


class Desktop:
    """Starts when made; `close` ends every process it started, each with its whole group."""

    def __init__(
        self,
        *,
        size: str = "1920x1080",
        window_manager: bool = True,
        session_bus: bool = True,
        system_bus: bool = False,
        notifications: bool = False,
        keyring: bool = False,
        tray: bool = False,
        xvfb_arguments: Sequence[str] = (),
    ) -> None:
        skip_without(*PROGRAMS)
        self.root = Path(tempfile.mkdtemp(prefix="gum-desk-"))
        self.env = self._environment()
        self._running: list[subprocess.Popen[bytes]] = []
        try:
            self._display_arguments = ("-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset", *xvfb_arguments)
            self.display = self.env["DISPLAY"] = self._start_display(self._display_arguments)
            self.session_bus = self._start_bus("DBUS_SESSION_BUS_ADDRESS") if session_bus else None
            self.system_bus = self._start_bus("DBUS_SYSTEM_BUS_ADDRESS") if system_bus else None
            if window_manager:
                ready = self.root / "openbox-is-ready"  # before that it may overlook a new window
                self.window_manager = self.spawn("openbox", "--startup", f"touch {ready}")
                until(ready.exists, "openbox")
            if keyring:
                self._start_keyring()
            if notifications:
                self.spawn(notification_daemon())
                self.wait_for_name("org.freedesktop.Notifications")
            if tray:
                skip_without("trayer")
                self.spawn("trayer", "--edge", "top", "--align", "right", "--widthtype", "request")
                self.wait_window("--class", "trayer")
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Desktop:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        for process in reversed(self._running):
            self.stop(process)
        self._running.clear()
        shutil.rmtree(self.root, ignore_errors=True)

    def enter(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Put this desktop into the environment of the test's own process."""
        for name in NOT_INHERITED:
            monkeypatch.delenv(name, raising=False)
        for name, value in self.env.items():
            if os.environ.get(name) != value:
                monkeypatch.setenv(name, value)

    # Processes

    def spawn(
        self,
        *command: str,
        stdin: int | None = subprocess.DEVNULL,
        stdout: int | None = None,
        more_env: dict[str, str] | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start a program on this desktop, in a group of its own. What it prints goes to a log in `root`."""
        with self.log(command[0]) as log:
            process = subprocess.Popen(
                command,
                env={**self.env, **(more_env or {})},
                stdin=stdin,
                stdout=log if stdout is None else stdout,
                stderr=log,
                start_new_session=True,
            )
        self._running.append(process)
        return process

    def stop(self, process: subprocess.Popen[bytes]) -> None:
        """End a process and its whole group, first politely."""
        for sign in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(process.pid, sign)
                process.wait(3)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                continue
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()
        process.wait()

    def kill_display(self) -> None:
        """As a crash would: every program on it is cut off."""
        self._xvfb.kill()
        self._xvfb.wait()

    def start_display_again(self) -> None:
        """Under the same number, with nothing on it."""
        self._start_display(self._display_arguments, self.display)

    def ask(self, *command: str) -> str:
        """What a program prints; empty when it fails."""
        return subprocess.run(command, env=self.env, capture_output=True, text=True, check=False).stdout

    def log(self, program: str) -> IO[bytes]:
        return (self.root / f"{Path(program).name}.log").open("ab")

    # Windows, keys, pictures

    def xdo(self, *arguments: object) -> str:
        command = ["xdotool", *map(str, arguments)]
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def xrandr(self, *arguments: str) -> None:
        subprocess.run(["xrandr", *arguments], env=self.env, capture_output=True, check=True)

    def wait_window(self, how: str, pattern: str, patience_seconds: float = PATIENCE_SECONDS) -> int:
        """The id of a visible window; `how` is `--name` or `--class`."""
        search = ("xdotool", "search", "--onlyvisible", how, pattern)
        found = until(lambda: self.ask(*search).split(), f"{how} {pattern}", patience_seconds)
        return int(found[0])

    @contextmanager
    def xterm(self, title: str, *arguments: str, at: str = "+80+80") -> Iterator[int]:
        """A real terminal with this title; gives its window id."""
        process = self.spawn("xterm", "-T", title, "-geometry", f"60x12{at}", *(arguments or ("-e", "cat")))
        try:
            yield self.wait_window("--name", f"^{title}$")
        finally:
            self.stop(process)

    def geometry(self, window: int) -> tuple[int, int, int, int]:
        """x, y, width, height of the window without its frame. (xdotool counts the frame twice.)"""
        told = dict(line.split(":", 1) for line in self.ask("xwininfo", "-id", str(window)).splitlines() if ":" in line)
        names = ("Absolute upper-left X", "Absolute upper-left Y", "Width", "Height")
        facts = {name.strip(): value for name, value in told.items()}
        x, y, width, height = (int(facts[name]) for name in names)
        return x, y, width, height

    def shot(self) -> Image.Image:
        with mss.MSS(display=self.display) as screen:
            raw = screen.grab(screen.monitors[0])
        return Image.frombuffer("RGB", raw.size, raw.bgra, "raw", "BGRX", 0, 1)

    # Buses

    def wait_for_name(self, name: str, *, system: bool = False) -> None:
        """Until a service with this name is on the bus."""
        bus = f"--bus={self.system_bus if system else self.session_bus}"
        command = ("dbus-send", bus, "--print-reply=literal", "--dest=org.freedesktop.DBus", "/")
        question = ("org.freedesktop.DBus.NameHasOwner", f"string:{name}")
        until(lambda: "true" in self.ask(*command, *question), name)

    def kill_session_bus(self) -> None:
        self._session_bus.kill()
        self._session_bus.wait()

    def start_empty_bus(self) -> str:
        """Another session bus, which cannot start any service."""
        configuration = self.root / "empty-bus.conf"
        configuration.write_text(EMPTY_BUS.format(folder=self.root))
        return self._start_bus("DBUS_SESSION_BUS_ADDRESS", f"--config-file={configuration}")

    # How it starts

    def _environment(self) -> dict[str, str]:
        env = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
        home, run = self.root / "home", self.root / "run"
        for folder in (home, run):
            folder.mkdir(mode=0o700)
        env.update(  # before a bus starts, since the services it starts inherit them from it
            HOME=str(home),
            XDG_RUNTIME_DIR=str(run),
            XDG_SESSION_TYPE="x11",
            XDG_CONFIG_HOME=str(home / ".config"),
            XDG_DATA_HOME=str(home / ".local/share"),
            XDG_CACHE_HOME=str(home / ".cache"),
            XDG_STATE_HOME=str(home / ".local/state"),
            DBUS_SYSTEM_BUS_ADDRESS="unix:path=/nonexistent",
            NO_AT_BRIDGE="1",
            LANG="C.UTF-8",
        )
        return env

    def _start_display(self, arguments: Sequence[str], *number: str) -> str:
        answer = self._start_and_read(lambda pipe: ("Xvfb", *number, "-displayfd", str(pipe), *arguments))
        self._xvfb = self._running[-1]
        return f":{answer}"

    def _start_bus(self, variable: str, kind: str = "--session") -> str:
        arguments = ("dbus-daemon", kind, "--nofork")
        address = self._start_and_read(lambda pipe: (*arguments, f"--print-address={pipe}"))
        self.env[variable] = address
        if variable == "DBUS_SESSION_BUS_ADDRESS":
            self._session_bus = self._running[-1]
        return address

    def _start_and_read(self, command: Callable[[int], Sequence[str]]) -> str:
        """Start a server that writes its number or address to a pipe when it is ready."""
        read_end, write_end = os.pipe()
        arguments = command(write_end)
        with self.log(arguments[0]) as log, os.fdopen(read_end) as pipe:
            self._running.append(
                subprocess.Popen(
                    arguments,
                    env=self.env,
                    pass_fds=(write_end,),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=log,
                    start_new_session=True,
                )
            )
            os.close(write_end)
            answer = pipe.readline().strip()
        assert answer, (self.root / f"{arguments[0]}.log").read_text()
        return answer

    def _start_keyring(self) -> None:
        """An unlocked keyring; without the password on its standard input it would ask a person, and wait for ever."""
        skip_without("gnome-keyring-daemon")
        command = ("gnome-keyring-daemon", "--unlock", "--components=secrets", "--foreground")
        process = self.spawn(*command, stdin=subprocess.PIPE)
        assert process.stdin is not None
        process.stdin.write(KEYRING_PASSWORD.encode())
        process.stdin.close()
        self.wait_for_name("org.freedesktop.secrets")


@pytest.fixture(scope="session")
def desk() -> Iterator[Desktop]:
    """One desktop for the whole run: put back what you move, close what you open."""
    with Desktop(notifications=True) as desktop:
        yield desktop
