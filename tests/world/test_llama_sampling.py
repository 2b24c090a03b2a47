"""The next token is the likeliest that the grammar admits and that goes on with sound text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from gum_app.world.llama_grammar import grammar
from gum_app.world.llama_sampling import Chooser
from gum_app.world.llama_weights import Weights
from tests.tiny_models import needs_engine
from tests.world.asking import SHORT
from tests.world.drawing import drawn

pytestmark = needs_engine


@pytest.fixture(scope="module")
def weights(tiny: Path) -> Iterator[Weights]:
    with closing(Weights(tiny / "qwen3vl.gguf")) as weights:
        yield weights


def liking(weights: Weights, *tokens: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """The first is the likeliest, then the second, and all others far behind."""
    logits = np.full(weights.tokens_known, -20.0, np.float32)
    for place, token in enumerate(tokens):
        logits[token] = 10.0 - place
    return logits


def test_the_likeliest_is_taken_where_nothing_speaks_against_it(weights: Weights) -> None:
    (a,), (b,) = weights.tokens("a"), weights.tokens("b")
    with closing(Chooser(weights, None)) as chooser:
        assert chooser.choose(liking(weights, a, b)) == a
        assert chooser.take(a) == "a"


def test_what_the_grammar_refuses_makes_way_for_the_next(weights: Weights) -> None:
    (a,), (b,) = weights.tokens("a"), weights.tokens("b")
    with closing(Chooser(weights, 'root ::= "b"')) as chooser:
        assert chooser.choose(liking(weights, a, b)) == b
        assert chooser.take(b) == "b"
        assert chooser.is_complete


def test_letters_come_whole(weights: Weights) -> None:
    """A letter of several bytes is several tokens here, and no half of one is ever heard."""
    pieces = weights.tokens("é日")
    assert len(pieces) > 2
    with closing(Chooser(weights, None)) as chooser:
        heard = [chooser.take(chooser.choose(liking(weights, piece))) for piece in pieces]
    assert "".join(heard) == "é日"
    assert "" in heard


def test_bytes_that_are_no_text_are_never_chosen(weights: Weights) -> None:
    half, (a,) = weights.tokens("é")[-1], weights.tokens("a")
    with closing(Chooser(weights, None)) as chooser:
        assert chooser.choose(liking(weights, half, a)) == a


def test_control_tokens_do_not_stand_in_an_answer(weights: Weights) -> None:
    (control,), (a,) = weights.tokens("<|im_start|>", special=True), weights.tokens("a")
    with closing(Chooser(weights, None)) as chooser:
        assert chooser.choose(liking(weights, control, a)) == a


@pytest.mark.parametrize("broken", ["", "  ", "root ::= (", "root ::= other", 'root ::= root "a" | "b"'])
def test_a_grammar_that_would_crash_the_process_is_refused(weights: Weights, broken: str) -> None:
    with pytest.raises(ValueError, match="grammar"):
        Chooser(weights, broken)


def test_whatever_is_drawn_at_random_has_the_shape(weights: Weights) -> None:
    rules = grammar(SHORT)
    for seed in range(100):
        answer = json.loads(drawn(weights, rules, seed=seed))
        assert set(answer) == {"title", "kind", "sure"}
        assert len(answer["title"]) <= 24
        assert answer["kind"] in {"letter", "bill"}
        assert 1 <= answer["sure"] <= 10
