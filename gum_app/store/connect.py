"""One connection to the encrypted file: the key first, then the pragmas, and SQLCipher's errors as sentences.

A connection belongs to the thread that opened it. Nothing here knows what the tables mean.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from gum_app.errors import DatabaseDamaged, DiskFull, HomeUnusable, KeyWrong
from gum_app.paths import OWNER_ONLY_FILE

KEY_BYTES = 32
PAGE_BYTES = 4096
BUSY_SECONDS = (
    300.0  # how long a writer waits for another one, which may be writing a large file anew; readers never wait
)
CHECKPOINT_MILLISECONDS = 2000
MOST_IDLE_JOURNAL_BYTES = 4_000_000
CACHE_KIB = 8192
WIDE_CACHE_KIB = 24_576  # the indexes of the list at 100,000 propositions

Row = Any  # a dbapi2.Row: a tuple whose places also have the names of the columns
Parameters = Sequence[Any] | Mapping[str, Any]


class Database:
    """A connection that is used by one thread. Every statement of the room goes through it."""

    def __init__(self, path: Path, key: bytes, *, read_only: bool = False) -> None:
        """Raises KeyWrong, DatabaseDamaged, DiskFull, HomeUnusable."""
        if len(key) != KEY_BYTES:
            raise ValueError(f"the key has {KEY_BYTES} bytes, not {len(key)}")
        self.path = path
        self._key = key
        self._depth = 0
        if not read_only:
            _make_private(path)
        elif not path.exists():
            raise HomeUnusable(f"There is no database at {path} yet: start gum-app once.")
        with self._errors():
            self._connection = dbapi2.connect(
                f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}",
                uri=True,
                timeout=BUSY_SECONDS,
                isolation_level=None,  # transactions are ours alone
            )
        try:
            with self._errors():
                self._set_up(read_only)
        except BaseException:
            self._connection.close()
            raise

    def _set_up(self, read_only: bool) -> None:
        execute = self._connection.execute
        execute("PRAGMA cipher_log_level = NONE")  # a wrong key would write to stderr
        execute(f"PRAGMA key = \"x'{self._key.hex()}'\"")
        execute("PRAGMA foreign_keys = ON")
        execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        if read_only:
            execute("PRAGMA query_only = ON")
            execute("SELECT count(*) FROM sqlite_master").fetchall()
        else:
            execute("PRAGMA auto_vacuum = INCREMENTAL")  # counts only before the first table is made
            execute("PRAGMA journal_mode = WAL").fetchall()
            execute("PRAGMA synchronous = NORMAL")
            execute(f"PRAGMA journal_size_limit = {MOST_IDLE_JOURNAL_BYTES}")
            execute("PRAGMA secure_delete = ON")
        self._connection.row_factory = dbapi2.Row

    def all(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        with self._errors():
            return list(self._connection.execute(sql, parameters))

    def one(self, sql: str, parameters: Parameters = ()) -> Row | None:
        with self._errors():
            return self._connection.execute(sql, parameters).fetchone()

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """The first column of the first row; None where there is no row."""
        row = self.one(sql, parameters)
        return None if row is None else row[0]

    def run(self, sql: str, parameters: Parameters = ()) -> int:
        """How many rows were changed."""
        with self._errors():
            return int(self._connection.execute(sql, parameters).rowcount)

    def add(self, sql: str, parameters: Parameters = ()) -> int:
        """The id of the row that was added."""
        with self._errors():
            return int(self._connection.execute(sql, parameters).lastrowid)

    def define(self, name: str, function: Callable[[str], str]) -> None:
        """A function of one text, for statements of this connection."""
        self._connection.create_function(name, 1, function, deterministic=True)

    def many(self, sql: str, rows: Iterable[Parameters]) -> None:
        with self._errors():
            self._connection.executemany(sql, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. A transaction within a transaction is a part of it that can fail alone."""
        level = self._depth
        self.run("BEGIN IMMEDIATE" if level == 0 else f"SAVEPOINT level_{level}")
        self._depth += 1
        try:
            yield
        except BaseException:
            self._depth -= 1
            self._take_back(level)
            raise
        self._depth -= 1
        try:
            self.run("COMMIT" if level == 0 else f"RELEASE level_{level}")
        except BaseException:
            self._take_back(level)
            raise

    def _take_back(self, level: int) -> None:
        if not self._connection.in_transaction:
            return  # SQLite has rolled back by itself, as it does on a full disk
        if level == 0:
            self.run("ROLLBACK")
        else:
            self.run(f"ROLLBACK TO level_{level}")
            self.run(f"RELEASE level_{level}")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Several reads that see one state. Keep it short: a checkpoint waits for it."""
        if self._depth or self._connection.in_transaction:
            yield
            return
        self.run("BEGIN")
        try:
            yield
        finally:
            self.run("COMMIT")

    @contextmanager
    def wide_cache(self) -> Iterator[None]:
        """For what changes rows all over the indexes: with few pages in memory each is written again and again."""
        self.run(f"PRAGMA cache_size = -{WIDE_CACHE_KIB}")
        try:
            yield
        finally:
            self.run(f"PRAGMA cache_size = -{CACHE_KIB}")

    def copy_to(self, path: Path) -> None:
        """A copy of the file as it is now, under the same key."""
        path.unlink(missing_ok=True)
        target = Database(path, self._key)
        try:
            with self._errors():
                self._connection.backup(target._connection)
        finally:
            target.close()

    def rewrite(self) -> None:
        """Write the whole file anew, without gaps and free pages. Needs twice its size on disk while it runs."""
        # In memory the new file would take as much memory as disk. As a file it is encrypted too: VACUUM gives it the
        # key of this one, and is the one statement here that needs it.
        self.run("PRAGMA temp_store = FILE")
        try:
            self.run("VACUUM")
        finally:
            self.run("PRAGMA temp_store = MEMORY")

    def empty_journal(self) -> bool:
        """False: somebody reads an old state and needs the journal, after a wait of some seconds."""
        self.run(f"PRAGMA busy_timeout = {CHECKPOINT_MILLISECONDS}")
        try:
            return not self.value("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            self.run(f"PRAGMA busy_timeout = {int(1000 * BUSY_SECONDS)}")

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except dbapi2.Error as error:
            sentence = self._sentence(error)
            if sentence is None:
                raise
            raise sentence from error

    def _sentence(self, error: dbapi2.Error) -> Exception | None:
        """The error as one for the person; None where it is our own fault."""
        code = getattr(error, "sqlite_errorcode", None)
        if code is None:
            return None
        if code == dbapi2.SQLITE_FULL:
            return DiskFull(f"There is no room left to write {self.path}: free some disk space; nothing was lost.")
        if code == dbapi2.SQLITE_IOERR:
            return HomeUnusable(f"The disk refuses to read or write {self.path}: see whether it fails or has a limit.")
        if code == dbapi2.SQLITE_NOTADB:
            if _key_fits_some_page(self.path, self._key) or not _looks_encrypted(self.path):
                return _damaged(self.path)
            return KeyWrong(
                f"The key does not open {self.path}: it belongs to another database, or the file is broken."
            )
        if code == dbapi2.SQLITE_CORRUPT:
            return _damaged(self.path)
        if code in {dbapi2.SQLITE_CANTOPEN, dbapi2.SQLITE_READONLY, dbapi2.SQLITE_PERM}:
            return HomeUnusable(f"The database {self.path} cannot be opened: make it and its folder writable for you.")
        return None


def _damaged(path: Path) -> DatabaseDamaged:
    return DatabaseDamaged(f"The database {path} is damaged: put a backup in its place, or move it away to start anew.")


def _make_private(path: Path) -> None:
    """The file exists and only its owner can read it. SQLite gives its journal the same mode."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, OWNER_ONLY_FILE))
        path.chmod(OWNER_ONLY_FILE)
    except OSError as error:
        raise HomeUnusable(
            f"The database {path} cannot be opened ({error.strerror}): make it and its folder writable for you."
        ) from error


def _looks_encrypted(path: Path) -> bool:
    size = path.stat().st_size
    with path.open("rb") as file:
        return size % PAGE_BYTES == 0 and file.read(15) != b"SQLite format 3"


def _key_fits_some_page(path: Path, key: bytes) -> bool:
    """Whether any of the first pages carries the mark that this key makes: then the key is right and the file is not.

    SQLCipher 4: 16 bytes of salt open the file; each page ends in 16 bytes of nonce and an HMAC-SHA-512 over its
    content and number, under a key that PBKDF2 makes of ours in two rounds.
    """
    with path.open("rb") as file:
        pages = [file.read(PAGE_BYTES) for _ in range(8)]
    salt = bytes(byte ^ 0x3A for byte in pages[0][:16])
    mark_key = hashlib.pbkdf2_hmac("sha512", key, salt, 2, KEY_BYTES)
    for number, page in enumerate(pages, start=1):
        if len(page) == PAGE_BYTES:
            content = page[16 if number == 1 else 0 : -64]
            if hmac.digest(mark_key, content + number.to_bytes(4, "little"), "sha512") == page[-64:]:
                return True
    return False
