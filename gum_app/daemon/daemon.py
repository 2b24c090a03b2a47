"""Puts the process together: the link first, then the key, the store, and the threads that look and think.

Until the key is there the state is locked, and a window can send the passphrase in. Only this process writes the
database, and only one of them per home.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType

from apscheduler.schedulers.background import BackgroundScheduler

from gum_app.clock import Clock, SetClock, SystemClock
from gum_app.daemon.answers import Answers
from gum_app.daemon.desk import Desk
from gum_app.daemon.gate import Gate
from gum_app.daemon.keeper import Keeper
from gum_app.daemon.lock import HomeLock
from gum_app.daemon.recorder import Recorder
from gum_app.daemon.room import Room
from gum_app.daemon.thinker import Thinker
from gum_app.daemon.wishes import Wishes
from gum_app.errors import BadInput, GumError, KeyLocked, KeyTrouble, NotYet, ScreenLost
from gum_app.link import LinkServer
from gum_app.logs import report_crash
from gum_app.paths import Home
from gum_app.records import Person
from gum_app.store.store import Store
from gum_app.world.keys import open_key, state
from gum_app.world.platform import open_hands
from gum_app.world.reading import TesseractReader
from gum_app.world.recording import RecordedHands

log = logging.getLogger(__name__)

DISPLAY_RETRY_SECONDS = 5.0
THINK_AT_LEAST_EVERY_SECONDS = 300.0
TIDY_EVERY_MINUTES = 60
ROUTINES_EVERY_MINUTES = 30


class Daemon:
    """`run` returns when it was told to quit, by the link, a signal, or the end of a replay without a window."""

    def __init__(
        self, home: Home, *, needs_light: bool = True, recording: Path | None = None, stay: bool = True
    ) -> None:
        """`recording`: replay this instead of watching. `stay`: go on answering when the replay is over."""
        self._home = home
        self._recording = recording
        self._stay = stay
        self._clock: Clock = SystemClock() if recording is None else SetClock(datetime.now().astimezone())
        self.room = Room(home=home, gate=Gate(needs_light=needs_light and recording is None), clock=self._clock)

    def run(self) -> None:
        """Raises AlreadyRunning, HomeUnusable, DatabaseDamaged, RecordingBroken, and what the reader cannot do."""
        self._home.prepare()
        with HomeLock(self._home):
            answers = Answers(self.room)
            with closing(LinkServer(self._home, answers.answer)):
                self._wait_for_key()
                if not self.room.quitting.is_set():
                    self._live()

    def stop_on_signals(self) -> None:
        """Call it from the main thread only."""

        def stop(_number: int, _frame: FrameType | None) -> None:
            self.room.quit()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)

    # The key

    def _wait_for_key(self) -> None:
        """Ask the keyring by ourselves where that is possible; otherwise a window sends what is needed."""
        if state(self._home) == "ready-to-ask":
            try:
                self.room.open(open_key(self._home))
            except KeyLocked as error:
                self.room.key_state = "locked"
                self.room.key_trouble = str(error)
            except KeyTrouble as error:
                self.room.key_state = "trouble"
                self.room.key_trouble = str(error)
        else:
            self.room.key_state = state(self._home)
        self.room.wait_for_key()

    # The threads

    def _live(self) -> None:
        with closing(self.room.open_store()) as store:
            self._check(store)
            self.room.restore(store)
            self.room.replayed = self._recording is None and store.replayed_until() is not None
            if self._recording is not None:
                self._replay(store, self._recording)
            elif self.room.replayed:
                self.room.quitting.wait()
            else:
                self._watch(store)

    def _check(self, store: Store) -> None:
        if self._recording is not None and store.replayed_until() is None and store.days():
            raise BadInput(
                f"{self._home.root} holds what was really seen: replay into another folder with --home, or into none."
            )

    def _watch(self, store: Store) -> None:
        store.close_all_observations()
        threads = [
            threading.Thread(target=self._record, name="recorder"),
            threading.Thread(target=self._think, name="thinker"),
        ]
        scheduler = BackgroundScheduler(timezone=str(self._clock.now().tzinfo or "UTC"))
        scheduler.add_job(self.room.tidy_soon, "interval", minutes=TIDY_EVERY_MINUTES, coalesce=True)
        scheduler.add_job(self.room.routines_soon, "interval", minutes=ROUTINES_EVERY_MINUTES, coalesce=True)
        scheduler.start()
        for thread in threads:
            thread.start()
        self.room.quitting.wait()
        self.room.wake_all()
        scheduler.shutdown(wait=False)
        for thread in threads:
            thread.join()

    def _record(self) -> None:
        """Look for as long as there is a display; when it goes away, wait for one and say so."""
        with closing(self.room.open_store()) as store, closing(TesseractReader()) as reader:
            wishes = Wishes(store)
            self.room.reading_with = reader.engine
            keeper = Keeper(
                store, rules=wishes.rules, thumbnails=wishes.thumbnails, ripened=self.room.something_to_think_about.set
            )
            while not self.room.quitting.is_set():
                try:
                    self._record_on_one_display(keeper, wishes, reader)
                except (ScreenLost, NotYet) as error:
                    self.room.display_trouble = str(error)
                    log.warning("the display cannot be watched: %s", error)
                    self._clock.wait(DISPLAY_RETRY_SECONDS, self.room.quitting)

    def _record_on_one_display(self, keeper: Keeper, wishes: Wishes, reader: TesseractReader) -> None:
        with closing(open_hands()) as hands, closing(Desk(reader, done=hands.wake)) as desk:
            self.room.display_trouble = None
            recorder = Recorder(
                hands=hands,
                clock=self._clock,
                gate=self.room.gate,
                keeper=keeper,
                desk=desk,
                rules=wishes.rules,
                settings=wishes.settings,
            )
            self.room.recorder, self.room.desk, self.room.hands = recorder, desk, hands
            try:
                recorder.run(self.room.quitting)
            finally:
                self.room.recorder = self.room.desk = self.room.hands = None

    def _think(self) -> None:
        with closing(self.room.open_store()) as store:
            thinker = self._thinker(store, Wishes(store).person)
            while not self.room.quitting.is_set():
                self.room.something_to_think_about.wait(THINK_AT_LEAST_EVERY_SECONDS)
                self.room.something_to_think_about.clear()
                try:
                    thinker.think(self.room.quitting)
                    if self.room.take(self.room.routines_due):
                        thinker.think_about_routines()
                    if self.room.take(self.room.tidy_due):
                        self._tidy(store)
                except GumError as error:
                    self.room.thinking_trouble = str(error)
                    log.warning("thinking rests: %s", error)
                else:
                    self.room.thinking_trouble = None

    def _thinker(self, store: Store, person: Callable[[], Person]) -> Thinker:
        return Thinker(
            store,
            self._clock,
            person=person,
            report=self._report_fault,
        )

    def _report_fault(self, fault: Exception) -> None:
        report_crash(self._home, "daemon", fault, thread="thinker")

    def _tidy(self, store: Store) -> None:
        settings, now = store.settings(), self._clock.now()
        store.expire(
            words_before=now - timedelta(days=settings.keep_words_days),
            thumbnails_before=now - timedelta(days=settings.keep_thumbnails_days),
            max_bytes=settings.disk_limit_mb * 1_000_000,
        )

    # A recording in place of the screen

    def _replay(self, store: Store, folder: Path) -> None:
        assert isinstance(self._clock, SetClock)
        self.room.gate.consent()
        hands = RecordedHands(folder, self._clock, start=store.position())
        with closing(TesseractReader()) as reader, closing(Desk(reader, in_line=True)) as desk:
            wishes = Wishes(store)
            self.room.reading_with, self.room.desk = reader.engine, desk
            keeper = Keeper(store, rules=wishes.rules, thumbnails=wishes.thumbnails)
            keeper.take_up(store.open_observations())
            recorder = Recorder(
                hands=hands,
                clock=self._clock,
                gate=self.room.gate,
                keeper=keeper,
                desk=desk,
                rules=wishes.rules,
                settings=wishes.settings,
            )
            self.room.recorder = recorder
            self._replay_all(store, hands, keeper, recorder, self._thinker(store, wishes.person))
            self.room.recorder = self.room.desk = None
        if self._stay:
            self.room.quitting.wait()

    def _replay_all(
        self, store: Store, hands: RecordedHands, keeper: Keeper, recorder: Recorder, thinker: Thinker
    ) -> None:
        """What one event brings, and how far we are, is one transaction: a kill loses and doubles nothing."""
        while not recorder.ended and not self.room.quitting.is_set():
            with store.transaction():
                recorder.step()
                keeper.write()
                store.put_position(hands.position)
                store.put_replayed_until(self._clock.now())
            thinker.think(self.room.quitting)
            self.room.progress = (hands.position, len(hands))
        if recorder.ended:
            thinker.think_about_routines()
            self.room.progress, self.room.replayed = None, True
