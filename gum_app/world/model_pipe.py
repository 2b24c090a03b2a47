"""The model's process from outside: started, spoken to, ended. How long to wait for it is `model_waiting`'s matter."""

from __future__ import annotations

import multiprocessing
import queue
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from gum_app.world import model_child
from gum_app.world.llama_session import Loaded, Options
from gum_app.world.model_messages import MOST_BYTES, End, Message, Question, Stop, unpacked

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

END_SECONDS = 2.0  # between asking it to end and killing it
MOST_WAITING = 16  # messages that nobody has taken yet; then it has to wait. Of MOST_BYTES each: memory of the daemon
CRASHES = {
    -getattr(signal, name) for name in ("SIGSEGV", "SIGABRT", "SIGILL", "SIGBUS", "SIGFPE") if hasattr(signal, name)
}
WINDOWS_FAULT = 0xC0000000  # exit codes from here on


class Child:
    """One process, the pipe to it, and two threads that send and receive: a child that hangs may block them, not us.

    Not for two threads at once, but its plain attributes may be read from any.
    """

    def __init__(self, options: Options, engine: Path | None) -> None:
        spawn = multiprocessing.get_context("spawn")
        self.options = options
        self.loaded: Loaded | None = None  # None: it is still loading
        self.is_astray = False  # in the midst of a question that nobody waits for any more
        self.started_at_seconds = time.monotonic()
        self._pipe, theirs = spawn.Pipe()
        self._process: BaseProcess = spawn.Process(
            target=model_child.main, args=(theirs, options, engine), name="model", daemon=True
        )
        self._process.start()
        theirs.close()  # else the end of the child would not be seen as the end of the pipe
        assert self._process.pid is not None
        self.pid = self._process.pid
        self._exit_code: int | None = None
        self._outgoing: queue.SimpleQueue[Question | Stop | End] = queue.SimpleQueue()
        self._incoming: queue.Queue[bytes | None] = queue.Queue(MOST_WAITING)
        self._threads = [
            threading.Thread(target=self._send_all, name="to the model", daemon=True),
            threading.Thread(target=self._receive_all, name="from the model", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def send(self, message: Question | Stop) -> None:
        self._outgoing.put(message)

    def hear(self, seconds: float) -> Message | None:
        """What it said next; None: nothing came in time. Raises EOFError when it has ended; Nonsense."""
        try:
            data = self._incoming.get(timeout=seconds)
        except queue.Empty:
            return None
        if data is None:
            raise EOFError
        return unpacked(data)

    def is_alive(self) -> bool:
        return self._exit_code is None and self._process.is_alive()

    @property
    def has_crashed(self) -> bool:
        return self._exit_code is not None and (self._exit_code in CRASHES or self._exit_code >= WINDOWS_FAULT)

    @property
    def resident_bytes(self) -> int:
        """What it takes of the memory now; 0: it has ended."""
        with suppress(psutil.NoSuchProcess):
            return int(psutil.Process(self.pid).memory_info().rss)
        return 0

    def end(self, *, at_once: bool = False) -> int:
        """Its exit code, negative for a signal; of one that ended by itself, what that was."""
        if self._exit_code is None:
            self._outgoing.put(End())
            self._exit_code = self._ended(0 if at_once else END_SECONDS)
        return self._exit_code

    def has_hung_up(self) -> int:
        """The exit code of one that closed the pipe, as one does that ends."""
        if self._exit_code is None:
            self._process.join(END_SECONDS)
        return self.end(at_once=True)

    def _ended(self, patience_seconds: float) -> int:
        self._process.join(patience_seconds)
        self._process.kill()
        self._process.join()
        code = self._process.exitcode or 0  # None: somebody else took it, as a debugger may
        for thread in self._threads:
            while thread.is_alive():
                with suppress(queue.Empty):  # the one who receives may wait for room
                    self._incoming.get_nowait()
                thread.join(0.01)
        self._pipe.close()
        self._process.close()
        return code

    def _send_all(self) -> None:
        with suppress(OSError):
            while True:
                message = self._outgoing.get()
                self._pipe.send(message)
                if isinstance(message, End):
                    return

    def _receive_all(self) -> None:
        with suppress(EOFError, OSError):  # OSError also for a message longer than it may be
            while True:
                self._incoming.put(self._pipe.recv_bytes(MOST_BYTES))
        self._incoming.put(None)
