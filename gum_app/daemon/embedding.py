"""What propositions mean, told by the embedding model a batch at a time, so that they are found by meaning too.

There is no queue: what waits to be told stands in the database, also after a new wording, a forgetting or another
model. Nothing is lost by a kill: a batch and the mark that it was told are one transaction.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

from gum_app.clock import Clock, SystemClock
from gum_app.daemon.mind import Mind
from gum_app.errors import EndpointTrouble, EngineMissing, GaveWay, ModelTrouble, ModelUnusable
from gum_app.records import PropositionId
from gum_app.rules.budget import HOUR, Circumstances, why_wait
from gum_app.rules.delicate import may_be_private
from gum_app.settings import Settings
from gum_app.store.meanings import Meaning
from gum_app.store.store import Store
from gum_app.world.model import Embedder

log = logging.getLogger(__name__)

BATCH = 32  # texts that are told in one call, between which whatever is more urgent has its turn
WORTH_LOADING = 16  # waiting texts for which a model that rests is started …
PATIENCE_SECONDS = 600.0  # … and how long after the last time fewer will do
NOT_THE_TEXTS_FAULT = (EngineMissing, ModelUnusable, EndpointTrouble)

Text = tuple[PropositionId, str]


class EmbeddingJob:
    def __init__(
        self,
        store: Store,
        mind: Mind,
        clock: Clock,
        *,
        settings: Callable[[], Settings],
        circumstances: Callable[[], Circumstances],
        leaves: Callable[[], bool],
        pen: AbstractContextManager[object],
        spans: Clock | None = None,
    ) -> None:
        """`leaves`: whether words would go to another computer. `pen` is held while writing, never while asking."""
        self._store = store
        self._mind = mind
        self._clock = clock
        self._settings = settings
        self._circumstances = circumstances
        self._leaves = leaves
        self._pen = pen
        self._spans = spans or SystemClock()
        self._told_at_seconds: float | None = None  # None: not yet in this life of the daemon
        self._stop = threading.Event()
        self._asked: Embedder | None = None
        self._left_out: set[PropositionId] = set()  # this model cannot tell them, or they do not leave the computer
        self._most = BATCH

    def tell(self, stop: Callable[[], bool], *, last: bool = False) -> int:
        """Have all told that waits, as far as it may. Answers of how many it was. Raises what the disk cannot do.

        `last`: nothing more will come, so nothing waits for more.
        """
        told = 0
        while not stop():
            self._stop = threading.Event()  # before anything is read: it may be forgotten from then on
            texts = self._ripe(whatever=last or told > 0)  # once it is loaded, all of it
            if not texts:
                break
            try:
                told += self._tell(texts)
            except GaveWay:
                continue  # to what is more urgent; they still wait
            except NOT_THE_TEXTS_FAULT as trouble:
                log.warning("the embedding model cannot be asked: %s", type(trouble).__name__)
                break
            except ModelTrouble as trouble:
                log.warning("the embedding model failed over %d texts: %s", len(texts), type(trouble).__name__)
                self._bear(texts)
        return told

    def forget(self) -> None:
        """From any thread, after something was forgotten or switched off: what is being told comes to nothing."""
        self._stop.set()

    def _tell(self, texts: Sequence[Text]) -> int:
        embedder = self._asked
        assert embedder is not None, "who is asked has been chosen with the texts"
        stop = self._stop
        found = self._mind.embed([text for _, text in texts], stop=stop)
        with self._pen:
            if stop.is_set() or self._mind.embedder is not embedder:
                return 0
            kept = self._store.put_vectors(embedder.name, texts, found)
        self._told_at_seconds = self._spans.monotonic_seconds()
        self._most = min(2 * self._most, BATCH)
        return kept

    def _ripe(self, *, whatever: bool) -> list[Text]:
        """The next batch; empty where there is none, or it has to wait. `whatever`: also one hardly worth it."""
        if self._mind.embedder is not self._asked:
            self._asked, self._left_out, self._most = self._mind.embedder, set(), BATCH
        if self._asked is None or self._mind.comparing_rests_for_seconds or not self._may():
            return []
        waiting = self._store.without_vector(self._asked.name, limit=self._most + len(self._left_out))
        if self._leaves():
            self._left_out |= {id_ for id_, text in waiting if may_be_private(text)}
        texts = [(id_, text) for id_, text in waiting if id_ not in self._left_out][: self._most]
        return texts if whatever or len(texts) >= min(WORTH_LOADING, self._most) or self._waited_long() else []

    def _waited_long(self) -> bool:
        at = self._told_at_seconds
        return at is None or self._spans.monotonic_seconds() - at >= PATIENCE_SECONDS

    def _may(self) -> bool:
        now, settings = self._clock.now(), self._settings()
        return why_wait(settings, self._store.calls_since(now - HOUR), self._circumstances(), now=now) is None

    def _bear(self, texts: Sequence[Text]) -> None:
        """One odd text must not keep the others from being told: fewer at a time, and one that fails alone waits."""
        if len(texts) == 1:
            self._left_out.add(texts[0][0])
        self._most = max(1, len(texts) // 2)


def meanings_of(mind: Mind, texts: Sequence[str], *, stop: threading.Event) -> list[Meaning | None]:
    """For each text what it means; None where no model can tell it now, and words alone must do. Raises GaveWay."""
    embedder = mind.embedder
    if embedder is None or not texts or mind.comparing_rests_for_seconds:
        return [None] * len(texts)
    try:
        found = mind.embed(texts, stop=stop)
    except ModelTrouble as trouble:
        log.warning("compared by words alone: %s", type(trouble).__name__)
        return [None] * len(texts)
    return [Meaning(embedder=embedder.name, vector=row) for row in found]
