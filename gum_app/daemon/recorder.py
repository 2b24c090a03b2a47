"""Looks. One thread with the hands: it hears what happens, asks before each look whether it may, and hands pictures on.

It never waits for reading or thinking. Each refusal is kept as a Skip with its rule, never with what was there.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from gum_app.clock import Clock
from gum_app.daemon.desk import Desk
from gum_app.daemon.gate import Gate
from gum_app.daemon.keeper import Keeper
from gum_app.daemon.looks import Frame
from gum_app.errors import ScreenLost
from gum_app.pipeline.observe import paint
from gum_app.records import Monitor, PrivacyRule, Rect, Surroundings
from gum_app.rules.episodes import LookTimer
from gum_app.rules.privacy import LookAllowed, LookRefused, judge
from gum_app.rules.sameness import Baseline, changed_regions
from gum_app.settings import Settings
from gum_app.world.hands import (
    Active,
    Ended,
    Hands,
    Happening,
    Idle,
    Locked,
    MonitorsChanged,
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

if TYPE_CHECKING:
    from PIL.Image import Image

log = logging.getLogger(__name__)

ACTIVE_POLL_SECONDS = 1.0  # how often the idle counter is asked while somebody is there
AWAY_POLL_SECONDS = 2.0
MOVED_ON = "the window changed while we looked"
READER_BEHIND = "the reader was busy"
READER_FAILED = "the words could not be read"


class Recorder:
    """`step` does once what is due, `run` does it until told to stop; both belong to one thread."""

    def __init__(
        self,
        *,
        hands: Hands,
        clock: Clock,
        gate: Gate,
        keeper: Keeper,
        desk: Desk,
        rules: Callable[[], tuple[PrivacyRule, ...]],
        settings: Callable[[], Settings],
    ) -> None:
        self._hands = hands
        self._clock = clock
        self._gate = gate
        self._keeper = keeper
        self._desk = desk
        self._rules = rules
        self._settings = settings
        self._timer = LookTimer()
        self._baselines: dict[int, Baseline] = {}
        self._in_call = False
        self._forgotten = threading.Event()
        self._changed = threading.Event()
        self.private_rule: str | None = None  # the rule that hides what is in front now, for the tray
        self.looked_at: datetime | None = None
        self.ended = False

    def forget(self) -> None:
        """Something was forgotten: drop what is under way. May be called from any thread."""
        self._forgotten.set()
        self._hands.wake()

    def look_again(self) -> None:
        """What may be looked at has changed. May be called from any thread."""
        self._changed.set()
        self._hands.wake()

    def run(self, stop: threading.Event) -> None:
        """Raises ScreenLost when the display goes away; the episode in front is over then."""
        try:
            self._notice_window(self._clock.now())
            while not stop.is_set() and not self.ended:
                self.step()
        finally:
            self._take_readings()
            self._keeper.leave_all(self._clock.now())

    def step(self) -> Happening | None:
        """Wait for the next happening or the next due look, and do what follows from it."""
        happening = self._hands.next_happening(self._patience_seconds())
        if self._forgotten.is_set():
            self._forgotten.clear()
            self._keeper.drop_all()
            self._baselines.clear()
            self._notice_window(self._clock.now())
        if self._changed.is_set():
            self._changed.clear()
            self._notice_window(self._clock.now())
        self._take_readings()
        if happening is not None:
            self._take(happening)
        self._watch_for_activity()
        self._look_if_due()
        return happening

    # What happened

    def _take(self, happening: Happening) -> None:
        match happening:
            case WindowChanged():
                self._notice_window(happening.at)
            case Active(keys=keys):
                self._somebody_is_here(happening.at)
                self._keeper.touch(happening.at, keys=keys)
            case Shown(monitor=monitor):
                self._keeper.touch(happening.at)
                self._look(happening.at, only=monitor)
            case Noted():
                self._keeper.keep_note(happening)
            case Notified():
                self._take_notification(happening)
            case MonitorsChanged():
                self._baselines.clear()
                self._timer = self._timer.change(happening.at)
            case Ended():
                self._keeper.leave_all(happening.at)
                self.ended = True
            case _:
                self._take_state(happening)

    def _take_state(self, happening: Happening) -> None:
        match happening:
            case Idle(seconds=seconds):
                self._away(happening.at - timedelta(seconds=seconds))
            case Locked():
                self._gate.locked = True
                self._keeper.leave_all(happening.at)
            case Slept():
                self._gate.asleep = True
                self._keeper.leave_all(happening.at)
            case Unlocked():
                self._gate.locked = False
                self._come_back(happening.at)
            case Woke():
                self._gate.asleep = False
                self._come_back(happening.at)
            case StateChanged(sharing=sharing, call=call):
                if sharing is not None:
                    self._gate.sharing = sharing
                if call is not None:
                    self._in_call = call

    def _take_notification(self, notified: Notified) -> None:
        if not self._settings().read_notifications:
            return
        refusal = self._gate.refusal(notified.at, self._clock.monotonic_seconds())
        if refusal is None or refusal == "away":
            self._keeper.keep_notification(notified)
        else:
            self._keeper.skip(notified.at, refusal)

    def _come_back(self, at: datetime) -> None:
        self._gate.away = False
        self._notice_window(at)

    def _notice_window(self, at: datetime) -> None:
        """Who is in front now? Begins the next episode, unless nothing may be known of it."""
        self._timer = self._timer.change(at)
        if self._gate.refusal(at, self._clock.monotonic_seconds()) is not None:
            self._keeper.leave_all(at)
            return
        surroundings = self._hands.surroundings()
        verdict = judge(surroundings, self._rules())
        if isinstance(verdict, LookRefused) or surroundings.foreground is None:
            self._refuse(at, verdict.rule_name if isinstance(verdict, LookRefused) else "unknown window")
            return
        self.private_rule = None
        self._keeper.bring_to_front(surroundings.foreground, at, in_call=self._in_call)

    def _refuse(self, at: datetime, rule: str) -> None:
        self.private_rule = rule
        self._keeper.leave(at)
        self._keeper.skip(at, rule)

    # Who is there

    def _watch_for_activity(self) -> None:
        """The live desktop does not report keys or clicks: the idle counter tells that there were some."""
        now = self._clock.now()
        idle_seconds = self._hands.idle_seconds()
        if idle_seconds >= self._settings().idle_after_seconds:
            self._away(now - timedelta(seconds=idle_seconds))
        elif idle_seconds > 0 and not self._gate.locked and not self._gate.asleep:
            last = now - timedelta(seconds=idle_seconds)
            if self._timer.active_at is None or last > self._timer.active_at + timedelta(seconds=0.1):
                self._somebody_is_here(last)
                self._keeper.touch(last)

    def _somebody_is_here(self, at: datetime) -> None:
        self._timer = self._timer.activity(at)
        if self._gate.away:
            self._come_back(at)

    def _away(self, last_active_at: datetime) -> None:
        if not self._gate.away:
            self._gate.away = True
            self._keeper.go_away(last_active_at)

    def _patience_seconds(self) -> float:
        poll = AWAY_POLL_SECONDS if self._gate.away else ACTIVE_POLL_SECONDS
        due = self._timer.due_at(timedelta(seconds=self._settings().look_interval_seconds))
        if due is None:
            return poll
        return min(max((due - self._clock.now()).total_seconds(), 0.0), poll)

    # Looking

    def _look_if_due(self) -> None:
        now = self._clock.now()
        due = self._timer.due_at(timedelta(seconds=self._settings().look_interval_seconds))
        if due is not None and due <= now:
            self._look(now)

    def _look(self, at: datetime, *, only: int | None = None) -> None:
        """Ask, grab, ask again. `only`: just this monitor."""
        self._timer = self._timer.look(at)
        refusal = self._gate.refusal(at, self._clock.monotonic_seconds())
        if refusal is not None:
            self._keeper.leave_all(at)
            self._keeper.skip(at, refusal)
            return
        before = self._hands.surroundings()
        verdict = judge(before, self._rules())
        if isinstance(verdict, LookRefused) or before.foreground is None:
            self._refuse(at, verdict.rule_name if isinstance(verdict, LookRefused) else "unknown window")
            return
        pictures = [
            picture
            for monitor in before.monitors
            if only is None or monitor.index == only
            if (picture := self._hands.grab(monitor)) is not None
        ]
        if not _still(before, self._hands.surroundings()):
            self._keeper.skip(at, MOVED_ON)
            self._timer = self._timer.change(at)
            return
        self.private_rule, self.looked_at = None, at
        for picture in pictures:
            self._take_picture(picture, before, verdict)

    def _take_picture(self, picture: Picture, surroundings: Surroundings, verdict: LookAllowed) -> None:
        assert surroundings.foreground is not None
        origin = picture.monitor.rect
        hidden = [rect.moved(-origin.x, -origin.y) for rect in verdict.black_out if rect.meet(origin) is not None]
        image: Image = paint(picture.image, hidden) if hidden else picture.image
        changed = changed_regions(self._baselines.get(picture.monitor.index), image)
        self._baselines[picture.monitor.index] = changed.baseline
        if not changed.regions:
            return
        episode = self._keeper.bring_to_front(surroundings.foreground, picture.at, in_call=self._in_call)
        if episode.refused:
            return
        self._hand_on(picture.monitor, changed.regions, image, surroundings, picture.at)

    def _hand_on(
        self, monitor: Monitor, regions: tuple[Rect, ...], image: Image, surroundings: Surroundings, at: datetime
    ) -> None:
        episode = self._keeper.front
        assert episode is not None
        episode.reading += 1
        frame = Frame(at=at, monitor=monitor, image=image, regions=regions, surroundings=surroundings, episode=episode)
        unread = self._desk.put(frame)
        if unread is not None:
            self._keeper.give_up(unread)
            self._keeper.skip(at, READER_BEHIND)
            self._baselines.pop(unread.monitor.index, None)
        self._take_readings()

    def _take_readings(self) -> None:
        for read in self._desk.take():
            if read.lines is None:
                self._baselines.pop(read.frame.monitor.index, None)  # what was not read has not been seen
                self._keeper.skip(read.frame.at, READER_FAILED)
            self._keeper.keep(read)


def _still(before: Surroundings, after: Surroundings) -> bool:
    """Nothing moved while we looked: it may show a window that must not be kept."""
    if after.foreground is None or before.foreground is None or before.foreground != after.foreground:
        return False
    return {(w.app, w.title, w.rect) for w in after.visible} <= {(w.app, w.title, w.rect) for w in before.visible}


__all__ = ["Recorder", "ScreenLost"]
