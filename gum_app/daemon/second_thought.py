"""Has the model decide about notifications that the rules could not, where one is there and may be asked now.

It only moves what was undecided, and only so far; where it fails, or is not there, what the rules made of it stands.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from gum_app.clock import Clock
from gum_app.daemon.mind import Mind
from gum_app.digest import Attention, DigestId, DigestItem
from gum_app.errors import GaveWay, ModelTrouble
from gum_app.pipeline.answers import MOST_TRIAGED
from gum_app.pipeline.triage import attentions_of, triage_prompt
from gum_app.records import Person
from gum_app.rules.budget import HOUR, Circumstances, why_wait
from gum_app.rules.delicate import may_be_private
from gum_app.rules.triage import is_undecided, thought_again
from gum_app.settings import Settings
from gum_app.store.store import ForgottenMeanwhile, Store

log = logging.getLogger(__name__)

BACK = timedelta(minutes=30)  # an older one is read in the digest by then
MOST_TRIED = 500  # remembered


class SecondThought:
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
        changed: Callable[[DigestId], None],
    ) -> None:
        """`leaves`: whether what is asked leaves this computer. `changed` is told of each that is judged otherwise."""
        self._store, self._mind, self._clock = store, mind, clock
        self._settings, self._person, self._circumstances = settings, person, circumstances
        self._leaves, self._pen, self._changed = leaves, pen, changed
        self._tried: deque[DigestId] = deque(maxlen=MOST_TRIED)
        self._stop = threading.Event()

    def forget(self) -> None:
        """From any thread, after something was forgotten or hidden: what is being asked comes to nothing."""
        self._stop.set()

    def think(self, stop: Callable[[], bool]) -> None:
        """About all that waits for it, a few at a time."""
        while not stop() and self._think():
            pass

    def _think(self) -> bool:
        """Whether there may be more."""
        self._stop = asked = threading.Event()  # before anything is read: it may be forgotten from then on
        now = self._clock.now()
        if not self._may(now):
            return False
        items = self._waiting(now)
        if not items:
            return False
        prompt = triage_prompt(items, self._known(items), person=self._person())
        try:
            attentions = self._mind.ask(prompt, lambda text: attentions_of(text, len(items)), stop=asked)
        except GaveWay:
            return False  # to what is more urgent; they still wait
        except ModelTrouble as trouble:
            log.warning("the model did not judge %d notifications: %s", len(items), type(trouble).__name__)
            self._tried += [item.id for item in items]
            return False
        self._tried += [item.id for item in items]
        for item, attention in zip(items, attentions, strict=True):
            self._keep(item, attention, asked)
        return True

    def _keep(self, item: DigestItem, attention: Attention, asked: threading.Event) -> None:
        """What the person said of it meanwhile stands: their word was on what the rules made of it."""
        with self._pen:
            current = self._store.digest_item(item.id)
            if asked.is_set() or current is None or current.judgement != item.judgement or current.opinion is not None:
                return
            assert item.judgement is not None
            judgement = thought_again(item.judgement, attention)
            try:
                self._store.put_judgement(item.id, judgement)
            except ForgottenMeanwhile:
                return
        if judgement.attention != item.judgement.attention:
            self._changed(item.id)

    def _waiting(self, now: datetime) -> list[DigestItem]:
        """The oldest first."""
        leaves = self._leaves()
        found = [
            item
            for item in self._store.digest_items(since=now - BACK, until=now + BACK)[::-1]
            if item.judgement is not None
            and item.opinion is None
            and item.id not in self._tried
            and is_undecided(item.judgement)
            and not (leaves and may_be_private(f"{item.title}\n{item.text}"))
        ]
        return found[:MOST_TRIAGED]

    def _known(self, items: Sequence[DigestItem]) -> list[str]:
        """What the judgements rest on, without what may be private where it would leave."""
        named = (ground.proposition for item in items if item.judgement for ground in item.judgement.grounds)
        texts = self._store.texts_of(id_ for id_ in named if id_ is not None).values()
        leaves = self._leaves()
        return [text for text in texts if not (leaves and may_be_private(text))]

    def _may(self, now: datetime) -> bool:
        settings = self._settings()
        if not settings.triage_notifications or self._mind.model is None or self._mind.rests_for_seconds:
            return False
        return why_wait(settings, self._store.calls_since(now - HOUR), self._circumstances(), now=now) is None
