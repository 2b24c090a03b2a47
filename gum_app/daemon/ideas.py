"""Asks the model, where one is there and may be asked, what else could be offered; what holds is kept like the rest.

Seldom: after something new was seen, and a few times an hour. A failure is no offer. Whether an idea is welcome is
judged like all others, in the next round.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta

from gum_app.clock import Clock
from gum_app.daemon.at_hand import AtHand
from gum_app.daemon.mind import Mind
from gum_app.daemon.offers_kept import keep_offers
from gum_app.daemon.recorder import Present
from gum_app.errors import GaveWay, ModelTrouble
from gum_app.pipeline.notice import NAMES, known_as
from gum_app.pipeline.suggest import Known
from gum_app.pipeline.suggest_asked import STEP, lines_of, suggest_prompt, understood
from gum_app.records import Observation, Person, PrivacyRule, Window
from gum_app.rules.budget import HOUR, Circumstances, why_wait
from gum_app.rules.delicate import may_be_private
from gum_app.rules.privacy import hides
from gum_app.settings import Settings
from gum_app.store.store import Store

log = logging.getLogger(__name__)

ASKED_AT_MOST_EVERY = timedelta(minutes=20)
ENOUGH_SECONDS = 45.0  # of an episode: before, little of it is known


class Ideas:
    """Belongs to the interpreter's thread."""

    def __init__(
        self,
        store: Store,
        mind: Mind,
        clock: Clock,
        *,
        settings: Callable[[], Settings],
        person: Callable[[], Person],
        circumstances: Callable[[], Circumstances],
        leaves: Callable[[], bool],
        pen: AbstractContextManager[object],
        kept: Callable[[], None],
        forgettings: Callable[[], int] = lambda: 0,
        rules: Callable[[], Sequence[PrivacyRule]] = lambda: (),
    ) -> None:
        """`leaves`: whether what is asked leaves this computer. `kept` is told that something new waits.

        `rules` may have come after something was seen: what they hide is shown to no model any more.
        """
        self._store, self._mind, self._clock = store, mind, clock
        self._settings, self._circumstances, self._leaves = settings, circumstances, leaves
        self._pen, self._kept, self._told_person, self._rules = pen, kept, person, rules
        self._at_hand = AtHand(store, person=self._person, forgettings=forgettings)
        self._asked_of: int | None = None  # the newest episode when it was asked last
        self._stop = threading.Event()

    def forget(self) -> None:
        """From any thread, after something was forgotten or hidden: what is being asked comes to nothing."""
        self._stop.set()

    def think(self, present: Present | None) -> int:
        """How many offers were kept: mostly none. At most one question."""
        self._stop = asked = threading.Event()  # before anything is read: it may be forgotten from then on
        now = self._clock.now()
        newest = self._store.newest()
        if present is None or not self._may(present) or newest.observation == self._asked_of:
            return 0
        leaves = self._leaves()
        known = self._fit(self._at_hand.known(present, now, newest), leaves=leaves)
        lines = lines_of(known, leaves=leaves)
        if not lines.episodes or lines.episodes[-1].active_seconds < ENOUGH_SECONDS:
            return 0
        self._asked_of = newest.observation
        prompt = suggest_prompt(known, lines)
        model = self._mind.model
        made_by = f"model:{model.name if model is not None else ''} {STEP} {prompt.fingerprint}"
        try:
            found = self._mind.ask(prompt, lambda text: understood(text, known, lines, made_by=made_by), stop=asked)
        except GaveWay:
            self._asked_of = None  # to what is more urgent: it is asked again
            return 0
        except ModelTrouble as trouble:
            log.warning("the model was asked for offers and gave none that can be used: %s", type(trouble).__name__)
            return 0
        log.info("%d offers of the model hold, refused: %s", len(found.offers), dict(found.refused))
        with self._pen, self._store.transaction():
            if asked.is_set():
                return 0
            kept = keep_offers(self._store, found.offers, known)
        if kept:
            self._kept()
        return len(kept)

    def _fit(self, known: Known, *, leaves: bool) -> Known:
        """Without what a rule hides by now, and where it leaves without titles of offers that may be private."""
        seen = tuple(each for each in known.lately if not self._is_hidden(each))
        offered = tuple(each for each in known.offered if not (leaves and may_be_private(each.offer.title)))
        return replace(known, lately=seen, offered=offered)

    def _is_hidden(self, seen: Observation) -> bool:
        window = Window(app=seen.app, title=seen.title, url=seen.url)
        return seen.source != "note" and any(hides(rule, window) for rule in self._rules())

    def _person(self) -> Person:
        return known_as(self._store.sightings([NAMES])[NAMES], self._told_person())

    def _may(self, present: Present) -> bool:
        settings, now, moment = self._settings(), self._clock.now(), present.moment
        if not settings.suggestions or self._mind.model is None or self._mind.rests_for_seconds:
            return False
        if moment.away or moment.locked or moment.paused or moment.private or moment.in_call or moment.sharing:
            return False  # what is found now would be late by then
        calls = self._store.calls_since(now - HOUR)
        if any(call.step == STEP and now - call.at < ASKED_AT_MOST_EVERY for call in calls):
            return False
        return why_wait(settings, calls, self._circumstances(), now=now) is None
