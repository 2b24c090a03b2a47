"""The notes: everything that is kept, and the only thing that writes it. For the daemon alone.

An instance belongs to the thread that made it; of several, one writes at a time and the others wait.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gum_app.records import (
    JUST_MADE,
    Observation,
    ObservationId,
    PrivacyRule,
    Proposition,
    PropositionId,
    Revision,
    Sighting,
)
from gum_app.store import (
    arrival,
    beliefs,
    deeds,
    forgetting,
    integrity,
    meanings,
    observing,
    retention,
    rows,
    untelling,
    vectors,
)
from gum_app.store.arrival import ImportReport
from gum_app.store.beliefs import Fold
from gum_app.store.connect import Database
from gum_app.store.digest_notes import DigestNotes
from gum_app.store.forgetting import ForgetReport, ForgetScope, ForgettingUnfinished
from gum_app.store.import_notes import ImportNotes
from gum_app.store.inquiry_notes import InquiryNotes
from gum_app.store.migrations import migrate
from gum_app.store.observing import ForgottenMeanwhile
from gum_app.store.program_notes import ProgramNotes
from gum_app.store.reading import MAX_ATTEMPTS
from gum_app.store.retention import ExpireReport
from gum_app.store.suggestion_notes import SuggestionNotes
from gum_app.store.tidy_notes import TidyNotes
from gum_app.store.untelling import Cutting
from gum_app.store.verdicts import Verdicts
from gum_app.store.watch_notes import WatchNotes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

log = logging.getLogger(__name__)


class Store(WatchNotes, Verdicts, TidyNotes, InquiryNotes, ProgramNotes, SuggestionNotes, DigestNotes, ImportNotes):
    def __init__(self, path: Path, key: bytes, *, fold: Fold, finishing: bool = True) -> None:
        """Makes the file or brings it up to date, and finishes a forgetting that was cut off unless told to leave it.

        Finishing writes the whole file anew. Raises KeyWrong, DatabaseDamaged, DiskFull, HomeUnusable.
        """
        self._database = Database(path, key)
        self._meanings = None
        self._fold = fold
        try:
            migrate(self._database)
            if finishing:
                self._finish_what_was_cut_off()
        except BaseException:
            self._database.close()
            raise

    def _finish_what_was_cut_off(self) -> None:
        try:
            forgetting.finish(self._database, patience_seconds=0)
        except ForgettingUnfinished:
            # The words are deleted; their traces wait for room or for readers. The app must start all the same.
            log.warning("a forgetting is not finished yet")

    def transaction(self) -> AbstractContextManager[None]:
        """Several calls become one: all of them, or none. Nests."""
        return self._database.transaction()

    # What must not be kept

    def discard_observation(self, id: ObservationId) -> None:  # noqa: A002
        """Its words showed that it is of a kind that is not kept: it goes, with what was concluded from it."""
        forgetting.discard(self._database, self._fold, id)

    def untell_observation(self, id: ObservationId, title: str) -> None:  # noqa: A002
        """Its words and pictures go, with what was concluded from them; the episode stays, under this title."""
        untelling.untell(self._database, self._fold, id, title)

    def cut_kept(
        self, cuttings: Iterable[Cutting], beliefs: Iterable[PropositionId] = (), *, preview: bool
    ) -> ForgetReport:
        """Words that are not to be kept any more, out of these episodes, with all that rests on them, and propositions.

        `finish_forgetting` wipes their traces. `preview` counts what would go, by doing it and taking it back.
        """
        return untelling.cut(self._database, self._fold, cuttings, beliefs, preview=preview)

    # Thinking

    def undigested(
        self, *, limit: int = 20, max_attempts: int = MAX_ATTEMPTS, imported: bool | None = None
    ) -> list[Observation]:
        """Closed episodes that nobody has thought about, with their lines, oldest first; the same after a crash.

        `imported`: only those that were brought in, or only the others.
        """
        with self._database.snapshot():
            return observing.undigested(self._database, limit=limit, max_attempts=max_attempts, imported=imported)

    def note_failed_attempt(self, ids: Iterable[ObservationId]) -> None:
        with self.transaction():
            observing.note_failed_attempt(self._database, ids)

    def sightings(self, topics: Collection[str]) -> dict[str, list[Sighting]]:
        """All that was noticed about each topic, oldest first; a topic without any has an empty list."""
        found: dict[str, list[Sighting]] = {}
        with self._database.snapshot():
            for topic in topics:
                kept = self._database.all("SELECT * FROM sightings WHERE topic = ? ORDER BY at, id", (topic,))
                found[topic] = [rows.sighting_of(row) for row in kept]
        return found

    def leave_undecided(self) -> None:
        """What was brought in is noticed, and what it amounts to is to be decided. Call it with `digest`."""
        self._database.run("INSERT OR REPLACE INTO marks (name, value) VALUES ('undecided', 1)")

    def undecided_topics(self) -> list[str]:
        """All that what was brought in says anything about, where that was left undecided."""
        if self._database.value("SELECT 1 FROM marks WHERE name = 'undecided'") is None:
            return []
        found = self._database.all(
            """SELECT DISTINCT topic FROM sightings JOIN observations ON observations.id = observation_id
               WHERE source = 'import' ORDER BY topic"""
        )
        return [row["topic"] for row in found]

    def leave_none_undecided(self) -> None:
        self._database.run("DELETE FROM marks WHERE name = 'undecided'")

    def count_sightings(self, topics: Collection[str]) -> int:
        """Of all these topics together."""
        counted = "SELECT count(*) FROM sightings WHERE topic IN (SELECT value FROM json_each(?))"
        return int(self._database.value(counted, (json.dumps(sorted(topics)),)))

    def propositions_about(self, topic: str) -> list[Proposition]:
        """Whatever their state, oldest first; and what has taken the place of one since it was merged or split."""
        with self._database.snapshot():
            return beliefs.about(self._database, topic)

    def digest(
        self,
        ids: Collection[ObservationId],
        *,
        sightings: Iterable[Sighting],
        revisions: Iterable[Revision],
        at: datetime,
    ) -> list[PropositionId]:
        """What was noticed and concluded, and the mark that it was: all or nothing.

        Answers the proposition of each revision. Raises ForgottenMeanwhile where something it rests on is gone.
        """
        sightings, revisions = tuple(sightings), tuple(revisions)
        with self.transaction():
            observing.make_sure_of(self._database, [*ids, *(sighting.observation_id for sighting in sightings)])
            observing.mark_digested(self._database, ids, at)
            observing.drop_sightings(self._database, ids)  # of an earlier thought, when less had been seen
            for sighting in sightings:
                values = rows.sighting_values(sighting)
                self._database.run(rows.insert("sightings", values), values)
            return self.add_revisions(revisions)

    def without_vector(self, embedder: str, *, limit: int) -> list[tuple[PropositionId, str]]:
        """Propositions and their texts, the newest first, of which this embedding model has not told what they mean."""
        return [(PropositionId(id_), text) for id_, text in vectors.without(self._database, embedder, limit)]

    def put_vectors(self, embedder: str, texts: Sequence[tuple[PropositionId, str]], found: NDArray[np.float32]) -> int:
        """What each text means: one row of `found` each. Answers how many still were the text of their proposition.

        All vectors are of one embedder: the first of another takes the place of all there were.
        """
        with self.transaction():
            return meanings.keep(self._database, embedder, texts, found)

    def add_revisions(self, revisions: Iterable[Revision]) -> list[PropositionId]:
        """Answers the proposition of each revision. Raises ForgottenMeanwhile."""
        revisions = tuple(revisions)
        with self.transaction():
            self._make_sure_of_what_they_rest_on(revisions)
            return beliefs.add_revisions(self._database, self._fold, revisions)

    def _make_sure_of_what_they_rest_on(self, revisions: Sequence[Revision]) -> None:
        evidence = [item.observation_id for revision in revisions for item in revision.evidence]
        observing.make_sure_of(self._database, [id_ for id_ in evidence if id_ is not None])
        named = {id_ for revision in revisions for id_ in (revision.proposition_id, revision.other)}
        for id_ in named - {None, JUST_MADE}:
            if self._database.value("SELECT 1 FROM propositions WHERE id = ?", (id_,)) is None:
                raise ForgottenMeanwhile

    # The person

    def undo_last(self, at: datetime) -> Revision | None:
        """Take back the newest thing the person did to a proposition. None: there is nothing to take back."""
        with self.transaction():
            last = self.last_undoable()
            if last is None:
                return None
            return deeds.take_back(self._database, self._fold, last, at)[0]

    def take_back(self, change: Revision, at: datetime) -> list[Revision]:
        """A change that stands, with all that was done together with it."""
        with self.transaction():
            return deeds.take_back(self._database, self._fold, change, at)

    def undo_deed(self, deed: int, at: datetime) -> list[Revision]:
        """Take back what was done together, whoever did it. Empty: there is nothing left of it to take back."""
        with self.transaction():
            done = deeds.standing_of(self._database, deed)
            return deeds.take_back(self._database, self._fold, done[-1], at) if done else []

    def add_together(self, revisions: Iterable[Revision]) -> list[PropositionId]:
        """Like `add_revisions`, as one deed: taken back as one. Raises ForgottenMeanwhile."""
        with self.transaction():
            number = deeds.next_number(self._database)
            return self.add_revisions([replace(revision, deed=number) for revision in revisions])

    def put_setting(self, name: str, value: Any) -> None:
        """Raises BadInput for a name or value that is none."""
        with self.transaction():
            kept = getattr(self.settings().with_value(name, value), name)
            self._database.run(
                "INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)",
                (name, json.dumps(kept, ensure_ascii=False)),
            )

    def add_privacy_rule(self, rule: PrivacyRule) -> None:
        """A rule of the same name is replaced."""
        self._database.run(
            "INSERT OR REPLACE INTO privacy_rules (name, app, title, address) VALUES (?, ?, ?, ?)",
            (rule.name, rule.app, rule.title, rule.address),
        )

    def remove_privacy_rule(self, name: str) -> None:
        self._database.run("DELETE FROM privacy_rules WHERE name = ?", (name,))

    # Forgetting

    def preview_forget(self, scope: ForgetScope) -> ForgetReport:
        """What `forget` would take away, counted by doing it and taking it back."""
        return forgetting.preview(self._database, self._fold, scope)

    def forget(self, scope: ForgetScope, *, at: datetime) -> ForgetReport:
        """Returns only when the words are in no table, index, journal or free page any more.

        Raises ForgettingUnfinished where a reader or a full disk is in the way: `finish_forgetting` tries again.
        """
        return forgetting.forget(self._database, self._fold, scope, at)

    def is_forgetting_unfinished(self) -> bool:
        """Whether traces of something forgotten wait to be wiped: a reader or a full disk was in the way."""
        return forgetting.is_unfinished(self._database)

    def finish_forgetting(self) -> None:
        """Try again. Raises ForgettingUnfinished."""
        forgetting.finish(self._database)

    def expire(
        self,
        *,
        at: datetime,
        words_before: datetime,
        thumbnails_before: datetime,
        told_before: datetime | None = None,
        max_bytes: int,
    ) -> ExpireReport:
        """Let old words and pictures go; what was concluded from them stays, with its quotes.

        `at` is now: pictures that waited for the model for two hours go, and what asking it cost goes after 90 days.
        `told_before`: of what programs were told before then, nothing is listed any more; None: all of it is.
        """
        return retention.expire(
            self._database,
            at=at,
            words_before=words_before,
            thumbnails_before=thumbnails_before,
            told_before=told_before,
            max_bytes=max_bytes,
        )

    # In, and sound

    def import_lines(self, lines: Iterable[str]) -> ImportReport:
        """What `export_lines` wrote, added to what is here; what is here already is left out. Raises BadInput."""
        return arrival.import_lines(self._database, self._fold, lines)

    def integrity(self) -> list[str]:
        """What is wrong with the file, in sentences; empty where it is sound."""
        return integrity.faults(self._database, self._fold)


__all__ = [
    "Cutting",
    "ExpireReport",
    "ForgetReport",
    "ForgetScope",
    "ForgettingUnfinished",
    "ForgottenMeanwhile",
    "ImportReport",
    "Store",
]
