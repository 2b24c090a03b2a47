"""Thinks: turns what was seen into what is believed. The only thread that concludes; one observation, one transaction.

There is no queue: what is undigested stands in the database. A failure is counted, never kept as a memory; after three
the observation is set aside, and the status says so. Forgetting wins over a thought under way.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from gum_app.clock import Clock
from gum_app.errors import GumError
from gum_app.pipeline.echo import Spoken, without_echoes
from gum_app.pipeline.notice import NAMES, SEEN_ENOUGH, known_as, names_seen, notice
from gum_app.pipeline.propose_counted import propose_counted
from gum_app.pipeline.revise import revise
from gum_app.pipeline.routines import routines
from gum_app.records import Draft, Observation, Person, Proposition, Sighting
from gum_app.store.reading import ReadingStore
from gum_app.store.store import Store

if TYPE_CHECKING:
    from gum_app.store.meanings import Meaning

MOST_ATTEMPTS = 3
ROUTINES_LOOK_BACK = timedelta(days=28)
MOST_OBSERVATIONS = 100_000
IMPORTED_AT_ONCE = 500
SIMILAR = 10
NEAREST = 5


def nearest_texts(store: ReadingStore, words: str) -> list[str]:
    """What is believed, or was, in its own words: to know them when they are seen again."""
    return [near.text for near in store.similar(words, limit=NEAREST)]


def neighbours(store: ReadingStore, text: str, meaning: Meaning | None = None) -> list[Proposition]:
    """What says nearly the same; what was rejected is never crowded out by other things that sound so."""
    rejected = store.similar(text, state="rejected", meaning=meaning, limit=SIMILAR)
    return [*store.similar(text, meaning=meaning, limit=SIMILAR), *rejected]


class Thinker:
    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        person: Callable[[], Person],
        report: Callable[[Exception], None],
        pen: AbstractContextManager[object],
        spoken: Spoken = lambda _lines: (),
    ) -> None:
        """`report` takes a fault of our own to the crash report; it must not raise. `pen` is held while writing.

        `spoken` tells which lines stood in an answer of ours.
        """
        self._store = store
        self._clock = clock
        self._person = person
        self._report = report
        self._pen = pen
        self._spoken = spoken
        self._undecided: list[str] | None = None  # topics of what was brought in; None: not looked up yet

    def think(self, stop: threading.Event | None = None) -> int:
        """Digest all that is ripe. Returns how many thoughts that took. Raises what the disk cannot do."""
        thoughts = 0
        while not (stop is not None and stop.is_set()):
            # What is seen now does not wait for a year that was brought in.
            ripe = self._store.undigested(limit=1, max_attempts=MOST_ATTEMPTS, imported=False)
            if ripe:
                self._think_about(ripe[0])
                thoughts += 1
                continue
            batch = self._store.undigested(limit=IMPORTED_AT_ONCE, max_attempts=MOST_ATTEMPTS, imported=True)
            if batch:
                self._think_about_imported(batch)
                thoughts += len(batch)
            elif not self._decide_on_next_topic():
                break
        return thoughts

    def think_about_routines(self) -> None:
        """Hours, breaks and habits come from many episodes at once."""
        now = self._clock.now()
        with self._pen, self._store.transaction():  # reading within it: nothing can be forgotten in between
            past = self._store.observations(since=now - ROUTINES_LOOK_BACK, limit=MOST_OBSERVATIONS)
            for draft in routines(past, now=now):
                self._believe(draft, now)

    def _think_about(self, observation: Observation) -> bool:
        """False: that was a fault of ours, counted against the episode and reported."""
        try:
            self._conclude(observation, self._clock.now())
        except GumError:
            raise  # the disk or the database, not this episode: it is tried again
        except Exception as fault:  # noqa: BLE001 - one odd screen must not end all thinking; it is counted and reported
            with self._pen:
                self._store.note_failed_attempt([observation.id])
            self._report(fault)
            return False
        return True

    def _think_about_imported(self, batch: Sequence[Observation]) -> None:
        """A year that comes at once: all of it is noticed first, and then each topic is decided on once."""
        try:
            self._notice_together(batch, self._clock.now())
        except GumError:
            raise
        except Exception as fault:  # noqa: BLE001 - one of them is odd: each by itself, which counts and reports that one
            if all([self._think_about(each) for each in batch]):
                self._report(fault)  # none of them is: it lies in taking them together

    def _notice_together(self, batch: Sequence[Observation], now: datetime) -> None:
        """That topics wait to be decided on is kept with what was noticed: a kill in between loses nothing."""
        seen = [without_echoes(each, lambda words: nearest_texts(self._store, words), self._spoken) for each in batch]
        names = [name for each in seen for name in self._new_names(each)]
        person = known_as([*self._known_names(), *names], self._person())
        sightings = [sighting for each in seen for sighting in notice(each, person)]
        with self._pen, self._store.transaction():
            if all(self._store.observation(each.id) == each for each in batch):  # else it is noticed anew
                ids = [each.id for each in batch]
                self._store.digest(ids, sightings=(*names, *sightings), revisions=(), at=now)
                self._store.leave_undecided()
                self._undecided = None

    def _decide_on_next_topic(self) -> bool:
        """False: there is none left. Mostly without the pen: a topic of a year has thousands of sightings."""
        if self._undecided is None:
            self._undecided = self._store.undecided_topics()
        if not self._undecided:
            return False
        topic, now = self._undecided[-1], self._clock.now()
        known = self._store.sightings([topic])[topic]
        person = known_as(self._known_names(), self._person())
        try:
            drafts = propose_counted(known, person=person, now=now) if topic != NAMES else ()
        except Exception as fault:  # noqa: BLE001 - one odd topic must not end all thinking; it is reported
            self._report(fault)
            drafts = ()
        with self._pen, self._store.transaction():
            if self._store.count_sightings([topic]) != len(known):
                return True  # some of it is forgotten, or more was seen: once more
            for draft in drafts:
                self._believe(draft, now)
            self._undecided.pop()
            if not self._undecided:
                self._store.leave_none_undecided()
        return True

    def _conclude(self, observation: Observation, now: datetime) -> None:
        seen = without_echoes(observation, lambda words: nearest_texts(self._store, words), self._spoken)
        names = self._new_names(seen)
        person = known_as([*self._known_names(), *names], self._person())
        sightings = notice(seen, person)
        with self._pen, self._store.transaction():
            if self._store.observation(observation.id) != observation:
                return  # more of it has been seen meanwhile, or it is forgotten: think anew, or not at all
            self._store.digest([observation.id], sightings=(*names, *sightings), revisions=(), at=now)
            topics = dict.fromkeys(sighting.topic for sighting in sightings)  # in order: the same each time
            for known in self._store.sightings(list(topics)).values():
                for draft in propose_counted(known, person=person, now=now):
                    self._believe(draft, now)

    def _known_names(self) -> list[Sighting]:
        return self._store.sightings([NAMES])[NAMES]

    def _new_names(self, observation: Observation) -> list[Sighting]:
        """Those that were not seen often enough before: what is certain needs no further row."""
        elsewhere = Counter(
            sighting.value for sighting in self._known_names() if sighting.observation_id != observation.id
        )
        return [sighting for sighting in names_seen(observation) if elsewhere[sighting.value] < SEEN_ENOUGH]

    def _believe(self, draft: Draft, now: datetime) -> None:
        revisions = revise(
            draft,
            about=self._store.propositions_about(draft.topic),
            similar=neighbours(self._store, draft.text),
            now=now,
        )
        if revisions:
            self._store.add_revisions(revisions)
