"""Each episode is looked at once and concluded from once, in that order, and pictures stay no longer than they must."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from gum_app.records import ObservationId, Source
from gum_app.store import waiting
from gum_app.store.reading import MAX_ATTEMPTS, ReadingStore
from gum_app.store.store import ForgetScope, ForgottenMeanwhile, Store
from tests.builders import NOON, a_line, an_observation
from tests.store.life import a_call, a_frame, a_sighting, an_account, see, see_pictures

MINUTE = timedelta(minutes=1)


def to_look_at(store: Store) -> list[ObservationId]:
    return [seen.id for seen in store.unobserved(limit=1000)]


def to_conclude_from(store: Store) -> list[ObservationId]:
    return [seen.id for seen, _ in store.unproposed(limit=1000)]


# Pictures


def test_later_pictures_take_the_place_of_the_first_and_come_in_the_order_they_were_taken(store: Store) -> None:
    id_ = see_pictures(store, jpegs=(b"one", b"two"))
    store.put_frames(id_, [a_frame(id_, b"late", at=NOON + MINUTE), a_frame(id_, b"early")])
    assert [frame.jpeg for frame in store.frames_of(id_)] == [b"early", b"late"]
    store.put_frames(id_, [])
    assert store.frames_of(id_) == []


def test_more_than_three_pictures_or_those_of_another_episode_are_a_fault_of_ours(store: Store) -> None:
    id_ = see_pictures(store, jpegs=(b"kept",))
    for frames in ([a_frame(id_)] * 4, [a_frame(id_), a_frame(ObservationId(99))]):
        with pytest.raises(ValueError, match="pictures"):
            store.put_frames(id_, frames)
    assert [frame.jpeg for frame in store.frames_of(id_)] == [b"kept"]


def test_a_forgotten_episode_takes_no_pictures(store: Store) -> None:
    id_ = see(store)
    store.forget(ForgetScope(since=NOON), at=NOON)
    with pytest.raises(ForgottenMeanwhile):
        store.put_frames(id_, [a_frame(id_)])


def test_no_picture_is_kept_that_nobody_is_to_look_at(store: Store) -> None:
    observed, proposed = see(store, "observed"), see(store, "proposed")
    store.keep_account(None, observed, NOON)
    store.mark_proposed([proposed], NOON)
    for id_ in (observed, proposed):
        store.put_frames(id_, [a_frame(id_)])
        assert store.frames_of(id_) == []


def test_pictures_go_by_their_age(store: Store) -> None:
    early, late = see_pictures(store, at=NOON), see_pictures(store, at=NOON + MINUTE)
    assert store.drop_frames(before=NOON + MINUTE) == 1
    assert (store.frames_of(early), len(store.frames_of(late))) == ([], 1)


# What is next


def test_what_has_pictures_is_looked_at_first_the_oldest_before_the_others(store: Store) -> None:
    later, earlier = see_pictures(store, "later", at=NOON + MINUTE), see_pictures(store, "earlier")
    words_only = see(store, "words", at=NOON + 2 * MINUTE)
    assert to_look_at(store) == [earlier, later]
    assert [seen.text for seen in store.unobserved(limit=1)] == ["earlier"]
    assert to_conclude_from(store) == [words_only], "nothing to wait for"
    store.keep_account(an_account(later), later, NOON)
    assert [(seen.id, account) for seen, account in store.unproposed(limit=9)] == [
        (later, an_account(later)),
        (words_only, None),
    ]


def test_an_open_episode_is_neither_looked_at_nor_concluded_from(store: Store) -> None:
    id_ = store.open_observation(an_observation(text="router"))
    store.put_frames(id_, [a_frame(id_)])
    assert (to_look_at(store), to_conclude_from(store), store.count_waiting_for_model()) == ([], [], 0)
    store.close_observation(id_)
    assert (to_look_at(store), to_conclude_from(store), store.count_waiting_for_model()) == ([id_], [], 1)


@pytest.mark.parametrize("source", ["notification", "note", "import"])
def test_only_what_was_on_a_screen_is_looked_at(store: Store, source: Source) -> None:
    id_ = see_pictures(store, source=source)
    assert (to_look_at(store), to_conclude_from(store)) == ([], [id_])


def test_what_the_rules_think_of_an_episode_does_not_matter(store: Store) -> None:
    id_ = see_pictures(store)
    store.digest([id_], sightings=[a_sighting(id_)], revisions=[], at=NOON)
    assert to_look_at(store) == [id_]
    store.keep_account(None, id_, NOON)
    assert to_conclude_from(store) == [id_]
    store.mark_proposed([id_], NOON)
    assert store.count_undigested() == 0


def test_only_those_that_wait_long_enough_can_be_asked_for(store: Store) -> None:
    first, _ = see(store, at=NOON), see(store, at=NOON + MINUTE)
    assert [seen.id for seen, _ in store.unproposed(limit=9, waiting_since=NOON)] == [first]


def test_what_cannot_be_looked_at_goes_on_by_its_words(store: Store) -> None:
    id_ = see_pictures(store, "router")
    for _ in range(MAX_ATTEMPTS):
        assert (to_look_at(store), to_conclude_from(store)) == ([id_], [])
        store.note_failed_observe([id_])
    assert (to_look_at(store), to_conclude_from(store)) == ([], [id_])
    store.mark_proposed([id_], NOON)
    assert store.frames_of(id_) == [], "nobody waits for them any more"


def test_what_cannot_be_concluded_from_is_set_aside(store: Store, reading: ReadingStore) -> None:
    hard, easy = see(store, "hard"), see(store, "easy")
    for _ in range(MAX_ATTEMPTS):
        store.note_failed_propose([hard])
    assert to_conclude_from(store) == [easy]
    assert (reading.count_waiting_for_model(), reading.set_aside_by_model()) == (1, 1)
    assert (store.failed_proposes([easy]), store.failed_proposes([easy, hard])) == (0, MAX_ATTEMPTS)
    assert store.try_again() == 1
    assert to_conclude_from(store) == [hard, easy]
    assert (store.failed_proposes([hard]), reading.set_aside_by_model()) == (0, 0)


def test_whether_there_is_anything_to_look_at_is_known_without_reading_it(store: Store) -> None:
    assert not store.is_one_to_look_at()
    id_ = see_pictures(store)
    assert store.is_one_to_look_at()
    for _ in range(MAX_ATTEMPTS):
        store.note_failed_observe([id_])
    assert store.failed_observes([id_]) == MAX_ATTEMPTS
    assert not store.is_one_to_look_at()


def test_an_episode_that_grows_is_thought_about_by_rules_anew_and_costs_no_second_look(store: Store) -> None:
    id_ = see_pictures(store, "parcel")
    store.digest([id_], sightings=[], revisions=[], at=NOON)
    store.keep_account(an_account(id_), id_, NOON)
    store.mark_proposed([id_], NOON)
    store.extend_observation(id_, ended_at=NOON + MINUTE, active_seconds=90, lines=[a_line("router", y=90)])
    store.put_frames(id_, [a_frame(id_)])
    store.close_observation(id_)
    assert store.count_undigested() == 1
    assert (to_look_at(store), to_conclude_from(store), store.frames_of(id_)) == ([], [], [])
    assert store.account(id_) == an_account(id_)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_each_closed_episode_waits_for_one_thing_or_is_done(store: Store, seed: int) -> None:
    chance = random.Random(seed)
    sources: tuple[Source, ...] = ("screen", "window", "note")
    ids = [
        store.open_observation(
            an_observation(text="router", source=chance.choice(sources), started_at=NOON + n * MINUTE)
        )
        for n in range(12)
    ]
    for _ in range(150):
        id_ = chance.choice(ids)
        deed = chance.choice(("pictures", "close", "grow", "look", "fail to look", "conclude", "fail", "age"))
        do(store, deed, id_, chance)
        look, conclude = to_look_at(store), to_conclude_from(store)
        assert set(look).isdisjoint(conclude)
        assert len(look) + len(conclude) == store.count_waiting_for_model()
        done = store._database.value("SELECT count(*) FROM observations WHERE NOT is_open AND proposed_at IS NOT NULL")
        closed = store._database.value("SELECT count(*) FROM observations WHERE NOT is_open")
        assert closed == done + store.count_waiting_for_model() + store.set_aside_by_model()
    assert store.integrity() == []


def do(store: Store, deed: str, id_: ObservationId, chance: random.Random) -> None:
    """One step of the daemon, as far as it is called for."""
    match deed:
        case "pictures":
            store.put_frames(id_, [a_frame(id_, at=NOON + chance.randrange(9) * MINUTE)] * chance.randint(0, 3))
        case "close":
            store.close_observation(id_)
        case "grow":
            store.extend_observation(
                id_, ended_at=NOON, active_seconds=1, lines=[a_line("more", y=chance.randrange(9000))]
            )
        case "look" if id_ in to_look_at(store):
            store.keep_account(chance.choice((an_account(id_), None)), id_, NOON)
        case "fail to look" if id_ in to_look_at(store):
            store.note_failed_observe([id_])
        case "conclude" if id_ in to_conclude_from(store):
            store.mark_proposed([id_], NOON)
        case "fail" if id_ in to_conclude_from(store):
            store.note_failed_propose([id_])
        case "age":
            store.drop_frames(before=NOON + chance.randrange(9) * MINUTE)


@pytest.mark.parametrize(
    ("condition", "index"),
    [
        (f"NOT is_open AND {waiting.TO_OBSERVE}", "frames_by_observation"),
        (f"{waiting.UNPROPOSED} AND propose_attempts < 3 AND NOT {waiting.TO_OBSERVE}", "observations_unproposed"),
    ],
)
def test_what_is_next_is_found_without_reading_all_that_is_kept(store: Store, condition: str, index: str) -> None:
    plan = store._database.all(
        f"EXPLAIN QUERY PLAN SELECT * FROM observations WHERE {condition} ORDER BY started_at, id LIMIT 1",
        {"max_attempts": MAX_ATTEMPTS},
    )
    told = " ".join(row["detail"] for row in plan)
    assert index in told
    assert "SCAN observations" not in told.replace("SCAN observations USING INDEX observations_unproposed", "")


# What was told and what it cost


def test_accounts_are_found_by_their_episodes(store: Store, reading: ReadingStore) -> None:
    told, silent, untouched = see(store, "told"), see(store, "silent"), see(store, "untouched")
    store.keep_account(an_account(told), told, NOON)
    store.keep_account(None, silent, NOON)
    assert reading.accounts([untouched, told, silent]) == {told: an_account(told)}
    assert (reading.account(told), reading.account(silent)) == (an_account(told), None)
    assert reading.accounts([]) == {}


def test_an_account_of_another_episode_is_a_fault_of_ours(store: Store) -> None:
    id_ = see_pictures(store)
    with pytest.raises(ValueError, match="an account of episode 99"):
        store.keep_account(an_account(ObservationId(99)), id_, NOON)
    assert to_look_at(store) == [id_]


def test_calls_come_newest_first_for_windows_and_oldest_first_for_a_budget(store: Store, reading: ReadingStore) -> None:
    calls = [a_call(f"step {number}", at=NOON + number * MINUTE) for number in range(4)]
    for call in calls:
        store.add_call(call)
    assert reading.calls(limit=2) == [calls[3], calls[2]]
    assert reading.calls_since(NOON + 2 * MINUTE) == calls[2:]
