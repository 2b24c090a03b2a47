"""Bringing in a file: judged, in whole batches, nothing twice, and how it was stopped or killed does not matter."""

# ruff: noqa: F811 - fixtures are named where they are used

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gum_app.daemon import importer
from gum_app.daemon.importer import Importer, Progress, Tally
from gum_app.daemon.room import Room
from gum_app.errors import BadInput, GaveWay
from gum_app.records import Observation, PrivacyRule
from gum_app.rules import imports
from gum_app.store.store import ForgetScope, Store
from tests.brought import (
    WEEK_AT_THE_BANK,
    WEEK_EPISODES,
    a_bucket,
    a_calendar,
    a_gum_db,
    a_week_of_work,
    an_entry,
    an_event,
    an_export,
)
from tests.builders import NOON, an_observation
from tests.daemon.test_answers import room, store  # noqa: F401 - fixtures

DENTIST = an_entry("a", "Dentist", ":20260312T150000Z", "DTEND:20260312T160000Z")
LUNCH = an_entry("b", "Lunch with Mia", ":20260313T120000Z")

Bring = Callable[..., Tally]


@pytest.fixture
def bring(room: Room, store: Store) -> Bring:
    """Brings a file in, or only looks. Gives what was counted."""

    def bring(path: Path, *, look: bool = False) -> Tally:
        one = Importer(room, store, path, threading.Event(), lambda _progress: None)
        if look:
            one.look()
        else:
            one.run()
        return one.tally

    return bring


def seen(store: Store) -> list[Observation]:
    return [each for each in store.observations(limit=10_000, with_lines=True) if each.source == "import"]


def titles(store: Store) -> list[str]:
    return sorted(each.title for each in seen(store))


def test_it_is_kept_as_observations_with_what_is_not_fit_left_out(bring: Bring, store: Store, tmp_path: Path) -> None:
    tally = bring(a_week_of_work(tmp_path / "aw.json"))
    kept = seen(store)
    assert len(kept) == tally.new == WEEK_EPISODES
    assert {each.app for each in kept} == {"Code"}
    assert not any("lunch" in each.title or "Bank" in each.title for each in kept)
    assert sum(tally.left_out.values()) == WEEK_AT_THE_BANK, "each look at the bank"
    assert store.skips() == [], "else they would be listed again each time"
    assert [one.kept for one in store.imports()] == [tally.new]


def test_looking_tells_the_same_and_writes_nothing(bring: Bring, store: Store, tmp_path: Path) -> None:
    path = a_week_of_work(tmp_path / "aw.json")
    looked = bring(path, look=True).as_answer()
    assert (seen(store), store.imports()) == ([], [])
    assert bring(path).as_answer() == looked
    again = bring(path, look=True)
    assert (again.new, again.already) == (0, looked["new"])


def test_no_word_of_what_is_left_out_is_told(bring: Bring, tmp_path: Path) -> None:
    path = a_calendar(tmp_path / "a.ics", an_entry("a", "My biopsy with zanzibar", ":20260312T150000Z"))
    told = str(bring(path, look=True).as_answer())
    assert "biopsy" not in told and "zanzibar" not in told
    assert "'matter': 'health'" in told


def test_bringing_it_in_again_adds_nothing(bring: Bring, store: Store, tmp_path: Path) -> None:
    for path in (
        a_week_of_work(tmp_path / "aw.json"),
        a_gum_db(tmp_path / "gum.db", ["The user likes tea."]),
        a_calendar(tmp_path / "a.ics", DENTIST, LUNCH),
    ):
        first = bring(path)
        before = seen(store)
        again = bring(path)
        assert first.new > 0
        assert (again.new, again.changed, again.gone, again.already) == (0, 0, 0, first.new)
        assert seen(store) == before
    assert len(store.imports()) == 3


@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stops=st.lists(st.integers(1, 60), max_size=4), batch=st.integers(1, 30))
def test_stopped_again_and_again_it_ends_like_one_that_was_not(
    room: Room, store: Store, tmp_path: Path, stops: list[int], batch: int
) -> None:
    store.forget(ForgetScope(everything=True), at=NOON)  # what the last example left
    path = a_week_of_work(tmp_path / "aw.json")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(importer, "BATCH", batch)
        for most in stops:
            stop = threading.Event()
            one = Importer(room, store, path, stop, lambda _progress: None)
            write, done = one._write, [0]

            def counted(things: object, write=write, done=done, most=most, stop=stop) -> object:  # type: ignore[no-untyped-def]
                done[0] += 1
                if done[0] >= most:
                    stop.set()
                return write(things)

            patch.setattr(one, "_write", counted)
            try:
                one.run()
            except GaveWay:
                assert [each.ended_at for each in store.imports()][:1] in ([None], [NOON], [])
        Importer(room, store, path, threading.Event(), lambda _progress: None).run()
    starts = [(each.started_at, each.title) for each in seen(store)]
    assert len(starts) == len(set(starts)) == WEEK_EPISODES
    assert len(store.imports()) == 1


def test_what_changed_in_a_calendar_takes_the_place_of_what_it_was(bring: Bring, store: Store, tmp_path: Path) -> None:
    bring(a_calendar(tmp_path / "a.ics", DENTIST))
    moved = DENTIST.replace("20260312", "20260316")
    tally = bring(a_calendar(tmp_path / "a.ics", moved, LUNCH))
    assert (tally.new, tally.changed, tally.already) == (1, 1, 0)
    assert titles(store) == ["Dentist", "Lunch with Mia"]
    assert any("On 2026-03-16" in each.text for each in seen(store))


def test_an_older_version_changes_nothing(bring: Bring, store: Store, tmp_path: Path) -> None:
    newer = DENTIST.replace("20260312", "20260316").replace("END:VEVENT", "SEQUENCE:2\r\nEND:VEVENT")
    bring(a_calendar(tmp_path / "a.ics", newer))
    assert bring(a_calendar(tmp_path / "old.ics", DENTIST)).already == 1
    assert "On 2026-03-16" in seen(store)[0].text


def test_what_is_no_longer_in_the_file_or_in_the_span_is_not_taken_for_deleted(
    bring: Bring, room: Room, store: Store, tmp_path: Path
) -> None:
    """The reference reports each event that has become older than seven days as deleted."""
    bring(a_calendar(tmp_path / "a.ics", DENTIST, LUNCH))
    tally = bring(a_calendar(tmp_path / "a.ics", DENTIST))
    assert tally.gone == 0
    assert titles(store) == ["Dentist", "Lunch with Mia"]
    room.clock.put(NOON + timedelta(days=200))  # type: ignore[attr-defined]
    tally = bring(a_calendar(tmp_path / "a.ics", DENTIST, LUNCH))
    assert (tally.gone, sum(tally.left_out.values())) == (0, 2), "both lie before what is read"
    assert titles(store) == ["Dentist", "Lunch with Mia"]


def test_an_entry_that_is_still_ahead_is_seen_again_when_its_words_have_expired(
    bring: Bring, room: Room, store: Store, tmp_path: Path
) -> None:
    path = a_calendar(tmp_path / "a.ics", an_entry("a", "Standup", ":20260303T100000Z", "RRULE:FREQ=WEEKLY"))
    bring(path)
    later = NOON + timedelta(days=100)
    store.expire(at=later, words_before=later - timedelta(days=90), thumbnails_before=later, max_bytes=10**9)
    room.clock.put(later)  # type: ignore[attr-defined]
    assert (bring(path).new, bring(path).already) == (1, 1)
    assert titles(store) == ["Standup"]


def test_what_was_cancelled_goes(bring: Bring, store: Store, tmp_path: Path) -> None:
    bring(a_calendar(tmp_path / "a.ics", DENTIST, LUNCH))
    cancelled = DENTIST.replace("END:VEVENT", "STATUS:CANCELLED\r\nEND:VEVENT")
    assert bring(a_calendar(tmp_path / "a.ics", cancelled)).gone == 1
    assert titles(store) == ["Lunch with Mia"]


def test_what_a_new_rule_hides_goes_with_the_next_reading(bring: Bring, store: Store, tmp_path: Path) -> None:
    path = a_calendar(tmp_path / "a.ics", DENTIST, LUNCH)
    bring(path)
    store.add_privacy_rule(PrivacyRule(name="Mia", title="Mia"))
    tally = bring(path)
    assert (tally.gone, dict(tally.left_out)) == (1, {"Mia": 1})
    assert titles(store) == ["Dentist"]


def test_one_entry_in_two_calendars_is_one(bring: Bring, store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "calendars"
    folder.mkdir()
    a_calendar(folder / "home.ics", DENTIST, name="Home")
    a_calendar(folder / "work.ics", DENTIST.replace("Dentist", "Busy"), name="Work")
    tally = bring(folder)
    assert (tally.new, tally.already) == (1, 1)
    assert titles(store) == ["Dentist"]


def test_what_gum_app_watched_itself_is_not_counted_twice(bring: Bring, store: Store, tmp_path: Path) -> None:
    at = NOON - timedelta(hours=2)
    store.open_observation(
        an_observation(source="window", app="code", started_at=at, ended_at=at + timedelta(minutes=9))
    )
    events = [
        an_event(at + timedelta(minutes=5 * n), 300, app=app, title=app)
        for n, app in enumerate(("Code", "foot", "Vim"))
    ]
    tally = bring(an_export(tmp_path / "aw.json", a_bucket("currentwindow", events)))
    assert dict(tally.left_out) == {imports.SEEN_HERE: 2}
    assert titles(store) == ["Vim"]


def test_it_is_told_how_far_it_is(room: Room, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importer, "TOLD_EVERY_SECONDS", 0.0)
    told: list[Progress] = []
    Importer(room, store, a_week_of_work(tmp_path / "aw.json"), threading.Event(), told.append).run()
    assert told[-1].things > 0
    assert all(progress.done <= progress.of for progress in told)
    assert room.something_to_think_about.is_set() and room.routines_due.is_set()


def test_quitting_ends_it(room: Room, store: Store, tmp_path: Path) -> None:
    room.quitting.set()
    with pytest.raises(GaveWay):
        Importer(room, store, a_week_of_work(tmp_path / "aw.json"), threading.Event(), lambda _progress: None).run()


def test_what_gum_app_exported_is_for_another_verb(room: Room, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "export.jsonl"
    path.write_text('{"gum_export": 1}\n')
    with pytest.raises(BadInput, match="gum-app itself"):
        Importer(room, store, path, threading.Event(), lambda _progress: None)
