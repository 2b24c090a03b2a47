"""The life of a proposition, as sentences."""

from __future__ import annotations

from typing import Any, get_args

from gum_app.records import Curve, PropositionId, Revision, RevisionId, RevisionKind
from gum_app.ui.history import BY_ITSELF, BY_YOU, history
from tests.builders import a_revision, some_evidence


def life(*steps: tuple[str, dict[str, Any]]) -> list[Revision]:
    return [
        a_revision(kind, id=RevisionId(n), proposition_id=PropositionId(7), **more)
        for n, (kind, more) in enumerate(steps, start=1)
    ]


def told(*steps: tuple[str, dict[str, Any]]) -> list[str]:
    return [change.sentence for change in history(life(*steps))]


FIRST = ("created", {"evidence": (some_evidence(),)})


def test_the_newest_change_stands_first_and_says_how_the_confidence_moved() -> None:
    again = ("supported", {"evidence": (some_evidence(observation_id=2), some_evidence(observation_id=3))})
    newest, first = told(FIRST, again)
    assert first == "First noticed by the rule “project”: “Works on the parcel router.”, 50 % sure."
    assert newest.startswith("Seen again by the rule “project”, 2 new pieces of evidence: 50 % → ")


def test_an_edit_shows_both_wordings() -> None:
    edit = ("edited", {"text": "Leads the parcel router.", "made_by": "person"})
    assert told(FIRST, edit)[0].startswith(
        "You changed the words from “Works on the parcel router.” to “Leads the parcel router.”: 50 % → 99 %"
    )


def test_what_was_taken_back_is_marked_and_the_taking_back_is_told() -> None:
    rejected = ("rejected", {"made_by": "person"})
    undone = ("undone", {"made_by": "person", "undoes": RevisionId(2)})
    changes = history(life(FIRST, rejected, undone))
    assert [change.undone for change in changes] == [False, True, False]
    assert changes[0].sentence == "You took back the last change."


def test_a_life_that_was_taken_back_as_a_whole_can_still_be_told() -> None:
    undone = ("undone", {"made_by": "person", "undoes": RevisionId(1)})
    added = ("created", {"made_by": "person"})
    assert told(added, undone) == [
        "You took back the last change.",
        "You added it: “Works on the parcel router.”, 99 % sure.",
    ]


def test_the_persons_own_changes_need_no_reason_and_those_of_a_rule_keep_theirs() -> None:
    pinned = ("pinned", {"made_by": "person", "why": "You pinned it."})
    assert [change.why for change in history(life(FIRST, pinned))] == ["", "Seen in the editor."]


def test_every_kind_of_change_has_a_sentence() -> None:
    assert set(get_args(RevisionKind)) <= set(BY_YOU) | set(BY_ITSELF)


def test_a_change_that_concerns_another_names_it() -> None:
    other = PropositionId(9)
    words = {other: "Works on the map."}
    merged = ("merged", {"other": other})
    ended = ("ended", {"other": other})
    sentences = [change.sentence for change in history(life(FIRST, merged, ended), words)]
    assert sentences[0].startswith("It was so; then it changed, as the rule “project” noticed. Since then: “Works on")
    assert "Merged by the rule “project” with “Works on the map.”" in sentences[1]
    assert "with another" in history(life(FIRST, merged))[0].sentence


def test_the_numbers_are_those_that_the_track_record_shows_today() -> None:
    told = history(life(FIRST), curves={"": Curve(source="", intercept=1.0)})
    assert told[0].sentence.endswith(", 73 % sure.")
    assert history(life(FIRST))[0].sentence.endswith(", 50 % sure.")


def test_what_a_rule_or_a_model_changed_and_still_stands_can_be_taken_back() -> None:
    undone = ("undone", {"made_by": "person", "undoes": RevisionId(3)})
    steps = (
        FIRST,
        ("reworded", {"text": "A."}),
        ("reworded", {"text": "B."}),
        undone,
        ("pinned", {"made_by": "person"}),
    )
    assert [change.takes_back for change in history(life(*steps))] == [None, None, None, 2, None]
