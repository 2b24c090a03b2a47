"""What was brought in: known by its fingerprint when it comes again, counted once, and forgotten as a whole."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from gum_app.records import Imported, ImportId, Observation, ObservationId, Ruling
from gum_app.store.store import ForgetScope, Store
from tests.builders import NOON, a_revision, an_observation, some_evidence, some_lines
from tests.store.life import a_sighting
from tests.store.pages import decrypted

KEY = bytes(range(32))


def a_thing(name: str = "one", text: str = "Dentist", **more: Any) -> Imported:
    seen = an_observation(source="import", app="Calendar", title=text, text=f"{text}\nzanzibar {name}", **more)
    return Imported(fingerprint=name, content=text, version=0, observation=seen)


def bring(store: Store, *things: Imported, name: str = "work.ics") -> ImportId:
    id_ = store.begin_import("calendar", name, NOON)
    for thing in things:
        store.add_imported(id_, thing, NOON)
    store.end_import(id_, left_out=2, at=NOON)
    return id_


def only(store: Store) -> Observation:
    (seen,) = store.observations(with_lines=True)
    return seen


def believe(store: Store, id_: ObservationId, text: str = "Has a dentist ahead.") -> None:
    seen = store.observation(id_)
    assert seen is not None
    evidence = some_evidence("Dentist", observation_id=id_, app=seen.app, at=seen.ended_at)
    store.digest([id_], sightings=[a_sighting(id_)], revisions=[a_revision(text=text, evidence=(evidence,))], at=NOON)


def test_it_is_listed_what_when_and_how_many(store: Store) -> None:
    first = bring(store, a_thing("one"), a_thing("two"))
    second = bring(store, a_thing("three"), name="home.ics")
    newest, older = store.imports()
    assert (newest.id, newest.kept, newest.name) == (second, 1, "home.ics")
    assert (older.id, older.kind, older.kept, older.left_out, older.ended_at) == (first, "calendar", 2, 2, NOON)


def test_it_waits_for_the_rules_and_for_no_model(store: Store) -> None:
    bring(store, a_thing())
    assert [seen.source for seen in store.undigested()] == ["import"]
    assert store.unproposed(limit=10, waiting_since=None) == []
    assert store.count_waiting_for_model() == 0


def test_one_that_brought_nothing_is_not_listed(store: Store) -> None:
    bring(store)
    assert store.imports() == []


def test_one_that_was_stopped_goes_on_under_its_number(store: Store) -> None:
    stopped = store.begin_import("calendar", "work.ics", NOON)
    store.add_imported(stopped, a_thing(), NOON)
    assert store.imports()[0].ended_at is None
    assert bring(store, a_thing("two")) == stopped
    assert [(one.kept, one.ended_at) for one in store.imports()] == [(2, NOON)]


def test_what_came_before_is_known(store: Store) -> None:
    bring(store, a_thing("one"))
    known = store.known_imported(["one", "two"])
    assert set(known) == {"one"}
    assert (known["one"].content, known["one"].observation_id) == ("Dentist", only(store).id)


def test_a_change_takes_the_place_of_the_words_and_is_thought_about_anew(store: Store) -> None:
    id_ = bring(store, a_thing())
    old = only(store).id
    believe(store, old)
    again = store.begin_import("calendar", "later.ics", NOON)
    store.change_imported(again, old, a_thing(text="Dentist moved"), NOON)
    seen = only(store)
    assert (seen.id, seen.title) == (old, "Dentist moved")
    assert [each.id for each in store.undigested()] == [old]
    store.digest([old], sightings=(), revisions=(), at=NOON)
    assert [(one.id, one.kept) for one in store.imports()] == [(again, 1), (id_, 0)], "it belongs to the later one"


def test_rulings_belong_to_what_came(store: Store) -> None:
    thing = a_thing()
    ruling = Ruling(matter="health", keeping="without detail", rule="its title")
    bring(store, Imported(**{**vars(thing), "rulings": (ruling,)}))
    assert [(tally.matter, tally.count) for tally in store.tallies()] == [("health", 1)]


def test_an_import_is_forgotten_as_a_whole_and_leaves_no_trace(store: Store, path: Path) -> None:
    gone, stays = bring(store, a_thing("one"), a_thing("two")), bring(store, a_thing("three"), name="home.ics")
    believe(store, store.observations()[-1].id)
    going = store.preview_forget(ForgetScope(import_id=gone))
    report = store.forget(ForgetScope(import_id=gone), at=NOON)
    assert report == going
    assert (report.observations, report.propositions, report.sightings) == (2, 1, 1)
    assert [one.id for one in store.imports()] == [stays]
    assert store.known_imported(["one", "two"]) == {}
    assert b"zanzibar one" not in decrypted(path, KEY)
    assert store.integrity() == []


def test_forgetting_in_another_way_takes_the_fingerprints_too(store: Store) -> None:
    bring(store, a_thing("one"))
    store.forget(ForgetScope(app="calendar"), at=NOON)
    assert (store.imports(), store.known_imported(["one"])) == ([], {})
    bring(store, a_thing("one"), a_thing("two"))
    store.discard_observation(store.observations()[0].id)
    assert [one.kept for one in store.imports()] == [1]
    store.forget(ForgetScope(everything=True), at=NOON)
    assert store.imports() == []
    assert store._database.value("SELECT count(*) FROM imported") == 0


def test_what_has_expired_is_still_known_and_goes_with_its_import(store: Store) -> None:
    """Else it would be counted once more each time the file is brought in."""
    id_ = bring(store, a_thing("one"))
    believe(store, only(store).id)
    later = NOON + timedelta(days=100)
    store.expire(at=later, words_before=later - timedelta(days=90), thumbnails_before=later, max_bytes=10**9)
    assert store.observations() == []
    assert store.known_imported(["one"])["one"].observation_id is None
    assert [one.kept for one in store.imports()] == [0]
    report = store.forget(ForgetScope(import_id=id_), at=later)
    assert (report.propositions, report.evidence) == (1, 1), "with what was concluded from it"
    assert store.known_imported(["one"]) == {}
    assert store.integrity() == []


def test_when_something_was_watched_here(store: Store) -> None:
    bring(store, a_thing())
    for minutes in (10, 0):
        at = NOON + timedelta(minutes=minutes)
        store.open_observation(
            an_observation(source="window", started_at=at, ended_at=at + timedelta(minutes=5), lines=some_lines("a"))
        )
    assert store.watched(NOON, NOON + timedelta(minutes=4)) == [(NOON, NOON + timedelta(minutes=5))]
    assert len(store.watched(NOON - timedelta(hours=1), NOON + timedelta(hours=1))) == 2
