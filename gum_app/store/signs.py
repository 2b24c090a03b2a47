"""A first, rough comparison of all vectors: one bit for the sign of each number, the fewer bits differ the nearer.

A hundred thousand are read and compared in a few milliseconds. What the blocks hold stands in `vectors.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gum_app.store.connect import Database
from gum_app.store.vectors import HEAD_BYTES, PLACES, sign_bytes

if TYPE_CHECKING:
    from numpy.typing import NDArray

WORD_BYTES = 8


def signs_of(vectors: NDArray[np.float32] | NDArray[np.int8]) -> NDArray[np.uint8]:
    """Shape (vectors, `sign_bytes` of their dimensions)."""
    packed = np.packbits(vectors > 0, axis=1)
    found = np.zeros((len(vectors), sign_bytes(vectors.shape[1])), np.uint8)
    found[:, : packed.shape[1]] = packed
    return found


class Signs:
    """All signs, in memory, brought up to date block by block. Belongs to one connection."""

    def __init__(self, dimensions: int) -> None:
        self._words = sign_bytes(dimensions) // WORD_BYTES
        self._versions: dict[int, int] = {}
        self._blocks: list[int] = []  # the number of the block at each stretch of the arrays
        self._signs = np.zeros((self._words, 0), np.uint64)  # word by word, which is how they are compared
        self._taken = np.zeros(0, np.bool_)

    def refresh(self, database: Database) -> None:
        """Read what has changed. Costs little where nothing has."""
        now = {row["block"]: row["version"] for row in database.all("SELECT block, version FROM vector_signs")}
        changed = [block for block, version in now.items() if self._versions.get(block) != version]
        if now.keys() != self._versions.keys():
            self._lay_out(sorted(now))
        stretches = {block: slice(n * PLACES, (n + 1) * PLACES) for n, block in enumerate(self._blocks)}
        for block in changed:
            blob = database.value("SELECT signs FROM vector_signs WHERE block = ?", (block,))
            self._taken[stretches[block]] = np.unpackbits(np.frombuffer(blob, np.uint8, HEAD_BYTES))
            rows = np.frombuffer(blob, np.uint64, offset=HEAD_BYTES).reshape(PLACES, self._words)
            self._signs[:, stretches[block]] = rows.T
        self._versions = now

    def _lay_out(self, blocks: list[int]) -> None:
        """Room for these blocks, what is known of them kept."""
        before = {block: n for n, block in enumerate(self._blocks)}
        signs = np.zeros((self._words, len(blocks) * PLACES), np.uint64)
        taken = np.zeros(len(blocks) * PLACES, np.bool_)
        for n, block in enumerate(blocks):
            if block in before:
                old = before[block] * PLACES
                signs[:, n * PLACES : (n + 1) * PLACES] = self._signs[:, old : old + PLACES]
                taken[n * PLACES : (n + 1) * PLACES] = self._taken[old : old + PLACES]
        self._blocks, self._signs, self._taken = blocks, signs, taken

    @property
    def count(self) -> int:
        return int(np.count_nonzero(self._taken))

    def nearest(self, vector: NDArray[np.float32], most: int) -> list[int]:
        """Ids of those whose signs differ least from the vector's, the nearest first."""
        most = min(most, self.count)
        if not most:
            return []
        asked = signs_of(vector[np.newaxis]).view(np.uint64)[0]
        differing = np.zeros(self._taken.shape, np.uint16)
        for word, theirs in zip(asked, self._signs, strict=True):
            differing += np.bitwise_count(theirs ^ word)
        differing[~self._taken] = np.iinfo(np.uint16).max
        best = np.argpartition(differing, most - 1)[:most]
        return self._ids(best[np.lexsort((best, differing[best]))])

    def some(self, most: int) -> list[int]:
        """Ids of at most so many, evenly spread."""
        places = np.flatnonzero(self._taken)
        return self._ids(places[:: max(1, -(-len(places) // most))])

    def _ids(self, places: NDArray[np.intp]) -> list[int]:
        return [self._blocks[place // PLACES] * PLACES + place % PLACES for place in places.tolist()]
