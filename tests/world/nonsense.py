"""Sound files whose model is of no use: it computes no numbers, or comes to no end."""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np

from tests.tiny_vocabulary import TOKENS, letter_of

MUCH = 10.0  # of a liking, beside what else the model thinks of a token


def with_nonsense(model: Path, tensor: str, to: Path) -> Path:
    """A copy of `model`, as damaged weights or a graphics card that errs make it, in which the first number of this
    tensor is none."""
    place = _tensor(model, tensor).data_offset
    data = bytearray(model.read_bytes())
    data[place : place + 4] = np.float32("nan").tobytes()
    to.write_bytes(data)
    return to


def without_end(model: Path, to: Path) -> Path:
    """A copy of a tiny `model` that writes é for ever, each of two tokens, until a grammar makes it stop."""
    tensor = _tensor(model, "output.weight")
    weights = np.array(tensor.data)
    for byte, liking in zip("é".encode(), (2 * MUCH, MUCH), strict=True):
        weights[TOKENS.index(letter_of(byte)), 0] += liking  # column 0 is how much it likes a token
    raw, data = weights.tobytes(), bytearray(model.read_bytes())
    data[tensor.data_offset : tensor.data_offset + len(raw)] = raw
    to.write_bytes(data)
    return to


def _tensor(model: Path, name: str) -> gguf.ReaderTensor:
    return next(found for found in gguf.GGUFReader(model).tensors if found.name == name)
