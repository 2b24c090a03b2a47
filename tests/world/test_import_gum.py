"""The database of the reference: its claims are read, its transcripts of screens are not."""

from __future__ import annotations

import sqlite3
import tracemalloc
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from gum_app.errors import BadInput
from gum_app.world.import_gum import TRANSCRIPTS, UNDATED, GumDatabase
from gum_app.world.imports import Aside, Claim
from tests.brought import a_gum_db, everything
from tests.builders import NOON


def claims(path: Path) -> list[Claim]:
    return [thing for thing in everything(GumDatabase(path)) if isinstance(thing, Claim)]


def test_each_proposition_is_a_claim_dated_by_what_it_rests_on(tmp_path: Path) -> None:
    later = (NOON + timedelta(days=1)).strftime("%Y-%m-%d %H:%M:%S.%f")
    path = a_gum_db(
        tmp_path / "gum.db",
        ["The user writes Rust."],
        more=f"UPDATE observations SET created_at = '{later}' WHERE id = 2",
    )
    (claim,) = claims(path)
    assert (claim.text, claim.confidence, claim.observations) == ("The user writes Rust.", 9, 2)
    assert claim.supported_at == NOON + timedelta(days=1), "and not by when that program thought about it"
    assert not claim.refused


def test_its_transcripts_are_counted_and_not_read(tmp_path: Path) -> None:
    things = everything(GumDatabase(a_gum_db(tmp_path / "gum.db", ["The user writes Rust."], transcripts=3)))
    assert things[-1] == Aside(TRANSCRIPTS, 3)
    assert "zanzibar" not in repr(things)


def test_the_name_that_most_begin_with_is_the_persons(tmp_path: Path) -> None:
    texts = ["Ada King writes Rust.", "Ada King likes tea.", "Mia is a colleague.", "Ada King uses Vim."]
    assert [claim.text for claim in claims(a_gum_db(tmp_path / "gum.db", texts))] == [
        "The user writes Rust.",
        "The user likes tea.",
        "Mia is a colleague.",
        "The user uses Vim.",
    ]


def test_only_the_newest_version_counts(tmp_path: Path) -> None:
    more = "UPDATE propositions SET revision_group = 'one'; UPDATE propositions SET version = 2 WHERE id = 2"
    path = a_gum_db(tmp_path / "gum.db", ["The user likes tea.", "The user likes coffee."], more=more)
    assert [claim.text for claim in claims(path)] == ["The user likes coffee."]


def test_what_the_person_called_inaccurate_there_is_marked(tmp_path: Path) -> None:
    more = """CREATE TABLE proposition_feedback (id INTEGER PRIMARY KEY, proposition_id INTEGER, rating TEXT);
              INSERT INTO proposition_feedback
              VALUES (1, 1, 'inaccurate'), (2, 2, 'accurate'), (3, NULL, 'inaccurate')"""
    path = a_gum_db(tmp_path / "gum.db", ["The user likes tea.", "The user likes coffee."], more=more)
    assert [claim.refused for claim in claims(path)] == [True, False]


@pytest.mark.parametrize(
    ("columns", "row"), [("proposition_id, rating", "'one', 'inaccurate'"), ("proposition, verdict", "1, 'inaccurate'")]
)
def test_a_word_of_the_person_that_is_kept_in_another_way_ends_nothing(tmp_path: Path, columns: str, row: str) -> None:
    more = f"CREATE TABLE proposition_feedback ({columns}); INSERT INTO proposition_feedback VALUES ({row})"
    path = a_gum_db(tmp_path / "gum.db", ["The user likes tea."], more=more)
    assert [claim.refused for claim in claims(path)] == [False]


def test_odd_numbers_and_dates_do_not_end_it(tmp_path: Path) -> None:
    more = "UPDATE propositions SET confidence = 99 WHERE id = 1; UPDATE observations SET created_at = 'once'"
    path = a_gum_db(tmp_path / "gum.db", ["The user likes tea."], more=more)
    assert everything(GumDatabase(path))[0] == Aside(UNDATED, 1)
    with closing(sqlite3.connect(path)) as database:
        database.execute("DELETE FROM observation_proposition")
        database.commit()
    assert [claim.confidence for claim in claims(path)] == [None]


def test_nothing_of_the_file_is_changed(tmp_path: Path) -> None:
    path = a_gum_db(tmp_path / "gum.db", ["The user likes tea."])
    before = path.read_bytes()
    everything(GumDatabase(path))
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.glob("gum*")] == ["gum.db"]


def test_another_database_is_told_from_it(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE observations (id)")
        database.execute("CREATE VIEW propositions AS SELECT 1 AS id")  # a view may be made to take for ever
        database.execute("CREATE TABLE observation_proposition (id)")
    with pytest.raises(BadInput, match="another program"):
        everything(GumDatabase(path))


def test_a_damaged_one_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = a_gum_db(tmp_path / "gum.db", ["The user likes tea."] * 2000)
    content = bytearray(path.read_bytes())
    content[8192:60_000] = b"\xff" * (60_000 - 8192)
    path.write_bytes(content)
    with pytest.raises(BadInput, match=r"\.$"):
        everything(GumDatabase(path))


def test_a_query_that_takes_for_ever_can_be_stopped(tmp_path: Path) -> None:
    path = a_gum_db(tmp_path / "gum.db", [f"The user likes tea {n}." for n in range(300)], transcripts=300)

    def stop(_done: int, _of: int) -> None:
        raise RuntimeError

    with pytest.raises((BadInput, RuntimeError)):
        list(GumDatabase(path).things(stop))


def test_a_view_of_verdicts_without_end_is_not_asked(tmp_path: Path) -> None:
    more = """CREATE VIEW proposition_feedback AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)
              SELECT x AS proposition_id, 'inaccurate' AS rating FROM n"""
    (claim,) = claims(a_gum_db(tmp_path / "gum.db", ["The user likes tea."], more=more))
    assert not claim.refused


def test_cells_that_are_made_up_on_the_way_fill_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "gum.db"
    with closing(sqlite3.connect(path)) as database:
        database.executescript("""
            CREATE TABLE observations (id INTEGER PRIMARY KEY, created_at TEXT);
            CREATE TABLE observation_proposition (observation_id INTEGER, proposition_id INTEGER);
            CREATE TABLE propositions (id INTEGER PRIMARY KEY, confidence INTEGER, revision_group TEXT,
                version INTEGER, created_at TEXT, text TEXT AS (printf('%.*c', 900000, 'a')) VIRTUAL);
        """)
        rows = [(number, 5, str(number), 1, "2026-03-01") for number in range(100)]
        database.executemany("INSERT INTO propositions VALUES (?, ?, ?, ?, ?)", rows)
        database.commit()
    tracemalloc.start()
    try:
        assert len(claims(path)) == 100
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
