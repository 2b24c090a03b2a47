from __future__ import annotations

from datetime import timedelta

from gum_app.records import ObservationId, Ruling
from gum_app.store.store import ForgetScope, Store
from tests.builders import NOON
from tests.store.life import see

HEALTH = Ruling(matter="health", keeping="without detail", rule="a telling word", whose="person", count=2)


def test_the_same_again_soon_only_counts_up_and_later_is_listed_anew(store: Store) -> None:
    for minutes in (0, 5, 12, 60):
        store.add_rulings([HEALTH], app="firefox", at=NOON + timedelta(minutes=minutes))
    listed = store.rulings()
    assert [(one.ruling.count, one.started_at) for one in listed] == [(2, NOON + timedelta(hours=1)), (6, NOON)]
    (tally,) = store.tallies()
    assert (tally.count, tally.first_at, tally.last_at) == (8, NOON, NOON + timedelta(hours=1))


def test_another_program_rule_or_kind_is_another_ruling(store: Store) -> None:
    store.add_rulings([HEALTH], app="firefox", at=NOON)
    store.add_rulings([HEALTH], app="thunderbird", at=NOON)
    assert len(store.tallies()) == 2


def test_rulings_go_with_their_episode_with_the_day_with_the_app_and_with_everything(store: Store) -> None:
    def filled() -> ObservationId:
        id_ = see(store, "router")
        store.add_rulings([HEALTH], app="firefox", at=NOON, observation_id=id_)
        store.add_rulings([HEALTH], app="thunderbird", at=NOON)
        return id_

    id_ = filled()
    assert store.forget(ForgetScope(observation_ids=(id_,)), at=NOON).rulings == 1
    assert [one.app for one in store.rulings()] == ["thunderbird"]
    store.forget(ForgetScope(app="thunderbird"), at=NOON)
    assert store.rulings() == []
    filled()
    store.forget(ForgetScope(since=NOON - timedelta(hours=1), until=NOON + timedelta(hours=1)), at=NOON)
    assert store.rulings() == []
    filled()
    store.note_reluctance(["health"])
    store.forget(ForgetScope(everything=True), at=NOON)
    assert (store.rulings(), store.reluctance()) == ([], {})


def test_what_is_discarded_stays_listed(store: Store) -> None:
    id_ = see(store, "router")
    store.add_rulings([HEALTH], app="firefox", at=NOON, observation_id=id_)
    store.discard_observation(id_)
    assert [one.observation_id for one in store.rulings()] == [None]


def test_reluctance_counts_each_kind_once_for_each_act(store: Store) -> None:
    store.note_reluctance(["health", "health", "pay"])
    store.note_reluctance(["health"])
    assert store.reluctance() == {"health": 2, "pay": 1}
