"""Episodes are opened, extended and closed; what is undigested is the same after a crash; skips do not pile up."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gum_app.records import Observation, ObservationId, Skip
from gum_app.store.observing import ForgottenMeanwhile
from gum_app.store.reading import MAX_ATTEMPTS, ReadingStore
from gum_app.store.store import ForgetScope, Store
from tests.builders import NOON, a_line, an_observation, some_lines
from tests.store.life import see

MINUTE = timedelta(minutes=1)


def test_an_open_episode_is_not_thought_about(store: Store) -> None:
    id_ = store.open_observation(an_observation(text="router"))
    assert store.undigested() == []
    assert store.count_undigested() == 0
    store.close_observation(id_)
    assert [seen.id for seen in store.undigested()] == [id_]
    assert store.count_undigested() == 1


def test_an_episode_grows_and_keeps_what_is_not_told_anew(store: Store) -> None:
    id_ = store.open_observation(an_observation(text="router up", title="one", url="u", keys=1, dark_share=0.5))
    store.extend_observation(
        id_, ended_at=NOON + MINUTE, active_seconds=90, lines=[a_line("router up", y=3), a_line("router down", y=30)]
    )
    seen = store.observation(id_)
    assert seen is not None
    assert seen.text == "router up\nrouter down"
    assert (seen.title, seen.url, seen.keys, seen.dark_share) == ("one", "u", 1, 0.5)
    assert (seen.started_at, seen.ended_at, seen.active_seconds) == (NOON, NOON + MINUTE, 90)
    store.extend_observation(
        id_, ended_at=NOON + MINUTE, active_seconds=95, title="two", url="v", keys=7, dark_share=0.1
    )
    seen = store.observation(id_)
    assert seen is not None
    assert (seen.title, seen.url, seen.keys, seen.dark_share) == ("two", "v", 7, 0.1)


def test_an_episode_does_not_shrink_when_the_clock_is_put_back(store: Store) -> None:
    id_ = store.open_observation(an_observation(ended_at=NOON + MINUTE))
    store.extend_observation(id_, ended_at=NOON, active_seconds=90)
    seen = store.observation(id_)
    assert seen is not None
    assert seen.ended_at == NOON + MINUTE


def test_lines_are_kept_in_the_order_they_were_read(store: Store) -> None:
    id_ = store.open_observation(an_observation(text="one"))
    for number, word in enumerate(("two", "three", "four")):
        store.extend_observation(id_, ended_at=NOON, active_seconds=1, lines=some_lines(word, monitor=number))
    seen = store.observation(id_)
    assert seen is not None
    assert [line.text for line in seen.lines] == ["one", "two", "three", "four"]


def test_what_was_forgotten_cannot_be_extended(store: Store) -> None:
    id_ = store.open_observation(an_observation(text="router"))
    store.forget(ForgetScope(since=NOON), at=NOON)
    with pytest.raises(ForgottenMeanwhile):
        store.extend_observation(id_, ended_at=NOON + MINUTE, active_seconds=1, lines=some_lines("router"))
    with pytest.raises(ForgottenMeanwhile):
        store.add_thumbnail(id_, NOON, b"jpeg")
    store.close_observation(id_)
    assert store.observation(id_) is None


def test_after_a_crash_all_that_was_open_is_closed(store: Store) -> None:
    for _ in range(3):
        store.open_observation(an_observation(text="router"))
    store.close_all_observations()
    assert store.count_undigested() == 3


def test_the_oldest_come_first(store: Store) -> None:
    later, earlier = see(store, "later", at=NOON + MINUTE), see(store, "earlier")
    assert [seen.id for seen in store.undigested()] == [earlier, later]
    assert [seen.id for seen in store.undigested(limit=1)] == [earlier]


def test_three_failures_set_it_aside(store: Store) -> None:
    hard, easy = see(store, "hard"), see(store, "easy")
    for _ in range(MAX_ATTEMPTS):
        assert hard in {seen.id for seen in store.undigested()}
        store.note_failed_attempt([hard])
    assert [seen.id for seen in store.undigested()] == [easy]
    assert (store.count_undigested(), store.set_aside()) == (1, 1)


def skip(seconds: int = 0, rule: str = "private window", lasting: int = 10) -> Skip:
    start = NOON + timedelta(seconds=seconds)
    return Skip(started_at=start, ended_at=start + timedelta(seconds=lasting), rule=rule)


def test_the_same_skip_goes_on(store: Store, reading: ReadingStore) -> None:
    store.add_skip(skip(0))
    store.add_skip(skip(70))
    assert reading.skips() == [
        Skip(started_at=NOON, ended_at=NOON + timedelta(seconds=80), rule="private window", count=2)
    ]


@pytest.mark.parametrize("other", [skip(71), skip(5, rule="paused"), skip(-5)])
def test_a_later_one_another_rule_or_a_clock_put_back_is_another_skip(store: Store, other: Skip) -> None:
    store.add_skip(skip(0))
    store.add_skip(other)
    assert len(store.skips()) == 2


def test_a_later_picture_takes_the_place_of_the_first(store: Store, reading: ReadingStore) -> None:
    id_ = see(store, "router")
    assert reading.thumbnail(id_) is None
    store.add_thumbnail(id_, NOON, b"first")
    store.add_thumbnail(id_, NOON, b"second")
    assert reading.thumbnail(id_) == b"second"
    assert reading.thumbnail(ObservationId(99)) is None


def test_a_replay_goes_on_where_it_stopped(store: Store) -> None:
    assert store.position() == 0
    with pytest.raises(RuntimeError), store.transaction():
        store.put_position(7)
        raise RuntimeError
    assert store.position() == 0
    store.put_position(8)
    assert store.position() == 8


def test_an_observation_needs_no_words(store: Store) -> None:
    seen: Observation | None = store.observation(see(store))
    assert seen is not None
    assert seen.lines == ()
