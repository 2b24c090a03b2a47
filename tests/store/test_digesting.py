"""The digest on a real file: nothing is missing from it, and what is forgotten is gone from it too."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gum_app.digest import DigestId, Ground, Judgement
from gum_app.records import PropositionId, Urgency
from gum_app.store.store import ForgetScope, ForgottenMeanwhile, Store
from tests.builders import NOON
from tests.store.life import believe, see

LATER = Judgement(attention="later", probability=0.2, grounds=(Ground(name="message", weight=-0.8),))
DAY = timedelta(days=1)


def show(store: Store, text: str = "Freya\nsee you at ten", *, urgency: Urgency = "normal", **more: object) -> DigestId:
    title = text.partition("\n")[0]
    id_ = see(store, text, **{"source": "notification", "app": "Signal", "title": title, **more})
    return store.add_to_digest(at=NOON, urgency=urgency, observation_id=id_)


def all_of(store: Store) -> list[DigestId]:
    return [item.id for item in store.digest_items(since=NOON - DAY, until=NOON + DAY)]


@pytest.fixture
def freya(store: Store) -> PropositionId:
    return believe(store, (see(store, "wrote to Freya"), "wrote to Freya"), text="Writes with Freya.", topic="p")


def judged_by(proposition: PropositionId) -> Judgement:
    known = Ground(name="known sender", weight=1.2, proposition=proposition)
    return Judgement(attention="now", probability=0.7, grounds=(known, *LATER.grounds))


def test_its_words_are_those_of_its_observation(store: Store) -> None:
    item = store.digest_item(show(store, urgency="critical"))
    assert item is not None
    assert (item.app, item.title, item.text, item.urgency) == ("Signal", "Freya", "see you at ten", "critical")
    assert (item.at, item.count, item.judgement, item.opinion, item.shown_at) == (NOON, 1, None, None, None)


def test_of_what_is_not_kept_there_is_a_row_without_words(store: Store) -> None:
    item = store.digest_item(store.add_to_digest(at=NOON, urgency="low", rule="locked"))
    assert item is not None
    assert (item.observation_id, item.app, item.title, item.text, item.rule) == (None, "", "", "", "locked")


def test_what_is_judged_is_told_with_what_it_rests_on(store: Store, freya: PropositionId) -> None:
    first, second = show(store), show(store, "Owen\nthe numbers")
    assert [item.id for item in store.unjudged(since=NOON, limit=9)] == [first, second]
    store.put_judgement(first, LATER)
    store.put_judgement(first, judged_by(freya))
    assert [item.judgement for item in store.digest_items(since=NOON, until=NOON + DAY)] == [None, judged_by(freya)]
    assert [item.id for item in store.unjudged(since=NOON, limit=9)] == [second]
    assert store.unjudged(since=NOON + DAY, limit=9) == []


def test_an_opinion_is_given_and_taken_back(store: Store) -> None:
    id_ = show(store)
    store.put_judgement(id_, LATER)
    store.put_opinion(id_, "wrong", NOON)
    (item,) = store.with_opinion()
    assert (item.id, item.opinion, item.opinion_at) == (id_, "wrong", NOON)
    store.put_opinion(id_, None, NOON)
    assert store.with_opinion() == []


def test_how_many_waited_and_were_shown_is_counted(store: Store) -> None:
    first, _second, _third = show(store), show(store, urgency="critical"), show(store)
    assert store.count_one_more(first) and store.count_one_more(first)
    store.note_shown(first, NOON)
    span = {"since": NOON, "until": NOON + DAY}
    assert store.count_digest(**span) == 5
    assert [store.count_shown_again(**span, criticals=each) for each in (False, True)] == [1, 2]
    assert store.count_digest(since=NOON - DAY, until=NOON) == 0


def test_who_cries_wolf_is_known_by_the_last_of_them(store: Store) -> None:
    ids = [show(store, urgency=urgency) for urgency in ("normal", "critical", "critical", "critical")]
    show(store, urgency="normal", app="Mail")
    assert store.critical_share("Signal", before=ids[0]) == 0.0
    assert store.critical_share("Signal", before=ids[3]) == pytest.approx(2 / 3)
    assert store.critical_share("Signal", before=DigestId(99), most=3) == 1.0


def test_a_date_of_a_proposition_is_told(store: Store, freya: PropositionId) -> None:
    plan = believe(store, (see(store, "the permit"), "the permit"), topic="q", value="2026-03-12", text="The permit.")
    assert store.values_of([freya, plan, PropositionId(99)]) == {plan: "2026-03-12"}


# Forgetting


def test_it_goes_with_its_observation_and_with_the_app(store: Store) -> None:
    signal, mail = show(store), show(store, "Zanzibar\nhello", app="Mail")
    item = store.digest_item(signal)
    assert item is not None and item.observation_id is not None
    store.forget(ForgetScope(app="Mail"), at=NOON)
    assert (all_of(store), store.digest_item(mail)) == ([signal], None)
    store.forget(ForgetScope(observation_ids=(item.observation_id,)), at=NOON)
    assert all_of(store) == []
    assert store.schema_faults() == []


def test_a_proposition_that_is_forgotten_is_named_no_more(store: Store, freya: PropositionId) -> None:
    id_ = show(store)
    store.put_judgement(id_, judged_by(freya))
    store.forget(ForgetScope(proposition_id=freya), at=NOON)
    item = store.digest_item(id_)
    assert item is not None and item.judgement is not None
    assert item.judgement.grounds == LATER.grounds
    with pytest.raises(ForgottenMeanwhile):
        store.put_judgement(id_, judged_by(freya))


def test_also_what_was_not_kept_goes_with_its_hour_and_with_everything(store: Store) -> None:
    store.add_to_digest(at=NOON, urgency="normal", rule="locked")
    store.forget(ForgetScope(since=NOON + DAY), at=NOON)
    assert len(all_of(store)) == 1
    store.forget(ForgetScope(since=NOON - DAY), at=NOON)
    assert all_of(store) == []
    store.add_to_digest(at=NOON, urgency="normal", rule="locked")
    show(store)
    store.forget(ForgetScope(everything=True), at=NOON)
    assert all_of(store) == []


def test_what_is_gone_meanwhile_is_neither_judged_nor_counted_nor_said_anything_of(store: Store) -> None:
    gone = DigestId(99)
    assert not store.count_one_more(gone)
    with pytest.raises(ForgottenMeanwhile):
        store.put_judgement(gone, LATER)
    with pytest.raises(ForgottenMeanwhile):
        store.put_opinion(gone, "right", NOON)
    store.note_shown(gone, NOON)


def test_it_expires_with_the_words(store: Store) -> None:
    show(store)
    store.add_to_digest(at=NOON, urgency="normal", rule="locked")
    for days, left in ((-1, 2), (1, 0)):
        at = NOON + timedelta(days=days)
        store.expire(at=NOON, words_before=at, thumbnails_before=at, max_bytes=10**9)
        assert len(all_of(store)) == left
