"""Gathers what is known when somebody asks what could be offered; reads again only what may have changed.

Belongs to the thread of its store. Nothing of it outlives a forgetting.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from gum_app.daemon.recorder import Present
from gum_app.pipeline.echo import Spoken, without_spoken
from gum_app.pipeline.scene import Scene
from gum_app.pipeline.suggest import Known
from gum_app.records import Observation, ObservationId, Person, Proposition
from gum_app.store.at_hand import Newest
from gum_app.store.reading import ReadingStore
from gum_app.suggestions import Moment, Suggestion

LATELY = timedelta(hours=36)
STILL_READ = timedelta(minutes=5)  # after its end words of an episode may still come
MOST_EPISODES = 3000
OFFERED = timedelta(days=60)
MOST_OFFERED = 1000
BELIEFS_HOLD = timedelta(minutes=10)  # freshness moves slowly: only what is new makes another choice sooner


class AtHand:
    def __init__(
        self,
        store: ReadingStore,
        *,
        person: Callable[[], Person],
        forgettings: Callable[[], int] = lambda: 0,
        beliefs_hold: timedelta = BELIEFS_HOLD,
        spoken: Spoken = lambda _lines: (),
    ) -> None:
        """`forgettings`: how often something was forgotten since the start.

        `beliefs_hold`: how long the choice of beliefs is not made again where nothing new is believed. `spoken` tells
        which lines are a notification of ours, read off the screen.
        """
        self._store = store
        self._person = person
        self._forgettings = forgettings
        self._beliefs_hold = beliefs_hold
        self._spoken = spoken
        self._forgotten = 0
        self._seen: dict[ObservationId, Observation] = {}
        self._scenes: dict[ObservationId, Scene] = {}
        self._beliefs: tuple[Proposition, ...] = ()
        self._beliefs_of: tuple[int, datetime] | None = None  # the newest revision then, and when

    def known(self, present: Present, now: datetime, newest: Newest) -> Known:
        if self._forgotten != self._forgettings():
            self._forgotten = self._forgettings()
            self._seen.clear()
            self._scenes.clear()
            self._beliefs_of = None
        return Known(
            now=now,
            person=self._person(),
            beliefs=self._believed(now, newest),
            lately=self._lately(now),
            moment=self.moment(present),
            offered=self.offered(now),
            before=self._scenes,
        )

    def remember(self, known: Known) -> None:
        """What was prepared for this look serves the next one too."""
        self._scenes = {scene.observation.id: scene for scene in known.scenes}

    def moment(self, present: Present) -> Moment:
        """With the app and the title that may be kept of what is in front."""
        front = present.front
        seen = None
        if front is not None:
            seen = self._seen.get(front) or self._store.observation(front)
        if seen is None:
            return present.moment
        return replace(present.moment, app=seen.app, title=seen.title)

    def offered(self, now: datetime) -> tuple[Suggestion, ...]:
        return tuple(self._store.suggestions(since=now - OFFERED, limit=MOST_OFFERED))

    def _lately(self, now: datetime) -> tuple[Observation, ...]:
        """Oldest first. What ended a while ago does not change any more but by forgetting."""
        found = [
            each
            for each in self._store.observations(since=now - LATELY, limit=MOST_EPISODES)[::-1]
            if each.source != "import"  # what another program saw was not done before our eyes: nothing to help with
        ]
        kept: dict[ObservationId, Observation] = {}
        for each in found:
            before = self._seen.get(each.id)
            is_over = each.ended_at < now - STILL_READ
            if before is None or not is_over or before.ended_at != each.ended_at or before.title != each.title:
                before = self._store.observation(each.id)
                before = without_spoken(before, self._spoken) if before is not None else None
            if before is not None:
                kept[each.id] = before
        self._seen = kept
        return tuple(kept.values())

    def _believed(self, now: datetime, newest: Newest) -> tuple[Proposition, ...]:
        of = self._beliefs_of
        if of is None or of[0] != newest.revision or not timedelta() <= now - of[1] < self._beliefs_hold:
            self._beliefs = tuple(self._store.beliefs_at_hand(now))
            self._beliefs_of = (newest.revision, now)
        return self._beliefs
