"""The daemon as a child of the window's process: started with it, started again when it dies, ended with it."""

from __future__ import annotations

import logging
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Sequence
from typing import TextIO

from gum_app.clock import SystemClock
from gum_app.errors import GumError
from gum_app.link import Answer, Question, ask_once
from gum_app.paths import Home

log = logging.getLogger(__name__)

ANSWER_SECONDS = 5.0
LONG_SECONDS = 600.0  # forgetting, importing and exporting may take minutes
END_SECONDS = 10.0
MOST_STARTS, WITHIN_SECONDS = 4, 600.0  # a daemon that dies more often than that is left dead, and the window says so
NOT_BY_CHANCE = (0, 1)  # it was told to quit, or it has said in a sentence why it cannot run


class OwnDaemon:
    """A context manager. Nothing is started where a daemon answers already: that one is somebody else's."""

    def __init__(self, home: Home, arguments: Sequence[str] = ()) -> None:
        self._home = home
        self._arguments = arguments
        self._lock = threading.Lock()  # guards the two that follow
        self._child: subprocess.Popen[bytes] | None = None
        self._leaving = False
        self._thread: threading.Thread | None = None

    def __enter__(self) -> OwnDaemon:
        if not answers(self._home):
            self._thread = threading.Thread(target=self._look_after, name="own daemon")
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._leaving = True
            child = self._child
        if child is not None:
            _end(self._home, child)
        if self._thread is not None:
            self._thread.join()

    def _look_after(self) -> None:
        clock = SystemClock()
        starts: deque[float] = deque(maxlen=MOST_STARTS)
        while len(starts) < MOST_STARTS or clock.monotonic_seconds() - starts[0] > WITHIN_SECONDS:
            starts.append(clock.monotonic_seconds())
            with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as last_words:
                child = self._start(last_words)
                if child is None:
                    return
                status = child.wait()
                if self._leaving or status in NOT_BY_CHANCE:
                    _say(last_words)
                    return
            log.warning("the daemon ended with status %s and is started again", status)
        log.error("the daemon ended %s times in a row and is left alone", MOST_STARTS)

    def _start(self, last_words: TextIO) -> subprocess.Popen[bytes] | None:
        """None: it is time to leave."""
        program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "gum_app"]
        with self._lock:
            if self._leaving:
                return None
            self._child = subprocess.Popen(
                [*program, "--home", str(self._home.root), "daemon", *self._arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=last_words,
                start_new_session=True,  # Ctrl+C in the terminal of the window reaches it by way of the window
            )
            return self._child


def answers(home: Home) -> bool:
    """Whether a daemon runs in this home."""
    try:
        ask_once(home, {"do": "status"}, timeout_seconds=ANSWER_SECONDS)
    except GumError:
        return False
    return True


def _say(last_words: TextIO) -> None:
    last_words.seek(0)
    sys.stderr.write(last_words.read())


def _end(home: Home, child: subprocess.Popen[bytes]) -> None:
    """In order if it can be, and by force if not: the database does not mind."""
    try:
        ask_once(home, {"do": "quit"})
        child.wait(END_SECONDS)
    except (GumError, subprocess.TimeoutExpired):
        child.terminate()
        try:
            child.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def ask_or_do(home: Home, question: Question) -> Answer:
    """The running daemon does it; where none runs, this process does it in its place."""
    if answers(home):
        return ask_once(home, question, timeout_seconds=LONG_SECONDS)
    from gum_app import in_process  # the whole daemon comes with it

    return in_process.do_here(home, question)
