"""What windows and commands read. Opened read-only, in short reads; nothing here can change the file.

An instance belongs to the thread that made it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from json import loads
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from gum_app.records import (
    Account,
    Call,
    Curve,
    Disclosure,
    Feedback,
    Grant,
    Import,
    Inquiry,
    InquiryId,
    ObservationId,
    PrivacyRule,
    Proposition,
    PropositionId,
    Revision,
    SpotCheck,
    SpotCheckId,
)
from gum_app.settings import Settings
from gum_app.store import (
    beliefs,
    deeds,
    exchange,
    imports,
    inquiries,
    judging,
    listing,
    observing,
    programs,
    retrieving,
    rows,
    tidying,
    vectors,
    waiting,
)
from gum_app.store.connect import Database
from gum_app.store.digest_reading import DigestReading
from gum_app.store.instants import EPOCH
from gum_app.store.listing import PropositionQuery, PropositionRow
from gum_app.store.retrieving import MOST_HITS, Hit, Query, query_of
from gum_app.store.search import words_in
from gum_app.store.seen_reading import SeenReading
from gum_app.store.sizes import Sizes, sizes
from gum_app.store.suggestion_reading import SuggestionReading

if TYPE_CHECKING:
    from gum_app.store.meanings import Comparison, Meaning, Meanings

MAX_ATTEMPTS = 3  # so often a thought may fail before its observations are set aside


class ReadingStore(SeenReading, SuggestionReading, DigestReading):
    def __init__(self, path: Path, key: bytes) -> None:
        """Raises KeyWrong, DatabaseDamaged, HomeUnusable (there is no file yet, or it cannot be opened)."""
        self._database = Database(path, key, read_only=True)
        self._meanings: Meanings | None = None

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def version(self) -> int:
        """Another number whenever another connection has changed something. Costs microseconds."""
        return int(self._database.value("PRAGMA data_version"))

    # Propositions

    def propositions(
        self, query: PropositionQuery, *, now: datetime, limit: int = 200, offset: int = 0
    ) -> list[PropositionRow]:
        if query.search.strip():
            hits = self.retrieve(query_of(query), now=now, limit=MOST_HITS)
            return [hit.row for hit in hits[offset : offset + limit]]
        with self._database.snapshot():
            found = listing.page(self._database, query, now=now, limit=limit, offset=offset)
        return [listing.row_of(row) for row in found]

    def count_propositions(self, query: PropositionQuery) -> int:
        """Of a search, how many of its best hits there are, at most MOST_HITS."""
        if query.search.strip():
            return len(self.retrieve(query_of(query), now=EPOCH, limit=MOST_HITS))
        return listing.count(self._database, query)

    def retrieve(self, query: Query, *, now: datetime, meaning: Meaning | None = None, limit: int = 20) -> list[Hit]:
        """The best first, in an order that does not say the same thing twice. No language model is asked.

        `meaning`: what the question means, where an embedding model has told it.
        """
        with self._database.snapshot():
            return retrieving.retrieve(
                self._database,
                query,
                own_name=self._own_name(),
                now=now,
                comparison=self._comparison(meaning),
                limit=limit,
            )

    def proposition(self, id: PropositionId) -> Proposition | None:  # noqa: A002
        """With its evidence and its revisions; None where it was forgotten."""
        with self._database.snapshot():
            row = self._database.one("SELECT * FROM propositions WHERE id = ?", (id,))
            return None if row is None else beliefs.whole(self._database, row)

    def pointing_at(self, id: PropositionId) -> list[Revision]:  # noqa: A002
        """The revisions of other propositions that tell of this one and have not been taken back, oldest first."""
        with self._database.snapshot():
            found = self._database.all(
                f"""SELECT * FROM revisions WHERE other_id = ? AND proposition_id <> other_id AND {deeds.NOT_TAKEN_BACK}
                    ORDER BY id""",
                (id,),
            )
            return [beliefs.revision(self._database, row) for row in found]

    def similar(
        self,
        text: str,
        *,
        kind: str | None = None,
        state: str | None = None,
        meaning: Meaning | None = None,
        limit: int = 10,
    ) -> list[Proposition]:
        """Those that say nearly what a text says, nearest first. `state` None: the rejected ones too."""
        with self._database.snapshot():
            ids = retrieving.similar(
                self._database,
                text,
                kind=kind,
                state=state,
                own_name=self._own_name(),
                comparison=self._comparison(meaning),
                limit=limit,
            )
            return [beliefs.whole(self._database, row) for row in listing.rows_of(self._database, ids)]

    def inquiries(self, now: datetime) -> list[Inquiry]:
        """The questions that wait for an answer, the oldest first."""
        with self._database.snapshot():
            return inquiries.open_ones(self._database, now)

    def inquiry(self, id: InquiryId) -> Inquiry | None:  # noqa: A002
        """Open or not; None where it was forgotten with its proposition."""
        return inquiries.one(self._database, id)

    def tidied(self, since: datetime) -> list[Revision]:
        """What tidying has done since then and nobody has taken back, newest first: one revision for each deed."""
        with self._database.snapshot():
            return tidying.tidied(self._database, since)

    def tidied_at(self) -> datetime | None:
        """When tidying last did all there was, or enough for one night; None where it never has."""
        return tidying.marks(self._database).ended_at

    def similar_to(self, belief: Proposition, *, kind: str | None = None, limit: int = 10) -> list[Proposition]:
        """The neighbours of a proposition, itself among them, also by what it means where that has been told."""
        meaning = None
        if vectors.known(self._database) is not None:
            from gum_app.store.meanings import meaning_of

            meaning = meaning_of(self._database, belief.id)
        return self.similar(belief.text, kind=kind, meaning=meaning, limit=limit)

    def count_without_vector(self, embedder: str) -> int:
        """Of how many propositions this embedding model has not told what they mean."""
        return vectors.count_without(self._database, embedder)

    def feedback(self) -> list[Feedback]:
        return [rows.feedback_of(row) for row in self._database.all("SELECT * FROM feedback ORDER BY id")]

    def curves(self) -> dict[str, Curve]:
        """What the verdicts made of the numbers of each source; empty before the first."""
        return beliefs.curves(self._database)

    def spot_checks(self) -> list[SpotCheck]:
        """All that was drawn, in the order of drawing, with its verdict."""
        return judging.spot_checks(self._database)

    def spot_check(self, id: SpotCheckId) -> SpotCheck | None:  # noqa: A002
        """None: there is no such draw, or its proposition was forgotten."""
        return next((check for check in self.spot_checks() if check.id == id), None)

    def can_be_judged(self, now: datetime) -> bool:
        """Whether anything that is shown is no word of the person's and was not judged lately."""
        return judging.can_be_judged(self._database, now)

    def spot_check_is_welcome(self, now: datetime) -> bool:
        """Whether there is enough to judge, and none was drawn or offered within a week."""
        return judging.is_welcome(self._database, now)

    def last_undoable(self) -> Revision | None:
        """The newest revision that the person made and has not taken back."""
        with self._database.snapshot():
            row = self._database.one(
                """SELECT * FROM revisions WHERE made_by = 'person' AND kind <> 'undone'
                   AND id NOT IN (SELECT undoes FROM revisions WHERE undoes IS NOT NULL) ORDER BY id DESC LIMIT 1"""
            )
            return None if row is None else beliefs.revision(self._database, row)

    # Other programs

    def grants(self) -> list[Grant]:
        """What each program may be told, and those that have asked, in the order of their asking."""
        return programs.grants(self._database)

    def grant(self, client: str) -> Grant | None:
        """None: no program of this name has asked."""
        return programs.grant(self._database, client)

    def disclosures(self, *, limit: int = 200) -> list[Disclosure]:
        """What programs were told, the newest first."""
        with self._database.snapshot():
            return programs.disclosures(self._database, limit)

    def titles_of(self, ids: Iterable[ObservationId]) -> dict[ObservationId, str]:
        """The titles of these episodes, without all that belongs to them; those that are gone are missing."""
        return programs.titles(self._database, ids)

    def names_of_others(self) -> tuple[list[str], list[str]]:
        """How the screen called other people, and the texts of all that is or was believed of relationships."""
        with self._database.snapshot():
            return programs.names(self._database), programs.relationships(self._database)

    def words_told(self, client: str) -> list[str]:
        """The texts, quotes and titles of what this program was told of, as they are now."""
        return programs.words_told(self._database, client)

    def texts_of(self, ids: Iterable[PropositionId]) -> dict[PropositionId, str]:
        """How these propositions read now, without all that belongs to them; those that are forgotten are missing."""
        return programs.texts(self._database, ids)

    # What was brought in

    def imports(self) -> list[Import]:
        """The files of other programs that were brought in, the newest first."""
        with self._database.snapshot():
            return imports.listed(self._database)

    # What waits to be thought about

    def count_undigested(self) -> int:
        return observing.count_undigested(self._database, max_attempts=MAX_ATTEMPTS)

    def set_aside(self) -> int:
        """How many episodes failed so often that nobody tries again."""
        return observing.count_set_aside(self._database, max_attempts=MAX_ATTEMPTS)

    # What the model told, and what asking it cost

    def account(self, observation_id: ObservationId) -> Account | None:
        """None: no model has looked at the episode, or there was nothing to tell, or it is gone."""
        return self.accounts([observation_id]).get(observation_id)

    def accounts(self, ids: Iterable[ObservationId]) -> dict[ObservationId, Account]:
        """Those that there are."""
        return waiting.accounts(self._database, ids)

    def count_waiting_for_model(self) -> int:
        """Closed episodes that the model has not done with: to look at, or to conclude from."""
        return waiting.count_waiting(self._database, max_attempts=MAX_ATTEMPTS)

    def is_one_to_look_at(self) -> bool:
        """Whether pictures of a closed episode wait for the model."""
        return waiting.is_one_to_observe(self._database, max_attempts=MAX_ATTEMPTS)

    def set_aside_by_model(self) -> int:
        """From how many episodes concluding failed so often that nobody tries again."""
        return waiting.count_set_aside(self._database, max_attempts=MAX_ATTEMPTS)

    def calls(self, limit: int = 50) -> list[Call]:
        """The newest first."""
        return waiting.newest_calls(self._database, limit=limit)

    def calls_since(self, at: datetime) -> list[Call]:
        """At that instant or later, the oldest first: what a budget has to count after a restart."""
        return waiting.calls_since(self._database, at)

    # What the person set

    def settings(self) -> Settings:
        kept = {row["name"]: loads(row["value"]) for row in self._database.all("SELECT name, value FROM settings")}
        # A name that this version does not know is one that a later or earlier one had: it keeps its row.
        return Settings.model_validate({name: value for name, value in kept.items() if name in Settings.model_fields})

    def privacy_rules(self) -> tuple[PrivacyRule, ...]:
        """The person's own, in the order they were added; the shipped ones are not kept here."""
        found = self._database.all("SELECT * FROM privacy_rules ORDER BY rowid")
        return tuple(rows.privacy_rule_of(row) for row in found)

    def sizes(self) -> Sizes:
        return sizes(self._database)

    def export_lines(self) -> Iterator[str]:
        """Everything the person may take along, one JSON object a line. Nothing waits until it is read to the end."""
        return exchange.export_lines(self._database)

    def schema_faults(self) -> list[str]:
        """Where the tables are not as declared, in sentences. For `doctor`: it loads what the app else does without."""
        from gum_app.store.schema import differences

        return differences(self._database)

    # Pieces

    def _comparison(self, meaning: Meaning | None) -> Comparison | None:
        if meaning is None:
            return None
        if self._meanings is None:
            from gum_app.store.meanings import Meanings  # numpy: only where meanings are compared

            self._meanings = Meanings(self._database)
        return self._meanings.compare(meaning)

    def _own_name(self) -> frozenset[str]:
        kept = self._database.value("SELECT value FROM settings WHERE name = 'person_name'")
        return frozenset(words_in(loads(kept))) if kept else frozenset()
