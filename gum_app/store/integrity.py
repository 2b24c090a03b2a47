"""Whether the file is sound: its pages, marks, keys and index, what waits for the model and what it told, and that
every proposition is its fold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from gum_app.errors import DatabaseDamaged, HomeUnusable
from gum_app.records import Curve
from gum_app.store.beliefs import Fold, curves, indexed_words, revisions_of, row_values, standing_ids
from gum_app.store.connect import Database, Row
from gum_app.store.spelling import spelled
from gum_app.store.vectors import vector_faults
from gum_app.store.waiting import MOST_FRAMES

MOST_FAULTS = 100
AT_ONCE = 500  # propositions that are held in memory at once


def faults(database: Database, fold: Fold) -> list[str]:
    """In sentences that quote nothing of what is kept; empty where all is well."""
    checks: dict[str, Callable[[Database], list[str]]] = {
        "marks": _mark_faults,
        "pages": _page_faults,
        "keys": _key_faults,
        "index": _index_faults,
        "accounts": _account_faults,
        "pictures": _frame_faults,
        "verdicts": _verdict_faults,
        "vectors": vector_faults,
        "propositions": partial(_fold_faults, fold=fold),
    }
    found: list[str] = []
    for name, check in checks.items():
        try:
            found += check(database)
        except (DatabaseDamaged, HomeUnusable):  # after one broken page SQLCipher refuses whatever comes next
            found.append(f"The {name} cannot be read to the end.")
    return found[:MOST_FAULTS]


def _page_faults(database: Database) -> list[str]:
    # FTS5 (seen in SQLite 3.53) checks by what it remembers of its index, where another connection has written since:
    # a look brings it up to date.
    database.all("SELECT rowid FROM proposition_words WHERE proposition_words MATCH 'a' LIMIT 1")
    return [f"A page: {row[0]}." for row in database.all("PRAGMA integrity_check") if row[0] != "ok"]


def _mark_faults(database: Database) -> list[str]:
    """SQLCipher signs each page: one that was changed from outside, or written by half, does not fit its mark."""
    return [f"A mark: {row[0]}." for row in database.all("PRAGMA cipher_integrity_check")]


def _key_faults(database: Database) -> list[str]:
    return [
        f"A row of {row['table']} points to a row of {row['parent']} that is gone."
        for row in database.all("PRAGMA foreign_key_check")
    ]


def _index_faults(database: Database) -> list[str]:
    database.run("INSERT INTO proposition_words (proposition_words) VALUES ('integrity-check')")
    return [
        f"The index has words of proposition {row[0]}, which is gone."
        for row in database.all("SELECT rowid FROM proposition_words WHERE rowid NOT IN (SELECT id FROM propositions)")
    ]


def _account_faults(database: Database) -> list[str]:
    found = database.all(
        """SELECT observation_id, json_type(theirs) IS 'array' AND json_type(others) IS 'array' AS is_whole
           FROM (SELECT observation_id, iif(json_valid(theirs), theirs, '0') AS theirs,
                        iif(json_valid(others), others, '0') AS others FROM accounts) WHERE NOT is_whole"""
    )
    faults = [f"The account of observation {row['observation_id']} is not what an account is." for row in found]
    found = database.all(
        """SELECT observation_id FROM accounts JOIN observations ON observations.id = observation_id
           WHERE observed_at IS NULL"""
    )
    return faults + [f"Observation {row[0]} has an account, but nobody has looked at it." for row in found]


def _frame_faults(database: Database) -> list[str]:
    """A picture is kept only as long as somebody is to look at it."""
    found = database.all(
        """SELECT observation_id, observed_at IS NULL AND proposed_at IS NULL AS waits
           FROM frames JOIN observations ON observations.id = observation_id
           GROUP BY observation_id HAVING NOT waits OR count(*) > ?""",
        (MOST_FRAMES,),
    )
    return [f"Observation {row[0]} has pictures that nobody is to look at." for row in found]


def _verdict_faults(database: Database) -> list[str]:
    """A verdict answers a draw of the same proposition."""
    found = database.all(
        """SELECT feedback.id FROM feedback JOIN spot_checks ON spot_checks.id = spot_check_id
           WHERE feedback.proposition_id <> spot_checks.proposition_id OR skipped"""
    )
    return [f"Verdict {row[0]} answers a draw that is not its own." for row in found]


def _fold_faults(database: Database, fold: Fold) -> list[str]:
    """Where new curves are just being applied, what is shown of those that wait for it is not compared."""
    found: list[str] = []
    learned, last = curves(database), 0
    applied = database.value("SELECT value FROM marks WHERE name = 'recalibrated'")
    while rows := database.all(
        """SELECT propositions.*, proposition_words.text AS indexed_text, proposition_words.words AS indexed_words
           FROM propositions LEFT JOIN proposition_words ON proposition_words.rowid = propositions.id
           WHERE propositions.id > ? ORDER BY propositions.id LIMIT ?""",
        (last, AT_ONCE),
    ):
        for row in rows:
            waits = applied is not None and row["id"] > applied
            found += _faults_of(database, fold, row, learned, leave_out={"confidence"} if waits else set())
        last = rows[-1]["id"]
    return found


def _faults_of(
    database: Database, fold: Fold, row: Row, learned: Mapping[str, Curve], *, leave_out: set[str]
) -> list[str]:
    revisions = revisions_of(database, row["id"])
    if not standing_ids(revisions):
        return [f"Proposition {row['id']} has no revision that stands."]
    belief = fold(revisions, learned)
    values = {name: value for name, value in row_values(belief).items() if name not in leave_out}
    return _differences(row, values, indexed_words(belief.evidence))


def _differences(row: Row, folded: dict[str, object], words: str) -> list[str]:
    wrong = [name for name, value in folded.items() if row[name] != value]
    wrong += ["index of its text"] if row["indexed_text"] != spelled(str(folded["text"])) else []
    wrong += ["index of its words"] if row["indexed_words"] != spelled(words) else []
    return [f"Proposition {row['id']} is not the fold of its revisions: {', '.join(wrong)}."] if wrong else []
