"""Makes a recording of the person's own desktop, for `replay`: the happenings and pictures, as files, not encrypted.

The same gate, rules and black-outs hold as for the app itself: what is never looked at is not in it. Words are not
audited, for nobody reads them here; that is why it asks first and says where.
"""

from __future__ import annotations

import json
import threading
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TextIO

from gum_app.clock import Clock, SystemClock
from gum_app.errors import BadInput
from gum_app.paths import OWNER_ONLY_DIR, OWNER_ONLY_FILE
from gum_app.pipeline.observe import paint
from gum_app.records import Surroundings, Window
from gum_app.rules.episodes import LookTimer
from gum_app.rules.privacy import SHIPPED, LookAllowed, judge
from gum_app.rules.sameness import Baseline, changed_regions
from gum_app.settings import Settings
from gum_app.world.hands import Hands, Happening, Idle, Locked, Noted, Slept, Unlocked, WindowChanged, Woke
from gum_app.world.platform import open_hands
from gum_app.world.recording import EVENTS

POLL_SECONDS = 1.0
PLAIN = {Locked: "lock", Unlocked: "unlock", Slept: "sleep", Woke: "wake"}


def record_into(folder: Path) -> int:
    """Record this desktop until Ctrl+C. Returns how many pictures were taken. Raises BadInput, ScreenLost, NotYet."""
    stop = threading.Event()
    with closing(open_hands()) as hands, closing(RecordingWriter(folder)) as writer:
        with suppress(KeyboardInterrupt):
            watch(hands, writer, SystemClock(), stop)
        return writer.frames


def watch(hands: Hands, writer: RecordingWriter, clock: Clock, stop: threading.Event) -> None:
    """Write down what happens until told to stop. Notifications are left out: they may carry what nobody cut out."""
    settings = Settings()
    timer = LookTimer().change(clock.now())
    baselines: dict[int, Baseline] = {}
    away = locked = False
    writer.window(clock.now(), hands.surroundings())
    while not stop.is_set():
        happening = hands.next_happening(POLL_SECONDS)
        now, idle = clock.now(), hands.idle_seconds()
        if happening is not None:
            timer = timer.change(now) if isinstance(happening, WindowChanged) else timer
            locked = isinstance(happening, (Locked, Slept)) or (locked and not isinstance(happening, (Unlocked, Woke)))
            writer.happening(happening, hands)
        if idle < POLL_SECONDS:
            timer, away = timer.activity(now), False
        elif idle >= settings.idle_after_seconds and not away:
            away = True
            writer.happening(Idle(at=now, seconds=round(idle, 1)), hands)
        due = timer.due_at(timedelta(seconds=settings.look_interval_seconds))
        if due is not None and due <= now and not (away or locked):
            timer = timer.look(now)
            writer.look(hands, now, baselines)


class RecordingWriter:
    """A folder in the making. Raises BadInput where there is something already."""

    def __init__(self, folder: Path) -> None:
        if folder.exists() and any(folder.iterdir()):
            raise BadInput(f"{folder} is not empty: choose another folder for the recording.")
        try:
            (folder / "frames").mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY_DIR)
            folder.chmod(OWNER_ONLY_DIR)
            (folder / EVENTS).touch(OWNER_ONLY_FILE)
            self._out: TextIO = (folder / EVENTS).open("w", encoding="utf-8")
        except OSError as error:
            raise BadInput(f"{folder} cannot be written ({error.strerror}): choose another folder.") from error
        self._folder = folder
        self.frames = 0

    def close(self) -> None:
        self._out.close()

    def happening(self, happening: Happening, hands: Hands) -> None:
        match happening:
            case WindowChanged():
                self.window(happening.at, hands.surroundings())
            case Idle(seconds=seconds):
                self._write(happening.at, "idle", seconds=seconds)
            case Noted(text=text):
                self._write(happening.at, "note", text=text)
            case _ if type(happening) in PLAIN:
                self._write(happening.at, PLAIN[type(happening)])

    def window(self, at: datetime, surroundings: Surroundings) -> None:
        """Only where all that can be seen may be known: a hidden window leaves no title here either."""
        verdict = judge(surroundings, SHIPPED)
        if surroundings.foreground is None or not isinstance(verdict, LookAllowed):
            return
        shown = [window for window in surroundings.visible if isinstance(_alone(window), LookAllowed)]
        front = _fields(surroundings.foreground)
        self._write(
            at, "window", **{k: v for k, v in front.items() if k != "rect"}, visible=[_fields(w) for w in shown]
        )

    def look(self, hands: Hands, at: datetime, baselines: dict[int, Baseline]) -> None:
        before = hands.surroundings()
        verdict = judge(before, SHIPPED)
        if not isinstance(verdict, LookAllowed):
            return
        pictures = [picture for monitor in before.monitors if (picture := hands.grab(monitor)) is not None]
        if hands.surroundings() != before:
            return
        for picture in pictures:
            origin = picture.monitor.rect
            image = paint(picture.image, [rect.moved(-origin.x, -origin.y) for rect in verdict.black_out])
            changed = changed_regions(baselines.get(picture.monitor.index), image)
            baselines[picture.monitor.index] = changed.baseline
            if changed.regions:
                self.frames += 1
                name = f"frames/{self.frames:04d}.png"
                (self._folder / name).touch(OWNER_ONLY_FILE)
                image.save(self._folder / name)
                self._write(at, "frame", image=name, monitor=picture.monitor.index)

    def _write(self, at: datetime, kind: str, **fields: Any) -> None:
        self._out.write(json.dumps({"at": at.isoformat(), "kind": kind, **fields}, ensure_ascii=False) + "\n")
        self._out.flush()


def _alone(window: Window) -> object:
    return judge(Surroundings(foreground=window, visible=(window,)), SHIPPED)


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
