"""Waiting for what the model's process says, and giving up in time: each way in which that can end, as a sentence.

Nothing is ended here: that is for whoever started the child.
"""

from __future__ import annotations

import logging
import math
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Never

import psutil

from gum_app.errors import EngineMissing, GaveWay, GumError, ModelDied, ModelTrouble
from gum_app.world.llama_session import Loaded
from gum_app.world.model_messages import (
    Ask,
    Failed,
    Fault,
    Message,
    Nonsense,
    Piece,
    Question,
    Ready,
    Rows,
    Stop,
    Told,
)
from gum_app.world.model_pipe import Child

log = logging.getLogger(__name__)

TICK_SECONDS = 0.05  # between two looks at whether to stop
MEMORY_EVERY_SECONDS = 0.25
STOP_SECONDS = 2.0  # between asking it to stop and giving it up

TAKEN_BACK = "The question was taken back."


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How long is waited for what, and how much memory it may take. Bytes are 0 where there is no limit."""

    load_seconds: float = 300.0  # five gigabytes from a slow disk take two minutes
    silent_seconds: float = 60.0  # without a word or a sign of life: it hangs
    answer_seconds: float = 1800.0  # for one question
    needs_bytes: int = 0  # that have to be free before it is loaded
    most_bytes: int = 0  # resident; the file of the weights counts
    least_free_bytes: int = 256_000_000  # of the whole computer, for all other programs


class _Patience:
    def __init__(self, child: Child, limits: Limits, stop: threading.Event) -> None:
        self._child = child
        self._limits = limits
        self._stop = stop
        self._memory_at_seconds = -math.inf

    def _next(self) -> Message | None:
        """None: nothing for a moment. Raises ModelDied, EngineMissing."""
        self._watch_memory()
        try:
            message = self._child.hear(TICK_SECONDS)
        except EOFError:
            raise death(self._child.has_hung_up(), was_loaded=self._child.loaded is not None) from None
        except Nonsense as error:
            self._unexpected(str(error))
        if isinstance(message, Fault):
            log.error("the model's process failed:\n%s", "\n".join(message.places()))
            raise _died("failed by a fault of this program, which its log describes")
        return message

    def _watch_memory(self) -> None:
        now = time.monotonic()
        if now - self._memory_at_seconds < MEMORY_EVERY_SECONDS:
            return
        self._memory_at_seconds = now
        if psutil.virtual_memory().available < self._limits.least_free_bytes:
            raise ModelDied(
                "The memory of this computer ran short, and the model was ended: close programs, or take a smaller one."
            )
        if self._limits.most_bytes and self._child.resident_bytes > self._limits.most_bytes:
            raise ModelDied(
                f"The model took more memory than the {gigabytes(self._limits.most_bytes)} it may have and was ended: "
                "choose a shorter context, or a smaller model."
            )

    def _told(self, failed: Failed) -> GumError | ValueError:
        try:
            error = failed.error()
        except Nonsense as nonsense:
            self._unexpected(str(nonsense))
        if isinstance(error, GaveWay) and not self._stop.is_set():
            self._unexpected("that it gave way to nothing")
        return error

    def _unexpected(self, what: str) -> Never:
        log.error("the model's process said %s", what)
        raise _died("said what it never says and was ended")


class Loading(_Patience):
    def wait(self) -> Loaded:
        """Raises ModelTrouble; GaveWay when told to stop, and then it goes on loading."""
        while True:
            message = self._next()
            if isinstance(message, Ready):
                return message.loaded
            if isinstance(message, Failed):
                raise self._told(message)
            if message is not None:
                self._unexpected("something before it had loaded")
            if self._stop.is_set():
                raise GaveWay(TAKEN_BACK)
            if time.monotonic() - self._child.started_at_seconds > self._limits.load_seconds:
                raise _died(f"did not load the model within {self._limits.load_seconds:g} seconds and was ended")


class Conversation(_Patience):
    """One question and its answer. While it goes on, and after anything that breaks it off, the child is astray."""

    def __init__(self, child: Child, limits: Limits, stop: threading.Event, heard: Callable[[str], None]) -> None:
        super().__init__(child, limits, stop)
        self._heard = heard
        self._began_at_seconds = time.monotonic()
        self._stopped_at_seconds = math.inf
        self._silent_seconds = 0.0  # counted in ticks and not by a clock, which goes on while the computer sleeps

    def hold(self, question: Question) -> Told | Rows:
        """Raises ModelTrouble, GaveWay, ValueError."""
        self._child.is_astray = True
        self._child.send(question)
        while True:
            self._take_back_if_told(question.number)
            self._look_at_the_clock()
            message = self._next()
            if message is None:
                self._silent_seconds += TICK_SECONDS
                continue
            self._silent_seconds = 0.0
            if isinstance(message, Ready | Fault) or message.number != question.number:
                self._unexpected("something about another question")
            if isinstance(message, Piece) and not self._stop.is_set():
                self._heard(message.text)
            elif isinstance(message, Told | Rows | Failed):
                return self._final(question, message)

    def _take_back_if_told(self, number: int) -> None:
        if self._stop.is_set() and self._stopped_at_seconds == math.inf:
            self._stopped_at_seconds = time.monotonic()
            self._child.send(Stop(number))

    def _look_at_the_clock(self) -> None:
        now = time.monotonic()
        if now - self._stopped_at_seconds > STOP_SECONDS:
            raise GaveWay(TAKEN_BACK)
        if self._silent_seconds > self._limits.silent_seconds:
            raise _died("hung and was ended")
        if now - self._began_at_seconds > self._limits.answer_seconds:
            raise _died(f"worked on one question for {self._limits.answer_seconds / 60:.3g} minutes and was ended")

    def _final(self, question: Question, message: Told | Rows | Failed) -> Told | Rows:
        if isinstance(message, Failed):
            error = self._told(message)
            self._child.is_astray = isinstance(error, ModelDied)
            raise error if not self._stop.is_set() else GaveWay(TAKEN_BACK)
        if not _answers(message, question):
            self._unexpected("what is no answer to that question")
        self._child.is_astray = False
        if self._stop.is_set():
            raise GaveWay(TAKEN_BACK)
        return message


def _answers(message: Told | Rows, question: Question) -> bool:
    if isinstance(question, Ask):
        return isinstance(message, Told)
    return isinstance(message, Rows) and len(message.rows) == len(question.texts)


def death(exit_code: int, *, was_loaded: bool) -> ModelTrouble:
    """What it died of, by its exit code; a negative one is that of a signal."""
    if exit_code >= 0:
        return _died(f"ended (exit code {exit_code})")
    name = signal.Signals(-exit_code).name
    if name == "SIGILL" and not was_loaded:
        return EngineMissing(
            "llama.cpp was built for another processor than this one: build it again on the page “Model”."
        )
    if name == "SIGKILL":
        return _died("was killed, perhaps for want of memory")
    if name == "SIGTERM":
        return _died("was ended by another program")
    return _died(f"crashed ({name})")


def _died(how: str) -> ModelDied:
    return ModelDied(f"The model's process {how}; it starts afresh with the next question.")


def gigabytes(number: int) -> str:
    return f"{number / 1e9:.1f} GB"
