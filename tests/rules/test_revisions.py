"""A proposition is the fold of its revisions, and the person's word is final."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum_app.records import ObservationId, Proposition, PropositionId, Revision, RevisionId
from gum_app.rules.confidence import BY_THE_PERSON
from gum_app.rules.revisions import can_be_taken_back, fold, is_the_persons_word, of_belief, taken_back
from tests.builders import NOON, a_proposition, a_revision, some_evidence


def life(*steps: tuple[str, dict[str, Any]]) -> list[Revision]:
    return [
        a_revision(kind, id=RevisionId(n), proposition_id=PropositionId(7), **more)
        for n, (kind, more) in enumerate(steps, start=1)
    ]


def folded(*steps: tuple[str, dict[str, Any]]) -> Proposition:
    return fold(life(*steps))


FIRST = ("created", {"evidence": (some_evidence(),)})


def test_support_adds_evidence_and_confidence_and_no_twin() -> None:
    once = folded(FIRST)
    twice = folded(FIRST, ("supported", {"evidence": (some_evidence(observation_id=ObservationId(2)),)}))
    assert twice.id == once.id
    assert twice.confidence > once.confidence
    assert len(twice.evidence) == 2


def test_a_doubt_is_kept_beside_the_belief_and_support_lifts_it() -> None:
    doubted = folded(FIRST, ("doubted", {}))
    assert doubted.state == "doubted"
    assert doubted.confidence < folded(FIRST).confidence
    lifted = folded(FIRST, ("doubted", {}), ("supported", {"evidence": (some_evidence(),)}))
    assert lifted.state == "active"


def test_what_the_person_edited_is_never_reworded() -> None:
    edit = ("edited", {"text": "Leads the parcel router.", "made_by": "person"})
    belief = folded(FIRST, edit, ("reworded", {"text": "Looks at a router."}), ("retired", {}))
    assert (belief.text, belief.state, belief.edited) == ("Leads the parcel router.", "active", True)
    assert belief.confidence > 0.9


def test_a_rejected_proposition_stays_rejected_whatever_is_inferred() -> None:
    belief = folded(FIRST, ("rejected", {"made_by": "person"}), ("supported", {}), ("doubted", {}), ("retired", {}))
    assert belief.state == "rejected"


def test_an_undone_rejection_never_was_and_undoing_the_undoing_brings_it_back() -> None:
    steps = (FIRST, ("rejected", {"made_by": "person"}), ("undone", {"undoes": RevisionId(2), "made_by": "person"}))
    assert folded(*steps).state == "active"
    assert folded(*steps, ("undone", {"undoes": RevisionId(3), "made_by": "person"})).state == "rejected"


def test_the_first_supporting_evidence_dates_it_not_the_time_of_thinking() -> None:
    evidence = some_evidence()
    assert folded(("created", {"evidence": (evidence,)})).last_supported_at == evidence.at


def test_nothing_left_standing_is_no_proposition() -> None:
    with pytest.raises(ValueError, match="at least one revision"):
        fold(life(FIRST, ("undone", {"undoes": RevisionId(1)})))


INFERENCES = ["supported", "doubted", "contradicted", "ended", "retired", "reworded", "merged", "absorbed", "divided"]
inferences = st.sampled_from(INFERENCES)
deeds = st.sampled_from(["edited", "confirmed", "pinned", "unpinned", "rejected", "retired"])


def a_change(kind: str, n: int, *, made_by: str = "rule:project", weight: float = 1.0) -> tuple[str, dict[str, Any]]:
    against = kind in {"doubted", "contradicted", "ended"}
    item = some_evidence(f"words {n}", observation_id=ObservationId(n), supports=not against, weight=weight)
    other = PropositionId(99) if kind in {"merged", "absorbed", "divided"} else None
    return kind, {"text": "Other words.", "made_by": made_by, "evidence": (item,), "other": other}


@given(st.lists(inferences, max_size=8), st.lists(inferences, max_size=8), st.randoms())
def test_no_sequence_of_inferences_overrules_the_person(before: list[str], after: list[str], random: Any) -> None:
    steps: list[tuple[str, dict[str, Any]]] = [FIRST, *(a_change(kind, n) for n, kind in enumerate(before))]
    steps += [("edited", {"text": "My own words.", "made_by": "person"}), ("pinned", {"made_by": "person"})]
    steps += [a_change(kind, n) for n, kind in enumerate(after)]
    revisions = life(*steps)
    belief = fold(revisions)
    assert (belief.text, belief.state, belief.pinned) == ("My own words.", "active", True)
    assert belief.confidence == BY_THE_PERSON
    random.shuffle(revisions)
    assert fold(revisions) == belief, "the order in which they are handed over does not matter"


@given(st.sampled_from(["told", "confirmed", "edited", "pinned"]), st.lists(inferences, max_size=8))
def test_whatever_way_the_person_said_it_their_words_stand(how: str, after: list[str]) -> None:
    first = ("created", {"made_by": "person" if how == "told" else "rule:project", "text": "Mine."})
    said = [] if how == "told" else [(how, {"made_by": "person", "text": "Mine."})]
    belief = folded(first, *said, *(a_change(kind, n) for n, kind in enumerate(after)))
    assert (belief.text, belief.state) == ("Mine.", "active")


@given(st.sampled_from(["rejected", "ended", "retired"]), st.lists(inferences, max_size=8))
def test_what_the_person_said_is_wrong_or_over_stays_so(what: str, after: list[str]) -> None:
    belief = folded(FIRST, (what, {"made_by": "person"}), *(a_change(kind, n) for n, kind in enumerate(after)))
    assert belief.state == what


@given(st.lists(st.one_of(inferences, deeds), max_size=10), st.lists(inferences, max_size=4))
def test_no_sequence_loses_evidence(kinds: list[str], more: list[str]) -> None:
    steps = [FIRST, *(a_change(kind, n) for n, kind in enumerate([*kinds, *more], 10))]
    belief = folded(*steps)
    assert list(belief.evidence) == [item for _, fields in steps for item in fields["evidence"]]


@given(st.lists(inferences, max_size=6), st.floats(0, 1))
def test_support_never_lowers_and_doubt_never_raises(before: list[str], weight: float) -> None:
    steps = [FIRST, *(a_change(kind, n) for n, kind in enumerate(before, 10))]
    belief = folded(*steps)
    assert folded(*steps, a_change("supported", 50, weight=weight)).confidence >= belief.confidence
    for kind in ("doubted", "contradicted"):
        assert folded(*steps, a_change(kind, 50, weight=weight)).confidence <= belief.confidence


@given(st.lists(st.one_of(inferences, deeds), min_size=1, max_size=8), st.data())
def test_what_is_taken_back_never_was(kinds: list[str], data: st.DataObject) -> None:
    steps = [FIRST, *(a_change(kind, n) for n, kind in enumerate(kinds, 10))]
    which = data.draw(st.integers(2, len(steps)))
    without = [step for n, step in enumerate(steps, 1) if n != which]
    taken_back = folded(*steps, ("undone", {"undoes": RevisionId(which)}))
    assert replace(taken_back, revisions=()) == replace(folded(*without), revisions=())


@given(st.lists(st.tuples(st.booleans(), inferences), max_size=10), st.randoms())
def test_propositions_do_not_hear_of_each_other(steps: list[tuple[bool, str]], random: Any) -> None:
    """However the revisions of two are interleaved: each is the fold of its own, in their order."""
    kept: dict[bool, list[Revision]] = {False: [], True: []}
    for n, (which, kind) in enumerate([(False, "created"), (True, "created"), *steps], 1):
        name, fields = a_change(kind, n)
        id_ = PropositionId(8 if which else 7)
        kept[which].append(a_revision(name, id=RevisionId(n), proposition_id=id_, **fields))
    together = [*kept[False], *kept[True]]
    random.shuffle(together)
    for which, number in ((False, 7), (True, 8)):
        assert fold([r for r in together if r.proposition_id == number]) == fold(kept[which])


def test_what_was_merged_into_a_forgotten_one_stands_by_itself_again() -> None:
    gone = ("absorbed", {"other": PropositionId(9)})
    assert folded(FIRST, gone).state == "replaced"
    assert folded(FIRST, ("absorbed", {"other": None})).state == "active"
    assert folded(FIRST, gone, ("supported", {})).state == "replaced", "its heir is supported, not it"


def test_what_ended_can_begin_again() -> None:
    assert folded(FIRST, ("ended", {})).state == "ended"
    assert folded(FIRST, ("ended", {}), ("supported", {})).state == "active"


def test_what_the_person_ended_begins_again_only_by_their_word() -> None:
    ended = (FIRST, ("ended", {"made_by": "person"}), ("supported", {"evidence": (some_evidence(),)}))
    assert folded(*ended).state == "ended"
    assert folded(*ended, ("confirmed", {"made_by": "person"})).state == "active"
    assert folded(*ended, ("confirmed", {"made_by": "person"}), ("supported", {})).state == "active"


def test_what_was_rejected_may_be_believed_again_when_the_person_lifts_it() -> None:
    rejected = (FIRST, ("rejected", {"made_by": "person"}))
    assert folded(*rejected, ("lifted", {"made_by": "person"})).state == "active"
    assert folded(FIRST, ("doubted", {}), ("lifted", {"made_by": "person"})).state == "doubted"


def test_a_telling_that_was_taken_back_leaves_the_words_of_what_stands() -> None:
    undone = ("undone", {"undoes": RevisionId(1)})
    belief = folded(FIRST, ("supported", {"text": "Works on the parcel router."}), undone)
    assert belief.text == "Works on the parcel router."


def test_a_telling_that_was_taken_back_is_nobodys_word_any_more() -> None:
    told, undone = ("created", {"made_by": "person"}), ("undone", {"undoes": RevisionId(1), "made_by": "person"})
    belief = folded(told, ("supported", {"evidence": (some_evidence(),)}), undone, ("reworded", {"text": "Seen anew."}))
    assert belief.text == "Seen anew."
    assert not is_the_persons_word(belief)


def test_it_is_the_persons_word_when_they_told_edited_confirmed_or_pinned_it() -> None:
    told = folded(("created", {"made_by": "person"}))
    part = folded(("split", {"made_by": "person"}))
    assert is_the_persons_word(told)
    assert is_the_persons_word(part)
    assert not is_the_persons_word(folded(FIRST))
    for kind in ("edited", "confirmed", "pinned"):
        assert is_the_persons_word(folded(FIRST, (kind, {"made_by": "person"})))


def test_a_change_of_a_belief_leaves_its_words_and_numbers() -> None:
    old = a_proposition(text="Likes tea.", half_life_days=3.0, value="v")
    made = of_belief("doubted", old, why="", made_by="rule:tidying", at=NOON)
    assert (made.text, made.half_life_days, made.value, made.made_by) == ("Likes tea.", 3.0, "v", "rule:tidying")
    assert made.proposition_id == old.id


def test_what_was_inferred_and_taken_back_is_known() -> None:
    mine = ("undone", {"undoes": RevisionId(2), "made_by": "person"})
    belief = folded(FIRST, ("retired", {}), mine, ("rejected", {"made_by": "person"}), ("ended", {}))
    assert [(each.kind, each.id) for each in taken_back(belief)] == [("retired", 2)]
    assert [can_be_taken_back(each) for each in belief.revisions] == [False, True, False, False, True]
