"""How much is kept, in bytes and in rows, so that a window can show it and the person can set a limit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from gum_app.store.connect import Database
from gum_app.store.instants import MICROS_PER_DAY, MICROS_PER_MINUTE, instant

RECENT_DAYS = 7


@dataclass(frozen=True, kw_only=True)
class Sizes:
    file_bytes: int
    journal_bytes: int
    observations: int
    propositions: int
    revisions: int
    evidence: int
    sightings: int
    skips: int
    thumbnails: int
    frames: int
    accounts: int
    calls: int
    rulings: int
    verdicts: int
    oldest_at: datetime | None  # None: nothing has been observed
    # Words and pictures of the last seven days with an observation, packed. Pictures that wait for the model are gone
    # within hours, so that they add nothing to a day.
    day_bytes: tuple[tuple[date, int], ...]

    @property
    def bytes_per_day(self) -> float:
        """What such a day added on average, before indexes; 0 where there is none."""
        return sum(size for _, size in self.day_bytes) / len(self.day_bytes) if self.day_bytes else 0.0


def sizes(database: Database) -> Sizes:
    journal = database.path.with_name(database.path.name + "-wal")
    with database.snapshot():
        oldest = database.one("SELECT started_at, utc_offset FROM observations ORDER BY started_at LIMIT 1")
        return Sizes(
            file_bytes=database.path.stat().st_size,
            journal_bytes=journal.stat().st_size if journal.exists() else 0,
            observations=_count(database, "observations"),
            propositions=_count(database, "propositions"),
            revisions=_count(database, "revisions"),
            evidence=_count(database, "evidence"),
            sightings=_count(database, "sightings"),
            skips=_count(database, "skips"),
            thumbnails=_count(database, "thumbnails"),
            frames=_count(database, "frames"),
            accounts=_count(database, "accounts"),
            calls=_count(database, "calls"),
            rulings=_count(database, "rulings"),
            verdicts=_count(database, "feedback"),
            oldest_at=None if oldest is None else instant(oldest["started_at"], oldest["utc_offset"]),
            day_bytes=_day_bytes(database),
        )


def _count(database: Database, table: str) -> int:
    return int(database.value(f"SELECT count(*) FROM {table}"))


def _day_bytes(database: Database) -> tuple[tuple[date, int], ...]:
    newest = database.value("SELECT max(started_at) FROM observations") or 0
    rows = database.all(
        f"""SELECT (started_at + utc_offset * {MICROS_PER_MINUTE}) / {MICROS_PER_DAY} AS day, sum(
                length(title) + coalesce(length(url), 0)
                + coalesce((SELECT sum(length(lines)) FROM readings WHERE observation_id = observations.id), 0)
                + coalesce((SELECT length(jpeg) FROM thumbnails WHERE observation_id = observations.id), 0)
                + coalesce((SELECT length(did) + length(theirs) + length(others) FROM accounts
                            WHERE observation_id = observations.id), 0)
            ) AS size
            FROM observations WHERE started_at > ? GROUP BY day ORDER BY day DESC LIMIT {RECENT_DAYS}""",
        (newest - (RECENT_DAYS + 1) * MICROS_PER_DAY,),
    )
    return tuple((instant(row["day"] * MICROS_PER_DAY).date(), row["size"]) for row in reversed(rows))
