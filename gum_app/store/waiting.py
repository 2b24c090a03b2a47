"""What waits for the model, and what it told: pictures to look at, episodes to conclude from, accounts, calls.

An episode is looked at once and concluded from once, even where it grows afterwards: a look of the model is dear. Each
closed one waits for exactly one of the two, or is done, or was set aside after too many failures.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from gum_app.records import Account, Call, Observation, ObservationId, StillFrame
from gum_app.store import rows
from gum_app.store.connect import Database
from gum_app.store.instants import micros
from gum_app.store.observing import ForgottenMeanwhile, lines_of

MOST_FRAMES = 3  # an episode
FRAMES_KEPT = timedelta(hours=2)
CALLS_KEPT = timedelta(days=90)

# Few rows of `observations` have pictures, so the pictures lead to them.
HAS_FRAMES = "id IN (SELECT observation_id FROM frames)"
TO_OBSERVE = f"""(observed_at IS NULL AND proposed_at IS NULL AND observe_attempts < :max_attempts
                  AND source IN ('window', 'screen') AND {HAS_FRAMES})"""
UNPROPOSED = "proposed_at IS NULL AND NOT is_open"

# Pictures


def put_frames(database: Database, id_: ObservationId, frames: Sequence[StillFrame]) -> None:
    """Raises ForgottenMeanwhile; ValueError for too many, or for pictures of another episode."""
    if len(frames) > MOST_FRAMES or any(frame.observation_id != id_ for frame in frames):
        raise ValueError(f"at most {MOST_FRAMES} pictures, all of episode {id_}")
    waits = database.value("SELECT observed_at IS NULL AND proposed_at IS NULL FROM observations WHERE id = ?", (id_,))
    if waits is None:
        raise ForgottenMeanwhile
    _drop_frames_of(database, [id_])
    for frame in frames if waits else ():
        values = rows.frame_values(frame)
        database.run(rows.insert("frames", values), values)


def frames_of(database: Database, id_: ObservationId) -> list[StillFrame]:
    found = database.all("SELECT * FROM frames WHERE observation_id = ? ORDER BY at, id", (id_,))
    return [rows.frame_of(row) for row in found]


def drop_frames(database: Database, before: datetime) -> int:
    return database.run("DELETE FROM frames WHERE at < ?", (micros(before),))


def _drop_frames_of(database: Database, ids: Iterable[ObservationId]) -> None:
    database.many("DELETE FROM frames WHERE observation_id = ?", [(id_,) for id_ in ids])


# What is next


def unobserved(database: Database, *, limit: int, max_attempts: int) -> list[Observation]:
    return _observations(database, f"NOT is_open AND {TO_OBSERVE}", limit=limit, max_attempts=max_attempts)


def unproposed(
    database: Database, *, limit: int, max_attempts: int, waiting_since: datetime | None
) -> list[tuple[Observation, Account | None]]:
    found = _observations(
        database,
        f"""{UNPROPOSED} AND propose_attempts < :max_attempts AND NOT {TO_OBSERVE}
            AND (:waiting_since IS NULL OR ended_at <= :waiting_since)""",
        limit=limit,
        max_attempts=max_attempts,
        waiting_since=None if waiting_since is None else micros(waiting_since),
    )
    told = accounts(database, [observation.id for observation in found])
    return [(observation, told.get(observation.id)) for observation in found]


def _observations(database: Database, condition: str, **values: int | None) -> list[Observation]:
    found = database.all(
        f"SELECT * FROM observations WHERE {condition} ORDER BY started_at, id LIMIT :limit",
        values,
    )
    return [rows.observation_of(row, lines_of(database, row)) for row in found]


def count_waiting(database: Database, *, max_attempts: int) -> int:
    waiting = f"SELECT count(*) FROM observations WHERE {UNPROPOSED} AND propose_attempts < ?"
    return int(database.value(waiting, (max_attempts,)))


def is_one_to_observe(database: Database, *, max_attempts: int) -> bool:
    found = f"SELECT EXISTS (SELECT 1 FROM observations WHERE NOT is_open AND {TO_OBSERVE})"
    return bool(database.value(found, {"max_attempts": max_attempts}))


def count_set_aside(database: Database, *, max_attempts: int) -> int:
    set_aside = f"SELECT count(*) FROM observations WHERE {UNPROPOSED} AND propose_attempts >= ?"
    return int(database.value(set_aside, (max_attempts,)))


# What became of it


def keep_account(database: Database, account: Account | None, id_: ObservationId, at: datetime) -> None:
    """Raises ForgottenMeanwhile; ValueError for the account of another episode."""
    if account is not None and account.observation_id != id_:
        raise ValueError(f"an account of episode {account.observation_id}, not of {id_}")
    if not database.run(
        "UPDATE observations SET observed_at = ? WHERE id = ? AND observed_at IS NULL", (micros(at), id_)
    ):
        raise ForgottenMeanwhile
    if account is not None:
        values = rows.account_values(account)
        database.run(rows.insert("accounts", values), values)
    _drop_frames_of(database, [id_])


def mark_proposed(database: Database, ids: Collection[ObservationId], at: datetime) -> None:
    """Raises ForgottenMeanwhile."""
    for id_ in ids:
        if not database.run(
            "UPDATE observations SET proposed_at = ? WHERE id = ? AND proposed_at IS NULL", (micros(at), id_)
        ):
            raise ForgottenMeanwhile
    _drop_frames_of(database, ids)


def mark_not_for_model(database: Database, at: datetime) -> None:
    database.run(
        "UPDATE observations SET observed_at = coalesce(observed_at, :at), proposed_at = :at WHERE proposed_at IS NULL",
        {"at": micros(at)},
    )
    database.run("DELETE FROM frames")


def note_failed_observe(database: Database, ids: Iterable[ObservationId]) -> None:
    database.many(
        "UPDATE observations SET observe_attempts = observe_attempts + 1 WHERE id = ?", [(id_,) for id_ in ids]
    )


def note_failed_propose(database: Database, ids: Iterable[ObservationId]) -> None:
    database.many(
        "UPDATE observations SET propose_attempts = propose_attempts + 1 WHERE id = ?", [(id_,) for id_ in ids]
    )


def failed_observes(database: Database, ids: Iterable[ObservationId]) -> int:
    return _most(database, "observe_attempts", ids)


def failed_proposes(database: Database, ids: Iterable[ObservationId]) -> int:
    return _most(database, "propose_attempts", ids)


def _most(database: Database, attempts: str, ids: Iterable[ObservationId]) -> int:
    most = f"SELECT max({attempts}) FROM observations WHERE id IN (SELECT value FROM json_each(?))"
    return int(database.value(most, (json.dumps(list(ids)),)) or 0)


def try_again(database: Database, *, max_attempts: int) -> int:
    return database.run(
        f"UPDATE observations SET propose_attempts = 0 WHERE {UNPROPOSED} AND propose_attempts >= ?", (max_attempts,)
    )


def accounts(database: Database, ids: Iterable[ObservationId]) -> dict[ObservationId, Account]:
    found = database.all(
        "SELECT * FROM accounts WHERE observation_id IN (SELECT value FROM json_each(?)) ORDER BY observation_id",
        (json.dumps(list(ids)),),
    )
    return {account.observation_id: account for account in map(rows.account_of, found)}


# What asking cost


def add_call(database: Database, call: Call) -> None:
    values = rows.call_values(call)
    database.run(rows.insert("calls", values), values)


def newest_calls(database: Database, *, limit: int) -> list[Call]:
    return [rows.call_of(row) for row in database.all("SELECT * FROM calls ORDER BY id DESC LIMIT ?", (limit,))]


def calls_since(database: Database, at: datetime) -> list[Call]:
    found = database.all("SELECT * FROM calls WHERE at >= ? ORDER BY at, id", (micros(at),))
    return [rows.call_of(row) for row in found]
