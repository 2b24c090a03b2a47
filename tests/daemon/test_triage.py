"""What waits in the digest is judged, where the person wants that."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from gum_app.clock import SetClock
from gum_app.daemon.triage import AT_ONCE, Triage, vote_of
from gum_app.digest import DigestId, DigestItem
from gum_app.records import Ruling
from gum_app.rules.orders import MARK
from gum_app.rules.secret_shapes import CODE
from gum_app.settings import Settings
from gum_app.store.store import ForgetScope, Store
from tests.builders import NOON
from tests.store.life import believe, see
from tests.store.test_digesting import show

ON = Settings(triage_notifications=True)


def triage(store: Store, settings: Settings = ON, at: timedelta = timedelta()) -> Triage:
    return Triage(store, SetClock(NOON + at), settings=lambda: settings, pen=threading.RLock())


def attention(items: list[DigestItem]) -> list[str]:
    return [item.judgement.attention for item in items if item.judgement is not None]


def test_it_is_off_until_it_is_switched_on_and_then_takes_in_the_last_day(store: Store) -> None:
    show(store)
    assert triage(store, Settings()).judge_some() == []
    assert triage(store, at=timedelta(days=2)).judge_some() == []
    assert attention(triage(store).judge_some()) == ["later"]
    assert triage(store).judge_some() == []


def test_each_is_judged_once_and_many_in_turns(store: Store) -> None:
    for number in range(AT_ONCE + 3):
        show(store, f"Freya\nmessage {number}")
    judging = triage(store)
    assert [len(judging.judge_some()) for _ in range(3)] == [AT_ONCE, 3, 0]


def test_what_is_believed_counts(store: Store) -> None:
    text = "Writes with Freya Nilsen (Signal)."
    more = {"topic": "person:freya", "proposition_kind": "relationship", "confidence_raw": 0.8}
    freya = believe(store, (see(store, text), text), text=text, **more)
    show(store, "Freya Nilsen\nlunch?")
    (item,) = triage(store).judge_some()
    assert item.judgement is not None and item.judgement.attention == "now"
    assert freya in {ground.proposition for ground in item.judgement.grounds}


def test_a_code_that_was_cut_out_still_counts(store: Store) -> None:
    id_ = show(store, "Rootbook\n▮▮▮ is your code")
    item = store.digest_item(id_)
    assert item is not None
    ruling = Ruling(matter="credentials", keeping="without detail", rule=CODE)
    store.add_rulings([ruling], app="Signal", at=NOON, observation_id=item.observation_id)
    assert attention(triage(store).judge_some()) == ["now"]


def test_what_orders_software_about_is_told_as_that(store: Store) -> None:
    show(store, MARK)
    (item,) = triage(store).judge_some()
    assert item.judgement is not None
    assert "orders" in {ground.name for ground in item.judgement.grounds}


def test_a_verdict_changes_the_next_of_its_kind_and_is_unlearned_with_it(store: Store) -> None:
    first = show(store, "Dagny\nhello")
    assert attention(triage(store).judge_some()) == ["later"]
    store.put_opinion(first, "wrong", NOON)
    show(store, "Dagny\nhello again")
    assert attention(triage(store).judge_some()) == ["now"]
    item = store.digest_item(first)
    assert item is not None and item.observation_id is not None
    store.forget(ForgetScope(observation_ids=(item.observation_id,)), at=NOON)
    show(store, "Dagny\nhello once more")
    assert attention(triage(store).judge_some()) == ["later"], "what it taught is forgotten with it"


@pytest.mark.parametrize(("opinion", "now"), [("right", False), ("wrong", True)])
def test_a_verdict_is_a_vote(store: Store, opinion: str, now: bool) -> None:
    id_ = show(store, "Dagny\nhello")
    triage(store).judge_some()
    store.put_opinion(id_, opinion, NOON)  # type: ignore[arg-type]
    (item,) = store.with_opinion()
    vote = vote_of(item, NOON + timedelta(days=3))
    assert vote is not None
    assert (vote.now, vote.age_days, vote.keys) == (now, 3.0, frozenset({"app:signal", "from:dagny"}))
    assert vote_of(DigestItem(id=DigestId(1), at=NOON), NOON) is None
