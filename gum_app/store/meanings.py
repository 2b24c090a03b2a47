"""What propositions mean, as an embedding model tells it, compared with a question: first by signs, then closely.

Vectors are kept in bytes, of which only the direction counts. Those of another model than the question's are never
compared with it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gum_app.store import vectors
from gum_app.store.connect import Database
from gum_app.store.signs import Signs, signs_of
from gum_app.store.vectors import Told

if TYPE_CHECKING:
    from numpy.typing import NDArray

LARGEST = 127  # of the whole numbers that a byte holds, the sign aside
SAMPLE = 128  # vectors, of which is told how near unrelated texts are
FEWEST = 8  # of them; of fewer nothing is told
SPREAD = (
    2.0  # standard deviations from the mean cosine of two texts: few are farther apart, and few unrelated ones nearer
)
HIGHEST_ZERO = 0.9  # a cosine: where all say nearly the same, the little that is left still tells something
ROUGHLY = 4  # times as many as wanted are taken by their signs and then compared closely
FEWEST_ROUGHLY = 400


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """A question as the embedding model reads it: a vector of length 1."""

    embedder: str
    vector: NDArray[np.float32]


def told(meaning: Meaning) -> dict[str, str]:
    """As it travels between processes."""
    return {
        "embedder": meaning.embedder,
        "vector": base64.b64encode(meaning.vector.astype("<f4").tobytes()).decode("ascii"),
    }


def meaning_told(answer: Mapping[str, str]) -> Meaning:
    vector = np.frombuffer(base64.b64decode(answer["vector"]), "<f4").astype(np.float32)
    return Meaning(embedder=answer["embedder"], vector=vector)


def keep(database: Database, embedder: str, texts: Sequence[tuple[int, str]], found: NDArray[np.float32]) -> int:
    """A vector for each text, one row each, where it still is the text of its proposition; answers how many it was."""
    small = _small(found)
    rows = [
        Told(id=id_, text=text, vector=vector.tobytes(), signs=signs.tobytes())
        for (id_, text), vector, signs in zip(texts, small, signs_of(small), strict=True)
    ]
    return vectors.keep(database, embedder, found.shape[1], rows)


def meaning_of(database: Database, id_: int) -> Meaning | None:
    """Of a proposition; None where it has not been told."""
    there, vector = vectors.known(database), _vectors(database, [id_]).get(id_)
    return None if there is None or vector is None else Meaning(embedder=there[0], vector=vector)


@dataclass(frozen=True, kw_only=True)
class Scale:
    """What a cosine means here: embedding models differ in how near they put texts that have nothing in common."""

    zero: float = 0.0  # hardly any two texts are farther apart
    clear: float = 0.3  # hardly any two unrelated texts are nearer

    def closeness(self, cosine: float) -> float:
        return min(1.0, max(0.0, (cosine - self.zero) / (1 - self.zero)))


def scale_of(rows: NDArray[np.float32]) -> Scale:
    """From the cosines of each two of some vectors of length 1, most of which have nothing to do with each other."""
    if len(rows) < FEWEST:
        return Scale()
    cosines = (rows @ rows.T)[np.triu_indices(len(rows), 1)]
    mean, spread = float(cosines.mean()), SPREAD * float(cosines.std())
    return Scale(zero=float(np.clip(mean - spread, 0.0, HIGHEST_ZERO)), clear=min(mean + spread, 1.0))


class Meanings:
    """All vectors, for comparing: signs in memory, the rest read as needed. Belongs to one connection."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._signs = Signs(0)
        self._of: tuple[str, int] | None = None
        self._scale = Scale()
        self._scaled = 0  # of how many vectors the scale was told

    def compare(self, meaning: Meaning) -> Comparison | None:
        """None where there is nothing to compare with: no vectors, or those of another embedder."""
        there = vectors.known(self._database)
        if there is None or there != (meaning.embedder, len(meaning.vector)):
            return None
        if there != self._of:
            self._signs, self._of, self._scaled = Signs(there[1]), there, 0
        self._signs.refresh(self._database)
        count = self._signs.count
        if not count <= 2 * self._scaled <= 4 * count:  # as they grow it is told anew
            rows = np.array(list(_vectors(self._database, self._signs.some(SAMPLE)).values()))
            self._scale, self._scaled = scale_of(rows), count
        return Comparison(self._database, self._signs, meaning.vector, self._scale)


class Comparison:
    """One question against all vectors."""

    def __init__(self, database: Database, signs: Signs, vector: NDArray[np.float32], scale: Scale) -> None:
        self._database = database
        self._signs = signs
        self._vector = vector / (np.linalg.norm(vector) or 1.0)
        self._scale = scale

    def nearest(self, most: int) -> list[int]:
        """Ids, the nearest first."""
        found = self.vectors(self._signs.nearest(self._vector, max(ROUGHLY * most, FEWEST_ROUGHLY)))
        if not found:
            return []
        ids = list(found)
        cosines = np.array([found[id_] for id_ in ids]) @ self._vector
        return [ids[place] for place in np.argsort(-cosines, kind="stable")[:most]]

    def vectors(self, ids: Iterable[int]) -> dict[int, NDArray[np.float32]]:
        """Those that there are, each of length 1."""
        return _vectors(self._database, ids)

    def closeness(self, vector: NDArray[np.float32]) -> float:
        """0: as far as hardly any two texts are; 1: the same."""
        return self._scale.closeness(float(vector @ self._vector))

    @property
    def clear(self) -> float:
        """The closeness from which on two texts have something in common."""
        return self._scale.closeness(self._scale.clear)


def _small(found: NDArray[np.float32]) -> NDArray[np.int8]:
    largest = np.abs(found).max(axis=1, keepdims=True, initial=0.0)
    return np.rint(found / np.where(largest, largest, 1.0) * LARGEST).astype(np.int8)


def _vectors(database: Database, ids: Iterable[int]) -> dict[int, NDArray[np.float32]]:
    rows = database.all(
        "SELECT proposition_id, vector FROM json_each(?) CROSS JOIN vectors ON proposition_id = value",
        (json.dumps(list(ids)),),
    )
    if not rows:
        return {}
    found = np.frombuffer(b"".join(row["vector"] for row in rows), np.int8).reshape(len(rows), -1).astype(np.float32)
    found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
    return {row["proposition_id"]: vector for row, vector in zip(rows, found, strict=True)}
