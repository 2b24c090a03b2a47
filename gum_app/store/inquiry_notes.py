"""What asking the person writes. A part of `Store`, for the daemon alone; what is worth asking is a rule elsewhere."""

from __future__ import annotations

from datetime import datetime

from gum_app.records import Inquiry, InquiryId, Proposition, PropositionId, RevisionId
from gum_app.store import deeds, inquiries
from gum_app.store.model_notes import ModelNotes


class InquiryNotes(ModelNotes):
    def askable(self, *, least: float, most: float) -> list[Proposition]:
        """What is shown with a confidence between these, and was never asked about or judged: the freshest."""
        with self._database.snapshot():
            return inquiries.askable(self._database, least, most)

    def contradicted(self) -> list[tuple[PropositionId, RevisionId]]:
        """What speaks against the person's word and was never asked about, with the revision that says so."""
        return inquiries.contradicted(self._database)

    def count_unsure_since(self, at: datetime) -> int:
        """How many questions were asked since because we were unsure."""
        return inquiries.count_unsure_since(self._database, at)

    def add_inquiry(self, inquiry: Inquiry) -> InquiryId:
        """Its `id` does not count."""
        return inquiries.add(self._database, inquiry)

    def put_answer(self, id: InquiryId, answer: str, *, with_deed: bool) -> None:  # noqa: A002
        """`with_deed`: within the transaction that added a deed, which takes the answer back with it."""
        deed = deeds.next_number(self._database) - 1 if with_deed else None
        inquiries.put_answer(self._database, id, answer, deed)
