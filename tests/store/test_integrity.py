"""Whatever does not fit is told, in sentences that quote nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from gum_app.errors import DatabaseDamaged
from gum_app.records import ObservationId
from gum_app.rules.revisions import fold
from gum_app.store.connect import PAGE_BYTES
from gum_app.store.store import Store
from tests.builders import NOON
from tests.store.conftest import KEY
from tests.store.life import an_account, believe, see, see_pictures


@pytest.fixture
def full(store: Store) -> Store:
    for number in range(30):
        believe(store, (see(store, f"parcel {number}"), f"parcel {number}"), text=f"Sends parcel {number}.")
    store.keep_account(an_account(ObservationId(3)), ObservationId(3), NOON)
    see_pictures(store, jpegs=(b"one", b"two", b"three"))
    return store


def test_a_sound_file_has_no_faults(full: Store) -> None:
    assert full.integrity() == []


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        ("UPDATE propositions SET confidence = 0.1 WHERE id = 3", "Proposition 3 is not the fold"),
        ("UPDATE propositions SET text = 'else' WHERE id = 3", "Proposition 3 is not the fold"),
        ("UPDATE revisions SET text = 'else' WHERE proposition_id = 3", "Proposition 3 is not the fold"),
        ("UPDATE evidence SET quote = 'else' WHERE id = 3", "index of its words"),
        ("DELETE FROM evidence WHERE id = 3", "evidence_count"),
        ("DELETE FROM revisions WHERE proposition_id = 3", "Proposition 3 has no revision that stands"),
        ("DELETE FROM proposition_words WHERE rowid = 3", "index of its text"),
        ("INSERT INTO proposition_words (rowid, text) VALUES (99, 'x')", "words of proposition 99, which is gone"),
        ("PRAGMA foreign_keys = OFF; DELETE FROM observations WHERE id = 3", "row of readings points to a row"),
        ("UPDATE accounts SET theirs = '[\"cut'", "account of observation 3 is not what an account is"),
        ("UPDATE accounts SET others = '{}'", "account of observation 3 is not what an account is"),
        ("UPDATE observations SET observed_at = NULL WHERE id = 3", "Observation 3 has an account, but nobody"),
        ("UPDATE observations SET observed_at = 1 WHERE id = 31", "Observation 31 has pictures that nobody"),
        ("UPDATE observations SET proposed_at = 1 WHERE id = 31", "Observation 31 has pictures that nobody"),
        (
            "INSERT INTO frames (observation_id, at, utc_offset, jpeg) SELECT 31, 0, 0, x'00'",
            "Observation 31 has pictures that nobody",
        ),
        ("DELETE FROM proposition_words_data WHERE id > 10", "The index cannot be read"),
    ],
)
def test_every_harm_is_told(full: Store, harm: str, told: str) -> None:
    for statement in harm.split("; "):
        full._database.run(statement)
    faults = full.integrity()
    assert any(told in fault for fault in faults), faults
    assert "Sends" not in " ".join(faults)


def test_no_page_can_be_changed_from_outside_unnoticed(full: Store, path: Path) -> None:
    full.close()
    content = path.read_bytes()
    for page in range(len(content) // PAGE_BYTES):
        harmed = bytearray(content)
        harmed[page * PAGE_BYTES + 50] ^= 1
        path.write_bytes(harmed)
        assert is_noticed(path), f"page {page}"


def is_noticed(path: Path) -> bool:
    try:
        store = Store(path, KEY, fold=fold)
    except DatabaseDamaged:
        return True
    faults = store.integrity()
    store.close()
    return any(fault.startswith("A mark") for fault in faults)
