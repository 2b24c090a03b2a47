"""A recording as hands: what it tells, in order, and one sentence for each way it can be broken."""

from __future__ import annotations

import json
import struct
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from gum_app.clock import SetClock
from gum_app.errors import RecordingBroken
from gum_app.records import Rect
from gum_app.world.hands import Active, Ended, Happening, Noted, Notified, Shown, StateChanged, WindowChanged
from gum_app.world.recording import RecordedHands, read_events

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def at(second: int) -> str:
    return f"2026-03-10T09:00:{second:02d}+01:00"


def write(folder: Path, *events: dict[str, Any]) -> Path:
    (folder / "frames").mkdir(exist_ok=True)
    for event in events:
        if event["kind"] == "frame" and not (folder / event["image"]).exists():
            Image.new("P", (64, 48)).save(folder / event["image"])
    (folder / "events.jsonl").write_text("\n".join(json.dumps(event) for event in events), encoding="utf-8")
    return folder


def play(folder: Path) -> tuple[RecordedHands, list[Happening]]:
    hands = RecordedHands(folder, SetClock(LONG_AGO))
    happenings: list[Happening] = []
    while not happenings or not isinstance(happenings[-1], Ended):
        happening = hands.next_happening(1.0)
        assert happening is not None
        happenings.append(happening)
    return hands, happenings


WINDOW = {"at": at(1), "kind": "window", "app": "firefox", "title": "A page", "url": None, "private": False}


def test_events_come_in_order_and_move_the_clock(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        WINDOW,
        {"at": at(2), "kind": "input", "keys": 5, "clicks": 1, "scrolls": 0},
        {"at": at(3), "kind": "notification", "app": "Mail", "summary": "Hello", "body": "", "urgency": "critical"},
        {"at": at(4), "kind": "note", "text": "I like quiet mornings."},
        {"at": at(5), "kind": "state", "power": "battery", "call": True},
    )
    clock = SetClock(LONG_AGO)
    hands = RecordedHands(folder, clock)
    first = hands.next_happening(0)
    assert hands.next_at == datetime.fromisoformat(at(2))
    seen = [first, *(hands.next_happening(0) for _ in range(5))]
    assert hands.next_at is None
    assert [type(each) for each in seen] == [WindowChanged, Active, Notified, Noted, StateChanged, Ended]
    assert clock.now() == datetime.fromisoformat(at(5))
    state = seen[4]
    assert isinstance(state, StateChanged) and (state.on_battery, state.call, state.sharing) == (True, True, None)


def test_a_picture_is_rgb_grabbed_once_and_gone_with_its_window(tmp_path: Path) -> None:
    frame = {"at": at(2), "kind": "frame", "monitor": 0, "image": "frames/1.png"}
    hands = RecordedHands(write(tmp_path, WINDOW, frame, {**WINDOW, "at": at(3)}), SetClock(LONG_AGO))
    hands.next_happening(0)
    assert isinstance(hands.next_happening(0), Shown)
    monitor = hands.surroundings().monitors[0]
    picture = hands.grab(monitor)
    assert picture is not None and (picture.image.mode, picture.image.size) == ("RGB", (64, 48))
    assert hands.grab(monitor) is None
    hands.next_happening(0)
    assert hands.grab(monitor) is None


def test_the_front_window_has_the_place_that_the_list_of_visible_windows_gives_it(tmp_path: Path) -> None:
    listed = {
        "app": "firefox",
        "title": "A page",
        "url": None,
        "private": False,
        "rect": [-60, 5, 50, 40],
        "monitor": 1,
    }
    folder = write(
        tmp_path,
        {"at": at(0), "kind": "frame", "monitor": 0, "image": "frames/0.png"},
        {**WINDOW, "visible": [listed]},
        {"at": at(2), "kind": "frame", "monitor": 1, "image": "frames/1.png"},
    )
    hands, _ = play(folder)
    front = hands.surroundings().foreground
    assert front is not None and (front.rect, front.monitor) == (Rect(x=-60, y=5, width=50, height=40), 1)
    assert [m.rect.x for m in hands.surroundings().monitors] == [0, -64], "it hangs left of the first"


def test_a_second_run_starts_where_the_first_stopped_and_knows_the_open_window(tmp_path: Path) -> None:
    folder = write(tmp_path, WINDOW, {"at": at(2), "kind": "input", "keys": 5}, {"at": at(3), "kind": "lock"})
    hands = RecordedHands(folder, SetClock(LONG_AGO), start=2)
    assert hands.position == 2
    front = hands.surroundings().foreground
    assert front is not None and front.title == "A page"


def test_unknown_kinds_and_fields_are_passed_over_with_one_warning_each(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    smell = {"kind": "smell", "of": "coffee"}
    folder = write(tmp_path, {**WINDOW, "mood": 1}, {**smell, "at": at(2)}, {**smell, "at": at(3)})
    assert [event.kind for event in read_events(folder)] == ["window"]
    assert len(caplog.records) == 2


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ('{"at": "2026-03-10T09:00:00+01:00", "kind": "lock"}\nnonsense', "line 2: not a JSON object"),
        ('{"at": "2026-03-10T09:00:00", "kind": "lock"}', "line 1: `at` has no offset"),
        ('{"at": "2026-03-10T09:00:00+01:00", "kind": "idle"}', "lacks seconds"),
        ('{"at": "2026-03-10T09:00:00+01:00", "kind": "frame", "image": "gone.png"}', "gone.png is missing"),
        ('{"at": "2026-03-10T09:00:00+01:00", "kind": "frame", "image": "../../etc/passwd"}', "is missing"),
        (
            '{"at": "2026-03-10T09:00:00+01:00", "kind": "lock"}\n{"at": "2026-03-10T08:00:00+01:00", "kind": "lock"}',
            "line 2: the time goes back",
        ),
        ("", "holds no events"),
    ],
)
def test_a_broken_recording_is_refused_with_file_and_line(tmp_path: Path, rows: str, sentence: str) -> None:
    (tmp_path / "events.jsonl").write_text(rows, encoding="utf-8")
    with pytest.raises(RecordingBroken, match=sentence):
        read_events(tmp_path)


def test_a_folder_without_events_is_no_recording(tmp_path: Path) -> None:
    with pytest.raises(RecordingBroken, match="give a folder that holds a recording"):
        read_events(tmp_path)


def test_a_picture_that_is_none_is_said(tmp_path: Path) -> None:
    folder = write(tmp_path, {"at": at(2), "kind": "frame", "monitor": 0, "image": "frames/1.png"})
    hands = RecordedHands(folder, SetClock(LONG_AGO))
    hands.next_happening(0)
    (folder / "frames/1.png").write_text("no picture")
    with pytest.raises(RecordingBroken, match="not a picture"):
        hands.grab(hands.surroundings().monitors[0])


@pytest.mark.parametrize(
    "broken",
    [
        {**WINDOW, "visible": 5},
        {**WINDOW, "visible": [{"app": "a", "rect": [1]}]},
        {**WINDOW, "visible": [{"app": "a", "monitor": "x"}]},
        {"at": at(2), "kind": "idle", "seconds": "long"},
        {"at": at(2), "kind": "input", "keys": "many"},
        {"at": at(2), "kind": "frame", "image": "frames/1.png", "monitor": "left"},
    ],
)
def test_a_field_of_the_wrong_kind_is_said_with_its_line(tmp_path: Path, broken: dict[str, Any]) -> None:
    with pytest.raises(RecordingBroken, match="line 1: a field of"):
        play(write(tmp_path, broken))


@pytest.mark.parametrize(
    "rows", ['{"at": "%s", "kind": "note", "text": "\\ud800"}', '{"at": "%s", "kind": ["x"], "a": 1}']
)
def test_half_a_character_and_a_kind_that_is_none_are_refused(tmp_path: Path, rows: str) -> None:
    (tmp_path / "events.jsonl").write_text(rows % at(1), encoding="utf-8")
    with pytest.raises(RecordingBroken):
        read_events(tmp_path)


@pytest.mark.parametrize("size", [(20_000, 20_000), (10_000, 8_001)])
def test_a_small_file_that_would_unpack_to_a_huge_picture_is_refused(tmp_path: Path, size: tuple[int, int]) -> None:
    folder = write(tmp_path, {"at": at(2), "kind": "frame", "image": "frames/1.png"})
    header = b"IHDR" + struct.pack(">IIBBBBB", *size, 1, 0, 0, 0, 0)
    chunk = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    (folder / "frames/1.png").write_bytes(b"\x89PNG\r\n\x1a\n" + chunk)
    with pytest.raises(RecordingBroken, match="picture"):
        play(folder)
