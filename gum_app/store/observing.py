"""Episodes as they are watched: opened, extended, closed; and what the thinker has not yet thought about."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from gum_app.records import Line, Observation, ObservationId, Skip
from gum_app.store import rows
from gum_app.store.connect import Database, Row
from gum_app.store.instants import MICROS_PER_SECOND, micros
from gum_app.store.lines import only_new, pack, unpack

SAME_SKIP_SECONDS = 60  # the same rule so soon again is still the same skip


class ForgottenMeanwhile(Exception):
    """What was being thought about or watched has been forgotten. Drop the thought; look anew."""


def open_observation(database: Database, observation: Observation) -> ObservationId:
    values = rows.observation_values(observation) | {"is_open": True}
    id_ = ObservationId(database.add(rows.insert("observations", values), values))
    _add_lines(database, id_, only_new(observation.lines, ()))
    return id_


def extend(
    database: Database,
    id_: ObservationId,
    *,
    ended_at: datetime,
    active_seconds: float,
    keys: int | None,
    dark_share: float | None,
    lines: Iterable[Line],
    url: str | None,
    title: str | None,
) -> None:
    """Raises ForgottenMeanwhile."""
    row = database.one("SELECT * FROM observations WHERE id = ?", (id_,))
    if row is None:
        raise ForgottenMeanwhile
    database.run(
        """UPDATE observations SET ended_at = max(ended_at, :ended_at), active_seconds = :active_seconds,
           keys = coalesce(:keys, keys), dark_share = coalesce(:dark_share, dark_share),
           url = coalesce(:url, url), title = coalesce(:title, title) WHERE id = :id""",
        {
            "id": id_,
            "ended_at": micros(ended_at),
            "active_seconds": active_seconds,
            "keys": keys,
            "dark_share": dark_share,
            "url": url,
            "title": title,
        },
    )
    lines = tuple(lines)
    if lines and (new := only_new(lines, lines_of(database, row))):
        _add_lines(database, id_, new)
        _think_again(database, id_)


def close(database: Database, id_: ObservationId) -> None:
    """Ripe: to be thought about, again where that has been done. One that was forgotten has nothing to close."""
    database.run("UPDATE observations SET is_open = 0 WHERE id = ?", (id_,))
    _think_again(database, id_)


def close_all(database: Database) -> None:
    database.run("UPDATE observations SET is_open = 0 WHERE is_open")


def _think_again(database: Database, id_: ObservationId) -> None:
    database.run("UPDATE observations SET digested_at = NULL, attempts = 0 WHERE id = ?", (id_,))


def lines_of(database: Database, row: Row) -> tuple[Line, ...]:
    """All lines of a row of `observations`, in the order they were read."""
    found = database.all("SELECT lines FROM readings WHERE observation_id = ? ORDER BY number", (row["id"],))
    return tuple(line for reading in found for line in unpack(reading["lines"], row["utc_offset"]))


def open_ones(database: Database) -> list[Observation]:
    found = database.all("SELECT * FROM observations WHERE is_open ORDER BY started_at, id")
    return [rows.observation_of(row, lines_of(database, row)) for row in found]


def undigested(database: Database, *, limit: int, max_attempts: int, imported: bool | None = None) -> list[Observation]:
    """Closed, not yet thought about, and not set aside; oldest first."""
    found = database.all(
        """SELECT * FROM observations WHERE digested_at IS NULL AND NOT is_open AND attempts < :max_attempts
           AND (:imported IS NULL OR (source = 'import') = :imported) ORDER BY started_at, id LIMIT :limit""",
        {"max_attempts": max_attempts, "limit": limit, "imported": imported},
    )
    return [rows.observation_of(row, lines_of(database, row)) for row in found]


def count_undigested(database: Database, *, max_attempts: int) -> int:
    return int(
        database.value(
            "SELECT count(*) FROM observations WHERE digested_at IS NULL AND NOT is_open AND attempts < ?",
            (max_attempts,),
        )
    )


def count_set_aside(database: Database, *, max_attempts: int) -> int:
    return int(
        database.value("SELECT count(*) FROM observations WHERE digested_at IS NULL AND attempts >= ?", (max_attempts,))
    )


def note_failed_attempt(database: Database, ids: Iterable[ObservationId]) -> None:
    database.many("UPDATE observations SET attempts = attempts + 1 WHERE id = ?", [(id_,) for id_ in ids])


def mark_digested(database: Database, ids: Collection[ObservationId], at: datetime) -> None:
    """Raises ValueError where one was digested before: counting twice is a fault of ours."""
    for id_ in ids:
        if not database.run(
            "UPDATE observations SET digested_at = ? WHERE id = ? AND digested_at IS NULL", (micros(at), id_)
        ):
            raise ValueError(f"observation {id_} has been digested before")


def drop_sightings(database: Database, ids: Iterable[ObservationId]) -> None:
    database.many("DELETE FROM sightings WHERE observation_id = ?", [(id_,) for id_ in ids])


def make_sure_of(database: Database, ids: Iterable[int]) -> None:
    """Raises ForgottenMeanwhile where one of these observations is gone."""
    for id_ in sorted(set(ids)):
        if database.value("SELECT 1 FROM observations WHERE id = ?", (id_,)) is None:
            raise ForgottenMeanwhile


def add_skip(database: Database, skip: Skip) -> None:
    values = rows.skip_values(skip)
    last = database.one("SELECT * FROM skips ORDER BY id DESC LIMIT 1")
    if last is not None and _goes_on(last, values):
        database.run(
            "UPDATE skips SET ended_at = max(ended_at, ?), count = count + ? WHERE id = ?",
            (values["ended_at"], skip.count, last["id"]),
        )
    else:
        database.run(rows.insert("skips", values), values)


def _goes_on(last: Row, skip: rows.Values) -> bool:
    """Whether a skip is the last one again. One from before it, after a clock was put back, is not."""
    soon: int = last["ended_at"] + SAME_SKIP_SECONDS * MICROS_PER_SECOND
    return bool(last["rule"] == skip["rule"] and last["started_at"] <= skip["started_at"] <= soon)


def overlapping(since: datetime | None, until: datetime | None) -> tuple[str, dict[str, int | str | None]]:
    """The condition for rows with `started_at` and `ended_at` that touch the span, ends included."""
    condition = "TRUE"
    values: dict[str, int | str | None] = {}
    if since is not None:
        condition += " AND ended_at >= :since"
        values["since"] = micros(since)
    if until is not None:
        condition += " AND started_at <= :until"
        values["until"] = micros(until)
    return condition, values


def _add_lines(database: Database, id_: ObservationId, lines: list[Line]) -> None:
    if lines:
        database.run(
            """INSERT INTO readings (observation_id, number, lines)
               SELECT :id, coalesce(max(number) + 1, 0), :lines FROM readings WHERE observation_id = :id""",
            {"id": id_, "lines": pack(lines)},
        )
