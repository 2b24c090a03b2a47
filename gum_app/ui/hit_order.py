"""The hits of a search in an order that the person chose. The store finds the best hits; their order is ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from gum_app.rules.freshness import freshness
from gum_app.store.listing import PropositionRow, Sort

Key = Callable[[PropositionRow, datetime], object]

KEYS: dict[Sort, Key] = {
    "confidence": lambda row, _now: (-row.confidence, row.id),
    "fresh": lambda row, now: (-freshness(row.last_supported_at, row.half_life_days, now), row.id),
    "newest": lambda row, _now: (-row.created_at.timestamp(), -row.id),
    "oldest": lambda row, _now: (row.created_at.timestamp(), row.id),
    "text": lambda row, _now: (row.text.casefold(), row.id),
    "kind": lambda row, _now: (row.kind, -row.confidence, row.id),
}


def in_order(rows: Iterable[PropositionRow], sort: Sort, now: datetime) -> list[PropositionRow]:
    """As the whole list is ordered by the same choice."""
    key = KEYS[sort]
    return sorted(rows, key=lambda row: key(row, now))  # type: ignore[arg-type, return-value]
