"""A vector goes with its text: reworded, undone or forgotten, nothing is left of it, in signs neither."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from gum_app.records import PERSON, PropositionId
from gum_app.store import vectors
from gum_app.store.signs import signs_of
from gum_app.store.store import ForgetScope, Store
from tests.builders import NOON, a_revision
from tests.store.conftest import KEY
from tests.store.life import believe, see
from tests.store.pages import decrypted

LATER = NOON + timedelta(hours=1)


def put(store: Store, embedder: str = "tiny", dimensions: int = 70, limit: int = 99) -> int:
    waiting = store.without_vector(embedder, limit=limit)
    return store.put_vectors(embedder, waiting, np.array([random_like(text, dimensions) for _, text in waiting]))


def random_like(text: str, dimensions: int) -> np.ndarray[Any, np.dtype[np.float32]]:
    chance = np.random.default_rng(list(text.encode()))
    vector = chance.normal(size=dimensions).astype(np.float32)
    return vector / np.float32(np.linalg.norm(vector))


def kept(store: Store) -> tuple[list[int], int]:
    """Ids with a vector, and how many bits the signs hold."""
    ids = [row[0] for row in store._database.all("SELECT proposition_id FROM vectors ORDER BY 1")]
    blobs = [row[0] for row in store._database.all("SELECT signs FROM vector_signs")]
    return ids, sum(byte.bit_count() for blob in blobs for byte in blob)


@pytest.fixture
def three(store: Store) -> list[PropositionId]:
    return [
        believe(store, (see(store, word, at=NOON + timedelta(days=day)), word), text=f"Likes {word}.", topic=word)
        for day, word in enumerate(("tea", "rain", "bread"))
    ]


def test_the_newest_are_told_first_and_each_once(store: Store, three: list[PropositionId]) -> None:
    assert [id_ for id_, _ in store.without_vector("tiny", limit=2)] == [three[2], three[1]]
    assert put(store, limit=2) == 2
    assert [id_ for id_, _ in store.without_vector("tiny", limit=9)] == [three[0]]
    assert (put(store), store.count_without_vector("tiny")) == (1, 0)
    assert store.integrity() == []


def test_a_new_wording_waits_to_be_told_and_more_evidence_does_not(store: Store, three: list[PropositionId]) -> None:
    put(store)
    more = a_revision("supported", proposition_id=three[0], text="Likes tea.", topic="tea")
    store.add_revisions([more])
    assert store.without_vector("tiny", limit=9) == []
    store.add_revisions([a_revision("edited", proposition_id=three[0], made_by=PERSON, text="Likes mate.", at=LATER)])
    assert store.without_vector("tiny", limit=9) == [(three[0], "Likes mate.")]
    assert kept(store)[0] == three[1:]
    store.undo_last(LATER)
    assert store.without_vector("tiny", limit=9) == [(three[0], "Likes tea.")]
    assert store.integrity() == []


def test_what_changed_while_it_was_told_is_not_kept(store: Store, three: list[PropositionId]) -> None:
    waiting = store.without_vector("tiny", limit=9)
    store.add_revisions([a_revision("edited", proposition_id=three[0], made_by=PERSON, text="Likes mate.", at=LATER)])
    store.forget(ForgetScope(proposition_id=three[1]), at=LATER)
    assert store.put_vectors("tiny", waiting, np.ones((3, 70), np.float32)) == 1
    assert kept(store)[0] == [three[2]]


@pytest.mark.parametrize("scope", ["proposition", "day", "everything"])
def test_forgetting_leaves_no_vector(store: Store, three: list[PropositionId], scope: str) -> None:
    put(store)
    _, bits = kept(store)
    assert bits > 3 * 20
    what = {
        "proposition": ForgetScope(proposition_id=three[0]),
        "day": ForgetScope(day=NOON.date()),
        "everything": ForgetScope(everything=True),
    }[scope]
    store.forget(what, at=LATER)
    ids, left = kept(store)
    assert ids == ([] if scope == "everything" else three[1:])
    assert left < bits
    assert store.integrity() == []
    store.forget(ForgetScope(everything=True), at=LATER)
    assert kept(store) == ([], 0)
    assert vectors.known(store._database) is None, "an embedder's name tells that there were words"


def test_no_page_remembers_a_forgotten_vector(store: Store, three: list[PropositionId], path: Path) -> None:
    put(store, dimensions=384)
    kept_bytes = {row[0]: row[1] for row in store._database.all("SELECT proposition_id, vector FROM vectors")}
    signs = signs_of(np.frombuffer(kept_bytes[three[0]], np.int8)[np.newaxis]).tobytes()
    store._database.empty_journal()
    before = decrypted(path, KEY)
    assert kept_bytes[three[0]] in before
    assert signs in before
    store.forget(ForgetScope(proposition_id=three[0]), at=LATER)
    after = decrypted(path, KEY)
    assert kept_bytes[three[0]] not in after
    assert signs not in after
    assert kept_bytes[three[1]] in after


@pytest.mark.parametrize(("embedder", "dimensions"), [("another", 70), ("tiny", 128)])
def test_another_embedder_begins_anew(store: Store, three: list[PropositionId], embedder: str, dimensions: int) -> None:
    put(store)
    assert len(store.without_vector("another", limit=9)) == 3
    first = [(three[0], "Likes tea.")]
    store.put_vectors(embedder, first, np.ones((1, dimensions), np.float32))
    assert kept(store)[0] == three[:1]
    assert vectors.known(store._database) == (embedder, dimensions)
    assert store.count_without_vector(embedder) == 2
    assert store.integrity() == []


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("DELETE FROM vectors WHERE proposition_id = 1", "noted wrongly"),
        ("UPDATE propositions SET has_vector = 0 WHERE id = 2", "noted wrongly"),
        ("DELETE FROM vector_signs", "its signs disagree"),
        ("UPDATE vector_signs SET signs = x'00'", "another size"),
    ],
)
def test_what_does_not_fit_together_is_told(
    store: Store, three: list[PropositionId], statement: str, fault: str
) -> None:
    put(store)
    store._database.run(statement)
    assert any(fault in told for told in store.integrity())


@given(some.lists(some.tuples(some.integers(0, 3000), some.booleans()), max_size=30), some.sampled_from([8, 64, 70]))
@settings(max_examples=30)
def test_blocks_hold_what_was_put_last(store: Store, steps: list[tuple[int, bool]], dimensions: int) -> None:
    database, width = store._database, vectors.sign_bytes(dimensions)
    database.run("DELETE FROM vector_signs")
    expected: dict[int, bytes] = {}
    for number, (id_, is_put) in enumerate(steps):
        signs = bytes([number + 1]) * width if is_put else None
        vectors._put_signs(database, dimensions, {id_: signs})
        expected = {other: value for other, value in expected.items() if other != id_}
        if signs is not None:
            expected[id_] = signs
    blobs = {row["block"]: row["signs"] for row in database.all("SELECT block, signs FROM vector_signs")}
    found = {
        block * 1024 + place: blob[128 + place * width : 128 + (place + 1) * width]
        for block, blob in blobs.items()
        for place in range(1024)
        if blob[place // 8] & 0x80 >> place % 8
    }
    assert found == expected
