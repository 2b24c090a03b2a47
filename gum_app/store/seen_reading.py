"""What is read of what was seen: episodes, skips, what the audit decided, days, and how far a replay has come.

A part of `ReadingStore`.
"""

from __future__ import annotations

from datetime import date, datetime

from gum_app.records import ListedRuling, Matter, Observation, ObservationId, Skip
from gum_app.store import observing, rows, rulings
from gum_app.store.connect import Database
from gum_app.store.instants import MICROS_PER_DAY, MICROS_PER_MINUTE, instant, micros
from gum_app.store.rulings import Tally


class SeenReading:
    _database: Database

    def observation(self, id: ObservationId) -> Observation | None:  # noqa: A002
        """With its lines; None where it was forgotten or has expired."""
        with self._database.snapshot():
            row = self._database.one("SELECT * FROM observations WHERE id = ?", (id,))
            return None if row is None else rows.observation_of(row, observing.lines_of(self._database, row))

    def observations(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        app: str | None = None,
        limit: int = 1000,
        offset: int = 0,
        with_lines: bool = False,
    ) -> list[Observation]:
        """Those that overlap the span, newest first."""
        condition, values = observing.overlapping(since, until)
        if app is not None:
            condition += " AND app = :app COLLATE NOCASE"
        with self._database.snapshot():
            found = self._database.all(
                f"SELECT * FROM observations WHERE {condition} ORDER BY started_at DESC, id DESC"
                " LIMIT :limit OFFSET :offset",
                values | {"app": app, "limit": limit, "offset": offset},
            )
            return [
                rows.observation_of(row, observing.lines_of(self._database, row) if with_lines else ()) for row in found
            ]

    def position(self) -> int:
        """How far a recording has been replayed; 0 before the first step."""
        return int(self._database.value("SELECT value FROM marks WHERE name = 'position'") or 0)

    def replayed_recording(self) -> str | None:
        """The fingerprint of the recording that is replayed here; None before its first step."""
        recording: str | None = self._database.value("SELECT recording FROM replays")
        return recording

    def bookmark(self) -> str | None:
        """What was last put with the position of a replay."""
        bookmark: str | None = self._database.value("SELECT bookmark FROM replays")
        return bookmark

    def replayed_until(self) -> datetime | None:
        """The clock of a home that holds a replay; None for one that has watched a live screen."""
        at = self._database.value("SELECT value FROM marks WHERE name = 'replayed_until'")
        offset = self._database.value("SELECT value FROM marks WHERE name = 'replayed_offset'")
        return None if at is None else instant(int(at), int(offset))

    def count_observations(self, *, since: datetime) -> int:
        """What was seen here: what was brought in does not count."""
        counted = "SELECT count(*) FROM observations WHERE ended_at >= ? AND source <> 'import'"
        return int(self._database.value(counted, (micros(since),)))

    def skips(self, *, since: datetime | None = None, until: datetime | None = None, limit: int = 1000) -> list[Skip]:
        """Those that overlap the span, newest first."""
        condition, values = observing.overlapping(since, until)
        found = self._database.all(
            f"SELECT * FROM skips WHERE {condition} ORDER BY started_at DESC, id DESC LIMIT :limit",
            values | {"limit": limit},
        )
        return [rows.skip_of(row) for row in found]

    def rulings(self, *, limit: int = 1000) -> list[ListedRuling]:
        """What the audit decided, newest first."""
        return rulings.newest(self._database, limit=limit)

    def tallies(self) -> list[Tally]:
        """The same by kind, rule and program, with how often; the newest first."""
        return rulings.tallies(self._database)

    def reluctance(self) -> dict[Matter, int]:
        """How often the person rejected or forgot something, by kind."""
        return rulings.reluctance(self._database)

    def days(self) -> list[date]:
        """The days, as the wall clock showed them, on which something was observed, newest first."""
        # The index alone answers it: the planner would rather read every row.
        found = self._database.all(
            f"""SELECT DISTINCT (started_at + utc_offset * {MICROS_PER_MINUTE}) / {MICROS_PER_DAY} AS first,
                                (ended_at + utc_offset * {MICROS_PER_MINUTE}) / {MICROS_PER_DAY} AS last
                FROM observations INDEXED BY observations_by_start"""
        )
        days = {day for row in found for day in range(row["first"], row["last"] + 1)}
        return [instant(day * MICROS_PER_DAY).date() for day in sorted(days, reverse=True)]

    def thumbnail(self, observation_id: ObservationId) -> bytes | None:
        """A small JPEG; None where none was kept or it has expired."""
        jpeg: bytes | None = self._database.value(
            "SELECT jpeg FROM thumbnails WHERE observation_id = ?", (observation_id,)
        )
        return jpeg
