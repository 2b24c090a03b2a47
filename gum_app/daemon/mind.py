"""The only one that asks a model: one question at a time, the most urgent first, and rest where asking does not help.

A question under way gives way to a more urgent one, which is no failure. The model that thinks and the one that
compares fail and rest each for itself.
"""

from __future__ import annotations

import heapq
import itertools
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from typing import TYPE_CHECKING, TypeVar

from gum_app.clock import Clock, SystemClock
from gum_app.daemon.failures import Failures
from gum_app.errors import GaveWay, ModelTrouble, ModelUnusable
from gum_app.records import Call
from gum_app.world.model import Cost, Embedder, Model, Prompt

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

UNLOAD_AFTER_SECONDS = 120.0  # without a question

T = TypeVar("T")


class Urgency(IntEnum):
    PERSON = 0  # somebody sits there and waits
    BACKGROUND = 1


class Mind:
    """May be asked from any thread. `note` is told each call, as numbers, on the asking thread."""

    def __init__(self, clock: Clock, note: Callable[[Call], None], *, spans: Clock | None = None) -> None:
        """`clock` dates the calls, `spans` measures how long it rests or has nothing to do."""
        self._clock = clock
        self._spans = spans or clock
        self._wall = SystemClock()  # computing takes its time, also where the clock of a recording stands still
        self._note = note
        self._turns = threading.Condition()
        self._waiting: list[tuple[Urgency, int]] = []
        self._numbers = itertools.count()
        self._running: tuple[Urgency, threading.Event] | None = None
        self._model: Model | None = None
        self._embedder: Embedder | None = None
        self._used_at_seconds: float | None = None  # None: nothing has been asked since the model last rested
        self._failures, self._failures_comparing = Failures(), Failures()
        self._is_thinking = False
        self._closed = False

    # Which model

    @property
    def model(self) -> Model | None:
        return self._model

    @property
    def embedder(self) -> Embedder | None:
        return self._embedder

    def think_with(self, model: Model | None) -> None:
        """From now on this one; what is being asked gives way, and the one before is closed."""
        self.interrupt()
        with self._turn(Urgency.PERSON, threading.Event()):
            _close_unless(self._model, model)
            self._model = model
            self._failures.clear()

    def compare_with(self, embedder: Embedder | None) -> None:
        """The same for the one that compares by meaning."""
        self.interrupt()
        with self._turn(Urgency.PERSON, threading.Event()):
            _close_unless(self._embedder, embedder)
            self._embedder = embedder
            self._failures_comparing.clear()

    # Asking

    def ask(
        self,
        prompt: Prompt,
        fit: Callable[[str], T],
        *,
        urgency: Urgency = Urgency.BACKGROUND,
        stop: threading.Event | None = None,
        heard: Callable[[str], None] = lambda _piece: None,
    ) -> T:
        """What `fit` makes of the answer; it raises AnswerUnfit for one that is not of the shape, which is a failure.

        `stop` is also set from here, to make way. Raises ModelTrouble, GaveWay.
        """
        stop = stop or threading.Event()
        with self._turn(urgency, stop):
            model = self._model
            if model is None:
                raise ModelUnusable("No model has been chosen: choose one on the page “Model”.")

            def answer() -> tuple[T, Cost]:
                self._is_thinking = True
                try:
                    answered = model.ask(prompt, stop=stop, heard=heard)
                finally:
                    self._is_thinking = False
                return fit(answered.text), answered.cost

            return self._called(model.name, prompt.step, prompt.pictures, answer, self._failures)

    def embed(
        self, texts: Sequence[str], *, urgency: Urgency = Urgency.BACKGROUND, stop: threading.Event | None = None
    ) -> NDArray[np.float32]:
        """One row of length 1 a text. Raises ModelTrouble, GaveWay."""
        stop = stop or threading.Event()
        with self._turn(urgency, stop):
            embedder = self._embedder
            if embedder is None:
                raise ModelUnusable("No model that compares by meaning is chosen: choose one on the page “Model”.")

            def rows() -> tuple[NDArray[np.float32], Cost]:
                return embedder.embed(texts, stop=stop), Cost()

            return self._called(embedder.name, "embed", 0, rows, self._failures_comparing)

    def interrupt(self) -> None:
        """What is being asked gives way."""
        with self._turns:
            if self._running is not None:
                self._running[1].set()

    def forget(self) -> None:
        """What the models still hold of earlier questions goes, pictures and all; what is being asked gives way."""
        self.interrupt()
        with self._turn(Urgency.PERSON, threading.Event()):
            self._rest()

    def shut(self) -> None:
        """Nothing more is asked: what is being asked, and all that wait, give way."""
        with self._turns:
            self._closed = True
            self._turns.notify_all()
        self.interrupt()

    def close(self) -> None:
        """Shut, and the models end."""
        self.shut()
        with self._turns:
            self._turns.wait_for(lambda: self._running is None)
        for each in (self._model, self._embedder):
            if each is not None:
                each.close()
        self._model = self._embedder = None

    # Resting

    @property
    def rests_for_seconds(self) -> float:
        """How long the one that thinks still rests after failures; 0: it does not."""
        return self._failures.rests_for_seconds(self._spans.monotonic_seconds())

    @property
    def trouble(self) -> str | None:
        """Its last failure in a row, as a sentence."""
        return self._failures.trouble

    @property
    def comparing_rests_for_seconds(self) -> float:
        return self._failures_comparing.rests_for_seconds(self._spans.monotonic_seconds())

    @property
    def comparing_trouble(self) -> str | None:
        return self._failures_comparing.trouble

    @property
    def is_thinking(self) -> bool:
        """Whether a question is being asked now; comparing is none."""
        return self._is_thinking

    def measure_by(self, spans: Clock) -> None:
        """From now on another clock says how long it rests or has nothing to do. A rest ends with that."""
        with self._turns:
            self._spans = spans
            if self._used_at_seconds is not None:
                self._used_at_seconds = spans.monotonic_seconds()
        self.wake()

    def rest(self, why: str) -> None:
        """Not of a failure: what it should be asked cannot be asked, and the person is told why."""
        self._failures.rest(why, self._spans.monotonic_seconds())

    def wake(self) -> None:
        """Try again at once, both, as after the first failure."""
        self._failures.clear()
        self._failures_comparing.clear()

    def unload_if_idle(self, *, at_once: bool = False) -> None:
        """Give memory back when nothing was asked for a while; `at_once`: whenever nothing is being asked."""
        with self._turns:
            if self._running is not None or self._waiting or self._used_at_seconds is None:
                return
            if not at_once and self._spans.monotonic_seconds() - self._used_at_seconds < UNLOAD_AFTER_SECONDS:
                return
            self._rest()

    # Pieces

    def _rest(self) -> None:
        self._used_at_seconds = None
        for each in (self._model, self._embedder):
            if each is not None:
                each.rest()

    @contextmanager
    def _turn(self, urgency: Urgency, stop: threading.Event) -> Iterator[None]:
        """Within it, nobody else asks. Raises GaveWay where there is no turn to be had any more."""
        mine = (urgency, next(self._numbers))
        with self._turns:
            heapq.heappush(self._waiting, mine)
            if self._running is not None and urgency < self._running[0]:
                self._running[1].set()
            try:
                while not self._closed and not stop.is_set() and (self._running or self._waiting[0] != mine):
                    self._turns.wait(0.2)  # a `stop` that is set meanwhile tells nobody
                if self._closed or stop.is_set():
                    raise GaveWay("The question was taken back.")
            finally:
                self._waiting.remove(mine)
                heapq.heapify(self._waiting)
                self._turns.notify_all()
            self._running = (urgency, stop)
        try:
            yield
        finally:
            with self._turns:
                self._running = None
                self._turns.notify_all()

    def _called(self, model: str, step: str, pictures: int, ask: Callable[[], tuple[T, Cost]], failures: Failures) -> T:
        started_seconds, cost, outcome = self._wall.monotonic_seconds(), Cost(pictures=pictures), "fault"
        try:
            value, cost = ask()
            outcome = "answered"
        except GaveWay:
            outcome = "gave way"
            raise
        except ModelTrouble as error:
            outcome = type(error).__name__
            failures.add(error, self._spans.monotonic_seconds())
            raise
        else:
            failures.clear()
            return value
        finally:
            self._used_at_seconds = self._spans.monotonic_seconds()
            took_ms = cost.total_ms or (self._wall.monotonic_seconds() - started_seconds) * 1000
            self._note(
                Call(
                    at=self._clock.now(),
                    step=step,
                    model=model,
                    prompt_tokens=cost.prompt_tokens,
                    reused_tokens=cost.reused_tokens,
                    answer_tokens=cost.answer_tokens,
                    pictures=cost.pictures,
                    pictures_reused=cost.pictures_reused,
                    milliseconds=round(took_ms),
                    outcome=outcome,
                )
            )


def _close_unless(old: Model | Embedder | None, new: Model | Embedder | None) -> None:
    if old is not None and old is not new:
        old.close()
