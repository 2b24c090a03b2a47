"""Exports of ActivityWatch, as its server writes them and as they may be broken."""

from __future__ import annotations

import json
import tracemalloc
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gum_app.errors import BadInput, GaveWay
from gum_app.world import import_activitywatch
from gum_app.world.import_activitywatch import (
    NOT_ACTIVITYWATCH,
    OTHER_BUCKET,
    UNREADABLE,
    ActivityWatchExport,
)
from gum_app.world.imports import Aside, MachineLog, Span, TabEvent, WindowEvent
from tests.brought import a_bucket, an_event, an_export, everything
from tests.builders import NOON


def log_of(path: Path) -> tuple[list[WindowEvent], list[TabEvent], list[Span] | None]:
    """Of the only machine in it, read while it is open."""
    for thing in ActivityWatchExport(path).things(lambda _done, _of: None):
        if isinstance(thing, MachineLog):
            there = None if thing.presence is None else list(thing.presence)
            return list(thing.windows), list(thing.tabs), there
    raise AssertionError("there is no log in it")


def windows(count: int, *, seconds: float = 10) -> list[dict[str, Any]]:
    return [an_event(NOON + timedelta(seconds=10 * n), seconds, app="foot", title=f"{n}") for n in range(count)]


@pytest.mark.parametrize("block", [1, 3, 1000])
def test_events_come_oldest_first_whatever_way_they_stand(
    tmp_path: Path, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_activitywatch, "BLOCK", block)
    events = windows(10)
    for order in (events, events[::-1], events[5:] + events[:5]):
        bucket = a_bucket("currentwindow", []) | {"events": order}
        found, _, there = log_of(an_export(tmp_path / "aw.json", bucket))
        assert [event.title for event in found] == [str(n) for n in range(10)]
        assert there is None, "nobody counted when somebody was there"
    assert found[0].started_at == NOON and found[0].ended_at == NOON + timedelta(seconds=10)


def test_windows_tabs_and_presence_of_each_machine(tmp_path: Path) -> None:
    path = an_export(
        tmp_path / "aw.json",
        a_bucket("currentwindow", windows(2)),
        a_bucket("currentwindow", windows(3), host="desktop"),
        a_bucket("afkstatus", [an_event(NOON, 60, status="not-afk"), an_event(NOON, 90, status="afk")]),
        a_bucket(
            "web.tab.current",
            [
                an_event(NOON, 5, url="https://example.org/a", title="A", incognito=False, audible=False),
                an_event(NOON, 5, url="https://example.org/b", title="B", incognito=True),
                an_event(NOON, 5, url="https://example.org/c", title="C"),
            ],
            client="aw-watcher-web-firefox",
        ),
        a_bucket("app.editor.activity", [an_event(NOON, 5, file="a.py")]),
    )
    counted = {}
    asides = []
    for thing in ActivityWatchExport(path).things(lambda _done, _of: None):
        if isinstance(thing, MachineLog):
            tabs, there = list(thing.tabs), None if thing.presence is None else list(thing.presence)
            counted[thing.host] = (len(list(thing.windows)), tabs, there)
        else:
            asides.append(thing)
    assert counted["desktop"] == (3, [], None)
    number, tabs, there = counted["laptop"]
    assert (number, there) == (2, [Span(NOON, NOON + timedelta(minutes=1))])
    assert {tab.title: tab.private for tab in tabs} == {"A": False, "B": True, "C": True}, "unknown is private"
    assert {tab.browser for tab in tabs} == {"firefox"}
    assert asides == [Aside(OTHER_BUCKET, 1)]


def test_a_bucket_that_was_exported_alone(tmp_path: Path) -> None:
    path = tmp_path / "bucket.json"
    path.write_text(json.dumps(a_bucket("currentwindow", windows(4))))
    assert len(log_of(path)[0]) == 4


def test_times_are_those_of_this_computer_and_of_any_precision(tmp_path: Path) -> None:
    event = {"timestamp": "2026-03-10T12:00:00.123456789Z", "duration": 1, "data": {"app": "foot", "title": "x"}}
    path = an_export(tmp_path / "aw.json", a_bucket("currentwindow", [event]))
    assert log_of(path)[0][0].started_at == datetime.fromisoformat("2026-03-10T12:00:00.123456+00:00")


def test_events_that_are_not_whole_are_counted_and_left_aside(tmp_path: Path) -> None:
    good = windows(1)[0]
    odd = [
        good,
        7,
        {},
        good | {"timestamp": "yesterday"},
        good | {"duration": -1},
        good | {"duration": 10**12},
        good | {"duration": "long"},
        good | {"data": []},
    ]
    bucket = a_bucket("currentwindow", []) | {"events": odd}
    path = an_export(tmp_path / "aw.json", bucket)
    assert len(log_of(path)[0]) == 1
    assert Aside(UNREADABLE, 7) in everything(ActivityWatchExport(path))


def test_text_is_one_line_of_a_bounded_length(tmp_path: Path) -> None:
    event = an_event(NOON, 1, app="foot", title="a\nb\x00\ud800" + "c" * 10_000)
    found, _, _ = log_of(an_export(tmp_path / "aw.json", a_bucket("currentwindow", [event])))
    assert found[0].title.startswith("a b c") and len(found[0].title) == 500
    found[0].title.encode()


@pytest.mark.parametrize("text", ["{}", '{"buckets": {}}', '{"buckets": []}', '{"events": []}', '{"a": {"b": 1}}'])
def test_other_json_is_not_taken_for_one(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(text)
    with pytest.raises(BadInput, match="no export of ActivityWatch"):
        everything(ActivityWatchExport(path))
    assert NOT_ACTIVITYWATCH.endswith(".")


def test_one_that_was_cut_off_is_told(tmp_path: Path) -> None:
    path = an_export(tmp_path / "aw.json", a_bucket("currentwindow", windows(50)))
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(BadInput, match="not whole"):
        everything(ActivityWatchExport(path))


def test_too_many_without_any_order_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_activitywatch, "MOST_UNORDERED", 3)
    events = windows(6)
    bucket = a_bucket("currentwindow", []) | {"events": events[3:] + events[:3]}
    with pytest.raises(BadInput, match="no order"):
        log_of(an_export(tmp_path / "aw.json", bucket))


def test_it_is_told_how_far_it_is_and_can_be_stopped(tmp_path: Path) -> None:
    path = an_export(tmp_path / "aw.json", a_bucket("currentwindow", windows(2500)))
    told: list[tuple[int, int]] = []
    for thing in ActivityWatchExport(path).things(lambda done, of: told.append((done, of))):
        assert isinstance(thing, MachineLog)
        list(thing.windows)
    assert told == sorted(told) and told[-1][0] == told[-1][1] > 0

    def stop(_done: int, _of: int) -> None:
        raise GaveWay("Stopped.")

    with pytest.raises(GaveWay):
        list(ActivityWatchExport(path).things(stop))


def test_many_events_take_no_more_memory_than_few(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        path = an_export(tmp_path / f"{count}.json", a_bucket("currentwindow", windows(count)))
        tracemalloc.start()
        for thing in ActivityWatchExport(path).things(lambda _done, _of: None):
            assert isinstance(thing, MachineLog)
            assert sum(1 for _ in thing.windows) == count
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(1_500)  # whatever is loaded once
    assert peak(6_000) < 1.2 * peak(2_000) + 200_000


def test_more_buckets_than_files_can_be_open_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "aw.json"
    path.write_text(json.dumps({"buckets": {str(number): {"type": "currentwindow"} for number in range(2_000)}}))
    with pytest.raises(BadInput, match="more than 300 buckets"):
        everything(ActivityWatchExport(path))
