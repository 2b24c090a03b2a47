"""The steps that make the tables of help: what is offered, and what becomes of it."""

from __future__ import annotations

WHAT_IS_OFFERED = (
    """CREATE TABLE suggestions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        topic TEXT NOT NULL,
        title TEXT NOT NULL,
        why_now TEXT NOT NULL,
        act TEXT NOT NULL,
        belief REAL NOT NULL,
        benefit INTEGER NOT NULL,
        cost_wrong INTEGER NOT NULL,
        cost_silent INTEGER NOT NULL,
        good_until INTEGER NOT NULL,
        made_by TEXT NOT NULL,
        made_at INTEGER NOT NULL,
        utc_offset INTEGER NOT NULL,
        state TEXT NOT NULL,
        changed_at INTEGER NOT NULL,
        wanted REAL,
        silence TEXT,
        shown_at INTEGER,
        not_before INTEGER
    ) STRICT""",
    "CREATE INDEX suggestions_by_time ON suggestions (made_at)",
    "CREATE INDEX suggestions_by_state ON suggestions (state, changed_at)",
    """CREATE TABLE suggestion_because (
        suggestion_id INTEGER NOT NULL REFERENCES suggestions (id) ON DELETE CASCADE,
        proposition_id INTEGER NOT NULL REFERENCES propositions (id) ON DELETE CASCADE,
        PRIMARY KEY (suggestion_id, proposition_id)
    ) STRICT""",
    "CREATE INDEX suggestion_because_by_proposition ON suggestion_because (proposition_id)",
    """CREATE TRIGGER suggestions_go_with_what_is_believed AFTER DELETE ON suggestion_because BEGIN
        DELETE FROM suggestions WHERE id = OLD.suggestion_id;
    END""",
    """CREATE TABLE suggestion_seen (
        suggestion_id INTEGER NOT NULL REFERENCES suggestions (id) ON DELETE CASCADE,
        observation_id INTEGER NOT NULL REFERENCES observations (id) ON DELETE CASCADE,
        PRIMARY KEY (suggestion_id, observation_id)
    ) STRICT""",
    "CREATE INDEX suggestion_seen_by_observation ON suggestion_seen (observation_id)",
    """CREATE TRIGGER suggestions_go_with_what_was_seen AFTER DELETE ON suggestion_seen BEGIN
        DELETE FROM suggestions WHERE id = OLD.suggestion_id;
    END""",
    """CREATE TABLE silences (
        suggestion_id INTEGER NOT NULL REFERENCES suggestions (id) ON DELETE CASCADE,
        silence TEXT NOT NULL,
        first_at INTEGER NOT NULL,
        last_at INTEGER NOT NULL,
        utc_offset INTEGER NOT NULL,
        count INTEGER NOT NULL,
        PRIMARY KEY (suggestion_id, silence)
    ) STRICT""",
    "CREATE INDEX silences_by_time ON silences (last_at)",
    """CREATE TABLE suggestion_answers (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        suggestion_id INTEGER REFERENCES suggestions (id) ON DELETE SET NULL,
        kind TEXT NOT NULL,
        answer TEXT NOT NULL,
        at INTEGER NOT NULL,
        utc_offset INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX suggestion_answers_by_time ON suggestion_answers (at)",
    "CREATE INDEX suggestion_answers_by_suggestion ON suggestion_answers (suggestion_id)",
    """CREATE TABLE reminders (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        suggestion_id INTEGER REFERENCES suggestions (id) ON DELETE CASCADE,
        text TEXT NOT NULL,
        due_at INTEGER NOT NULL,
        made_at INTEGER NOT NULL,
        utc_offset INTEGER NOT NULL,
        fired_at INTEGER,
        done INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX reminders_by_time ON reminders (due_at)",
    "CREATE INDEX reminders_by_suggestion ON reminders (suggestion_id)",
    """CREATE TABLE suggestion_deeds (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        suggestion_id INTEGER NOT NULL REFERENCES suggestions (id) ON DELETE CASCADE,
        reminder_id INTEGER REFERENCES reminders (id) ON DELETE SET NULL,
        act TEXT NOT NULL,
        at INTEGER NOT NULL,
        utc_offset INTEGER NOT NULL,
        result TEXT NOT NULL,
        path TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        undone_at INTEGER
    ) STRICT""",
    "CREATE INDEX suggestion_deeds_by_suggestion ON suggestion_deeds (suggestion_id)",
)
