"""The process that thinks: llama.cpp lives and dies in here. It loads one model, then answers one question at a time.

It holds no key, connects to nothing, works at low priority, and ends with its parent. Its threads: one computes, one
listens, so that a question can be taken back while it is worked on.
"""

from __future__ import annotations

import os
import re
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import TYPE_CHECKING

from gum_app.errors import EngineMissing, GumError
from gum_app.logs import harmless_traceback
from gum_app.world.manners import be_modest
from gum_app.world.model_messages import (
    Alive,
    Ask,
    End,
    Failed,
    Fault,
    Message,
    Piece,
    Question,
    Ready,
    Rows,
    Stop,
    Told,
    packed,
)

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from gum_app.world.llama_session import Options, Session

BEAT_SECONDS = 0.5  # between two signs of life while it computes without a word
FIRST_TO_GO = 800  # of 1000: if the memory runs out, Linux takes this process and not one of the person's

_MISSING_LIBRARY = re.compile(
    r"([\w.+-]+): cannot open shared object file"  # Linux
    r"|Library not loaded: (?:\S*/)?([\w.+-]+)"  # macOS
    r"|Could not find module '(?:[^']*[\\/])?([^'\\/]+)'"  # Windows
)


def main(pipe: Connection, options: Options, engine: Path | None) -> None:
    """Load, say so, and answer until the parent ends it. `engine`: a folder with llama.cpp; None: it is installed."""
    be_modest(writes_files=options.gpu_layers != 0)  # the driver of a graphics card keeps what it compiled
    _go_first()
    _be_quiet()
    outbox = Outbox(pipe)
    inbox = Inbox(pipe)
    with _Telling(outbox):
        try:
            session = _load(options, engine)
        except GumError as error:
            outbox.send(Failed(number=0, kind=type(error).__name__, why=str(error)))
            return
        outbox.send(Ready(loaded=session.loaded))
        while True:
            _answer(session, inbox.next(), inbox, outbox)


def _go_first() -> None:
    if sys.platform == "linux":
        with suppress(OSError):  # a sandbox may not show it
            Path("/proc/self/oom_score_adj").write_text(str(FIRST_TO_GO), encoding="ascii")


def _be_quiet() -> None:
    """llama.cpp prints, even whole prompts; and a windowed program has no stdout that it could print to."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - as long as the process


def _load(options: Options, engine: Path | None) -> Session:
    """Raises EngineMissing, ModelUnusable."""
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # its threads would spin, and hold up all else for seconds
    if engine is not None:
        sys.path.insert(0, str(engine))
    try:
        import llama_cpp.mtmd_cpp  # noqa: F401 - whether it is there, and with it what sees
    except (ImportError, OSError, RuntimeError) as error:
        raise EngineMissing(why_missing(error)) from error
    from gum_app.world.llama_session import Session

    return Session(options)


def why_missing(error: Exception) -> str:
    """One sentence on why llama.cpp could not be imported; of the error it names a library at most."""
    if isinstance(error, ModuleNotFoundError):
        return (
            f"The Python package {error.name} is not installed: build llama.cpp on the page “Model”, or use a server."
        )
    found = _MISSING_LIBRARY.search(str(error))
    lacks = f"the library {next(filter(None, found.groups()))}" if found else "a library that fits this system"
    return f"llama.cpp does not start for want of {lacks}: install it, or build llama.cpp again on the page “Model”."


def _answer(session: Session, question: Question, inbox: Inbox, outbox: Outbox) -> None:
    number = question.number
    stop = Stopping(number, inbox, outbox)
    try:
        if isinstance(question, Ask):
            answered = session.ask(
                question.prompt, stop=stop, heard=lambda text: outbox.send(Piece(number=number, text=text))
            )
            outbox.send(Told(number=number, answered=answered))
        else:
            outbox.send(Rows(number, session.embed(question.texts, stop=stop)))
    except (GumError, ValueError) as error:  # ValueError: a schema that is no closed shape; our own fault, but harmless
        outbox.send(Failed(number=number, kind=type(error).__name__, why=str(error)))


class Inbox:
    """Reads on a thread of its own."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._questions: SimpleQueue[Question] = SimpleQueue()
        self._taken_back = 0  # the number of the last question that was
        threading.Thread(target=self._read, name="inbox", daemon=True).start()

    def next(self) -> Question:
        """Waits for it."""
        return self._questions.get()

    def is_taken_back(self, number: int) -> bool:
        return self._taken_back >= number

    def _read(self) -> None:
        try:
            while not isinstance(message := self._pipe.recv(), End):
                if isinstance(message, Stop):
                    self._taken_back = message.number
                else:
                    self._questions.put(message)
        finally:
            os._exit(0)  # whatever is being computed: nobody wants to know any more


class Outbox:
    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._one_at_a_time = threading.Lock()  # signs of life may come from a thread of llama.cpp

    def send(self, message: Message) -> None:
        try:
            with self._one_at_a_time:
                self._pipe.send_bytes(packed(message))
        except OSError:
            os._exit(0)  # the parent is gone


class Stopping:
    """Whether question `number` was taken back. llama.cpp asks often while it computes: each time is a sign of life."""

    def __init__(self, number: int, inbox: Inbox, outbox: Outbox) -> None:
        self._number = number
        self._inbox = inbox
        self._outbox = outbox
        self._beat_at = time.monotonic()

    def __call__(self) -> bool:
        now = time.monotonic()
        if now - self._beat_at >= BEAT_SECONDS:
            self._beat_at = now
            self._outbox.send(Alive(number=self._number))
        return self._inbox.is_taken_back(self._number)


class _Telling:
    """What was not foreseen is told to the parent, which keeps the log. It ends the process."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._outbox.send(Fault(where="\n".join(harmless_traceback(error))))
