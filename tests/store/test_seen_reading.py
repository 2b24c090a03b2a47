"""Reading of what was seen: newest first, by span and app, words only when asked for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from gum_app.records import Skip
from gum_app.store.reading import ReadingStore
from gum_app.store.store import Store
from tests.builders import NOON
from tests.store.life import see

HOUR = timedelta(hours=1)


def test_the_newest_come_first_and_pages_join(store: Store, reading: ReadingStore) -> None:
    ids = [see(store, at=NOON + number * HOUR) for number in range(5)]
    assert [seen.id for seen in reading.observations()] == ids[::-1]
    assert [seen.id for seen in reading.observations(limit=2, offset=2)] == [ids[2], ids[1]]


def test_a_span_takes_what_overlaps_it(store: Store, reading: ReadingStore) -> None:
    see(store, started_at=NOON, ended_at=NOON + HOUR)

    def found(since: float, until: float) -> int:
        return len(reading.observations(since=NOON + since * HOUR, until=NOON + until * HOUR))

    assert found(0.4, 0.5) == found(-1, 0) == found(1, 2) == 1
    assert found(-2, -1) == found(1.1, 2) == 0


def test_words_are_read_only_when_asked_for(store: Store, reading: ReadingStore) -> None:
    see(store, "router")
    assert reading.observations()[0].text == ""
    assert reading.observations(with_lines=True)[0].text == "router"


def test_an_app_is_found_whatever_its_capitals(store: Store, reading: ReadingStore) -> None:
    see(store, app="Firefox")
    see(store, app="xterm")
    assert [seen.app for seen in reading.observations(app="firefox")] == ["Firefox"]


def test_days_are_those_of_the_wall_clock(store: Store, reading: ReadingStore) -> None:
    tokyo = timezone(timedelta(hours=9))
    see(store, at=datetime(2026, 3, 11, 1, tzinfo=tokyo))  # 10 March in Greenwich
    see(store, started_at=datetime(2026, 2, 1, 23, tzinfo=UTC), ended_at=datetime(2026, 2, 3, 1, tzinfo=UTC))
    assert reading.days() == [date(2026, 3, 11), date(2026, 2, 3), date(2026, 2, 2), date(2026, 2, 1)]


def test_skips_come_newest_first(store: Store, reading: ReadingStore) -> None:
    for number, rule in enumerate(("paused", "private window", "locked")):
        at = NOON + number * HOUR
        store.add_skip(Skip(started_at=at, ended_at=at, rule=rule))
    assert [skip.rule for skip in reading.skips(since=NOON + HOUR)] == ["locked", "private window"]
    assert [skip.rule for skip in reading.skips(limit=1)] == ["locked"]
