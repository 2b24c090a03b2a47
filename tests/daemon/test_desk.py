"""Frames wait here in memory only; the reader reads one after the other, and its failures are no readings."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from gum_app.daemon.desk import FAILURES_BEFORE_TROUBLE, MOST_WAITING, Desk
from gum_app.daemon.looks import Episode, Frame, ReadFrame
from gum_app.errors import ReaderFailed
from gum_app.records import Monitor, Rect, Surroundings
from tests.builders import NOON, a_line, a_window
from tests.daemon.watching import MONITOR, WHOLE, HeldReader, picture, read_lines
from tests.desktop import PATIENCE_SECONDS, until
from tests.world.scripted_reader import ScriptedReader

OTHER_MONITOR = Monitor(index=1, rect=Rect(x=1000, y=0, width=1000, height=800))
TOP, BOTTOM = Rect(x=0, y=0, width=1000, height=100), Rect(x=0, y=400, width=1000, height=100)


def an_episode() -> Episode:
    return Episode(window=a_window(), started_at=NOON, ended_at=NOON)


def a_frame(episode: Episode, *regions: Rect, monitor: Monitor = MONITOR) -> Frame:
    return Frame(
        at=NOON,
        monitor=monitor,
        image=picture(),
        regions=regions or (WHOLE,),
        surroundings=Surroundings(foreground=episode.window),
        episode=episode,
    )


@pytest.fixture
def reader() -> HeldReader:
    return HeldReader()


@pytest.fixture
def desk(reader: HeldReader) -> Iterator[Desk]:
    desk = Desk(reader)
    yield desk
    reader.may_go_on.release(100)
    desk.close()


def busy(desk: Desk, reader: HeldReader) -> Episode:
    """The reader has begun with a frame of this episode, and is held up."""
    reader._answers += [read_lines("words")] * 50
    episode = an_episode()
    assert desk.put(a_frame(episode))
    reader.wait_until_it_reads()
    return episode


def all_read(desk: Desk, number: int) -> list[ReadFrame]:
    taken: list[ReadFrame] = []

    def enough() -> bool:
        taken.extend(desk.take())
        return len(taken) >= number

    until(enough, "the frames to be read")
    return taken


def test_looking_never_waits_on_reading(desk: Desk, reader: HeldReader) -> None:
    busy(desk, reader)
    assert desk.put(a_frame(an_episode()))
    assert desk.take() == []


def test_frames_come_out_in_the_order_they_went_in(desk: Desk, reader: HeldReader) -> None:
    episodes = [busy(desk, reader), an_episode(), an_episode()]
    for episode in episodes[1:]:
        assert desk.put(a_frame(episode))
    reader.may_go_on.release(100)
    assert [read.frame.episode for read in all_read(desk, 3)] == episodes
    assert [episode.reading for episode in episodes] == [1, 1, 1]


def test_a_full_desk_takes_no_more(desk: Desk, reader: HeldReader) -> None:
    busy(desk, reader)
    episodes = [an_episode() for _ in range(MOST_WAITING + 1)]
    assert [desk.put(a_frame(episode)) for episode in episodes] == [True] * MOST_WAITING + [False]
    assert episodes[-1].reading == 0


def test_a_newer_picture_of_the_same_thing_takes_the_place_of_one_that_waits(desk: Desk, reader: HeldReader) -> None:
    busy(desk, reader)
    episode = an_episode()
    newer = a_frame(episode, BOTTOM)
    assert desk.put(a_frame(episode, TOP))
    assert desk.put(newer)
    assert episode.reading == 1
    reader.may_go_on.release(100)
    _, read = all_read(desk, 2)
    assert read.frame.image is newer.image
    assert set(read.frame.regions) == {TOP, BOTTOM}


def test_what_overlaps_is_read_once(desk: Desk, reader: HeldReader) -> None:
    busy(desk, reader)
    episode = an_episode()
    assert desk.put(a_frame(episode, Rect(x=0, y=50, width=500, height=100)))
    assert desk.put(a_frame(episode, TOP))
    reader.may_go_on.release(100)
    assert all_read(desk, 2)[1].frame.regions == (Rect(x=0, y=0, width=1000, height=150),)


def test_pictures_of_two_monitors_are_two_pictures(desk: Desk, reader: HeldReader) -> None:
    busy(desk, reader)
    episode = an_episode()
    assert desk.put(a_frame(episode))
    assert desk.put(a_frame(episode, monitor=OTHER_MONITOR))
    assert episode.reading == 2


def test_an_older_picture_that_explains_one_in_between_stays(desk: Desk, reader: HeldReader) -> None:
    busy(desk, reader)
    first, second = an_episode(), an_episode()
    for episode in (first, second, first):
        assert desk.put(a_frame(episode))
    assert (first.reading, second.reading) == (2, 1)


def test_what_is_dropped_is_not_read(desk: Desk, reader: HeldReader) -> None:
    episode = busy(desk, reader)
    assert desk.put(a_frame(an_episode()))
    desk.drop()
    reader.may_go_on.release(100)
    (read,) = all_read(desk, 1)
    assert read.frame.episode is episode, "which had begun"
    assert len(reader.regions) == 1


def test_a_failure_is_no_reading_and_the_next_frame_is_read() -> None:
    desk = Desk(ScriptedReader(ReaderFailed("it broke"), read_lines("words")), in_line=True)
    desk.put(a_frame(an_episode()))
    desk.put(a_frame(an_episode()))
    failed, read = desk.take()
    assert failed.lines is None
    assert read.lines == read_lines("words")


def test_a_reader_that_fails_again_and_again_is_trouble_until_it_reads() -> None:
    failures = [ReaderFailed("The text reader crashed.")] * FAILURES_BEFORE_TROUBLE
    desk = Desk(ScriptedReader(*failures, read_lines("words")), in_line=True)
    for _ in failures:
        assert desk.trouble is None
        desk.put(a_frame(an_episode()))
    assert desk.trouble == "The text reader crashed."
    desk.put(a_frame(an_episode()))
    assert desk.trouble is None


def test_paragraphs_of_two_regions_are_never_one() -> None:
    desk = Desk(ScriptedReader((a_line("up", y=10, block=0),), (a_line("down", y=420, block=0),)), in_line=True)
    desk.put(a_frame(an_episode(), TOP, BOTTOM))
    (read,) = desk.take()
    assert read.lines is not None
    assert [(line.text, line.block) for line in read.lines] == [("up", 0), ("down", 1)]


def wait_for(happened: threading.Event) -> bool:
    return happened.wait(PATIENCE_SECONDS)


def test_after_a_while_without_frames_the_reader_gives_its_memory_back() -> None:
    reader = ScriptedReader(read_lines("words"))
    done = threading.Event()
    desk = Desk(reader, done=done.set, rest_seconds=0.01)
    until(lambda: reader.rests, "the reader to rest")
    desk.put(a_frame(an_episode()))
    assert wait_for(done), "and reads again"
    desk.close()


def test_closing_waits_for_the_frame_that_is_being_read_and_drops_the_others(reader: HeldReader) -> None:
    desk = Desk(reader)
    busy(desk, reader)
    desk.put(a_frame(an_episode()))
    closing = threading.Thread(target=desk.close)
    closing.start()
    assert reader.rests == 0, "two threads must not use one reader"
    reader.may_go_on.release(100)
    closing.join(PATIENCE_SECONDS)
    assert not closing.is_alive()
    assert len(reader.regions) == 1
    assert reader.rests == 1


def test_what_is_forgotten_is_not_remembered_by_the_reader_either() -> None:
    reader = ScriptedReader()
    desk = Desk(reader)
    try:
        desk.drop()
        until(lambda: reader.rests, "the reader to give up its memory")
    finally:
        desk.close()
