"""A file of weights, opened by llama.cpp: what it says of itself, and its vocabulary."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

from gum_app.world.gguf_head import check_kind
from gum_app.world.llama_native import engine, forget_complaints, refusal


class Weights:
    """The constructor raises ModelUnusable: what it opens is missing, broken, or of another kind."""

    def __init__(self, path: Path, *, gpu_layers: int = 0, embeds: bool = False) -> None:
        self.head = check_kind(path, "embeds" if embeds else "model")
        self.path = path
        self._llama = engine()
        forget_complaints()
        parameters = self._llama.llama_model_default_params()
        parameters.n_gpu_layers = gpu_layers
        self.pointer: Any = self._llama.llama_model_load_from_file(os.fsencode(path), parameters)
        if not self.pointer:
            raise refusal(path.name, "cannot be loaded: it is damaged, or too new for llama.cpp")
        self.vocabulary: Any = self._llama.llama_model_get_vocab(self.pointer)
        self.tokens_known: int = self._llama.llama_vocab_n_tokens(self.vocabulary)
        self._room = ctypes.create_string_buffer(256)

    def close(self) -> None:
        """May be called twice. Nothing that was made with these weights may be used any more."""
        if self.pointer:
            self._llama.llama_model_free(self.pointer)
            self.pointer = None

    # What it says of itself

    def said(self, key: str) -> str:
        """A line of its metadata, such as `general.architecture`; empty if there is none."""
        size = 1024
        while True:
            room = ctypes.create_string_buffer(size)
            length = self._llama.llama_model_meta_val_str(self.pointer, key.encode(), room, size)
            if length < size:
                return room.value.decode("utf-8", "replace") if length > 0 else ""
            size = length + 1

    @property
    def name(self) -> str:
        """As its file calls it, and how its weights are quantized: "Qwen3-VL-4B-Instruct Q4_K_M"."""
        return f"{self.head.name or self.path.stem} {self.head.quantization}".strip()

    @property
    def layers(self) -> int:
        return int(self._llama.llama_model_n_layer(self.pointer))

    @property
    def most_context_tokens(self) -> int:
        """As many as it was trained for; 0: it does not say."""
        return max(0, int(self._llama.llama_model_n_ctx_train(self.pointer)))

    # Its vocabulary

    def tokens(self, text: str, *, special: bool = False, ends: bool = False) -> list[int]:
        """`special`: names of control tokens become these tokens. Never for words that are not our own.

        `ends`: with the tokens that stand around every text, if the model has such.
        """
        raw = text.encode("utf-8", "replace")
        most = len(raw) + 8
        while True:
            found = (self._llama.llama_token * most)()
            count = self._llama.llama_tokenize(self.vocabulary, raw, len(raw), found, most, ends, special)
            if count >= 0:
                return list(found[:count])
            most = -count

    def piece(self, token: int) -> bytes:
        """The bytes that a token stands for: perhaps a part of a letter; none for a control token."""
        length = self._llama.llama_token_to_piece(self.vocabulary, token, self._room, len(self._room), 0, False)
        if length < 0:
            self._room = ctypes.create_string_buffer(-length)
            return self.piece(token)
        return self._room.raw[:length]

    def ends_answer(self, token: int) -> bool:
        return bool(self._llama.llama_vocab_is_eog(self.vocabulary, token))

    def is_control(self, token: int) -> bool:
        return bool(self._llama.llama_vocab_is_control(self.vocabulary, token))

    @cached_property
    def end(self) -> int:
        """A token that ends an answer; -1: it has none."""
        ways: tuple[Callable[[Any], int], ...] = (self._llama.llama_vocab_eot, self._llama.llama_vocab_eos)
        return next((int(way(self.vocabulary)) for way in ways if way(self.vocabulary) >= 0), -1)

    @cached_property
    def start(self) -> int:
        """The token that stands before every prompt; -1: none does."""
        wanted = self._llama.llama_vocab_get_add_bos(self.vocabulary)
        return int(self._llama.llama_vocab_bos(self.vocabulary)) if wanted else -1

    def text_of(self, token: int) -> str:
        """How its name is written, also that of a control token; empty for -1."""
        name = self._llama.llama_vocab_get_text(self.vocabulary, token) if token >= 0 else b""
        return (name or b"").decode("utf-8", "replace")

    @cached_property
    def start_text(self) -> str:
        return self.text_of(self._llama.llama_vocab_bos(self.vocabulary))

    @cached_property
    def end_text(self) -> str:
        return self.text_of(self._llama.llama_vocab_eos(self.vocabulary))
