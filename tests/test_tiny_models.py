"""The tiny models: the same bytes each time, files as the format wants them, and llama.cpp really takes them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import gguf
import pytest

from tests.tiny_models import VISION, needs_engine, write_all
from tests.tiny_vocabulary import MARKS, ORDINARY, TOKENS, WORDS, letter_of, likings, word_pieces

ASK = """
import os, sys
os.environ["OMP_WAIT_POLICY"] = "passive"
from llama_cpp import Llama
from llama_cpp.llama_chat_format import MTMDChatHandler
model, projector = sys.argv[1:]
eye = MTMDChatHandler(clip_model_path=projector, verbose=False)
llama = Llama(model, chat_handler=eye, n_ctx=2048, n_threads=1, n_threads_batch=1, flash_attn=True, verbose=False)
parts = [{"type": "image_url", "image_url": {"url": sys.stdin.read()}}, {"type": "text", "text": "describe the screen"}]
shape = {"type": "object", "properties": {"title": {"type": "string", "maxLength": 24}}, "required": ["title"]}
answer = llama.create_chat_completion(
    [{"role": "user", "content": parts}], temperature=0.0, max_tokens=200,
    response_format={"type": "json_object", "schema": shape})
print(answer["choices"][0]["message"]["content"])
"""
EMBED = """
import os, sys
os.environ["OMP_WAIT_POLICY"] = "passive"
from llama_cpp import Llama
llama = Llama(sys.argv[1], embedding=True, n_ctx=512, n_threads=1, n_threads_batch=1, verbose=False)
print([item["embedding"] for item in llama.create_embedding(["open the window", "close the window", "漢字"])["data"]])
"""
WHITE_PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC"
)


def in_a_process(script: str, *arguments: Path, typed: str = "") -> str:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    done = subprocess.run(command, input=typed, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_same_bytes_each_time(tiny: Path, tmp_path: Path) -> None:
    again = write_all(tmp_path / "again")
    assert {file.name: file.read_bytes() for file in tiny.iterdir()} == {
        file.name: file.read_bytes() for file in again.iterdir()
    }


def test_nine_files_of_four_megabytes(tiny: Path) -> None:
    pairs = {f"{name}{part}.gguf" for name in VISION for part in ("", "-mmproj")}
    assert {file.name for file in tiny.iterdir()} == {*pairs, "bert-embed.gguf"}
    assert sum(file.stat().st_size for file in tiny.iterdir()) < 5_000_000


@pytest.mark.parametrize(
    ("name", "architecture"),
    [("qwen3vl", "qwen3vl"), ("qwen25vl", "qwen2vl"), ("smolvlm", "llama"), ("llava", "llama"), ("bert-embed", "bert")],
)
def test_each_is_a_file_of_the_architecture_that_it_plays(tiny: Path, name: str, architecture: str) -> None:
    read = gguf.GGUFReader(tiny / f"{name}.gguf")
    assert read.fields["general.architecture"].contents() == architecture
    vocabulary = word_pieces() if architecture == "bert" else TOKENS
    assert read.fields["tokenizer.ggml.tokens"].contents() == vocabulary


@pytest.mark.parametrize("name", VISION)
def test_each_projector_hands_on_what_its_text_model_takes(tiny: Path, name: str) -> None:
    width = gguf.GGUFReader(tiny / f"{name}-mmproj.gguf").fields["clip.vision.projection_dim"].contents()
    text = gguf.GGUFReader(tiny / f"{name}.gguf")
    architecture = text.fields["general.architecture"].contents()
    assert width == text.fields[f"{architecture}.embedding_length"].contents()


def test_every_byte_is_a_token_and_every_word_grows_to_one() -> None:
    assert len({letter_of(byte) for byte in range(256)}) == 256
    assert set(WORDS) < set(ORDINARY)
    for tokens in (TOKENS, word_pieces()):
        assert len(tokens) == len(set(tokens))


def test_the_model_likes_best_to_end_and_least_to_write_a_mark() -> None:
    liking = dict(zip(TOKENS, likings(), strict=True))
    assert max(TOKENS, key=liking.__getitem__) == "<|im_end|>"
    assert {liking[mark] for mark in MARKS} == {0.9, -2.0}


@needs_engine
@pytest.mark.parametrize("name", VISION)
def test_llama_cpp_loads_each_pair_and_it_answers_about_a_picture(tiny: Path, name: str) -> None:
    said = in_a_process(ASK, tiny / f"{name}.gguf", tiny / f"{name}-mmproj.gguf", typed=WHITE_PIXEL)
    assert isinstance(json.loads(said, strict=False)["title"], str)


@needs_engine
def test_llama_cpp_embeds_with_bert(tiny: Path) -> None:
    one, other, third = json.loads(in_a_process(EMBED, tiny / "bert-embed.gguf"))
    assert len(one) == len(other) == len(third) == 64
    assert one != other
