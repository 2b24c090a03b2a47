"""A proposition is the fold of its revisions, in the table, in the index and in the whole record alike."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest

from gum_app.records import PERSON, Evidence, PropositionId, RevisionKind
from gum_app.rules.revisions import fold
from gum_app.store.beliefs import MOST_INDEXED_CHARACTERS, indexed_words
from gum_app.store.listing import PropositionQuery
from gum_app.store.reading import ReadingStore
from gum_app.store.store import ForgottenMeanwhile, Store
from tests.builders import NOON, a_revision, a_verdict, some_evidence
from tests.store.life import a_sighting, believe, resting_on, see

LATER = NOON + timedelta(days=1)


def by_person(kind: str, id_: PropositionId, **more: object) -> object:
    return a_revision(kind, proposition_id=id_, made_by=PERSON, why="You said so.", **more)


def test_a_whole_proposition_is_the_fold(store: Store, reading: ReadingStore) -> None:
    seen = see(store, "parcel router, parcel router test")
    id_ = believe(store, (seen, "parcel router"))
    believe(store, (seen, "parcel router test"), kind="supported", proposition_id=id_, at=LATER)
    store.add_revisions([by_person("pinned", id_)])  # type: ignore[list-item]
    whole = reading.proposition(id_)
    assert whole is not None
    assert whole == fold(whole.revisions)
    assert [revision.kind for revision in whole.revisions] == ["created", "supported", "pinned"]
    assert [item.quote for item in whole.evidence] == ["parcel router", "parcel router test"]
    (row,) = reading.propositions(PropositionQuery(), now=NOON)
    assert (row.evidence_count, row.pinned) == (2, True)


def test_each_revision_answers_with_its_proposition(store: Store) -> None:
    seen = see(store, "parcel router")
    first = believe(store, (seen, "parcel router"))
    ids = store.add_revisions(
        [
            resting_on((seen, "parcel"), topic="project:other"),
            resting_on((seen, "router"), kind="supported", proposition_id=first),
        ]
    )
    assert ids == [PropositionId(2), first]


def test_the_words_that_stood_before_are_not_found_any_more(store: Store, reading: ReadingStore) -> None:
    id_ = believe(store, (see(store, "zebra crossing"), "zebra"), text="Draws a zebra.")
    store.add_revisions([a_revision("reworded", proposition_id=id_, text="Draws an okapi.")])
    found = {word: reading.count_propositions(PropositionQuery(search=f"{word} ")) for word in ("okapi", "draws")}
    assert found == {"okapi": 1, "draws": 1}
    assert reading.count_propositions(PropositionQuery(search="zebra ")) == 1, "its evidence still says it"
    store.add_revisions([by_person("edited", id_, text="Draws animals.")])  # type: ignore[list-item]
    assert reading.count_propositions(PropositionQuery(search="okapi ")) == 0


def test_taking_back_restores_what_was(store: Store, reading: ReadingStore) -> None:
    id_ = believe(store, (see(store, "parcel router"), "parcel router"))
    before = reading.proposition(id_)
    store.add_revisions([by_person("rejected", id_, at=LATER)])  # type: ignore[list-item]
    rejected = reading.last_undoable()
    assert rejected is not None
    assert rejected.kind == "rejected"
    undone = store.undo_last(LATER)
    assert undone is not None
    assert undone.undoes == rejected.id
    after = reading.proposition(id_)
    assert before is not None
    assert after is not None
    assert (after.state, after.text, after.confidence) == (before.state, before.text, before.confidence)
    assert [revision.kind for revision in after.revisions] == ["created", "rejected", "undone"]
    assert reading.last_undoable() is None
    assert store.undo_last(LATER) is None


def test_taking_back_goes_one_step_at_a_time(store: Store, reading: ReadingStore) -> None:
    id_ = believe(store, (see(store, "parcel router"), "parcel router"))
    for kind in ("pinned", "confirmed"):
        store.add_revisions([by_person(kind, id_)])  # type: ignore[list-item]
    kinds = []
    while (last := reading.last_undoable()) is not None:
        kinds.append(last.kind)
        store.undo_last(LATER)
    assert kinds == ["confirmed", "pinned"]
    whole = reading.proposition(id_)
    assert whole is not None
    assert not whole.pinned
    assert not whole.confirmed


def test_taking_back_what_the_person_created_takes_it_away(store: Store, reading: ReadingStore) -> None:
    (id_,) = store.add_revisions([a_revision(made_by=PERSON, text="I like tea.")])
    assert reading.proposition(id_) is not None
    store.undo_last(LATER)
    assert reading.proposition(id_) is None
    assert reading.count_propositions(PropositionQuery(search="tea ")) == 0
    assert store.integrity() == []


def test_conclusions_and_marks_are_one(store: Store) -> None:
    seen = see(store, "parcel router")
    broken = resting_on((seen, "parcel router"), half_life_days=-1.0)
    with pytest.raises(Exception, match="half_life_days"):
        store.digest([seen], sightings=[a_sighting(seen)], revisions=[broken], at=NOON)
    assert [item.id for item in store.undigested()] == [seen]
    assert store.sightings(["project:parcel-router"]) == {"project:parcel-router": []}
    ids = store.digest([seen], sightings=[a_sighting(seen)], revisions=[resting_on((seen, "parcel router"))], at=NOON)
    assert len(ids) == 1
    assert store.undigested() == []


def test_nothing_counts_twice(store: Store) -> None:
    seen = see(store, "parcel router")
    store.digest([seen], sightings=[a_sighting(seen)], revisions=[], at=NOON)
    with pytest.raises(ValueError, match="digested before"):
        store.digest([seen], sightings=[a_sighting(seen)], revisions=[], at=NOON)
    assert len(store.sightings(["project:parcel-router"])["project:parcel-router"]) == 1


def test_a_thought_about_something_forgotten_is_dropped(store: Store) -> None:
    here, gone = see(store, "parcel router"), see(store, "parcel router")
    store._database.run("DELETE FROM observations WHERE id = ?", (gone,))
    thoughts = [
        {"ids": [here, gone], "sightings": [], "revisions": []},
        {"ids": [here], "sightings": [a_sighting(gone)], "revisions": []},
        {"ids": [here], "sightings": [], "revisions": [resting_on((gone, "parcel router"))]},
        {"ids": [here], "sightings": [], "revisions": [a_revision("doubted", proposition_id=PropositionId(99))]},
    ]
    for thought in thoughts:
        with pytest.raises(ForgottenMeanwhile):
            store.digest(**thought, at=NOON)  # type: ignore[arg-type]
    assert [item.id for item in store.undigested()] == [here]
    with pytest.raises(ForgottenMeanwhile):
        store.add_feedback(a_verdict(proposition_id=PropositionId(9)))


def test_similar_ones_are_found_whatever_became_of_them(store: Store) -> None:
    seen = see(store, "parcel router; tea")
    tea = believe(store, (seen, "tea"), text="Drinks tea.", proposition_kind="habit", topic="habit:tea")
    id_ = believe(store, (seen, "parcel router"))
    store.add_revisions([by_person("rejected", id_)])  # type: ignore[list-item]
    assert [item.id for item in store.similar("Repairs routers for parcels")] == [id_]
    assert [item.id for item in store.similar("tea", kind="habit")] == [tea]
    assert store.similar("tea", kind="task") == []
    assert store.similar("?!") == []
    assert [row.id for row in store.propositions(PropositionQuery(states=frozenset({"rejected"})), now=NOON)] == [id_]
    assert [item.id for item in store.propositions_about("habit:tea")] == [tea]


def test_the_nearest_comes_first(store: Store) -> None:
    seen = see(store, "many words")
    for text in ("Works on the parcel router firmware.", "Works on the garden.", "Works on the parcel list."):
        believe(store, (seen, "many words"), text=text, topic=text)
    assert [item.text for item in store.similar("Works on the parcel router")][:2] == [
        "Works on the parcel router firmware.",
        "Works on the parcel list.",
    ]


def test_the_last_quotes_are_indexed_each_once_up_to_a_bound() -> None:
    many = [some_evidence("a" * 600 + str(number)) for number in range(9)]
    words = indexed_words(many)
    assert words.startswith("a" * 600 + "8\n")
    assert len(words) <= MOST_INDEXED_CHARACTERS
    assert indexed_words([some_evidence("tea"), some_evidence("tea")]) == "tea"
    assert len(indexed_words([some_evidence("b" * 9000)])) == MOST_INDEXED_CHARACTERS


KINDS: tuple[RevisionKind, ...] = (
    *("supported", "reworded", "merged", "split", "doubted", "retired"),
    *("edited", "pinned", "unpinned", "confirmed", "rejected"),
)


@pytest.mark.parametrize("seed", range(5))
def test_whatever_happens_the_table_is_the_fold(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    store = Store(path, bytes(32), fold=fold)
    seen = [see(store, f"word{number} parcel", at=NOON + timedelta(minutes=number)) for number in range(12)]
    for step in range(60):
        ids = [row.id for row in store.propositions(PropositionQuery(states=frozenset()), now=NOON)]
        match chance.randrange(4):
            case 0:
                store.undo_last(NOON + timedelta(minutes=step))
            case 1:
                pick = chance.choice(seen)
                believe(store, (pick, f"word{pick}"), text=f"Says word{pick}.", topic=f"word:{pick}")
            case _ if ids:
                kind = chance.choice(KINDS)
                evidence: tuple[Evidence, ...] = ()
                if kind in {"supported", "doubted"}:
                    pick = chance.choice(seen)
                    evidence = (some_evidence(f"word{pick}", observation_id=pick, supports=kind == "supported"),)
                made_by = PERSON if chance.random() < 0.5 else "rule:project"
                store.add_revisions(
                    [
                        a_revision(
                            kind,
                            proposition_id=chance.choice(ids),
                            made_by=made_by,
                            evidence=evidence,
                            text=f"In other words, {step}.",
                            at=NOON + timedelta(minutes=step),
                        )
                    ]
                )
    assert store.integrity() == []
    for row in store.propositions(PropositionQuery(states=frozenset()), now=NOON):
        whole = store.proposition(row.id)
        assert whole is not None
        assert whole == fold(whole.revisions)
    store.close()
