"""A file of weights made of noise, shaped so that the model that has them comes to an end.

Number 0 of the hidden state is kept constant, which makes column 0 of the output matrix a bias for each token: it is
how the tiny models come to close a quotation soon, and to end as soon as a grammar lets them.
"""

from __future__ import annotations

import math
from pathlib import Path

import gguf
import numpy as np

from tests.tiny_vocabulary import TOKENS, likings

WIDTH = 64  # numbers in the hidden state of the text models
CONSTANT = 8.0  # what number 0 of it is


class ModelFile(gguf.GGUFWriter):
    """A file under way. Weights come from a generator of their own, in the order in which they are asked for."""

    def __init__(self, path: Path, architecture: str, seed: int) -> None:
        super().__init__(path, architecture)
        self._random = np.random.default_rng(seed)
        self.add_file_type(gguf.LlamaFileType.ALL_F32)

    def noise(self, name: str, *shape: int, by: float = 1.0, size: float | None = None, constant: bool = False) -> None:
        """`size`: the standard deviation, by default one that keeps the length of what is multiplied.

        `constant`: it writes nothing to number 0 of the hidden state.
        """
        weights = self._random.standard_normal(shape) * (size or by / math.sqrt(shape[-1]))
        if constant:
            weights[0] = 0
        self.add_tensor(name, weights.astype(np.float32))

    def embeddings(self, name: str, tokens: int) -> None:
        weights = self._random.standard_normal((tokens, WIDTH))
        weights[:, 0] = CONSTANT
        self.add_tensor(name, weights.astype(np.float32))

    def output(self, name: str) -> None:
        weights = self._random.standard_normal((len(TOKENS), WIDTH)) * 0.25
        weights[:, 0] = likings()
        self.add_tensor(name, weights.astype(np.float32))

    def same(self, value: float, *names: str, length: int) -> None:
        for name in names:
            self.add_tensor(name, np.full(length, value, dtype=np.float32))

    def linear(self, name: str, out: int, into: int, *, by: float = 1.0, constant: bool = False) -> None:
        self.noise(f"{name}.weight", out, into, by=by, constant=constant)
        self.same(0, f"{name}.bias", length=out)

    def norm(self, name: str, length: int) -> None:
        self.same(1, f"{name}.weight", length=length)
        self.same(0, f"{name}.bias", length=length)

    def projection(self, name: str, into: int) -> None:
        """The last layer of a projector: what it hands to the text model carries the constant as well."""
        self.noise(f"{name}.weight", WIDTH, into, constant=True)
        bias = np.zeros(WIDTH, dtype=np.float32)
        bias[0] = CONSTANT
        self.add_tensor(f"{name}.bias", bias)

    def finish(self) -> None:
        self.write_header_to_file()
        self.write_kv_data_to_file()
        self.write_tensors_to_file()
        self.close()
