"""Signs find the near ones, are read block by block, and follow whatever changes."""

from __future__ import annotations

from typing import Any

import numpy as np

from gum_app.store.signs import Signs, signs_of
from gum_app.store.store import Store
from gum_app.store.vectors import _put_signs

DIMENSIONS = 96

Rows = np.ndarray[Any, np.dtype[np.float32]]


def some_vectors(count: int, seed: int = 1) -> Rows:
    rows = np.random.default_rng(seed).normal(size=(count, DIMENSIONS)).astype(np.float32)
    found: Rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return found


def put(store: Store, ids: list[int], rows: Rows) -> None:
    signs = signs_of(rows)
    _put_signs(store._database, DIMENSIONS, {id_: row.tobytes() for id_, row in zip(ids, signs, strict=True)})


def test_a_sign_is_a_bit() -> None:
    assert signs_of(np.array([[1.0, -1.0, 0.5] + [-1.0] * 5], np.float32)).tolist() == [[0b10100000] + [0] * 7]


def test_the_nearest_differ_in_the_fewest_signs(store: Store) -> None:
    rows, ids = some_vectors(300), [7 * number + 1 for number in range(300)]
    put(store, ids, rows)
    signs = Signs(DIMENSIONS)
    signs.refresh(store._database)
    asked = rows[42] + 0.02 * rows[41]
    found = signs.nearest(asked, 10)
    assert found[0] == ids[42]
    differing = ((rows > 0) != (asked > 0)).sum(axis=1)
    assert [differing[ids.index(id_)] for id_ in found] == sorted(differing)[:10]


def test_what_changes_is_followed_and_nothing_else_is_read(store: Store) -> None:
    rows, ids = some_vectors(4), [5, 1500, 3000, 3001]
    put(store, ids[1:], rows[1:])
    signs = Signs(DIMENSIONS)
    signs.refresh(store._database)
    put(store, ids[:1], rows[:1])
    _put_signs(store._database, DIMENSIONS, {3000: None})
    asked: list[str] = []
    store._database._connection.set_trace_callback(asked.append)
    signs.refresh(store._database)
    store._database._connection.set_trace_callback(None)
    assert sum("WHERE block" in statement for statement in asked) == 2, "that of 5 and that of 3000"
    assert signs.nearest(rows[0], 9)[0] == 5
    assert sorted(signs.nearest(rows[0], 9)) == [5, 1500, 3001]
    store._database.run("DELETE FROM vector_signs")
    signs.refresh(store._database)
    assert (signs.count, signs.nearest(rows[0], 9)) == (0, [])


def test_some_are_evenly_spread(store: Store) -> None:
    put(store, list(range(100, 200)), some_vectors(100))
    signs = Signs(DIMENSIONS)
    signs.refresh(store._database)
    assert signs.some(10) == list(range(100, 200, 10))
    assert len(signs.some(1000)) == 100
