"""What others are called, where the words of which that is known go before what is believed: a trigger keeps it here.

Else pseudonyms would be undone: whoever was told “P-k3t9qa” last year would be told the name when the mail that showed
it to be one has expired. Of a name here stay the words that stand in what is believed, and no others.
"""

from __future__ import annotations

from gum_app.store.connect import Database
from gum_app.store.spelling import spelled


def keep_names_that_stand(database: Database) -> None:
    """After something went, within its transaction."""
    for row in database.all("SELECT name FROM names_of_others"):
        standing = " ".join(word for word in row["name"].split() if _stands(database, word))
        if standing == row["name"]:
            continue
        database.run("DELETE FROM names_of_others WHERE name = ?", (row["name"],))
        if standing:
            database.run("INSERT OR IGNORE INTO names_of_others (name) VALUES (?)", (standing,))


def _stands(database: Database, word: str) -> bool:
    words = spelled(word)
    return bool(words) and bool(
        database.value("SELECT count(*) FROM (SELECT 1 FROM proposition_words(?) LIMIT 1)", (f'"{words}"',))
    )
