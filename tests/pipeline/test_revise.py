from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from gum_app.pipeline.revise import revise
from gum_app.records import JUST_MADE, PERSON, Draft, ObservationId, Proposition, PropositionId, Revision, RevisionId
from gum_app.rules.revisions import fold
from tests.builders import NOON, a_proposition, a_revision, some_evidence

LATER = NOON + timedelta(days=1)


def a_draft(text: str = "Works on the parcel router.", **more: Any) -> Draft:
    defaults: dict[str, Any] = {
        "topic": "project:parcel-router",
        "kind": "task",
        "confidence_raw": 0.7,
        "half_life_days": 14.0,
        "evidence": (some_evidence("new words", observation_id=ObservationId(2), at=LATER),),
        "why": "Seen in two episodes.",
        "made_by": "rule:project",
    }
    return Draft(text=text, **{**defaults, **more})


def believed(**more: Any) -> Proposition:
    return a_proposition(**{"evidence": (some_evidence("old words"),), **more})


def kinds(draft: Draft, *about: Proposition, similar: tuple[Proposition, ...] = ()) -> list[str]:
    return [revision.kind for revision in revise(draft, about=about, similar=similar, now=LATER)]


def test_what_is_new_is_created_with_its_evidence() -> None:
    (revision,) = revise(a_draft(), about=(), similar=(), now=LATER)
    assert (revision.kind, revision.proposition_id) == ("created", None)
    assert revision.evidence == a_draft().evidence
    folded = fold([replace(revision, id=RevisionId(1), proposition_id=PropositionId(1))])
    assert folded.text == "Works on the parcel router."


def test_the_same_again_supports_and_makes_no_twin() -> None:
    (revision,) = revise(a_draft(), about=(believed(),), similar=(), now=LATER)
    assert (revision.kind, revision.proposition_id) == ("supported", 1)
    assert [item.quote for item in revision.evidence] == ["new words"]


def test_the_same_episode_again_changes_nothing() -> None:
    assert kinds(a_draft(), believed(evidence=a_draft().evidence)) == []


def test_finer_words_reword_and_keep_the_history() -> None:
    (revision,) = revise(
        a_draft("Works on the parcel router, mostly in Code."), about=(believed(),), similar=(), now=LATER
    )
    assert (revision.kind, revision.text) == ("reworded", "Works on the parcel router, mostly in Code.")


def test_what_the_person_pinned_edited_or_confirmed_is_never_reworded_or_doubted() -> None:
    for mark in ("pinned", "edited", "confirmed"):
        mine = believed(**{mark: True}, value="open")
        assert kinds(a_draft("Works on it in Code.", value="open"), mine) == ["supported"]
        made = revise(a_draft("Has finished it.", value="done"), about=(mine,), similar=(), now=LATER)
        assert [r.kind for r in made if r.proposition_id == mine.id] == ["contradicted"], "kept, and asked about"


def test_another_value_ends_the_old_and_both_point_to_each_other() -> None:
    old = believed(text="Has keys on Saturday 28 March 2026.", value="2026-03-28")
    draft = a_draft("Has keys on Monday 30 March 2026.", value="2026-03-30")
    created, ended = revise(draft, about=(old,), similar=(), now=LATER)
    assert (ended.kind, ended.proposition_id, ended.text, ended.other) == ("ended", 1, old.text, JUST_MADE)
    assert not ended.evidence[0].supports
    assert (created.kind, created.other) == ("created", old.id)
    assert old.text not in created.why, "forgetting one must not leave its words with the other"


def merged_away(value: str = "") -> tuple[Proposition, Proposition]:
    gone = believed(value=value, state="replaced")
    heir = believed(id=2, value=value, topic="thread:router", text="Is busy with the parcel router.")
    return gone, heir


def test_what_was_merged_gets_no_more_evidence_and_its_heir_does() -> None:
    (revision,) = revise(a_draft(), about=merged_away(), similar=(), now=LATER)
    assert (revision.kind, revision.proposition_id, revision.text) == (
        "supported",
        2,
        "Is busy with the parcel router.",
    )


def test_of_several_parts_the_nearest_by_words_is_supported() -> None:
    gone = believed(text="Works on the parcel router and the map.", state="replaced")
    parts = [
        believed(id=2, topic="project:parcel-router/1", text="Works on the map."),
        believed(id=3, topic="project:parcel-router/2", text="Works on the parcel router."),
    ]
    (revision,) = revise(a_draft(), about=(gone, *parts), similar=(), now=LATER)
    assert (revision.kind, revision.proposition_id) == ("supported", 3)


def test_a_part_that_was_rejected_keeps_all_of_it_away() -> None:
    gone, heir = merged_away()
    assert kinds(a_draft(), gone, replace(heir, state="rejected")) == []


def test_another_value_than_the_merged_ones_is_a_new_belief() -> None:
    gone, heir = merged_away("open")
    assert kinds(a_draft(value="done"), gone, heir)[0] == "created"


def test_what_has_ended_lives_again_only_by_what_was_seen_since() -> None:
    against = some_evidence("otherwise", supports=False, at=LATER + timedelta(hours=1))
    ended = believed(state="ended", evidence=(some_evidence("old words"), against))
    assert kinds(a_draft(), ended) == []
    since = some_evidence("new words", observation_id=ObservationId(2), at=LATER + timedelta(hours=2))
    assert kinds(a_draft(evidence=(since,)), ended) == ["supported"]


def test_older_and_weaker_evidence_does_not_overturn_what_was_seen_later() -> None:
    old = believed(value="2026-03-30", last_supported_at=LATER + timedelta(hours=1), confidence=0.8)
    assert kinds(a_draft(value="2026-03-28"), old) == []


def test_one_day_that_turns_out_to_recur_is_the_same_thing_known_better() -> None:
    old = believed(text="Has choir on Wednesday.", value="2026-03-11 19:30")
    (revision,) = revise(
        a_draft("Keeps choir every Wednesday.", value="every Wednesday"), about=(old,), similar=(), now=LATER
    )
    assert (revision.kind, revision.proposition_id, revision.value) == ("reworded", 1, "every Wednesday")


def test_what_was_rejected_does_not_come_back_under_its_topic() -> None:
    assert kinds(a_draft(), believed(state="rejected")) == []


def test_what_was_rejected_does_not_come_back_in_other_words() -> None:
    rejected = believed(topic="thread:router", state="rejected", text="Is working on the parcel router these days.")
    assert kinds(a_draft(), similar=(rejected,)) == []


def test_a_rejected_sentence_about_something_else_does_not_stand_in_the_way() -> None:
    rejected = believed(topic="document:b", state="rejected", text="Works on the spreadsheet budget_2025.ods.")
    assert kinds(a_draft("Works on the spreadsheet close_2026.ods.", topic="document:a"), similar=(rejected,)) == [
        "created"
    ]


def test_a_near_twin_under_another_topic_is_supported_instead() -> None:
    twin = believed(topic="thread:router", text="Works on the parcel router a lot.")
    (revision,) = revise(a_draft(), about=(), similar=(twin,), now=LATER)
    assert (revision.kind, revision.proposition_id, revision.topic) == ("supported", 1, "thread:router")


def test_the_contrary_is_no_twin() -> None:
    known = believed(text="Works on the old parcel router.", topic="thread:router")
    made = kinds(a_draft("Does not work on the old parcel router."), similar=(known,))
    assert made == ["created", "ended"], "of a task, once is enough"
    by_model = a_draft("Has never worked on the old parcel router.", made_by="model:m propose 0")
    assert kinds(by_model, similar=(known,)) == ["created", "ended"]


def test_names_and_numbers_tell_twins_apart() -> None:
    other = believed(topic="document:a", text="Works on the spreadsheet close_2026-08.ods.")
    assert kinds(a_draft("Works on the spreadsheet close_2026-09.ods.", topic="document:b"), similar=(other,)) == [
        "created"
    ]


def test_what_is_certain_is_not_supported_twice_a_day() -> None:
    many = tuple(some_evidence(observation_id=ObservationId(100 + n), at=LATER) for n in range(12))
    sure = believed(confidence=0.9, ceiling=0.9, evidence=many, last_supported_at=LATER)
    assert kinds(a_draft(), sure) == []
    assert kinds(a_draft(), replace(sure, last_supported_at=NOON)) == ["supported"]


def noted(words: str, **more: Any) -> dict[str, Any]:
    return {"text": f"Has noted in diary.md: “{words}”", "kind": "task", **more}


def test_the_frame_around_quoted_words_makes_no_twins() -> None:
    other = believed(**noted("tomorrow: paint the fence", topic="said:paint"))
    assert kinds(a_draft(**noted("tomorrow: call the bank", topic="said:call")), similar=(other,)) == ["created"]
    rejected = replace(other, state="rejected")
    assert kinds(a_draft(**noted("tomorrow: call the bank", topic="said:call")), similar=(rejected,)) == ["created"]


def test_a_half_typed_line_becomes_the_whole_one() -> None:
    half = believed(**noted("tomorrow: paint the fexr", topic="said:paint-fexr"))
    whole = a_draft(**noted("tomorrow: paint the fence behind the house", topic="said:paint-fence"))
    (revision,) = revise(whole, about=(), similar=(half,), now=LATER)
    assert (revision.kind, revision.text, revision.topic) == ("reworded", whole.text, "said:paint-fexr")


def test_a_whole_line_does_not_become_a_half_one_again() -> None:
    whole = believed(**noted("tomorrow: paint the fence behind the house", topic="said:paint-fence"))
    half = noted("tomorrow: paint the fe")
    assert kinds(a_draft(**half, topic="said:paint-fence"), whole) == ["supported"]
    assert kinds(a_draft(**half, topic="said:paint-fe"), similar=(whole,)) == ["supported"]


def test_one_entry_read_in_two_lengths_on_one_day_is_one() -> None:
    short = believed(text="Has “Madeira” in the calendar.", kind="plan", value="2026-10-24", topic="event:a")
    long = a_draft("Has “Madeira with Aoife” in the calendar.", kind="plan", value="2026-10-24", topic="event:b")
    assert kinds(long, similar=(short,)) == ["supported"]
    assert kinds(replace(long, value="2026-10-31"), similar=(short,)) == ["created"]


def test_what_stands_on_one_page_is_not_all_one() -> None:
    page = "Has on the page “Anna Berger – First weeks”: “{}” (Friday 13 March 2026)"
    other = believed(text=page.format("Fire drill"), kind="plan", value="2026-03-13", topic="listed:a")
    draft = a_draft(page.format("Key for the gym"), kind="plan", value="2026-03-13", topic="listed:b")
    assert kinds(draft, similar=(other,)) == ["created"]
    assert kinds(draft, similar=(replace(other, state="rejected"),)) == ["created"]


# What a model said


def a_word_of_the_model(text: str = "Works on the parcel router in Rust.", **more: Any) -> Draft:
    defaults: dict[str, Any] = {
        "topic": "model:task:parcel-router-rust-work",
        "ceiling": 0.85,
        "half_life_days": 700.0,
        "confidence_raw": 0.9,
        "made_by": "model:m propose 0",
    }
    return a_draft(text, **{**defaults, **more})


def after(old: Proposition, draft: Draft, **more: Any) -> Proposition:
    """What the old belief has become, folded from a first revision and those that follow from the draft."""
    first = a_revision(
        id=RevisionId(1),
        proposition_id=old.id,
        text=old.text,
        topic=old.topic,
        confidence_raw=old.confidence_raw,
        ceiling=old.ceiling,
        half_life_days=old.half_life_days,
        evidence=old.evidence,
    )
    made = revise(draft, now=LATER, **{"about": (), "similar": (old,), **more})
    assert {revision.proposition_id for revision in made} == {old.id}
    return fold([first, *(replace(revision, id=RevisionId(n)) for n, revision in enumerate(made, 2))])


def test_a_near_twin_by_a_model_supports_what_was_counted_whatever_kind_it_gives() -> None:
    old = believed(text="Works on the parcel router, in Rust.")
    (revision,) = revise(a_word_of_the_model(kind="skill"), about=(), similar=(old,), now=LATER)
    assert (revision.kind, revision.proposition_id, revision.text) == ("supported", 1, old.text)
    assert (revision.topic, revision.proposition_kind) == (old.topic, old.kind)


def test_a_model_adds_evidence_to_what_was_counted_and_its_numbers_do_not_count() -> None:
    old = believed(text="Works on the parcel router, in Rust.", ceiling=0.49, confidence_raw=0.4, half_life_days=1.0)
    new = after(old, a_word_of_the_model())
    assert (new.ceiling, new.half_life_days, new.confidence_raw) == (0.49, 1.0, 0.4)
    assert [item.quote for item in new.evidence] == ["old words", "new words"]


def test_what_a_model_only_supports_is_not_made_anew_when_it_was_forgotten_meanwhile() -> None:
    draft = a_word_of_the_model(topic="project:parcel-router", supports=PropositionId(1))
    assert revise(draft, about=(), similar=(), now=LATER) == ()
    assert revise(draft, about=(believed(id=2, value="done"),), similar=(), now=LATER) == ()


def test_what_a_model_only_supports_doubts_no_other_value() -> None:
    old, newer = believed(value="2026-03-28"), believed(id=2, value="2026-03-30")
    draft = a_word_of_the_model(topic=old.topic, value=old.value, text=old.text, supports=old.id)
    (revision,) = revise(draft, about=(old, newer), similar=(), now=LATER)
    assert (revision.kind, revision.proposition_id) == ("supported", old.id)


def test_no_words_of_the_person_and_none_that_were_counted_are_reworded_by_a_model() -> None:
    for old in (
        believed(),
        believed(topic="model:task:parcel-router-rust-work", ceiling=0.45, edited=True),
        believed(topic="model:task:parcel-router-rust-work", ceiling=0.45, pinned=True),
        believed(topic="model:task:parcel-router-rust-work", ceiling=0.45, confirmed=True),
    ):
        draft = a_word_of_the_model(topic=old.topic)
        assert kinds(draft, old) == ["supported"]


def test_a_rejected_belief_stays_away_when_a_model_says_it_in_other_words() -> None:
    rejected = believed(text="Works on the parcel router in Rust, mostly.", state="rejected")
    assert kinds(a_word_of_the_model(), similar=(rejected,)) == []
    assert kinds(a_word_of_the_model(topic=rejected.topic), rejected) == []


def test_what_was_a_claim_of_others_is_said_plainly_once_own_words_bear_it_out() -> None:
    topic = "model:plan:friday-lisbon-move"
    claim = believed(text="An e-mail claims: moves to Lisbon on Friday.", topic=topic, ceiling=0.45)
    plain = a_word_of_the_model("Moves to Lisbon on Friday.", topic=topic, ceiling=0.85)
    assert after(claim, plain, about=(claim,), similar=()).text == "Moves to Lisbon on Friday."
    known = believed(text="Moves to Lisbon on Friday.", topic=topic, ceiling=0.85)
    again = a_word_of_the_model("An e-mail claims: moves to Lisbon on Friday.", topic=topic, ceiling=0.45)
    assert after(known, again, about=(known,), similar=()).text == "Moves to Lisbon on Friday."


def test_a_claim_of_others_makes_nobody_surer_of_what_the_person_showed() -> None:
    old = believed(topic="model:tool:rust-use", ceiling=0.85, confidence_raw=0.5, half_life_days=14.0)
    claim = a_word_of_the_model(topic=old.topic, ceiling=0.45, confidence_raw=0.9)
    new = after(old, claim, about=(old,), similar=())
    assert (new.confidence_raw, new.half_life_days) == (0.5, 14.0)
    assert len(new.evidence) == 2


def test_the_same_words_about_the_same_episode_count_once() -> None:
    old = believed(text="Works on the parcel router, in Rust.", evidence=a_word_of_the_model().evidence)
    assert kinds(a_word_of_the_model(), similar=(old,)) == []


def test_what_is_new_to_everybody_is_created_as_the_model_s() -> None:
    retired = believed(state="retired", topic="model:task:parcel-router-rust-work")
    (revision,) = revise(a_word_of_the_model(), about=(retired,), similar=(), now=LATER)
    assert (revision.kind, revision.proposition_id, revision.made_by) == ("created", None, "model:m propose 0")


def test_a_model_that_says_that_it_replaces_ends_the_known_statement_by_own_words() -> None:
    old = believed(id=5, topic="tool:receipthound", text="Works with ReceiptHound.", kind="tool")
    new = a_word_of_the_model("Works with Docupile.", kind="tool", relation="replaces", relates_to=old.id)
    created, ended = revise(new, about=(), similar=(old,), now=LATER)
    assert (created.kind, created.other, ended.kind, ended.proposition_id) == ("created", 5, "ended", 5)
    claim = replace(new, ceiling=0.45)
    assert kinds(claim, similar=(old,)) == ["created"], "what strangers claim ends nothing"


def test_a_model_that_contradicts_puts_the_known_statement_in_doubt() -> None:
    old = believed(id=5, topic="tool:receipthound", text="Works with ReceiptHound.", kind="tool", confidence=0.6)
    new = a_word_of_the_model("Works with Docupile.", kind="tool", relation="contradicts", relates_to=old.id)
    assert kinds(new, similar=(old,)) == ["created", "doubted"]


def test_a_model_that_refines_rewords_what_a_model_said_and_only_supports_what_was_counted() -> None:
    mine = believed(id=5, topic="model:tool:docupile", text="Works with Docupile.", kind="tool")
    finer = a_word_of_the_model(
        "Works with Docupile for receipts.", kind="tool", relation="refines", relates_to=mine.id
    )
    assert kinds(finer, similar=(mine,)) == ["reworded"]
    assert kinds(finer, similar=(replace(mine, topic="tool:docupile"),)) == ["supported"]
    assert kinds(finer, similar=(replace(mine, edited=True),)) == ["supported"]


def test_a_sentence_of_ours_that_was_seen_again_supports_nothing() -> None:
    old = believed(text="Works on the parcel router, mostly in Code.")
    seen = some_evidence("Works on the parcel router, mostly in Code.", observation_id=ObservationId(2), at=LATER)
    assert kinds(a_draft(evidence=(seen,)), old) == []
    assert kinds(a_word_of_the_model("Works on the router in Code.", evidence=(seen,)), similar=(old,)) == []
    noted = replace(seen, app="gum-app")
    assert kinds(a_draft(old.text, evidence=(noted,)), old) == ["supported"], "the person wrote it to us"


def test_words_that_the_person_took_back_do_not_return_and_their_evidence_does() -> None:
    finer = "Works on the parcel router, mostly in Code."
    reworded = a_revision("reworded", id=RevisionId(2), text=finer)
    undone = a_revision("undone", id=RevisionId(3), made_by=PERSON, undoes=RevisionId(2))
    assert kinds(a_draft(finer), believed(revisions=(reworded, undone))) == ["supported"]
    assert kinds(a_draft(f"{finer[:-1]} and Vim."), believed(revisions=(reworded, undone))) == ["reworded"]


def test_a_claim_does_not_refine_what_is_known() -> None:
    """A model that was fooled: the sentence that the person believes would bear the stranger's addition."""
    mine = believed(id=5, topic="model:tool:docupile", text="Works with Docupile.", kind="tool")
    claim = a_word_of_the_model(
        "A page claims: works with Docupile for Evil Ltd.", kind="tool", relation="refines", relates_to=5, ceiling=0.45
    )
    assert kinds(claim, similar=(mine,)) == ["supported"]


def test_what_a_stranger_says_revives_nothing() -> None:
    heard = tuple(replace(item, weight=0.3) for item in a_word_of_the_model().evidence)
    for over in ("ended", "doubted"):
        first = a_revision(id=RevisionId(1), proposition_id=PropositionId(1), topic="model:task:x")
        before = [first, replace(first, id=RevisionId(2), kind=over, evidence=())]

        def state_after(draft: Draft, before: list[Revision] = before) -> str:
            made = revise(draft, about=(fold(before),), similar=(), now=LATER)
            assert [each.kind for each in made if each.proposition_id == 1] == ["supported"]
            return fold([*before, replace(made[0], id=RevisionId(3))]).state

        assert state_after(a_word_of_the_model(topic="model:task:x", evidence=heard, ceiling=0.45)) == over
        assert state_after(a_word_of_the_model(topic="model:task:x")) == "active"
