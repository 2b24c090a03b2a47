"""The verbs by which the person makes one proposition of two, or several of one, and takes a deed back whole."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import datetime

from gum_app.daemon.answers_judging import the_proposition
from gum_app.daemon.questions import deed_of, number_of, parts_of, proposition_id_of
from gum_app.daemon.room import Room
from gum_app.daemon.tidier import Tidier
from gum_app.errors import BadInput
from gum_app.link import Answer, Question
from gum_app.records import CURRENT, PERSON, Evidence, Proposition, PropositionId
from gum_app.rules.merging import Part, merged, split
from gum_app.rules.revisions import can_be_taken_back, standing
from gum_app.store.store import Store

Verb = Callable[[Question], Iterator[Answer]]
Opening = Callable[[], AbstractContextManager[Store]]

MOST_SECONDS = 500.0  # of a tidying that the person waits for
NOT_CURRENT = "That one is not believed at the moment, so it is neither merged nor split."
CHANGED = "It has changed meanwhile: look again."


class BeliefAnswers:
    def __init__(self, room: Room, writing: Opening, store: Opening) -> None:
        """`store` opens the store; `writing` does so with the pen held."""
        self._room = room
        self._writing = writing
        self._store = store
        self.verbs: dict[str, Verb] = {
            "merge": self._merge,
            "split": self._split,
            "undo_deed": self._undo_deed,
            "take_back": self._take_back,
            "tidy": self._tidy,
        }

    def _now(self) -> datetime:
        return self._room.clock.now()

    def _merge(self, question: Question) -> Iterator[Answer]:
        """`id` stays and says it from now on; `with` is merged into it."""
        kept_id, gone_id = proposition_id_of(question), number_of(question, "with")
        if kept_id == gone_id:
            raise BadInput("A proposition cannot be merged with itself: choose another.")
        with self._writing() as store, store.transaction():
            kept, gone = current(store, kept_id), current(store, PropositionId(gone_id))
            made = merged(kept, gone, why="You said that they say the same.", made_by=PERSON, at=self._now())
            store.add_together(made)
        self._room.tell_meanings_soon()
        yield {"merged": True, "id": kept_id}

    def _split(self, question: Question) -> Iterator[Answer]:
        """`parts`: for each its `text` and the places of its `evidence`, counted as in the `count` that was seen."""
        id_, parts = proposition_id_of(question), parts_of(question)
        with self._writing() as store, store.transaction():
            whole = current(store, id_)
            if question.get("count") != len(whole.evidence):
                raise BadInput(CHANGED)
            given = [Part(text, _some(whole, places)) for text, places in parts]
            ids = store.add_together(split(whole, given, made_by=PERSON, at=self._now()))
        self._room.tell_meanings_soon()
        yield {"split": True, "ids": ids[:-1]}

    def _undo_deed(self, question: Question) -> Iterator[Answer]:
        deed = deed_of(question)
        with self._writing() as store:
            undone = store.undo_deed(deed, self._now())
        if not undone:
            raise BadInput("There is nothing left of that to take back.")
        self._room.learn_soon()
        self._room.tell_meanings_soon()
        yield {"undone": len(undone)}

    def _take_back(self, question: Question) -> Iterator[Answer]:
        """One `revision` of a proposition, which a rule or a model made."""
        number = number_of(question, "revision")
        with self._writing() as store, store.transaction():
            belief = the_proposition(store, proposition_id_of(question))
            change = next((each for each in standing(belief.revisions) if each.id == number), None)
            if change is None or not can_be_taken_back(change):
                raise BadInput("There is nothing of that to take back.")
            undone = store.take_back(change, self._now())
        self._room.tell_meanings_soon()
        yield {"undone": len(undone)}

    def _tidy(self, _question: Question) -> Iterator[Answer]:
        """At once, and as much as there is: the person waits for it."""
        room = self._room
        if not room.tidying.acquire(blocking=False):
            raise BadInput("It is being tidied already.")
        try:
            with self._store() as store:
                done = Tidier(store, room.clock, pen=room.pen).tidy(
                    room.quitting.is_set, most_seconds=MOST_SECONDS, elapsed_seconds=time.monotonic
                )
        finally:
            room.tidying.release()
        yield asdict(done)


def current(store: Store, id_: PropositionId) -> Proposition:
    """Raises BadInput where there is none, or none that is believed."""
    found = the_proposition(store, id_)
    if found.state not in CURRENT:
        raise BadInput(NOT_CURRENT)
    return found


def _some(whole: Proposition, places: list[int]) -> tuple[Evidence, ...]:
    if any(place >= len(whole.evidence) for place in places):
        raise BadInput(CHANGED)
    return tuple(whole.evidence[place] for place in sorted(set(places)))
