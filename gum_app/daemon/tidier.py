"""Tidies what is believed, a little at a time: sets aside what is over, makes one of two that say the same.

Each change is one transaction and one deed, and how far it has come is kept with every step: whenever it is stopped
or killed, nothing is lost and nothing is done twice. What one run does is bounded; the next goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

from gum_app.clock import Clock
from gum_app.pipeline.tidy import join_twin, let_go
from gum_app.records import PropositionId, Revision
from gum_app.rules.expiry import HALF_LIVES, why_over
from gum_app.store.store import Store
from gum_app.store.tidying import Candidate

MOST_SECONDS = 120.0  # of one run
MOST_CHANGES = 5_000
AT_ONCE = 500  # propositions that are looked at between two looks at whether to go on
COMPARED_AT_ONCE = 20
NOBODY_HERE = timedelta(days=7)
NEAREST = 8  # neighbours by words, of which one may say the same


@dataclass(kw_only=True)
class Tidied:
    """What one run did. `whole`: it came to the end of what there was to look at."""

    set_aside: int = 0
    merged: int = 0
    whole: bool = False

    @property
    def changes(self) -> int:
        return self.set_aside + self.merged


class Tidier:
    def __init__(self, store: Store, clock: Clock, *, pen: AbstractContextManager[object]) -> None:
        """`pen` is held for each change, never for longer."""
        self._store = store
        self._clock = clock
        self._pen = pen

    def tidy(
        self,
        stop: Callable[[], bool] = lambda: False,
        *,
        most_seconds: float = MOST_SECONDS,
        elapsed_seconds: Callable[[], float] | None = None,
    ) -> Tidied:
        """Go on where the last run stopped. Raises what the disk cannot do.

        `elapsed_seconds` counts from wherever it likes; without it the clock does.
        """
        measure = elapsed_seconds or self._clock.monotonic_seconds
        began = measure()
        done = Tidied()

        def enough() -> bool:
            return stop() or measure() - began >= most_seconds or done.changes >= MOST_CHANGES

        looked, compared = self._set_aside(done, enough), self._merge_twins(done, enough)
        done.whole = looked and compared
        if done.whole or not stop():  # who was stopped goes on at the next chance; who did enough, the next night
            with self._pen:
                self._store.put_tidied_at(self._clock.now())
        return done

    def _set_aside(self, done: Tidied, enough: Callable[[], bool]) -> bool:
        """Whether it has looked at all of them."""
        looked_up_to = self._store.tidying_marks().looked_up_to
        now = self._now()
        while not enough():
            found = self._store.maybe_over(after=looked_up_to, now=now, half_lives=HALF_LIVES, limit=AT_ONCE)
            for candidate in found:
                if self._is_over(candidate):
                    done.set_aside += self._change(candidate.id, self._letting_go)
            looked_up_to = found[-1].id if len(found) == AT_ONCE else PropositionId(0)
            with self._pen:
                self._store.put_looked_up_to(looked_up_to)
            if not looked_up_to:
                return True
        return False

    def _now(self) -> datetime:
        """The time, but no later than a week after something was last seen.

        A clock that jumped far ahead must not make everything old; and while nobody is here nothing need go.
        """
        now, seen = self._clock.now(), self._store.last_seen_at()
        return now if seen is None else min(now, seen + NOBODY_HERE)

    def _is_over(self, candidate: Candidate) -> bool:
        why = why_over(
            kind=candidate.kind,
            text=candidate.text,
            value=candidate.value,
            last_supported_at=candidate.last_supported_at,
            half_life_days=candidate.half_life_days,
            now=self._now(),
        )
        return why is not None

    def _merge_twins(self, done: Tidied, enough: Callable[[], bool]) -> bool:
        compared_up_to = self._store.tidying_marks().compared_up_to
        while not enough():
            found = self._store.changed_since(compared_up_to, limit=COMPARED_AT_ONCE)
            for id_ in dict.fromkeys(id_ for _, id_ in found):
                done.merged += self._change(id_, self._joining)
            if found:
                compared_up_to = found[-1][0]
                with self._pen:
                    self._store.put_compared_up_to(compared_up_to)
            if len(found) < COMPARED_AT_ONCE:
                return True
        return False

    def _change(self, id_: PropositionId, decide: Callable[[PropositionId], tuple[Revision, ...]]) -> bool:
        """Whether anything was changed. Decided again within the transaction: it may have changed meanwhile."""
        if not decide(id_):
            return False
        with self._pen, self._store.transaction():
            revisions = decide(id_)
            if revisions:
                self._store.add_together(revisions)
        return bool(revisions)

    def _letting_go(self, id_: PropositionId) -> tuple[Revision, ...]:
        belief = self._store.proposition(id_)
        return () if belief is None else let_go(belief, self._now(), at=self._clock.now())

    def _joining(self, id_: PropositionId) -> tuple[Revision, ...]:
        belief = self._store.proposition(id_)
        if belief is None or belief.state != "active":
            return ()
        similar = self._store.similar_to(belief, kind=belief.kind, limit=NEAREST)
        return join_twin(belief, similar, self._clock.now())
