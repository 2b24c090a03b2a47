"""What the model told and the mark that it looked are one; forgetting and switching off win over a thought."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gum_app.records import ObservationId
from gum_app.rules.revisions import fold
from gum_app.store.listing import PropositionQuery
from gum_app.store.store import ForgetScope, ForgottenMeanwhile, Store
from tests.builders import NOON, an_observation
from tests.store.conftest import KEY
from tests.store.life import a_frame, an_account, resting_on, see, see_pictures


def forget_it(store: Store, id_: ObservationId) -> None:
    store.forget(ForgetScope(observation_ids=(id_,)), at=NOON)


def switch_off(store: Store, _: ObservationId) -> None:
    store.mark_not_for_model(NOON)


@pytest.fixture
def beside(store: Store, path: Path) -> Store:
    """Another thread's connection, on which the person's word arrives while the model thinks."""
    del store  # made first
    return Store(path, KEY, fold=fold)


def test_an_account_the_mark_and_the_end_of_the_pictures_are_one(store: Store) -> None:
    id_ = see_pictures(store, jpegs=(b"one", b"two"))
    # The last of its statements fails, as on a full disk.
    store._database.run("CREATE TEMP TRIGGER cut BEFORE DELETE ON frames BEGIN SELECT RAISE(ABORT, 'cut off'); END")
    with pytest.raises(Exception, match="cut off"):
        store.keep_account(an_account(id_), id_, NOON)
    store._database.run("DROP TRIGGER cut")
    assert store.account(id_) is None
    assert [seen.id for seen in store.unobserved(limit=9)] == [id_]
    assert len(store.frames_of(id_)) == 2
    store.keep_account(an_account(id_), id_, NOON)
    assert (store.account(id_), store.frames_of(id_)) == (an_account(id_), [])


@pytest.mark.parametrize("word", [forget_it, switch_off])
def test_a_look_under_way_gives_way_to_the_word_of_the_person(
    store: Store, beside: Store, word: Callable[[Store, ObservationId], None]
) -> None:
    id_ = see_pictures(store)
    (seen,) = store.unobserved(limit=1)
    word(beside, id_)
    with pytest.raises(ForgottenMeanwhile):
        store.keep_account(an_account(seen.id), seen.id, NOON)
    assert (store.account(id_), store.frames_of(id_), store.count_waiting_for_model()) == (None, [], 0)
    beside.close()


@pytest.mark.parametrize("word", [forget_it, switch_off])
def test_conclusions_under_way_give_way_to_the_word_of_the_person(
    store: Store, beside: Store, word: Callable[[Store, ObservationId], None]
) -> None:
    stays, goes = see(store, "parcel router", title="one"), see(store, "parcel router", title="two")
    batch = [seen.id for seen, _ in store.unproposed(limit=9)]
    word(beside, goes)
    with pytest.raises(ForgottenMeanwhile), store.transaction():
        store.add_revisions([resting_on((stays, "parcel router"), made_by="model:tiny")])
        store.mark_proposed(batch, NOON)
    assert store.count_propositions(PropositionQuery()) == 0
    beside.close()


def test_nothing_is_concluded_from_twice(store: Store) -> None:
    first, second = see(store, "one", title="one"), see(store, "two", title="two")
    store.mark_proposed([first], NOON)
    with pytest.raises(ForgottenMeanwhile):
        store.mark_proposed([second, first], NOON)
    assert [seen.id for seen, _ in store.unproposed(limit=9)] == [second], "all of the marks, or none"


def test_a_second_account_of_one_episode_is_dropped(store: Store) -> None:
    id_ = see_pictures(store)
    store.keep_account(an_account(id_), id_, NOON)
    with pytest.raises(ForgottenMeanwhile):
        store.keep_account(an_account(id_, "Something else."), id_, NOON)
    assert store.account(id_) == an_account(id_)


def test_a_model_that_is_switched_on_begins_with_what_comes_then(store: Store) -> None:
    told = see_pictures(store)
    store.keep_account(an_account(told), told, NOON)
    waiting, going_on = see_pictures(store), store.open_observation(an_observation())
    store.put_frames(going_on, [a_frame(going_on)])
    store.mark_not_for_model(NOON)
    assert (store.frames_of(waiting), store.frames_of(going_on)) == ([], [])
    store.close_observation(going_on)
    assert (store.unobserved(limit=9), store.unproposed(limit=9), store.count_waiting_for_model()) == ([], [], 0)
    assert store.account(told) == an_account(told), "what was told stays"
    assert store.count_undigested() == 3, "the rules think about it all the same"
    new = see_pictures(store)
    assert [seen.id for seen in store.unobserved(limit=9)] == [new]
    assert store.integrity() == []


def test_what_waits_is_the_same_after_a_restart(store: Store, path: Path) -> None:
    to_look_at, told = see_pictures(store, "parcel", title="one"), see_pictures(store, "router", title="two")
    store.keep_account(an_account(told), told, NOON)
    before = (store.unobserved(limit=9), store.unproposed(limit=9), store.frames_of(to_look_at))
    store.close()
    again = Store(path, KEY, fold=fold)
    assert (again.unobserved(limit=9), again.unproposed(limit=9), again.frames_of(to_look_at)) == before
    again.close()
