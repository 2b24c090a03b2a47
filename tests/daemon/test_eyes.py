"""Only what is new is read; what was not read does not count as seen."""

from __future__ import annotations

from gum_app.daemon.desk import MOST_WAITING
from gum_app.daemon.glance import Glimpse
from gum_app.daemon.looks import Episode
from gum_app.records import Rect
from gum_app.store.store import Store
from gum_app.world.hands import Picture
from tests.builders import NOON
from tests.daemon.watching import MONITOR, WHOLE, HeldReader, Watch, picture, read_lines, window
from tests.world.scripted_reader import ScriptedReader

PATCH = Rect(x=400, y=400, width=200, height=120)  # more tiles than a clock or a cursor changes
SHADES = ("black", "grey", "silver", "blue")


def front(watch: Watch) -> Episode:
    watch.hands.front = window()
    return watch.keeper.bring_to_front(window(), NOON, in_call=False)


def glimpse(watch: Watch, *patches: tuple[Rect, str]) -> Glimpse:
    shown = Picture(at=NOON, monitor=MONITOR, image=picture("white", *patches))
    return Glimpse(window(), watch.hands.surroundings(), (shown,))


def test_the_first_picture_is_read_whole_and_then_what_changed(store: Store) -> None:
    reader = ScriptedReader(*[read_lines("words")] * 2)
    watch = Watch(store, reader)
    episode = front(watch)
    for patches in ([], [], [(PATCH, "black")]):
        assert watch.eyes.take(glimpse(watch, *patches), episode)
    whole, part = reader.regions
    assert whole == WHOLE
    assert part.covers(PATCH)
    assert part.area < WHOLE.area / 4


def test_in_a_replay_each_picture_is_read_whole(store: Store) -> None:
    reader = ScriptedReader(*[read_lines("words")] * 2)
    watch = Watch(store, reader)
    watch.eyes._reads_whole = True
    episode = front(watch)
    for patches in ([], [(PATCH, "black")]):
        assert watch.eyes.take(glimpse(watch, *patches), episode)
    assert reader.regions == [WHOLE, WHOLE]


def test_a_page_that_is_not_kept_is_not_read_and_does_not_count_as_seen(store: Store) -> None:
    reader = ScriptedReader(read_lines("words"))
    watch = Watch(store, reader)
    episode = front(watch)
    episode.refused = True
    assert watch.eyes.take(glimpse(watch), episode)
    assert reader.regions == []
    episode.refused = False
    assert watch.eyes.take(glimpse(watch), episode)
    assert reader.regions == [WHOLE]


def test_a_picture_the_desk_did_not_take_is_still_new(store: Store) -> None:
    reader = HeldReader(*[read_lines("words")] * 20)
    watch = Watch(store, reader, in_line=False)
    assert watch.eyes.take(glimpse(watch), front(watch))
    reader.wait_until_it_reads()
    for number in range(MOST_WAITING):
        assert watch.eyes.take(glimpse(watch, (PATCH, SHADES[number])), an_episode())
    seen = watch.eyes._baselines.copy()
    assert not watch.eyes.take(glimpse(watch, (PATCH, "red")), an_episode())
    assert watch.eyes._baselines == seen
    assert watch.skipped() == ["the reader was busy"]
    reader.may_go_on.release(100)
    watch.desk.close()


def an_episode() -> Episode:
    return Episode(window=window(), started_at=NOON, ended_at=NOON)
