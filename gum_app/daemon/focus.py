"""Focus time: for so many minutes the desktop's own do-not-disturb is on, and then it is what it was before.

Who wants one calls `start`, `stop` and `state`, from any thread. What must be put back is written down before it is
changed: after a kill the next start of the daemon goes on with the focus time, or puts it back where its end has come.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast, get_args

from gum_app.errors import BadInput, NotYet
from gum_app.store.store import Store
from gum_app.world.bus import Bus, session_address
from gum_app.world.do_not_disturb import DoNotDisturb, State, do_not_disturb_of, find_do_not_disturb

log = logging.getLogger(__name__)

LONGEST_MINUTES = 12 * 60.0
A_MOMENT = timedelta(microseconds=1)

QUIETED = "Do not disturb of {name} is on until then, and is put back as it was."
WAS_ON = "Do not disturb of {name} was on already and stays on."
HAS_NONE = "This desktop has no do not disturb that gum-app can switch: other programs show what they show."
HIDES_ALL = "{name} then shows nothing at all, not even what matters: that waits in the digest."


@dataclass(frozen=True, kw_only=True)
class FocusState:
    """`until` None: there is no focus time. `note`: what the desktop does until then, in sentences."""

    since: datetime | None = None
    until: datetime | None = None
    note: str = ""

    @property
    def is_on(self) -> bool:
        return self.until is not None


@dataclass(frozen=True, kw_only=True)
class FocusSummary:
    """`came`: how many notifications of other programs; `shown` of them by the desktop or again by us."""

    since: datetime
    ended_at: datetime
    came: int = 0
    shown: int = 0
    held_back: bool = False  # whether the desktop did not show what it could hold back

    @property
    def told(self) -> str:
        minutes = max(round((self.ended_at - self.since).total_seconds() / 60), 1)
        over = f"Your focus time is over after {_counted(minutes, 'minute')}."
        if not self.came:
            return over
        if not self.held_back:
            return f"{over} {_counted(self.came, 'notification')} came meanwhile. The digest has all of them."
        were = "was" if self.shown == 1 else "were"
        waited = f"{_counted(self.came - self.shown, 'notification')} waited, {self.shown} {were} shown."
        return f"{over} {waited} The digest has all of them."


class Focus:
    """One for the daemon. May be called from any thread, but not while the caller is in a transaction."""

    def __init__(
        self,
        *,
        writing: Callable[[], AbstractContextManager[Store]],
        now: Callable[[], datetime],
        watches: Callable[[], bool],
        changed: Callable[[], None],
        open_bus: Callable[[], Bus] = lambda: Bus(session_address()),
    ) -> None:
        """`writing` gives the store to whoever holds the pen. `watches`: whether this is a live desktop."""
        self._pen, self._now, self._watches, self._changed = writing, now, watches, changed
        self._open_bus = open_bus
        self._lock = threading.RLock()
        self._state = FocusState()
        self._desktop: DoNotDisturb | None = None  # that is on, by us or by the person
        self._ended: deque[FocusSummary] = deque(maxlen=1)

    def state(self) -> FocusState:
        return self._state

    def shows_again(self) -> bool:
        """Whether others' notifications are held back now, and one of ours is shown all the same. Asks the desktop: the
        person may have switched its do-not-disturb off meanwhile.
        """
        desktop = self._desktop
        if not self._state.is_on or desktop is None or not desktop.shows_critical:
            return False
        try:
            return desktop.state() == "on"
        except NotYet:
            return False

    def start(self, minutes: float) -> FocusState:
        """From now on for so long; one that is on goes on until then. Raises BadInput."""
        if not 0 < minutes <= LONGEST_MINUTES:
            raise BadInput(f"A focus time lasts up to {LONGEST_MINUTES:.0f} minutes: say for how many.")
        with self._writing() as store:
            if not self._watches():
                raise BadInput("This is a replayed recording: there is nothing to focus on.")
            now = self._now()
            since = self._state.since or now
            note = self._state.note if self._state.is_on else self._quiet(store)
            self._state = FocusState(since=since, until=now + timedelta(minutes=minutes), note=note)
            _write(store, self._state)
        self._changed()
        return self._state

    def stop(self) -> FocusSummary | None:
        """None: there was none."""
        with self._writing() as store:
            summary = self._end(store)
        self._changed()
        return summary

    # For the daemon

    def go_on(self) -> None:
        """At the start of the daemon: what was on before a kill or a quit goes on, or ends."""
        with self._writing() as store:
            settings = store.settings()
            self._put_back(store)
            if settings.focus_until:
                since, until = map(datetime.fromisoformat, (settings.focus_since, settings.focus_until))
                self._state = FocusState(since=since, until=until)
                if until > self._now():
                    self._state = FocusState(since=since, until=until, note=self._quiet(store))
                else:
                    self._end(store)

    def end_if_over(self) -> None:
        if self.seconds_left() == 0.0:
            with self._writing() as store:
                if self.seconds_left() == 0.0:  # it may have been prolonged meanwhile
                    self._end(store)

    def seconds_left(self) -> float | None:
        """None: there is no focus time."""
        until = self._state.until
        return None if until is None else max((until - self._now()).total_seconds(), 0.0)

    def take_ended(self) -> FocusSummary | None:
        """The one that has ended and was not told of yet, once."""
        return self._ended.popleft() if self._ended else None

    def leave(self) -> None:
        """The daemon ends: the desktop is as it was before. The next start goes on where time is left."""
        with self._writing() as store:
            self._put_back(store)

    # Pieces

    def _quiet(self, store: Store) -> str:
        """Switch the desktop's own on; what it did, in sentences."""
        desktop = find_do_not_disturb(self._open_bus, start=True)
        if desktop is None:
            return HAS_NONE
        try:
            before = desktop.state()
            if before != "on":
                store.put_setting("focus_before", f"{before} {desktop.name}")
                desktop.put("on")
        except NotYet as error:
            return str(error)
        self._desktop = desktop
        told = (WAS_ON if before == "on" else QUIETED).format(name=desktop.name)
        return told if desktop.shows_critical else f"{told} {HIDES_ALL.format(name=desktop.name)}"

    def _end(self, store: Store) -> FocusSummary | None:
        before, self._state = self._state, FocusState()
        desktop = self._desktop
        self._put_back(store)
        _write(store, self._state)
        if before.since is None or before.until is None:
            return None
        span = {"since": before.since, "until": min(self._now(), before.until) + A_MOMENT}
        criticals = desktop is not None and desktop.shows_critical
        summary = FocusSummary(
            since=before.since,
            ended_at=min(self._now(), before.until),
            came=store.count_digest(**span),
            shown=store.count_shown_again(**span, criticals=criticals),
            held_back=desktop is not None,
        )
        self._ended.append(summary)
        return summary

    def _put_back(self, store: Store) -> None:
        """What cannot be put back now is tried again at the next start."""
        held, self._desktop = self._desktop, None
        if held is not None:
            held.close()
        state, _, name = store.settings().focus_before.partition(" ")
        if state not in get_args(State):
            return
        desktop = held if held is not None and held.name == name else do_not_disturb_of(name, self._open_bus)
        try:
            if desktop is not None and desktop.state() == "on":
                desktop.put(cast(State, state))
        except NotYet as error:
            log.warning("do not disturb was not put back: %s", error)
        else:
            store.put_setting("focus_before", "")

    @contextmanager
    def _writing(self) -> Iterator[Store]:
        with self._pen() as store, self._lock:
            yield store


def _write(store: Store, state: FocusState) -> None:
    with store.transaction():
        for name, at in (("focus_since", state.since), ("focus_until", state.until)):
            store.put_setting(name, at.isoformat() if at is not None else "")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
