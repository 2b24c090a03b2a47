"""What tidying looks through, a little at a time, and how far it has come.

Its marks: `tidying`, the proposition up to which has been looked for what is over (0: begin anew); `tidied_revision`,
the revision up to which has been looked for twins; `tidied`, when it last did all there was, or enough for one night.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gum_app.records import TIDYING, Kind, PropositionId, Revision, RevisionId
from gum_app.store import beliefs
from gum_app.store.connect import Database
from gum_app.store.deeds import NOT_TAKEN_BACK
from gum_app.store.instants import MICROS_PER_DAY, instant, micros

AT_MOST_SHOWN = 500


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """What may be over, as far as that takes to be told."""

    id: PropositionId
    kind: Kind
    text: str
    value: str
    last_supported_at: datetime
    half_life_days: float


@dataclass(frozen=True, kw_only=True)
class Marks:
    looked_up_to: PropositionId
    compared_up_to: RevisionId
    ended_at: datetime | None  # None: it has never come to an end


def marks(database: Database) -> Marks:
    found = {
        row["name"]: row["value"]
        for row in database.all(
            "SELECT name, value FROM marks WHERE name IN ('tidying', 'tidied_revision', 'tidied', 'tidied_offset')"
        )
    }
    ended = found.get("tidied")
    return Marks(
        looked_up_to=PropositionId(found.get("tidying", 0)),
        compared_up_to=RevisionId(found.get("tidied_revision", 0)),
        ended_at=None if ended is None else instant(ended, found.get("tidied_offset", 0)),
    )


def put_mark(database: Database, name: str, value: int) -> None:
    database.run("INSERT OR REPLACE INTO marks (name, value) VALUES (?, ?)", (name, value))


def maybe_over(
    database: Database, *, after: PropositionId, now: datetime, half_lives: float, limit: int
) -> list[Candidate]:
    """In the order of their ids: what names a day, and what has not been seen for so many half-lives."""
    found = database.all(
        """SELECT p.id, p.kind, p.text, p.value, p.last_supported_at, p.utc_offset, p.half_life_days FROM (
               SELECT id FROM propositions INDEXED BY propositions_by_id
               WHERE id > :after AND state IN ('active', 'doubted') AND (
                   kind IN ('plan', 'schedule') OR :now - last_supported_at > half_life_days * :span
               ) ORDER BY id LIMIT :limit
           ) AS found JOIN propositions AS p ON p.id = found.id ORDER BY p.id""",
        {"after": after, "now": micros(now), "span": half_lives * MICROS_PER_DAY, "limit": limit},
    )
    return [
        Candidate(
            id=PropositionId(row["id"]),
            kind=row["kind"],
            text=row["text"],
            value=row["value"],
            last_supported_at=instant(row["last_supported_at"], row["utc_offset"]),
            half_life_days=row["half_life_days"],
        )
        for row in found
    ]


def last_seen_at(database: Database) -> datetime | None:
    row = database.one("SELECT started_at, utc_offset FROM observations ORDER BY started_at DESC LIMIT 1")
    return None if row is None else instant(row["started_at"], row["utc_offset"])


def changed_since(database: Database, revision: RevisionId, *, limit: int) -> list[tuple[RevisionId, PropositionId]]:
    """The next revisions that brought words or evidence, with their propositions."""
    found = database.all(
        f"""SELECT id, proposition_id FROM revisions WHERE id > ? AND made_by <> '{TIDYING}'
           AND kind IN ('created', 'reworded', 'edited', 'split') ORDER BY id LIMIT ?""",
        (revision, limit),
    )
    return [(RevisionId(row["id"]), PropositionId(row["proposition_id"])) for row in found]


def tidied(database: Database, since: datetime) -> list[Revision]:
    """What tidying has done since then and nobody has taken back, newest first: one revision for each deed."""
    found = database.all(
        f"""SELECT * FROM revisions WHERE deed IS NOT NULL AND made_by = '{TIDYING}' AND kind IN ('absorbed', 'retired')
            AND at >= ? AND {NOT_TAKEN_BACK} ORDER BY deed DESC LIMIT {AT_MOST_SHOWN}""",
        (micros(since),),
    )
    return [beliefs.revision(database, row) for row in found]
