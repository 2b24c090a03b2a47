"""The digest: every notification of another program, what was judged of it, and what the person said of that."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from gum_app.digest import DigestId, DigestItem, Ground, Judgement, Opinion
from gum_app.records import ObservationId, PropositionId, Urgency
from gum_app.store import rows
from gum_app.store.connect import Database, Row
from gum_app.store.instants import instant, micros, utc_offset
from gum_app.store.lines import unpack
from gum_app.store.observing import ForgottenMeanwhile

ITEMS = """SELECT digest.*, observations.app, observations.title FROM digest
    LEFT JOIN observations ON observations.id = observation_id"""


def add(
    database: Database, *, at: datetime, urgency: Urgency, observation_id: ObservationId | None, rule: str
) -> DigestId:
    values = {
        "observation_id": observation_id,
        "at": micros(at),
        "utc_offset": utc_offset(at),
        "urgency": urgency,
        "count": 1,
        "rule": rule,
    }
    return DigestId(database.add(rows.insert("digest", values), values))


def count_one_more(database: Database, id_: DigestId) -> bool:
    """False: it is gone."""
    return database.run("UPDATE digest SET count = count + 1 WHERE id = ?", (id_,)) > 0


def put_judgement(database: Database, id_: DigestId, judgement: Judgement) -> None:
    """Raises ForgottenMeanwhile where it, or a proposition that the judgement rests on, is gone."""
    changed = database.run(
        "UPDATE digest SET attention = ?, probability = ? WHERE id = ?",
        (judgement.attention, judgement.probability, id_),
    )
    named = {ground.proposition for ground in judgement.grounds} - {None}
    there = database.value(
        "SELECT count(*) FROM propositions WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(named)),)
    )
    if not changed or there < len(named):
        raise ForgottenMeanwhile
    database.run("DELETE FROM digest_grounds WHERE digest_id = ?", (id_,))
    database.many(
        "INSERT INTO digest_grounds (digest_id, number, name, weight, proposition_id) VALUES (?, ?, ?, ?, ?)",
        [
            (id_, number, ground.name, ground.weight, ground.proposition)
            for number, ground in enumerate(judgement.grounds)
        ],
    )


def note_shown(database: Database, id_: DigestId, at: datetime) -> None:
    database.run("UPDATE digest SET shown_at = ? WHERE id = ?", (micros(at), id_))


def put_opinion(database: Database, id_: DigestId, opinion: Opinion | None, at: datetime) -> None:
    """None takes it back. Raises ForgottenMeanwhile."""
    when = micros(at) if opinion is not None else None
    if not database.run("UPDATE digest SET opinion = ?, opinion_at = ? WHERE id = ?", (opinion, when, id_)):
        raise ForgottenMeanwhile


def items(database: Database, since: datetime, until: datetime, limit: int, offset: int) -> list[DigestItem]:
    """Of this time, `until` not included, the newest first."""
    found = database.all(
        f"{ITEMS} WHERE digest.at >= ? AND digest.at < ? ORDER BY digest.at DESC, digest.id DESC LIMIT ? OFFSET ?",
        (micros(since), micros(until), limit, offset),
    )
    return _whole(database, found)


def item(database: Database, id_: DigestId) -> DigestItem | None:
    found = _whole(database, database.all(f"{ITEMS} WHERE digest.id = ?", (id_,)))
    return found[0] if found else None


def unjudged(database: Database, since: datetime, limit: int) -> list[DigestItem]:
    """Of what is kept, the oldest first."""
    found = database.all(
        f"""{ITEMS} WHERE digest.at >= ? AND attention IS NULL AND observation_id IS NOT NULL
            ORDER BY digest.at, digest.id LIMIT ?""",
        (micros(since), limit),
    )
    return _whole(database, found)


def with_opinion(database: Database, limit: int) -> list[DigestItem]:
    """The newest opinions first."""
    found = database.all(
        f"{ITEMS} WHERE opinion IS NOT NULL AND observation_id IS NOT NULL ORDER BY opinion_at DESC LIMIT ?", (limit,)
    )
    return _whole(database, found)


def critical_share(database: Database, app: str, before: DigestId, most: int) -> float:
    """Of the last notifications of a program before this one, how many it called critical; 0 where there was none."""
    share = database.value(
        """SELECT avg(urgency = 'critical') FROM (
             SELECT urgency FROM digest JOIN observations ON observations.id = observation_id
             WHERE digest.id < ? AND app = ? ORDER BY digest.id DESC LIMIT ?)""",
        (before, app, most),
    )
    return float(share or 0.0)


def rules_that_cut(database: Database, id_: ObservationId) -> set[str]:
    return {row["rule"] for row in database.all("SELECT rule FROM rulings WHERE observation_id = ?", (id_,))}


def count(database: Database, since: datetime, until: datetime) -> int:
    return int(
        database.value(
            "SELECT coalesce(sum(count), 0) FROM digest WHERE at >= ? AND at < ?", (micros(since), micros(until))
        )
    )


def count_shown(database: Database, since: datetime, until: datetime, *, criticals: bool) -> int:
    """How many of them were shown again; with `criticals` also those that the desktop shows all the same."""
    return int(
        database.value(
            """SELECT count(*) FROM digest WHERE at >= ? AND at < ?
               AND (shown_at IS NOT NULL OR (? AND urgency = 'critical'))""",
            (micros(since), micros(until), criticals),
        )
    )


def values_of(database: Database, ids: Iterable[PropositionId]) -> dict[PropositionId, str]:
    """What each proposition names that may change, such as a date; without those that name nothing."""
    found = database.all(
        "SELECT id, value FROM propositions WHERE value <> '' AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(set(ids))),),
    )
    return {PropositionId(row["id"]): row["value"] for row in found}


def _whole(database: Database, found: list[Row]) -> list[DigestItem]:
    ids = json.dumps([row["id"] for row in found])
    grounds: dict[int, list[Ground]] = {}
    for row in database.all(
        """SELECT * FROM digest_grounds WHERE digest_id IN (SELECT value FROM json_each(?))
           ORDER BY digest_id, number""",
        (ids,),
    ):
        grounds.setdefault(row["digest_id"], []).append(_ground_of(row))
    texts = _texts(database, [row["observation_id"] for row in found if row["observation_id"] is not None])
    return [_item_of(row, tuple(grounds.get(row["id"], ())), texts.get(row["observation_id"], [])) for row in found]


def _texts(database: Database, ids: list[int]) -> dict[int, list[str]]:
    """All rows of each, its title among them."""
    lines: dict[int, list[str]] = {}
    for row in database.all(
        """SELECT observation_id, lines FROM readings WHERE observation_id IN (SELECT value FROM json_each(?))
           ORDER BY observation_id, number""",
        (json.dumps(ids),),
    ):
        lines.setdefault(row["observation_id"], []).extend(line.text for line in unpack(row["lines"], 0))
    return lines


def _ground_of(row: Row) -> Ground:
    id_ = row["proposition_id"]
    return Ground(name=row["name"], weight=row["weight"], proposition=PropositionId(id_) if id_ is not None else None)


def _item_of(row: Row, grounds: tuple[Ground, ...], said: list[str]) -> DigestItem:
    def at(name: str) -> datetime | None:
        return None if row[name] is None else instant(row[name], row["utc_offset"])

    judgement: Any = None
    if row["attention"] is not None:
        judgement = Judgement(attention=row["attention"], probability=row["probability"], grounds=grounds)
    id_ = row["observation_id"]
    return DigestItem(
        id=DigestId(row["id"]),
        at=instant(row["at"], row["utc_offset"]),
        observation_id=ObservationId(id_) if id_ is not None else None,
        app=row["app"] or "",
        title=row["title"] or "",
        text="\n".join(said[1:] if said[:1] == [row["title"]] else said),
        urgency=row["urgency"],
        count=row["count"],
        rule=row["rule"],
        judgement=judgement,
        shown_at=at("shown_at"),
        opinion=row["opinion"],
        opinion_at=at("opinion_at"),
    )
