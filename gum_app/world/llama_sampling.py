"""Chooses the next token of an answer: the likeliest, or one by chance; held to a grammar, and always sound UTF-8.

First a token is chosen, then it alone is tested, and others only if it was refused: testing all 150,000 tokens of a
vocabulary takes five times as long as the model itself.
"""

from __future__ import annotations

import codecs
import ctypes
from typing import TYPE_CHECKING, Any

import numpy as np

from gum_app.errors import AnswerUnfit
from gum_app.world.llama_native import engine

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gum_app.world.llama_weights import Weights

FEW = 64  # tried together, after the first was refused; then all
_CANDIDATE = np.dtype([("id", np.int32), ("logit", np.float32), ("p", np.float32)])  # llama_token_data


class Chooser:
    """For one answer. `temperature` 0: always the likeliest.

    `least_likely`: at a temperature, tokens less likely than this part of the likeliest are out.
    Raises ValueError for a grammar that llama.cpp does not understand.
    """

    def __init__(
        self,
        weights: Weights,
        grammar: str | None,
        *,
        temperature: float = 0.0,
        least_likely: float = 0.05,
        seed: int | None = None,
    ) -> None:
        self._weights = weights
        self._grammar = None if grammar is None else _Grammar(weights, grammar)
        self._temperature, self._least_likely = temperature, least_likely
        self._chance = np.random.default_rng(seed)
        self._letters = codecs.getincrementaldecoder("utf-8")("strict")

    def close(self) -> None:
        if self._grammar is not None:
            self._grammar.close()

    def choose(self, logits: NDArray[np.float32]) -> int:
        """Raises AnswerUnfit where no token fits."""
        first = self._draw(logits)
        if self._allowed(np.array([first]))[0] and self._is_text(first):
            return first
        for count in (FEW, len(logits)):
            some = np.argpartition(-logits, count)[:count] if count < len(logits) else np.arange(len(logits))
            left = np.where(self._allowed(some), logits[some], -np.inf)
            while left.max() > -np.inf:
                at = self._draw(left)
                if self._is_text(int(some[at])):
                    return int(some[at])
                left[at] = -np.inf
        raise AnswerUnfit("The model knows no way to go on in the shape that was asked for.")

    def take(self, token: int) -> str:
        """Add a chosen token to the answer: the whole letters that this completes."""
        if self._grammar is not None:
            self._grammar.accept(token)
        return self._letters.decode(self._weights.piece(token))

    @property
    def has_grammar(self) -> bool:
        return self._grammar is not None

    @property
    def is_complete(self) -> bool:
        """The grammar is fulfilled. Without one only the model knows."""
        return self._grammar is not None and self._grammar.may_end

    def _draw(self, logits: NDArray[np.float32]) -> int:
        top = int(logits.argmax())
        if self._temperature <= 0:
            return top
        weights = np.exp((logits.astype(np.float64) - logits[top]) / self._temperature)
        weights[weights < self._least_likely] = 0
        return int(self._chance.choice(len(weights), p=weights / weights.sum()))

    def _allowed(self, tokens: NDArray[np.int64]) -> NDArray[np.bool_]:
        if self._grammar is None:
            return np.ones(len(tokens), np.bool_)
        return self._grammar.allows(tokens)

    def _is_text(self, token: int) -> bool:
        """Whether it goes on with sound text, or ends it between two letters. Control tokens are no text."""
        state = self._letters.getstate()
        if self._weights.ends_answer(token):
            return not state[0]
        piece = b"" if self._weights.is_control(token) else self._weights.piece(token)
        try:
            self._letters.decode(piece)
        except UnicodeDecodeError:
            return False
        finally:
            self._letters.setstate(state)
        return bool(piece)


class _Grammar:
    def __init__(self, weights: Weights, grammar: str) -> None:
        self._llama: Any = engine()
        self._end = weights.end
        if not grammar.strip():
            raise ValueError("an empty grammar would hold an answer to nothing")
        self._sampler = self._llama.llama_sampler_init_grammar(weights.vocabulary, grammar.encode(), b"root")
        if not self._sampler:
            raise ValueError("llama.cpp does not understand the grammar")

    def close(self) -> None:
        if self._sampler:
            self._llama.llama_sampler_free(self._sampler)
            self._sampler = None

    def allows(self, tokens: NDArray[np.int64]) -> NDArray[np.bool_]:
        candidates = np.zeros(len(tokens), _CANDIDATE)
        candidates["id"] = tokens
        data = candidates.ctypes.data_as(ctypes.POINTER(self._llama.llama_token_data))
        array = self._llama.llama_token_data_array(data=data, size=len(tokens), selected=-1, sorted=False)
        self._llama.llama_sampler_apply(self._sampler, ctypes.byref(array))
        allowed: NDArray[np.bool_] = candidates["logit"] == 0  # refused ones were given minus infinity
        return allowed

    def accept(self, token: int) -> None:
        """Only a token that is allowed: llama.cpp aborts the process for another."""
        self._llama.llama_sampler_accept(self._sampler, token)

    @property
    def may_end(self) -> bool:
        return self._end >= 0 and bool(self.allows(np.array([self._end]))[0])
