"""A sound file whose model computes no numbers, as damaged weights or a graphics card that errs make it do."""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np


def with_nonsense(model: Path, tensor: str, to: Path) -> Path:
    """A copy of `model` in which the first number of this tensor is none."""
    place = next(found.data_offset for found in gguf.GGUFReader(model).tensors if found.name == tensor)
    data = bytearray(model.read_bytes())
    data[place : place + 4] = np.float32("nan").tobytes()
    to.write_bytes(data)
    return to
