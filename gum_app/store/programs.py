"""What other programs may be told, and what they were told."""

from __future__ import annotations

import json
from collections.abc import Iterable

from gum_app.records import KINDS, Disclosure, DisclosureId, Grant, PropositionId
from gum_app.store import rows
from gum_app.store.connect import Database, Row
from gum_app.store.instants import instant, micros, utc_offset


def grants(database: Database) -> list[Grant]:
    return [_grant_of(row) for row in database.all("SELECT * FROM grants ORDER BY asked_at, client")]


def grant(database: Database, client: str) -> Grant | None:
    row = database.one("SELECT * FROM grants WHERE client = ?", (client,))
    return None if row is None else _grant_of(row)


def put_grant(database: Database, wanted: Grant) -> None:
    values = {
        "client": wanted.client,
        "asked_at": micros(wanted.asked_at),
        "given_at": None if wanted.given_at is None else micros(wanted.given_at),
        "revoked_at": None if wanted.revoked_at is None else micros(wanted.revoked_at),
        "utc_offset": utc_offset(wanted.revoked_at or wanted.given_at or wanted.asked_at),
        "kinds": json.dumps(sorted(wanted.kinds)),
        "days": wanted.days,
        "quotes": int(wanted.quotes),
    }
    database.run("DELETE FROM grants WHERE client = ?", (wanted.client,))
    database.run(rows.insert("grants", values), values)


def disclosures(database: Database, limit: int) -> list[Disclosure]:
    found = database.all("SELECT * FROM disclosures ORDER BY id DESC LIMIT ?", (limit,))
    told: dict[int, list[PropositionId]] = {row["id"]: [] for row in found}
    for row in database.all(
        "SELECT * FROM disclosed WHERE disclosure_id IN (SELECT value FROM json_each(?)) ORDER BY rowid",
        (json.dumps(list(told)),),
    ):
        told[row["disclosure_id"]].append(PropositionId(row["proposition_id"]))
    return [_disclosure_of(row, told[row["id"]]) for row in found]


def texts(database: Database, ids: Iterable[PropositionId]) -> dict[PropositionId, str]:
    found = database.all(
        "SELECT id, text FROM propositions WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(set(ids))),),
    )
    return {PropositionId(row["id"]): row["text"] for row in found}


def add_disclosure(database: Database, disclosure: Disclosure) -> DisclosureId:
    values = {
        "client": disclosure.client,
        "at": micros(disclosure.at),
        "utc_offset": utc_offset(disclosure.at),
        "verb": disclosure.verb,
        "question": disclosure.question,
        "with_quotes": int(disclosure.with_quotes),
    }
    id_ = database.add(rows.insert("disclosures", values), values)
    for proposition in disclosure.propositions:
        database.run("INSERT INTO disclosed (disclosure_id, proposition_id) VALUES (?, ?)", (id_, proposition))
    return DisclosureId(id_)


def _grant_of(row: Row) -> Grant:
    offset, wanted = row["utc_offset"], json.loads(row["kinds"])
    return Grant(
        client=row["client"],
        asked_at=instant(row["asked_at"], offset),
        given_at=None if row["given_at"] is None else instant(row["given_at"], offset),
        revoked_at=None if row["revoked_at"] is None else instant(row["revoked_at"], offset),
        kinds=frozenset(kind for kind in KINDS if kind in wanted),
        days=row["days"],
        quotes=bool(row["quotes"]),
    )


def _disclosure_of(row: Row, told: Iterable[PropositionId]) -> Disclosure:
    return Disclosure(
        id=DisclosureId(row["id"]),
        client=row["client"],
        at=instant(row["at"], row["utc_offset"]),
        verb=row["verb"],
        question=row["question"],
        propositions=tuple(told),
        with_quotes=bool(row["with_quotes"]),
    )
