"""An older file is brought up to date step by step, never half, and no copy of it stays behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from gum_app.errors import HomeUnusable
from gum_app.rules.revisions import fold
from gum_app.store.beliefs import add_revision, new_proposition
from gum_app.store.connect import Database
from gum_app.store.migrations import MIGRATIONS, copy_of, migrate, steps_taken
from gum_app.store.store import Store
from tests.builders import NOON
from tests.store.conftest import KEY
from tests.store.life import a_frame, resting_on, see, see_pictures

LATER = ("a later idea", ("CREATE TABLE ideas (text TEXT NOT NULL) STRICT", "INSERT INTO ideas VALUES ('one')"))
BROKEN = ("a broken idea", ("CREATE TABLE thoughts (text TEXT) STRICT", "CREATE TABLE ideas (text TEXT) STRICT"))


def copies(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.glob("*.before-*"))


def test_a_new_file_takes_every_step(path: Path) -> None:
    database = Database(path, KEY)
    migrate(database)
    assert steps_taken(database) == {name for name, _ in MIGRATIONS}
    assert copies(path) == []
    database.close()


def test_names_of_steps_are_given_once() -> None:
    names = [name for name, _ in MIGRATIONS]
    assert len(names) == len(set(names))


def test_taking_the_steps_again_changes_nothing(store: Store, path: Path) -> None:
    see(store, "router")
    store.close()
    again = Store(path, KEY, fold=fold)
    assert again.count_undigested() == 1
    again.close()


def test_an_older_file_keeps_what_it_has_and_leaves_no_copy(store: Store, path: Path) -> None:
    see(store, "router")
    store.close()
    database = Database(path, KEY)
    migrate(database, [*MIGRATIONS, LATER])
    assert database.value("SELECT text FROM ideas") == "one"
    assert database.value("SELECT count(*) FROM observations") == 1
    assert copies(path) == [], "a copy would remember what the person forgets"
    database.close()


BEFORE_THE_MODEL = MIGRATIONS[: [name for name, _ in MIGRATIONS].index("what the model needs")]


def test_what_a_file_held_before_there_was_a_model_is_not_for_it(path: Path) -> None:
    older = Database(path, KEY)
    migrate(older, BEFORE_THE_MODEL)
    with older.transaction():
        for is_open in (0, 1):
            older.run(
                """INSERT INTO observations (source, app, title, started_at, ended_at, utc_offset, active_seconds,
                                             fullscreen, in_call, is_open)
                   VALUES ('screen', 'firefox', 'A page', 1, 2, 60, 3.5, 0, 0, ?)""",
                (is_open,),
            )
    older.close()
    store = Store(path, KEY, fold=fold)
    store.close_all_observations()
    assert store.schema_faults() == []
    assert (store.count_waiting_for_model(), store.unproposed(limit=9)) == (0, [])
    assert store.count_undigested() == 2, "the rules think about what they have not thought about"
    (row,) = store._database.all("SELECT DISTINCT observed_at, proposed_at FROM observations")
    assert tuple(row) == (2, 2)
    old = store.observations()[0].id
    store.put_frames(old, [a_frame(old)])
    assert store.frames_of(old) == []
    new = see_pictures(store, "router", at=NOON)
    assert [seen.id for seen in store.unobserved(limit=9)] == [new]
    assert store.integrity() == []
    assert copies(path) == []
    store.close()


BEFORE_CALIBRATION = MIGRATIONS[: [name for name, _ in MIGRATIONS].index("how sure how right")]


def test_what_was_shown_before_there_was_calibration_is_what_evidence_made_of_it(path: Path) -> None:
    older = Database(path, KEY)
    migrate(older, BEFORE_CALIBRATION)
    belief = resting_on(made_by="model:tiny propose 3f2a91c0", confidence_raw=0.004)
    with older.transaction():
        id_ = new_proposition(older, belief)
        add_revision(older, belief, id_)
        older.run("UPDATE propositions SET confidence = 0.004")
        older.run("INSERT INTO proposition_words (rowid, text, words) VALUES (1, ?, '')", (belief.text,))
        older.run(
            """INSERT INTO feedback (proposition_id, at, utc_offset, verdict, confidence_shown, made_by)
               VALUES (1, 1, 0, 'wrong', 0.004, 'model:tiny propose 3f2a91c0')"""
        )
    older.close()
    store = Store(path, KEY, fold=fold)
    found = store.proposition(id_)
    assert found is not None
    assert (found.confidence_evidence, found.confidence, found.made_by) == (0.004, 0.01, belief.made_by)
    (verdict,) = store.feedback()
    assert (verdict.confidence_evidence, verdict.spot_check) == (0.004, None)
    assert (store.schema_faults(), store.integrity()) == ([], [])
    store.close()


def test_a_step_that_fails_leaves_the_file_as_it_was_and_a_copy_beside_it(store: Store, path: Path) -> None:
    see(store, "router")
    store.close()
    database = Database(path, KEY)
    with pytest.raises(Exception, match="already exists"):
        migrate(database, [*MIGRATIONS, LATER, BROKEN])
    assert steps_taken(database) == {*(name for name, _ in MIGRATIONS), LATER[0]}
    assert database.value("SELECT count(*) FROM sqlite_master WHERE name = 'thoughts'") == 0
    database.close()
    assert copies(path) == ["gum.db.before-a-later-idea"]
    copy = Database(copy_of(path, LATER[0]), KEY, read_only=True)
    assert copy.value("SELECT count(*) FROM observations") == 1
    copy.close()


def test_a_copy_goes_once_the_file_has_proved_sound(store: Store, path: Path) -> None:
    store.close()
    copy_of(path, "a later idea").write_bytes(b"left behind")
    Store(path, KEY, fold=fold).close()
    assert copies(path) == []


def test_a_file_of_a_newer_program_is_left_alone(path: Path) -> None:
    database = Database(path, KEY)
    migrate(database, [*MIGRATIONS, LATER])
    database.close()
    with pytest.raises(HomeUnusable, match="newer gum-app"):
        Store(path, KEY, fold=fold)


BEFORE_RETRIEVING = MIGRATIONS[: [name for name, _ in MIGRATIONS].index("what retrieving needs")]


def test_the_words_of_an_older_file_are_spelled_anew_and_its_meanings_wait(path: Path) -> None:
    older = Database(path, KEY)
    migrate(older, BEFORE_RETRIEVING)
    with older.transaction():
        older.run(
            """INSERT INTO propositions (id, text, kind, state, topic, value, confidence, confidence_raw, ceiling,
                                         half_life_days, created_at, last_supported_at, utc_offset, pinned, edited,
                                         confirmed, evidence_count)
               VALUES (1, 'Isst ラーメン', 'habit', 'active', 'a', '', 0.5, 0.5, 0.9, 3.0, 1, 1, 0, 0, 0, 0, 0)"""
        )
        older.run("INSERT INTO proposition_words (rowid, text, words) VALUES (1, 'Isst ラーメン', 'Routers')")
    older.close()
    store = Store(path, KEY, fold=fold)
    assert store.schema_faults() == []
    (row,) = store._database.all(
        "SELECT rowid, text, words FROM proposition_words WHERE proposition_words MATCH 'router'"
    )
    assert tuple(row) == (1, "isst ラー ーメ メン ン", "router")
    assert store.without_vector("tiny", limit=9) == [(1, "Isst ラーメン")]
    store.close()
