"""What every table and column means, and what NULL means in it. The migrations make the tables; a test and `doctor`
compare them with this file.

Never imported while the app runs: SQLModel takes 40 MB and most of the second in which a window has to open. Hence the
statements are plain SQL, and these classes never hold a row.

Instants (`…_at`, `at`) are microseconds since 1970 in UTC; `utc_offset` is how many minutes the wall clock was ahead.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import CheckConstraint, Index, Integer, LargeBinary, create_engine
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from gum_app.store import schema_digest, schema_help
from gum_app.store.columns import a_key, a_real, a_text, a_whole, an_id, counted, made_of
from gum_app.store.connect import Database

DECLARED = (*schema_help.DECLARED, *schema_digest.DECLARED)  # elsewhere, and compared with these

# What SQLite itself and the full-text index keep for themselves, and the list of steps taken.
NOT_OURS = "name NOT LIKE 'sqlite_%' AND name NOT LIKE 'proposition_words%' AND name <> 'migrations'"


class ObservationRow(SQLModel, table=True):
    """One episode. Goes by forgetting and by retention."""

    __tablename__ = "observations"
    __table_args__ = counted(
        Index("observations_by_start", "started_at", "ended_at", "utc_offset"),
        Index("observations_undigested", "started_at", sqlite_where=sql("digested_at IS NULL")),
        Index("observations_unproposed", "started_at", sqlite_where=sql("proposed_at IS NULL")),
    )
    id: int | None = an_id()
    source: str = a_text()
    app: str = a_text()
    title: str = a_text()
    url: str | None = a_text()  # NULL: the platform did not tell
    started_at: int = a_whole()
    ended_at: int = a_whole()
    utc_offset: int = a_whole()
    active_seconds: float = a_real()
    keys: int | None = a_whole()  # NULL: not counted on this machine
    fullscreen: int = a_whole()
    in_call: int = a_whole()
    dark_share: float | None = a_real()  # NULL: no picture was taken
    is_open: int = a_whole()  # 1: it still goes on, so nobody thinks about it yet
    attempts: int = a_whole(sa_column_kwargs={"server_default": sql("0")})  # thoughts about it that failed
    digested_at: int | None = a_whole()  # NULL: still to be thought about
    observed_at: int | None = a_whole()  # NULL: no model has looked at its pictures
    observe_attempts: int = a_whole(sa_column_kwargs={"server_default": sql("0")})  # looks of the model that failed
    proposed_at: int | None = a_whole()  # NULL: the model has not yet concluded from it
    propose_attempts: int = a_whole(sa_column_kwargs={"server_default": sql("0")})  # conclusions that failed


class ReadingRow(SQLModel, table=True):
    """The lines that one look added to an episode, packed (`lines.py`)."""

    __tablename__ = "readings"
    __table_args__ = made_of()
    observation_id: int = a_key("observations.id", primary_key=True)
    number: int = a_whole(primary_key=True)  # 0, 1, 2… within its observation
    lines: bytes = Field(sa_type=LargeBinary)


class ThumbnailRow(SQLModel, table=True):
    """The small picture of an episode, where the person switched that on."""

    __tablename__ = "thumbnails"
    __table_args__ = made_of(Index("thumbnails_by_time", "at"))
    observation_id: int | None = a_key("observations.id", default=None, primary_key=True)
    at: int = a_whole()
    jpeg: bytes = Field(sa_type=LargeBinary)


class FrameRow(SQLModel, table=True):
    """A picture that waits for the model: at most three an episode. Gone when looked at, or after two hours."""

    __tablename__ = "frames"
    __table_args__ = counted(Index("frames_by_observation", "observation_id"), Index("frames_by_time", "at"))
    id: int | None = an_id()
    observation_id: int = a_key("observations.id")
    at: int = a_whole()
    utc_offset: int = a_whole()
    jpeg: bytes = Field(sa_type=LargeBinary)


class AccountRow(SQLModel, table=True):
    """What the person did in an episode, in the model's words. Goes with its observation."""

    __tablename__ = "accounts"
    __table_args__ = made_of()
    observation_id: int | None = a_key("observations.id", default=None, primary_key=True)
    did: str = a_text()
    theirs: str = a_text()  # a JSON array of texts
    others: str = a_text()  # a JSON array of texts
    at: int = a_whole()
    utc_offset: int = a_whole()
    made_by: str = a_text()


class CallRow(SQLModel, table=True):
    """One question to the model, as numbers. No word of what was asked or answered."""

    __tablename__ = "calls"
    __table_args__ = counted(Index("calls_by_time", "at"))
    id: int | None = an_id()
    at: int = a_whole()
    utc_offset: int = a_whole()
    step: str = a_text()
    model: str = a_text()
    prompt_tokens: int = a_whole()
    reused_tokens: int = a_whole()
    answer_tokens: int = a_whole()
    pictures: int = a_whole()
    pictures_reused: int = a_whole()
    milliseconds: int = a_whole()
    outcome: str = a_text()


class SightingRow(SQLModel, table=True):
    """What a rule noticed in one observation about one topic. Goes with its observation."""

    __tablename__ = "sightings"
    __table_args__ = counted(
        Index("sightings_by_topic", "topic", "at"), Index("sightings_by_observation", "observation_id")
    )
    id: int | None = an_id()
    topic: str = a_text()
    kind: str = a_text()
    observation_id: int = a_key("observations.id")
    at: int = a_whole()
    utc_offset: int = a_whole()
    app: str = a_text()
    quote: str = a_text()
    value: str = a_text()
    supports: int = a_whole()
    weight: float = a_real()
    seconds: float = a_real()
    detail: str = a_text()  # a JSON object of texts


class SkipRow(SQLModel, table=True):
    """That nothing was looked at or kept, and by which rule; never what."""

    __tablename__ = "skips"
    __table_args__ = counted(Index("skips_by_start", "started_at", "ended_at"))
    id: int | None = an_id()
    started_at: int = a_whole()
    ended_at: int = a_whole()
    utc_offset: int = a_whole()
    rule: str = a_text()
    count: int = a_whole()


class PropositionRow(SQLModel, table=True):
    """The fold of its revisions, written anew whenever one is added: a convenience for lists."""

    __tablename__ = "propositions"
    __table_args__ = counted(
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
    id: int | None = an_id()
    text: str = a_text()
    kind: str = a_text()
    state: str = a_text()
    topic: str = a_text()
    value: str = a_text()
    confidence: float = a_real()
    confidence_raw: float = a_real()
    ceiling: float = a_real()
    half_life_days: float = a_real()
    created_at: int = a_whole()
    last_supported_at: int = a_whole()
    utc_offset: int = a_whole()
    pinned: int = a_whole()
    edited: int = a_whole()
    confirmed: int = a_whole()
    evidence_count: int = a_whole()
    # before calibration; `confidence` is what is shown
    confidence_evidence: float = a_real(sa_column_kwargs={"server_default": sql("0")})
    made_by: str = a_text(sa_column_kwargs={"server_default": sql("''")})  # the source whose track record counts
    has_vector: int = a_whole(sa_column_kwargs={"server_default": sql("0")})  # 0: what its text means waits to be told


class VectorRow(SQLModel, table=True):
    """What the text of a proposition means, as the embedding model tells it: numbers from -127 to 127, one a byte.

    Their length says nothing, their direction all. Goes with the text.
    """

    __tablename__ = "vectors"
    __table_args__ = made_of()
    proposition_id: int | None = a_key("propositions.id", default=None, primary_key=True)
    vector: bytes = Field(sa_type=LargeBinary)


class VectorSignsRow(SQLModel, table=True):
    """The signs of the vectors of a thousand propositions, a bit a number: small enough to compare all (`signs.py`)."""

    __tablename__ = "vector_signs"
    __table_args__ = made_of()
    block: int | None = Field(default=None, primary_key=True, sa_type=Integer)  # the ids from block * 1024 on
    version: int = a_whole()  # another number whenever the signs are others
    signs: bytes = Field(sa_type=LargeBinary)


class EmbedderRow(SQLModel, table=True):
    """The one model that told all vectors there are. No row: there are none."""

    __tablename__ = "embedders"
    __table_args__ = made_of()
    name: str = a_text(primary_key=True)
    dimensions: int = a_whole()


class RevisionRow(SQLModel, table=True):
    """One change of mind. Only ever added; only forgetting takes one away."""

    __tablename__ = "revisions"
    __table_args__ = counted(
        Index("revisions_by_proposition", "proposition_id"),
        Index("revisions_by_the_person", "id", sqlite_where=sql("made_by = 'person'")),
        Index("revisions_undone", "undoes", sqlite_where=sql("undoes IS NOT NULL")),
        Index("revisions_with_another", "other_id", sqlite_where=sql("other_id IS NOT NULL")),
        Index("revisions_against_the_person", "proposition_id", sqlite_where=sql("kind = 'contradicted'")),
        Index("revisions_of_a_deed", "deed", sqlite_where=sql("deed IS NOT NULL")),
    )
    id: int | None = an_id()
    proposition_id: int = a_key("propositions.id")
    kind: str = a_text()
    at: int = a_whole()
    utc_offset: int = a_whole()
    text: str = a_text()
    why: str = a_text()
    made_by: str = a_text()
    confidence_raw: float = a_real()
    ceiling: float = a_real()
    half_life_days: float = a_real()
    topic: str = a_text()
    value: str = a_text()
    proposition_kind: str = a_text()
    undoes: int | None = a_key("revisions.id")  # NULL: it takes nothing back
    # NULL: the change concerns no other proposition, or that one was forgotten
    other_id: int | None = a_key("propositions.id", when_gone="SET NULL")
    deed: int | None = a_whole()  # NULL: it was done alone


class EvidenceRow(SQLModel, table=True):
    """Words that speak for or against. Belongs to the revision that brought it."""

    __tablename__ = "evidence"
    __table_args__ = counted(
        Index("evidence_by_revision", "revision_id"),
        Index("evidence_by_observation", "observation_id"),
        Index("evidence_by_time", "at", "revision_id"),
        Index("evidence_left_behind", "at", sqlite_where=sql("observation_id IS NULL")),
    )
    id: int | None = an_id()
    revision_id: int = a_key("revisions.id")
    # NULL: the observation went by retention. Forgetting takes the evidence too.
    observation_id: int | None = a_key("observations.id", when_gone="SET NULL")
    quote: str = a_text()
    supports: int = a_whole()
    at: int = a_whole()
    utc_offset: int = a_whole()
    app: str = a_text()
    weight: float = a_real()


class FeedbackRow(SQLModel, table=True):
    """A verdict of the person on what was shown."""

    __tablename__ = "feedback"
    __table_args__ = counted(
        Index("feedback_by_proposition", "proposition_id"),
        Index("feedback_by_spot_check", "spot_check_id", unique=True, sqlite_where=sql("spot_check_id IS NOT NULL")),
    )
    id: int | None = an_id()
    proposition_id: int = a_key("propositions.id")
    at: int = a_whole()
    utc_offset: int = a_whole()
    verdict: str = a_text()
    confidence_shown: float = a_real()
    made_by: str = a_text()
    confidence_evidence: float = a_real(sa_column_kwargs={"server_default": sql("0")})  # before calibration
    spot_check_id: int | None = a_key("spot_checks.id", when_gone="SET NULL")  # NULL: given unasked


class SpotCheckRow(SQLModel, table=True):
    """A proposition that was drawn to be judged, as it was then. A row of `feedback` that names it answers it."""

    __tablename__ = "spot_checks"
    __table_args__ = counted(Index("spot_checks_by_proposition", "proposition_id"))
    id: int | None = an_id()
    drawn_at: int = a_whole()  # one instant for all that were drawn together
    utc_offset: int = a_whole()
    proposition_id: int = a_key("propositions.id")
    made_by: str = a_text()
    stratum: int = a_whole()
    stratum_size: int = a_whole()
    confidence_shown: float = a_real()
    confidence_evidence: float = a_real()
    skipped: int = a_whole()


class InquiryRow(SQLModel, table=True):
    """A question to the person. Each is asked once, so a row stays when it is answered or has expired."""

    __tablename__ = "inquiries"
    __table_args__ = counted(
        Index("inquiries_by_proposition", "proposition_id"),
        Index("inquiries_by_revision", "revision_id"),
    )
    id: int | None = an_id()
    proposition_id: int = a_key("propositions.id")
    revision_id: int | None = a_key("revisions.id")  # NULL: asked because we are unsure
    asked_at: int = a_whole()
    expires_at: int = a_whole()
    utc_offset: int = a_whole()
    answer: str | None = a_text()  # NULL: not answered
    deed: int | None = a_whole()  # NULL: the answer changed nothing, or there is none


class GrantRow(SQLModel, table=True):
    """What another program may be told, by the name that it gives itself. Like a setting, it outlives forgetting."""

    __tablename__ = "grants"
    __table_args__ = made_of()
    client: str = a_text(primary_key=True)
    asked_at: int = a_whole()
    given_at: int | None = a_whole()  # NULL: it has asked, and the person has not answered
    revoked_at: int | None = a_whole()  # NULL: it was not taken back
    utc_offset: int = a_whole()
    kinds: str = a_text()  # JSON, a list; empty: all
    days: int | None = a_whole()  # NULL: without limit
    quotes: int = a_whole()
    activity: int = a_whole(sa_column_kwargs={"server_default": sql("0")})
    pseudonyms: int = a_whole(sa_column_kwargs={"server_default": sql("0")})


class NameOfOther(SQLModel, table=True):
    """What somebody is called whose words have gone; filled by a trigger, held to what stands in what is believed."""

    __tablename__ = "names_of_others"
    __table_args__ = made_of()
    name: str = a_text(primary_key=True)


class DisclosureRow(SQLModel, table=True):
    """That a program was told something. A trigger empties the question when something told for it is forgotten."""

    __tablename__ = "disclosures"
    __table_args__ = counted(Index("disclosures_by_time", "at"))
    id: int | None = an_id()
    client: str = a_text()
    at: int = a_whole()
    utc_offset: int = a_whole()
    verb: str = a_text()
    question: str = a_text()  # empty: none, or not kept
    with_quotes: int = a_whole()
    with_pseudonyms: int = a_whole(sa_column_kwargs={"server_default": sql("0")})
    episodes: int = a_whole(sa_column_kwargs={"server_default": sql("0")})  # told of, also those that are gone


class DisclosedRow(SQLModel, table=True):
    """Which proposition was told in which disclosure."""

    __tablename__ = "disclosed"
    __table_args__ = made_of(Index("disclosed_by_proposition", "proposition_id"))
    disclosure_id: int = a_key("disclosures.id", primary_key=True)
    proposition_id: int = a_key("propositions.id", primary_key=True)


class DisclosedEpisodeRow(SQLModel, table=True):
    """Which episode was told of in which disclosure."""

    __tablename__ = "disclosed_episodes"
    __table_args__ = made_of(Index("disclosed_episodes_by_observation", "observation_id"))
    disclosure_id: int = a_key("disclosures.id", primary_key=True)
    observation_id: int = a_key("observations.id", primary_key=True)


class ImportRow(SQLModel, table=True):
    """That a file of another program was brought in. Goes when nothing of it is left, by forgetting."""

    __tablename__ = "imports"
    __table_args__ = counted()
    id: int | None = an_id()
    kind: str = a_text()
    name: str = a_text()  # of the file, without its path
    began_at: int = a_whole()
    ended_at: int | None = a_whole()  # NULL: it was stopped in the midst, or goes on
    utc_offset: int = a_whole()
    left_out: int = a_whole()


class ImportedRow(SQLModel, table=True):
    """One thing of it, so that it is known when it comes again. Goes by forgetting, and stays when it expires."""

    __tablename__ = "imported"
    __table_args__ = made_of(
        Index("imported_by_import", "import_id"), Index("imported_by_observation", "observation_id")
    )
    fingerprint: str = a_text(primary_key=True)
    content: str = a_text()  # a fingerprint too
    version: int = a_whole()
    import_id: int = a_key("imports.id")
    observation_id: int | None = a_key("observations.id", when_gone="SET NULL")  # NULL: it has expired
    app: str = a_text()
    started_at: int = a_whole()
    ended_at: int = a_whole()
    utc_offset: int = a_whole()


class CurveRow(SQLModel, table=True):
    """What the verdicts made of the numbers of a source. Can be computed anew from `feedback` at any time."""

    __tablename__ = "curves"
    __table_args__ = made_of(CheckConstraint("slope >= 0"))
    source: str = a_text(primary_key=True)  # empty: all sources
    slope: float = a_real()
    intercept: float = a_real()
    verdicts: int = a_whole()


class RulingRow(SQLModel, table=True):
    """What the audit decided of words of one kind, and never the words. Goes by forgetting and by retention."""

    __tablename__ = "rulings"
    __table_args__ = counted(
        Index("rulings_by_kind", "matter", "keeping", "rule", "app", "whose"),
        Index("rulings_by_time", "ended_at"),
        Index("rulings_by_observation", "observation_id"),
    )
    id: int | None = an_id()
    # NULL: nothing is kept of that episode, or it has expired.
    observation_id: int | None = a_key("observations.id", when_gone="SET NULL")
    started_at: int = a_whole()
    ended_at: int = a_whole()
    utc_offset: int = a_whole()
    app: str = a_text()
    matter: str = a_text()
    keeping: str = a_text()
    rule: str = a_text()
    whose: str = a_text()
    count: int = a_whole()


class ReluctanceRow(SQLModel, table=True):
    """How often the person rejected or forgot something of one kind: a number, and nothing of what it was."""

    __tablename__ = "reluctance"
    __table_args__ = made_of()
    matter: str = a_text(primary_key=True)
    count: int = a_whole()


class SettingRow(SQLModel, table=True):
    """A setting that the person changed; one without a row has its default."""

    __tablename__ = "settings"
    __table_args__ = made_of()
    name: str = a_text(primary_key=True)
    value: str = a_text()  # JSON


class PrivacyRuleRow(SQLModel, table=True):
    """A rule of the person's own. NULL: that field does not matter."""

    __tablename__ = "privacy_rules"
    __table_args__ = made_of()
    name: str = a_text(primary_key=True)
    app: str | None = a_text()
    title: str | None = a_text()
    address: str | None = a_text()


class MarkRow(SQLModel, table=True):
    """How far something has come: `position` of a replay; `forgetting`, since when one waits to be finished;
    `recalibrated`, to which proposition new curves have been applied; `spot_check_offered`, when that was done last.
    """

    __tablename__ = "marks"
    __table_args__ = made_of()
    name: str = a_text(primary_key=True)
    value: int = a_whole()


class ReplayRow(SQLModel, table=True):
    """What a replay must know to go on after a kill as if there had been none: ids, instants and flags, no words."""

    __tablename__ = "replays"
    __table_args__ = made_of()
    recording: str = a_text(primary_key=True)  # the fingerprint of its events: another recording is another life
    bookmark: str = a_text()  # JSON


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
