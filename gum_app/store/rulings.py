"""What the audit decided, by kind, rule, program and time, and never what it was about; and how often the person
rejected or forgot something of a kind.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from gum_app.records import MATTERS, Keeping, ListedRuling, Matter, ObservationId, Ruling, Whose
from gum_app.store import rows
from gum_app.store.connect import Database, Row
from gum_app.store.instants import MICROS_PER_MINUTE, instant, micros, utc_offset

SAME_RULING_MINUTES = 10  # the same rule in the same program so soon again is still the same ruling


@dataclass(frozen=True, kw_only=True)
class Tally:
    """All rulings of one kind, rule and program together, for a list that a person reads."""

    matter: Matter
    keeping: Keeping
    rule: str
    app: str
    whose: Whose
    count: int
    first_at: datetime
    last_at: datetime


def add(
    database: Database, found: Iterable[Ruling], *, app: str, at: datetime, observation_id: ObservationId | None
) -> None:
    for ruling in found:
        values = values_of(
            ListedRuling(ruling=ruling, app=app, started_at=at, ended_at=at, observation_id=observation_id)
        )
        last = database.one(
            """SELECT id, ended_at FROM rulings WHERE matter = :matter AND keeping = :keeping AND rule = :rule
               AND app = :app AND whose = :whose AND observation_id IS :observation_id ORDER BY id DESC LIMIT 1""",
            values,
        )
        if last is not None and 0 <= values["ended_at"] - last["ended_at"] <= SAME_RULING_MINUTES * MICROS_PER_MINUTE:
            database.run(
                "UPDATE rulings SET ended_at = ?, count = count + ? WHERE id = ?",
                (values["ended_at"], ruling.count, last["id"]),
            )
        else:
            database.run(rows.insert("rulings", values), values)


def newest(database: Database, *, limit: int) -> list[ListedRuling]:
    found = database.all("SELECT * FROM rulings ORDER BY ended_at DESC, id DESC LIMIT ?", (limit,))
    return [ruling_of(row) for row in found]


def tallies(database: Database) -> list[Tally]:
    """The newest first."""
    found = database.all(
        """SELECT matter, keeping, rule, app, whose, sum(count) AS count, min(started_at) AS first_at,
                  max(ended_at) AS last_at, utc_offset FROM rulings
           GROUP BY matter, keeping, rule, app, whose ORDER BY last_at DESC, matter, rule, app"""
    )
    return [
        Tally(
            matter=row["matter"],
            keeping=row["keeping"],
            rule=row["rule"],
            app=row["app"],
            whose=row["whose"],
            count=row["count"],
            first_at=instant(row["first_at"], row["utc_offset"]),
            last_at=instant(row["last_at"], row["utc_offset"]),
        )
        for row in found
    ]


def note_reluctance(database: Database, matters: Iterable[Matter]) -> None:
    database.many(
        """INSERT INTO reluctance (matter, count) VALUES (?, 1)
           ON CONFLICT (matter) DO UPDATE SET count = count + 1""",
        [(matter,) for matter in sorted(set(matters))],
    )


def reluctance(database: Database) -> dict[Matter, int]:
    known = {row["matter"]: int(row["count"]) for row in database.all("SELECT * FROM reluctance")}
    return {matter: known[matter] for matter in MATTERS if matter in known}


def values_of(listed: ListedRuling) -> rows.Values:
    return {
        "observation_id": listed.observation_id,
        "started_at": micros(listed.started_at),
        "ended_at": micros(listed.ended_at),
        "utc_offset": utc_offset(listed.started_at),
        "app": listed.app,
        "matter": listed.ruling.matter,
        "keeping": listed.ruling.keeping,
        "rule": listed.ruling.rule,
        "whose": listed.ruling.whose,
        "count": listed.ruling.count,
    }


def ruling_of(row: Row) -> ListedRuling:
    return ListedRuling(
        ruling=Ruling(
            matter=row["matter"], keeping=row["keeping"], rule=row["rule"], whose=row["whose"], count=row["count"]
        ),
        app=row["app"],
        started_at=instant(row["started_at"], row["utc_offset"]),
        ended_at=instant(row["ended_at"], row["utc_offset"]),
        observation_id=row["observation_id"],
    )
