"""Lists of propositions: what is asked for, and the statements that find it quickly among a hundred thousand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from gum_app.records import Kind, PropositionId, State
from gum_app.store.connect import Database, Row
from gum_app.store.instants import instant, micros
from gum_app.store.search import RELEVANCE, Wanted, wanted, worth

Sort = Literal["confidence", "fresh", "newest", "oldest", "text", "kind"]

FEW = 10  # where fewer rows have every word, rows with any of them are shown below

# "fresh" orders by the number of half-lives since the last support: the same order as by the weight 0.5 ** half-lives.
ORDERS: dict[Sort, str] = {
    "confidence": "confidence DESC, id",
    "fresh": "max(:now - last_supported_at, 0) / half_life_days, id",
    "newest": "created_at DESC, id DESC",
    "oldest": "created_at, id",
    "text": "text COLLATE NOCASE, id",
    "kind": "kind, confidence DESC, id",
}


@dataclass(frozen=True, kw_only=True)
class PropositionQuery:
    """Which propositions to list. Empty `kinds` or `states` stand for all of them.

    With `search` the best hits come first and `sort` does not count.
    """

    search: str = ""
    kinds: frozenset[Kind] = frozenset()
    states: frozenset[State] = frozenset({"active", "doubted"})
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


def count(database: Database, query: PropositionQuery, *, own_name: frozenset[str]) -> int:
    condition, values = _condition(query)
    if not query.search.strip():
        return int(database.value(f"SELECT count(*) FROM propositions WHERE {condition}", values))
    match = _match(database, wanted(query.search, without=own_name, typing=True), condition, values)
    return _hits(database, match, condition, values) if match else 0


def page(
    database: Database, query: PropositionQuery, *, own_name: frozenset[str], now: datetime, limit: int, offset: int
) -> list[Row]:
    """The rows of `propositions` from `offset` on, in the order asked for."""
    condition, values = _condition(query)
    values |= {"now": micros(now), "limit": limit, "offset": offset}
    if not query.search.strip():
        order = ORDERS[query.sort]
        # The index alone answers which rows; only those of the page are read.
        return database.all(
            f"""SELECT propositions.* FROM propositions JOIN
                (SELECT id FROM propositions WHERE {condition} ORDER BY {order} LIMIT :limit OFFSET :offset) USING (id)
                ORDER BY {order}""",
            values,
        )
    match = _match(database, wanted(query.search, without=own_name, typing=True), condition, values)
    if not match:
        return []
    hits = database.all(
        f"""SELECT propositions.*, {RELEVANCE} AS relevance FROM proposition_words
            JOIN propositions ON propositions.id = proposition_words.rowid
            WHERE proposition_words MATCH :match AND {condition}""",
        values | {"match": match},
    )
    hits.sort(key=lambda row: (-worth_of(row, values["now"]), row["id"]))
    return hits[offset : offset + limit]


def worth_of(row: Row, now: int) -> float:
    return worth(row["relevance"], row["last_supported_at"], row["half_life_days"], row["confidence"], now)


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


def _match(database: Database, wishes: list[Wanted], condition: str, values: dict[str, Any]) -> str:
    """The strictest expression that finds something; empty where nothing does."""
    for wish in wishes:
        if len(wish.words) > 1 and _hits(database, wish.every, condition, values) >= FEW:
            return wish.every
        if _hits(database, wish.any, condition, values):
            return wish.any
    return ""


def _hits(database: Database, match: str, condition: str, values: dict[str, Any]) -> int:
    return int(
        database.value(
            f"""SELECT count(*) FROM proposition_words JOIN propositions ON propositions.id = proposition_words.rowid
                WHERE proposition_words MATCH :match AND {condition}""",
            values | {"match": match},
        )
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
