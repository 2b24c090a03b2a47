"""One loaded model of llama.cpp: asked one thing at a time, inside the model's process.

Nothing here starts or watches a process, and nothing is logged. llama.cpp can still abort the process it runs in: this
module belongs into a child (`model_child`). It is not for two threads at once.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from PIL import Image

from gum_app.errors import AnswerUnfit, ModelUnusable, PromptTooLong
from gum_app.world.llama_chat import Text, frame_of
from gum_app.world.llama_embedding import Embedding
from gum_app.world.llama_grammar import grammar
from gum_app.world.llama_memory import Memory, Unit, cells
from gum_app.world.llama_native import Brake, gpus
from gum_app.world.llama_pictures import Eye
from gum_app.world.llama_sampling import Chooser
from gum_app.world.llama_weights import Weights
from gum_app.world.model import Answered, Cost, Said

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from gum_app.world.model import Prompt

FREE_TEMPERATURE = 0.4  # of free text, which goes round in circles where the likeliest word is always taken


@dataclass(frozen=True, kw_only=True)
class Options:
    """What to load, and how."""

    weights: Path
    projector: Path | None = None  # what makes it see; None: text only
    embeds: bool = False  # an embedding model: `embed` instead of `ask`
    context_tokens: int = 8192
    gpu_layers: int = 0  # how many of the layers go to the GPU, where llama.cpp was built for one; -1: all
    threads: int = 0  # 0: the physical cores but one, at least one
    batch_tokens: int = 512
    most_picture_tokens: int = 0  # a picture is made smaller until it needs no more; 0: the model's own cap
    pictures_kept: int = 6  # encoded pictures that are remembered


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What was loaded, and where it runs."""

    name: str  # as its file calls it, with the quantization
    context_tokens: int
    layers: int
    layers_on_gpu: int
    device: str  # "" where the CPU does everything
    flash_attention: bool
    sees: bool
    load_ms: float


class Session:
    """A model in memory. Everything that is broken about its files shows in the constructor.

    Raises EngineMissing where llama.cpp cannot be imported, ModelUnusable for files that cannot be used.
    """

    loaded: Loaded

    def __init__(self, options: Options) -> None:
        started = time.perf_counter()
        self._options = options
        self._brake = Brake()
        self._memory: Memory | None = None
        self._eye: Eye | None = None
        self._embedding: Embedding | None = None
        with contextlib.ExitStack() as closing:
            self._on_gpu = options.gpu_layers != 0 and bool(gpus())
            layers = options.gpu_layers if self._on_gpu else 0
            self._weights = Weights(options.weights, gpu_layers=layers, embeds=options.embeds)
            closing.callback(self._weights.close)
            if options.embeds:
                self._load_embedding(closing)
            else:
                self._load_chat(closing)
            self._closing = closing.pop_all()
        self.loaded = self._report((time.perf_counter() - started) * 1000)

    def ask(self, prompt: Prompt, *, stop: Callable[[], bool], heard: Callable[[str], None]) -> Answered:
        """`heard` gets the answer piece by piece; `stop` is asked often, on this thread, and ends it at once.

        Raises PromptTooLong, PictureBroken, AnswerUnfit, ModelUnusable (pictures for a model that is blind), GaveWay;
        ValueError for a schema that is no closed shape. After any of these the session can be asked again.
        Raises ModelDied where llama.cpp fails.
        """
        started = time.perf_counter()
        memory = self._memory
        if memory is None:
            raise ModelUnusable("This model turns texts into numbers and answers no questions.")
        if prompt.pictures and self._eye is None:
            raise ModelUnusable("This model does not see: it needs the projector that belongs to it.")
        self._brake.watch(stop)
        with contextlib.closing(self._chooser(prompt)) as chooser, self._units(prompt) as units:
            self._check_room(cells(units), prompt.most_tokens, memory)
            kept = memory.keep_beginning(units)
            memory.read(units[kept:], self._eye)
            answer = _Answer(heard, started)
            self._write(answer, chooser, memory, prompt.most_tokens)
            return Answered(
                text=answer.text if prompt.schema is not None else answer.text.strip(),
                cost=Cost(
                    prompt_tokens=cells(units),
                    reused_tokens=cells(units[:kept]),
                    answer_tokens=answer.tokens,
                    pictures=prompt.pictures,
                    pictures_reused=prompt.pictures - len(self._eye.encoded if self._eye else ()),
                    first_token_ms=answer.first_token_ms,
                    total_ms=(time.perf_counter() - started) * 1000,
                ),
            )

    def embed(self, texts: Sequence[str], *, stop: Callable[[], bool]) -> NDArray[np.float32]:
        """One row a text, each of length 1; one that is too long is cut. Raises ModelUnusable, GaveWay, ModelDied."""
        if self._embedding is None:
            raise ModelUnusable("This model answers questions and does not turn texts into numbers.")
        self._brake.watch(stop)
        return self._embedding.embed(texts)

    def close(self) -> None:
        """Gives the memory back. May be called twice; nothing else may be called after it."""
        self._memory = self._eye = self._embedding = None
        self._closing.close()

    # Loading

    def _load_embedding(self, closing: contextlib.ExitStack) -> None:
        self._embedding = Embedding(
            self._weights,
            context_tokens=self._options.context_tokens,
            threads=self._threads,
            on_gpu=self._on_gpu,
            brake=self._brake,
        )
        closing.callback(self._embedding.close)
        self._embedding.embed(["warm"])

    def _load_chat(self, closing: contextlib.ExitStack) -> None:
        options = self._options
        self._frame = frame_of(self._weights)
        if options.projector is not None:
            self._eye = Eye(
                options.projector,
                self._weights,
                on_gpu=self._on_gpu,
                threads=self._threads,
                most_picture_tokens=options.most_picture_tokens,
                pictures_kept=options.pictures_kept,
                brake=self._brake,
            )
            closing.callback(self._eye.close)
        most = self._weights.most_context_tokens
        self._memory = Memory(
            self._weights,
            context_tokens=min(options.context_tokens, most) if most else options.context_tokens,
            batch_tokens=self._batch_tokens(),
            threads=self._threads,
            on_gpu=self._on_gpu,
            brake=self._brake,
        )
        closing.callback(self._memory.close)
        self._warm_up(self._memory)

    def _batch_tokens(self) -> int:
        """As many as asked for, or as the largest picture needs of a model that must read it at once."""
        if self._eye is None or not self._eye.reads_at_once:
            return self._options.batch_tokens
        with self._eye.units_of([_blank(1920, 1080)]) as units:
            return max(self._options.batch_tokens, *(cells([unit]) for unit in units))

    def _warm_up(self, memory: Memory) -> None:
        """What is broken about weights and projector shows when they first work. Raises ModelUnusable."""
        memory.read([max(0, self._weights.start)])
        memory.next_logits()
        if self._eye is not None:
            with self._eye.units_of([_blank(64, 64), Text(".")]) as units:
                memory.read(units, self._eye)
            memory.next_logits()
        memory.keep_beginning([])

    def _report(self, load_ms: float) -> Loaded:
        layers = self._weights.layers
        wanted = self._options.gpu_layers
        room = self._memory.cells if self._memory else self._embedding.context_tokens if self._embedding else 0
        return Loaded(
            name=self._weights.name,
            context_tokens=room,
            layers=layers,
            layers_on_gpu=min(wanted if wanted > 0 else layers, layers) if self._on_gpu else 0,
            device=gpus()[0] if self._on_gpu else "",
            flash_attention=True,
            sees=self._eye is not None,
            load_ms=load_ms,
        )

    @property
    def _threads(self) -> int:
        return self._options.threads or max(1, (psutil.cpu_count(logical=False) or os.cpu_count() or 2) - 1)

    # Asking

    def _chooser(self, prompt: Prompt) -> Chooser:
        if prompt.schema is None:
            return Chooser(self._weights, None, temperature=FREE_TEMPERATURE)
        return Chooser(self._weights, grammar(prompt.schema), temperature=prompt.temperature)

    @contextlib.contextmanager
    def _units(self, prompt: Prompt) -> Iterator[list[Unit]]:
        question = [Text(part.text) if isinstance(part, Said) else part.data for part in prompt.parts]
        parts = self._frame.around(prompt.system, question)
        if self._eye is not None:
            with self._eye.units_of(parts) as units:
                yield self._started(units)
        else:
            texts = [part for part in parts if isinstance(part, Text)]
            yield self._started(
                [token for text in texts for token in self._weights.tokens(text.text, special=text.special)]
            )

    def _started(self, units: list[Unit]) -> list[Unit]:
        """Templates may or may not write the token that begins a text."""
        start = self._weights.start
        return units if start < 0 or units[:1] == [start] else [start, *units]

    def _check_room(self, prompt_cells: int, most_tokens: int, memory: Memory) -> None:
        if prompt_cells + most_tokens > memory.cells:
            raise PromptTooLong(
                f"The question takes {prompt_cells} tokens and its answer up to {most_tokens} more; "
                f"the context of the model holds {memory.cells}: make it larger in the settings."
            )

    def _write(self, answer: _Answer, chooser: Chooser, memory: Memory, most_tokens: int) -> None:
        for _ in range(most_tokens):
            self._brake.check()
            token = chooser.choose(memory.next_logits())
            if self._weights.ends_answer(token):
                return answer.check(is_json=chooser.has_grammar)
            answer.add(chooser.take(token))
            if chooser.is_complete:
                return answer.check(is_json=True)
            memory.read([token])
        raise AnswerUnfit(f"The answer was cut off: it was longer than the {most_tokens} tokens it may have.")


class _Answer:
    """As far as it has been written."""

    def __init__(self, heard: Callable[[str], None], started: float) -> None:
        self._heard, self._started = heard, started
        self._pieces: list[str] = []
        self.tokens = 0
        self.first_token_ms = 0.0

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def add(self, piece: str) -> None:
        if not self.tokens:
            self.first_token_ms = (time.perf_counter() - self._started) * 1000
        self.tokens += 1
        if piece:
            self._pieces.append(piece)
            self._heard(piece)

    def check(self, *, is_json: bool) -> None:
        """Raises AnswerUnfit."""
        if not self.text.strip():
            raise AnswerUnfit("The model answered nothing.")
        if is_json:
            try:
                json.loads(self.text)
            except ValueError as error:
                raise AnswerUnfit("The answer is not of the shape that was asked for.") from error


def _blank(width: int, height: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "gray").save(file, "PNG")
    return file.getvalue()
