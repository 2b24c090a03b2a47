"""Texts as numbers: an embedding model of llama.cpp. Texts of like meaning point in like directions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from gum_app.errors import ModelDied, ModelUnusable
from gum_app.world.llama_native import MEANINGLESS, Brake, engine

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gum_app.world.llama_weights import Weights

MOST_TOKENS = 2048  # of one text; all of them are read at once, and memory grows with it
MOST_TEXTS = 32  # read together


class Embedding:
    """The constructor raises ModelUnusable for a model that was not made for this."""

    def __init__(self, weights: Weights, *, context_tokens: int, threads: int, on_gpu: bool, brake: Brake) -> None:
        self._llama = llama = engine()
        self._weights, self._brake = weights, brake
        self._room = min(context_tokens, MOST_TOKENS, weights.most_context_tokens or MOST_TOKENS)
        parameters = llama.llama_context_default_params()
        parameters.n_ctx = parameters.n_batch = parameters.n_ubatch = self._room
        parameters.n_seq_max, parameters.kv_unified = MOST_TEXTS, True
        parameters.n_threads = parameters.n_threads_batch = threads
        parameters.embeddings = parameters.no_perf = True
        parameters.offload_kqv = parameters.op_offload = on_gpu
        parameters.flash_attn_type = llama.LLAMA_FLASH_ATTN_TYPE_ENABLED
        self._abort = llama.ggml_abort_callback(lambda _data: brake())
        parameters.abort_callback = self._abort
        self.pointer: Any = llama.llama_init_from_model(weights.pointer, parameters)
        if not self.pointer:
            raise ModelUnusable(f"There is not enough memory for the model: {weights.path}.")
        if llama.llama_pooling_type(self.pointer) in (llama.LLAMA_POOLING_TYPE_NONE, llama.LLAMA_POOLING_TYPE_RANK):
            self.close()
            raise ModelUnusable(f"This is no embedding model: {weights.path}.")
        self.dimensions: int = llama.llama_model_n_embd_out(weights.pointer)
        self.context_tokens: int = llama.llama_n_ctx(self.pointer)

    def close(self) -> None:
        if self.pointer:
            self._llama.llama_free(self.pointer)
            self.pointer = None

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text, each of length 1; one that is too long is cut. Raises GaveWay, ModelDied, ModelUnusable."""
        rows = [row for group in self._groups(texts) for row in self._rows(group)]
        return np.array(rows, np.float32).reshape(len(texts), self.dimensions)

    def _groups(self, texts: Sequence[str]) -> Iterator[list[list[int]]]:
        group: list[list[int]] = []
        for text in texts:
            tokens = self._tokens(text)
            if len(group) == MOST_TEXTS or sum(map(len, group)) + len(tokens) > self._room:
                yield group
                group = []
            group.append(tokens)
        if group:
            yield group

    def _tokens(self, text: str) -> list[int]:
        tokens = self._weights.tokens(text, ends=True) or self._weights.tokens(" ", ends=True)
        return tokens if len(tokens) <= self._room else [*tokens[: self._room - 1], tokens[-1]]

    def _rows(self, group: list[list[int]]) -> Iterator[NDArray[np.float32]]:
        self._brake.check()
        memory = self._llama.llama_get_memory(self.pointer)
        if memory:
            self._llama.llama_memory_clear(memory, True)
        batch = self._llama.llama_batch_init(sum(map(len, group)), 0, 1)
        try:
            _fill(batch, group)
            code = self._llama.llama_decode(self.pointer, batch)
        finally:
            self._llama.llama_batch_free(batch)
        self._brake.check()
        if code:
            raise ModelDied(f"llama.cpp could not go on with its work (code {code}); perhaps memory ran out.")
        for number in range(len(group)):
            found = self._llama.llama_get_embeddings_seq(self.pointer, number)
            row = np.ctypeslib.as_array(found, (self.dimensions,)).astype(np.float32)
            if not np.isfinite(row).all():
                raise ModelUnusable(MEANINGLESS)
            yield row / (np.linalg.norm(row) or 1.0)


def _fill(batch: Any, group: list[list[int]]) -> None:
    at = 0
    for number, tokens in enumerate(group):
        for position, token in enumerate(tokens):
            batch.token[at], batch.pos[at] = token, position
            batch.n_seq_id[at], batch.seq_id[at][0] = 1, number
            batch.logits[at] = 1
            at += 1
    batch.n_tokens = at
