"""What is read of other programs' notifications. A part of `ReadingStore`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from gum_app.digest import DigestId, DigestItem
from gum_app.records import ObservationId, PropositionId
from gum_app.store import digesting
from gum_app.store.connect import Database

MOST_OPINIONS = 2_000  # older ones have faded


class DigestReading:
    _database: Database

    def digest_items(self, *, since: datetime, until: datetime, limit: int = 1000, offset: int = 0) -> list[DigestItem]:
        """What other programs showed then, the newest first."""
        with self._database.snapshot():
            return digesting.items(self._database, since, until, limit, offset)

    def digest_item(self, id: DigestId) -> DigestItem | None:  # noqa: A002
        """None: there is none, or it is forgotten."""
        with self._database.snapshot():
            return digesting.item(self._database, id)

    def unjudged(self, *, since: datetime, limit: int) -> list[DigestItem]:
        """What is kept and nobody has judged, the oldest first."""
        with self._database.snapshot():
            return digesting.unjudged(self._database, since, limit)

    def with_opinion(self) -> list[DigestItem]:
        """What the person has said something of, the newest first."""
        with self._database.snapshot():
            return digesting.with_opinion(self._database, MOST_OPINIONS)

    def critical_share(self, app: str, *, before: DigestId, most: int = 20) -> float:
        """Of a program's last notifications before this one, how many it called critical, 0–1."""
        return digesting.critical_share(self._database, app, before, most)

    def rules_that_cut(self, id: ObservationId | None) -> set[str]:  # noqa: A002
        """By which rules something was cut out of what it said."""
        return set() if id is None else digesting.rules_that_cut(self._database, id)

    def count_digest(self, *, since: datetime, until: datetime) -> int:
        """How many notifications there were, also those of which nothing is kept."""
        return digesting.count(self._database, since, until)

    def count_shown_again(self, *, since: datetime, until: datetime, criticals: bool) -> int:
        """`criticals`: also those that the desktop showed by itself."""
        return digesting.count_shown(self._database, since, until, criticals=criticals)

    def values_of(self, ids: Iterable[PropositionId]) -> dict[PropositionId, str]:
        """The date, or whatever else may change, that each of these propositions names."""
        return digesting.values_of(self._database, ids)
