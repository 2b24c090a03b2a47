"""What a model has read: llama.cpp's KV cache, and a list of what lies in it, so that nothing is read twice.

The two never disagree: whatever goes wrong, the cache is cut back to what the list says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from gum_app.errors import ModelDied, ModelUnusable, PromptTooLong
from gum_app.world.llama_native import MEANINGLESS, Brake, engine

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gum_app.world.llama_weights import Weights

ABORTED = 2  # llama_decode: the brake was pulled


@dataclass(frozen=True)
class Piece:
    """A picture, or a tile of one, as it stands in a prompt. Equal pieces fill the cache with the same numbers."""

    picture: str  # its digest
    number: int  # which tile of it
    cells: int  # of the cache
    positions: int  # by which the text behind it moves on: fewer than cells with M-RoPE
    chunk: Any = field(compare=False)  # libmtmd's, alive as long as the prompt


Unit = int | Piece  # a token of text, or a piece of a picture


class Seeing(Protocol):
    def take_in(self, piece: Piece, *, context: Any, position: int, batch_tokens: int) -> int:
        """Put an encoded piece into the cache. Returns what `llama_decode` returned."""
        ...


class Memory:
    """Room for `context_tokens`, all for one conversation. Raises ModelUnusable where that is too much.

    `batch_tokens` are read at once; between two batches, and within one on the CPU, the brake is asked.
    """

    def __init__(
        self, weights: Weights, *, context_tokens: int, batch_tokens: int, threads: int, on_gpu: bool, brake: Brake
    ) -> None:
        self._llama = llama = engine()
        parameters = llama.llama_context_default_params()
        parameters.n_ctx, parameters.n_batch, parameters.n_ubatch = context_tokens, batch_tokens, batch_tokens
        parameters.n_threads = parameters.n_threads_batch = threads
        parameters.n_outputs_max = 1  # only what comes next is asked for; room for more costs 600 KB a token
        parameters.flash_attn_type = llama.LLAMA_FLASH_ATTN_TYPE_ENABLED
        parameters.offload_kqv = parameters.op_offload = on_gpu
        parameters.no_perf = True
        self._abort = llama.ggml_abort_callback(lambda _data: brake())
        parameters.abort_callback = self._abort
        self.pointer: Any = llama.llama_init_from_model(weights.pointer, parameters)
        if not self.pointer:
            raise ModelUnusable(
                f"There is not enough memory for a context of {context_tokens} tokens: choose a smaller one."
            )
        self.cells: int = llama.llama_n_ctx(self.pointer)
        self.batch_tokens = batch_tokens
        self._memory = llama.llama_get_memory(self.pointer)
        self._brake = brake
        self._tokens_known = weights.tokens_known
        self._batch = _Batch(llama, batch_tokens)
        self._held: list[Unit] = []
        self._position = 0  # of what comes next

    def close(self) -> None:
        if self.pointer:
            self._batch.close()
            self._llama.llama_free(self.pointer)
            self.pointer = None

    def keep_beginning(self, units: Sequence[Unit]) -> int:
        """Forget all but the longest common beginning, and at least one unit of `units`: how many are kept."""
        same = 0
        for held, wanted in zip(self._held, units[:-1], strict=False):
            if held != wanted:
                break
            same += 1
        self._cut(same)
        return len(self._held)

    def read(self, units: Sequence[Unit], eye: Seeing | None = None) -> None:
        """Go on with these. Raises GaveWay, PromptTooLong, ModelDied; what was read until then stays."""
        try:
            for run in _runs(units, self.batch_tokens):
                self._brake.check()
                if isinstance(run, Piece):
                    assert eye is not None
                    position = self._position
                    code = eye.take_in(run, context=self.pointer, position=position, batch_tokens=self.batch_tokens)
                    self._note(code, [run], run.positions)
                else:
                    self._batch.fill(run, self._position)
                    code = self._llama.llama_decode(self.pointer, self._batch.struct)
                    self._note(code, run, len(run))
        except BaseException:
            self._cut(len(self._held))
            raise

    def next_logits(self) -> NDArray[np.float32]:
        """How likely each token is to come next. Only until the next `read`. Raises ModelUnusable."""
        numbers = self._llama.llama_get_logits_ith(self.pointer, -1)
        logits = np.ctypeslib.as_array(numbers, (self._tokens_known,))
        if np.isnan(logits.max()):
            raise ModelUnusable(MEANINGLESS)
        return logits

    def _note(self, code: int, units: Sequence[Unit], positions: int) -> None:
        if code == ABORTED:
            self._brake.check()
        if code == 1:
            raise PromptTooLong(f"The context of {self.cells} tokens is full.")
        if code != 0:
            raise ModelDied(f"llama.cpp could not go on with its work (code {code}); perhaps memory ran out.")
        self._held += units
        self._position += positions

    def _cut(self, count: int) -> None:
        """Keep the first `count` units. Some models cannot forget a part: then nothing is kept."""
        self._held = self._held[:count]
        self._position = sum(unit.positions if isinstance(unit, Piece) else 1 for unit in self._held)
        if not self._llama.llama_memory_seq_rm(self._memory, 0, self._position, -1):
            self._llama.llama_memory_clear(self._memory, True)
            self._held, self._position = [], 0


class _Batch:
    """Tokens on their way into llama.cpp. Only of the last one it is asked what comes next."""

    def __init__(self, llama: Any, most: int) -> None:
        self._free = llama.llama_batch_free
        self.struct = llama.llama_batch_init(most, 0, 1)
        self._tokens = np.ctypeslib.as_array(self.struct.token, (most,))
        self._positions = np.ctypeslib.as_array(self.struct.pos, (most,))
        self._asked = np.ctypeslib.as_array(self.struct.logits, (most,))
        np.ctypeslib.as_array(self.struct.n_seq_id, (most,))[:] = 1
        for row in range(most):
            self.struct.seq_id[row][0] = 0

    def fill(self, tokens: Sequence[Unit], position: int) -> None:
        count = len(tokens)
        self.struct.n_tokens = count
        self._tokens[:count] = tokens
        self._positions[:count] = np.arange(position, position + count)
        self._asked[:count] = 0
        self._asked[count - 1] = 1

    def close(self) -> None:
        self._free(self.struct)


def _runs(units: Sequence[Unit], most: int) -> Iterator[list[Unit] | Piece]:
    """Pieces one by one, and the text between them in batches."""
    text: list[Unit] = []
    for unit in units:
        if isinstance(unit, Piece) or len(text) == most:
            if text:
                yield text
            text = []
        if isinstance(unit, Piece):
            yield unit
        else:
            text.append(unit)
    if text:
        yield text


def cells(units: Sequence[Unit]) -> int:
    """How much of the cache they fill. With M-RoPE this is more than the positions they take."""
    return sum(unit.cells if isinstance(unit, Piece) else 1 for unit in units)
