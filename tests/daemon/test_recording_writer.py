"""A recording of one's own desktop: only what may be seen is in it, and it can be replayed."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from gum_app.clock import SetClock
from gum_app.daemon.recording_writer import RecordingWriter, watch
from gum_app.errors import BadInput
from gum_app.records import PrivacyRule, Rect
from gum_app.rules.privacy import SHIPPED
from gum_app.world.hands import Happening, Locked, Noted, Notified, StateChanged, Unlocked, WindowChanged
from gum_app.world.recording import RecordedHands, read_events
from tests.builders import NOON
from tests.daemon.watching import MONITOR, ByHand, picture, window

LEFT, RIGHT = Rect(x=0, y=0, width=500, height=800), Rect(x=500, y=0, width=500, height=800)


class Evening(ByHand):
    """Hands that end the recording when nothing more is going to happen."""

    def __init__(self, *happenings: tuple[float, Happening | None, dict[str, Any]]) -> None:
        super().__init__(SetClock(NOON))
        self.stop = threading.Event()
        self.script = list(happenings)
        self.touched_at = NOON

    def next_happening(self, timeout_seconds: float) -> Happening | None:
        if not self.script:
            self.stop.set()
            return None
        seconds, happening, changes = self.script[0]
        at = NOON + timedelta(seconds=seconds)
        if at > self.clock.now() + timedelta(seconds=timeout_seconds):
            self.clock.put(self.clock.now() + timedelta(seconds=timeout_seconds))
            return None
        self.script.pop(0)
        self.clock.put(max(at, self.clock.now()))
        for name, value in changes.items():
            setattr(self, name, value)
        return happening


def record(folder: Path, hands: Evening, *rules: PrivacyRule) -> list[dict[str, Any]]:
    writer = RecordingWriter(folder, (*SHIPPED, *rules))
    watch(hands, writer, hands.clock, hands.stop)
    writer.close()
    return [json.loads(line) for line in (folder / "events.jsonl").read_text(encoding="utf-8").splitlines()]


def at(seconds: float) -> Any:
    return NOON + timedelta(seconds=seconds)


def of_kind(events: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [event for event in events if event["kind"] == kind]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "recording"


def test_windows_and_what_is_new_on_the_screen_are_written_down(folder: Path) -> None:
    hands = Evening(
        (1, WindowChanged(at=at(1)), {"front": window(), "touched_at": at(1)}),
        (40, None, {"touched_at": at(40)}),
        (60, None, {"touched_at": at(60), "image": picture("grey")}),
        (70, None, {}),
    )
    events = record(folder, hands)
    assert [event["title"] for event in of_kind(events, "window")] == ["plan.md"]
    frames = of_kind(events, "frame")
    assert [frame["image"] for frame in frames] == ["frames/0001.png", "frames/0002.png"], "each new picture once"
    assert Image.open(folder / "frames/0002.png").getpixel((5, 5)) == (128, 128, 128)
    assert of_kind(events, "input"), "that somebody was there"


def test_it_can_be_replayed(folder: Path) -> None:
    hands = Evening(
        (1, WindowChanged(at=at(1)), {"front": window(rect=LEFT), "beside": (window("chat", "Team", RIGHT),)}),
        (5, Noted(at=at(5), text="I like tea."), {}),
        (6, StateChanged(at=at(6), on_battery=True, call=True), {}),
        (10, None, {}),
    )
    record(folder, hands)
    assert read_events(folder)
    clock = SetClock(NOON)
    replayed = RecordedHands(folder, clock)
    happenings = [replayed.next_happening(0) for _ in range(len(replayed))]
    assert {type(happening).__name__ for happening in happenings} == {
        "Active",
        "WindowChanged",
        "Shown",
        "Noted",
        "StateChanged",
    }
    seen = replayed.surroundings()
    assert (seen.foreground, seen.visible) == (window(rect=LEFT), (window(rect=LEFT), window("chat", "Team", RIGHT)))
    assert seen.monitors == (MONITOR,)


def test_what_is_hidden_is_in_neither_words_nor_pictures(folder: Path) -> None:
    secrets = window("keepassxc", "my secrets", rect=RIGHT)
    hands = Evening(
        (1, WindowChanged(at=at(1)), {"front": window(rect=LEFT), "beside": (secrets,), "image": picture("red")}),
        (5, WindowChanged(at=at(5)), {"front": secrets, "beside": ()}),
        (9, WindowChanged(at=at(9)), {"front": window(title="my diary"), "beside": ()}),
        (20, None, {}),
    )
    events = record(folder, hands, PrivacyRule(name="diary", title="diary"))
    assert "secrets" not in str(events)
    assert "diary" not in str(events)
    (frame,) = of_kind(events, "frame")
    image = Image.open(folder / frame["image"])
    assert (image.getpixel((250, 400)), image.getpixel((750, 400))) == ((255, 0, 0), (0, 0, 0))


@pytest.mark.parametrize(
    ("shut", "open_"),
    [
        (Locked(at=at(10)), Unlocked(at=at(30))),
        (StateChanged(at=at(10), sharing=True), StateChanged(at=at(30), sharing=False)),
    ],
)
def test_nothing_is_seen_of_a_locked_or_shared_screen(folder: Path, shut: Happening, open_: Happening) -> None:
    hands = Evening(
        (1, WindowChanged(at=at(1)), {"front": window()}),
        (10, shut, {"touched_at": at(10)}),
        (15, WindowChanged(at=at(15)), {"front": window(title="Slides"), "image": picture("grey")}),
        (30, open_, {"touched_at": at(30), "front": window(title="Later")}),
        (40, None, {"touched_at": at(40)}),
    )
    events = record(folder, hands)
    assert [event["title"] for event in of_kind(events, "window")] == ["plan.md", "Later"]
    assert len(of_kind(events, "frame")) == 2


def test_being_away_is_told_once(folder: Path) -> None:
    hands = Evening((1, WindowChanged(at=at(1)), {"front": window()}), (300, None, {"touched_at": at(300)}))
    events = record(folder, hands)
    (idle,) = of_kind(events, "idle")
    assert idle["seconds"] == pytest.approx(60, abs=2)
    assert [event["at"] for event in of_kind(events, "input")][-1] == at(300).isoformat()


def test_notifications_are_left_out(folder: Path) -> None:
    hands = Evening((1, Notified(at=at(1), app="mail", summary="Your code is 123456", body=""), {}), (5, None, {}))
    assert "123456" not in str(record(folder, hands))


def test_events_are_in_order_also_where_they_were_told_late(folder: Path) -> None:
    hands = Evening(
        (1, WindowChanged(at=at(1)), {"front": window()}),
        (20, Noted(at=at(3), text="late"), {"touched_at": at(20)}),
        (25, None, {}),
    )
    record(folder, hands)
    times = [event.at for event in read_events(folder)]
    assert times == sorted(times)


def test_a_folder_with_something_in_it_is_left_alone(folder: Path) -> None:
    folder.mkdir()
    (folder / "letter").touch()
    with pytest.raises(BadInput, match="not empty"):
        RecordingWriter(folder, SHIPPED)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BadInput, match="choose another folder"):
        RecordingWriter(tmp_path / "file" / "recording", SHIPPED)


def test_its_files_are_for_its_owner_only(folder: Path) -> None:
    record(folder, Evening((1, WindowChanged(at=at(1)), {"front": window()}), (5, None, {})))
    assert folder.stat().st_mode & 0o777 == 0o700
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) == 2
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
