"""A recording as hands: a folder of events and pictures that stands for the machine. And the writer that makes one.

The format: `events.jsonl`, one JSON object a line in the order of `at`, and the pictures that its `frame` events name.
Unknown kinds and fields are passed over with one warning each, so that the format can grow.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from PIL import Image

from gum_app.clock import SetClock
from gum_app.errors import RecordingBroken
from gum_app.records import Monitor, Rect, Surroundings, Window
from gum_app.world.hands import (
    Active,
    Ended,
    Happening,
    Idle,
    Locked,
    Noted,
    Notified,
    Picture,
    Shown,
    Slept,
    StateChanged,
    Unlocked,
    WindowChanged,
    Woke,
)

log = logging.getLogger(__name__)

EVENTS = "events.jsonl"
MOST_PIXELS = 80_000_000  # of a picture: two screens of 8K; a small file may unpack to any size

FIELDS: dict[str, frozenset[str]] = {
    "window": frozenset({"app", "title", "url", "private", "fullscreen", "visible"}),
    "state": frozenset({"sharing", "call", "dnd", "power"}),
    "frame": frozenset({"image", "monitor"}),
    "input": frozenset({"keys", "clicks", "scrolls"}),
    "idle": frozenset({"seconds"}),
    "lock": frozenset(),
    "unlock": frozenset(),
    "sleep": frozenset(),
    "wake": frozenset(),
    "notification": frozenset({"app", "summary", "body", "urgency"}),
    "note": frozenset({"text"}),
}
REQUIRED: dict[str, frozenset[str]] = {
    "window": frozenset({"app", "title"}),
    "frame": frozenset({"image"}),
    "idle": frozenset({"seconds"}),
    "notification": frozenset({"app", "summary"}),
    "note": frozenset({"text"}),
}


@dataclass(frozen=True)
class Event:
    """One line of the recording, checked."""

    line: int
    at: datetime
    kind: str
    fields: dict[str, Any]


def read_events(folder: Path) -> list[Event]:
    """All events, in order. Raises RecordingBroken with the file and the line."""
    path = folder / EVENTS
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RecordingBroken(f"{path} cannot be read: give a folder that holds a recording.") from error
    events: list[Event] = []
    warned: set[str] = set()
    for number, row in enumerate(text.splitlines(), start=1):
        if not row.strip():
            continue
        event = _event(folder, number, row)
        if events and event.at < events[-1].at:
            raise RecordingBroken(f"{path}, line {number}: the time goes back; put the events in the order of `at`.")
        for unknown in _unknown(event):
            if unknown not in warned:
                warned.add(unknown)
                log.warning("recording: %s is not known here and is passed over", unknown)
        if event.kind in FIELDS:
            events.append(event)
    if not events:
        raise RecordingBroken(f"{path} holds no events: there is nothing to replay.")
    return events


def _event(folder: Path, number: int, row: str) -> Event:
    where = f"{folder / EVENTS}, line {number}"
    try:
        fields = json.loads(row)
        at = datetime.fromisoformat(fields.pop("at"))
        kind = str(fields.pop("kind"))
        json.dumps(fields, ensure_ascii=False).encode()  # half a character can be written in JSON, and nowhere else
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RecordingBroken(f"{where}: not a JSON object with `at` (ISO 8601 with offset) and `kind`.") from error
    if at.tzinfo is None:
        raise RecordingBroken(f"{where}: `at` has no offset; write it like 2026-03-10T08:39:12+01:00.")
    missing = REQUIRED.get(kind, frozenset()) - fields.keys()
    if missing:
        raise RecordingBroken(f"{where}: `{kind}` lacks {', '.join(sorted(missing))}.")
    if kind == "frame" and not _is_inside(folder, str(fields["image"])):
        raise RecordingBroken(f"{where}: the picture {fields['image']} is missing.")
    return Event(number, at, kind, fields)


def _is_inside(folder: Path, name: str) -> bool:
    if "\0" in name:
        return False
    file = (folder / name).resolve()
    return file.is_relative_to(folder.resolve()) and file.is_file()


@contextmanager
def _picture(path: Path) -> Iterator[Image.Image]:
    """Raises RecordingBroken, also for what comes up while it is unpacked."""
    try:
        with Image.open(path) as image:
            if image.width * image.height > MOST_PIXELS:
                raise RecordingBroken(f"{path} is too large: a picture has at most {MOST_PIXELS} pixels.")
            yield image
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise RecordingBroken(f"{path} is not a picture that can be read.") from error


def _unknown(event: Event) -> Iterator[str]:
    if event.kind not in FIELDS:
        yield f"the kind “{event.kind}”"
    else:
        yield from (f"the field “{name}” of {event.kind}" for name in sorted(event.fields.keys() - FIELDS[event.kind]))


class RecordedHands:
    """Plays a recording. Each `next_happening` moves the clock to the next event; nothing waits.

    `start` leaves out the first events, which an earlier run has lived through, but still learns from them which
    windows are open. A picture can be grabbed once; between two frames of a monitor there is none.
    """

    def __init__(self, folder: Path, clock: SetClock, *, start: int = 0) -> None:
        self._folder = folder
        self._clock = clock
        self._events = read_events(folder)
        self._foreground: Window | None = None
        self._visible: tuple[Window, ...] = ()
        self._frames: dict[int, Event] = {}
        self._monitors: dict[int, Monitor] = {}
        self.position = 0  # how many events have been handed out
        for event in self._events[:start]:
            self._take(event)
            self._frames.clear()
            self.position += 1
        clock.put(self._events[min(start, len(self._events) - 1)].at)

    def __len__(self) -> int:
        return len(self._events)

    @property
    def next_at(self) -> datetime | None:
        """When the next event comes; None where there is none."""
        return self._events[self.position].at if self.position < len(self._events) else None

    def next_happening(self, timeout_seconds: float) -> Happening | None:  # noqa: ARG002 - nothing waits
        if self.position >= len(self._events):
            return Ended(at=self._events[-1].at)
        event = self._events[self.position]
        self.position += 1
        self._clock.put(event.at)
        return self._take(event)

    def surroundings(self) -> Surroundings:
        return Surroundings(foreground=self._foreground, visible=self._visible, monitors=tuple(self._monitors.values()))

    def grab(self, monitor: Monitor) -> Picture | None:
        event = self._frames.pop(monitor.index, None)
        if event is None:
            return None
        path = self._folder / event.fields["image"]
        with _picture(path) as image:
            picture = image.convert("RGB")  # readers miss words in palette pictures
        rect = Rect(x=monitor.rect.x, y=monitor.rect.y, width=picture.width, height=picture.height)
        return Picture(at=event.at, monitor=Monitor(index=monitor.index, rect=rect), image=picture)

    def idle_seconds(self) -> float:
        return 0.0  # a recording says `idle` itself

    def wake(self) -> None:
        """Nothing waits here."""

    def close(self) -> None:
        self._frames.clear()

    def _take(self, event: Event) -> Happening:
        try:
            return self._understand(event)
        except (TypeError, ValueError, LookupError, AttributeError, OverflowError) as error:
            raise RecordingBroken(
                f"{self._folder / EVENTS}, line {event.line}: a field of `{event.kind}` is not what it should be."
            ) from error

    def _understand(self, event: Event) -> Happening:
        match event.kind:
            case "window":
                return self._window(event)
            case "frame":
                return self._frame(event)
            case "state":
                return _state(event)
            case "notification":
                return _notified(event)
            case "note":
                return Noted(at=event.at, text=str(event.fields["text"]))
            case "input":
                counts = {name: _count(event.fields.get(name)) for name in ("keys", "clicks", "scrolls")}
                return Active(at=event.at, **counts)
            case "idle":
                return Idle(at=event.at, seconds=float(event.fields["seconds"]))
        return PLAIN[event.kind](at=event.at)

    def _window(self, event: Event) -> WindowChanged:
        front = _window_of(event.fields)
        self._visible = tuple(_window_of(each) for each in event.fields.get("visible") or ())
        same = [each for each in self._visible if (each.app, each.title) == (front.app, front.title)]
        self._foreground = _merged(front, same[0]) if same else front
        self._frames.clear()  # a picture from before shows the window before
        return WindowChanged(at=event.at)

    def _frame(self, event: Event) -> Shown:
        index = int(event.fields.get("monitor", 0))
        self._frames[index] = event
        if index not in self._monitors:
            self._monitors[index] = Monitor(index=index, rect=self._rect_of(index, event))
        return Shown(at=event.at, monitor=index)

    def _rect_of(self, index: int, event: Event) -> Rect:
        """A recording does not tell where a monitor stands; the windows listed on it tell if it is left of zero."""
        with _picture(self._folder / event.fields["image"]) as image:
            width, height = image.size
        left = [w.rect.x for w in self._visible if w.monitor == index and w.rect is not None]
        x = 0
        if index > 0:
            right_of_others = max((m.rect.right for m in self._monitors.values()), default=width * index)
            x = -width if left and min(left) < 0 else right_of_others
        return Rect(x=x, y=0, width=width, height=height)


PLAIN: dict[str, Callable[..., Happening]] = {"lock": Locked, "unlock": Unlocked, "sleep": Slept, "wake": Woke}


def _count(value: Any) -> int | None:
    return None if value is None else int(value)


def _window_of(fields: dict[str, Any]) -> Window:
    rect = fields.get("rect")
    return Window(
        app=str(fields.get("app", "")),
        title=str(fields.get("title", "")),
        url=None if fields.get("url") is None else str(fields["url"]),
        private=bool(fields.get("private", False)),
        fullscreen=bool(fields.get("fullscreen", False)),
        monitor=int(fields.get("monitor", 0)),
        rect=Rect(x=int(rect[0]), y=int(rect[1]), width=int(rect[2]), height=int(rect[3])) if rect else None,
    )


def _merged(front: Window, listed: Window) -> Window:
    """The front window with the place that the list of visible windows gives it."""
    return Window(
        app=front.app,
        title=front.title,
        url=front.url or listed.url,
        private=front.private or listed.private,
        fullscreen=front.fullscreen,
        monitor=listed.monitor,
        rect=listed.rect,
    )


def _state(event: Event) -> StateChanged:
    power = event.fields.get("power")
    return StateChanged(
        at=event.at,
        sharing=event.fields.get("sharing"),
        call=event.fields.get("call"),
        dnd=event.fields.get("dnd"),
        on_battery=None if power is None else power == "battery",
    )


def _notified(event: Event) -> Notified:
    urgency = event.fields.get("urgency", "normal")
    return Notified(
        at=event.at,
        app=str(event.fields["app"]),
        summary=str(event.fields["summary"]),
        body=str(event.fields.get("body", "")),
        urgency=urgency if urgency in {"low", "normal", "critical"} else "normal",
    )
