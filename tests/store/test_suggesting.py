"""What was offered and what became of it, on a real file; and that forgetting takes the words along."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from gum_app.records import ObservationId, PropositionId
from gum_app.store.connect import Database
from gum_app.store.reading import ReadingStore
from gum_app.store.store import ForgetScope, ForgottenMeanwhile, Store
from gum_app.suggestions import Act, Answered, Deed, Reminder, ReminderId, SuggestionId
from tests.builders import NOON, an_offer
from tests.store.life import believe, see

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def seen(store: Store) -> ObservationId:
    return see(store, "parcel router")


@pytest.fixture
def router(store: Store, seen: ObservationId) -> PropositionId:
    return believe(store, (seen, "parcel router"))


@pytest.fixture
def offered(store: Store, router: PropositionId, seen: ObservationId) -> SuggestionId:
    return store.add_offer(an_offer(because=(router,), seen_in=(seen,)), NOON)


def test_an_offer_comes_back_as_it_was(store: Store, router: PropositionId, seen: ObservationId) -> None:
    for act in (
        Act(kind="reminder", title="Keys", at=NOON + HOUR),
        Act(kind="draft", title="Van", text="Dear Ann,\n“Monday” 😀"),
        Act(kind="open", title="Lease", target="/home/ann/lease.pdf"),
        Act(kind="focus", title="Focus", minutes=45),
    ):
        offer = an_offer(act=act, because=(router,), seen_in=(seen,))
        kept = store.suggestion(store.add_offer(offer, NOON))
        assert kept is not None
        assert (kept.offer, kept.made_at, kept.state, kept.wanted) == (offer, NOON, "waiting", None)


def test_what_rests_on_nothing_or_on_what_is_gone_is_not_kept(store: Store, router: PropositionId) -> None:
    for because, seen_in in (((), ()), ((PropositionId(99),), ()), ((router,), (ObservationId(99),))):
        with pytest.raises(ForgottenMeanwhile):
            store.add_offer(an_offer(because=because, seen_in=seen_in), NOON)
    assert store.suggestions() == []


def test_what_is_decided_is_kept_and_the_words_stay(store: Store, offered: SuggestionId) -> None:
    kept = store.suggestion(offered)
    assert kept is not None
    shown = replace(kept, state="shown", changed_at=NOON + HOUR, shown_at=NOON + HOUR, wanted=0.7, silence=None)
    store.put_suggestion(replace(shown, offer=replace(shown.offer, title="other words")))
    assert store.suggestion(offered) == shown
    assert [each.id for each in store.suggestions({"shown"})] == [offered]
    assert store.suggestions({"waiting"}) == []
    assert store.suggestions(since=NOON + 2 * HOUR) == []


def test_silence_has_a_reason_that_is_counted(store: Store, offered: SuggestionId) -> None:
    kept = store.suggestion(offered)
    assert kept is not None
    for minutes, silence in ((1, "call"), (2, "call"), (3, "typing")):
        store.keep_silent(replace(kept, silence=silence), NOON + timedelta(minutes=minutes))  # type: ignore[arg-type]
    assert [(each.silence, each.count) for each in store.silences(offered)] == [("typing", 1), ("call", 2)]
    assert store.silences(offered)[1].first_at == NOON + timedelta(minutes=1)


def test_answers_outlive_what_they_were_about(store: Store, offered: SuggestionId, router: PropositionId) -> None:
    store.add_suggestion_answer(Answered(kind="deadline", answer="dismissed", at=NOON, suggestion_id=offered))
    store.forget(ForgetScope(proposition_id=router), at=NOON)
    assert store.suggestion(offered) is None
    assert store.suggestion_answers() == [Answered(kind="deadline", answer="dismissed", at=NOON)]
    assert store.suggestion_answers(since=NOON + HOUR) == []


def test_what_was_done_can_be_told_and_taken_back(store: Store, offered: SuggestionId, reading: ReadingStore) -> None:
    deed = Deed(suggestion_id=offered, act="draft", at=NOON, result="Written.", path="/home/a/x.md", fingerprint="ab")
    assert reading.deed(offered) is None
    store.add_deed(deed)
    assert reading.deed(offered) == deed
    store.mark_undone(offered, NOON + HOUR)
    assert reading.deed(offered) == replace(deed, undone_at=NOON + HOUR)


def test_reminders_come_in_the_order_of_their_time(store: Store, offered: SuggestionId) -> None:
    later = Reminder(id=ReminderId(0), text="Van", due_at=NOON + 2 * HOUR, made_at=NOON, suggestion_id=offered)
    sooner = replace(later, text="Keys", due_at=NOON + HOUR, suggestion_id=None)
    ids = [store.add_reminder(each) for each in (later, sooner)]
    assert [each.text for each in store.reminders()] == ["Keys", "Van"]
    fired = replace(sooner, id=ids[1], fired_at=NOON + HOUR, done=True)
    store.put_reminder(fired)
    assert [each.text for each in store.reminders()] == ["Van"]
    assert store.reminder(ids[1]) == fired
    assert len(store.reminders(done=True)) == 2
    with pytest.raises(ForgottenMeanwhile):
        store.put_reminder(replace(later, id=ReminderId(99)))


@pytest.mark.parametrize("by", ["observation", "everything"])
def test_forgetting_takes_the_suggestion_and_all_of_its_words(
    store: Store, offered: SuggestionId, seen: ObservationId, by: str
) -> None:
    store.add_reminder(Reminder(id=ReminderId(0), text="Van", due_at=NOON + HOUR, made_at=NOON, suggestion_id=offered))
    store.add_deed(Deed(suggestion_id=offered, act="draft", at=NOON, result="Written."))
    store.add_suggestion_answer(Answered(kind="deadline", answer="taken", at=NOON, suggestion_id=offered))
    scope = ForgetScope(everything=True) if by == "everything" else ForgetScope(observation_ids=(seen,))
    assert store.preview_forget(scope).suggestions == 1
    assert store.suggestion(offered) is not None, "only looked at"
    assert store.forget(scope, at=NOON).suggestions == 1
    assert (store.suggestions(), store.reminders(done=True), store.deed(offered)) == ([], [], None)
    assert len(store.suggestion_answers()) == (0 if by == "everything" else 1)


def test_old_ones_go_by_themselves_but_not_with_a_reminder_that_is_to_come(store: Store, router: PropositionId) -> None:
    ids = [store.add_offer(an_offer(topic=topic, because=(router,)), NOON) for topic in ("a", "b", "c")]
    for id_ in ids[:2]:
        kept = store.suggestion(id_)
        assert kept is not None
        store.put_suggestion(replace(kept, state="taken"))
    store.add_reminder(Reminder(id=ReminderId(0), text="Van", due_at=NOON, made_at=NOON, suggestion_id=ids[1]))
    later = NOON + timedelta(days=100)
    store.expire(at=later, words_before=later, thumbnails_before=later, max_bytes=10**9)
    assert [store.suggestion(id_) is not None for id_ in ids] == [False, True, True]


@pytest.mark.parametrize("max_bytes", [10**9, 0])
def test_a_reminder_to_come_outlives_the_words_it_came_from(
    store: Store, offered: SuggestionId, max_bytes: int
) -> None:
    """Whether they go because they are old or because the disk is full."""
    to_come = Reminder(id=ReminderId(0), text="Van", due_at=NOON + 300 * DAY, made_at=NOON, suggestion_id=offered)
    store.add_reminder(to_come)
    store.add_reminder(replace(to_come, text="Keys", done=True))
    later = NOON + (100 * DAY if max_bytes else -DAY)
    store.expire(at=later, words_before=later, thumbnails_before=later, max_bytes=max_bytes)
    assert store.suggestion(offered) is None
    assert [(each.text, each.suggestion_id) for each in store.reminders(done=True)] == [("Van", None)]
    assert store.integrity() == []


def test_the_statements_find_their_index(store: Store, offered: SuggestionId, path: object) -> None:
    database = Database(path, bytes(range(32)))  # type: ignore[arg-type]
    for statement in (
        "SELECT * FROM suggestion_because WHERE proposition_id = 1",
        "SELECT * FROM suggestion_seen WHERE observation_id = 1",
    ):
        plan = " ".join(row["detail"] for row in database.all(f"EXPLAIN QUERY PLAN {statement}"))
        assert "SCAN" not in plan, plan
    database.close()


def test_forgetting_a_time_takes_the_reminders_that_were_made_in_it(store: Store) -> None:
    for hours in (0, 3):
        made = NOON - hours * HOUR
        store.add_reminder(Reminder(id=ReminderId(0), text=f"{hours}", due_at=NOON + 9 * HOUR, made_at=made))
    scope = ForgetScope(since=NOON - HOUR)
    assert store.preview_forget(scope).reminders == 1
    assert len(store.reminders()) == 2, "only looked at"
    assert store.forget(scope, at=NOON).reminders == 1
    assert [each.text for each in store.reminders()] == ["3"]
    store.forget(ForgetScope(app="firefox"), at=NOON)
    assert len(store.reminders()) == 1, "no program showed it"
    assert store.forget(ForgetScope(day=NOON.date()), at=NOON).reminders == 1
