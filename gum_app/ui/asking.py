"""Asking the daemon, and reading the store, away from the thread that draws. The window never waits.

A question runs in a short-lived thread; its answers come back as signals in the window's thread. Reading has one thread
of its own for as long as the window lives, because a database connection belongs to the thread that opened it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from gum_app.errors import GumError, LinkLost
from gum_app.link import Asking as Line
from gum_app.paths import Home
from gum_app.store.reading import ReadingStore

Answer = dict[str, Any]
STOP_SECONDS = 2.0  # how long closing waits for a thread; threads that are still busy then end with the process


class Asking(QObject):
    """One question under way. Exactly one of `answered` and `failed` is sent, in the window's thread."""

    progressed = Signal(object)  # each answer but the last: dict
    answered = Signal(object)  # the last answer: dict, empty where the daemon only said that it is done
    failed = Signal(str, bool)  # a sentence for the person; True where no daemon answers at all
    over = Signal(object)  # after either of them: this Asking

    _arrived = Signal(str, object)  # from the asking thread

    def __init__(self, home: Home, question: dict[str, Any], timeout_seconds: float) -> None:
        super().__init__()
        self._arrived.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        self._work = (home, question, timeout_seconds)
        self._gone = threading.Event()
        self._stopping = threading.Event()

    def start(self) -> None:
        threading.Thread(target=self._run, name="asking", daemon=True).start()

    def drop(self) -> None:
        """The answer is no longer wanted: nothing is sent from now on."""
        self._gone.set()

    def stop(self) -> None:
        """Have the daemon leave off at its next word; its last answer then is `stopped`."""
        self._stopping.set()

    def _run(self) -> None:
        home, question, timeout_seconds = self._work
        last: Answer = {}
        told_to_stop = False
        try:
            with Line(home, timeout_seconds=timeout_seconds) as line:
                for number, answer in enumerate(line.ask(question)):
                    if number:
                        self._send("progressed", last)
                    last = answer
                    if self._stopping.is_set() and not told_to_stop:
                        told_to_stop = True  # once: a second word would be the next question
                        line.stop()
            self._send("answered", last)
        except LinkLost as error:
            self._send("lost", str(error))
        except GumError as error:
            self._send("failed", str(error))

    def _send(self, what: str, value: object) -> None:
        if not self._gone.is_set():
            self._arrived.emit(what, value)

    def _pass_on(self, what: str, value: object) -> None:
        match what:
            case "progressed":
                self.progressed.emit(value)
            case "answered":
                self.answered.emit(value)
                self.over.emit(self)
            case _:
                self.failed.emit(value, what == "lost")
                self.over.emit(self)


class Asker(QObject):
    """Puts questions to the daemon of one home."""

    went = Signal(int)  # how many questions are under way

    def __init__(self, home: Home, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.home = home
        self._under_way: set[Asking] = set()

    def ask(self, question: dict[str, Any], *, timeout_seconds: float = 10.0) -> Asking:
        """Connect to what comes back at once: its signals are sent only after the caller has returned to Qt."""
        asking = Asking(self.home, question, timeout_seconds)
        self._under_way.add(asking)
        asking.over.connect(self._over)
        asking.start()
        self.went.emit(len(self._under_way))
        return asking

    def _over(self, asking: Asking) -> None:
        self._under_way.discard(asking)
        asking.deleteLater()
        self.went.emit(len(self._under_way))

    def close(self) -> None:
        for asking in self._under_way:
            asking.drop()
        self._under_way.clear()


Reading = Callable[[ReadingStore], Any]


class Reader(QObject):
    """The store, read by a thread of its own, one thing after the other in the order of asking."""

    failed = Signal(str)  # a sentence for the person
    _arrived = Signal(object, object)  # what to call, with what

    def __init__(self, home: Home, key: bytes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._asked: SimpleQueue[tuple[Reading, Callable[[Any], None]] | None] = SimpleQueue()
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(home, key), name="reader", daemon=True)
        self._thread.start()

    def read(self, what: Reading, then: Callable[[Any], None]) -> None:
        """Call `what` with the store in the reading thread, then `then` with its answer in the window's thread."""
        self._asked.put((what, then))

    def close(self) -> None:
        self._closed.set()
        self._asked.put(None)
        self._thread.join(STOP_SECONDS)

    def _deliver(self, then: Callable[[Any], None], value: object) -> None:
        if not self._closed.is_set():
            then(value)

    def _run(self, home: Home, key: bytes) -> None:
        try:
            store = ReadingStore(home.database, key)
        except GumError as error:
            self._fail(error)
            return
        while (asked := self._asked.get()) is not None and not self._closed.is_set():
            what, then = asked
            try:
                value = what(store)
            except GumError as error:
                self._fail(error)
                continue
            if not self._closed.is_set():
                self._arrived.emit(then, value)
        store.close()

    def _fail(self, error: GumError) -> None:
        if not self._closed.is_set():
            self._arrived.emit(self.failed.emit, str(error))  # in the window's thread, once somebody listens
