"""What makes the file and brings an older one up to date: small named steps, only ever added at the end.

A step and the record that it was taken are one transaction. Before an existing file is changed it is copied; the copy
goes when the file has proved sound, because a copy would remember what the person forgets. What the columns mean, and
what NULL means in them, stands in `schema.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gum_app.errors import DatabaseDamaged, HomeUnusable
from gum_app.store.connect import Database
from gum_app.store.migrations_digest import WHAT_OTHERS_SHOWED
from gum_app.store.migrations_help import WHAT_IS_OFFERED
from gum_app.store.spelling import spelled

Migration = tuple[str, tuple[str, ...]]

# Words of a changed or deleted row leave the index at once instead of at some later merge.
_AT_ONCE = "INSERT INTO proposition_words (proposition_words, rank) VALUES ('secure-delete', 1)"
_THE_FIRST_INDEX_OF_WORDS: tuple[str, ...] = (
    """CREATE VIRTUAL TABLE proposition_words
        USING fts5 (text, words, tokenize = 'porter unicode61 remove_diacritics 2', prefix = '2 3')""",
    _AT_ONCE,
)
# `spelling.py` makes the tokens: the index only has to part them at the blanks, which its plainest tokenizer does.
INDEX_OF_WORDS: tuple[str, ...] = (
    """CREATE VIRTUAL TABLE proposition_words
        USING fts5 (text, words, tokenize = "ascii tokenchars '+#'", prefix = '2 3')""",
    _AT_ONCE,
)
DROP_INDEX_OF_WORDS = "DROP TABLE proposition_words"

THE_FIRST_TABLES: tuple[str, ...] = (
    """CREATE TABLE observations (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        source TEXT NOT NULL,
        app TEXT NOT NULL,
        title TEXT NOT NULL,
        url TEXT,
        started_at INTEGER NOT NULL,
        ended_at INTEGER NOT NULL,
        utc_offset INTEGER NOT NULL,
        active_seconds REAL NOT NULL,
        keys INTEGER,
        fullscreen INTEGER NOT NULL,
        in_call INTEGER NOT NULL,
        dark_share REAL,
        is_open INTEGER NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        digested_at INTEGER
    ) STRICT""",
    "CREATE INDEX observations_by_start ON observations (started_at, ended_at, utc_offset)",
    "CREATE INDEX observations_undigested ON observations (started_at) WHERE digested_at IS NULL",
    """CREATE TABLE readings (
        observation_id INTEGER NOT NULL REFERENCES observations (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        lines BLOB NOT NULL,
        PRIMARY KEY (observation_id, number)
    ) STRICT""",
    """CREATE TABLE thumbnails (
        observation_id INTEGER PRIMARY KEY REFERENCES observations (id) ON DELETE CASCADE,
        at INTEGER NOT NULL,
        jpeg BLOB NOT NULL
    ) STRICT""",
    "CREATE INDEX thumbnails_by_time ON thumbnails (at)",
    """CREATE TABLE sightings (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        topic TEXT NOT NULL,
        kind TEXT NOT NULL,
        observation_id INTEGER NOT NULL REFERENCES observations (id) ON DELETE CASCADE,
        at INTEGER NOT NULL,
        utc_offset INTEGER NOT NULL,
        app TEXT NOT NULL,
        quote TEXT NOT NULL,
        value TEXT NOT NULL,
        supports INTEGER NOT NULL,
        weight REAL NOT NULL,
        seconds REAL NOT NULL,
        detail TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX sightings_by_topic ON sightings (topic, at)",
    "CREATE INDEX sightings_by_observation ON sightings (observation_id)",
    """CREATE TABLE skips (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        started_at INTEGER NOT NULL,
        ended_at INTEGER NOT NULL,
        utc_offset INTEGER NOT NULL,
        rule TEXT NOT NULL,
        count INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX skips_by_start ON skips (started_at, ended_at)",
    """CREATE TABLE propositions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        text TEXT NOT NULL,
        kind TEXT NOT NULL,
        state TEXT NOT NULL,
        topic TEXT NOT NULL,
        value TEXT NOT NULL,
        confidence REAL NOT NULL,
        confidence_raw REAL NOT NULL,
        ceiling REAL NOT NULL,
        half_life_days REAL NOT NULL CHECK (half_life_days > 0),
        created_at INTEGER NOT NULL,
        last_supported_at INTEGER NOT NULL,
        utc_offset INTEGER NOT NULL,
        pinned INTEGER NOT NULL,
        edited INTEGER NOT NULL,
        confirmed INTEGER NOT NULL,
        evidence_count INTEGER NOT NULL
    ) STRICT""",
    """CREATE INDEX propositions_to_list
        ON propositions (state, kind, confidence, last_supported_at, half_life_days, created_at)""",
    """CREATE INDEX propositions_by_text
        ON propositions (text COLLATE NOCASE, state, kind, confidence, last_supported_at)""",
    """CREATE INDEX propositions_by_id
        ON propositions (id, state, kind, confidence, last_supported_at, half_life_days)""",
    "CREATE INDEX propositions_by_topic ON propositions (topic)",
    """CREATE TABLE revisions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        proposition_id INTEGER NOT NULL REFERENCES propositions (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        at INTEGER NOT NULL,
        utc_offset INTEGER NOT NULL,
        text TEXT NOT NULL,
        why TEXT NOT NULL,
        made_by TEXT NOT NULL,
        confidence_raw REAL NOT NULL,
        ceiling REAL NOT NULL,
        half_life_days REAL NOT NULL,
        topic TEXT NOT NULL,
        value TEXT NOT NULL,
        proposition_kind TEXT NOT NULL,
        undoes INTEGER REFERENCES revisions (id) ON DELETE CASCADE
    ) STRICT""",
    "CREATE INDEX revisions_by_proposition ON revisions (proposition_id)",
    "CREATE INDEX revisions_by_the_person ON revisions (id) WHERE made_by = 'person'",
    "CREATE INDEX revisions_undone ON revisions (undoes) WHERE undoes IS NOT NULL",
    """CREATE TABLE evidence (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        revision_id INTEGER NOT NULL REFERENCES revisions (id) ON DELETE CASCADE,
        observation_id INTEGER REFERENCES observations (id) ON DELETE SET NULL,
        quote TEXT NOT NULL,
        supports INTEGER NOT NULL,
        at INTEGER NOT NULL,
        utc_offset INTEGER NOT NULL,
        app TEXT NOT NULL,
        weight REAL NOT NULL
    ) STRICT""",
    "CREATE INDEX evidence_by_revision ON evidence (revision_id)",
    "CREATE INDEX evidence_by_observation ON evidence (observation_id)",
    "CREATE INDEX evidence_left_behind ON evidence (at) WHERE observation_id IS NULL",
    """CREATE TABLE feedback (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        proposition_id INTEGER NOT NULL REFERENCES propositions (id) ON DELETE CASCADE,
        at INTEGER NOT NULL,
        utc_offset INTEGER NOT NULL,
        verdict TEXT NOT NULL,
        confidence_shown REAL NOT NULL,
        made_by TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX feedback_by_proposition ON feedback (proposition_id)",
    "CREATE TABLE settings (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT",
    """CREATE TABLE privacy_rules (
        name TEXT PRIMARY KEY NOT NULL,
        app TEXT,
        title TEXT,
        address TEXT
    ) STRICT""",
    "CREATE TABLE marks (name TEXT PRIMARY KEY NOT NULL, value INTEGER NOT NULL) STRICT",
    *_THE_FIRST_INDEX_OF_WORDS,
)

WHERE_A_REPLAY_STANDS: tuple[str, ...] = (
    "CREATE TABLE replays (recording TEXT PRIMARY KEY NOT NULL, bookmark TEXT NOT NULL) STRICT",
)

WHAT_THE_MODEL_NEEDS: tuple[str, ...] = (
    """CREATE TABLE frames (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        observation_id INTEGER NOT NULL REFERENCES observations (id) ON DELETE CASCADE,
        at INTEGER NOT NULL,
        utc_offset INTEGER NOT NULL,
        jpeg BLOB NOT NULL
    ) STRICT""",
    "CREATE INDEX frames_by_observation ON frames (observation_id)",
    "CREATE INDEX frames_by_time ON frames (at)",
    """CREATE TABLE accounts (
        observation_id INTEGER PRIMARY KEY REFERENCES observations (id) ON DELETE CASCADE,
        did TEXT NOT NULL,
        theirs TEXT NOT NULL,
        others TEXT NOT NULL,
        at INTEGER NOT NULL,
        utc_offset INTEGER NOT NULL,
        made_by TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE calls (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        utc_offset INTEGER NOT NULL,
        step TEXT NOT NULL,
        model TEXT NOT NULL,
        prompt_tokens INTEGER NOT NULL,
        reused_tokens INTEGER NOT NULL,
        answer_tokens INTEGER NOT NULL,
        pictures INTEGER NOT NULL,
        pictures_reused INTEGER NOT NULL,
        milliseconds INTEGER NOT NULL,
        outcome TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX calls_by_time ON calls (at)",
    "ALTER TABLE observations ADD COLUMN observed_at INTEGER",
    "ALTER TABLE observations ADD COLUMN observe_attempts INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE observations ADD COLUMN proposed_at INTEGER",
    "ALTER TABLE observations ADD COLUMN propose_attempts INTEGER NOT NULL DEFAULT 0",
    # What was seen before there was a model is not for it: it need not chew the whole past.
    "UPDATE observations SET observed_at = ended_at, proposed_at = ended_at",
    "CREATE INDEX observations_unproposed ON observations (started_at) WHERE proposed_at IS NULL",
)

WHAT_BECAME_OF_WHAT: tuple[str, ...] = (
    "ALTER TABLE revisions ADD COLUMN other_id INTEGER REFERENCES propositions (id) ON DELETE SET NULL",
    "ALTER TABLE revisions ADD COLUMN deed INTEGER",
    "CREATE INDEX revisions_with_another ON revisions (other_id) WHERE other_id IS NOT NULL",
    "CREATE INDEX revisions_of_a_deed ON revisions (deed) WHERE deed IS NOT NULL",
)

HOW_SURE_HOW_RIGHT: tuple[str, ...] = (
    "ALTER TABLE propositions ADD COLUMN confidence_evidence REAL NOT NULL DEFAULT 0",
    "ALTER TABLE propositions ADD COLUMN made_by TEXT NOT NULL DEFAULT ''",
    # Until now nothing was recalibrated: what was shown is what evidence made of it.
    """UPDATE propositions SET confidence_evidence = confidence, confidence = min(max(confidence, 0.01), 0.99),
           made_by = coalesce((SELECT revisions.made_by FROM revisions WHERE proposition_id = propositions.id
                               ORDER BY revisions.id LIMIT 1), '')""",
    """CREATE TABLE curves (
        source TEXT PRIMARY KEY NOT NULL,
        slope REAL NOT NULL CHECK (slope >= 0),
        intercept REAL NOT NULL,
        verdicts INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE spot_checks (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        drawn_at INTEGER NOT NULL,
        utc_offset INTEGER NOT NULL,
        proposition_id INTEGER NOT NULL REFERENCES propositions (id) ON DELETE CASCADE,
        made_by TEXT NOT NULL,
        stratum INTEGER NOT NULL,
        stratum_size INTEGER NOT NULL,
        confidence_shown REAL NOT NULL,
        confidence_evidence REAL NOT NULL,
        skipped INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX spot_checks_by_proposition ON spot_checks (proposition_id)",
    "ALTER TABLE feedback ADD COLUMN confidence_evidence REAL NOT NULL DEFAULT 0",
    "ALTER TABLE feedback ADD COLUMN spot_check_id INTEGER REFERENCES spot_checks (id) ON DELETE SET NULL",
    "UPDATE feedback SET confidence_evidence = confidence_shown",
    "CREATE UNIQUE INDEX feedback_by_spot_check ON feedback (spot_check_id) WHERE spot_check_id IS NOT NULL",
)

WHAT_THE_AUDIT_DECIDED: tuple[str, ...] = (
    """CREATE TABLE rulings (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        observation_id INTEGER REFERENCES observations (id) ON DELETE SET NULL,
        started_at INTEGER NOT NULL,
        ended_at INTEGER NOT NULL,
        utc_offset INTEGER NOT NULL,
        app TEXT NOT NULL,
        matter TEXT NOT NULL,
        keeping TEXT NOT NULL,
        rule TEXT NOT NULL,
        whose TEXT NOT NULL,
        count INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX rulings_by_kind ON rulings (matter, keeping, rule, app, whose)",
    "CREATE INDEX rulings_by_time ON rulings (ended_at)",
    "CREATE INDEX rulings_by_observation ON rulings (observation_id)",
    "CREATE TABLE reluctance (matter TEXT PRIMARY KEY NOT NULL, count INTEGER NOT NULL) STRICT",
)

WHAT_RETRIEVING_NEEDS: tuple[str, ...] = (
    "ALTER TABLE propositions ADD COLUMN has_vector INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX propositions_without_vector ON propositions (id) WHERE has_vector = 0",
    """CREATE TABLE vectors (
        proposition_id INTEGER PRIMARY KEY REFERENCES propositions (id) ON DELETE CASCADE,
        vector BLOB NOT NULL
    ) STRICT""",
    "CREATE TABLE vector_signs (block INTEGER PRIMARY KEY, version INTEGER NOT NULL, signs BLOB NOT NULL) STRICT",
    "CREATE TABLE embedders (name TEXT PRIMARY KEY NOT NULL, dimensions INTEGER NOT NULL) STRICT",
    "CREATE INDEX evidence_by_time ON evidence (at, revision_id)",
    """CREATE INDEX propositions_by_day ON propositions (value)
        WHERE value GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'""",
    "ALTER TABLE proposition_words RENAME TO older_words",
    *INDEX_OF_WORDS,
    "INSERT INTO proposition_words (rowid, text, words) SELECT rowid, spelled(text), spelled(words) FROM older_words",
    "DROP TABLE older_words",
)

WHAT_THE_PERSON_IS_ASKED: tuple[str, ...] = (
    """CREATE TABLE inquiries (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        proposition_id INTEGER NOT NULL REFERENCES propositions (id) ON DELETE CASCADE,
        revision_id INTEGER REFERENCES revisions (id) ON DELETE CASCADE,
        asked_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        utc_offset INTEGER NOT NULL,
        answer TEXT,
        deed INTEGER
    ) STRICT""",
    "CREATE INDEX inquiries_by_proposition ON inquiries (proposition_id)",
    "CREATE INDEX inquiries_by_revision ON inquiries (revision_id)",
    "CREATE INDEX revisions_against_the_person ON revisions (proposition_id) WHERE kind = 'contradicted'",
)

# A question may hold the words of what was told for it: it goes with the first of that which is forgotten.
WHAT_OTHER_PROGRAMS_ARE_TOLD: tuple[str, ...] = (
    """CREATE TABLE grants (
        client TEXT PRIMARY KEY NOT NULL,
        asked_at INTEGER NOT NULL,
        given_at INTEGER,
        revoked_at INTEGER,
        utc_offset INTEGER NOT NULL,
        kinds TEXT NOT NULL,
        days INTEGER,
        quotes INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE disclosures (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        client TEXT NOT NULL,
        at INTEGER NOT NULL,
        utc_offset INTEGER NOT NULL,
        verb TEXT NOT NULL,
        question TEXT NOT NULL,
        with_quotes INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX disclosures_by_time ON disclosures (at)",
    """CREATE TABLE disclosed (
        disclosure_id INTEGER NOT NULL REFERENCES disclosures (id) ON DELETE CASCADE,
        proposition_id INTEGER NOT NULL REFERENCES propositions (id) ON DELETE CASCADE,
        PRIMARY KEY (disclosure_id, proposition_id)
    ) STRICT""",
    "CREATE INDEX disclosed_by_proposition ON disclosed (proposition_id)",
    """CREATE TRIGGER questions_are_forgotten AFTER DELETE ON disclosed BEGIN
        UPDATE disclosures SET question = '' WHERE id = OLD.disclosure_id;
    END""",
)

WHAT_ELSE_PROGRAMS_ARE_TOLD: tuple[str, ...] = (
    "ALTER TABLE grants ADD COLUMN activity INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE grants ADD COLUMN pseudonyms INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE disclosures ADD COLUMN with_pseudonyms INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE disclosures ADD COLUMN episodes INTEGER NOT NULL DEFAULT 0",
    """CREATE TABLE disclosed_episodes (
        disclosure_id INTEGER NOT NULL REFERENCES disclosures (id) ON DELETE CASCADE,
        observation_id INTEGER NOT NULL REFERENCES observations (id) ON DELETE CASCADE,
        PRIMARY KEY (disclosure_id, observation_id)
    ) STRICT""",
    "CREATE INDEX disclosed_episodes_by_observation ON disclosed_episodes (observation_id)",
)

# What of an import has expired is still known by its fingerprint, so that nothing is counted a second time.
WHAT_IS_BROUGHT_IN: tuple[str, ...] = (
    """CREATE TABLE imports (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        began_at INTEGER NOT NULL,
        ended_at INTEGER,
        utc_offset INTEGER NOT NULL,
        left_out INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE imported (
        fingerprint TEXT PRIMARY KEY NOT NULL,
        content TEXT NOT NULL,
        version INTEGER NOT NULL,
        import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
        observation_id INTEGER REFERENCES observations (id) ON DELETE SET NULL,
        app TEXT NOT NULL,
        started_at INTEGER NOT NULL,
        ended_at INTEGER NOT NULL,
        utc_offset INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX imported_by_import ON imported (import_id)",
    "CREATE INDEX imported_by_observation ON imported (observation_id)",
)

WHAT_OTHERS_ARE_CALLED: tuple[str, ...] = (
    "CREATE TABLE names_of_others (name TEXT PRIMARY KEY NOT NULL) STRICT",
    """CREATE TRIGGER names_stay AFTER DELETE ON sightings
    WHEN substr(OLD.topic, 1, 7) = 'person:' OR substr(OLD.topic, 1, 5) IN ('mail:', 'said:') BEGIN
        INSERT OR IGNORE INTO names_of_others (name)
        SELECT name FROM (
            SELECT CASE
                WHEN substr(OLD.topic, 1, 7) = 'person:' THEN json_extract(OLD.detail, '$.name')
                WHEN substr(OLD.topic, 1, 5) = 'mail:' THEN json_extract(OLD.detail, '$.sender')
                WHEN json_extract(OLD.detail, '$.medium') IN ('mail', 'message') THEN json_extract(OLD.detail, '$.to')
            END AS name
        ) WHERE name <> '';
    END""",
)

MIGRATIONS: tuple[Migration, ...] = (
    ("the first tables", THE_FIRST_TABLES),
    ("where a replay stands", WHERE_A_REPLAY_STANDS),
    ("what the model needs", WHAT_THE_MODEL_NEEDS),
    ("what became of what", WHAT_BECAME_OF_WHAT),
    ("how sure how right", HOW_SURE_HOW_RIGHT),
    ("what the audit decided", WHAT_THE_AUDIT_DECIDED),
    ("what retrieving needs", WHAT_RETRIEVING_NEEDS),
    ("what the person is asked", WHAT_THE_PERSON_IS_ASKED),
    ("what other programs are told", WHAT_OTHER_PROGRAMS_ARE_TOLD),
    ("what is offered", WHAT_IS_OFFERED),
    ("what others showed", WHAT_OTHERS_SHOWED),
    ("what else programs are told", WHAT_ELSE_PROGRAMS_ARE_TOLD),
    ("what is brought in", WHAT_IS_BROUGHT_IN),
    ("what others are called", WHAT_OTHERS_ARE_CALLED),
)

STEPS_TAKEN = "CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY NOT NULL) STRICT"


def migrate(database: Database, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Take the steps that this file has not seen. Raises HomeUnusable where a newer program wrote it."""
    database.define("spelled", spelled)
    taken = steps_taken(database)
    if taken != {name for name, _ in migrations[: len(taken)]}:
        raise HomeUnusable(f"The database {database.path} was written by a newer gum-app: install that version.")
    pending = migrations[len(taken) :]
    if not pending:
        drop_copies(database.path)
        return
    if taken:
        database.copy_to(copy_of(database.path, pending[0][0]))
    for name, statements in pending:
        with database.transaction():
            database.run(STEPS_TAKEN)
            for statement in statements:
                database.run(statement)
            database.run("INSERT INTO migrations (name) VALUES (?)", (name,))
    if database.value("PRAGMA quick_check(1)") != "ok":
        raise DatabaseDamaged(f"The database {database.path} is damaged since its update; the copy beside it is not.")
    drop_copies(database.path)


def steps_taken(database: Database) -> set[str]:
    if not database.value("SELECT count(*) FROM sqlite_master WHERE name = 'migrations'"):
        return set()
    return {row["name"] for row in database.all("SELECT name FROM migrations")}


def copy_of(path: Path, step: str) -> Path:
    return path.with_name(f"{path.name}.before-{step.replace(' ', '-')}")


def drop_copies(path: Path) -> None:
    """Overwriting is not needed: a copy is encrypted like the file itself."""
    for copy in path.parent.glob(f"{path.name}.before-*"):
        copy.unlink()
