"""What every table and column means, and what NULL means in it. The migrations make the tables; a test and `doctor`
compare them with this file.

Never imported while the app runs: SQLModel takes 40 MB and most of the second in which a window has to open. Hence the
statements are plain SQL, and these classes never hold a row.

Instants (`…_at`, `at`) are microseconds since 1970 in UTC; `utc_offset` is how many minutes the wall clock was ahead.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from sqlalchemy import CheckConstraint, Index, Integer, LargeBinary, Text, create_engine
from sqlalchemy import text as sql
from sqlalchemy.types import REAL
from sqlmodel import Field, SQLModel

from gum_app.store.connect import Database

# What SQLite itself and the full-text index keep for themselves, and the list of steps taken.
NOT_OURS = "name NOT LIKE 'sqlite_%' AND name NOT LIKE 'proposition_words%' AND name <> 'migrations'"


def _made_of(*parts: Any) -> tuple[Any, ...]:
    return (*parts, {"sqlite_strict": True})


def _counted(*parts: Any) -> tuple[Any, ...]:
    """An id is never given twice, so that a thought under way cannot mean another row than it did."""
    return (*parts, {"sqlite_strict": True, "sqlite_autoincrement": True})


def _id() -> Any:
    return Field(default=None, primary_key=True, sa_type=Integer)


def _to(column: str, *, when_gone: Literal["CASCADE", "SET NULL"] = "CASCADE", **more: Any) -> Any:
    return Field(foreign_key=column, ondelete=when_gone, sa_type=Integer, **more)


def _text(**more: Any) -> Any:
    return Field(sa_type=Text, **more)


def _whole(**more: Any) -> Any:
    return Field(sa_type=Integer, **more)


def _real(**more: Any) -> Any:
    return Field(sa_type=REAL, **more)


class ObservationRow(SQLModel, table=True):
    """One episode. Goes by forgetting and by retention."""

    __tablename__ = "observations"
    __table_args__ = _counted(
        Index("observations_by_start", "started_at", "ended_at", "utc_offset"),
        Index("observations_undigested", "started_at", sqlite_where=sql("digested_at IS NULL")),
        Index("observations_unproposed", "started_at", sqlite_where=sql("proposed_at IS NULL")),
    )
    id: int | None = _id()
    source: str = _text()
    app: str = _text()
    title: str = _text()
    url: str | None = _text()  # NULL: the platform did not tell
    started_at: int = _whole()
    ended_at: int = _whole()
    utc_offset: int = _whole()
    active_seconds: float = _real()
    keys: int | None = _whole()  # NULL: not counted on this machine
    fullscreen: int = _whole()
    in_call: int = _whole()
    dark_share: float | None = _real()  # NULL: no picture was taken
    is_open: int = _whole()  # 1: it still goes on, so nobody thinks about it yet
    attempts: int = _whole(sa_column_kwargs={"server_default": sql("0")})  # thoughts about it that failed
    digested_at: int | None = _whole()  # NULL: still to be thought about
    observed_at: int | None = _whole()  # NULL: no model has looked at its pictures
    observe_attempts: int = _whole(sa_column_kwargs={"server_default": sql("0")})  # looks of the model that failed
    proposed_at: int | None = _whole()  # NULL: the model has not yet concluded from it
    propose_attempts: int = _whole(sa_column_kwargs={"server_default": sql("0")})  # conclusions that failed


class ReadingRow(SQLModel, table=True):
    """The lines that one look added to an episode, packed (`lines.py`)."""

    __tablename__ = "readings"
    __table_args__ = _made_of()
    observation_id: int = _to("observations.id", primary_key=True)
    number: int = _whole(primary_key=True)  # 0, 1, 2… within its observation
    lines: bytes = Field(sa_type=LargeBinary)


class ThumbnailRow(SQLModel, table=True):
    """The small picture of an episode, where the person switched that on."""

    __tablename__ = "thumbnails"
    __table_args__ = _made_of(Index("thumbnails_by_time", "at"))
    observation_id: int | None = _to("observations.id", default=None, primary_key=True)
    at: int = _whole()
    jpeg: bytes = Field(sa_type=LargeBinary)


class FrameRow(SQLModel, table=True):
    """A picture that waits for the model: at most three an episode. Gone when looked at, or after two hours."""

    __tablename__ = "frames"
    __table_args__ = _counted(Index("frames_by_observation", "observation_id"), Index("frames_by_time", "at"))
    id: int | None = _id()
    observation_id: int = _to("observations.id")
    at: int = _whole()
    utc_offset: int = _whole()
    jpeg: bytes = Field(sa_type=LargeBinary)


class AccountRow(SQLModel, table=True):
    """What the person did in an episode, in the model's words. Goes with its observation."""

    __tablename__ = "accounts"
    __table_args__ = _made_of()
    observation_id: int | None = _to("observations.id", default=None, primary_key=True)
    did: str = _text()
    theirs: str = _text()  # a JSON array of texts
    others: str = _text()  # a JSON array of texts
    at: int = _whole()
    utc_offset: int = _whole()
    made_by: str = _text()


class CallRow(SQLModel, table=True):
    """One question to the model, as numbers. No word of what was asked or answered."""

    __tablename__ = "calls"
    __table_args__ = _counted(Index("calls_by_time", "at"))
    id: int | None = _id()
    at: int = _whole()
    utc_offset: int = _whole()
    step: str = _text()
    model: str = _text()
    prompt_tokens: int = _whole()
    reused_tokens: int = _whole()
    answer_tokens: int = _whole()
    pictures: int = _whole()
    pictures_reused: int = _whole()
    milliseconds: int = _whole()
    outcome: str = _text()


class SightingRow(SQLModel, table=True):
    """What a rule noticed in one observation about one topic. Goes with its observation."""

    __tablename__ = "sightings"
    __table_args__ = _counted(
        Index("sightings_by_topic", "topic", "at"), Index("sightings_by_observation", "observation_id")
    )
    id: int | None = _id()
    topic: str = _text()
    kind: str = _text()
    observation_id: int = _to("observations.id")
    at: int = _whole()
    utc_offset: int = _whole()
    app: str = _text()
    quote: str = _text()
    value: str = _text()
    supports: int = _whole()
    weight: float = _real()
    seconds: float = _real()
    detail: str = _text()  # a JSON object of texts


class SkipRow(SQLModel, table=True):
    """That nothing was looked at or kept, and by which rule; never what."""

    __tablename__ = "skips"
    __table_args__ = _counted(Index("skips_by_start", "started_at", "ended_at"))
    id: int | None = _id()
    started_at: int = _whole()
    ended_at: int = _whole()
    utc_offset: int = _whole()
    rule: str = _text()
    count: int = _whole()


class PropositionRow(SQLModel, table=True):
    """The fold of its revisions, written anew whenever one is added: a convenience for lists."""

    __tablename__ = "propositions"
    __table_args__ = _counted(
        CheckConstraint("half_life_days > 0"),
        Index(
            "propositions_to_list",
            *("state", "kind", "confidence", "last_supported_at", "half_life_days", "created_at"),
        ),
        Index(
            "propositions_by_text",
            *(sql("text COLLATE NOCASE"), "state", "kind", "confidence", "last_supported_at"),
        ),
        Index(
            "propositions_by_id",  # narrow, for hits of the full-text index
            *("id", "state", "kind", "confidence", "last_supported_at", "half_life_days"),
        ),
        Index("propositions_by_topic", "topic"),
        Index(
            "propositions_by_day",
            "value",
            sqlite_where=sql("value GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'"),
        ),
        Index("propositions_without_vector", "id", sqlite_where=sql("has_vector = 0")),
    )
    id: int | None = _id()
    text: str = _text()
    kind: str = _text()
    state: str = _text()
    topic: str = _text()
    value: str = _text()
    confidence: float = _real()
    confidence_raw: float = _real()
    ceiling: float = _real()
    half_life_days: float = _real()
    created_at: int = _whole()
    last_supported_at: int = _whole()
    utc_offset: int = _whole()
    pinned: int = _whole()
    edited: int = _whole()
    confirmed: int = _whole()
    evidence_count: int = _whole()
    # before calibration; `confidence` is what is shown
    confidence_evidence: float = _real(sa_column_kwargs={"server_default": sql("0")})
    made_by: str = _text(sa_column_kwargs={"server_default": sql("''")})  # the source whose track record counts
    has_vector: int = _whole(sa_column_kwargs={"server_default": sql("0")})  # 0: what its text means waits to be told


class VectorRow(SQLModel, table=True):
    """What the text of a proposition means, as the embedding model tells it: numbers from -127 to 127, one a byte.

    Their length says nothing, their direction all. Goes with the text.
    """

    __tablename__ = "vectors"
    __table_args__ = _made_of()
    proposition_id: int | None = _to("propositions.id", default=None, primary_key=True)
    vector: bytes = Field(sa_type=LargeBinary)


class VectorSignsRow(SQLModel, table=True):
    """The signs of the vectors of a thousand propositions, a bit a number: small enough to compare all (`signs.py`)."""

    __tablename__ = "vector_signs"
    __table_args__ = _made_of()
    block: int | None = Field(default=None, primary_key=True, sa_type=Integer)  # the ids from block * 1024 on
    version: int = _whole()  # another number whenever the signs are others
    signs: bytes = Field(sa_type=LargeBinary)


class EmbedderRow(SQLModel, table=True):
    """The one model that told all vectors there are. No row: there are none."""

    __tablename__ = "embedders"
    __table_args__ = _made_of()
    name: str = _text(primary_key=True)
    dimensions: int = _whole()


class RevisionRow(SQLModel, table=True):
    """One change of mind. Only ever added; only forgetting takes one away."""

    __tablename__ = "revisions"
    __table_args__ = _counted(
        Index("revisions_by_proposition", "proposition_id"),
        Index("revisions_by_the_person", "id", sqlite_where=sql("made_by = 'person'")),
        Index("revisions_undone", "undoes", sqlite_where=sql("undoes IS NOT NULL")),
        Index("revisions_with_another", "other_id", sqlite_where=sql("other_id IS NOT NULL")),
        Index("revisions_against_the_person", "proposition_id", sqlite_where=sql("kind = 'contradicted'")),
        Index("revisions_of_a_deed", "deed", sqlite_where=sql("deed IS NOT NULL")),
    )
    id: int | None = _id()
    proposition_id: int = _to("propositions.id")
    kind: str = _text()
    at: int = _whole()
    utc_offset: int = _whole()
    text: str = _text()
    why: str = _text()
    made_by: str = _text()
    confidence_raw: float = _real()
    ceiling: float = _real()
    half_life_days: float = _real()
    topic: str = _text()
    value: str = _text()
    proposition_kind: str = _text()
    undoes: int | None = _to("revisions.id")  # NULL: it takes nothing back
    # NULL: the change concerns no other proposition, or that one was forgotten
    other_id: int | None = _to("propositions.id", when_gone="SET NULL")
    deed: int | None = _whole()  # NULL: it was done alone


class EvidenceRow(SQLModel, table=True):
    """Words that speak for or against. Belongs to the revision that brought it."""

    __tablename__ = "evidence"
    __table_args__ = _counted(
        Index("evidence_by_revision", "revision_id"),
        Index("evidence_by_observation", "observation_id"),
        Index("evidence_by_time", "at", "revision_id"),
        Index("evidence_left_behind", "at", sqlite_where=sql("observation_id IS NULL")),
    )
    id: int | None = _id()
    revision_id: int = _to("revisions.id")
    # NULL: the observation went by retention. Forgetting takes the evidence too.
    observation_id: int | None = _to("observations.id", when_gone="SET NULL")
    quote: str = _text()
    supports: int = _whole()
    at: int = _whole()
    utc_offset: int = _whole()
    app: str = _text()
    weight: float = _real()


class FeedbackRow(SQLModel, table=True):
    """A verdict of the person on what was shown."""

    __tablename__ = "feedback"
    __table_args__ = _counted(
        Index("feedback_by_proposition", "proposition_id"),
        Index("feedback_by_spot_check", "spot_check_id", unique=True, sqlite_where=sql("spot_check_id IS NOT NULL")),
    )
    id: int | None = _id()
    proposition_id: int = _to("propositions.id")
    at: int = _whole()
    utc_offset: int = _whole()
    verdict: str = _text()
    confidence_shown: float = _real()
    made_by: str = _text()
    confidence_evidence: float = _real(sa_column_kwargs={"server_default": sql("0")})  # before calibration
    spot_check_id: int | None = _to("spot_checks.id", when_gone="SET NULL")  # NULL: given unasked


class SpotCheckRow(SQLModel, table=True):
    """A proposition that was drawn to be judged, as it was then. A row of `feedback` that names it answers it."""

    __tablename__ = "spot_checks"
    __table_args__ = _counted(Index("spot_checks_by_proposition", "proposition_id"))
    id: int | None = _id()
    drawn_at: int = _whole()  # one instant for all that were drawn together
    utc_offset: int = _whole()
    proposition_id: int = _to("propositions.id")
    made_by: str = _text()
    stratum: int = _whole()
    stratum_size: int = _whole()
    confidence_shown: float = _real()
    confidence_evidence: float = _real()
    skipped: int = _whole()


class InquiryRow(SQLModel, table=True):
    """A question to the person. Each is asked once, so a row stays when it is answered or has expired."""

    __tablename__ = "inquiries"
    __table_args__ = _counted(
        Index("inquiries_by_proposition", "proposition_id"),
        Index("inquiries_by_revision", "revision_id"),
    )
    id: int | None = _id()
    proposition_id: int = _to("propositions.id")
    revision_id: int | None = _to("revisions.id")  # NULL: asked because we are unsure
    asked_at: int = _whole()
    expires_at: int = _whole()
    utc_offset: int = _whole()
    answer: str | None = _text()  # NULL: not answered
    deed: int | None = _whole()  # NULL: the answer changed nothing, or there is none


class GrantRow(SQLModel, table=True):
    """What another program may be told, by the name that it gives itself. Like a setting, it outlives forgetting."""

    __tablename__ = "grants"
    __table_args__ = _made_of()
    client: str = _text(primary_key=True)
    asked_at: int = _whole()
    given_at: int | None = _whole()  # NULL: it has asked, and the person has not answered
    revoked_at: int | None = _whole()  # NULL: it was not taken back
    utc_offset: int = _whole()
    kinds: str = _text()  # JSON, a list; empty: all
    days: int | None = _whole()  # NULL: without limit
    quotes: int = _whole()


class DisclosureRow(SQLModel, table=True):
    """That a program was told something. A trigger empties the question when something told for it is forgotten."""

    __tablename__ = "disclosures"
    __table_args__ = _counted(Index("disclosures_by_time", "at"))
    id: int | None = _id()
    client: str = _text()
    at: int = _whole()
    utc_offset: int = _whole()
    verb: str = _text()
    question: str = _text()  # empty: none, or not kept
    with_quotes: int = _whole()


class DisclosedRow(SQLModel, table=True):
    """Which proposition was told in which disclosure."""

    __tablename__ = "disclosed"
    __table_args__ = _made_of(Index("disclosed_by_proposition", "proposition_id"))
    disclosure_id: int = _to("disclosures.id", primary_key=True)
    proposition_id: int = _to("propositions.id", primary_key=True)


class CurveRow(SQLModel, table=True):
    """What the verdicts made of the numbers of a source. Can be computed anew from `feedback` at any time."""

    __tablename__ = "curves"
    __table_args__ = _made_of(CheckConstraint("slope >= 0"))
    source: str = _text(primary_key=True)  # empty: all sources
    slope: float = _real()
    intercept: float = _real()
    verdicts: int = _whole()


class RulingRow(SQLModel, table=True):
    """What the audit decided of words of one kind, and never the words. Goes by forgetting and by retention."""

    __tablename__ = "rulings"
    __table_args__ = _counted(
        Index("rulings_by_kind", "matter", "keeping", "rule", "app", "whose"),
        Index("rulings_by_time", "ended_at"),
        Index("rulings_by_observation", "observation_id"),
    )
    id: int | None = _id()
    # NULL: nothing is kept of that episode, or it has expired.
    observation_id: int | None = _to("observations.id", when_gone="SET NULL")
    started_at: int = _whole()
    ended_at: int = _whole()
    utc_offset: int = _whole()
    app: str = _text()
    matter: str = _text()
    keeping: str = _text()
    rule: str = _text()
    whose: str = _text()
    count: int = _whole()


class ReluctanceRow(SQLModel, table=True):
    """How often the person rejected or forgot something of one kind: a number, and nothing of what it was."""

    __tablename__ = "reluctance"
    __table_args__ = _made_of()
    matter: str = _text(primary_key=True)
    count: int = _whole()


class SettingRow(SQLModel, table=True):
    """A setting that the person changed; one without a row has its default."""

    __tablename__ = "settings"
    __table_args__ = _made_of()
    name: str = _text(primary_key=True)
    value: str = _text()  # JSON


class PrivacyRuleRow(SQLModel, table=True):
    """A rule of the person's own. NULL: that field does not matter."""

    __tablename__ = "privacy_rules"
    __table_args__ = _made_of()
    name: str = _text(primary_key=True)
    app: str | None = _text()
    title: str | None = _text()
    address: str | None = _text()


class MarkRow(SQLModel, table=True):
    """How far something has come: `position` of a replay; `forgetting`, since when one waits to be finished;
    `recalibrated`, to which proposition new curves have been applied; `spot_check_offered`, when that was done last.
    """

    __tablename__ = "marks"
    __table_args__ = _made_of()
    name: str = _text(primary_key=True)
    value: int = _whole()


class ReplayRow(SQLModel, table=True):
    """What a replay must know to go on after a kill as if there had been none: ids, instants and flags, no words."""

    __tablename__ = "replays"
    __table_args__ = _made_of()
    recording: str = _text(primary_key=True)  # the fingerprint of its events: another recording is another life
    bookmark: str = _text()  # JSON


def differences(database: Database) -> list[str]:
    """Where the file and this declaration disagree, in sentences; empty where they do not."""
    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    with engine.connect() as declared:

        def ask(statement: str) -> list[Any]:
            return [tuple(row) for row in declared.exec_driver_sql(statement)]

        wanted = _shape(ask)
    engine.dispose()
    found = _shape(lambda statement: [tuple(row) for row in database.all(statement)])
    return [
        f"{what}: the file has {found.get(what)}, declared is {wanted.get(what)}."
        for what in sorted(wanted.keys() | found.keys())
        if wanted.get(what) != found.get(what)
    ]


def _shape(ask: Callable[[str], list[Any]]) -> dict[str, object]:
    """Columns, keys and indexes of every table, as SQLite itself describes them."""
    shape: dict[str, object] = {}
    for (table,) in ask(f"SELECT name FROM sqlite_master WHERE type = 'table' AND {NOT_OURS}"):
        shape[f"table {table}"] = ask(f"SELECT strict FROM pragma_table_list('{table}')")
        for _, name, kind, required, default, key, _ in ask(f"PRAGMA table_xinfo({table})"):
            shape[f"column {table}.{name}"] = (kind, required or key, default, key)
        for _, _, parent, child, to, _, when_gone, _ in ask(f"PRAGMA foreign_key_list({table})"):
            shape[f"key {table}.{child}"] = (parent, to, when_gone)
        for _, index, unique, _, partial in ask(f"PRAGMA index_list({table})"):
            columns = [
                (name, collation) for _, _, name, _, collation, is_key in ask(f"PRAGMA index_xinfo({index})") if is_key
            ]
            shape[f"index {index}"] = (unique, partial, columns)
    return shape
