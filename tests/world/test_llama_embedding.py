"""Texts become rows of numbers, with a tiny model: the same alone and among many, and stopped when told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from gum_app.errors import GaveWay, ModelUnusable
from gum_app.world.llama_embedding import MOST_TEXTS, Embedding
from gum_app.world.llama_native import Brake
from gum_app.world.llama_weights import Weights
from tests.tiny_models import needs_engine
from tests.world.nonsense import with_nonsense

pytestmark = needs_engine


@pytest.fixture(scope="module")
def brake() -> Brake:
    return Brake()


@pytest.fixture(scope="module")
def embedding(tiny: Path, brake: Brake) -> Iterator[Embedding]:
    with (
        closing(Weights(tiny / "bert-embed.gguf", embeds=True)) as weights,
        closing(Embedding(weights, context_tokens=512, threads=1, on_gpu=False, brake=brake)) as embedding,
    ):
        yield embedding


def test_each_text_is_a_row_of_length_one(embedding: Embedding) -> None:
    rows = embedding.embed(["save file", "", "日本語 ÅÄÖ", "word " * 3000])
    assert rows.shape == (4, embedding.dimensions)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)


def test_no_texts_are_no_rows(embedding: Embedding) -> None:
    assert embedding.embed([]).shape == (0, embedding.dimensions)


def test_a_text_is_the_same_alone_and_among_many(embedding: Embedding) -> None:
    texts = [f"sentence number {n}" for n in range(3 * MOST_TEXTS)]
    together = embedding.embed(texts)
    for at in (0, MOST_TEXTS, len(texts) - 1):
        assert np.allclose(together[at], embedding.embed([texts[at]])[0], atol=1e-4)


def test_other_texts_point_elsewhere(embedding: Embedding) -> None:
    one, other = embedding.embed(["open the door", "seventeen pineapples"])
    assert float(one @ other) < 0.999


def test_it_stops_when_told(embedding: Embedding, brake: Brake) -> None:
    brake.watch(lambda: True)
    with pytest.raises(GaveWay):
        embedding.embed(["words"] * 100)
    brake.watch(lambda: False)
    assert embedding.embed(["words"]).shape[0] == 1


def test_numbers_that_are_none_are_no_meaning(tiny: Path, tmp_path: Path) -> None:
    path = with_nonsense(tiny / "bert-embed.gguf", "token_embd_norm.weight", tmp_path / "nonsense.gguf")
    with (
        closing(Weights(path, embeds=True)) as weights,
        closing(Embedding(weights, context_tokens=512, threads=1, on_gpu=False, brake=Brake())) as embedding,
        pytest.raises(ModelUnusable, match="are no numbers"),
    ):
        embedding.embed(["words"])


def test_a_model_that_answers_is_no_embedding_model(tiny: Path) -> None:
    with closing(Weights(tiny / "qwen3vl.gguf")) as weights, pytest.raises(ModelUnusable, match="no embedding model"):
        Embedding(weights, context_tokens=512, threads=1, on_gpu=False, brake=Brake())
