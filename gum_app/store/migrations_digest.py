"""The step that makes the tables of the digest: what other programs showed, and what was judged of it."""

from __future__ import annotations

# The words of a notification stand in its observation and nowhere else: what is here goes with it.
WHAT_OTHERS_SHOWED = (
    """CREATE TABLE digest (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        observation_id INTEGER REFERENCES observations (id) ON DELETE CASCADE,
        at INTEGER NOT NULL,
        utc_offset INTEGER NOT NULL,
        urgency TEXT NOT NULL,
        count INTEGER NOT NULL,
        rule TEXT NOT NULL,
        attention TEXT,
        probability REAL,
        shown_at INTEGER,
        opinion TEXT,
        opinion_at INTEGER
    ) STRICT""",
    "CREATE INDEX digest_by_time ON digest (at)",
    "CREATE INDEX digest_by_observation ON digest (observation_id)",
    "CREATE INDEX digest_with_opinion ON digest (opinion_at) WHERE opinion IS NOT NULL",
    """CREATE TABLE digest_grounds (
        digest_id INTEGER NOT NULL REFERENCES digest (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        name TEXT NOT NULL,
        weight REAL NOT NULL,
        proposition_id INTEGER REFERENCES propositions (id) ON DELETE CASCADE,
        PRIMARY KEY (digest_id, number)
    ) STRICT""",
    "CREATE INDEX digest_grounds_by_proposition ON digest_grounds (proposition_id)",
)
