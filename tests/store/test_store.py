"""Kill the writer at any instant: nothing accepted is lost, nothing counts twice, and the file is sound."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections import Counter, defaultdict
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from gum_app.errors import BadInput
from gum_app.records import Observation, ObservationId
from gum_app.rules.revisions import fold
from gum_app.store.store import ForgetScope, Store
from tests.builders import NOON, a_line, an_observation
from tests.store.conftest import KEY
from tests.store.life import a_frame, a_sighting, an_account, believe, resting_on, see
from tests.store.pages import decrypted

FORGOTTEN_BEFORE = 3  # every so often the episode that came so many before is forgotten

Step = tuple[str, int]


def live(path: Path, first: int, reports: Connection) -> None:
    """Watch, think and forget, and report each step once it is accepted."""
    store = Store(path, KEY, fold=fold)
    store.close_all_observations()
    number = first
    while True:
        with store.transaction():
            id_ = store.open_observation(an_observation(title=f"episode {number}", text="parcel"))
            store.put_position(number)
        reports.send(("seen", number))
        store.extend_observation(id_, ended_at=NOON, active_seconds=2, lines=[a_line(f"word{number}", y=90)])
        reports.send(("extended", number))
        with store.transaction():
            store.put_frames(id_, [a_frame(id_, f"jpeg word{number} ".encode() * 500)] * 3)
            store.close_observation(id_)
        revision = resting_on((id_, f"word{number}"), text=f"Says word{number}.", topic=f"word:{number}")
        store.digest([id_], sightings=[a_sighting(id_, topic=f"word:{number}")], revisions=[revision], at=NOON)
        reports.send(("digested", number))
        store.keep_account(an_account(id_, f"Says word{number}."), id_, NOON)
        reports.send(("told", number))
        store.mark_proposed([id_], NOON)
        reports.send(("proposed", number))
        if number % 5 == 0 and number - FORGOTTEN_BEFORE > first:
            (gone,) = [seen.id for seen in store.observations() if seen.title == f"episode {number - FORGOTTEN_BEFORE}"]
            reports.send(("asked to forget", number - FORGOTTEN_BEFORE))
            store.forget(ForgetScope(observation_ids=(gone,)), at=NOON)
            reports.send(("forgotten", number - FORGOTTEN_BEFORE))
        number += 1


def live_until_killed(path: Path, first: int, steps: int, seconds: float) -> list[Step]:
    """What was accepted before the kill, which comes `seconds` after so many steps."""
    ours, theirs = multiprocessing.Pipe()
    child = multiprocessing.get_context("spawn").Process(target=live, args=(path, first, theirs), daemon=True)
    child.start()
    theirs.close()
    accepted: list[Step] = []
    for _ in range(steps):
        assert ours.poll(60), "the writer stopped"
        accepted.append(ours.recv())
    end = time.monotonic() + seconds
    while ours.poll(max(end - time.monotonic(), 0)):
        accepted.append(ours.recv())
    child.kill()
    child.join(60)
    while ours.poll():
        try:
            accepted.append(ours.recv())
        except EOFError:
            break
    return accepted


def test_killing_the_writer_at_any_instant_loses_nothing_and_doubles_nothing(path: Path) -> None:
    chance = random.Random(20260310)
    accepted: list[Step] = []
    first = 1
    for _ in range(6):
        accepted += live_until_killed(path, first, chance.randint(1, 60), chance.uniform(0, 0.02))
        first = check(path, accepted) + 1


def check(path: Path, accepted: list[Step]) -> int:
    """Everything that was accepted is there, once. Answers the number of the last episode."""
    store = Store(path, KEY, fold=fold)
    assert store.integrity() == []
    episodes = {int(seen.title.split()[1]): seen for seen in store.observations(limit=10_000, with_lines=True)}
    assert len(episodes) == len(store.observations(limit=10_000)), "no episode is there twice"
    steps: dict[str, set[int]] = defaultdict(set)
    for step, number in accepted:
        steps[step].add(number)

    assert steps["seen"] - episodes.keys() <= steps["asked to forget"], "what was accepted is there"
    assert not steps["forgotten"] & episodes.keys()
    assert not store.is_forgetting_unfinished()
    pages = decrypted(path, KEY)
    for number in steps["asked to forget"] - episodes.keys():
        assert f"Says word{number}.".encode() not in pages, "a kill does not keep what was being forgotten"
    for number in steps["extended"] & episodes.keys():
        assert episodes[number].text == f"parcel\nword{number}"
    undigested = {int(seen.title.split()[1]) for seen in store.undigested(limit=10_000)}
    undigested |= {int(seen.title.split()[1]) for seen in store.open_observations()}
    assert not steps["digested"] & undigested
    topics = Counter(
        number
        for number in steps["seen"] | episodes.keys()
        for _ in store.sightings([f"word:{number}"])[f"word:{number}"]
    )
    beliefs = {number for number in steps["seen"] | episodes.keys() if store.propositions_about(f"word:{number}")}
    digested = episodes.keys() - undigested
    assert topics == Counter(digested), "each conclusion stands there with its mark, once"
    assert beliefs == digested
    assert store.position() in {0, *episodes}, "the place in the recording was kept with what was replayed"
    assert_each_waits_for_one_thing(store, episodes, steps)
    last = store.position()
    assert max(episodes, default=0) == last
    store.close()
    return last


def assert_each_waits_for_one_thing(store: Store, episodes: dict[int, Observation], steps: dict[str, set[int]]) -> None:
    """An episode has its pictures or its account, never both; one that was cut off before it had any waits by words."""
    number_of = {seen.id: number for number, seen in episodes.items()}
    told = {number_of[id_] for id_ in store.accounts(number_of)}
    with_pictures = {number for id_, number in number_of.items() if store.frames_of(id_)}
    begun = {number_of[seen.id] for seen in store.open_observations()}
    assert steps["told"] & episodes.keys() <= told
    assert told.isdisjoint(with_pictures)
    assert steps["digested"] & episodes.keys() <= told | with_pictures
    assert {number_of[seen.id] for seen in store.unobserved(limit=10_000)} == with_pictures
    waiting = {number_of[seen.id]: account for seen, account in store.unproposed(limit=10_000)}
    assert {number for number, account in waiting.items() if account is not None} <= told
    by_words = {number for number, account in waiting.items() if account is None}
    assert by_words == episodes.keys() - begun - told - with_pictures
    assert not waiting.keys() & steps["proposed"]


def test_after_a_restart_the_same_question_gives_the_same_batch(store: Store, path: Path) -> None:
    for number in range(5):
        see(store, f"word{number}", at=NOON + timedelta(minutes=number))
    batch = store.undigested(limit=3)
    store.close()
    again = Store(path, KEY, fold=fold)
    assert again.undigested(limit=3) == batch
    again.close()


def test_several_calls_become_one(store: Store) -> None:
    with pytest.raises(RuntimeError), store.transaction():
        seen = see(store, "router")
        believe(store, (seen, "router"))
        store.put_position(3)
        raise RuntimeError
    assert (store.observations(), store.position(), store.propositions_about("project:parcel-router")) == ([], 0, [])


def test_two_stores_of_one_process_take_turns(store: Store, path: Path) -> None:
    other = Store(path, KEY, fold=fold)
    for number in range(5):
        see(store, f"recorder {number}")
        other.note_failed_attempt([ObservationId(number + 1)])
    assert other.count_undigested() == 5
    other.close()


def test_an_episode_that_goes_on_is_thought_about_anew(store: Store) -> None:
    id_ = store.open_observation(an_observation(text="parcel"))
    store.close_observation(id_)
    store.digest([id_], sightings=[a_sighting(id_, "parcel")], revisions=[], at=NOON)
    assert store.undigested() == []
    store.extend_observation(id_, ended_at=NOON, active_seconds=2, lines=[a_line("router", y=90)])
    assert [seen.text for seen in store.undigested()] == ["parcel\nrouter"]
    store.digest([id_], sightings=[a_sighting(id_, "router")], revisions=[], at=NOON)
    (sighting,) = store.sightings(["project:parcel-router"])["project:parcel-router"]
    assert sighting.quote == "router", "the later thought takes the place of the earlier"


def test_an_episode_that_only_lasts_longer_is_not_thought_about_anew(store: Store) -> None:
    id_ = see(store, "parcel")
    store.digest([id_], sightings=[], revisions=[], at=NOON)
    store.extend_observation(
        id_, ended_at=NOON + timedelta(minutes=1), active_seconds=60, lines=[a_line("parcel", x=2)]
    )
    assert store.undigested() == []


def test_the_clock_of_a_replay_is_kept(store: Store) -> None:
    assert store.replayed_until() is None
    store.put_replayed_until(NOON)
    assert store.replayed_until() == NOON


def test_a_bookmark_is_kept_with_the_recording_it_belongs_to(store: Store) -> None:
    assert (store.replayed_recording(), store.bookmark()) == (None, None)
    store.put_bookmark("a day", "{}")
    store.put_bookmark("a day", '{"front": 1}')
    assert (store.replayed_recording(), store.bookmark()) == ("a day", '{"front": 1}')


def test_opening_for_one_small_deed_leaves_a_long_wipe_to_others(store: Store, path: Path) -> None:
    store.discard_observation(store.open_observation(an_observation(text="parcel")))
    Store(path, KEY, fold=fold, finishing=False).close()
    assert store.is_forgetting_unfinished()
    Store(path, KEY, fold=fold).close()
    assert not store.is_forgetting_unfinished()


def test_what_goes_on_is_found_again_after_a_crash(store: Store, path: Path) -> None:
    id_ = store.open_observation(an_observation(text="parcel"))
    store.close()
    again = Store(path, KEY, fold=fold)
    assert [(seen.id, seen.text) for seen in again.open_observations()] == [(id_, "parcel")]
    again.close()


def test_observations_since_an_instant_are_counted(store: Store) -> None:
    see(store, at=NOON)
    see(store, at=NOON + timedelta(hours=1))
    see(store, at=NOON + timedelta(hours=1), source="import")
    assert store.count_observations(since=NOON + timedelta(minutes=1)) == 1, "what was brought in was not seen here"


@pytest.mark.parametrize(("name", "value"), [("no_such_setting", 1), ("keep_words_days", 0), ("theme", "pink")])
def test_a_setting_that_is_none_is_refused(store: Store, name: str, value: object) -> None:
    before = store.settings()
    with pytest.raises(BadInput):
        store.put_setting(name, value)
    assert store.settings() == before
