"""Which propositions belong to a time or an app: by their evidence, or by the day that they name themselves."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from gum_app.store.connect import Database
from gum_app.store.instants import MICROSECOND, instant, micros

LOOKED_THROUGH = 20_000  # pieces of evidence, the newest of the time asked for
# Taken back, so that its evidence does not count.
NOT_UNDONE = "revisions.id NOT IN (SELECT undoes FROM revisions WHERE undoes IS NOT NULL)"
A_DAY = timedelta(days=1)
# As the index `propositions_by_day` says it.
IS_A_DAY = "propositions.value GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'"


@dataclass(frozen=True, kw_only=True)
class Span:
    """From `since` on and before `until`, in `app`; None: that does not matter."""

    since: datetime | None = None
    until: datetime | None = None
    app: str | None = None  # compared without case

    @property
    def is_open(self) -> bool:
        return self.since is None and self.until is None and self.app is None

    @property
    def values(self) -> dict[str, Any]:
        """What the conditions below name."""
        return {
            "seen_in": self.app,
            "seen_since": None if self.since is None else micros(self.since),
            "seen_until": None if self.until is None else micros(self.until),
            "first_day": None if self.since is None else self.since.date().isoformat(),
            "day_after": None if self.until is None else (self.until - MICROSECOND + A_DAY).date().isoformat(),
        }

    @property
    def of_evidence(self) -> str:
        parts = [self._of_time]
        parts += ["evidence.app = :seen_in COLLATE NOCASE"] if self.app is not None else []
        return " AND ".join(parts)

    @property
    def _of_time(self) -> str:
        parts = ["TRUE"]
        parts += ["evidence.at >= :seen_since"] if self.since is not None else []
        parts += ["evidence.at < :seen_until"] if self.until is not None else []
        return " AND ".join(parts)

    @property
    def of_day(self) -> str:
        """For propositions that name a day. Where an app is asked for they must have been seen there all the same."""
        if self.app is not None or (self.since is None and self.until is None):
            return "FALSE"
        parts = [IS_A_DAY]
        parts += ["propositions.value >= :first_day"] if self.since is not None else []
        parts += ["propositions.value < :day_after"] if self.until is not None else []
        return " AND ".join(parts)

    def of_proposition(self, database: Database) -> str:
        """A condition on `propositions`. Where a time has little evidence, that is looked through once, and not again
        for each that is asked about.
        """
        if self.is_open:
            return "TRUE"
        if self.since is not None or self.until is not None:
            most = LOOKED_THROUGH + 1
            some = f"SELECT 1 FROM evidence INDEXED BY evidence_by_time WHERE {self._of_time} LIMIT {most}"
            if database.value(f"SELECT count(*) FROM ({some})", self.values) < most:
                return f"id IN ({self.ids})"
        return f"""(EXISTS (SELECT 1 FROM revisions CROSS JOIN evidence ON evidence.revision_id = revisions.id
                            WHERE revisions.proposition_id = propositions.id AND {self.of_evidence} AND {NOT_UNDONE})
                    OR ({self.of_day}))"""

    @property
    def ids(self) -> str:
        """The propositions of the span, as a query; those of its newest evidence where it has very much."""
        return f"""SELECT DISTINCT proposition_id AS id
                   FROM (SELECT revision_id FROM (SELECT * FROM evidence INDEXED BY evidence_by_time
                                                  WHERE {self._of_time} ORDER BY at DESC LIMIT {LOOKED_THROUGH})
                         AS evidence WHERE {self.of_evidence})
                   CROSS JOIN revisions ON revisions.id = revision_id WHERE {NOT_UNDONE}
                   UNION SELECT id FROM propositions WHERE {self.of_day}"""


def seen(database: Database, ids: Iterable[int], span: Span) -> dict[int, tuple[datetime, datetime]]:
    """First and last evidence of each proposition within the span."""
    rows = database.all(
        f"""SELECT proposition_id, min(evidence.at) AS first, max(evidence.at) AS last,
                   evidence.utc_offset AS utc_offset
            FROM (SELECT value AS hit FROM json_each(:ids)) CROSS JOIN revisions ON proposition_id = hit
            CROSS JOIN evidence ON revision_id = revisions.id
            WHERE {span.of_evidence} AND {NOT_UNDONE} GROUP BY proposition_id""",
        span.values | {"ids": json.dumps(list(ids))},
    )
    return {
        row["proposition_id"]: (instant(row["first"], row["utc_offset"]), instant(row["last"], row["utc_offset"]))
        for row in rows
    }
