"""The database of the reference implementation, GeneralUserModels/gum: what a program like ours concluded before us.

Read as it is, changed in nothing: the file is opened read-only, and a schema that was made to harm is not trusted.

Its propositions are claims of another program about the person: hearsay, however sure it was. Its observations are not
read. They are what a model wrote down of whole screens, and do not say from which window: no privacy rule could be held
against them, nor whether the window was a private one. Unknown is private.

What it calls decay is not read either. Its question to the model calls 10 lasting, its example of a revision calls 1
lasting, and its search lets 10 fade first: nobody can tell what a number in there means.
"""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from gum_app.errors import BadInput
from gum_app.records import ImportKind
from gum_app.world.imports import Aside, Claim, Thing, Told, one_line

TABLES = {"observations", "propositions", "observation_proposition"}
TRANSCRIPTS = "words of screens of which it is not known from which window they are"
UNDATED = "claims without a date"
AT_ONCE = 500
LONGEST_CELL_BYTES = 1_000_000  # a cell that is larger cannot be read
STEPS_BETWEEN_LOOKS = 100_000  # of SQLite's machine, after which it is asked whether to go on
MOST_NAME_WORDS = 3
LEAST_SHARE = 0.5  # of the propositions begin with the same name: it is the person's
_NO_NAME = {"the", "this", "a", "an", "user", "person"}

# The newest version of each. How often its evidence was seen, and when last: their own clock restarts at each revision.
_CLAIMS = """
SELECT p.id, substr(p.text, 1, 4000) AS text, p.confidence,
       coalesce(max(o.created_at), p.created_at) AS at, count(o.id) AS observations
FROM propositions AS p
LEFT JOIN observation_proposition AS link ON link.proposition_id = p.id
LEFT JOIN observations AS o ON o.id = link.observation_id
WHERE p.id > ? AND p.version >= (SELECT max(version) FROM propositions WHERE revision_group = p.revision_group)
GROUP BY p.id ORDER BY p.id LIMIT ?
"""


class GumDatabase:
    kind: ImportKind = "gum"

    def __init__(self, path: Path) -> None:
        self.name = one_line(path.name) or "a file"
        self._path = path

    def things(self, told: Told) -> Iterator[Thing]:
        with closing(self._open(told)) as database:
            try:
                yield from self._claims(database, told)
                if transcripts := _count(database, "observations"):
                    yield Aside(TRANSCRIPTS, transcripts)
            except sqlite3.Error as error:
                raise BadInput(f"{self.name} is damaged: SQLite cannot read it to its end.") from error

    def _open(self, told: Told) -> sqlite3.Connection:
        """Raises BadInput where it is another database."""
        try:
            database = sqlite3.connect(f"file:{quote(os.fsencode(self._path))}?mode=ro", uri=True)
            database.row_factory = sqlite3.Row
            database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_CELL_BYTES)
            database.execute("PRAGMA trusted_schema = OFF")
            database.execute("PRAGMA query_only = ON")
            database.set_progress_handler(lambda: _go_on(told), STEPS_BETWEEN_LOOKS)
            tables = _tables(database)
        except sqlite3.Error as error:
            raise BadInput(f"{self.name} cannot be read: SQLite does not know it, or you may not read it.") from error
        if not tables >= TABLES:
            database.close()
            raise BadInput(f"{self.name} is a database of another program than gum.")
        return database

    def _claims(self, database: sqlite3.Connection, told: Told) -> Iterator[Thing]:
        of, tables = _count(database, "propositions"), _tables(database)
        some = database.execute("SELECT substr(text, 1, 200) AS text FROM propositions ORDER BY id LIMIT 2000")
        name = _name_in(row["text"] for row in some)
        refused = _refused(database) if "proposition_feedback" in tables else set()
        done, last, undated = 0, -1, 0
        while rows := database.execute(_CLAIMS, (last, AT_ONCE)).fetchall():
            for row in rows:
                claim = _claim(row, name, refused)
                if claim is None:
                    undated += 1
                else:
                    yield claim
            last, done = rows[-1]["id"], done + len(rows)
            told(done, of)
        if undated:
            yield Aside(UNDATED, undated)


def _claim(row: sqlite3.Row, name: str, refused: set[int]) -> Claim | None:
    """None: it has no text, or no date that can be read."""
    text, at = one_line(row["text"], 1000), _instant(row["at"])
    if not text or at is None:
        return None
    if name and text.startswith(f"{name} "):
        text = f"The user {text.removeprefix(name).lstrip()}"
    confidence = row["confidence"]
    return Claim(
        key=one_line(row["text"], 1000),
        text=text,
        confidence=confidence if isinstance(confidence, int) and 1 <= confidence <= 10 else None,
        supported_at=at,
        observations=int(row["observations"]),
        refused=row["id"] in refused,
    )


def _instant(text: object) -> datetime | None:
    """What SQLAlchemy wrote: in UTC, with or without saying so."""
    try:
        at = datetime.fromisoformat(str(text))
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone()
    except (ValueError, OverflowError):
        return None


def _name_in(texts: Iterator[object]) -> str:
    """The name under which it knew the person: the capitalised words with which most of what it says begins.

    The database itself holds it nowhere.
    """
    beginnings: Counter[str] = Counter()
    count = 0
    for text in texts:
        words = one_line(text).split()
        count += 1
        if words and words[0].casefold() in _NO_NAME:
            continue
        for many in range(1, MOST_NAME_WORDS + 1):
            if len(words) > many and all(word[:1].isupper() and word.isalpha() for word in words[:many]):
                beginnings[" ".join(words[:many])] += 1
    often = [name for name, times in beginnings.items() if times >= 2 and times >= LEAST_SHARE * count]
    return max(often, key=len, default="")


def _refused(database: sqlite3.Connection) -> set[int]:
    """What the person called inaccurate; the widest used fork asks them."""
    columns = {row["name"] for row in database.execute("PRAGMA table_info(proposition_feedback)")}
    if not columns >= {"proposition_id", "rating"}:
        return set()  # another fork's, which says it in another way
    found = database.execute(
        """SELECT proposition_id FROM proposition_feedback
           WHERE rating = 'inaccurate' AND typeof(proposition_id) = 'integer'"""
    )
    return {row["proposition_id"] for row in found}


def _tables(database: sqlite3.Connection) -> set[str]:
    """No views, which could make up rows without end."""
    return {row["name"] for row in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def _count(database: sqlite3.Connection, table: str) -> int:
    return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _go_on(told: Told) -> int:
    """For SQLite, which may be asked something that takes for ever: not 0 where it shall leave off."""
    try:
        told(0, 0)
    except Exception:  # noqa: BLE001 - an exception cannot pass through SQLite; who told us to stop raises it again
        return 1
    return 0
