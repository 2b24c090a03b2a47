"""What a model is shown beside the episodes that it is asked about: what is known near them, and what was counted.

Of what may be private nothing is shown to another computer, neither as a text nor to be compared.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import datetime

from gum_app.daemon.embedding import meanings_of
from gum_app.daemon.mind import Mind
from gum_app.pipeline.answers import MOST_KNOWN
from gum_app.pipeline.statistics import LOOK_BACK, activity
from gum_app.records import Account, Observation, Proposition, PropositionId
from gum_app.rules.delicate import may_be_private
from gum_app.store.meanings import Meaning
from gum_app.store.store import Store

KNOWN_EACH = 3  # neighbours of each episode
MOST_COUNTED = 5_000  # episodes, for the statistics

Seen = tuple[Observation, Account | None]


class Context:
    def __init__(
        self,
        store: Store,
        mind: Mind,
        *,
        leaves: Callable[[], bool],
        is_hidden: Callable[[Observation], bool],
    ) -> None:
        """`leaves`: whether what is asked leaves this computer. `is_hidden`: whether no model may be shown it."""
        self._store = store
        self._mind = mind
        self._leaves = leaves
        self._is_hidden = is_hidden
        self._counted: tuple[datetime, str] | None = None  # as of this hour

    def forget(self) -> None:
        """From any thread, after something was forgotten or hidden."""
        self._counted = None

    def known(self, batch: Sequence[Seen], *, stop: threading.Event) -> list[Proposition]:
        """The nearest of what is believed already. Raises GaveWay."""
        found: dict[PropositionId, Proposition] = {}
        told = [f"{seen.app} {seen.title} {account.did if account is not None else ''}" for seen, account in batch]
        leaves = self._leaves()
        for words, meaning in zip(told, self.meanings(told, stop=stop), strict=True):
            for near in self._store.similar(words, meaning=meaning, limit=KNOWN_EACH):
                if near.state == "active" and len(found) < MOST_KNOWN and not (leaves and may_be_private(near.text)):
                    found[near.id] = near
        return list(found.values())

    def meanings(self, texts: Sequence[str], *, stop: threading.Event) -> list[Meaning | None]:
        """What each means, where a model tells it. Raises GaveWay."""
        if self._leaves():
            texts = ["" if may_be_private(text) else text for text in texts]
        return meanings_of(self._mind, texts, stop=stop)

    def activity(self, now: datetime, *, stop: threading.Event) -> str:
        """Once an hour: what stays the same is not paid for twice, neither here nor by the model."""
        hour = now.replace(minute=0, second=0, microsecond=0)
        known = self._counted  # once: a forgetting takes it away
        if known is not None and known[0] == hour:
            return known[1]
        past = self._store.observations(since=hour - LOOK_BACK, until=hour, limit=MOST_COUNTED)
        counted = activity([observation for observation in past if not self._is_hidden(observation)], hour)
        self._counted = (hour, counted)
        if stop.is_set():
            self._counted = None
        return counted
