"""Which propositions belong to a time or an app: by their evidence, or by the day that they name themselves."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from gum_app.store.connect import Database
from gum_app.store.instants import instant, micros

LOOKED_THROUGH = 20_000  # pieces of evidence, the newest of the time asked for
# Taken back, so that its evidence does not count.
NOT_UNDONE = "revisions.id NOT IN (SELECT undoes FROM revisions WHERE undoes IS NOT NULL)"
IS_A_DAY = "value GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'"


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
        found: dict[str, Any] = {"seen_in": self.app}
        for name, at, moved in (("since", self.since, timedelta(0)), ("until", self.until, timedelta(microseconds=1))):
            found[f"seen_{name}"] = None if at is None else micros(at)
            found[f"day_{name}"] = None if at is None else (at - moved).date().isoformat()
        return found

    @property
    def of_evidence(self) -> str:
        parts = ["TRUE"]
        parts += ["evidence.at >= :seen_since"] if self.since is not None else []
        parts += ["evidence.at < :seen_until"] if self.until is not None else []
        parts += ["evidence.app = :seen_in COLLATE NOCASE"] if self.app is not None else []
        return " AND ".join(parts)

    @property
    def of_day(self) -> str:
        """For propositions that name a day. Where an app is asked for they must have been seen there all the same."""
        if self.app is not None or (self.since is None and self.until is None):
            return "FALSE"
        parts = [IS_A_DAY]
        parts += ["substr(value, 1, 10) >= :day_since", "value >= :day_since"] if self.since is not None else []
        parts += ["substr(value, 1, 10) <= :day_until"] if self.until is not None else []
        return " AND ".join(parts)

    @property
    def of_proposition(self) -> str:
        """A condition on `propositions`; to be asked of few."""
        if self.is_open:
            return "TRUE"
        return f"""(EXISTS (SELECT 1 FROM revisions CROSS JOIN evidence ON evidence.revision_id = revisions.id
                            WHERE revisions.proposition_id = propositions.id AND {self.of_evidence} AND {NOT_UNDONE})
                    OR id IN (SELECT id FROM propositions WHERE {self.of_day}))"""

    @property
    def ids(self) -> str:
        """The propositions of the span, as a query; those of its newest evidence where it has very much."""
        return f"""SELECT DISTINCT proposition_id AS id
                   FROM (SELECT revision_id FROM (SELECT * FROM evidence INDEXED BY evidence_by_time
                                                  WHERE {self._of_time} ORDER BY at DESC LIMIT {LOOKED_THROUGH})
                         AS evidence WHERE {self.of_evidence})
                   CROSS JOIN revisions ON revisions.id = revision_id WHERE {NOT_UNDONE}
                   UNION SELECT id FROM propositions WHERE {self.of_day}"""

    @property
    def _of_time(self) -> str:
        return Span(since=self.since, until=self.until).of_evidence


def seen(database: Database, ids: Iterable[int], span: Span) -> dict[int, tuple[datetime, datetime]]:
    """First and last evidence of each proposition within the span."""
    rows = database.all(
        f"""SELECT proposition_id, min(evidence.at) AS first, max(evidence.at) AS last,
                   evidence.utc_offset AS utc_offset
            FROM json_each(:ids) CROSS JOIN revisions ON proposition_id = value
            CROSS JOIN evidence ON revision_id = revisions.id
            WHERE {span.of_evidence} AND {NOT_UNDONE} GROUP BY proposition_id""",
        span.values | {"ids": json.dumps(list(ids))},
    )
    return {
        row["proposition_id"]: (instant(row["first"], row["utc_offset"]), instant(row["last"], row["utc_offset"]))
        for row in rows
    }
