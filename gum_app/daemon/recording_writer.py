"""Makes a recording of the person's own desktop, for `replay`: the happenings and pictures, as files, not encrypted.

The same privacy rules and black-outs hold as for the app itself, and nothing is looked at while the session is locked,
shared or left alone. Words are not audited, for nobody reads them here; that is why it asks first and says where.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TextIO

from gum_app.clock import Clock, SystemClock
from gum_app.daemon.gate import Gate
from gum_app.daemon.glance import Glimpse, glance, may_be_known
from gum_app.errors import BadInput
from gum_app.paths import OWNER_ONLY_DIR, OWNER_ONLY_FILE
from gum_app.records import PrivacyRule, Window
from gum_app.rules.episodes import LookTimer
from gum_app.rules.privacy import may_look
from gum_app.rules.sameness import Baseline, changed_regions
from gum_app.settings import Settings
from gum_app.world.hands import (
    Hands,
    Happening,
    Idle,
    Locked,
    Noted,
    Slept,
    StateChanged,
    Unlocked,
    WindowChanged,
    Woke,
)
from gum_app.world.platform import open_hands
from gum_app.world.recording import EVENTS

POLL_SECONDS = 1.0
ACTIVITY_EVERY = timedelta(seconds=30)  # so often it is written down that somebody is there
PLAIN = {Locked: "lock", Unlocked: "unlock", Slept: "sleep", Woke: "wake"}


def record_into(folder: Path, rules: Sequence[PrivacyRule]) -> int:
    """Record this desktop until Ctrl+C. Returns how many pictures were taken. Raises BadInput, ScreenLost, NotYet."""
    with closing(open_hands()) as hands, closing(RecordingWriter(folder, rules)) as writer:
        with suppress(KeyboardInterrupt):
            watch(hands, writer, SystemClock(), threading.Event())
        return writer.frames


def watch(hands: Hands, writer: RecordingWriter, clock: Clock, stop: threading.Event) -> None:
    """Write down what happens until told to stop. Notifications are left out: they may carry what nobody cut out."""
    settings = Settings()
    gate = Gate(needs_light=False)
    gate.consent()
    timer = LookTimer().change(clock.now())
    writer.window(clock.now(), hands)
    while not stop.is_set():
        happening = hands.next_happening(POLL_SECONDS)
        now, idle_seconds = clock.now(), hands.idle_seconds()
        was_open = gate.refusal(now, 0) is None
        if happening is not None:
            _heed(happening, gate)
            writer.happening(happening)
        if idle_seconds < 1.5 * POLL_SECONDS:  # somebody was there since the last time round, or nearly so
            timer, gate.away = timer.activity(now - timedelta(seconds=idle_seconds)), False
            writer.activity(now)
        elif idle_seconds >= settings.idle_after_seconds and not gate.away:
            gate.away = True
            writer.happening(Idle(at=now, seconds=round(idle_seconds, 1)))
        if gate.refusal(now, 0) is not None:
            continue
        if isinstance(happening, WindowChanged) or not was_open:
            timer = timer.change(now)
            writer.window(now, hands)
        due = timer.due_at(timedelta(seconds=settings.look_interval_seconds))
        if due is not None and due <= now:
            timer = timer.look(now)
            writer.look(now, hands)


def _heed(happening: Happening, gate: Gate) -> None:
    match happening:
        case Locked() | Unlocked():
            gate.locked = isinstance(happening, Locked)
        case Slept() | Woke():
            gate.asleep = isinstance(happening, Slept)
        case StateChanged(sharing=sharing) if sharing is not None:
            gate.sharing = sharing


class RecordingWriter:
    """A folder in the making. Raises BadInput where there is something already, or no room for more."""

    def __init__(self, folder: Path, rules: Sequence[PrivacyRule]) -> None:
        self._folder = folder
        self._rules = rules
        self._baselines: dict[int, Baseline] = {}
        self._last_at: datetime | None = None
        self._active_at: datetime | None = None
        self.frames = 0
        with self._told():
            if folder.exists() and any(folder.iterdir()):
                raise BadInput(f"{folder} is not empty: choose another folder for the recording.")
            (folder / "frames").mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY_DIR)
            folder.chmod(OWNER_ONLY_DIR)
            (folder / EVENTS).touch(OWNER_ONLY_FILE)
            self._out: TextIO = (folder / EVENTS).open("w", encoding="utf-8")

    def close(self) -> None:
        self._out.close()

    def happening(self, happening: Happening) -> None:
        match happening:
            case Idle(seconds=seconds):
                self._write(happening.at, "idle", seconds=seconds)
            case Noted(text=text):
                self._write(happening.at, "note", text=text)
            case StateChanged(on_battery=on_battery):
                power = None if on_battery is None else "battery" if on_battery else "mains"
                said = {"sharing": happening.sharing, "call": happening.call, "dnd": happening.dnd, "power": power}
                self._write(happening.at, "state", **{name: value for name, value in said.items() if value is not None})
            case _ if type(happening) in PLAIN:
                self._write(happening.at, PLAIN[type(happening)])

    def activity(self, at: datetime) -> None:
        """Somebody is there; what they do is not counted."""
        if self._active_at is None or at - self._active_at >= ACTIVITY_EVERY:
            self._active_at = at
            self._write(at, "input")

    def window(self, at: datetime, hands: Hands) -> None:
        """Only where all that can be seen may be known: a hidden window leaves no title here either."""
        surroundings = hands.surroundings()
        front = may_be_known(surroundings, self._rules)
        if isinstance(front, Window):
            shown = [_fields(window) for window in surroundings.visible if may_look(window, self._rules) is None]
            fields = _fields(front)
            del fields["rect"], fields["monitor"]
            self._write(at, "window", **fields, visible=shown)

    def look(self, at: datetime, hands: Hands) -> None:
        seen = glance(hands, self._rules)
        if not isinstance(seen, Glimpse):
            return
        for picture in seen.pictures:
            changed = changed_regions(self._baselines.get(picture.monitor.index), picture.image)
            self._baselines[picture.monitor.index] = changed.baseline
            if changed.regions:
                self.frames += 1
                name = f"frames/{self.frames:04d}.png"
                with self._told():
                    (self._folder / name).touch(OWNER_ONLY_FILE)
                    picture.image.save(self._folder / name)
                self._write(at, "frame", image=name, monitor=picture.monitor.index)

    def _write(self, at: datetime, kind: str, **fields: Any) -> None:
        """In the order of `at`, as a recording must be, also where two things were told out of order."""
        at = at if self._last_at is None else max(at, self._last_at)
        self._last_at = at
        with self._told():
            self._out.write(json.dumps({"at": at.isoformat(), "kind": kind, **fields}, ensure_ascii=False) + "\n")
            self._out.flush()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise BadInput(f"{self._folder} cannot be written ({error.strerror}): choose another folder.") from error


def _fields(window: Window) -> dict[str, Any]:
    rect = window.rect
    return {
        "app": window.app,
        "title": window.title,
        "url": window.url,
        "private": window.private,
        "fullscreen": window.fullscreen,
        "monitor": window.monitor,
        "rect": [rect.x, rect.y, rect.width, rect.height] if rect is not None else None,
    }
