"""Models that run on this computer: each in a process of its own, started with the first question.

Whatever happens to the process costs one question, and the next one starts it afresh. Not for two threads at once, but
a question may be taken back, and the properties read, from any.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import psutil

from gum_app.errors import GaveWay, ModelDied, ModelUnusable
from gum_app.world.llama_session import Loaded, Options
from gum_app.world.model import Answered, Prompt
from gum_app.world.model_messages import TEXTS_AT_ONCE, Ask, Embed, Question, Rows, Told
from gum_app.world.model_pipe import Child
from gum_app.world.model_shown import show_texts, shown
from gum_app.world.model_waiting import TAKEN_BACK, Conversation, Limits, Loading, gigabytes
from gum_app.world.shapes import read_shaped

if TYPE_CHECKING:
    from numpy.typing import NDArray

log = logging.getLogger(__name__)


class _Local:
    """What every model on this computer has: a process."""

    def __init__(
        self, options: Options, *, name: str = "", engine: Path | None = None, limits: Limits | None = None
    ) -> None:
        """`engine` is a folder with llama.cpp; None: it is installed with the program. Nothing is started yet."""
        self._options = options
        self._name = name or options.weights.stem
        self._engine = engine
        self._limits = limits or Limits()
        self._child: Child | None = None
        self._number = 0

    @property
    def name(self) -> str:
        return self._name

    @property
    def loaded(self) -> Loaded | None:
        """What was loaded for the last question; None: no process is there, or it is still loading."""
        child = self._child
        return child.loaded if child is not None else None

    @property
    def pid(self) -> int | None:
        """Its process, if there is one."""
        child = self._child
        return child.pid if child is not None else None

    @property
    def resident_bytes(self) -> int:
        """What the process takes of the memory now. The file of the weights counts, as far as it was read."""
        child = self._child
        return child.resident_bytes if child is not None else 0

    @property
    def without_graphics(self) -> bool:
        """The graphics card was to help, but could not take the model: the processor works alone."""
        child = self._child
        return child is not None and child.loaded is not None and child.options != self._options

    def rest(self) -> None:
        self._end()

    def close(self) -> None:
        self._end()

    def _put(
        self, question: Callable[[int], Question], stop: threading.Event, heard: Callable[[str], None]
    ) -> Told | Rows:
        """What comes back for what `question` makes of a number. Raises ModelTrouble, GaveWay; ValueError."""
        if stop.is_set():
            raise GaveWay(TAKEN_BACK)
        child = self._ready(stop)
        self._number += 1
        try:
            return Conversation(child, self._limits, stop, heard).hold(question(self._number))
        finally:
            if child.is_astray:
                self._end(at_once=True)

    def _ready(self, stop: threading.Event) -> Child:
        """A child that has loaded: with the graphics card if it was wanted, without where that fails."""
        child = self._child
        if child is None or not child.is_alive():
            child = self._start(self._options)
        try:
            return self._load(child, stop)
        except (ModelUnusable, ModelDied) as error:
            if child.options.gpu_layers == 0 or not (child.has_crashed or isinstance(error, ModelUnusable)):
                raise
        log.warning("the model cannot be loaded with the graphics card: it is loaded without")
        return self._load(self._start(replace(self._options, gpu_layers=0)), stop)

    def _start(self, options: Options) -> Child:
        """Raises ModelUnusable where the memory does not suffice."""
        self._end()
        needs, free = self._limits.needs_bytes, psutil.virtual_memory().available
        if needs and needs + self._limits.least_free_bytes > free:
            raise ModelUnusable(
                f"The model needs {gigabytes(needs)} of memory and {gigabytes(free)} are free: "
                "close programs, or choose a smaller model."
            )
        self._child = Child(options, self._engine)
        return self._child

    def _load(self, child: Child, stop: threading.Event) -> Child:
        if child.loaded is not None:
            return child
        is_worth_keeping = False
        try:
            child.loaded = Loading(child, self._limits, stop).wait()
            is_worth_keeping = True
        except GaveWay:
            is_worth_keeping = True  # it goes on loading: the question that was more urgent needs the model too
            raise
        finally:
            if not is_worth_keeping:
                self._end(at_once=True)
        return child

    def _end(self, *, at_once: bool = False) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.end(at_once=at_once)


class LocalModel(_Local):
    def ask(
        self, prompt: Prompt, *, stop: threading.Event, heard: Callable[[str], None] = lambda _piece: None
    ) -> Answered:
        with shown(self.name, prompt, heard) as told_piece:
            told = self._put(partial(Ask, prompt=prompt), stop, told_piece)
            assert isinstance(told, Told)
            answered = told.answered
            if prompt.schema is None:
                return answered
            # The grammar saw to it already, but in a process that can be taken over.
            return replace(answered, text=read_shaped(answered.text, prompt.schema, "the model"))


class LocalEmbedder(_Local):
    def embed(self, texts: Sequence[str], *, stop: threading.Event) -> NDArray[np.float32]:
        show_texts(self.name, texts)
        if not texts:
            return np.zeros((0, 0), np.float32)
        rows: list[NDArray[np.float32]] = []
        for start in range(0, len(texts), TEXTS_AT_ONCE):
            some = tuple(texts[start : start + TEXTS_AT_ONCE])
            meant = self._put(partial(Embed, texts=some), stop, lambda _piece: None)
            assert isinstance(meant, Rows)
            rows.append(meant.rows)
        return np.concatenate(rows)
