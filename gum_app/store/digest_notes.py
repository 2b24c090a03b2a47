"""What is written of other programs' notifications. A part of `Store`, for the daemon alone."""

from __future__ import annotations

from datetime import datetime

from gum_app.digest import DigestId, Judgement, Opinion
from gum_app.records import ObservationId, Urgency
from gum_app.store import digesting
from gum_app.store.reading import ReadingStore


class DigestNotes(ReadingStore):
    def add_to_digest(
        self, *, at: datetime, urgency: Urgency, observation_id: ObservationId | None = None, rule: str = ""
    ) -> DigestId:
        """`rule`: why nothing is kept of it, where nothing is."""
        with self._database.transaction():
            return digesting.add(self._database, at=at, urgency=urgency, observation_id=observation_id, rule=rule)

    def count_one_more(self, id: DigestId) -> bool:  # noqa: A002
        """Another of the kind, which is not kept by itself. False: what it would be counted with is forgotten."""
        with self._database.transaction():
            return digesting.count_one_more(self._database, id)

    def put_judgement(self, id: DigestId, judgement: Judgement) -> None:  # noqa: A002
        """Raises ForgottenMeanwhile."""
        with self._database.transaction():
            digesting.put_judgement(self._database, id, judgement)

    def note_shown(self, id: DigestId, at: datetime) -> None:  # noqa: A002
        """It was shown again."""
        with self._database.transaction():
            digesting.note_shown(self._database, id, at)

    def put_opinion(self, id: DigestId, opinion: Opinion | None, at: datetime) -> None:  # noqa: A002
        """What the person says of a judgement; None takes it back. Raises ForgottenMeanwhile."""
        with self._database.transaction():
            digesting.put_opinion(self._database, id, opinion, at)
