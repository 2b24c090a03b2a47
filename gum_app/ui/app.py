"""The windows' process: puts light, tray, window and questions together, and runs until the person quits.

It starts no daemon; it asks the one that is there.
"""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from types import FrameType
from typing import cast

from PySide6.QtCore import QObject, QSocketNotifier, Qt, Signal
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from gum_app import logs
from gum_app.clock import Clock, SystemClock
from gum_app.paths import Home
from gum_app.shortcut import Shortcut
from gum_app.ui.asking import Asker
from gum_app.ui.deeds import Deeds
from gum_app.ui.global_key import GlobalKey
from gum_app.ui.icons import app_icon
from gum_app.ui.light import Light
from gum_app.ui.one_instance import OneInstance
from gum_app.ui.small_light import SmallLight
from gum_app.ui.status import Status
from gum_app.ui.theme import Choice, dress
from gum_app.ui.tray import FOCUS_MINUTES, Tray
from gum_app.ui.window import MainWindow

QUIT_SECONDS = 5.0

PAUSE_MINUTES = {"pause_15": 15, "pause_60": 60}
FORGET = {"forget_10": (10, "the last 10 minutes"), "forget_60": (60, "the last hour")}


def run(
    home: Home,
    *,
    hidden: bool = False,
    made_up: bool = False,
    ask: bool = False,
    shortcut: Callable[[], Shortcut] | None = None,
) -> int:
    """Show the light, and the window unless `hidden`. Returns the exit status when the person has quit.

    `made_up`: the life in this home is made up, and the window says so. `ask`: show the page “Ask”. `shortcut` begins
    to listen for keys.
    """
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("gum-app")
    app.setDesktopFileName("gum-app")
    app.setWindowIcon(app_icon())
    app.setQuitOnLastWindowClosed(False)
    one = OneInstance(home)
    if not one.first:
        one.ask_the_first("ask" if ask else "show")
        return 0
    dress(app, "system")
    shell = Shell(home, SystemClock(), app, made_up=made_up, shortcut=shortcut)
    logs.set_up(home, "window", on_crash=shell.crashed.emit)
    one.asked.connect(shell.called)
    quit_on_signals(shell)
    shell.light.start()
    if not hidden:
        shell.called("ask" if ask else "show")
    status = app.exec()
    shell.close()
    one.close()
    return status


class Shell(QObject):
    """Tray, small light and window of one home, and the wires between them."""

    crashed = Signal(object)  # Path of the report; may be sent from any thread

    def __init__(
        self,
        home: Home,
        clock: Clock,
        app: QApplication,
        *,
        made_up: bool = False,
        shortcut: Callable[[], Shortcut] | None = None,
    ) -> None:
        super().__init__()
        self._app, self._clock = app, clock
        self._wanted_serial: int | None = None  # of what was asked for last; None: no daemon has answered yet
        self.asker = Asker(home, self)
        self.deeds = Deeds(self.asker, self)
        self.light = Light(home, self)
        self.tray = Tray(clock, self)
        self.small_light = SmallLight(clock)
        self.window = MainWindow(
            home, self.deeds, self.now, restyle=lambda choice: dress(app, cast(Choice, choice)), made_up=made_up
        )
        self.key = GlobalKey(shortcut, self)
        self.key.pressed.connect(self.ask)
        self.light.shone.connect(self._shone)
        self.tray.opened.connect(self.window.open)
        self.small_light.opened.connect(self.window.open)
        self.window.hurried.connect(self.light.look_now)
        self.deeds.done.connect(lambda _sentence, _undo: self.light.look_now())
        self.deeds.failed.connect(self._failed)
        for source in (self.tray.chosen, self.small_light.chosen):
            source.connect(self.do)
        self.crashed.connect(self._tell_crash, Qt.ConnectionType.QueuedConnection)
        self.tray.show_status(self.light.status)
        self.small_light.show_status(self.light.status)
        self._show_a_light()

    def now(self) -> datetime:
        """The daemon's clock, which in a replayed home is the recording's; the wall clock before it has answered."""
        return self.light.status.now or self._clock.now()

    def do(self, name: str) -> None:
        """What was chosen in a menu."""
        if name in PAUSE_MINUTES:
            self.deeds.pause(PAUSE_MINUTES[name])
        elif name in FOCUS_MINUTES:
            self.deeds.focus(FOCUS_MINUTES[name])
        elif name in FORGET:
            minutes, what = FORGET[name]
            self.window.open()
            if self.window.dashboard is not None:
                self.window.dashboard.forget({"last_minutes": minutes}, what)
        else:
            {
                "open": self.window.open,
                "ask": self.ask,
                "suggest": self.window.suggest,
                "requests": self.window.see_requests,
                "pause_tomorrow": self.deeds.pause_until_tomorrow,
                "resume": self.deeds.resume,
                "focus_stop": self.deeds.end_focus,
                "quit": self.quit,
            }[name]()

    def ask(self) -> None:
        self.window.ask()

    def called(self, what: str) -> None:
        """By another start of the program, or by this one."""
        self.window.ask() if what == "ask" else self.window.open()

    def quit(self) -> None:
        """Everything stops: the daemon first, then the windows, whether it answers or not."""
        asking = self.asker.ask({"do": "quit"}, timeout_seconds=QUIT_SECONDS)
        asking.over.connect(lambda _asking: self._app.exit(0))  # `quit` would ask the windows, which only hide

    def close(self) -> None:
        self.key.close()
        self.light.close()
        self.asker.close()
        self.window.close_reader()
        self.tray.icon.hide()
        self.small_light.hide()

    def _failed(self, sentence: str) -> None:
        """What was chosen in the tray and did not work must be read: the window comes forward with the sentence."""
        if self.window.isHidden():
            self.window.open()
        if self.window.dashboard is None:
            self.window.trouble(sentence)

    def _tell_crash(self, report: Path) -> None:
        self.window.trouble(
            f"Something went wrong in this window. A report without any of your words lies in {report}."
        )

    def _shone(self, status: Status) -> None:
        self.tray.show_status(status)
        self.small_light.show_status(status)
        self.window.show_status(status)
        self._heed(status)
        if status.ask_key is not None:
            self.key.want(status.ask_key)
        if self.window.dashboard is not None:
            self.window.dashboard.settings.say("ask_key", self.key.trouble)
            self.window.dashboard.asking.tell_key(self.key.heard)
        self._show_a_light()

    def _heed(self, status: Status) -> None:
        """A notification's button asked for the window; what was asked before this program began is over."""
        if not status.reachable:
            return
        serial = status.wanted.serial if status.wanted is not None else 0
        before, self._wanted_serial = self._wanted_serial, serial
        if status.wanted is not None and before is not None and serial > before:
            self.window.suggest(status.wanted.id, look=status.wanted.page == "preview")

    def _show_a_light(self) -> None:
        """The tray where there is one. It may come later than we do, and may leave."""
        in_tray = QSystemTrayIcon.isSystemTrayAvailable()
        self.tray.icon.setVisible(in_tray)
        if in_tray:
            self.small_light.hide()
        elif self.small_light.isHidden():
            self.small_light.put_in_the_corner()
            self.small_light.show()


def quit_on_signals(shell: Shell) -> None:
    """Ctrl+C and the end of the session quit in order. Python sees a signal only when Qt hands it a turn."""
    reading, writing = socket.socketpair()
    for end in (reading, writing):
        end.setblocking(False)
    signal.set_wakeup_fd(writing.fileno())
    notifier = QSocketNotifier(reading.fileno(), QSocketNotifier.Type.Read, shell)
    notifier.activated.connect(partial(_drain, reading, writing))

    def stop(_number: int, _frame: FrameType | None) -> None:
        shell.quit()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)


def _drain(reading: socket.socket, _writing: socket.socket, *_: object) -> None:
    reading.recv(64)
