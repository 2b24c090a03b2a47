"""Minds what other programs show, on a thread of its own: ends a focus time when it is over, and tells what waited.

It sleeps until something is shown, a focus time begins, or one is over.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from gum_app.daemon.room import Room
from gum_app.errors import NotYet
from gum_app.world.notifications import Notifier

log = logging.getLogger(__name__)


class Attention:
    """Belongs to one thread, as its notifier does."""

    def __init__(self, room: Room, notifier: Notifier) -> None:
        self._room = room
        self._notifier = notifier

    def attend(self, stop: Callable[[], bool]) -> None:
        """Until it is time to stop; then the desktop is as it was before a focus time that is still on."""
        self._room.focus.go_on()
        try:
            while not stop():
                self.step()
                self._room.something_to_attend.wait(self._room.focus.seconds_left())
                self._room.something_to_attend.clear()
        finally:
            self._room.focus.leave()

    def step(self) -> None:
        """Once what is due."""
        self._room.focus.end_if_over()
        ended = self._room.focus.take_ended()
        if ended is not None:
            self._show("Focus time is over", ended.told)

    def _show(self, summary: str, body: str) -> None:
        try:
            self._notifier.show(summary, body)
        except NotYet as error:
            log.info("nothing could be shown: %s", error)
