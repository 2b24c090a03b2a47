"""What windows and commands may ask about reminders. They are kept by us and shown by us, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace

from gum_app.daemon.answers_suggestions import minutes_of
from gum_app.daemon.offering import SNOOZED, snoozed
from gum_app.daemon.questions import number_of, statement_of
from gum_app.daemon.room import Room
from gum_app.errors import BadInput
from gum_app.link import Answer, Question
from gum_app.rules.due_words import due_at
from gum_app.store.reading import ReadingStore
from gum_app.store.store import Store
from gum_app.suggestions import Reminder, ReminderId

Opening = Callable[[], AbstractContextManager[Store]]

MOST_OPEN = 500
NO_SUCH = "There is no such reminder."


class ReminderAnswers:
    def __init__(self, room: Room, writing: Opening, store: Opening) -> None:
        """`store` opens the store; `writing` does so with the pen held."""
        self._room, self._writing, self._store = room, writing, store
        self.verbs: dict[str, Callable[[Question], Iterator[Answer]]] = {
            "reminders": self._list,
            "reminder_add": self._add,
            "reminder_done": self._done,
            "reminder_later": self._later,
        }

    def _list(self, question: Question) -> Iterator[Answer]:
        """`done`: also those that are. The next one first."""
        with self._store() as store:
            yield {"reminders": [told(each) for each in store.reminders(done=bool(question.get("done")))]}

    def _add(self, question: Question) -> Iterator[Answer]:
        """`text`, and `at` as people type it or as programs write it."""
        text, at, now = statement_of(question), question.get("at"), self._room.clock.now()
        if not isinstance(at, str):
            raise BadInput("Say when to be reminded, like 17:30, tomorrow 9:00 or 20m.")
        reminder = Reminder(id=ReminderId(0), text=text, due_at=due_at(at, now), made_at=now)
        with self._writing() as store, store.transaction():
            if len(store.reminders()) >= MOST_OPEN:
                raise BadInput(f"There are {MOST_OPEN} reminders already: see to some of them first.")
            id_ = store.add_reminder(reminder)
        self._room.offer_soon()
        yield told(replace(reminder, id=id_))

    def _done(self, question: Question) -> Iterator[Answer]:
        """`id`; `done` false takes it back."""
        done = question.get("done", True)
        with self._writing() as store, store.transaction():
            reminder = replace(_the_reminder(store, question), done=done is not False)
            store.put_reminder(reminder)
        self._room.offer_soon()
        yield told(reminder)

    def _later(self, question: Question) -> Iterator[Answer]:
        """`id`, and `minutes` from now."""
        minutes = minutes_of(question) or SNOOZED.total_seconds() / 60
        with self._writing() as store, store.transaction():
            reminder = snoozed(_the_reminder(store, question), self._room.clock.now(), minutes)
            store.put_reminder(reminder)
        self._room.offer_soon()
        yield told(reminder)


def told(reminder: Reminder) -> Answer:
    fired_at = reminder.fired_at
    return {
        "id": reminder.id,
        "text": reminder.text,
        "due_at": reminder.due_at.isoformat(),
        "made_at": reminder.made_at.isoformat(),
        "suggestion": reminder.suggestion_id,
        "fired_at": fired_at.isoformat() if fired_at is not None else None,
        "seen_to": reminder.done,  # “done” closes an answer of the link
    }


def _the_reminder(store: ReadingStore, question: Question) -> Reminder:
    found = store.reminder(ReminderId(number_of(question, "id")))
    if found is None:
        raise BadInput(NO_SUCH)
    return found
