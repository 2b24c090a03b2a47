"""Which revisions may stay when some of their evidence is forgotten.

A text stems from the evidence of the revision that first said it, and of the revisions before that one. So:

- a revision that loses all its evidence goes, unless the person made it;
- a repetition of a text whose first saying goes stays only with evidence of its own;
- a text goes, whoever said it, that has a word which the forgotten evidence says and nothing that stays says;
- the reason of a model goes with any evidence it had: it weighs all of it in words of its own.

What evidence says is its quote, and all that was read in its observation or told about it by the model.

Of what is left something must carry the belief: evidence for it, or the person's own words. Else all of it goes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from gum_app.records import PERSON, ObservationId, PropositionId
from gum_app.store.connect import Database, Row
from gum_app.store.observing import lines_of
from gum_app.store.search import STOP_WORDS, words_in
from gum_app.store.spelling import spelled
from gum_app.store.waiting import accounts

REASON_FORGOTTEN = "Its reason was forgotten."
MODEL = "model:"  # how `made_by` begins where a model reasoned
OWN_WORDS = {"created", "edited"}  # what a person says in such a revision, the person has typed
LOOK_AT = 64
WORDING = {"created", "reworded", "merged", "split", "edited"}


def json_ids(ids: Iterable[int]) -> str:
    """For `IN (SELECT value FROM json_each(?))`, which takes any number of ids."""
    return json.dumps(list(ids))


@dataclass(kw_only=True)
class Decision:
    """What becomes of one proposition."""

    proposition_id: PropositionId
    going: set[int] = field(default_factory=set)  # revisions
    without_reason: set[int] = field(default_factory=set)  # revisions whose reason quotes forgotten words
    without_topic: set[int] = field(default_factory=set)  # revisions in own words, on a topic that has such words
    new_beginning: int | None = None  # the revision from which on the text is told, where the first telling goes

    def carry_out(self, database: Database) -> None:
        database.many("DELETE FROM revisions WHERE id = ?", _each(self.going))
        database.many(f"UPDATE revisions SET why = '{REASON_FORGOTTEN}' WHERE id = ?", _each(self.without_reason))
        database.many("UPDATE revisions SET topic = '', value = '' WHERE id = ?", _each(self.without_topic))
        if self.new_beginning is not None:
            database.run("UPDATE revisions SET kind = 'created' WHERE id = ?", (self.new_beginning,))


def what_stays(database: Database, evidence: Iterable[int]) -> list[Decision]:
    """A decision for each proposition that these rows of evidence bear on. The rows must still be there."""
    going = set(evidence)
    touched = [
        row["proposition_id"]
        for row in database.all(
            """SELECT DISTINCT proposition_id FROM revisions JOIN evidence ON evidence.revision_id = revisions.id
               WHERE evidence.id IN (SELECT value FROM json_each(?)) ORDER BY proposition_id""",
            (json_ids(going),),
        )
    ]
    words = _Words(database, touched)
    return [_History(database, id_, going, words).decide() for id_ in touched]


class _History:
    """The revisions of one proposition, and which of their evidence stays."""

    def __init__(self, database: Database, id_: PropositionId, going: set[int], words: _Words) -> None:
        self.id = id_
        self.words = words
        self.revisions = database.all("SELECT * FROM revisions WHERE proposition_id = ? ORDER BY id", (id_,))
        rows = database.all(
            """SELECT * FROM evidence WHERE revision_id IN (SELECT id FROM revisions WHERE proposition_id = ?)
               ORDER BY id""",
            (id_,),
        )
        self.lost = [row for row in rows if row["id"] in going]
        self.left = [row for row in rows if row["id"] not in going]
        self.supported = {row["revision_id"] for row in self.left if row["supports"]}
        self.first_said: dict[str, int] = {}
        for row in self.revisions:
            self.first_said.setdefault(row["text"], row["id"])

    def decide(self) -> Decision:
        decision = Decision(proposition_id=self.id)
        bereft = {row["revision_id"] for row in self.lost} - {row["revision_id"] for row in self.left}
        unsaid = {row["id"] for row in self.revisions if row["id"] in bereft and row["made_by"] != PERSON}
        for row in self.revisions:
            origin = self.first_said[row["text"]]
            if row["id"] in unsaid or self._must_go(row, origin, unsaid):
                decision.going.add(row["id"])
                continue
            if self._reasons_with_forgotten(row) or self._has_trace(row["why"], row["id"]):
                decision.without_reason.add(row["id"])
            if self._has_trace(_about(row), origin):
                decision.without_topic.add(row["id"])
        self._begin_anew(decision)
        return decision

    def _reasons_with_forgotten(self, row: Row) -> bool:
        """A model's reason may tell in other words what it read; no comparison of words would find that."""
        return _is_by_model(row) and any(lost["revision_id"] == row["id"] for lost in self.lost)

    def _must_go(self, row: Row, origin: int, unsaid: set[int]) -> bool:
        if self._has_trace(row["text"], origin):
            return True
        if _is_own_word(row):
            return False
        return (origin in unsaid and row["id"] not in self.supported) or self._has_trace(_about(row), origin)

    def _begin_anew(self, decision: Decision) -> None:
        left = [row for row in self.revisions if row["id"] not in decision.going]
        carriers = [row for row in left if row["id"] in self.supported or _is_own_word(row)]
        if not carriers:
            decision.going = {row["id"] for row in self.revisions}
        elif not any(row["kind"] in WORDING for row in left):
            decision.new_beginning = carriers[0]["id"]

    def _has_trace(self, text: str, said_in: int) -> bool:
        lost = [row for row in self.lost if row["revision_id"] <= said_in]
        return bool(lost) and self.words.has_trace(text, lost, self.left)


class _Words:
    """What forgotten and remaining evidence says."""

    def __init__(self, database: Database, touched: list[int]) -> None:
        self._database = database
        self._touched = set(touched)
        self._known: dict[int, set[str]] = {}
        self._elsewhere: dict[str, bool] = {}

    def has_trace(self, text: str, lost: list[Row], left: list[Row]) -> bool:
        """Whether the text has a word that stands in `lost`, and neither in `left` nor in another proposition."""
        suspects = set(words_in(text)) - STOP_WORDS
        said: set[str] = set()
        for row in lost:
            said |= suspects & self._of(row)
        for row in left:
            if not said:
                return False
            said -= set(words_in(row["quote"]))
        said = {word for word in said if not self._is_said_elsewhere(word)}
        for row in left:
            if not said:
                return False
            said -= self._of(row)
        return bool(said)

    def _of(self, evidence: Row) -> set[str]:
        return set(words_in(evidence["quote"])) | self._observed(evidence["observation_id"])

    def _observed(self, id_: int | None) -> set[str]:
        if id_ is None:
            return set()
        if id_ not in self._known:
            self._known[id_] = set(words_in("\n".join([*self._seen_in(id_), *self._told_of(id_)])))
        return self._known[id_]

    def _seen_in(self, id_: int) -> list[str]:
        row = self._database.one("SELECT * FROM observations WHERE id = ?", (id_,))
        return [] if row is None else [row["title"], *(line.text for line in lines_of(self._database, row))]

    def _told_of(self, id_: int) -> list[str]:
        told = accounts(self._database, [ObservationId(id_)]).values()
        return [text for account in told for text in (account.did, *account.theirs, *account.others)]

    def _is_said_elsewhere(self, word: str) -> bool:
        if word not in self._elsewhere:
            # Most often one of the first few answers it; only where all of them are touched are all of them looked at.
            some = self._said_in(word, LOOK_AT)
            every = some if len(some) < LOOK_AT or some - self._touched else self._said_in(word, -1)
            self._elsewhere[word] = bool(every - self._touched)
        return self._elsewhere[word]

    def _said_in(self, word: str, most: int) -> set[int]:
        found = self._database.all(
            "SELECT rowid FROM proposition_words WHERE proposition_words MATCH ? LIMIT ?", (f'"{spelled(word)}"', most)
        )
        return {row["rowid"] for row in found}


def _each(ids: Iterable[int]) -> list[tuple[int]]:
    return [(id_,) for id_ in sorted(ids)]


def _is_own_word(row: Row) -> bool:
    return row["made_by"] == PERSON and row["kind"] in OWN_WORDS


def _is_by_model(row: Row) -> bool:
    return str(row["made_by"]).startswith(MODEL)


def _about(row: Row) -> str:
    """Topic and value. The part of the topic before the colon names a rule, not something seen."""
    return f"{row['topic'].partition(':')[2]}\n{row['value']}"
