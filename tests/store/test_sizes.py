"""What is kept is counted, and how much a day adds."""

from __future__ import annotations

import os
from datetime import date, timedelta

from gum_app.records import Skip
from gum_app.store.reading import ReadingStore
from gum_app.store.store import Store
from tests.builders import NOON
from tests.store.life import a_call, a_sighting, an_account, believe, see, see_pictures


def test_an_empty_store(reading: ReadingStore) -> None:
    sizes = reading.sizes()
    assert (sizes.observations, sizes.propositions, sizes.oldest_at, sizes.day_bytes) == (0, 0, None, ())
    assert sizes.bytes_per_day == 0
    assert sizes.file_bytes + sizes.journal_bytes > 0


def test_every_kind_is_counted(store: Store, reading: ReadingStore) -> None:
    seen = see(store, "parcel router")
    believe(store, (seen, "parcel"), (seen, "router"))
    store.digest([seen], sightings=[a_sighting(seen)], revisions=[], at=NOON)
    store.add_skip(Skip(started_at=NOON, ended_at=NOON, rule="paused"))
    store.add_thumbnail(seen, NOON, b"jpeg")
    store.keep_account(an_account(seen), seen, NOON)
    store.add_call(a_call())
    sizes = reading.sizes()
    assert (sizes.observations, sizes.propositions, sizes.revisions, sizes.evidence) == (1, 1, 1, 2)
    assert (sizes.sightings, sizes.skips, sizes.thumbnails) == (1, 1, 1)
    assert (sizes.accounts, sizes.calls, sizes.frames) == (1, 1, 0)
    assert sizes.oldest_at == NOON


def test_accounts_count_to_a_day_and_pictures_that_are_soon_gone_do_not(store: Store, reading: ReadingStore) -> None:
    told = see(store)
    before = reading.sizes().bytes_per_day
    store.keep_account(an_account(told, "x" * 500, theirs=("y" * 300,)), told, NOON)
    see_pictures(store, title="", jpegs=[bytes(50_000), bytes(50_000)])
    sizes = reading.sizes()
    assert sizes.frames == 2
    assert 800 <= sizes.bytes_per_day - before < 900


def test_the_last_seven_days_tell_what_a_day_adds(store: Store, reading: ReadingStore) -> None:
    for day in (0, 20, 21, 22, 23, 24, 25, 26, 27):
        seen = see(store, "router", at=NOON + timedelta(days=day))
        if day == 27:
            store.add_thumbnail(seen, NOON, os.urandom(70_000))
    sizes = reading.sizes()
    assert [day for day, _ in sizes.day_bytes] == [
        date(2026, 3, 31 + n) if n < 1 else date(2026, 4, n) for n in range(7)
    ]
    assert sizes.day_bytes[-1][1] > 70_000
    assert 10_000 < sizes.bytes_per_day < 10_500
