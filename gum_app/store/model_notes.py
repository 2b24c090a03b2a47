"""What the thinking with a model writes: pictures that wait, accounts, marks of what is done, and what asking cost.

A part of `Store`, for the daemon alone. How often the model is asked, and what, is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from gum_app.records import Account, Call, Observation, ObservationId, StillFrame
from gum_app.store import waiting
from gum_app.store.reading import MAX_ATTEMPTS, ReadingStore


class ModelNotes(ReadingStore):
    # Pictures

    def put_frames(self, observation_id: ObservationId, frames: Sequence[StillFrame]) -> None:
        """The pictures of an episode that wait for the model, instead of those put before.

        Nothing is kept where the model has done with the episode. Put them no later than in the transaction that closes
        it: a closed episode without pictures waits for no look. Raises ForgottenMeanwhile; ValueError for more than
        three, and for pictures of another episode.
        """
        with self._database.transaction():
            waiting.put_frames(self._database, observation_id, frames)

    def frames_of(self, observation_id: ObservationId) -> list[StillFrame]:
        """The earliest first; empty where there are none (any more)."""
        return waiting.frames_of(self._database, observation_id)

    def drop_frames(self, before: datetime) -> int:
        """Pictures taken before then go, looked at or not; answers how many. Their episodes are told by words alone."""
        return waiting.drop_frames(self._database, before)

    # What is next

    def unobserved(self, *, limit: int, max_attempts: int = MAX_ATTEMPTS) -> list[Observation]:
        """Closed episodes of a screen whose pictures no model has looked at, with their lines, oldest first.

        Whether the rules have thought about them does not matter. The same after a crash.
        """
        with self._database.snapshot():
            return waiting.unobserved(self._database, limit=limit, max_attempts=max_attempts)

    def unproposed(
        self, *, limit: int, max_attempts: int = MAX_ATTEMPTS, waiting_since: datetime | None = None
    ) -> list[tuple[Observation, Account | None]]:
        """Closed episodes from which the model has not concluded, with their lines, oldest first.

        Never one that `unobserved` still names: it is to be looked at first, or its pictures are to go. The account is
        None where nobody looked or there was nothing to tell. `waiting_since`: only those that had ended by then.
        """
        with self._database.snapshot():
            return waiting.unproposed(
                self._database, limit=limit, max_attempts=max_attempts, waiting_since=waiting_since
            )

    # What became of it

    def keep_account(self, account: Account | None, observation_id: ObservationId, at: datetime) -> None:
        """What the model told, and that it has looked; its pictures go. All or nothing.

        None: there was nothing to tell, so the episode goes on by its words. Raises ForgottenMeanwhile where the
        episode is gone, has been looked at, or was marked as not for the model: then drop the account. ValueError for
        the account of another episode.
        """
        with self._database.transaction():
            waiting.keep_account(self._database, account, observation_id, at)

    def mark_proposed(self, ids: Collection[ObservationId], at: datetime) -> None:
        """The model has concluded from these, once and for all. Call it in the transaction that keeps the conclusions.

        Raises ForgottenMeanwhile where one is gone or waits no more: nothing counts twice, so drop the conclusions.
        """
        with self._database.transaction():
            waiting.mark_proposed(self._database, ids, at)

    def note_failed_observe(self, ids: Iterable[ObservationId]) -> None:
        """After `max_attempts` the episode goes on by its words."""
        with self._database.transaction():
            waiting.note_failed_observe(self._database, ids)

    def failed_observes(self, ids: Iterable[ObservationId]) -> int:
        """How often looking at these failed: at the one at which it failed most often. 0 for none."""
        return waiting.failed_observes(self._database, ids)

    def failed_proposes(self, ids: Iterable[ObservationId]) -> int:
        """The same for concluding."""
        return waiting.failed_proposes(self._database, ids)

    def try_again(self) -> int:
        """What the model set aside waits for it once more; answers how many episodes."""
        with self._database.transaction():
            return waiting.try_again(self._database, max_attempts=MAX_ATTEMPTS)

    def note_failed_propose(self, ids: Iterable[ObservationId]) -> None:
        """After `max_attempts` the episode is set aside."""
        with self._database.transaction():
            waiting.note_failed_propose(self._database, ids)

    def mark_not_for_model(self, at: datetime) -> None:
        """All that waits, open episodes too, is left to the rules, and all pictures go.

        For when a model is switched off, and again when one is switched on: it begins with what comes then.
        """
        with self._database.transaction():
            waiting.mark_not_for_model(self._database, at)

    # What asking cost

    def add_call(self, call: Call) -> None:
        """Kept for 90 days."""
        waiting.add_call(self._database, call)
