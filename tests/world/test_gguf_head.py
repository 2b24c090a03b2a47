"""What a GGUF file is, read from its head: of real ones, of broken ones, and of any bytes at all."""

from __future__ import annotations

import os
import struct
import tracemalloc
from pathlib import Path

import gguf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gum_app.errors import ModelUnusable
from gum_app.world.gguf_head import _BLOCKS, check_kind, read_head

NUMBER, TEXT, LIST = 4, 8, 9  # types of values


def text(words: str) -> bytes:
    return struct.pack("<Q", len(words)) + words.encode()


def entry(key: str, value: int | str) -> bytes:
    if isinstance(value, str):
        return text(key) + struct.pack("<I", TEXT) + text(value)
    return text(key) + struct.pack("<II", NUMBER, value)


def a_file(*entries: bytes, tensors: int = 1, numbers: int = 8, version: int = 3, data: bytes = bytes(32)) -> bytes:
    """A small one, whole: its tensor holds `numbers` of 32 bits."""
    head = b"GGUF" + struct.pack("<IQQ", version, tensors, len(entries)) + b"".join(entries)
    for _ in range(tensors):
        head += text("a.weight") + struct.pack("<IQIQ", 1, numbers, 0, 0)
    return head + bytes(-len(head) % 32) + data


ARCHITECTURE = entry("general.architecture", "qwen3vl")


def written(folder: Path, data: bytes) -> Path:
    path = folder / "given.gguf"
    path.write_bytes(data)
    return path


def refused(folder: Path, data: bytes) -> str:
    with pytest.raises(ModelUnusable) as caught:
        read_head(written(folder, data))
    assert str(caught.value).endswith(".")
    return str(caught.value)


# What is told of sound ones


def test_weights_tell_what_they_are(tiny: Path) -> None:
    head = check_kind(tiny / "qwen3vl.gguf", "model")
    assert (head.architecture, head.layers, head.quantization) == ("qwen3vl", 2, "F32")
    assert head.has_chat_template
    assert head.context_tokens == 32_768
    assert head.dimensions == 64
    assert head.kv_bytes_per_token == 2 * 2 * (16 + 16) * 2, "layers × heads of keys × (key + value) × 16 bits"
    assert head.file_bytes == (tiny / "qwen3vl.gguf").stat().st_size


@pytest.mark.parametrize(
    ("name", "kind", "pixels"),
    [("qwen3vl", "qwen3vl_merger", 32), ("qwen25vl", "qwen2.5vl_merger", 28), ("llava", "mlp", 0)],
)
def test_a_projector_tells_how_it_cuts_a_picture(tiny: Path, name: str, kind: str, pixels: int) -> None:
    head = check_kind(tiny / f"{name}-mmproj.gguf", "projector")
    assert head.projector_type == kind
    assert head.pixels_a_token == pixels
    assert head.projects_to == (64 if pixels else 0)


def test_an_embedding_model_is_told_from_one_that_speaks(tiny: Path) -> None:
    assert check_kind(tiny / "bert-embed.gguf", "embeds").dimensions == 64


def test_one_of_another_kind_is_named(tiny: Path) -> None:
    with pytest.raises(ModelUnusable, match=r"qwen3vl-mmproj\.gguf is a projector.*not the weights"):
        check_kind(tiny / "qwen3vl-mmproj.gguf", "model")
    with pytest.raises(ModelUnusable, match="is the weights of a language model, not a projector"):
        check_kind(tiny / "qwen3vl.gguf", "projector")
    with pytest.raises(ModelUnusable, match="compares texts by meaning, not the weights"):
        check_kind(tiny / "bert-embed.gguf", "model")


def test_the_sizes_of_blocks_are_those_of_the_library() -> None:
    known = {int(kind): size for kind, size in gguf.GGML_QUANT_SIZES.items()}
    wrong = {kind: size for kind, size in _BLOCKS.items() if known[kind] != size}
    assert wrong == {}


def test_a_large_vocabulary_is_walked_through_in_moments(tmp_path: Path) -> None:
    words = b"".join(text(f"w{n}") for n in range(150_000))
    vocabulary = text("tokenizer.ggml.tokens") + struct.pack("<IIQ", LIST, TEXT, 150_000) + words
    assert read_head(written(tmp_path, a_file(ARCHITECTURE, vocabulary))).architecture == "qwen3vl"


# What is wrong with others


def test_one_that_is_not_there_or_may_not_be_read(tmp_path: Path) -> None:
    for path in (tmp_path / "none.gguf", tmp_path):
        with pytest.raises(ModelUnusable, match="cannot be read"):
            read_head(path)


@pytest.mark.parametrize("data", [b"", b"GGUF", b"<!DOCTYPE html><html>Please log in first</html>", bytes(1000)])
def test_something_else_is_not_taken_for_a_model(tmp_path: Path, data: bytes) -> None:
    assert "not a model in the GGUF format" in refused(tmp_path, data)


def test_one_for_other_processors_or_of_another_time(tmp_path: Path) -> None:
    swapped = b"GGUF" + struct.pack(">IQQ", 3, 1, 1) + bytes(100)
    assert "big-endian" in refused(tmp_path, swapped)
    assert "version 9" in refused(tmp_path, a_file(ARCHITECTURE, version=9))
    assert "version 1" in refused(tmp_path, a_file(ARCHITECTURE, version=1))


def test_one_that_was_cut_off_is_not_whole(tiny: Path, tmp_path: Path) -> None:
    whole = (tiny / "qwen3vl.gguf").read_bytes()
    assert "0.1 MB are missing at its end" in refused(tmp_path, whole[:-100_000])
    assert "ends in the midst of its head" in refused(tmp_path, whole[:5000])
    assert "not whole" in refused(tmp_path, a_file(ARCHITECTURE, numbers=9)), "one number is missing"


def test_parts_and_additions_and_bare_vocabularies_are_no_models(tmp_path: Path) -> None:
    assert "one part of several" in refused(tmp_path, a_file(ARCHITECTURE, entry("split.count", 3)))
    assert "only changes another model" in refused(tmp_path, a_file(entry("general.type", "adapter")))
    assert "vocabulary only" in refused(tmp_path, a_file(ARCHITECTURE, tensors=0))


def test_no_length_in_it_is_believed(tmp_path: Path) -> None:
    start = b"GGUF" + struct.pack("<I", 3)
    many = struct.pack("<Q", 1 << 63)
    one = struct.pack("<Q", 1)
    for data in (
        start + many + one,
        start + one + many,
        start + one + one + many + b"key",
        start + one + one + text("key") + struct.pack("<I", TEXT) + many,
        start + one + one + text("key") + struct.pack("<IIQ", LIST, 0, 1 << 40),
        start + one + one + text("key") + struct.pack("<IIQ", LIST, TEXT, 1 << 20) + many,
        start + one + one + text("key") + struct.pack("<IIQ", LIST, LIST, 1),
        start + one + one + text("key") + struct.pack("<I", 99),
        start + one + struct.pack("<Q", 0) + text("t") + struct.pack("<I", 1 << 30),
        start + one + struct.pack("<Q", 0) + text("t") + struct.pack("<IQ", 1, 1 << 62),
        start + one + struct.pack("<Q", 0) + text("t") + struct.pack("<IQQ", 2, 1 << 43, 1 << 43) + bytes(12),
        a_file(entry("general.alignment", 1 << 31)),
    ):
        assert "no sound GGUF file" in refused(tmp_path, data + bytes(64))


# Made to harm


@pytest.mark.parametrize(
    ("name", "shown"),
    [("x" * 4_000_000, ""), ("x" * 5000, "x" * 80), ("a\nb\x1b[31m\u202egum\0 propose", "a b [31m gum propose")],
)
def test_a_name_is_one_short_line(tmp_path: Path, name: str, shown: str) -> None:
    data = a_file(ARCHITECTURE, text("general.name") + struct.pack("<IQ", TEXT, len(name.encode())) + name.encode())
    assert read_head(written(tmp_path, data)).name == shown


def test_numbers_that_count_nothing_are_none(tmp_path: Path) -> None:
    keys = ("block_count", "context_length", "attention.head_count", "embedding_length")
    for form, value in ((("<Ii"), (5, -5)), (("<IQ"), (10, 2**64 - 1))):
        entries = [text(f"qwen3vl.{key}") + struct.pack(form, *value) for key in keys]
        head = read_head(written(tmp_path, a_file(ARCHITECTURE, *entries)))
        assert (head.layers, head.context_tokens, head.kv_bytes_per_token) == (0, 0, 0)


def test_many_lists_take_no_longer_than_one(tmp_path: Path) -> None:
    many = [text(f"l{n}") + struct.pack("<IIQ", LIST, TEXT, 2**20) + bytes(2**23) for n in range(3)]
    assert "length of a list" in refused(tmp_path, a_file(ARCHITECTURE, *many))


def test_many_texts_are_not_all_kept(tmp_path: Path) -> None:
    many = [entry(f"t{n}", "x" * 2**19) for n in range(30)]
    data = a_file(*many, ARCHITECTURE)
    tracemalloc.start()
    read_head(written(tmp_path, data))
    _, most_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most_bytes < len(data) + 2**22, "the data itself is in memory here"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "weights.gguf")
    with pytest.raises(ModelUnusable, match="is no file"):
        read_head(tmp_path / "weights.gguf")


@pytest.mark.parametrize("name", ["a\0b.gguf", "\ud800.gguf"])
def test_a_name_that_no_file_can_have_is_a_sentence(name: str) -> None:
    with pytest.raises(ModelUnusable, match="not the name of a file"):
        read_head(Path(name))


def test_a_text_too_long_to_be_kept_is_passed_over(tmp_path: Path) -> None:
    long = entry("tokenizer.chat_template", "x" * (5 << 20))
    head = read_head(written(tmp_path, a_file(ARCHITECTURE, long)))
    assert head.has_chat_template


@settings(max_examples=150)
@given(data=st.binary(max_size=400), version=st.sampled_from([b"", b"GGUF", b"GGUF\x03\0\0\0", b"GGUF\x02\0\0\0"]))
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes, version: bytes) -> None:
    path = written(tmp_path, version + data)
    try:
        read_head(path)
    except ModelUnusable as error:
        assert str(error).endswith(".")


@settings(max_examples=150)
@given(changes=st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_sound_one_with_a_few_bytes_changed_is_read_or_refused(
    tiny: Path, tmp_path: Path, changes: list[tuple[int, int]]
) -> None:
    data = bytearray((tiny / "qwen3vl-mmproj.gguf").read_bytes())
    for place, value in changes:
        data[place] = value
    try:
        read_head(written(tmp_path, bytes(data)))
    except ModelUnusable as error:
        assert str(error).endswith(".")
