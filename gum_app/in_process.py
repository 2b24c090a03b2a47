"""What this very process does as the daemon: watch, replay, or do one thing in a home where none runs.

Apart from `commands`, because it brings the whole daemon with it; who asks or opens a window need not wait for that.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from gum_app import logs
from gum_app.clock import SetClock, SystemClock
from gum_app.daemon.answers import Answers
from gum_app.daemon.daemon import Daemon
from gum_app.daemon.gate import Gate
from gum_app.daemon.learner import learn
from gum_app.daemon.lock import HomeLock
from gum_app.daemon.replay import refuse_other_lives
from gum_app.daemon.room import Room
from gum_app.link import Answer, Question
from gum_app.paths import Home
from gum_app.reports import ProgressBar
from gum_app.store.reading import ReadingStore
from gum_app.world import keys


def watch(home: Home, *, headless: bool, recording: Path | None) -> None:
    """Until it is told to quit."""
    home.prepare()
    logs.set_up(home, "daemon")
    daemon = Daemon(home, needs_light=not headless, recording=recording)
    with daemon.stopped_by_signals():
        daemon.run()


def replay(home: Home, recording: Path, *, skips_first_day: bool = False) -> bool:
    """False where it was stopped before the end. `skips_first_day`: of suggestions, to measure them."""
    logs.set_up(home, "replay")
    daemon = Daemon(home, recording=recording, stay=False)
    daemon.room.skips_first_day = skips_first_day
    with daemon.stopped_by_signals(), ProgressBar(sys.stderr).following(lambda: daemon.room.progress):
        daemon.run()
    return not daemon.room.quitting.is_set()


def think_with(home: Home, recording: Path, question: Question) -> None:
    """Choose the model that is to think along with a replay; `question` is the verb of the windows that chooses.

    Nothing is changed where the replay would be refused. Raises as that verb, and as `refuse_other_lives`.
    """
    if home.database.exists():
        with closing(ReadingStore(home.database, keys.open_key(home))) as store:
            refuse_other_lives(recording, home, store)
    do_here(home, question)


def do_here(home: Home, question: Question) -> Answer:
    """The last answer. Raises whatever the verb raises, and AlreadyRunning."""
    return list(answers_here(home, question))[-1]


def answers_here(home: Home, question: Question) -> Iterator[Answer]:
    """In the daemon's place, and under its lock. Raises whatever the verb raises, and AlreadyRunning."""
    key = keys.open_key(home)
    with HomeLock(home):
        room = Room(home=home, gate=Gate(needs_light=True), clock=SystemClock())
        room.open(key)
        with closing(ReadingStore(home.database, key)) as store:
            if (until := store.replayed_until()) is not None:
                room.clock = SetClock(until)
        with closing(Answers(room)) as answers:
            yield from answers.answer(question)
        if room.take(room.learning_due):
            with closing(room.open_store()) as store:
                learn(store, room.pen)
