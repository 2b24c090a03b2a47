"""Does what was previewed and clicked, and takes it back. The one place that acts; no model and no window does.

The fingerprint of the preview comes back with the click: what has changed since then is not done. What is done is
written down in one transaction with the answer, so that no kill makes it happen twice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from gum_app.daemon.outbox import file_name, fingerprint_of, take_back, write_new
from gum_app.daemon.room import Room
from gum_app.errors import BadInput, GumError
from gum_app.pipeline.act import WRITTEN, Preview, gathered, preview
from gum_app.records import Observation, Proposition
from gum_app.rules.abilities import NOT_UNDONE
from gum_app.rules.durations import clock_time
from gum_app.store.reading import ReadingStore
from gum_app.store.retrieving import Query
from gum_app.store.store import Store
from gum_app.suggestions import (
    Act,
    Answered,
    Deed,
    Reminder,
    ReminderId,
    Suggestion,
    SuggestionId,
    SuggestionState,
)
from gum_app.world.opening import Open, open_target, refusal

MOST_PREVIEWS = 20
MOST_FOUND = 16
MAY_BE_DONE: frozenset[SuggestionState] = frozenset({"waiting", "shown", "ignored", "dismissed", "undone", "expired"})

NO_SUCH = "There is no such suggestion: it is over, or what it rested on is forgotten."
STALE = "What would happen is not what you were shown any more: look at it again."
IS_DONE = "That is done already."
OVER = "That suggestion is over: what it rested on is no longer so."
NOT_DONE = "Nothing was done that could be taken back."


@dataclass(frozen=True, kw_only=True)
class Done:
    """`text`: what a window may hand to the clipboard."""

    result: str
    can_undo: bool
    text: str = ""


class Doing:
    """May be used from any thread, not within a transaction."""

    def __init__(self, room: Room, open_: Open = open_target) -> None:
        self._room = room
        self._open = open_

    def preview(self, id_: SuggestionId) -> Preview:
        """Exactly what a click will do. Raises BadInput."""
        forgettings = self._room.forgettings
        with self._room.reading() as store:
            kept = _the_one(store, id_)
            shown = self._look(store, kept)
        previews = self._room.previews
        previews.pop(id_, None)
        previews[id_] = shown
        if self._room.forgettings != forgettings:
            previews.pop(id_, None)  # what was read may be what is forgotten by now: a click looks again
        for oldest in list(previews)[:-MOST_PREVIEWS]:
            previews.pop(oldest, None)
        return shown

    def do(self, id_: SuggestionId, fingerprint: str) -> Done:
        """What was previewed. Raises BadInput; NotYet where this desktop cannot. Nothing was done then."""
        with self._room.writing() as store:
            kept = _the_one(store, id_)
            if kept.state == "taken":
                raise BadInput(IS_DONE)
            if kept.state not in MAY_BE_DONE:
                raise BadInput(OVER)
            now = self._room.clock.now()
            shown = self._room.previews.get(id_)
            if shown is None or shown.fingerprint != fingerprint:
                shown = self._look(store, kept)
            if shown.fingerprint != fingerprint:
                raise BadInput(STALE)
            done = self._do(store, kept, shown, now)
        if shown.act.kind == "open":
            self._show_elsewhere(kept)
        self._room.previews.pop(id_, None)
        self._room.offer_soon()
        return done

    def undo(self, id_: SuggestionId) -> str:
        """Tells what was taken back. Raises BadInput."""
        with self._room.writing() as store:
            kept, deed = _the_one(store, id_), store.deed(id_)
            if deed is None or deed.undone_at is not None:
                raise BadInput(NOT_DONE)
            if deed.act in NOT_UNDONE:
                raise BadInput("What was opened has been seen: there is nothing to take back.")
            said = self._take_back(store, deed)
            now = self._room.clock.now()
            with store.transaction():
                store.mark_undone(id_, now)
                store.put_suggestion(replace(kept, state="undone", changed_at=now))
                store.add_suggestion_answer(Answered(kind=kept.offer.kind, answer="undone", at=now, suggestion_id=id_))
        self._room.offer_soon()
        return said

    # What will happen

    def _look(self, store: ReadingStore, kept: Suggestion) -> Preview:
        act, now = kept.offer.act, self._room.clock.now()
        if act.kind == "open" and (trouble := refusal(act.target)) is not None:
            raise BadInput(trouble)
        words = ""
        if act.kind == "gather":
            beliefs, seen = _believed(store, act.title, now), _seen(store, kept)
            words = gathered(act.title, beliefs, seen, now, found=act.text)
        return preview(kept.id, act, now, gathered=words)

    # Doing

    def _do(self, store: Store, kept: Suggestion, shown: Preview, now: datetime) -> Done:
        act = shown.act
        if act.kind in WRITTEN:
            # The file first: after a kill the same click finds it, with the same text under the same name.
            path = write_new(self._room.home.outbox, file_name(act.title, shown.ending), act.text)
            deed = _deed(kept, now, f"Written into {path.name} in the outbox folder.")
            self._note(store, kept, replace(deed, path=str(path), fingerprint=fingerprint_of(act.text)))
            return Done(result=deed.result, can_undo=True, text=act.text)
        if act.kind == "reminder":
            return self._remind(store, kept, act, now)
        if act.kind == "focus":
            self._room.focus.start(float(act.minutes or 0))
            deed = _deed(kept, now, f"Your focus time has begun: {act.minutes} minutes.")
            self._note(store, kept, deed)
            return Done(result=deed.result, can_undo=True)
        # Noted before it is opened: a kill in between may leave it unopened, and never opens it twice.
        deed = _deed(kept, now, f"This desktop was asked to open {act.target}.")
        self._note(store, kept, deed)
        return Done(result=deed.result, can_undo=False)

    def _remind(self, store: Store, kept: Suggestion, act: Act, now: datetime) -> Done:
        due = act.at or now
        reminder = Reminder(
            id=ReminderId(0), text=act.text or act.title, due_at=due, made_at=now, suggestion_id=kept.id
        )
        deed = _deed(kept, now, f"You will be reminded: {clock_time(due, now)}.")
        with store.transaction():
            self._note(store, kept, replace(deed, reminder_id=store.add_reminder(reminder)))
        return Done(result=deed.result, can_undo=True)

    def _show_elsewhere(self, kept: Suggestion) -> None:
        """Without the pen: a desktop takes seconds to open something, and the recorder does not wait for it."""
        try:
            self._open(kept.offer.act.target)
        except GumError:
            with self._room.writing() as store, store.transaction():
                if (now_there := store.suggestion(kept.id)) is not None and now_there.state == "taken":
                    store.put_suggestion(kept)
                    store.drop_deed(kept.id)
                    store.take_back_answer(kept.id, {"taken"})
            raise

    @staticmethod
    def _note(store: Store, kept: Suggestion, deed: Deed) -> None:
        taken = Answered(kind=kept.offer.kind, answer="taken", at=deed.at, suggestion_id=kept.id)
        with store.transaction():
            store.put_suggestion(replace(kept, state="taken", changed_at=deed.at, silence=None))
            store.add_deed(deed)
            store.add_suggestion_answer(taken)

    def _take_back(self, store: Store, deed: Deed) -> str:
        if deed.path:
            take_back(self._room.home.outbox, Path(deed.path), deed.fingerprint)
            return "The file is gone again."
        if deed.act == "focus":
            self._room.focus.stop()
            return "The focus time is over."
        if deed.reminder_id is not None and (reminder := store.reminder(deed.reminder_id)) is not None:
            store.put_reminder(replace(reminder, done=True))
        return "You will not be reminded."


def _deed(kept: Suggestion, now: datetime, result: str) -> Deed:
    return Deed(suggestion_id=kept.id, act=kept.offer.act.kind, at=now, result=result)


def _the_one(store: ReadingStore, id_: SuggestionId) -> Suggestion:
    kept = store.suggestion(id_)
    if kept is None:
        raise BadInput(NO_SUCH)
    return kept


def _believed(store: ReadingStore, topic: str, now: datetime) -> list[Proposition]:
    hits = store.retrieve(Query(text=topic, strictly=True), now=now, limit=MOST_FOUND)
    return [belief for hit in hits if (belief := store.proposition(hit.row.id)) is not None]


def _seen(store: ReadingStore, kept: Suggestion) -> list[Observation]:
    return [seen for id_ in kept.offer.seen_in if (seen := store.observation(id_)) is not None]
