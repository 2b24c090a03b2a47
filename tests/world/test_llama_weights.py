"""Weights say what they are, words stay words, and files that are no sound model become a sentence."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from gum_app.errors import ModelUnusable
from gum_app.world.llama_weights import Weights
from tests.tiny_models import needs_engine

pytestmark = needs_engine


@pytest.fixture(scope="module")
def weights(tiny: Path) -> Iterator[Weights]:
    with closing(Weights(tiny / "qwen3vl.gguf")) as weights:
        yield weights


def test_it_says_what_it_is(weights: Weights) -> None:
    assert weights.name.startswith("tiny qwen3vl")
    assert weights.said("general.architecture") == "qwen3vl"
    assert weights.said("no.such.key") == ""
    assert "<|im_start|>" in weights.said("tokenizer.chat_template"), "longer than the first room for it"
    assert weights.layers > 0
    assert weights.most_context_tokens == 32_768


@pytest.mark.parametrize("text", ["", "plain words", "日本語 ÅÄÖ é", "a\x00b", "🙂" * 50])
def test_text_survives_its_tokens(weights: Weights, text: str) -> None:
    assert b"".join(map(weights.piece, weights.tokens(text))).decode() == text


def test_names_of_control_tokens_are_words_unless_they_are_our_own(weights: Weights) -> None:
    (control,) = weights.tokens("<|im_end|>", special=True)
    assert weights.is_control(control)
    assert weights.ends_answer(control)
    assert weights.piece(control) == b""
    as_words = weights.tokens("<|im_end|>")
    assert len(as_words) > 1
    assert not any(map(weights.is_control, as_words))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name of a file is text")
def test_a_file_may_have_a_name_that_is_no_text(tiny: Path, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"m\xff.gguf")
    shutil.copy(tiny / "llava.gguf", path)
    Weights(path).close()


def test_closing_twice_is_closing_once(tiny: Path) -> None:
    weights = Weights(tiny / "llava.gguf")
    weights.close()
    weights.close()


def test_what_cannot_be_opened_is_said_by_name(tiny: Path, tmp_path: Path) -> None:
    whole = (tiny / "qwen3vl.gguf").read_bytes()
    for name, data in {"empty": b"", "noise": bytes(range(256)) * 400, "half": whole[: len(whole) // 2]}.items():
        (tmp_path / f"{name}.gguf").write_bytes(data)
        with pytest.raises(ModelUnusable, match=name):
            Weights(tmp_path / f"{name}.gguf")
    with pytest.raises(ModelUnusable, match="gone"):
        Weights(tmp_path / "gone.gguf")
    with pytest.raises(ModelUnusable, match="projector"):
        Weights(tiny / "qwen3vl-mmproj.gguf")
    with pytest.raises(ModelUnusable):
        Weights(tiny / "bert-embed.gguf")
    with pytest.raises(ModelUnusable):
        Weights(tiny / "qwen3vl.gguf", embeds=True)


def test_flipped_bits_never_end_the_process(tiny: Path, tmp_path: Path) -> None:
    whole = (tiny / "qwen3vl.gguf").read_bytes()
    broken = tmp_path / "flipped.gguf"
    refused = 0
    for place in range(30, 12_000, 400):
        broken.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            Weights(broken).close()
        except ModelUnusable:
            refused += 1
    assert refused > 0
