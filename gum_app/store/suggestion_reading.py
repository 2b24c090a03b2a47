"""What is read of what was offered and done. A part of `ReadingStore`."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from gum_app.records import Proposition
from gum_app.store import at_hand, suggesting
from gum_app.store.at_hand import Newest
from gum_app.store.connect import Database
from gum_app.store.suggesting import SuggestMark
from gum_app.suggestions import Answered, Deed, Kept, Reminder, ReminderId, Suggestion, SuggestionId, SuggestionState


class SuggestionReading:
    _database: Database

    def suggestion(self, id: SuggestionId) -> Suggestion | None:  # noqa: A002
        """None: there is none, or what it rested on is forgotten."""
        with self._database.snapshot():
            return suggesting.one(self._database, id)

    def suggestions(
        self, states: Collection[SuggestionState] = (), *, since: datetime | None = None, limit: int = 200
    ) -> list[Suggestion]:
        """`states` empty: whatever became of them; `since`: changed since then. What changed last comes first."""
        with self._database.snapshot():
            return suggesting.listing(self._database, states, since, limit)

    def silences(self, id: SuggestionId) -> list[Kept]:  # noqa: A002
        """Why this suggestion was held back, the latest reason first."""
        return suggesting.silences(self._database, id)

    def suggestion_answers(self, *, since: datetime | None = None) -> list[Answered]:
        """What became of offers, the oldest first."""
        return suggesting.answers(self._database, since)

    def deed(self, id: SuggestionId) -> Deed | None:  # noqa: A002
        """What was done last for this suggestion, whether or not it was taken back."""
        return suggesting.deed(self._database, id)

    def reminders(self, *, done: bool = False) -> list[Reminder]:
        """The next one first. `done`: also those that are."""
        return suggesting.reminders(self._database, done=done)

    def reminder(self, id: ReminderId) -> Reminder | None:  # noqa: A002
        return suggesting.reminder(self._database, id)

    # What there is to find something in

    def beliefs_at_hand(self, now: datetime, *, most: int = 300, most_ahead: int = 100) -> list[Proposition]:
        """Current ones: those whose day comes, the next first, then the surest and freshest. Whole."""
        with self._database.snapshot():
            return at_hand.beliefs_at_hand(self._database, now, most=most, most_ahead=most_ahead)

    def newest(self) -> Newest:
        """What was seen last and what was concluded last: another value where something is new."""
        return at_hand.newest(self._database)

    def first_seen_at(self) -> datetime | None:
        """When the first episode that is still kept began."""
        return at_hand.first_seen_at(self._database)

    def suggested(self) -> SuggestMark | None:
        """Where a replay stands with its suggestions."""
        return suggesting.mark(self._database)
