"""Two become one and one becomes several: nothing is lost, and it does not matter which is named first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum_app.records import JUST_MADE, PERSON, Evidence, ObservationId, Proposition, PropositionId, Revision, RevisionId
from gum_app.rules.merging import Part, are_twins, merged, split, which_stays
from gum_app.rules.revisions import fold
from tests.builders import NOON, a_proposition, a_revision, some_evidence

evidence = st.builds(
    lambda n, side, weight: some_evidence(
        f"words {n}", observation_id=ObservationId(n), supports=side, weight=weight, at=NOON + timedelta(hours=n)
    ),
    st.integers(1, 9),
    st.booleans(),
    st.sampled_from([0.3, 0.8, 1.0]),
)


def a_belief(number: int, items: Iterable[Evidence], **more: Any) -> Proposition:
    first = a_revision(
        id=RevisionId(number), proposition_id=PropositionId(number), evidence=tuple(items), topic=f"t:{number}", **more
    )
    return fold([first])


def folded(belief: Proposition, made: Iterable[Revision]) -> Proposition:
    mine = [r for r in made if r.proposition_id == belief.id]
    return fold([*belief.revisions, *(replace(r, id=RevisionId(100 + n)) for n, r in enumerate(mine))])


@given(
    st.lists(evidence, min_size=1, max_size=6),
    st.lists(evidence, min_size=1, max_size=6),
    st.tuples(st.floats(0.1, 0.9), st.floats(0.1, 0.9)),
    st.tuples(st.floats(0.1, 700), st.floats(0.1, 700)),
    st.booleans(),
)
def test_merging_is_the_same_from_either_side(
    ours: list[Evidence],
    theirs: list[Evidence],
    raw: tuple[float, float],
    half_lives: tuple[float, float],
    doubted: bool,
) -> None:
    one = a_belief(1, ours, confidence_raw=raw[0], ceiling=0.95, half_life_days=half_lives[0])
    two = a_belief(2, theirs, confidence_raw=raw[1], ceiling=0.8, half_life_days=half_lives[1])
    if doubted:
        two = folded(two, [a_revision("doubted", proposition_id=two.id)])
    into_one = folded(one, merged(one, two, why="", made_by="rule:tidying", at=NOON))
    into_two = folded(two, merged(two, one, why="", made_by="rule:tidying", at=NOON))
    assert set(into_one.evidence) == set(into_two.evidence) == {*ours, *theirs}
    assert into_one.confidence == into_two.confidence
    assert into_one.state == into_two.state == "active"
    assert into_one.last_supported_at == into_two.last_supported_at
    assert into_one.half_life_days == into_two.half_life_days == max(half_lives)


@given(st.lists(evidence, min_size=1, max_size=6), st.lists(evidence, min_size=1, max_size=6))
def test_what_was_merged_is_replaced_and_keeps_what_it_had(ours: list[Evidence], theirs: list[Evidence]) -> None:
    kept, gone = a_belief(1, ours), a_belief(2, theirs)
    after = folded(gone, merged(kept, gone, why="", made_by="rule:tidying", at=NOON))
    assert (after.state, after.evidence, after.text) == ("replaced", gone.evidence, gone.text)


def test_the_persons_word_for_one_holds_for_both_when_they_merge_them() -> None:
    sure = folded(
        a_belief(1, [some_evidence()]), [a_revision("confirmed", proposition_id=PropositionId(1), made_by=PERSON)]
    )
    other = a_belief(2, [some_evidence("more")])
    into_other = folded(other, merged(other, sure, why="", made_by=PERSON, at=NOON))
    into_sure = folded(sure, merged(sure, other, why="", made_by=PERSON, at=NOON))
    assert into_other.confirmed
    assert into_other.confidence == into_sure.confidence


def test_nothing_merges_with_itself() -> None:
    with pytest.raises(ValueError, match="itself"):
        merged(a_proposition(), a_proposition(), why="", made_by=PERSON, at=NOON)


def test_twins_say_the_same_and_are_not_both_the_persons_word() -> None:
    one = a_proposition(1, text="Works on the parcel router.")
    two = a_proposition(2, text="Works on the parcel router a lot.")
    assert are_twins(one, two)
    assert are_twins(replace(one, edited=True), two)
    assert not are_twins(replace(one, edited=True), replace(two, pinned=True))
    assert not are_twins(one, one)
    assert not are_twins(one, replace(two, state="doubted"))
    assert not are_twins(one, replace(two, kind="interest"))
    assert not are_twins(one, replace(two, value="2026-03-30"))
    assert not are_twins(one, replace(two, text="Works on the parcel map."))


def test_a_short_quote_and_a_long_one_are_no_twins_without_a_common_value() -> None:
    one = a_proposition(1, text="Has looked up “python”.", kind="interest")
    assert not are_twins(one, a_proposition(2, text="Has looked up “python asyncio”.", kind="interest"))


def test_the_persons_word_stays_whichever_is_named_first() -> None:
    sure, mine = a_proposition(1, confidence=0.9), a_proposition(2, edited=True, confidence=0.5)
    assert which_stays(sure, mine) == which_stays(mine, sure) == (mine, sure)
    older, younger = a_proposition(1), a_proposition(2)
    assert which_stays(younger, older) == (older, younger)


def test_a_split_gives_each_part_its_evidence_and_what_is_left_to_all() -> None:
    first, second, third = (some_evidence(f"words {n}", observation_id=ObservationId(n)) for n in (1, 2, 3))
    whole = a_belief(1, [first, second, third])
    parts = [Part("Works on the map.", (first,)), Part("Works on the router.", (second,))]
    one, two, divided = split(whole, parts, made_by=PERSON, at=NOON)
    assert (one.text, one.evidence, one.other) == ("Works on the map.", (first, third), whole.id)
    assert (two.text, two.evidence, two.topic) == ("Works on the router.", (second, third), "split:1/2")
    assert (divided.kind, divided.proposition_id, divided.other) == ("divided", whole.id, JUST_MADE)
    part = fold([replace(one, id=RevisionId(1), proposition_id=PropositionId(5))])
    assert part.confidence > 0.9, "the words are the person's own"


def test_a_split_needs_two_parts_that_differ() -> None:
    whole = a_belief(1, [some_evidence()])
    for parts in ([Part("One.", ())], [Part("One.", ()), Part("one.", ())]):
        with pytest.raises(ValueError, match="two parts"):
            split(whole, parts, made_by=PERSON, at=NOON)
