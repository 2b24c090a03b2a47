"""What was offered, decided about it and done, and what became of it. A part of `Store`, for the daemon alone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from gum_app.store import suggesting
from gum_app.store.reading import ReadingStore
from gum_app.store.suggesting import SuggestMark
from gum_app.suggestions import Answer, Answered, Deed, Offer, Reminder, ReminderId, Suggestion, SuggestionId


class SuggestionNotes(ReadingStore):
    def add_offer(self, offer: Offer, at: datetime) -> SuggestionId:
        """It waits. Raises ForgottenMeanwhile where something that it rests on is gone, or it rests on nothing."""
        with self._database.transaction():
            return suggesting.add(self._database, offer, at)

    def put_suggestion(self, suggestion: Suggestion) -> None:
        """What was decided about it and became of it; its words never change. Raises ForgottenMeanwhile."""
        with self._database.transaction():
            suggesting.put(self._database, suggestion)

    def keep_silent(self, suggestion: Suggestion, at: datetime) -> None:
        """It is held back for its `silence`, which is counted. Raises ForgottenMeanwhile."""
        assert suggestion.silence is not None, "silence has a reason"
        with self._database.transaction():
            suggesting.put(self._database, suggestion)
            suggesting.keep_silent(self._database, suggestion, at)

    def add_suggestion_answer(self, answered: Answered) -> None:
        suggesting.add_answer(self._database, answered)

    def take_back_answer(self, id: SuggestionId, of: Collection[Answer]) -> Answered | None:  # noqa: A002
        """The last of these answers to this suggestion; it is gone then as if it had not been given."""
        with self._database.transaction():
            return suggesting.take_back_answer(self._database, id, of)

    def add_deed(self, deed: Deed) -> None:
        """Something was done after a click."""
        suggesting.add_deed(self._database, deed)

    def drop_deed(self, id: SuggestionId) -> None:  # noqa: A002
        """The last one: it could not be done after all."""
        suggesting.drop_deed(self._database, id)

    def mark_undone(self, id: SuggestionId, at: datetime) -> None:  # noqa: A002
        suggesting.mark_undone(self._database, id, at)

    def add_reminder(self, reminder: Reminder) -> ReminderId:
        """Its `id` does not count."""
        return suggesting.add_reminder(self._database, reminder)

    def put_reminder(self, reminder: Reminder) -> None:
        """When it is due, whether it fired and is done; its words never change. Raises ForgottenMeanwhile."""
        suggesting.put_reminder(self._database, reminder)

    def put_suggested(self, mark: SuggestMark) -> None:
        """Of a replay: call it in the transaction that keeps what was decided."""
        suggesting.put_mark(self._database, mark)
