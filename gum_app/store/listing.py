"""Lists of propositions: what is asked for, and the statements that find it quickly among a hundred thousand."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from gum_app.records import CURRENT, Kind, PropositionId, State
from gum_app.store.connect import Database, Row
from gum_app.store.instants import instant, micros

Sort = Literal["confidence", "fresh", "newest", "oldest", "text", "kind"]

# "fresh" orders by the number of half-lives since the last support: the same order as by the weight 0.5 ** half-lives.
ORDERS: dict[Sort, str] = {
    "confidence": "confidence DESC, id",
    "fresh": "max(:now - last_supported_at, 0) / half_life_days, id",
    "newest": "created_at DESC, id DESC",
    "oldest": "created_at, id",
    "text": "text COLLATE NOCASE",  # the index keeps the order of equal texts
    "kind": "kind, confidence DESC, id",
}


@dataclass(frozen=True, kw_only=True)
class PropositionQuery:
    """Which propositions to list. Empty `kinds` or `states` stand for all of them.

    With `search` it is `retrieving.py` that finds them: the best hits come first and `sort` does not count.
    """

    search: str = ""
    kinds: frozenset[Kind] = frozenset()
    states: frozenset[State] = CURRENT
    min_confidence: float = 0.0
    since: datetime | None = None  # last supported at or after
    until: datetime | None = None  # last supported before
    sort: Sort = "confidence"


@dataclass(frozen=True, kw_only=True)
class PropositionRow:
    """A proposition as a list shows it, without its evidence and its history."""

    id: PropositionId
    text: str
    kind: Kind
    state: State
    confidence: float
    confidence_raw: float
    half_life_days: float
    created_at: datetime
    last_supported_at: datetime
    pinned: bool
    edited: bool
    confirmed: bool
    evidence_count: int
    why: str = ""  # of a hit of a search: what makes it one, as a sentence


def count(database: Database, query: PropositionQuery) -> int:
    condition, values = _condition(query)
    return int(database.value(f"SELECT count(*) FROM propositions WHERE {condition}", values))


def page(database: Database, query: PropositionQuery, *, now: datetime, limit: int, offset: int) -> list[Row]:
    """The rows of `propositions` from `offset` on, in the order asked for."""
    condition, values = _condition(query)
    return rows_of(database, _sorted(database, query.sort, condition, values, micros(now), limit, offset))


def rows_of(database: Database, ids: list[int]) -> list[Row]:
    """The rows of `propositions` with these ids, in their order."""
    found = database.all("SELECT * FROM propositions WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(ids),))
    rows = {row["id"]: row for row in found}
    return [rows[id_] for id_ in ids]


def _sorted(
    database: Database, sort: Sort, condition: str, values: dict[str, Any], now: int, limit: int, offset: int
) -> list[int]:
    """The index alone answers which rows; only those of the page are read."""
    index = "propositions_by_text" if sort == "text" else "propositions_to_list"
    found = database.all(
        f"""SELECT id FROM propositions INDEXED BY {index} WHERE {condition}
            ORDER BY {ORDERS[sort]} LIMIT :limit OFFSET :offset""",
        values | {"now": now, "limit": limit, "offset": offset},
    )
    return [row["id"] for row in found]


def row_of(row: Row) -> PropositionRow:
    offset = row["utc_offset"]
    return PropositionRow(
        id=PropositionId(row["id"]),
        text=row["text"],
        kind=row["kind"],
        state=row["state"],
        confidence=row["confidence"],
        confidence_raw=row["confidence_raw"],
        half_life_days=row["half_life_days"],
        created_at=instant(row["created_at"], offset),
        last_supported_at=instant(row["last_supported_at"], offset),
        pinned=bool(row["pinned"]),
        edited=bool(row["edited"]),
        confirmed=bool(row["confirmed"]),
        evidence_count=row["evidence_count"],
    )


def _condition(query: PropositionQuery) -> tuple[str, dict[str, Any]]:
    parts = ["confidence >= :min_confidence"]
    values: dict[str, Any] = {"min_confidence": query.min_confidence}
    for column, wishes in (("state", query.states), ("kind", query.kinds)):
        if wishes:
            names = {f"{column}_{number}": wish for number, wish in enumerate(sorted(wishes))}
            parts.append(f"{column} IN ({', '.join(':' + name for name in names)})")
            values |= names
    if query.since is not None:
        parts.append("last_supported_at >= :since")
        values["since"] = micros(query.since)
    if query.until is not None:
        parts.append("last_supported_at < :until")
        values["until"] = micros(query.until)
    return " AND ".join(parts), values
