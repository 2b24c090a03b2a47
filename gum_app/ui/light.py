"""The light: asks the daemon every two seconds how it is. While it asks, the daemon may look.

No light, no recording: a window that is gone cannot show that something is watched.
"""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Qt, Signal

from gum_app.errors import GumError, LinkLost
from gum_app.link import Asking
from gum_app.paths import Home
from gum_app.ui.status import STARTING, Status, status_of, stopped

ASK_SECONDS = 2.0
ANSWER_SECONDS = 10.0
STARTING_SECONDS = 20.0  # so long a daemon that does not answer yet counts as starting


class Light(QObject):
    """Sends `shone` at each answer and `changed` where the answer is another one than before."""

    shone = Signal(object)  # Status
    changed = Signal(object)  # Status
    _arrived = Signal(object)

    def __init__(self, home: Home, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.status: Status = STARTING
        self._home = home
        self._closed = threading.Event()
        self._hurry = threading.Event()
        self._arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name="light", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def look_now(self) -> None:
        """Ask at once: something was just changed from here."""
        self._hurry.set()

    def close(self) -> None:
        self._closed.set()
        self._hurry.set()
        if self._thread.is_alive():
            self._thread.join(ASK_SECONDS)

    def _take(self, status: Status) -> None:
        if self._closed.is_set():
            return
        before, self.status = self.status, status
        self.shone.emit(status)
        if status != before:
            self.changed.emit(status)

    def _run(self) -> None:
        started_seconds = 0.0
        line: Asking | None = None
        while not self._closed.is_set():
            try:
                line = line or Asking(self._home, timeout_seconds=ANSWER_SECONDS)
                status = _ask(line)
                started_seconds = STARTING_SECONDS
            except GumError as error:
                if line is not None:
                    line.close()
                line = None
                started_seconds += ASK_SECONDS
                still_starting = isinstance(error, LinkLost) and started_seconds < STARTING_SECONDS
                status = STARTING if still_starting else stopped(str(error))
            if not self._closed.is_set():
                self._arrived.emit(status)
            self._hurry.wait(ASK_SECONDS)
            self._hurry.clear()
        if line is not None:
            line.close()


def _ask(line: Asking) -> Status:
    answers = list(line.ask({"do": "status", "light": True}))
    return status_of(answers[-1] if answers else {})
