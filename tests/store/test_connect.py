"""The file opens for its key only, in private, and what goes wrong is a sentence."""

from __future__ import annotations

import multiprocessing
import resource
import sqlite3
import stat
import sys
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from gum_app.errors import DatabaseDamaged, DiskFull, GumError, HomeUnusable, KeyWrong
from gum_app.store.connect import PAGE_BYTES, Database
from tests.store.conftest import KEY


@pytest.fixture
def database(path: Path) -> Database:
    database = Database(path, KEY)
    database.run("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")
    return database


def write_much(database: Database) -> None:
    with database.transaction():
        database.many("INSERT INTO notes (text) VALUES (?)", [("router " * 200,) for _ in range(200)])


def test_another_key_does_not_open_it(database: Database, path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    database.close()
    with pytest.raises(KeyWrong):
        Database(path, bytes(32))
    with pytest.raises(KeyWrong):
        Database(path, bytes(32), read_only=True)
    assert capfd.readouterr() == ("", ""), "SQLCipher's own log must not reach the terminal"


def test_a_key_of_another_length_is_our_own_fault(path: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Database(path, b"short")


@pytest.mark.parametrize("offset", [16, 100, PAGE_BYTES - 1])
def test_a_broken_first_page_is_damage_and_not_a_wrong_key(database: Database, path: Path, offset: int) -> None:
    write_much(database)
    database.close()
    content = bytearray(path.read_bytes())
    content[offset] ^= 1
    path.write_bytes(content)
    with pytest.raises(DatabaseDamaged):
        Database(path, KEY)


def test_a_broken_later_page_is_damage(database: Database, path: Path) -> None:
    write_much(database)
    database.close()
    content = bytearray(path.read_bytes())
    content[10 * PAGE_BYTES + 99] ^= 1
    path.write_bytes(content)
    broken = Database(path, KEY)
    with pytest.raises(DatabaseDamaged):
        broken.all("SELECT text FROM notes")
    broken.close()


def test_a_plain_database_or_any_other_file_is_damage(tmp_path: Path) -> None:
    plain = sqlite3.connect(tmp_path / "plain.db")
    plain.execute("CREATE TABLE notes (text)")
    plain.close()
    (tmp_path / "letter.txt").write_text("Dear reader")
    for name in ("plain.db", "letter.txt"):
        with pytest.raises(DatabaseDamaged):
            Database(tmp_path / name, KEY)


def test_the_words_are_not_in_the_raw_files(database: Database, path: Path) -> None:
    write_much(database)
    for file in path.parent.glob("gum.db*"):
        assert b"router" not in file.read_bytes()
        assert b"CREATE TABLE" not in file.read_bytes()
    database.close()


def test_every_file_is_for_its_owner_only(path: Path) -> None:
    path.touch(mode=0o644)
    database = Database(path, KEY)
    database.run("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.glob("gum.db*")}
    assert modes == {"gum.db": 0o600, "gum.db-wal": 0o600, "gum.db-shm": 0o600}
    database.close()


def test_a_reader_changes_nothing(database: Database, path: Path) -> None:
    reader = Database(path, KEY, read_only=True)
    with pytest.raises(HomeUnusable):
        reader.run("INSERT INTO notes (text) VALUES ('router')")
    reader.close()
    database.close()


def test_reading_where_nothing_is_yet_says_so(path: Path) -> None:
    with pytest.raises(HomeUnusable, match="start gum-app once"):
        Database(path, KEY, read_only=True)
    assert not path.exists()


def test_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(HomeUnusable):
        Database(tmp_path / "nowhere" / "gum.db", KEY)


def test_a_transaction_is_all_or_nothing(database: Database) -> None:
    with pytest.raises(RuntimeError), database.transaction():
        database.run("INSERT INTO notes (text) VALUES ('one')")
        raise RuntimeError
    assert database.all("SELECT * FROM notes") == []
    database.close()


def test_a_transaction_within_another_can_fail_alone(database: Database) -> None:
    with database.transaction():
        database.run("INSERT INTO notes (text) VALUES ('outer')")
        with pytest.raises(RuntimeError), database.transaction():
            database.run("INSERT INTO notes (text) VALUES ('inner')")
            raise RuntimeError
        with database.transaction():
            database.run("INSERT INTO notes (text) VALUES ('second')")
    assert [row["text"] for row in database.all("SELECT text FROM notes")] == ["outer", "second"]
    database.close()


def test_foreign_keys_hold(database: Database) -> None:
    database.run("CREATE TABLE remarks (note INTEGER REFERENCES notes (id) ON DELETE CASCADE)")
    database.run("INSERT INTO notes (id, text) VALUES (1, 'one')")
    database.run("INSERT INTO remarks VALUES (1)")
    database.run("DELETE FROM notes")
    assert database.all("SELECT * FROM remarks") == []
    database.close()


def test_a_full_disk_is_a_sentence_and_the_store_goes_on(database: Database) -> None:
    database.value(f"PRAGMA max_page_count = {database.value('PRAGMA page_count') + 3}")
    with pytest.raises(DiskFull, match="room"):
        write_much(database)
    assert database.all("SELECT * FROM notes") == []
    database.value("PRAGMA max_page_count = 100000")
    write_much(database)
    assert database.value("SELECT count(*) FROM notes") == 200
    assert database.all("PRAGMA integrity_check")[0][0] == "ok"
    database.close()


def write_with_a_file_limit(path: Path, answers: Connection) -> None:
    database = Database(path, KEY)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40 * PAGE_BYTES, hard))
    try:
        write_much(database)
    except GumError as error:
        answers.send((type(error).__name__, str(error)))
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    write_much(database)
    answers.send((database.value("SELECT count(*) FROM notes"), database.all("PRAGMA integrity_check")[0][0]))
    database.close()


def test_a_write_that_the_system_refuses_is_a_sentence_and_the_store_goes_on(database: Database, path: Path) -> None:
    database.close()
    ours, theirs = multiprocessing.Pipe()
    child = multiprocessing.get_context("spawn").Process(target=write_with_a_file_limit, args=(path, theirs))
    child.start()
    assert ours.poll(30)
    assert ours.recv()[0] == "HomeUnusable", "a limit on the size of files, as a quota would be"
    assert ours.poll(30)
    assert ours.recv() == (200, "ok")
    child.join(60)
    assert child.exitcode == 0


def test_our_own_faults_raise(database: Database) -> None:
    with pytest.raises(Exception, match="no such table") as caught:
        database.all("SELECT * FROM nowhere")
    assert not isinstance(caught.value, GumError)
    database.close()


def test_a_copy_opens_with_the_same_key_and_is_private(database: Database, path: Path) -> None:
    write_much(database)
    target = path.with_name("copy.db")
    database.copy_to(target)
    copy = Database(target, KEY, read_only=True)
    assert copy.value("SELECT count(*) FROM notes") == 200
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    copy.close()
    database.close()


@pytest.mark.skipif(sys.platform != "linux", reason="looks at open files where Linux shows them")
def test_what_is_written_anew_lies_on_disk_encrypted_only(database: Database) -> None:
    with database.transaction():
        database.many("INSERT INTO notes (text) VALUES (?)", [("canary " * 15_000,) for _ in range(300)])
    beginnings: list[bytes] = []
    done = threading.Event()
    watcher = threading.Thread(target=watch_open_files, args=(beginnings, done))
    watcher.start()
    database.rewrite()
    done.set()
    watcher.join(60)
    assert beginnings, (
        "SQLite was not seen to use a temporary file: look whether this test still looks at the right one"
    )
    assert not any(b"canary" in beginning for beginning in beginnings)
    assert database.value("SELECT count(*) FROM notes") == 300
    database.close()


def watch_open_files(beginnings: list[bytes], done: threading.Event) -> None:
    """Read what stands in files that this process has open and that have no name any more."""
    while not done.is_set():
        for entry in Path("/proc/self/fd").iterdir():
            with suppress(OSError):  # closed again meanwhile
                if entry.readlink().name.startswith("etilqs") and (beginning := entry.read_bytes()[:500_000]):
                    beginnings.append(beginning)
