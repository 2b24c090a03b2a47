"""A recording lived through: like the live screen, and the same however often it is cut off."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from gum_app.clock import SetClock
from gum_app.daemon.choice import heed
from gum_app.daemon.gate import Gate
from gum_app.daemon.interpreter import Interpreter
from gum_app.daemon.mind import Mind
from gum_app.daemon.replay import replay
from gum_app.daemon.room import Room
from gum_app.daemon.thinker import Thinker
from gum_app.daemon.wishes import Wishes
from gum_app.errors import BadInput, RecordingBroken
from gum_app.paths import Home
from gum_app.store.listing import PropositionQuery
from gum_app.store.store import Store
from tests.builders import NOON, an_observation
from tests.daemon.days import Day, a_busy_day, a_troubled_day
from tests.daemon.watching import KEY
from tests.stories.lives import life_of


class Killed(BaseException):
    pass


class Mortal(SetClock):
    """A clock that kills the process, or asks it to quit, when it has been put so often."""

    def __init__(self, room: Room | None = None, *, dies_after: int | None = None) -> None:
        super().__init__(NOON)
        self.room = room
        self.puts = 0
        self.dies_after = dies_after

    def put(self, at: datetime) -> None:
        super().put(at)
        self.puts += 1
        if self.puts == self.dies_after:
            if self.room is not None:
                self.room.quitting.set()
            else:
                raise Killed


def live(home: Home, day: Day, clock: SetClock | None = None, room: Room | None = None) -> bool:
    """One process that replays: with a store of its own, which it closes whatever happens."""
    clock = clock or SetClock(NOON)
    room = room or Room(home=home, gate=Gate(needs_light=False), clock=clock)
    room.clock = clock
    room.open(KEY)
    store = room.open_store()
    try:
        thinker = Thinker(store, clock, person=Wishes(store).person, report=_raise, pen=room.pen)
        wishes, mind = Wishes(store), Mind(clock, store.add_call)
        interpreter = Interpreter(
            store,
            mind,
            clock,
            settings=wishes.settings,
            person=wishes.person,
            circumstances=room.circumstances,
            heed=lambda: heed(room, mind, wishes.settings),
            report=_raise,
            pen=room.pen,
            rules=wishes.rules,
        )
        return replay(room, clock, store, day.folder, day.reader, thinker, interpreter)
    finally:
        store.close()


def _raise(fault: Exception) -> None:
    raise fault


def opened(home: Home) -> Store:
    room = Room(home=home, gate=Gate(needs_light=False), clock=SetClock(NOON))
    room.open(KEY)
    return room.open_store()


@pytest.fixture
def lived(home: Home, day: Day) -> Iterator[Store]:
    assert live(home, day)
    store = opened(home)
    yield store
    store.close()


@pytest.fixture
def day(tmp_path: Path) -> Day:
    return a_busy_day(tmp_path / "day")


def test_a_day_is_lived_through(lived: Store, day: Day) -> None:
    titles = [seen.title for seen in lived.observations()][::-1]
    assert "report.odt — LibreOffice Writer" in titles
    assert "Team" in titles
    assert not {"Welcome", "secrets", "Tea — Mozilla Firefox"} & set(titles)
    assert {skip.rule for skip in lived.skips()} >= {
        "web banking",
        "password manager",
        "screen shared",
        "locked",
        "private window",
    }
    assert any("report.odt" in row.text for row in lived.propositions(PropositionQuery(), now=day.at))
    assert lived.undigested() == []
    assert lived.open_observations() == []
    assert lived.integrity() == []


def test_its_clock_stays_that_of_the_home(lived: Store, day: Day) -> None:
    assert lived.replayed_until() == day.at


def test_living_through_it_again_changes_nothing(home: Home, day: Day, lived: Store) -> None:
    before = life_of(lived)
    assert live(home, day)
    assert life_of(lived) == before


@pytest.mark.parametrize("every", [7, pytest.param(1, marks=pytest.mark.slow)])
def test_after_a_kill_at_any_event_it_goes_on_as_if_there_had_been_none(
    home: Home, day: Day, lived: Store, tmp_path: Path, every: int
) -> None:
    whole = life_of(lived)
    assert all((whole.seen, whole.noticed, whole.believed, whole.skipped))
    events = len((day.folder / "events.jsonl").read_text(encoding="utf-8").splitlines())
    for kill_at in range(2, events + 1, every):
        again = Home(tmp_path / f"killed at {kill_at}")
        again.prepare()
        with pytest.raises(Killed):
            live(again, day, Mortal(dies_after=kill_at))
        assert live(again, day)
        store = opened(again)
        assert life_of(store) == whole, f"killed at event {kill_at}"
        store.close()


def test_many_kills_are_no_worse_than_one(home: Home, day: Day, lived: Store, tmp_path: Path) -> None:
    again = Home(tmp_path / "again")
    again.prepare()
    chance = random.Random(7)
    for _ in range(12):
        try:
            live(again, day, Mortal(dies_after=chance.randint(3, 12)))
        except Killed:
            continue
        break
    assert live(again, day)
    store = opened(again)
    assert life_of(store) == life_of(lived)
    assert store.integrity() == []
    store.close()


def test_suggestions_are_the_same_however_often_it_is_killed(home: Home, tmp_path: Path) -> None:
    """Found, held back and counted, and one that is shown: nothing is lost and nothing counts twice."""
    day = a_troubled_day(tmp_path / "troubled")
    assert live(home, day, room=_impatient(home))
    store = opened(home)
    whole = life_of(store)
    kept = store.suggestions()
    assert {each.offer.kind for each in kept} == {"trouble"}
    assert any(each.shown_at is not None for each in kept)
    assert any(store.silences(each.id) for each in kept)
    store.close()
    events = len((day.folder / "events.jsonl").read_text(encoding="utf-8").splitlines())
    for kill_at in range(40, events + 1, 11):
        again = Home(tmp_path / f"killed at {kill_at}")
        again.prepare()
        with pytest.raises(Killed):
            live(again, day, Mortal(dies_after=kill_at), _impatient(again))
        assert live(again, day, room=_impatient(again))
        store = opened(again)
        assert life_of(store) == whole, f"killed at event {kill_at}"
        store.close()


def test_on_the_first_day_of_a_recording_it_only_watches(home: Home, tmp_path: Path) -> None:
    assert live(home, a_troubled_day(tmp_path / "troubled"))
    store = opened(home)
    kept = store.suggestions()[0]
    assert (kept.shown_at, [each.silence for each in store.silences(kept.id)]) == (None, ["first day"])
    store.close()


def _impatient(home: Home) -> Room:
    room = Room(home=home, gate=Gate(needs_light=False), clock=SetClock(NOON))
    room.skips_first_day = True
    return room


def test_it_stops_when_it_is_told_to_and_says_so(home: Home, day: Day, lived: Store, tmp_path: Path) -> None:
    again = Home(tmp_path / "again")
    again.prepare()
    room = Room(home=again, gate=Gate(needs_light=False), clock=SetClock(NOON))
    assert not live(again, day, Mortal(room, dies_after=9), room)
    assert live(again, day)
    store = opened(again)
    assert life_of(store) == life_of(lived)
    store.close()


def test_the_bookmark_holds_no_word_of_the_screen(home: Home, day: Day) -> None:
    with pytest.raises(Killed):
        live(home, day, Mortal(dies_after=10))
    store = opened(home)
    bookmark = store.bookmark()
    store.close()
    assert bookmark is not None
    assert json.loads(bookmark)["keeper"]["front"] is not None
    assert "report" not in bookmark
    assert "Team" not in bookmark


def test_a_home_that_has_watched_a_live_screen_is_refused(home: Home, day: Day) -> None:
    store = opened(home)
    store.close_observation(store.open_observation(an_observation()))
    store.close()
    with pytest.raises(BadInput, match="really seen: replay into another folder"):
        live(home, day)


def test_a_home_belongs_to_one_recording(home: Home, day: Day, lived: Store, tmp_path: Path) -> None:
    other = Day(tmp_path / "other").event("wake")
    with pytest.raises(BadInput, match="another recording"):
        live(home, other)


def test_a_folder_that_holds_no_recording_is_told(home: Home, tmp_path: Path) -> None:
    day = Day(tmp_path / "empty")
    with pytest.raises(RecordingBroken, match="give a folder that holds a recording"):
        live(home, day)
