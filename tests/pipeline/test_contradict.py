"""Both sides of a contradiction are kept: ended, in doubt, or asked about."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gum_app.pipeline.contradict import begin_against, contrary, seen_again_against
from gum_app.records import JUST_MADE, PERSON, Evidence, ObservationId, RevisionId
from tests.builders import NOON, a_proposition, a_revision, some_evidence
from tests.pipeline.test_revise import LATER, a_draft


def seen(*days: float, first_id: int) -> tuple[Evidence, ...]:
    return tuple(
        some_evidence(f"words {n}", observation_id=ObservationId(first_id + n), at=NOON + timedelta(days=day))
        for n, day in enumerate(days)
    )


def test_two_states_of_the_world_follow_each_other() -> None:
    old = a_proposition(kind="tool", evidence=seen(0, 1, first_id=10), last_supported_at=NOON + timedelta(days=1))
    draft = a_draft("Works with Docupile.", kind="tool", evidence=seen(5, 6, first_id=20))
    created, ended = begin_against(draft, [old], NOON)
    assert (created.kind, created.other) == ("created", old.id)
    assert (ended.kind, ended.other, ended.evidence[0].supports) == ("ended", JUST_MADE, False)
    assert "this has changed" in ended.why
    assert ended.why in created.why


def test_of_two_that_were_seen_in_the_same_time_the_weaker_is_in_doubt() -> None:
    evidence = seen(0, 4, first_id=10)
    weak = a_proposition(evidence=evidence, confidence=0.5, last_supported_at=NOON + timedelta(days=4))
    draft = a_draft("Otherwise.", evidence=seen(3, 5, first_id=20))
    assert [(r.kind, r.proposition_id) for r in begin_against(draft, [weak], NOON)] == [
        ("created", None),
        ("doubted", 1),
    ]
    strong = a_proposition(evidence=evidence, confidence=0.95, last_supported_at=NOON + timedelta(days=4))
    created, doubted = begin_against(draft, [strong], NOON)
    assert (created.kind, doubted.kind, doubted.proposition_id, doubted.other) == ("created", "doubted", JUST_MADE, 1)


def test_what_is_older_and_no_clearer_changes_nothing() -> None:
    old = a_proposition(confidence=0.8, last_supported_at=LATER + timedelta(hours=1), evidence=seen(1.1, first_id=10))
    assert begin_against(a_draft(), [old], NOON) == ()


@pytest.mark.parametrize("mark", ["edited", "confirmed", "pinned"])
def test_against_the_persons_word_nothing_is_decided(mark: str) -> None:
    mine = a_proposition(**{mark: True}, evidence=seen(0, first_id=10))
    created, asked, doubted = begin_against(a_draft("Otherwise."), [mine], NOON)
    assert (created.kind, asked.kind, asked.proposition_id, asked.other) == ("created", "contradicted", 1, JUST_MADE)
    assert (doubted.kind, doubted.proposition_id, doubted.other) == ("doubted", JUST_MADE, 1)


def test_the_person_is_not_asked_again_before_they_have_answered() -> None:
    told = a_revision(id=RevisionId(1), proposition_id=1, made_by=PERSON)
    doubt = a_revision("contradicted", id=RevisionId(2), proposition_id=1)
    mine = a_proposition(revisions=(told, doubt))
    kinds = [r.kind for r in begin_against(a_draft("Otherwise."), [mine], NOON)]
    assert kinds == ["created", "doubted"]


def test_support_for_what_speaks_against_the_persons_word_does_not_lift_its_doubt() -> None:
    mine = a_proposition(1, edited=True, value="a", evidence=seen(0, first_id=10))
    other = a_proposition(2, state="doubted", value="b")
    kinds = [(r.kind, r.proposition_id) for r in seen_again_against(a_draft(), other, [mine], NOON)]
    assert kinds == [("contradicted", 1), ("doubted", 2)]


def test_a_doubt_becomes_an_end_when_enough_has_been_seen_since() -> None:
    old = a_proposition(1, state="doubted", kind="habit", evidence=seen(0, 1, first_id=10))
    new = a_proposition(2, kind="habit", evidence=seen(5, first_id=20))
    again = a_draft(kind="habit", evidence=seen(6, first_id=30))
    assert [r.kind for r in seen_again_against(again, new, [old], NOON)] == ["ended"]


def test_an_end_that_the_person_took_back_is_not_concluded_again() -> None:
    ended = a_revision("ended", id=RevisionId(2), proposition_id=1, other=2)
    undone = a_revision("undone", id=RevisionId(3), proposition_id=1, made_by=PERSON, undoes=RevisionId(2))
    old = a_proposition(1, kind="habit", evidence=seen(0, 1, first_id=10), revisions=(ended, undone))
    new, third = (a_proposition(n, kind="habit", evidence=seen(5, first_id=20)) for n in (2, 3))
    again = a_draft(kind="habit", evidence=seen(6, first_id=30))
    assert seen_again_against(again, new, [old], NOON) == ()
    assert [r.kind for r in seen_again_against(again, third, [old], NOON)] == ["ended"], "by another, it is"


def test_what_moved_is_found_under_another_name_where_words_say_that_it_moved() -> None:
    old = a_proposition(kind="plan", text="Has the handover of keys on Saturday 28 March 2026.")
    quote = some_evidence("moves from Saturday 28 March to Monday 30 March", at=LATER)
    draft = a_draft("Has the handover of keys on Monday 30 March 2026.", kind="plan", evidence=(quote,))
    assert contrary(draft, [old]) == [old]
    assert contrary(a_draft(draft.text, kind="plan"), [old]) == [], "two appointments of one name are two"
    assert contrary(a_draft(draft.text, kind="plan", evidence=(quote,), ceiling=0.45), [old]) == [], (
        "a stranger says so"
    )


def test_a_second_mail_moves_what_a_first_one_claimed() -> None:
    says = "An e-mail from Maas Rentals says: “{}”"
    first = a_proposition(
        kind="plan",
        ceiling=0.45,
        text=says.format("The handover of keys is planned for Saturday 28 March at 10:00 at the flat."),
        evidence=seen(0, first_id=10),
    )
    words = "The handover of keys moves from Saturday 28 March to Monday 30 March at 09:30."
    draft = a_draft(says.format(words), kind="plan", ceiling=0.45, evidence=(some_evidence(words, at=LATER),))
    assert contrary(draft, [first]) == [first]
    assert [r.kind for r in begin_against(draft, [first], LATER)] == ["created", "ended"]
    own = a_proposition(kind="plan", ceiling=0.9, text=first.text)
    assert contrary(draft, [own]) == []


def test_that_it_is_not_so_speaks_against_it() -> None:
    old = a_proposition(kind="habit", text="Works on the old parcel router.", evidence=seen(0, first_id=10))
    draft = a_draft("Does not work on the old parcel router any more.", kind="habit")
    assert contrary(draft, [old]) == [old]
    assert contrary(a_draft("Works on the old parcel router."), [old]) == []
    assert contrary(a_draft("Does not work on the parcel map."), [old]) == []


def test_what_the_person_said_is_asked_about_also_where_the_other_says_more() -> None:
    mine = a_proposition(kind="habit", text="I do not work on Fridays.", edited=True)
    draft = a_draft("Usually works on Fridays from about 9:00.", kind="schedule")
    assert contrary(draft, [mine]) == [mine]
    assert contrary(a_draft("Has noted the work list for Fridays.", kind="task"), [mine]) == []
    theirs = a_proposition(kind="habit", text="Does not work on Fridays.")
    assert contrary(draft, [theirs]) == [], "what nobody said is not doubted for so little"


@pytest.mark.parametrize("bound", [False, True])
def test_what_only_a_stranger_says_ends_nothing_doubts_nothing_and_asks_nothing(bound: bool) -> None:
    """ "Your appointment was cancelled", "has moved to the 5th": said by whoever made the page."""
    old = a_proposition(kind="plan", evidence=seen(0, 1, first_id=10), edited=bound)
    claim = a_draft("A page claims: otherwise.", kind="plan", ceiling=0.45, evidence=seen(5, 6, first_id=20))
    assert {r.kind for r in begin_against(claim, [old], NOON)} <= {"created", "doubted"}
    assert all(r.proposition_id != old.id for r in begin_against(claim, [old], NOON))
    again = a_proposition(2, kind="plan", evidence=seen(5, first_id=30))
    assert seen_again_against(claim, again, [old], NOON) == ()
