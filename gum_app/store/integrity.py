"""Whether the file is sound: its pages, its marks, its keys, its index, and that every proposition is its fold."""

from __future__ import annotations

from gum_app.errors import DatabaseDamaged
from gum_app.store.beliefs import Fold, indexed_words, revisions_of, row_values, standing_ids
from gum_app.store.connect import Database, Row

MOST_FAULTS = 100


def faults(database: Database, fold: Fold) -> list[str]:
    """In sentences that quote nothing of what is kept; empty where all is well."""
    found = [f"A page: {row[0]}." for row in database.all("PRAGMA integrity_check") if row[0] != "ok"]
    found += [f"A mark: {row[0]}." for row in database.all("PRAGMA cipher_integrity_check")]
    found += [
        f"A row of {row['table']} points to a row of {row['parent']} that is gone."
        for row in database.all("PRAGMA foreign_key_check")
    ]
    found += _index_faults(database)
    found += _fold_faults(database, fold)
    return found[:MOST_FAULTS]


def _index_faults(database: Database) -> list[str]:
    try:
        database.run("INSERT INTO proposition_words (proposition_words) VALUES ('integrity-check')")
    except DatabaseDamaged:
        return ["The index of words does not fit the words."]
    return []


def _fold_faults(database: Database, fold: Fold) -> list[str]:
    found = []
    for row in database.all(
        """SELECT propositions.*, proposition_words.text AS indexed_text, proposition_words.words AS indexed_words
           FROM propositions LEFT JOIN proposition_words ON proposition_words.rowid = propositions.id"""
    ):
        revisions = revisions_of(database, row["id"])
        if not standing_ids(revisions):
            found.append(f"Proposition {row['id']} has no revision that stands.")
        else:
            found += _differences(row, row_values(fold(revisions)), indexed_words(fold(revisions).evidence))
    for row in database.all("SELECT rowid FROM proposition_words WHERE rowid NOT IN (SELECT id FROM propositions)"):
        found.append(f"The index has words of proposition {row[0]}, which is gone.")
    return found


def _differences(row: Row, folded: dict[str, object], words: str) -> list[str]:
    wrong = [name for name, value in folded.items() if row[name] != value]
    wrong += ["index of its text"] if row["indexed_text"] != folded["text"] else []
    wrong += ["index of its words"] if row["indexed_words"] != words else []
    return [f"Proposition {row['id']} is not the fold of its revisions: {', '.join(wrong)}."] if wrong else []
