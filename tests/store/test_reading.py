"""What windows read: the newest first, in spans, and nothing that needs the writer."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from gum_app.errors import HomeUnusable
from gum_app.records import ObservationId, PrivacyRule, PropositionId, Skip
from gum_app.rules.revisions import fold
from gum_app.settings import Settings
from gum_app.store.reading import ReadingStore
from gum_app.store.store import Store
from tests.builders import NOON
from tests.store.conftest import KEY
from tests.store.life import see

HOUR = timedelta(hours=1)


def test_a_change_by_the_writer_is_seen_as_another_version(store: Store, reading: ReadingStore) -> None:
    before = reading.version()
    assert reading.version() == before
    see(store, "router")
    assert reading.version() != before
    assert len(reading.observations()) == 1


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


def test_what_is_not_there_is_none(reading: ReadingStore) -> None:
    assert reading.observation(ObservationId(1)) is None
    assert reading.proposition(PropositionId(1)) is None
    assert reading.thumbnail(ObservationId(1)) is None
    assert reading.days() == []
    assert reading.feedback() == []


def test_settings_are_the_defaults_until_changed(store: Store, reading: ReadingStore) -> None:
    assert reading.settings() == Settings()
    store.put_setting("theme", "dark")
    store.put_setting("person_name", "Ångström “A”")
    assert reading.settings() == Settings(theme="dark", person_name="Ångström “A”")


def test_a_setting_of_another_version_is_left_alone(store: Store, reading: ReadingStore) -> None:
    store._database.run("INSERT INTO settings VALUES ('colour_of_the_moon', '\"blue\"')")
    assert reading.settings() == Settings()


def test_privacy_rules_come_in_the_order_they_were_added(store: Store, reading: ReadingStore) -> None:
    for name in ("zoo", "bank", "mail"):
        store.add_privacy_rule(PrivacyRule(name=name, app=name))
    store.remove_privacy_rule("bank")
    store.add_privacy_rule(PrivacyRule(name="zoo", title="zoo"))
    assert {rule.name: rule.title for rule in reading.privacy_rules()} == {"mail": None, "zoo": "zoo"}


def test_a_reader_cannot_write(reading: ReadingStore) -> None:
    with pytest.raises(HomeUnusable):
        reading._database.run("DELETE FROM observations")


def test_a_reader_does_not_hold_up_the_writer(store: Store, path: Path) -> None:
    see(store, "router")
    with ReadingStore(path, KEY) as reader:
        reader.observations(with_lines=True)
        assert store._database.empty_journal(), "no read may leave a transaction open"


def test_a_reader_needs_no_writer(store: Store, path: Path) -> None:
    seen = see(store, "router")
    store.close()
    for _ in range(2):
        with ReadingStore(path, KEY) as reader:
            assert [item.id for item in reader.observations()] == [seen]
    assert {file.stat().st_mode & 0o777 for file in path.parent.glob("gum.db*")} == {0o600}
    again = Store(path, KEY, fold=fold)
    see(again, "router")
    assert again.count_undigested() == 2
    again.close()


def test_the_tables_are_as_declared(reading: ReadingStore) -> None:
    assert reading.schema_faults() == []


def test_a_window_that_compares_no_meanings_does_not_load_what_that_takes() -> None:
    told = (
        "import sys, gum_app.store.reading, gum_app.store.hits; print({'numpy', 'snowballstemmer'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert ran.stdout == "set()\n"
