"""Looks. One thread with the hands: it hears what happens, asks before each look whether it may, and hands pictures on.

It never waits for reading or thinking. Each refusal is kept as a Skip with its rule, never with what was there.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

from gum_app.clock import Clock
from gum_app.daemon.eyes import Eyes
from gum_app.daemon.gate import AWAY, NO_LIGHT, NOT_STARTED, Gate
from gum_app.daemon.glance import Glimpse, glance, may_be_known
from gum_app.daemon.keeper import Keeper
from gum_app.daemon.looks import Mark
from gum_app.daemon.pulse import Pulse
from gum_app.records import ObservationId, PrivacyRule, Surroundings
from gum_app.rules.episodes import LookTimer
from gum_app.rules.privacy import LookRefused
from gum_app.rules.titles import place_of
from gum_app.settings import Settings
from gum_app.suggestions import Moment
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
    Shown,
    Slept,
    StateChanged,
    Unlocked,
    WindowChanged,
    Woke,
)

ACTIVE_POLL_SECONDS = 1.0  # how often the idle counter is asked while somebody is there
AWAY_POLL_SECONDS = 2.0
ACTIVITY_STEP = timedelta(seconds=0.1)  # two readings of the idle counter that differ by less mean the same activity
JUMP_SECONDS = 5.0  # the wall clock against the one that never jumps: so much apart, and the machine slept unheard
MOVED_ON = "the window changed while we looked"
NOTHING_MISSED = frozenset({NOT_STARTED, AWAY})  # nobody is there, or nothing was agreed: not worth a Skip
NOT_KNOWN = frozenset({NOT_STARTED, NO_LIGHT})  # it may not be looked, so nobody knows what is in front


@dataclass(frozen=True, kw_only=True)
class Present:
    """What goes on now. App and title of the moment are empty: `front` is the episode that has them, as audited."""

    moment: Moment
    front: ObservationId | None


class Recorder:
    """`step` does once what is due, `run` does it until told to stop; both belong to one thread."""

    def __init__(
        self,
        *,
        hands: Hands,
        clock: Clock,
        gate: Gate,
        keeper: Keeper,
        eyes: Eyes,
        rules: Callable[[], tuple[PrivacyRule, ...]],
        settings: Callable[[], Settings],
        pen: AbstractContextManager[object],
    ) -> None:
        """`pen` is held while something is written."""
        self._hands = hands
        self._clock = clock
        self._gate = gate
        self._keeper = keeper
        self._eyes = eyes
        self._rules = rules
        self._settings = settings
        self._pen = pen
        self._timer = LookTimer()
        self._in_call = False
        self._do_not_disturb = False
        self._looked_for_call: Surroundings | None = None
        self._call_seen = False
        self._pulse = Pulse()
        self._shut_by: str | None = None  # why the gate is shut, as of the last step
        self._skip_rule: str | None = None  # the rule of a stretch in which nothing is looked at
        self._skipped_at = clock.now()  # up to when that stretch is told
        self._now, self._seconds = clock.now(), clock.monotonic_seconds()  # as of the last step
        self._forgotten = threading.Event()
        self._changed = threading.Event()
        self.private_rule: str | None = None  # the rule that hides what is in front now, for the tray
        self.around: Surroundings | None = None  # what can be seen, as of the last time it might be asked
        self.looked_at: datetime | None = None
        self.present: Present | None = None  # as of the last step; for any thread to read
        self.ended = False

    def forget(self) -> None:
        """Something was forgotten: drop what is under way. Call it with the pen in hand, from any thread."""
        self._forgotten.set()
        self._hands.wake()

    def look_again(self) -> None:
        """What may be looked at has changed. May be called from any thread."""
        self._changed.set()
        self._hands.wake()

    def run(self, stop: threading.Event) -> None:
        """Raises ScreenLost when the display goes away; what was under way is over then."""
        try:
            while not stop.is_set() and not self.ended:
                self.step()
        finally:
            with self._pen:
                self._eyes.take_readings()
                self._keeper.end(self._clock.now())

    def step(self) -> Happening | None:
        """Wait for the next happening or the next due look, and do what follows from it."""
        happening = self._hands.next_happening(self._patience_seconds())
        with self._pen:
            if self._forgotten.is_set():
                self._forgotten.clear()
                self._eyes.drop_all()
                self._notice_window(self._clock.now())
            self._eyes.take_readings()
            self._mind_jumps()
            if happening is not None:
                self._take(happening)
            self._watch_for_activity()
            self._heed_gate(self._clock.now())
            self._look_if_due()
        self.present = self.now_present()
        return happening

    def now_present(self) -> Present:
        """What goes on, for those who want to know whether the moment is a good one. For the recorder's thread."""
        now, front, gate = self._clock.now(), self._keeper.front, self._gate
        refusal = self._refusal(now)
        is_known = front is not None and front.id is not None and not front.may_be_private
        moment = Moment(
            at=now,
            in_call=self._in_call or self._sees_call(),
            sharing=gate.sharing,
            fullscreen=front is not None and front.window.fullscreen,
            locked=gate.locked or gate.asleep,
            away=gate.away,
            paused=gate.paused_until(now) is not None,
            do_not_disturb=self._do_not_disturb,
            private=refusal in NOT_KNOWN if refusal is not None else not is_known,
            keys_a_minute=self._pulse.keys_a_minute(now),
            busy_share=self._pulse.busy_share(now),
            in_front_seconds=self._pulse.in_front_seconds(now),
            strain_seconds=self._pulse.strain_seconds(now),
        )
        return Present(moment=moment, front=front.id if front is not None and is_known else None)

    def _sees_call(self) -> bool:
        """Whether a window that can be seen is that of a call; this desktop tells of no other."""
        if self.around is not self._looked_for_call:
            self._looked_for_call = self.around
            visible = self.around.visible if self.around is not None else ()
            self._call_seen = any(place_of(each.app, each.title, each.url).kind == "call" for each in visible)
        return self._call_seen

    # What happened

    def _take(self, happening: Happening) -> None:
        match happening:
            case WindowChanged():
                self._notice_window(happening.at)
            case Active(keys=keys):
                self._somebody_is_here(happening.at)
                self._pulse.touch(happening.at)
                self._pulse.count_keys(happening.at, keys)
                self._keeper.touch(happening.at, keys=keys)
            case Shown(monitor=monitor):
                self._keeper.touch(happening.at)
                self._look(happening.at, only=monitor)
            case Noted():
                self._keeper.keep_note(happening)
            case Notified():
                self._take_notification(happening)
            case Ended():
                self._keeper.leave_all(happening.at)
                self.ended = True
            case _:
                self._take_state(happening)

    def _take_state(self, happening: Happening) -> None:
        match happening:
            case Idle(seconds=seconds):
                self._away(happening.at - timedelta(seconds=seconds))
            case Locked() | Unlocked():
                self._gate.locked = isinstance(happening, Locked)
            case Slept() | Woke():
                self._gate.asleep = isinstance(happening, Slept)
            case MonitorsChanged():
                self._eyes.lose_sight()
                self._timer = self._timer.change(happening.at)
            case StateChanged(sharing=sharing, call=call, dnd=dnd):
                if sharing is not None:
                    self._gate.sharing = sharing
                if dnd is not None:
                    self._do_not_disturb = dnd
                if call is not None and call != self._in_call:
                    self._in_call = call
                    self._keeper.leave(happening.at)  # a call is an episode of its own
                    self._notice_window(happening.at)
        if isinstance(happening, Unlocked | Woke):
            self._gate.away = False  # somebody did that
        self._heed_gate(happening.at)

    def _take_notification(self, notified: Notified) -> None:
        if not self._settings().read_notifications:
            return
        refusal = self._refusal(notified.at)
        if refusal is None or refusal == AWAY:
            self._keeper.keep_notification(notified)
        elif refusal not in NOTHING_MISSED:
            self._keeper.miss_notification(notified, refusal)

    def _heed_gate(self, at: datetime) -> None:
        """It opens and shuts by the clock, by the person, by the tray's light and by what happened."""
        refusal = self._refusal(at)
        if refusal != self._shut_by or self._changed.is_set():
            self._changed.clear()
            self._shut_by = refusal
            self._notice_window(at)

    def _notice_window(self, at: datetime) -> None:
        """Who is in front now? Begins the next episode, unless nothing may be known of it."""
        self._timer = self._timer.change(at)
        refusal = self._refusal(at)
        if refusal is not None:
            self._turn_away(at, refusal)
            return
        self.around = self._hands.surroundings()
        front = may_be_known(self.around, self._rules())
        if isinstance(front, LookRefused):
            self._refuse(at, front.rule_name)
            return
        self.private_rule = self._skip_rule = None
        self._pulse.in_front(front, at)
        self._keeper.keep_visible(self.around.visible)
        self._keeper.bring_to_front(front, at, in_call=self._in_call)

    def _turn_away(self, at: datetime, refusal: str) -> None:
        """The gate is shut: not even the window's name is asked for."""
        self._timer = self._timer.look(at)
        self.private_rule, self.around = None, None
        self._pulse.in_front(None, at)
        self._keeper.leave_all(at)
        if refusal not in NOTHING_MISSED:
            self._skip(at, refusal)

    def _refuse(self, at: datetime, rule: str) -> None:
        self._timer = self._timer.look(at)
        self.private_rule = rule
        self._pulse.in_front(None, at)
        self._keeper.leave(at)
        self._skip(at, rule)

    def _skip(self, at: datetime, rule: str) -> None:
        """One more look that was not taken; a stretch without any is one Skip."""
        since = min(self._skipped_at, at) if rule == self._skip_rule else at
        self._skip_rule, self._skipped_at = rule, at
        self._keeper.skip(at, rule, since=since)

    def _refusal(self, at: datetime) -> str | None:
        return self._gate.refusal(at, self._clock.monotonic_seconds())

    # Who is there

    def _watch_for_activity(self) -> None:
        """The live desktop does not report keys or clicks: the idle counter tells that there were some."""
        idle_seconds = self._hands.idle_seconds()
        last = self._now - timedelta(seconds=idle_seconds)
        if idle_seconds >= self._settings().idle_after_seconds:
            self._away(last)
        elif idle_seconds > 0 and not (self._gate.locked or self._gate.asleep) and self._is_news(last):
            self._somebody_is_here(last)
            self._pulse.touch_second(last)
            self._keeper.touch(last)

    def _is_news(self, active_at: datetime) -> bool:
        return self._timer.active_at is None or active_at > self._timer.active_at + ACTIVITY_STEP

    def _somebody_is_here(self, at: datetime) -> None:
        self._timer = self._timer.activity(at)
        if self._gate.away:
            self._gate.away = False
            self._heed_gate(at)

    def _away(self, last_active_at: datetime) -> None:
        if not self._gate.away:
            self._gate.away = True
            self._keeper.leave(last_active_at)  # the time since then was not spent on it

    def _mind_jumps(self) -> None:
        """After a sleep that nobody told of, or when the clock was put: what was under way ended at the last step."""
        before, seconds_before = self._now, self._seconds
        self._now, self._seconds = self._clock.now(), self._clock.monotonic_seconds()
        jump_seconds = (self._now - before).total_seconds() - (self._seconds - seconds_before)
        if abs(jump_seconds) > JUMP_SECONDS:
            self._keeper.leave_all(before)
            self._timer = LookTimer()
            self._notice_window(self._now)

    def _patience_seconds(self) -> float:
        poll = AWAY_POLL_SECONDS if self._gate.away else ACTIVE_POLL_SECONDS
        due = self._due_at()
        return poll if due is None else min(max((due - self._clock.now()).total_seconds(), 0.0), poll)

    # Looking

    def _due_at(self) -> datetime | None:
        return self._timer.due_at(timedelta(seconds=self._settings().look_interval_seconds))

    def _look_if_due(self) -> None:
        due = self._due_at()
        if due is not None and due <= self._now:
            self._look(self._now)

    def _look(self, at: datetime, *, only: int | None = None) -> None:
        """`only`: just this monitor."""
        self._timer = self._timer.look(at)
        refusal = self._refusal(at)
        if refusal is not None:
            self._turn_away(at, refusal)
            return
        seen = glance(self._hands, self._rules(), only=only)
        if isinstance(seen, LookRefused):
            self._refuse(at, seen.rule_name)
        elif seen is None:
            self._keeper.skip(at, MOVED_ON)
            self._timer = self._timer.change(at)
        else:
            self._take_glimpse(at, seen)

    def _take_glimpse(self, at: datetime, seen: Glimpse) -> None:
        self.private_rule = self._skip_rule = None
        self.around = seen.surroundings
        self._pulse.in_front(seen.front, at)
        episode = self._keeper.bring_to_front(seen.front, at, in_call=self._in_call)
        if seen.pictures:
            self.looked_at = at
        if not self._eyes.take(seen, episode):
            self._timer = self._timer.change(at)

    # Where a replay stands

    def bookmark(self, surroundings: Surroundings) -> Mark:
        timer = {name: getattr(self._timer, name) for name in ("changed_at", "active_at", "looked_at")}
        return {
            "gate": {name: getattr(self._gate, name) for name in ("locked", "asleep", "sharing", "away")},
            "timer": {name: at.isoformat() if at is not None else None for name, at in timer.items()},
            "in_call": self._in_call,
            "do_not_disturb": self._do_not_disturb,
            "pulse": self._pulse.bookmark(),
            "shut_by": self._shut_by,
            "skip": [self._skip_rule, self._skipped_at.isoformat()],
            "keeper": self._keeper.bookmark(surroundings),
        }

    def go_on(self, mark: Mark, surroundings: Surroundings) -> None:
        """After a kill: as if there had been none."""
        for name, shut in mark["gate"].items():
            setattr(self._gate, name, shut)
        self._timer = LookTimer(
            **{name: datetime.fromisoformat(at) for name, at in mark["timer"].items() if at is not None}
        )
        self._in_call, self._shut_by = mark["in_call"], mark["shut_by"]
        self._skip_rule, self._skipped_at = mark["skip"][0], datetime.fromisoformat(mark["skip"][1])
        self._do_not_disturb = mark.get("do_not_disturb", False)  # not in the bookmark of an earlier version
        self._keeper.go_on(mark["keeper"], surroundings)
        if "pulse" in mark:
            front = self._keeper.front
            self._pulse.go_on(mark["pulse"], front.window if front is not None else None)
