"""What can be judged, what was drawn to be judged, and what is shown once the verdicts have been learned from."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from gum_app.records import Candidate, Curve, PropositionId, SpotCheck
from gum_app.store import rows
from gum_app.store.connect import Database
from gum_app.store.instants import micros

JUDGED_LATELY = timedelta(days=90)  # so long a verdict or a skip leaves a proposition in peace
OFFER_EVERY = timedelta(days=7)
FEWEST_TO_OFFER = 10

Show = Callable[[str, float, float], float]  # who made it, what evidence makes of it, its ceiling → what is shown

# What is shown as believed and is not the person's own word.
CAN_BE_JUDGED = """state IN ('active', 'doubted') AND NOT edited AND NOT confirmed AND made_by <> 'person'
    AND NOT EXISTS (SELECT 1 FROM feedback WHERE feedback.proposition_id = propositions.id AND at > :lately)
    AND NOT EXISTS (SELECT 1 FROM spot_checks
                    WHERE spot_checks.proposition_id = propositions.id AND skipped AND drawn_at > :lately)"""


def candidates(database: Database, now: datetime) -> list[Candidate]:
    """Those that nobody has judged lately, in the order of their ids."""
    found = database.all(
        f"""SELECT id, text, made_by, confidence, confidence_evidence FROM propositions
            WHERE {CAN_BE_JUDGED} ORDER BY id""",
        {"lately": micros(now - JUDGED_LATELY)},
    )
    return [
        Candidate(
            id=PropositionId(row["id"]),
            text=row["text"],
            made_by=row["made_by"],
            confidence=row["confidence"],
            confidence_evidence=row["confidence_evidence"],
        )
        for row in found
    ]


def can_be_judged(database: Database, now: datetime) -> bool:
    """Whether there is anything to draw, as far as the store can tell."""
    lately = {"lately": micros(now - JUDGED_LATELY)}
    return database.value(f"SELECT 1 FROM propositions WHERE {CAN_BE_JUDGED} LIMIT 1", lately) is not None


def is_welcome(database: Database, now: datetime) -> bool:
    offered = database.value("SELECT value FROM marks WHERE name = 'spot_check_offered'") or 0
    drawn = database.value("SELECT max(drawn_at) FROM spot_checks") or 0
    if max(offered, drawn) > micros(now - OFFER_EVERY):
        return False
    found = database.all(
        f"SELECT 1 FROM propositions WHERE {CAN_BE_JUDGED} AND created_at < :week LIMIT {FEWEST_TO_OFFER}",
        {"lately": micros(now - JUDGED_LATELY), "week": micros(now - OFFER_EVERY)},
    )
    return len(found) >= FEWEST_TO_OFFER


def spot_checks(database: Database) -> list[SpotCheck]:
    found = database.all(
        """SELECT spot_checks.*, feedback.verdict FROM spot_checks
           LEFT JOIN feedback ON feedback.spot_check_id = spot_checks.id ORDER BY spot_checks.id"""
    )
    return [rows.spot_check_of(row, row["verdict"]) for row in found]


def put_curves(database: Database, curves: Collection[Curve]) -> None:
    database.run("DELETE FROM curves")
    database.many(
        "INSERT INTO curves (source, slope, intercept, verdicts) VALUES (?, ?, ?, ?)",
        [(curve.source, curve.slope, curve.intercept, curve.verdicts) for curve in curves],
    )
    database.run("INSERT OR REPLACE INTO marks (name, value) VALUES ('recalibrated', 0)")


def recalibrate(database: Database, show: Show, *, at_once: int) -> bool:
    """Bring what is shown of the next propositions up to date. False: all are."""
    last = database.value("SELECT value FROM marks WHERE name = 'recalibrated'")
    if last is None:
        return False
    found = database.all(
        """SELECT id, made_by, confidence, confidence_evidence, ceiling FROM propositions
           WHERE id > ? AND NOT edited AND NOT confirmed AND made_by <> 'person' ORDER BY id LIMIT ?""",
        (last, at_once),
    )
    if not found:
        database.run("DELETE FROM marks WHERE name = 'recalibrated'")
        return False
    now = [(show(row["made_by"], row["confidence_evidence"], row["ceiling"]), row["id"]) for row in found]
    changed = [new for new, row in zip(now, found, strict=True) if new[0] != row["confidence"]]
    database.many("UPDATE propositions SET confidence = ? WHERE id = ?", changed)
    database.run("UPDATE marks SET value = ? WHERE name = 'recalibrated'", (found[-1]["id"],))
    return True
