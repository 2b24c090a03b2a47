"""What other programs may be told, and what they were told."""

from __future__ import annotations

import json
from collections.abc import Iterable

from gum_app.records import KINDS, STATES, Disclosure, DisclosureId, Grant, ObservationId, PropositionId
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
        "activity": int(wanted.activity),
        "pseudonyms": int(wanted.pseudonyms),
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
    seen: dict[int, list[ObservationId]] = {row["id"]: [] for row in found}
    for row in database.all(
        "SELECT * FROM disclosed_episodes WHERE disclosure_id IN (SELECT value FROM json_each(?)) ORDER BY rowid",
        (json.dumps(list(seen)),),
    ):
        seen[row["disclosure_id"]].append(ObservationId(row["observation_id"]))
    return [_disclosure_of(row, told[row["id"]], seen[row["id"]]) for row in found]


def texts(database: Database, ids: Iterable[PropositionId]) -> dict[PropositionId, str]:
    found = database.all(
        "SELECT id, text FROM propositions WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(set(ids))),),
    )
    return {PropositionId(row["id"]): row["text"] for row in found}


def titles(database: Database, ids: Iterable[ObservationId]) -> dict[ObservationId, str]:
    found = database.all(
        "SELECT id, title FROM observations WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(set(ids))),),
    )
    return {ObservationId(row["id"]): row["title"] for row in found}


def add_disclosure(database: Database, disclosure: Disclosure) -> DisclosureId:
    values = {
        "client": disclosure.client,
        "at": micros(disclosure.at),
        "utc_offset": utc_offset(disclosure.at),
        "verb": disclosure.verb,
        "question": disclosure.question,
        "with_quotes": int(disclosure.with_quotes),
        "with_pseudonyms": int(disclosure.with_pseudonyms),
        "episodes": disclosure.episodes or len(disclosure.seen),
    }
    id_ = database.add(rows.insert("disclosures", values), values)
    for proposition in disclosure.propositions:
        database.run("INSERT INTO disclosed (disclosure_id, proposition_id) VALUES (?, ?)", (id_, proposition))
    for seen in disclosure.seen:
        database.run("INSERT INTO disclosed_episodes (disclosure_id, observation_id) VALUES (?, ?)", (id_, seen))
    return DisclosureId(id_)


def clear(database: Database) -> int:
    """What was told is listed no more. Answers how many disclosures there were."""
    return database.run("DELETE FROM disclosures")


def names(database: Database) -> list[str]:
    """As the screen called other people: whom the person writes with, and whose mails they read. Each once. Also where
    that was so long ago that only what is believed still names them.
    """
    found = database.all(
        """SELECT json_extract(detail, '$.name') AS name FROM sightings WHERE topic >= 'person:' AND topic < 'person;'
           UNION SELECT json_extract(detail, '$.sender') FROM sightings WHERE topic >= 'mail:' AND topic < 'mail;'
           UNION SELECT json_extract(detail, '$.to') FROM sightings WHERE topic >= 'said:' AND topic < 'said;'
               AND json_extract(detail, '$.medium') IN ('mail', 'message')
           UNION SELECT name FROM names_of_others"""
    )
    return [str(row["name"]) for row in found if row["name"]]


def words_told(database: Database, client: str) -> list[str]:
    """The texts, quotes and titles of all that this program was told of and that is not forgotten since."""
    found = database.all(
        """WITH told AS (SELECT DISTINCT proposition_id AS id FROM disclosed
                        JOIN disclosures ON disclosures.id = disclosure_id WHERE client = :client)
           SELECT text AS words FROM propositions WHERE id IN (SELECT id FROM told)
           UNION SELECT quote FROM evidence JOIN revisions ON revisions.id = revision_id
               WHERE proposition_id IN (SELECT id FROM told)
           UNION SELECT title FROM observations JOIN disclosed_episodes ON observation_id = observations.id
               JOIN disclosures ON disclosures.id = disclosure_id WHERE client = :client""",
        {"client": client},
    )
    return [row["words"] for row in found]


def relationships(database: Database) -> list[str]:
    """What is or was believed about whom the person has to do with, whatever its state."""
    states = "SELECT value FROM json_each(?)"  # all there are: the index begins with them
    found = database.all(
        f"SELECT text FROM propositions WHERE state IN ({states}) AND kind = 'relationship'", (json.dumps(STATES),)
    )
    return [row["text"] for row in found]


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
        activity=bool(row["activity"]),
        pseudonyms=bool(row["pseudonyms"]),
    )


def _disclosure_of(row: Row, told: Iterable[PropositionId], seen: Iterable[ObservationId]) -> Disclosure:
    return Disclosure(
        id=DisclosureId(row["id"]),
        client=row["client"],
        at=instant(row["at"], row["utc_offset"]),
        verb=row["verb"],
        question=row["question"],
        propositions=tuple(told),
        with_quotes=bool(row["with_quotes"]),
        with_pseudonyms=bool(row["with_pseudonyms"]),
        seen=tuple(seen),
        episodes=row["episodes"],
    )
