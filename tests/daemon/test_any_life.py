"""Whatever is seen, inferred, tidied, said and taken back, in whatever order: what must hold of the whole, on a file.

The rules hold each by itself (`tests/rules`); here drafts go through revising, tidying and the store together.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from gum_app.clock import SetClock
from gum_app.daemon.answers_judging import by_person, in_own_words
from gum_app.daemon.tidier import Tidier
from gum_app.pipeline.revise import revise
from gum_app.records import CURRENT, PERSON, STATES, Draft, Proposition
from gum_app.rules.merging import Part, merged, split
from gum_app.rules.revisions import fold
from gum_app.store.listing import PropositionQuery
from gum_app.store.store import Store
from tests.builders import NOON, some_evidence
from tests.daemon.watching import KEY

# Topic, value and words. The last says in other words, under another topic, what the first does.
SAYINGS = (
    ("keys", "monday", "Has the keys of the hut on Monday."),
    ("keys", "friday", "Has the keys of the hut on Friday."),
    ("keys", "", "Keeps the keys of the hut."),
    ("map", "", "Works on the parcel map."),
    ("model:map", "", "Works on the parcel map, mostly in the evening."),
)
SOURCES = ("rule:plan", "model:tiny propose 3f2a91c0")
MINE = "Looks after the hut of the ski club."

seen = st.tuples(st.just("see"), st.integers(0, len(SAYINGS) - 1), st.integers(0, 1))
inferred = st.tuples(st.sampled_from(["tidy", "merge", "undo deed"]), st.integers(0, 3), st.integers(0, 3))
said = st.tuples(
    st.sampled_from(["edited", "confirmed", "pinned", "rejected", "ended", "merge mine", "split", "undo"]),
    st.integers(0, 3),
    st.integers(0, 3),
)


class Life:
    def __init__(self, store: Store) -> None:
        self.store = store
        self.at = NOON
        self.quotes: set[str] = set()  # that something was concluded from

    def step(self, what: str, one: int, other: int) -> None:
        self.at += timedelta(hours=7)
        if what == "see":
            self._see(*SAYINGS[one], made_by=SOURCES[other])
        elif what == "tidy":
            Tidier(self.store, SetClock(self.at), pen=threading.RLock()).tidy()
        elif what in {"merge", "merge mine"}:
            self._merge(one, other, by="rule:tidying" if what == "merge" else PERSON)
        elif what == "undo":
            self.store.undo_last(self.at)
        elif what == "undo deed":
            self.store.undo_deed(one + 1, self.at)
        elif what == "split":
            self._split(one)
        else:
            self._say(what, one)

    def _see(self, topic: str, value: str, text: str, made_by: str) -> None:
        quote = f"words of {self.at:%d %H}"
        draft = Draft(
            topic=topic,
            kind="task",
            text=text,
            value=value,
            confidence_raw=0.7,
            half_life_days=14.0,
            evidence=(some_evidence(quote, observation_id=None, at=self.at),),
            why="Seen.",
            made_by=made_by,
        )
        about, similar = self.store.propositions_about(topic), self.store.similar(text)
        revisions = revise(draft, about=about, similar=similar, now=self.at)
        self.store.add_revisions(revisions)
        if any(item.quote == quote and item.supports for revision in revisions for item in revision.evidence):
            self.quotes.add(quote)

    def _merge(self, one: int, other: int, *, by: str) -> None:
        current = [belief for belief in self.all() if belief.state in CURRENT]
        if len(current) > max(one, other) and one != other:
            self.store.add_together(merged(current[one], current[other], why="", made_by=by, at=self.at))

    def _split(self, one: int) -> None:
        current = [belief for belief in self.all() if belief.state in CURRENT]
        if len(current) > one:
            parts = [Part(f"{current[one].text} {half}", current[one].evidence[n::2]) for n, half in enumerate("ab")]
            self.store.add_together(split(current[one], parts, made_by=PERSON, at=self.at))

    def _say(self, what: str, one: int) -> None:
        beliefs = [belief for belief in self.all() if belief.state != "replaced"]
        if len(beliefs) > one:
            belief = beliefs[one]
            word = in_own_words(belief, MINE, self.at) if what == "edited" else by_person(belief, what, "", self.at)  # type: ignore[arg-type]
            self.store.add_revisions([word])

    def all(self) -> list[Proposition]:
        rows = self.store.propositions(PropositionQuery(states=frozenset(STATES)), now=self.at)
        found = [self.store.proposition(row.id) for row in sorted(rows, key=lambda row: row.id)]
        return [belief for belief in found if belief is not None]


@contextmanager
def a_life(*before: tuple[str, int, int]) -> Iterator[Life]:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "gum.db", KEY, fold=fold)
        try:
            life = Life(store)
            for step in before:
                life.step(*step)
            yield life
        finally:
            store.close()


@settings(max_examples=12)
@given(st.lists(st.one_of(seen, seen, inferred, said), max_size=14))
@example(
    [("see", 3, 0), ("split", 0, 0), ("see", 3, 0), ("undo", 0, 0)]
)  # what was seen of a part stays with the whole
@example([("see", 3, 0), ("see", 0, 0), ("merge", 0, 1), ("see", 0, 0), ("undo deed", 0, 0)])
def test_no_evidence_is_lost_and_the_revisions_give_the_same_again(steps: list[tuple[str, int, int]]) -> None:
    with a_life(*steps) as life:
        kept = {item.quote for belief in life.all() for item in belief.evidence}
        assert life.quotes <= kept
        assert all(belief == fold(belief.revisions) for belief in life.all())
        assert life.store.integrity() == []


@settings(max_examples=12)
@given(st.lists(seen, min_size=1, max_size=4), st.sampled_from(["edited", "confirmed", "pinned"]), st.data())
def test_the_persons_word_survives_all_that_is_inferred(
    before: list[tuple[str, int, int]], how: str, data: st.DataObject
) -> None:
    with a_life(*before) as life:
        life.step(how, 0, 0)
        mine = next(belief for belief in life.all() if belief.revisions[-1].made_by == PERSON)
        for step in data.draw(st.lists(st.one_of(seen, seen, inferred), max_size=8)):
            life.step(*step)
        now = life.store.proposition(mine.id)
        assert now is not None
        assert (now.text, now.state) == (mine.text, "active")
        assert now.confidence >= mine.confidence or how == "pinned"
        assert len(now.evidence) >= len(mine.evidence)


@settings(max_examples=12)
@given(st.lists(seen, min_size=1, max_size=3), st.data())
def test_what_was_rejected_stays_away_in_other_words_too(
    before: list[tuple[str, int, int]], data: st.DataObject
) -> None:
    with a_life(("see", 3, 0), *before) as life:
        mine = next(belief for belief in life.all() if belief.topic == "map")
        life.store.add_revisions([by_person(mine, "rejected", "", life.at)])
        others = {belief.id for belief in life.all()}
        for step in data.draw(st.lists(st.one_of(seen, seen, inferred), max_size=8)):
            life.step(*step)
        (rejected,) = (belief for belief in life.all() if belief.id == mine.id)
        assert (rejected.state, rejected.evidence) == ("rejected", mine.evidence)
        assert not [belief.text for belief in life.all() if belief.id not in others and "map" in belief.text]
