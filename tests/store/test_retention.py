"""Old words go by rule; what was concluded from them stays and can still be explained by its quotes."""

from __future__ import annotations

import os
from datetime import timedelta

from gum_app.records import Disclosure, Skip
from gum_app.rules.revisions import fold
from gum_app.store.retention import ExpireReport, used_bytes
from gum_app.store.store import Store
from tests.builders import NOON, a_revision, an_observation, some_evidence
from tests.store.life import a_call, a_sighting, an_account, believe, see, see_pictures

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NO_LIMIT = 10**12


def test_old_words_go_and_conclusions_stay_with_their_quotes(store: Store) -> None:
    old, new = see(store, "parcel router", at=NOON), see(store, "parcel router", at=NOON + 9 * DAY)
    id_ = believe(store, (old, "parcel router"), (new, "parcel"))
    store.digest([old], sightings=[a_sighting(old)], revisions=[], at=NOON)
    before = store.proposition(id_)
    report = store.expire(at=NOON, words_before=NOON + DAY, thumbnails_before=NOON, max_bytes=NO_LIMIT)
    assert report == ExpireReport(observations=1)
    assert store.observation(old) is None
    assert store.sightings(["project:parcel-router"]) == {"project:parcel-router": []}
    after = store.proposition(id_)
    assert before is not None
    assert after is not None
    assert [(item.observation_id, item.quote) for item in after.evidence] == [(None, "parcel router"), (new, "parcel")]
    assert (after.text, after.confidence) == (before.text, before.confidence)
    assert store.integrity() == []


def test_letting_words_go_makes_no_belief_surer(store: Store) -> None:
    seen = see(store, "parcel router")
    quotes = tuple(
        some_evidence(quote, observation_id=seen, at=NOON + timedelta(seconds=second))
        for second, quote in enumerate(("parcel", "router", "parcel router"))
    )
    (id_,) = store.add_revisions([a_revision(evidence=quotes)])
    before = store.proposition(id_)
    store.expire(at=NOON, words_before=NOON + DAY, thumbnails_before=NOON, max_bytes=NO_LIMIT)
    after = store.proposition(id_)
    assert before is not None
    assert after is not None
    assert fold(after.revisions).confidence == before.confidence, "three quotes of one episode still count once"
    assert after.last_supported_at == before.last_supported_at
    assert store.integrity() == []


def test_pictures_go_before_words(store: Store) -> None:
    seen = see(store, "router")
    store.add_thumbnail(seen, NOON, b"jpeg")
    report = store.expire(at=NOON, words_before=NOON - DAY, thumbnails_before=NOON + DAY, max_bytes=NO_LIMIT)
    assert report == ExpireReport(thumbnails=1)
    assert store.thumbnail(seen) is None
    assert store.observation(seen) is not None


def test_pictures_that_waited_two_hours_go_and_their_episode_goes_on_by_its_words(store: Store) -> None:
    early, late = see_pictures(store, "early", at=NOON), see_pictures(store, "late", at=NOON + HOUR)
    report = store.expire(
        at=NOON + 2 * HOUR + SECOND, words_before=NOON - DAY, thumbnails_before=NOON, max_bytes=NO_LIMIT
    )
    assert report == ExpireReport(frames=1)
    assert [seen.id for seen in store.unobserved(limit=9)] == [late]
    assert [seen.id for seen, _ in store.unproposed(limit=9)] == [early]


def test_accounts_and_waiting_pictures_go_with_the_words(store: Store) -> None:
    told = see(store, "parcel")
    store.keep_account(an_account(told), told, NOON)
    see_pictures(store, "router", jpegs=(b"one", b"two"))
    report = store.expire(at=NOON, words_before=NOON + DAY, thumbnails_before=NOON, max_bytes=NO_LIMIT)
    assert report == ExpireReport(observations=2, frames=2, accounts=1)
    assert store.account(told) is None
    assert store.integrity() == []


def test_what_asking_the_model_cost_goes_after_ninety_days(store: Store) -> None:
    for day in (0, 1):
        store.add_call(a_call(at=NOON + day * DAY))
    report = store.expire(at=NOON + 90 * DAY + SECOND, words_before=NOON, thumbnails_before=NOON, max_bytes=NO_LIMIT)
    assert report == ExpireReport(calls=1)
    assert [call.at for call in store.calls()] == [NOON + DAY]


def test_with_too_little_room_pictures_that_wait_go_before_any_words(store: Store) -> None:
    for minute in range(60):
        see_pictures(store, "router", at=NOON + timedelta(minutes=minute), jpegs=[os.urandom(40_000)])
    limit = used_bytes(store._database) - 100_000
    report = store.expire(at=NOON + HOUR, words_before=NOON, thumbnails_before=NOON, max_bytes=limit)
    assert report == ExpireReport(frames=50)
    assert len(store.unobserved(limit=100)) == 10
    assert min(seen.started_at for seen in store.unobserved(limit=1)) == NOON + timedelta(minutes=50)


def test_old_skips_go(store: Store) -> None:
    for day in (0, 5):
        store.add_skip(Skip(started_at=NOON + day * DAY, ended_at=NOON + day * DAY, rule="paused"))
    assert store.expire(at=NOON, words_before=NOON + DAY, thumbnails_before=NOON, max_bytes=NO_LIMIT).skips == 1
    assert len(store.skips()) == 1


def test_with_too_little_room_the_oldest_go_first_and_the_file_shrinks(store: Store) -> None:
    for hour in range(200):
        seen = see(store, os.urandom(500).hex(), at=NOON + timedelta(hours=hour))
        store.add_thumbnail(seen, NOON, os.urandom(8000))
    store._database.empty_journal()
    before = store.sizes().file_bytes
    limit = used_bytes(store._database) // 2
    report = store.expire(at=NOON, words_before=NOON, thumbnails_before=NOON, max_bytes=limit)
    assert report.observations == report.thumbnails
    assert 100 <= report.observations <= 150
    assert used_bytes(store._database) <= limit
    assert store.sizes().file_bytes < 0.6 * before
    assert min(seen.started_at for seen in store.observations()) == NOON + timedelta(hours=report.observations)


def test_a_limit_that_cannot_be_met_ends_with_what_must_stay(store: Store) -> None:
    old = see(store, "router")
    going_on = store.open_observation(an_observation(text="router"))
    assert store.expire(at=NOON, words_before=NOON, thumbnails_before=NOON, max_bytes=1).observations == 1
    assert store.observation(old) is None
    assert store.observation(going_on) is not None


def test_where_nothing_is_old_nothing_is_written(store: Store) -> None:
    see_pictures(store, "router")
    store.add_call(a_call())
    before = store.sizes()
    assert store.expire(at=NOON, words_before=NOON, thumbnails_before=NOON, max_bytes=NO_LIMIT) == ExpireReport()
    assert store.sizes() == before, "a nightly job must not write to an idle disk"


def test_what_programs_asked_goes_with_old_words_and_that_they_asked_stays(store: Store) -> None:
    for at in (NOON, NOON + 9 * DAY):
        store.add_disclosure(Disclosure(client="claude", at=at, verb="context", question="router"))
    store.expire(at=NOON, words_before=NOON + DAY, thumbnails_before=NOON, max_bytes=NO_LIMIT)
    assert [each.question for each in store.disclosures()] == ["router", ""]


def test_what_programs_were_told_is_listed_for_as_long_as_was_set(store: Store) -> None:
    for day in range(3):
        store.add_disclosure(Disclosure(client="claude", at=NOON + day * DAY, verb="context"))
    store.expire(at=NOON, words_before=NOON, thumbnails_before=NOON, max_bytes=NO_LIMIT)
    assert len(store.disclosures()) == 3
    report = store.expire(
        at=NOON, words_before=NOON, thumbnails_before=NOON, told_before=NOON + 2 * DAY, max_bytes=NO_LIMIT
    )
    assert report.disclosures == 2
    assert [each.at for each in store.disclosures()] == [NOON + 2 * DAY]
