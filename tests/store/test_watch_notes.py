"""The writing part of watching: what is put again takes the place of the first, what goes on is extended."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gum_app.records import ObservationId, Ruling, Skip
from gum_app.store.store import ForgottenMeanwhile, Store
from tests.builders import NOON, an_observation, some_lines

LATER = NOON + timedelta(minutes=1)


def test_an_episode_goes_on_until_it_is_closed_and_only_then_is_thought_about(store: Store) -> None:
    id_ = store.open_observation(an_observation(text="parcel"))
    store.extend_observation(id_, ended_at=LATER, active_seconds=90.0, lines=some_lines("router"))
    assert store.undigested() == []
    store.close_observation(id_)
    (seen,) = store.undigested()
    assert (seen.ended_at, seen.active_seconds, seen.text) == (LATER, 90.0, "parcel\nrouter")


def test_nothing_is_written_beside_what_was_forgotten(store: Store) -> None:
    with pytest.raises(ForgottenMeanwhile):
        store.extend_observation(ObservationId(9), ended_at=LATER, active_seconds=1.0)
    with pytest.raises(ForgottenMeanwhile):
        store.add_thumbnail(ObservationId(9), NOON, b"jpeg")


def test_a_replay_remembers_where_it_is(store: Store) -> None:
    assert (store.position(), store.replayed_until(), store.bookmark()) == (0, None, None)
    for number in (3, 7):
        store.put_position(number)
        store.put_bookmark("recording", f"bookmark {number}")
        store.put_replayed_until(NOON + timedelta(hours=number))
    assert (store.position(), store.bookmark()) == (7, "bookmark 7")
    assert store.replayed_until() == NOON + timedelta(hours=7)


def test_the_same_skip_and_the_same_ruling_are_one(store: Store) -> None:
    for at in (NOON, LATER):
        store.add_skip(Skip(started_at=at, ended_at=at, rule="paused"))
        store.add_rulings([Ruling(matter="health", keeping="drop", rule="its title")], app="firefox", at=at)
    assert [skip.count for skip in store.skips()] == [2]
    assert [listed.ruling.count for listed in store.rulings()] == [2]
