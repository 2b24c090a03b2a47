"""Old words and pictures go by rule. What was concluded from them stays, with the words it quotes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gum_app.store.connect import PAGE_BYTES, Database
from gum_app.store.instants import micros

AT_ONCE = 50  # episodes that go before the size is looked at again


@dataclass(kw_only=True)
class ExpireReport:
    observations: int = 0
    thumbnails: int = 0
    skips: int = 0


def expire(database: Database, *, words_before: datetime, thumbnails_before: datetime, max_bytes: int) -> ExpireReport:
    """Episodes that ended before `words_before` go; then the oldest, until what is used fits into `max_bytes`.

    Evidence keeps its quote and loses its observation; sightings and pictures go with theirs.
    """
    report = ExpireReport()
    with database.transaction():
        report.thumbnails = database.run("DELETE FROM thumbnails WHERE at < ?", (micros(thumbnails_before),))
        report.skips = database.run("DELETE FROM skips WHERE ended_at < ?", (micros(words_before),))
        _let_go(database, report, "ended_at < ?", (micros(words_before),))
    while used_bytes(database) > max_bytes:
        with database.transaction():
            oldest = "id IN (SELECT id FROM observations WHERE NOT is_open ORDER BY started_at LIMIT ?)"
            if not _let_go(database, report, oldest, (AT_ONCE,)):
                break
    if report != ExpireReport():
        database.all("PRAGMA incremental_vacuum")
        database.empty_journal()  # where a reader is busy, the next one does it
    return report


def used_bytes(database: Database) -> int:
    pages = database.value("PRAGMA page_count") - database.value("PRAGMA freelist_count")
    return int(pages) * PAGE_BYTES


def _let_go(database: Database, report: ExpireReport, condition: str, values: tuple[int, ...]) -> int:
    # Quotes of one episode count once. Without it they share its instant instead, so that they still do.
    database.run(
        f"""UPDATE evidence SET at = (
                SELECT max(other.at) FROM evidence AS other
                WHERE other.observation_id = evidence.observation_id AND other.supports = evidence.supports
            ) WHERE observation_id IN (SELECT id FROM observations WHERE {condition})""",
        values,
    )
    report.thumbnails += int(
        database.value(
            f"SELECT count(*) FROM thumbnails WHERE observation_id IN (SELECT id FROM observations WHERE {condition})",
            values,
        )
    )
    gone = database.run(f"DELETE FROM observations WHERE {condition}", values)
    report.observations += gone
    return gone
