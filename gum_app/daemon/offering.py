"""Shows suggestions and reminders as notifications, on a thread of its own, and hears what the person does with them.

One suggestion at a time. What is on the screen is taken away when the screen is locked or shared, when watching is
paused, and when what it rests on is gone. Without a program that shows notifications all of it waits in the window.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from gum_app.clock import Clock, SystemClock
from gum_app.daemon.answering import give, ignore
from gum_app.daemon.doing import Doing
from gum_app.daemon.room import Room
from gum_app.daemon.wishes import Wishes
from gum_app.errors import GumError, NotYet
from gum_app.rules.abilities import says_it_all
from gum_app.rules.notes import DO, DONE, LATER, NO, UNDO, Note, done_note, reminder_note, suggestion_note
from gum_app.store.store import Store
from gum_app.suggestions import Reminder, ReminderId, Suggestion, SuggestionId
from gum_app.world.notifications import Answer, Notifier

log = logging.getLogger(__name__)

LISTEN_SECONDS = 0.5  # while something is on the screen: how soon it is gone when it must be
HELD_SECONDS = 5.0  # while something is due, and it is no moment to show it
AHEAD_SECONDS = 30.0  # at most, until the next reminder: the clock may be put, and the machine may sleep
IGNORED_SECONDS = 600.0  # so long after it was shown, saying nothing is an answer
SNOOZED = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class OnScreen:
    suggestion: SuggestionId | None = None
    reminder: ReminderId | None = None
    done: SuggestionId | None = None  # it only tells that this was done
    fingerprint: str = ""  # of the whole of what its button does, where it does it at once


class Offering:
    """Belongs to one thread, as its notifier and its store do."""

    def __init__(
        self, room: Room, store: Store, notifier: Notifier, *, doing: Doing, spans: Clock | None = None
    ) -> None:
        """`spans` measures how long somebody says nothing."""
        self._room = room
        self._store = store
        self._notifier = notifier
        self._doing = doing
        self._spans = spans or SystemClock()
        self._wishes = Wishes(store)
        self._on_screen: dict[int, OnScreen] = {}
        self._unanswered: dict[SuggestionId, float] = {}  # shown, and until when nothing said is no answer yet

    def offer(self, stop: Callable[[], bool]) -> None:
        """Until it is time to stop."""
        try:
            while not stop():
                self._room.something_to_offer.clear()
                wait_seconds = self.step()
                if not self._on_screen:
                    self._room.something_to_offer.wait(wait_seconds)
        finally:
            for id_ in list(self._on_screen):
                self._withdraw(id_)

    def step(self) -> float | None:
        """Once what is due. Returns how long nothing more will be; None: until something changes."""
        self._listen()
        self._clear_away()
        self._ignore_what_was_not_answered()
        held = self._remind()
        self._show_suggestions()
        return self._patience_seconds(held)

    @property
    def on_screen(self) -> tuple[OnScreen, ...]:
        return tuple(self._on_screen.values())

    def _patience_seconds(self, held: bool) -> float | None:
        waits = [HELD_SECONDS] if held else []
        if due := [each.due_at for each in self._store.reminders() if each.fired_at is None]:
            left = (min(due) - self._room.clock.now()).total_seconds()
            waits.append(min(max(left, 0.0) if not held else HELD_SECONDS, AHEAD_SECONDS))
        if self._unanswered:
            waits.append(max(min(self._unanswered.values()) - self._spans.monotonic_seconds(), 0.0))
        return min(waits) if waits else None

    # Showing

    def _show_suggestions(self) -> None:
        while self._room.to_show:
            kept = self._store.suggestion(self._room.to_show.popleft())
            if kept is None or kept.state != "shown":
                continue
            if self._is_no_moment():
                self._put_back(kept)
                continue
            for id_, shown in list(self._on_screen.items()):
                if shown.suggestion is not None or shown.done is not None:
                    self._withdraw(id_)
            self._show_one(kept)

    def _show_one(self, kept: Suggestion) -> None:
        now = self._room.clock.now()
        act = kept.offer.act
        try:
            fingerprint = self._doing.preview(kept.id).fingerprint if says_it_all(act) else ""
        except GumError:
            fingerprint = ""  # it cannot be done now: the window says why
        note = suggestion_note(kept.offer, now, has_buttons=self._notifier.has_buttons())
        if self._show(note, OnScreen(suggestion=kept.id, fingerprint=fingerprint if DO in note.actions else "")):
            self._unanswered[kept.id] = self._spans.monotonic_seconds() + IGNORED_SECONDS

    def _show(self, note: Note, what: OnScreen) -> bool:
        try:
            id_ = self._notifier.show(note.summary, note.body, note.actions)
        except NotYet as error:
            log.info("nothing could be shown: %s", error)
            self._room.offering_trouble = f"{error} Suggestions and reminders wait in the window."
            return False
        self._room.offering_trouble = None
        self._room.spoken.add_note(note.summary, note.body)
        self._on_screen[id_] = what
        return True

    def _remind(self) -> bool:
        """Whether something is due that cannot be shown now."""
        now, gate = self._room.clock.now(), self._room.gate
        due = [each for each in self._store.reminders() if each.fired_at is None and each.due_at <= now]
        if not due:
            return False
        if gate.locked or gate.asleep or gate.away:
            return True
        has_buttons = self._notifier.has_buttons()
        for each in due:
            note = reminder_note(each, now, sharing=gate.sharing, has_buttons=has_buttons)
            if not self._show(note, OnScreen(reminder=each.id)):
                return True
            self._put_reminder(replace(each, fired_at=now))
        return False

    # Taking away

    def _is_shut(self) -> bool:
        """Whether others may read along, or nobody looks."""
        gate = self._room.gate
        return gate.locked or gate.asleep or gate.sharing

    def _is_no_moment(self) -> bool:
        paused = self._room.gate.paused_until(self._room.clock.now()) is not None
        return self._is_shut() or paused or not self._wishes.settings().suggestions

    def _clear_away(self) -> None:
        no_moment = self._is_no_moment()
        for id_, shown in list(self._on_screen.items()):
            if shown.suggestion is not None:
                kept = self._store.suggestion(shown.suggestion)
                if kept is None or kept.state != "shown":
                    self._withdraw(id_)
                    self._unanswered.pop(shown.suggestion, None)
                elif no_moment:
                    self._withdraw(id_)
                    self._put_back(kept)
            elif shown.reminder is not None:
                reminder = self._store.reminder(shown.reminder)
                if reminder is None or reminder.done or reminder.fired_at is None:
                    self._withdraw(id_)
                elif self._is_shut():
                    self._withdraw(id_)
                    self._put_reminder(replace(reminder, fired_at=None))  # told again, in a better moment or neutrally
            elif no_moment:
                self._withdraw(id_)

    def _put_back(self, kept: Suggestion) -> None:
        """It waits for a better moment; nobody has said anything about it."""
        self._unanswered.pop(kept.id, None)
        with self._room.pen, self._store.transaction():
            now_there = self._store.suggestion(kept.id)
            if now_there is not None and now_there.state == "shown":
                self._store.put_suggestion(replace(now_there, state="waiting", changed_at=self._room.clock.now()))
        self._room.something_waits = True

    def _ignore_what_was_not_answered(self) -> None:
        for id_, until_seconds in list(self._unanswered.items()):
            if self._spans.monotonic_seconds() < until_seconds:
                continue
            del self._unanswered[id_]
            for shown_id, shown in list(self._on_screen.items()):
                if shown.suggestion == id_:
                    self._withdraw(shown_id)
            with self._room.pen, self._store.transaction():
                kept = self._store.suggestion(id_)
                if kept is not None and kept.state == "shown":
                    ignore(self._store, kept, self._room.clock.now())

    def _withdraw(self, id_: int) -> None:
        self._on_screen.pop(id_, None)
        self._notifier.withdraw(id_)

    # Hearing

    def _listen(self) -> None:
        if not self._on_screen:
            return
        answer = self._notifier.answer(LISTEN_SECONDS)
        while answer is not None:
            self._hear(answer)
            answer = self._notifier.answer(0.0)

    def _hear(self, answer: Answer) -> None:
        shown = self._on_screen.pop(answer.id, None)
        if shown is None or answer.action is None:
            return  # it went away by itself: there is still time to answer, in the window
        if shown.reminder is not None:
            self._hear_of_reminder(shown.reminder, answer.action)
        elif shown.done is not None:
            if answer.action == UNDO:
                self._undo(shown.done)
        elif shown.suggestion is not None:
            self._hear_of_suggestion(shown.suggestion, answer.action, shown.fingerprint)

    def _hear_of_suggestion(self, id_: SuggestionId, action: str, fingerprint: str) -> None:
        self._unanswered.pop(id_, None)
        if action in {LATER, NO}:
            with self._room.pen, self._store.transaction():
                kept = self._store.suggestion(id_)
                if kept is not None and kept.state == "shown":
                    give(self._store, kept, "later" if action == LATER else "dismissed", self._room.clock.now())
            self._room.something_waits = True
        elif action == DO and fingerprint:
            self._do(id_, fingerprint)
        else:
            self._room.want_window("preview" if action == DO else "suggestions", id_)

    def _do(self, id_: SuggestionId, fingerprint: str) -> None:
        try:
            done = self._doing.do(id_, fingerprint)
        except GumError as error:
            self._show(Note(summary="Nothing was done", body=str(error)), OnScreen(done=id_))
        else:
            self._show(done_note(done.result, can_undo=done.can_undo), OnScreen(done=id_))

    def _undo(self, id_: SuggestionId) -> None:
        try:
            note = Note(summary="Undone", body=self._doing.undo(id_))
        except GumError as error:
            note = Note(summary="Nothing was undone", body=str(error))
        self._show(note, OnScreen())

    def _hear_of_reminder(self, id_: ReminderId, action: str) -> None:
        reminder = self._store.reminder(id_)
        if reminder is None:
            return
        if action == DONE:
            self._put_reminder(replace(reminder, done=True))
        elif action == LATER:
            self._put_reminder(snoozed(reminder, self._room.clock.now()))
        else:
            self._room.want_window("suggestions", None)

    def _put_reminder(self, reminder: Reminder) -> None:
        with self._room.pen, self._store.transaction():
            if self._store.reminder(reminder.id) is not None:
                self._store.put_reminder(reminder)


def snoozed(reminder: Reminder, now: datetime, minutes: float = SNOOZED / timedelta(minutes=1)) -> Reminder:
    return replace(reminder, due_at=now + timedelta(minutes=minutes), fired_at=None, done=False)
