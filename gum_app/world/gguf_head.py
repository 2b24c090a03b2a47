"""Reads the head of a GGUF file: what it is, before a library of native code is given it.

Only the head is read, at most `MOST_HEAD_BYTES` of it, and no length in it is believed: whatever would reach beyond the
file ends in a sentence. Says nothing about the weights themselves.
Source: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

import os
import stat
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from gum_app.errors import ModelUnusable

MOST_HEAD_BYTES = 128 << 20  # the vocabulary and merges of the largest known are some 15 MB
MOST_ENTRIES = 1 << 12
MOST_TENSORS = 1 << 17
MOST_KEY_BYTES = 1 << 10
MOST_TEXT_BYTES = 1 << 20  # of all texts that are kept; a chat template is the longest
MOST_TEXTS = 1 << 21  # in all lists together: words of a vocabulary, and merges of it
MOST_WHOLE = 1 << 31  # of a number that counts something
LONGEST_NAME = 80
MOST_DIMENSIONS = 4
MOST_ELEMENTS = 1 << 44

Kind = Literal["model", "projector", "embeds"]

_TEXT, _LIST = 8, 9
_NUMBERS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}

# Of each type of tensor: numbers in a block, and bytes of a block. Unknown types are taken to need nothing.
_BLOCKS = {
    **{0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34), 9: (32, 40)},
    **{10: (256, 84), 11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210), 15: (256, 292)},
    **{16: (256, 66), 17: (256, 74), 18: (256, 98), 19: (256, 50), 20: (32, 18), 21: (256, 110), 22: (256, 82)},
    **{23: (256, 136), 24: (1, 1), 25: (1, 2), 26: (1, 4), 27: (1, 8), 28: (1, 8), 29: (256, 56), 30: (1, 2)},
    **{34: (256, 54), 35: (256, 66), 39: (32, 17)},
}
_QUANTIZATIONS = {
    **{0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K", 11: "Q3_K_S"},
    **{12: "Q3_K_M", 13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S", 17: "Q5_K_M", 18: "Q6_K", 32: "BF16"},
    **{19: "IQ2_XXS", 20: "IQ2_XS", 21: "Q2_K_S", 22: "IQ3_XS", 23: "IQ3_XXS", 24: "IQ1_S", 25: "IQ4_NL"},
    **{26: "IQ3_S", 27: "IQ3_M", 28: "IQ2_S", 29: "IQ2_M", 30: "IQ4_XS", 31: "IQ1_M", 38: "MXFP4"},
}

_AT_ONCE = getattr(os, "O_NONBLOCK", 0)

Value = int | float | bool | str | None  # None: a list, or a text too long to be kept
_Table = dict[str, Value]


@dataclass(frozen=True, kw_only=True)
class Head:
    """Zero and "" where the file does not say."""

    kind: Kind
    architecture: str
    name: str
    quantization: str
    layers: int
    context_tokens: int
    dimensions: int
    kv_bytes_per_token: int  # what one token takes in a cache of 16-bit numbers
    has_chat_template: bool
    projector_type: str
    pixels_a_token: int  # for a projector that cuts a picture into a grid: the side of one square
    projects_to: int  # for such a projector: the dimensions of the model whose weights it belongs to
    file_bytes: int


def read_head(path: Path) -> Head:
    """Raises ModelUnusable: missing, unreadable, no GGUF, broken, or shorter than its head says."""
    try:
        # Not waiting: a pipe is opened by whoever reads from it only when somebody writes.
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | _AT_ONCE)) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise ModelUnusable(f"{path} is no file: choose one that ends in .gguf.")
            return _head(path, _Cursor(file, status.st_size, path), status.st_size)
    except ValueError:  # a name with characters that no name can have
        raise ModelUnusable("That is not the name of a file: choose one that ends in .gguf.") from None
    except OSError as error:
        raise ModelUnusable(f"{path} cannot be read ({error.strerror}): choose another file.") from error


def check_kind(path: Path, wanted: Kind) -> Head:
    """The head of a file that should be of this kind. Raises ModelUnusable that says what it is instead."""
    head = read_head(path)
    if head.kind != wanted:
        raise ModelUnusable(f"{path.name} is {_CALLED[head.kind]}, not {_CALLED[wanted]}: choose the other file.")
    return head


_CALLED: dict[Kind, str] = {
    "model": "the weights of a language model",
    "projector": "a projector, with which a model sees pictures",
    "embeds": "a model that compares texts by meaning",
}


class _Cursor:
    """Walks through the head. Never beyond the end of the file, nor beyond what a head may measure."""

    def __init__(self, file: BinaryIO, size: int, path: Path) -> None:
        self._file, self._path = file, path
        self._end = min(size, MOST_HEAD_BYTES)
        self._texts_left, self._kept_bytes_left = MOST_TEXTS, MOST_TEXT_BYTES
        self.at = 0

    def broken(self, how: str) -> ModelUnusable:
        return ModelUnusable(f"{self._path.name} is no sound GGUF file ({how}): fetch it again.")

    def take(self, count: int) -> bytes:
        self._move(count)
        data = self._file.read(count)
        if len(data) != count:
            raise self.broken("it ends in the midst of its head")
        return data

    def skip(self, count: int) -> None:
        self._move(count)
        self._file.seek(count, os.SEEK_CUR)

    def _move(self, count: int) -> None:
        if count > self._end - self.at:
            raise self.broken("it ends in the midst of its head")
        self.at += count

    def number(self, form: str) -> int | float | bool:
        (value,) = struct.unpack("<" + form, self.take(struct.calcsize("<" + form)))
        assert isinstance(value, int | float)
        return value

    def count(self, most: int, what: str, form: str = "Q") -> int:
        value = int(self.number(form))
        if value > most:
            raise self.broken(f"{what}: {value}")
        return value

    def text(self) -> str | None:
        """None: too long to be kept."""
        size = self.count(MOST_HEAD_BYTES, "length of a text")
        if size > self._kept_bytes_left:
            self.skip(size)
            return None
        self._kept_bytes_left -= size
        return self.take(size).decode("utf-8", "replace")

    def key(self) -> str:
        size = self.count(MOST_KEY_BYTES, "length of a name")
        return self.take(size).decode("utf-8", "replace")

    def value(self) -> Value:
        kind = int(self.number("I"))
        if kind == _LIST:
            self._skip_list()
            return None
        if kind == _TEXT:
            return self.text()
        if kind not in _NUMBERS:
            raise self.broken(f"type of a value: {kind}")
        return self.number(_NUMBERS[kind])

    def _skip_list(self) -> None:
        """Lists are vocabularies and the like: nothing in them is needed. (Lists of lists are in no known file.)"""
        kind = int(self.number("I"))
        if kind in _NUMBERS:
            count = self.count(MOST_HEAD_BYTES, "length of a list")
            self.skip(count * struct.calcsize("<" + _NUMBERS[kind]))
        elif kind == _TEXT:
            count = self.count(self._texts_left, "length of a list")
            self._texts_left -= count
            for _ in range(count):
                self.skip(self.count(MOST_HEAD_BYTES, "length of a text"))
        else:
            raise self.broken(f"type of a list: {kind}")


def _head(path: Path, cursor: _Cursor, size: int) -> Head:
    if size < 24 or cursor.take(4) != b"GGUF":
        raise ModelUnusable(f"{path.name} is not a model in the GGUF format: choose a file that ends in .gguf.")
    version = int(cursor.number("I"))
    if version not in (2, 3):
        swapped = version & 0xFFFF == 0
        how = "it is made for big-endian processors" if swapped else f"version {version} of the format"
        raise ModelUnusable(f"{path.name} cannot be read here: {how}; get one made for this computer.")
    tensors = cursor.count(MOST_TENSORS, "number of tensors")
    entries = cursor.count(MOST_ENTRIES, "number of entries")
    table: _Table = {}
    for _ in range(entries):
        key = cursor.key()
        table[key] = cursor.value()
    needed = _needed_bytes(cursor, tensors, table.get("general.alignment", 32))
    _refuse_parts(path, table, tensors)
    if needed > size:
        raise ModelUnusable(
            f"{path.name} is not whole: {(needed - size) / 1e6:,.1f} MB are missing at its end; fetch it again."
        )
    return _made_of(table, size)


def _refuse_parts(path: Path, table: _Table, tensors: int) -> None:
    if _whole(table, "split.count") > 1:
        raise ModelUnusable(f"{path.name} is one part of several: get the model as one file.")
    if table.get("general.type") == "adapter":
        raise ModelUnusable(f"{path.name} only changes another model: choose the model itself.")
    if tensors == 0:
        raise ModelUnusable(f"{path.name} holds a vocabulary only and no model: choose the model itself.")


def _needed_bytes(cursor: _Cursor, tensors: int, alignment: Value) -> int:
    """How long the file must be for its last tensor to be whole."""
    if type(alignment) is not int or not 1 <= alignment <= 1 << 16:
        raise cursor.broken(f"alignment: {alignment}")
    furthest = 0
    for _ in range(tensors):
        cursor.key()
        elements = 1
        for _ in range(cursor.count(MOST_DIMENSIONS, "dimensions of a tensor", "I")):
            elements *= cursor.count(MOST_ELEMENTS, "size of a tensor")
        if elements > MOST_ELEMENTS:
            raise cursor.broken(f"size of a tensor: {elements}")
        numbers, block_bytes = _BLOCKS.get(int(cursor.number("I")), (1, 0))
        offset = cursor.count(1 << 50, "place of a tensor")
        furthest = max(furthest, offset + -(-elements // numbers) * block_bytes)
    return -(-cursor.at // alignment) * alignment + furthest


def _made_of(table: _Table, size: int) -> Head:
    architecture = _text(table, "general.architecture")
    kind = _kind(table, architecture)
    of = "clip.vision" if kind == "projector" else architecture
    return Head(
        kind=kind,
        architecture=architecture,
        name=_text(table, "general.name"),
        quantization=_QUANTIZATIONS.get(_whole(table, "general.file_type", -1), ""),
        layers=_whole(table, f"{of}.block_count"),
        context_tokens=_whole(table, f"{of}.context_length"),
        dimensions=_whole(table, f"{of}.embedding_length"),
        kv_bytes_per_token=_kv_bytes_per_token(table, of) if kind == "model" else 0,
        has_chat_template=table.get("tokenizer.chat_template", "") != "",
        projector_type=_text(table, "clip.projector_type") or _text(table, "clip.vision.projector_type"),
        pixels_a_token=_pixels_a_token(table),
        projects_to=_whole(table, "clip.vision.projection_dim") if _pixels_a_token(table) else 0,
        file_bytes=size,
    )


def _kind(table: _Table, architecture: str) -> Kind:
    if architecture == "clip" or table.get("general.type") == "mmproj":
        return "projector"
    pools = _whole(table, f"{architecture}.pooling_type") != 0
    return "embeds" if pools or table.get(f"{architecture}.attention.causal") is False else "model"


def _kv_bytes_per_token(table: _Table, of: str) -> int:
    heads = _whole(table, f"{of}.attention.head_count")
    kv_heads = _whole(table, f"{of}.attention.head_count_kv") or heads
    usual = _whole(table, f"{of}.embedding_length") // max(1, heads)
    keys = _whole(table, f"{of}.attention.key_length") or usual
    values = _whole(table, f"{of}.attention.value_length") or usual
    return _whole(table, f"{of}.block_count") * kv_heads * (keys + values) * 2


def _pixels_a_token(table: _Table) -> int:
    """Two or more patches a side become one token where the projector merges them."""
    merged = _whole(table, "clip.vision.spatial_merge_size") or (
        2 if "qwen2" in _text(table, "clip.projector_type") else 0
    )
    return _whole(table, "clip.vision.patch_size") * merged


def _whole(table: _Table, key: str, missing: int = 0) -> int:
    value = table.get(key)
    return value if type(value) is int and 0 <= value < MOST_WHOLE else missing


def _text(table: _Table, key: str) -> str:
    """A name, on one line, as it can be shown: whoever made the file chose it."""
    value = table.get(key)
    plain = "".join(c if c.isprintable() else " " for c in value) if isinstance(value, str) else ""
    return " ".join(plain.split())[:LONGEST_NAME].strip()
