"""What was brought in from files of other programs: which file, and by which fingerprint each thing is known again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from gum_app.records import Import, Imported, ImportId, ImportKind, ObservationId
from gum_app.store import observing, rows, rulings
from gum_app.store.connect import Database, Row
from gum_app.store.instants import instant, micros, utc_offset
from gum_app.store.lines import pack

OWN_SOURCES = "('window', 'screen')"  # what was watched here


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of a thing that came before. `observation_id` None: it has expired."""

    content: str
    version: int
    observation_id: ObservationId | None


def listed(database: Database) -> list[Import]:
    found = database.all(
        """SELECT imports.*, (SELECT count(observation_id) FROM imported WHERE import_id = imports.id) AS kept
           FROM imports ORDER BY id DESC"""
    )
    return [_import_of(row) for row in found]


def begin(database: Database, kind: ImportKind, name: str, at: datetime) -> ImportId:
    """One of the same file that was stopped in the midst goes on."""
    unfinished = database.value(
        "SELECT id FROM imports WHERE kind = ? AND name = ? AND ended_at IS NULL ORDER BY id DESC LIMIT 1", (kind, name)
    )
    if unfinished is not None:
        return ImportId(unfinished)
    values = {"kind": kind, "name": name, "began_at": micros(at), "utc_offset": utc_offset(at), "left_out": 0}
    return ImportId(database.add(rows.insert("imports", values), values))


def end(database: Database, id_: ImportId, *, left_out: int, at: datetime) -> None:
    """One that brought nothing new is not listed."""
    database.run("UPDATE imports SET ended_at = ?, left_out = ? WHERE id = ?", (micros(at), left_out, id_))
    database.run("DELETE FROM imports WHERE id = ? AND id NOT IN (SELECT import_id FROM imported)", (id_,))


def known(database: Database, fingerprints: Iterable[str]) -> dict[str, Known]:
    found = database.all(
        "SELECT * FROM imported WHERE fingerprint IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(set(fingerprints))),),
    )
    return {
        row["fingerprint"]: Known(
            content=row["content"],
            version=row["version"],
            observation_id=None if row["observation_id"] is None else ObservationId(row["observation_id"]),
        )
        for row in found
    }


def add(database: Database, id_: ImportId, thing: Imported, at: datetime) -> ObservationId:
    """It waits to be thought about. No model is asked: it has no pictures, and need not chew the past."""
    observation_id = observing.open_observation(database, thing.observation)
    database.run(
        "UPDATE observations SET is_open = 0, observed_at = :at, proposed_at = :at WHERE id = :id",
        {"id": observation_id, "at": micros(at)},
    )
    _remember(database, id_, thing, observation_id, at)
    return observation_id


def change(database: Database, id_: ImportId, observation_id: ObservationId, thing: Imported, at: datetime) -> None:
    """The file says something else of the same thing: its words take the place of those before, and are thought about
    anew. What was concluded stays, and is held against the new like everything else.
    """
    values = rows.observation_values(thing.observation) | {"id": observation_id}
    changes = ", ".join(f"{name} = :{name}" for name in values if name != "id")
    database.run(f"UPDATE observations SET {changes}, digested_at = NULL, attempts = 0 WHERE id = :id", values)
    database.run("DELETE FROM readings WHERE observation_id = ?", (observation_id,))
    if thing.observation.lines:
        database.run(
            "INSERT INTO readings (observation_id, number, lines) VALUES (?, 0, ?)",
            (observation_id, pack(list(thing.observation.lines))),
        )
    _remember(database, id_, thing, observation_id, at)


def _remember(database: Database, id_: ImportId, thing: Imported, observation_id: ObservationId, at: datetime) -> None:
    seen = rows.observation_values(thing.observation)
    values = {
        "fingerprint": thing.fingerprint,
        "content": thing.content,
        "version": thing.version,
        "import_id": id_,
        "observation_id": observation_id,
        **{name: seen[name] for name in ("app", "started_at", "ended_at", "utc_offset")},
    }
    database.run(rows.insert("imported", values).replace("INSERT", "INSERT OR REPLACE", 1), values)
    rulings.add(database, thing.rulings, app=thing.observation.app, at=at, observation_id=observation_id)


def watched(database: Database, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    """When something was watched here, within the span, in order."""
    condition, values = observing.overlapping(since, until)
    found = database.all(
        f"""SELECT started_at, ended_at, utc_offset FROM observations
            WHERE source IN {OWN_SOURCES} AND {condition} ORDER BY started_at""",
        values,
    )
    return [
        (instant(row["started_at"], row["utc_offset"]), instant(row["ended_at"], row["utc_offset"])) for row in found
    ]


def observations_of(database: Database, id_: ImportId) -> list[ObservationId]:
    found = database.all(
        "SELECT observation_id FROM imported WHERE import_id = ? AND observation_id IS NOT NULL", (id_,)
    )
    return [ObservationId(row["observation_id"]) for row in found]


def expired_evidence(database: Database, id_: ImportId) -> list[int]:
    """Quotes of what has expired: known by their program and time, for their observation is gone."""
    found = database.all(
        """SELECT DISTINCT evidence.id FROM imported JOIN evidence
           ON evidence.at BETWEEN imported.started_at AND imported.ended_at AND evidence.app = imported.app
           WHERE imported.import_id = ? AND imported.observation_id IS NULL AND evidence.observation_id IS NULL""",
        (id_,),
    )
    return [row["id"] for row in found]


def _import_of(row: Row) -> Import:
    offset = row["utc_offset"]
    return Import(
        id=ImportId(row["id"]),
        kind=row["kind"],
        name=row["name"],
        began_at=instant(row["began_at"], offset),
        ended_at=None if row["ended_at"] is None else instant(row["ended_at"], offset),
        kept=row["kept"],
        left_out=row["left_out"],
    )
