"""What windows read: the newest first, in spans, and nothing that needs the writer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from gum_app.errors import HomeUnusable
from gum_app.records import ObservationId, PrivacyRule, PropositionId
from gum_app.rules.revisions import fold
from gum_app.settings import Settings
from gum_app.store.reading import ReadingStore
from gum_app.store.store import Store
from tests.store.conftest import KEY
from tests.store.life import see


def test_a_change_by_the_writer_is_seen_as_another_version(store: Store, reading: ReadingStore) -> None:
    before = reading.version()
    assert reading.version() == before
    see(store, "router")
    assert reading.version() != before
    assert len(reading.observations()) == 1


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
