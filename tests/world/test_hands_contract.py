"""One contract for the hands of the live desktop and those of a recording: what the recorder may rely on."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from gum_app.clock import SetClock
from gum_app.records import Monitor, Rect
from gum_app.world.hands import Ended, Hands, Happening, WindowChanged
from gum_app.world.recording import RecordedHands
from tests.builders import NOON
from tests.desktop import Desktop
from tests.painter import Painter

SOON = 60.0  # seconds


@dataclass(frozen=True)
class Machine:
    """Hands on a machine, and what a day on it is: a letter comes to the front, then an invoice."""

    hands: Hands
    live: Callable[[], list[Happening]]  # the day, and all that it told


def a_recording(folder: Path) -> Machine:
    visible = [{"app": "Writer", "title": "Invoice", "rect": [0, 0, 64, 48], "monitor": 0}]
    events: list[dict[str, Any]] = [
        {"kind": "window", "app": "Writer", "title": "Letter", "url": None, "private": False, "fullscreen": False},
        {"kind": "input", "keys": 3, "clicks": 1, "scrolls": 0},
        {"kind": "window", "app": "Writer", "title": "Invoice", "visible": visible},
        {"kind": "frame", "image": "frames/1.png", "monitor": 0},
    ]
    for second, event in enumerate(events):
        event["at"] = NOON.replace(second=second).isoformat()
    (folder / "frames").mkdir()
    Image.new("P", (64, 48)).save(folder / "frames/1.png")
    (folder / "events.jsonl").write_text("\n".join(map(json.dumps, events)), encoding="utf-8")
    hands = RecordedHands(folder, SetClock(NOON))

    def live() -> list[Happening]:
        told: list[Happening] = []
        while not told or not isinstance(told[-1], Ended):
            happening = hands.next_happening(SOON)
            assert happening is not None
            told.append(happening)
        return told

    return Machine(hands, live)


def a_desktop(desk: Desktop, painter: Painter) -> Machine:
    from gum_app.world.hands_x11 import Place, X11Hands

    hands = X11Hands(Place(desk.display, desk.session_bus, "unix:path=/nonexistent"))

    def live() -> list[Happening]:
        told: list[Happening] = []
        for title in ("Letter", "Invoice"):
            painter.show(title, (0, 0, 64, 48), app="Writer")
            while (front := hands.surroundings().foreground) is None or front.title != title:
                happening = hands.next_happening(SOON)
                assert happening is not None
                told.append(happening)
        while (happening := hands.next_happening(0.3)) is not None:
            told.append(happening)
        return told

    return Machine(hands, live)


@pytest.fixture(params=["recording", pytest.param("desktop", marks=pytest.mark.desktop)])
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Machine]:
    if request.param == "recording":
        machine = a_recording(tmp_path)
    else:
        machine = a_desktop(request.getfixturevalue("desk"), request.getfixturevalue("painter"))
    with closing(machine.hands):
        yield machine


def test_happenings_carry_a_zone_and_never_go_back_in_time(machine: Machine) -> None:
    told = machine.live()
    assert sum(isinstance(each, WindowChanged) for each in told) >= 1
    assert all(each.at.tzinfo is not None for each in told)
    assert [each.at for each in told] == sorted(each.at for each in told)


def test_the_surroundings_are_those_of_now(machine: Machine) -> None:
    machine.live()
    now = machine.hands.surroundings()
    assert now.foreground is not None
    assert (now.foreground.app, now.foreground.title, now.foreground.url) == ("Writer", "Invoice", None)
    assert now.foreground in now.visible
    assert machine.hands.surroundings() == now, "asking changes nothing"


def test_each_window_says_which_monitor_it_is_on(machine: Machine) -> None:
    machine.live()
    now = machine.hands.surroundings()
    assert now.monitors and [monitor.index for monitor in now.monitors] == list(range(len(now.monitors)))
    assert {window.monitor for window in now.visible} <= {monitor.index for monitor in now.monitors}


def test_a_picture_is_rgb_of_the_size_of_its_monitor(machine: Machine) -> None:
    machine.live()
    (monitor,) = machine.hands.surroundings().monitors
    picture = machine.hands.grab(monitor)
    assert picture is not None and picture.at.tzinfo is not None
    assert (picture.image.mode, picture.image.size) == ("RGB", (monitor.rect.width, monitor.rect.height))
    assert picture.monitor == monitor


def test_a_monitor_that_is_not_there_has_no_picture(machine: Machine) -> None:
    machine.live()
    assert machine.hands.grab(Monitor(index=7, rect=Rect(x=9000, y=0, width=64, height=48))) is None


def test_one_that_waits_can_be_woken(machine: Machine) -> None:
    machine.live()
    machine.hands.wake()
    started_at = time.monotonic()
    machine.hands.next_happening(60.0)
    assert time.monotonic() - started_at < SOON


def test_idle_time_is_a_number_of_seconds(machine: Machine) -> None:
    assert machine.hands.idle_seconds() >= 0.0


def test_closing_twice_is_closing(machine: Machine) -> None:
    machine.hands.close()
    machine.hands.close()
