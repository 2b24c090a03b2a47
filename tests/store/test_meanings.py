"""Kept in bytes, a vector points where it did; and what is near is told by how near texts are here."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from gum_app.store.meanings import Meaning, meaning_told, told
from gum_app.store.store import Store
from tests.builders import a_revision

DIMENSIONS = 384

Rows = np.ndarray[Any, np.dtype[np.float32]]


def some_vectors(count: int, *, common: float = 0.0) -> Rows:
    """`common` is how much they all point the same way."""
    chance = np.random.default_rng(3)
    rows = chance.normal(size=(count, DIMENSIONS)) + common * chance.normal(size=DIMENSIONS)
    found: Rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return found


def fill(store: Store, rows: Rows) -> list[int]:
    revisions = [a_revision(text=f"Statement {number}.", topic=str(number)) for number in range(len(rows))]
    ids = store.add_revisions(revisions)
    store.put_vectors("tiny", [(id_, f"Statement {number}.") for number, id_ in enumerate(ids)], rows)
    return [int(id_) for id_ in ids]


def compared(store: Store, vector: Rows) -> Any:
    comparison = store._comparison(Meaning(embedder="tiny", vector=vector))
    assert comparison is not None
    return comparison


def test_bytes_keep_the_direction(store: Store) -> None:
    rows = some_vectors(20)
    ids = fill(store, rows)
    found = compared(store, rows[0]).vectors(ids)
    assert all(float(found[id_] @ row) > 0.999 for id_, row in zip(ids, rows, strict=True))


def test_the_nearest_are_those_of_a_whole_comparison(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gum_app.store.meanings.FEWEST_ROUGHLY", 60)
    rows = some_vectors(400, common=0.5)
    ids = fill(store, rows)
    asked = rows[7] + 0.8 * rows[8]
    asked /= np.linalg.norm(asked)
    exactly = [ids[place] for place in np.argsort(-(rows @ asked))[:2]]
    assert compared(store, asked).nearest(20)[:2] == exactly
    assert len(compared(store, asked).nearest(20)) == 20


@pytest.mark.parametrize("common", [0.0, 1.0, 3.0])
def test_the_scale_is_that_of_the_embedder(store: Store, common: float) -> None:
    rows = some_vectors(200, common=common)
    fill(store, rows)
    comparison = compared(store, rows[0])
    close = [comparison.closeness(row) for row in rows[1:]]
    assert comparison.closeness(rows[0]) == pytest.approx(1.0, abs=1e-4)
    assert np.mean(np.array(close) >= comparison.clear) < 0.08, "hardly any unrelated text is called near"
    assert comparison.closeness(0.8 * rows[0] + 0.6 * rows[5]) > comparison.clear


def test_of_few_nothing_is_told_and_as_they_grow_it_is_told_anew(store: Store) -> None:
    rows = some_vectors(40, common=2.0)
    fill(store, rows[:4])
    assert compared(store, rows[0]).closeness(rows[1]) > 0.6
    store.add_revisions([a_revision(text=f"More {number}.", topic=f"more {number}") for number in range(4, 40)])
    waiting = store.without_vector("tiny", limit=99)
    store.put_vectors("tiny", waiting, rows[4:])
    assert compared(store, rows[0]).closeness(rows[1]) < 0.4


def test_without_vectors_there_is_nothing_to_compare(store: Store) -> None:
    assert store._comparison(None) is None
    assert store._comparison(Meaning(embedder="tiny", vector=some_vectors(1)[0])) is None


def test_a_meaning_travels_as_text() -> None:
    before = Meaning(embedder="tiny", vector=some_vectors(1)[0])
    after = meaning_told(json.loads(json.dumps(told(before))))
    assert after.embedder == "tiny"
    assert np.array_equal(after.vector, before.vector)
