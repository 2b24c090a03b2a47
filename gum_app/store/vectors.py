"""The rows of what propositions mean: a vector each, and the signs of all, block by block. Compares nothing.

All vectors are of one embedding model; those of another make room for it. A vector goes with the text that it stands
for: reworded or forgotten, there is none until the model is asked again.

The signs, one bit a number, of 1,024 propositions lie together in one block; the block of a proposition is its id
without the last ten bits. A block holds a bit for each place that is taken, then the signs place by place, zeros where
none is. Its version is another number whenever it changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gum_app.store.connect import Database

PLACES = 1024  # of a block
HEAD_BYTES = PLACES // 8
WORD_BITS = 64


@dataclass(frozen=True, kw_only=True)
class Told:
    """What an embedding model told of one text, in the form in which it is kept."""

    id: int
    text: str
    vector: bytes  # whole numbers from -127 to 127
    signs: bytes  # `sign_bytes` of them


def sign_bytes(dimensions: int) -> int:
    """Of one vector: whole 64-bit words, so that they are compared eight bytes at a time."""
    return -(-dimensions // WORD_BITS) * (WORD_BITS // 8)


def known(database: Database) -> tuple[str, int] | None:
    """The embedder of the vectors there are, and their dimensions. None: there are none."""
    row = database.one("SELECT name, dimensions FROM embedders")
    return None if row is None else (row["name"], row["dimensions"])


def keep(database: Database, embedder: str, dimensions: int, told: Sequence[Told]) -> int:
    """Those whose text still is the text of its proposition; answers how many it was."""
    if known(database) != (embedder, dimensions):
        drop_all(database)
        database.run("INSERT INTO embedders (name, dimensions) VALUES (?, ?)", (embedder, dimensions))
    ids = json.dumps([item.id for item in told])
    rows = database.all("SELECT id, text FROM propositions WHERE id IN (SELECT value FROM json_each(?))", (ids,))
    still = {(row["id"], row["text"]) for row in rows}
    kept = [item for item in told if (item.id, item.text) in still]
    for item in kept:
        values = (item.id, item.vector)
        database.run("INSERT OR REPLACE INTO vectors (proposition_id, vector) VALUES (?, ?)", values)
        database.run("UPDATE propositions SET has_vector = 1 WHERE id = ?", (item.id,))
    _put_signs(database, dimensions, {item.id: item.signs for item in kept})
    return len(kept)


def without(database: Database, embedder: str, limit: int) -> list[tuple[int, str]]:
    """Ids and texts, the newest first, of which this embedder has not told."""
    rows = database.all(f"SELECT id, text {_waiting(database, embedder)} ORDER BY id DESC LIMIT ?", (limit,))
    return [(row["id"], row["text"]) for row in rows]


def count_without(database: Database, embedder: str) -> int:
    return int(database.value(f"SELECT count(*) {_waiting(database, embedder)}"))


def drop(database: Database, ids: Iterable[int]) -> None:
    """The texts of these are others now, or gone."""
    there = known(database)
    if there is None:
        return
    had = [id_ for id_ in ids if database.run("DELETE FROM vectors WHERE proposition_id = ?", (id_,))]
    database.many("UPDATE propositions SET has_vector = 0 WHERE id = ?", [(id_,) for id_ in had])
    _put_signs(database, there[1], dict.fromkeys(had))


def drop_all(database: Database) -> None:
    for table in ("vectors", "vector_signs", "embedders"):
        database.run(f"DELETE FROM {table}")
    database.run("UPDATE propositions SET has_vector = 0 WHERE has_vector")


def vector_faults(database: Database) -> list[str]:
    """Where vectors, their signs and what is noted of them disagree, in sentences that quote nothing."""
    there = known(database)
    with_vector = {row[0] for row in database.all("SELECT proposition_id FROM vectors")}
    noted = {row[0] for row in database.all("SELECT id FROM propositions WHERE has_vector")}
    found = [f"Proposition {id_} is noted wrongly as one with a vector." for id_ in sorted(with_vector ^ noted)]
    with_signs = set()
    for row in database.all("SELECT block, signs FROM vector_signs"):
        if there is None or len(row["signs"]) != HEAD_BYTES + PLACES * sign_bytes(there[1]):
            return [*found, f"Block {row['block']} of the signs of vectors has another size."]
        taken = (place for place in range(PLACES) if row["signs"][place // 8] & 0x80 >> place % 8)
        with_signs |= {row["block"] * PLACES + place for place in taken}
    return found + [
        f"The vector of proposition {id_} and its signs disagree." for id_ in sorted(with_vector ^ with_signs)
    ]


def _waiting(database: Database, embedder: str) -> str:
    there = known(database)
    if there is not None and there[0] == embedder:
        return "FROM propositions INDEXED BY propositions_without_vector WHERE has_vector = 0"
    return "FROM propositions"


def _put_signs(database: Database, dimensions: int, signs: Mapping[int, bytes | None]) -> None:
    """Write or, where None, wipe the signs of these propositions. A block with none goes."""
    blocks: dict[int, list[int]] = {}
    for id_ in signs:
        blocks.setdefault(id_ // PLACES, []).append(id_)
    for block, ids in blocks.items():
        kept = database.value("SELECT signs FROM vector_signs WHERE block = ?", (block,))
        blob = bytearray(kept or HEAD_BYTES + PLACES * sign_bytes(dimensions))
        for id_ in ids:
            _put(blob, id_ % PLACES, signs[id_], sign_bytes(dimensions))
        if any(blob[:HEAD_BYTES]):
            database.run(
                "INSERT OR REPLACE INTO vector_signs (block, version, signs) VALUES (?, random(), ?)",
                (block, bytes(blob)),
            )
        else:
            database.run("DELETE FROM vector_signs WHERE block = ?", (block,))


def _put(blob: bytearray, place: int, signs: bytes | None, width: int) -> None:
    bit = 0x80 >> place % 8
    start = HEAD_BYTES + place * width
    if signs is None:
        blob[place // 8] &= ~bit
        blob[start : start + width] = bytes(width)
    else:
        blob[place // 8] |= bit
        blob[start : start + width] = signs
