"""What was done together is taken back together, and what came in between is not lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gum_app.records import PERSON, Proposition, PropositionId
from gum_app.rules.merging import Part, merged, split
from gum_app.store import deeds
from gum_app.store.beliefs import drop
from gum_app.store.store import ForgetScope, ForgottenMeanwhile, Store
from tests.builders import NOON, a_revision
from tests.store.life import believe, resting_on, see

LATER = NOON + timedelta(days=1)


def belief(store: Store, id_: int) -> Proposition:
    found = store.proposition(PropositionId(id_))
    assert found is not None
    return found


@pytest.fixture
def two(store: Store) -> tuple[PropositionId, PropositionId]:
    one = believe(store, (see(store, "parcel router"), "parcel router"))
    other = believe(
        store, (see(store, "router", at=LATER), "router"), topic="thread:router", text="Is busy with the router."
    )
    return one, other


def merge(store: Store, kept: PropositionId, gone: PropositionId, made_by: str = PERSON) -> int:
    made = merged(belief(store, kept), belief(store, gone), why="They say the same.", made_by=made_by, at=LATER)
    store.add_together(made)
    deed = belief(store, gone).revisions[-1].deed
    assert deed is not None
    return deed


def test_a_merge_is_taken_back_whole(store: Store, two: tuple[PropositionId, PropositionId]) -> None:
    before = [(belief(store, id_).state, belief(store, id_).evidence) for id_ in two]
    merge(store, *two)
    assert [belief(store, id_).state for id_ in two] == ["active", "replaced"]
    assert len(belief(store, two[0]).evidence) == 2
    assert store.integrity() == []
    undone = store.undo_last(LATER)
    assert undone is not None
    assert [(belief(store, id_).state, belief(store, id_).evidence) for id_ in two] == before
    assert [r.kind for r in belief(store, two[0]).revisions] == ["created", "merged", "undone"]
    assert store.undo_last(LATER) is None
    assert store.integrity() == []


def test_a_deed_of_a_rule_is_taken_back_by_its_number(store: Store, two: tuple[PropositionId, PropositionId]) -> None:
    deed = merge(store, *two, made_by="rule:tidying")
    assert store.undo_last(LATER) is None, "it was not the person's"
    assert len(store.undo_deed(deed, LATER)) == 2
    assert belief(store, two[1]).state == "active"
    assert store.undo_deed(deed, LATER) == []


def test_deeds_have_numbers_of_their_own(store: Store, two: tuple[PropositionId, PropositionId]) -> None:
    first = merge(store, *two)
    store.undo_last(LATER)
    second = merge(store, two[1], two[0])
    assert first != second
    assert [r.kind for r in deeds.standing_of(store._database, second)] == ["merged", "absorbed"]
    assert deeds.standing_of(store._database, first) == []


def test_what_is_about_the_merged_one_finds_its_heir(store: Store, two: tuple[PropositionId, PropositionId]) -> None:
    merge(store, *two)
    assert [p.id for p in store.propositions_about("thread:router")] == [two[1], two[0]]
    third = believe(store, (see(store, "routing"), "routing"), topic="t:3", text="Routes.")
    merge(store, third, two[0])
    assert [p.id for p in store.propositions_about("thread:router")] == [two[1], two[0], third]


def split_in_two(store: Store, id_: PropositionId) -> list[PropositionId]:
    whole = belief(store, id_)
    parts = [Part("Works on the map.", whole.evidence), Part("Works on the router.", ())]
    return store.add_together(split(whole, parts, made_by=PERSON, at=LATER))[:2]


def test_a_split_is_taken_back_and_its_parts_are_gone(store: Store, two: tuple[PropositionId, PropositionId]) -> None:
    parts = split_in_two(store, two[0])
    assert belief(store, two[0]).state == "replaced"
    assert [p.id for p in store.propositions_about("project:parcel-router")] == [two[0], *parts]
    assert store.integrity() == []
    store.undo_last(LATER)
    assert belief(store, two[0]).state == "active"
    assert [store.proposition(part) for part in parts] == [None, None]
    assert store.integrity() == []


def test_what_was_seen_of_a_part_stays_when_the_split_is_taken_back(
    store: Store, two: tuple[PropositionId, PropositionId]
) -> None:
    map_, _ = split_in_two(store, two[0])
    seen = see(store, "a new map", at=LATER)
    store.add_revisions([resting_on((seen, "a new map"), kind="supported", proposition_id=map_)])
    store.undo_last(LATER)
    assert [item.quote for item in belief(store, two[0]).evidence] == ["parcel router", "a new map"]
    assert store.proposition(map_) is None
    assert store.integrity() == []


def test_forgetting_the_heir_forgets_what_was_merged_into_it(
    store: Store, two: tuple[PropositionId, PropositionId]
) -> None:
    merge(store, *two)
    report = store.forget(ForgetScope(proposition_id=two[0]), at=LATER)
    assert report.propositions == 2
    assert store.proposition(two[1]) is None


def test_forgetting_a_part_forgets_the_whole_and_leaves_the_other_part(
    store: Store, two: tuple[PropositionId, PropositionId]
) -> None:
    parts = split_in_two(store, two[0])
    store.forget(ForgetScope(proposition_id=parts[0]), at=LATER)
    assert store.proposition(two[0]) is None
    assert belief(store, parts[1]).state == "active"
    assert store.integrity() == []


def test_when_only_the_heir_goes_what_was_merged_stands_by_itself_again(
    store: Store, two: tuple[PropositionId, PropositionId]
) -> None:
    merge(store, *two)
    with store.transaction():
        drop(store._database, store._fold, two[0])
    assert belief(store, two[1]).state == "active"
    assert store.integrity() == []


def test_nothing_is_done_to_what_was_forgotten_meanwhile(
    store: Store, two: tuple[PropositionId, PropositionId]
) -> None:
    made = merged(belief(store, two[0]), belief(store, two[1]), why="", made_by=PERSON, at=LATER)
    store.forget(ForgetScope(proposition_id=two[1]), at=LATER)
    with pytest.raises(ForgottenMeanwhile):
        store.add_together(made)
    assert len(belief(store, two[0]).revisions) == 1


def test_links_and_deeds_travel_in_an_export(
    store: Store, other: Store, two: tuple[PropositionId, PropositionId]
) -> None:
    believe(other, (see(other, "tea"), "tea"), text="Likes tea.", topic="tea")
    merge(store, *two)
    split_in_two(store, two[0])
    other.import_lines(store.export_lines())
    assert other.import_lines(store.export_lines()).added == {}
    assert other.integrity() == []
    here = {p.text: p for topic in ("project:parcel-router", "thread:router") for p in other.propositions_about(topic)}
    gone = here["Is busy with the router."]
    assert gone.revisions[-1].other == here["Works on the parcel router."].id
    assert here["Works on the map."].revisions[0].other == here["Works on the parcel router."].id
    other.undo_last(LATER)
    other.undo_last(LATER)
    assert belief(other, gone.id).state == "active"


def test_an_export_of_an_older_version_is_read(store: Store, other: Store) -> None:
    believe(store, (see(store, "tea"), "tea"))
    lines = [line.replace(', "other": null, "deed": null', "") for line in store.export_lines()]
    assert not any('"deed"' in line for line in lines)
    assert other.import_lines(lines).added["revision"] == 1


def test_a_batch_may_speak_of_what_it_makes(store: Store) -> None:
    old = believe(store, (see(store, "tea"), "tea"))
    ended = a_revision("ended", proposition_id=old, other=PropositionId(0))
    new, _, doubted = store.add_revisions(
        [a_revision(topic="t:new", text="Likes coffee."), ended, a_revision("doubted", proposition_id=PropositionId(0))]
    )
    assert belief(store, old).revisions[-1].other == new == doubted
    assert belief(store, new).state == "doubted"
    with pytest.raises(ValueError, match="nothing was made"):
        store.add_revisions([ended])
