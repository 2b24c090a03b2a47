"""What is at hand when it is asked what could be offered: what is believed surely and freshly, or has a day ahead.

And what tells that something is new since it was asked last: reading that takes no time at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from gum_app.records import CURRENT, Proposition
from gum_app.store import beliefs, listing
from gum_app.store.connect import Database
from gum_app.store.instants import instant, micros

IS_DAY = "value GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'"  # as of the index of days
_CURRENT = ", ".join(f"'{state}'" for state in sorted(CURRENT))


@dataclass(frozen=True, order=True)
class Newest:
    """The last observation and the last revision there are; 0: none."""

    observation: int = 0
    revision: int = 0


def newest(database: Database) -> Newest:
    row = database.one("SELECT (SELECT max(id) FROM observations) AS seen, (SELECT max(id) FROM revisions) AS said")
    assert row is not None
    return Newest(row["seen"] or 0, row["said"] or 0)


def first_seen_at(database: Database) -> datetime | None:
    row = database.one("SELECT started_at, utc_offset FROM observations ORDER BY started_at LIMIT 1")
    return None if row is None else instant(row["started_at"], row["utc_offset"])


def beliefs_at_hand(database: Database, now: datetime, *, most: int, most_ahead: int) -> list[Proposition]:
    """Current ones: the surest and freshest, and those whose day comes, the next first. Whole; each once."""
    best = database.all(
        f"""SELECT id FROM propositions INDEXED BY propositions_to_list WHERE state IN ({_CURRENT})
            ORDER BY confidence / (1 + max(:now - last_supported_at, 0) / 86400e6 / half_life_days) DESC, id
            LIMIT :most""",
        {"now": micros(now), "most": most},
    )
    ahead = database.all(
        f"""SELECT id FROM propositions INDEXED BY propositions_by_day
            WHERE {IS_DAY} AND value >= :today AND state IN ({_CURRENT}) ORDER BY value, id LIMIT :most""",
        {"today": (now - timedelta(days=1)).date().isoformat(), "most": most_ahead},
    )
    ids = list(dict.fromkeys(row["id"] for row in (*ahead, *best)))
    return [beliefs.whole(database, row) for row in listing.rows_of(database, ids)]
