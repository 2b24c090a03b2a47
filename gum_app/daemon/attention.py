"""Minds what other programs show, on a thread of its own: judges it, shows the important few again in a focus time, and
tells at its end what waited.

It sleeps until something is shown, a focus time begins, or one is over. Nothing is held back by it: what the desktop
holds back in a focus time stands in the digest, whatever was judged of it.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from gum_app.daemon.room import Room
from gum_app.daemon.triage import Triage
from gum_app.digest import DigestId, DigestItem
from gum_app.errors import NotYet
from gum_app.rules.triage import is_undecided
from gum_app.rules.triage_wording import short_reason
from gum_app.store.store import Store
from gum_app.world.hands import Notified
from gum_app.world.notifications import Notifier

log = logging.getLogger(__name__)

MOST_SHOWN = 5  # within that time; the digest has the others
SHOWN_WITHIN = timedelta(minutes=5)
LONGEST_SHOWN = 500  # characters
LOOK_SECONDS = 30.0  # in a focus time: a computer that slept meanwhile has waited for less than the clock says


class Attention:
    """Belongs to one thread, as its notifier and its store do."""

    def __init__(self, room: Room, store: Store, triage: Triage, notifier: Notifier) -> None:
        self._room, self._store = room, store
        self._triage, self._notifier = triage, notifier
        self._shown: deque[datetime] = deque()

    def attend(self, stop: Callable[[], bool]) -> None:
        """Until it is time to stop; then the desktop is as it was before a focus time that is still on."""
        self._room.focus.go_on()
        try:
            while not stop():
                self._room.something_to_attend.clear()
                if not self.step():
                    left = self._room.focus.seconds_left()
                    self._room.something_to_attend.wait(None if left is None else min(left, LOOK_SECONDS))
        finally:
            self._room.focus.leave()

    def step(self) -> bool:
        """Once what is due; whether there may be more of it."""
        self._room.focus.end_if_over()
        heard = {}
        while self._room.heard:
            id_, notified = self._room.heard.popleft()
            heard[id_] = notified
        judged = self._triage.judge_some()
        for item in judged:
            self._show_again(item, heard.get(item.id))
        if any(item.judgement is not None and is_undecided(item.judgement) for item in judged):
            self._room.something_to_interpret.set()
        while self._room.rejudged:
            again = self._store.digest_item(self._room.rejudged.popleft())
            if again is not None:
                self._show_again(again, None)
        while self._notifier.answer(0) is not None:
            pass  # nothing is asked: but what goes unread piles up
        ended = self._room.focus.take_ended()
        if ended is not None:
            self._show("Focus time is over", ended.told)
        return bool(judged)

    def _show_again(self, item: DigestItem, heard: Notified | None) -> None:
        """As its program said it; of one that was heard before a restart what is kept of it."""
        if item.judgement is None or item.judgement.attention != "now" or not self._is_held_back(item):
            return
        now = self._room.clock.now()
        while self._shown and now - self._shown[0] >= SHOWN_WITHIN:
            self._shown.popleft()
        if len(self._shown) >= MOST_SHOWN:
            return
        self._shown.append(now)
        summary, body = (heard.summary, heard.body) if heard is not None else (item.title, item.text)
        why = short_reason(item.judgement)
        said = "\n".join(filter(None, (body[:LONGEST_SHOWN], f"Shown in your focus time: {why[:1].lower()}{why[1:]}")))
        if self._show(f"{item.app}: {summary[:LONGEST_SHOWN]}", said, critical=True):
            with self._room.pen:
                self._store.note_shown(item.id, now)

    def _is_held_back(self, item: DigestItem) -> bool:
        """What its program calls critical the desktop shows by itself. Nothing is shown that others may see."""
        gate = self._room.gate
        focus = self._room.focus.state()
        return (
            item.urgency != "critical"
            and focus.since is not None
            and item.at >= focus.since
            and not (gate.locked or gate.asleep or gate.sharing)
            and self._room.focus.shows_again()
        )

    def _show(self, summary: str, body: str, *, critical: bool = False) -> bool:
        try:
            self._notifier.show(summary, body, urgency="critical" if critical else "normal")
        except NotYet as error:
            log.info("nothing could be shown: %s", error)
            return False
        return True


def hear(room: Room, id: DigestId, notified: Notified) -> None:  # noqa: A002
    """It was kept, and waits to be judged. From any thread."""
    room.heard.append((id, notified))
    room.something_to_attend.set()


def attend_again(room: Room, id: DigestId) -> None:  # noqa: A002
    """The model thought otherwise of it. From any thread."""
    room.rejudged.append(id)
    room.something_to_attend.set()
