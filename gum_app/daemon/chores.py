"""What the thinker does by the clock, between two thoughts: routines, questions, retention, learning, tidying by night.

The scheduler and the person only say that something is due; here it is done, on the thinker's thread.
"""

from __future__ import annotations

from datetime import timedelta

from gum_app.daemon.inquirer import inquire
from gum_app.daemon.learner import learn
from gum_app.daemon.night import is_due, may_now
from gum_app.daemon.room import Room
from gum_app.daemon.thinker import Thinker
from gum_app.daemon.tidier import Tidier
from gum_app.store.store import ForgettingUnfinished, Store


def do_what_is_due(room: Room, store: Store, thinker: Thinker) -> None:
    """Raises what the disk cannot do."""
    if room.take(room.routines_due):
        thinker.think_about_routines()
        inquire(store, room.clock.now(), pen=room.pen)
    if room.take(room.expire_due):
        expire(room, store)
        room.learning_due.set()  # a verdict goes with what was discarded
    if room.take(room.learning_due):
        learn(store, room.pen, stop=room.quitting.is_set)
    if room.take(room.night_due):
        tidy_by_night(room, store)


def expire(room: Room, store: Store) -> None:
    """Old words and pictures go, and the traces of what was forgotten. Raises ForgettingUnfinished."""
    settings, now = store.settings(), room.clock.now()
    with room.pen:
        store.expire(
            at=now,
            words_before=now - timedelta(days=settings.keep_words_days),
            thumbnails_before=now - timedelta(days=settings.keep_thumbnails_days),
            told_before=now - timedelta(days=settings.keep_disclosures_days),
            max_bytes=settings.disk_limit_mb * 1_000_000,
        )
        try:
            store.finish_forgetting()
        except ForgettingUnfinished:
            room.expire_due.set()  # until it has succeeded
            raise


def tidy_by_night(room: Room, store: Store) -> None:
    """Until the person is back: what is left waits for the next chance."""
    if not is_due(store.tidied_at(), room.clock.now()) or not may_now(room.circumstances()):
        return
    if room.tidying.acquire(blocking=False):
        try:
            Tidier(store, room.clock, pen=room.pen).tidy(
                lambda: room.quitting.is_set() or not may_now(room.circumstances())
            )
        finally:
            room.tidying.release()
