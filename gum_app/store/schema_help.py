"""What the tables of help mean: what was offered, why it was held back, what became of it, and what was done.

The words of a suggestion come from what was seen and what is believed. When a part of that is forgotten or expires, a
trigger takes the whole suggestion away. That there was an answer to an offer of some kind stays: it holds no word.
"""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import SQLModel

from gum_app.store.columns import a_key, a_real, a_text, a_whole, an_id, counted, made_of


class SuggestionRow(SQLModel, table=True):
    __tablename__ = "suggestions"
    __table_args__ = counted(
        Index("suggestions_by_time", "made_at"),
        Index("suggestions_by_state", "state", "changed_at"),
    )
    id: int | None = an_id()
    kind: str = a_text()
    topic: str = a_text()
    title: str = a_text()
    why_now: str = a_text()
    act: str = a_text()  # JSON: what its kind needs
    belief: float = a_real()
    benefit: int = a_whole()
    cost_wrong: int = a_whole()
    cost_silent: int = a_whole()
    good_until: int = a_whole()
    made_by: str = a_text()
    made_at: int = a_whole()
    utc_offset: int = a_whole()
    state: str = a_text()
    changed_at: int = a_whole()
    wanted: float | None = a_real()  # NULL: not judged yet
    silence: str | None = a_text()  # NULL: nothing was in the way
    shown_at: int | None = a_whole()  # NULL: never shown
    not_before: int | None = a_whole()  # NULL: the person did not say “later”


class SuggestionBecauseRow(SQLModel, table=True):
    """Which propositions a suggestion rests on; it goes with any of them."""

    __tablename__ = "suggestion_because"
    __table_args__ = made_of(Index("suggestion_because_by_proposition", "proposition_id"))
    suggestion_id: int = a_key("suggestions.id", primary_key=True)
    proposition_id: int = a_key("propositions.id", primary_key=True)


class SuggestionSeenRow(SQLModel, table=True):
    """Which episodes a suggestion rests on; it goes with any of them."""

    __tablename__ = "suggestion_seen"
    __table_args__ = made_of(Index("suggestion_seen_by_observation", "observation_id"))
    suggestion_id: int = a_key("suggestions.id", primary_key=True)
    observation_id: int = a_key("observations.id", primary_key=True)


class SilenceRow(SQLModel, table=True):
    """Why a suggestion was held back, and how often: one row for each reason."""

    __tablename__ = "silences"
    __table_args__ = made_of(Index("silences_by_time", "last_at"))
    suggestion_id: int = a_key("suggestions.id", primary_key=True)
    silence: str = a_text(primary_key=True)
    first_at: int = a_whole()
    last_at: int = a_whole()
    utc_offset: int = a_whole()
    count: int = a_whole()


class SuggestionAnswerRow(SQLModel, table=True):
    """What became of an offer: what is learned from. No words, so it outlives what it was about."""

    __tablename__ = "suggestion_answers"
    __table_args__ = counted(
        Index("suggestion_answers_by_time", "at"), Index("suggestion_answers_by_suggestion", "suggestion_id")
    )
    id: int | None = an_id()
    suggestion_id: int | None = a_key("suggestions.id", when_gone="SET NULL")  # NULL: forgotten
    kind: str = a_text()
    answer: str = a_text()
    at: int = a_whole()
    utc_offset: int = a_whole()


class ReminderRow(SQLModel, table=True):
    __tablename__ = "reminders"
    __table_args__ = counted(Index("reminders_by_time", "due_at"), Index("reminders_by_suggestion", "suggestion_id"))
    id: int | None = an_id()
    suggestion_id: int | None = a_key("suggestions.id")  # NULL: the person made it without a suggestion
    text: str = a_text()
    due_at: int = a_whole()
    made_at: int = a_whole()
    utc_offset: int = a_whole()
    fired_at: int | None = a_whole()  # NULL: not yet
    done: int = a_whole()


class SuggestionDeedRow(SQLModel, table=True):
    """What was done after a click. A file that was written outlives this row: it is the person's."""

    __tablename__ = "suggestion_deeds"
    __table_args__ = counted(Index("suggestion_deeds_by_suggestion", "suggestion_id"))
    id: int | None = an_id()
    suggestion_id: int = a_key("suggestions.id")
    reminder_id: int | None = a_key("reminders.id", when_gone="SET NULL")  # NULL: it set none, or it is gone
    act: str = a_text()
    at: int = a_whole()
    utc_offset: int = a_whole()
    result: str = a_text()
    path: str = a_text()  # empty: nothing was written
    fingerprint: str = a_text()  # SHA-256 of what was written; empty: nothing
    undone_at: int | None = a_whole()  # NULL: it stands


DECLARED = (
    SuggestionRow,
    SuggestionBecauseRow,
    SuggestionSeenRow,
    SilenceRow,
    SuggestionAnswerRow,
    ReminderRow,
    SuggestionDeedRow,
)
