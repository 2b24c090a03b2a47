"""What tidying reads a little at a time, and how far it has come. A part of `Store`, for the daemon alone."""

from __future__ import annotations

from datetime import datetime

from gum_app.records import PropositionId, RevisionId
from gum_app.store import tidying
from gum_app.store.instants import micros, utc_offset
from gum_app.store.model_notes import ModelNotes
from gum_app.store.tidying import Candidate, Marks


class TidyNotes(ModelNotes):
    def tidying_marks(self) -> Marks:
        return tidying.marks(self._database)

    def maybe_over(self, *, after: PropositionId, now: datetime, half_lives: float, limit: int) -> list[Candidate]:
        """Current ones in the order of their ids: plans and appointments, and what has not been seen for so long."""
        return tidying.maybe_over(self._database, after=after, now=now, half_lives=half_lives, limit=limit)

    def changed_since(self, revision: RevisionId, *, limit: int) -> list[tuple[RevisionId, PropositionId]]:
        """The next revisions that gave a proposition its words, oldest first; those of tidying itself left out."""
        return tidying.changed_since(self._database, revision, limit=limit)

    def last_seen_at(self) -> datetime | None:
        """When the last episode began; None where none is kept."""
        return tidying.last_seen_at(self._database)

    def put_looked_up_to(self, id_: PropositionId) -> None:
        """0: the next look begins anew."""
        tidying.put_mark(self._database, "tidying", id_)

    def put_compared_up_to(self, revision: RevisionId) -> None:
        tidying.put_mark(self._database, "tidied_revision", revision)

    def put_tidied_at(self, at: datetime) -> None:
        with self._database.transaction():
            tidying.put_mark(self._database, "tidied", micros(at))
            tidying.put_mark(self._database, "tidied_offset", utc_offset(at))
