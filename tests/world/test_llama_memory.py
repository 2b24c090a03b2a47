"""What was read is kept as far as it is the same, and the cache holds what the list says, whatever went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from gum_app.errors import GaveWay, PromptTooLong
from gum_app.world.llama_memory import Memory, Piece, cells
from gum_app.world.llama_native import Brake
from gum_app.world.llama_weights import Weights
from tests.tiny_models import needs_engine

pytestmark = needs_engine

WORDS = "the quick brown fox jumps over the lazy dog and then some more of it"


@pytest.fixture(scope="module")
def weights(tiny: Path) -> Iterator[Weights]:
    with closing(Weights(tiny / "qwen3vl.gguf")) as weights:
        yield weights


@pytest.fixture
def brake() -> Brake:
    return Brake()


@pytest.fixture
def memory(weights: Weights, brake: Brake) -> Iterator[Memory]:
    with closing(a_memory(weights, brake)) as memory:
        yield memory


def a_memory(weights: Weights, brake: Brake, context_tokens: int = 512) -> Memory:
    return Memory(weights, context_tokens=context_tokens, batch_tokens=32, threads=1, on_gpu=False, brake=brake)


def test_going_on_is_the_same_as_beginning_anew(weights: Weights, memory: Memory) -> None:
    first, second = weights.tokens(WORDS), weights.tokens(WORDS[:40] + " another end of it")
    memory.read(first)
    kept = memory.keep_beginning(second)
    assert 0 < kept < len(second)
    memory.read(second[kept:])
    reused = memory.next_logits().copy()
    with closing(a_memory(weights, Brake())) as fresh:
        fresh.read(second)
        assert np.allclose(reused, fresh.next_logits(), atol=1e-3)


def test_at_least_the_last_token_is_read_again(weights: Weights, memory: Memory) -> None:
    """Else nobody would know what comes next."""
    tokens = weights.tokens(WORDS)
    memory.read(tokens)
    assert memory.keep_beginning(tokens) == len(tokens) - 1


def test_another_picture_at_the_same_place_is_another_beginning() -> None:
    one = Piece("digest", 0, 10, 4, chunk=object())
    assert one == Piece("digest", 0, 10, 4, chunk=object()), "the same picture, tokenized again"
    assert one != Piece("other", 0, 10, 4, chunk=object())
    assert cells([1, one, 2]) == 12


def test_a_full_context_is_told_and_what_was_read_stays(weights: Weights) -> None:
    with closing(a_memory(weights, Brake(), 256)) as memory:
        tokens = (weights.tokens(WORDS) * 40)[: memory.cells]
        memory.read(tokens)
        with pytest.raises(PromptTooLong, match="full"):
            memory.read(tokens[:64])
        assert memory.keep_beginning(tokens) > 0, "it can be used on"


def test_it_stops_and_can_go_on(weights: Weights, memory: Memory, brake: Brake) -> None:
    tokens = weights.tokens(WORDS) * 4
    asked = iter(range(1_000_000))
    brake.watch(lambda: next(asked) > 40)
    with pytest.raises(GaveWay):
        memory.read(tokens)
    brake.watch(lambda: False)
    memory.read(tokens[memory.keep_beginning(tokens) :])
    stopped = memory.next_logits().copy()
    with closing(a_memory(weights, Brake())) as fresh:
        fresh.read(tokens)
        assert np.allclose(stopped, fresh.next_logits(), atol=1e-3)
