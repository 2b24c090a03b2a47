"""What watching and replaying write: episodes, pictures, what was skipped, and what the audit decided.

A part of `Store`, for the daemon alone. What must go again is the business of `Store`, for conclusions go with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from gum_app.records import Line, Matter, Observation, ObservationId, Ruling, Skip
from gum_app.store import observing, rulings
from gum_app.store.instants import micros, utc_offset
from gum_app.store.model_notes import ModelNotes


class WatchNotes(ModelNotes):
    def open_observation(self, observation: Observation) -> ObservationId:
        """Keep the beginning of an episode; its `id` does not count. It is thought about once it is closed."""
        with self._database.transaction():
            return observing.open_observation(self._database, observation)

    def extend_observation(
        self,
        id: ObservationId,  # noqa: A002
        *,
        ended_at: datetime,
        active_seconds: float,
        keys: int | None = None,
        dark_share: float | None = None,
        lines: Iterable[Line] = (),
        url: str | None = None,
        title: str | None = None,
    ) -> None:
        """The episode goes on: `active_seconds`, `keys` and `dark_share` are those of the whole of it so far.

        Lines are added, except those that say the same on the same place; None leaves a value as it is.
        Raises ForgottenMeanwhile.
        """
        with self._database.transaction():
            observing.extend(
                self._database,
                id,
                ended_at=ended_at,
                active_seconds=active_seconds,
                keys=keys,
                dark_share=dark_share,
                lines=lines,
                url=url,
                title=title,
            )

    def close_observation(self, id: ObservationId) -> None:  # noqa: A002
        """The episode waits to be thought about; it may still be extended, and is then thought about anew.

        Nothing happens where it was forgotten.
        """
        with self._database.transaction():
            observing.close(self._database, id)

    def open_observations(self) -> list[Observation]:
        """The episodes that were going on when the last writer ended, oldest first, with their lines."""
        with self._database.snapshot():
            return observing.open_ones(self._database)

    def add_rulings(
        self, found: Iterable[Ruling], *, app: str, at: datetime, observation_id: ObservationId | None = None
    ) -> None:
        """What the audit decided; the same again within ten minutes only counts up."""
        with self._database.transaction():
            rulings.add(self._database, found, app=app, at=at, observation_id=observation_id)

    def note_reluctance(self, matters: Iterable[Matter]) -> None:
        """The person rejected or forgot something of these kinds: each counts once more."""
        with self._database.transaction():
            rulings.note_reluctance(self._database, matters)

    def close_all_observations(self) -> None:
        """After a crash: what was being watched then is over."""
        observing.close_all(self._database)

    def add_skip(self, skip: Skip) -> None:
        """The same rule within a minute of its last skip extends that one."""
        with self._database.transaction():
            observing.add_skip(self._database, skip)

    def add_thumbnail(self, observation_id: ObservationId, at: datetime, jpeg: bytes) -> None:
        """The picture of an episode; a later one takes its place. Raises ForgottenMeanwhile."""
        with self._database.transaction():
            observing.make_sure_of(self._database, [observation_id])
            self._database.run(
                "INSERT OR REPLACE INTO thumbnails (observation_id, at, jpeg) VALUES (?, ?, ?)",
                (observation_id, micros(at), jpeg),
            )

    def put_position(self, position: int) -> None:
        """Call it in the transaction that keeps what was replayed."""
        self._database.run("INSERT OR REPLACE INTO marks (name, value) VALUES ('position', ?)", (position,))

    def put_bookmark(self, recording: str, bookmark: str) -> None:
        """Call it with `put_position`. `recording` is the fingerprint of what is replayed here."""
        self._database.run("INSERT OR REPLACE INTO replays (recording, bookmark) VALUES (?, ?)", (recording, bookmark))

    def put_replayed_until(self, at: datetime) -> None:
        """The recording's time is this home's time from now on."""
        for name, value in (("replayed_until", micros(at)), ("replayed_offset", utc_offset(at))):
            self._database.run("INSERT OR REPLACE INTO marks (name, value) VALUES (?, ?)", (name, value))
