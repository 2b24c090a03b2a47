"""Puts the process together: the link first, then the key, the store, and the threads that look and think.

Until the key is there the state is locked, and a window can send the passphrase in. Only this process writes the
database, and only one of them per home.
"""

from __future__ import annotations

import logging
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC
from pathlib import Path

from apscheduler.schedulers.background import BackgroundScheduler

from gum_app.clock import Clock, SetClock, SystemClock
from gum_app.daemon.answers import Answers
from gum_app.daemon.attention import Attention, attend_again, hear
from gum_app.daemon.choice import heed, sends_beyond
from gum_app.daemon.chores import do_what_is_due
from gum_app.daemon.desk import Desk
from gum_app.daemon.doing import Doing
from gum_app.daemon.embedding import EmbeddingJob
from gum_app.daemon.eyes import Eyes
from gum_app.daemon.gate import Gate
from gum_app.daemon.ideas import Ideas
from gum_app.daemon.interpreter import Interpreter
from gum_app.daemon.keeper import Keeper
from gum_app.daemon.lock import HomeLock
from gum_app.daemon.mind import Mind
from gum_app.daemon.offering import Offering
from gum_app.daemon.recorder import Recorder
from gum_app.daemon.replay import replay
from gum_app.daemon.room import Room
from gum_app.daemon.second_thought import SecondThought
from gum_app.daemon.suggester import Suggester
from gum_app.daemon.thinker import Thinker
from gum_app.daemon.triage import Triage
from gum_app.daemon.wishes import Wishes
from gum_app.errors import GumError, KeyLocked
from gum_app.link import LinkServer
from gum_app.paths import Home, shipped
from gum_app.records import Call
from gum_app.store.store import Store
from gum_app.world.bus import Bus, session_address
from gum_app.world.do_not_disturb import is_quiet
from gum_app.world.keys import open_key, state
from gum_app.world.microphone import is_listened_to
from gum_app.world.notifications import DesktopNotifier
from gum_app.world.platform import open_hands
from gum_app.world.reading import TesseractReader

log = logging.getLogger(__name__)

RETRY_SECONDS = 5.0  # after trouble with the machine: a display that is gone, a full disk
FAULT_RETRY_SECONDS = 60.0  # after a fault of our own
THINK_AT_LEAST_EVERY_SECONDS = 300.0
LOOK_AFTER_MODEL_SECONDS = 30.0  # pictures that are too old, memory that is short, an episode that has settled
EXPIRE_EVERY_MINUTES = 60
ROUTINES_EVERY_MINUTES = 30
JUDGE_EVERY_MINUTES = 1  # what waits for a better moment
NIGHT_EVERY_MINUTES = 15  # so often it is asked whether it is time to tidy

Say = Callable[[str | None], None]


class Daemon:
    """`run` returns when it was told to quit, by the link, a signal, or the end of a replay that nobody watches."""

    def __init__(
        self, home: Home, *, needs_light: bool = True, recording: Path | None = None, stay: bool = True
    ) -> None:
        """`recording`: replay this instead of watching. `stay`: go on answering when the replay is over."""
        self._home = home
        self._recording = recording
        self._stay = stay
        # Where a window will come, it shows what is wrong. Else whoever started us must be told at once.
        self._can_wait_out = GumError if needs_light and stay else KeyLocked
        clock: Clock = SystemClock()
        if recording is not None:
            clock = SetClock(clock.now())
        self.room = Room(home=home, gate=Gate(needs_light=needs_light and recording is None), clock=clock)

    def run(self) -> None:
        """Raises AlreadyRunning, HomeUnusable, BadInput, RecordingBroken; without a window also what is wrong with the
        key or the database, which otherwise the window is told.
        """
        self._home.prepare()
        with (
            HomeLock(self._home),
            closing(Answers(self.room)) as answers,
            closing(LinkServer(self._home, answers.answer)),
        ):
            self._wait_for_key()
            if not self.room.quitting.is_set():
                self._live()

    @contextmanager
    def stopped_by_signals(self) -> Iterator[None]:
        """Within it, SIGTERM and SIGINT ask to quit. Call it from the main thread only."""
        ours, theirs = socket.socketpair()
        theirs.setblocking(False)

        def wait() -> None:
            if ours.recv(1):
                self.room.quit()

        waiting = threading.Thread(target=wait, name="signals")
        waiting.start()
        # An Event must not be set by a handler, which may run within the very wait for it: a thread is told instead.
        handlers = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGTERM, signal.SIGINT)}
        before = signal.set_wakeup_fd(theirs.fileno())
        try:
            yield
        finally:
            signal.set_wakeup_fd(before)
            for number, handler in handlers.items():
                signal.signal(number, handler)
            theirs.close()
            waiting.join()
            ours.close()

    # The key

    def _wait_for_key(self) -> None:
        """Ask the keyring by ourselves where that is possible; otherwise a window sends what is needed."""
        try:
            self.room.key_state = state(self._home)
            if self.room.key_state == "ready-to-ask":
                self.room.open(open_key(self._home))
        except GumError as error:
            if not isinstance(error, self._can_wait_out):
                raise
            self.room.key_state = "locked" if isinstance(error, KeyLocked) else "trouble"
            self.room.key_trouble = str(error)
        if self.room.key is None and not self._stay:
            open_key(self._home)  # says what is missing: nobody will send it
        self.room.wait_for_key()

    # The threads

    def _live(self) -> None:
        with closing(self.room.open_store()) as store:
            self.room.restore(store)
            until = store.replayed_until()
            if self._recording is None and until is not None:
                self.room.clock, self.room.replayed = SetClock(until), True
            spans = self.room.clock if self._recording is not None else SystemClock()  # a set clock stands still
            self.room.mind = mind = Mind(self.room.clock, self._note_call, spans=spans)
            with closing(mind):
                if self._recording is not None:
                    self._replay(store, self._recording, mind)
                elif self.room.replayed:
                    self._keep_thinking(mind)
                else:
                    self._watch(store, mind)

    def _replay(self, store: Store, folder: Path, mind: Mind) -> None:
        assert isinstance(self.room.clock, SetClock)
        self.room.interpreter = interpreter = self._interpreter(store, mind)
        self.room.ideas = ideas = self._ideas(store, mind)
        with closing(TesseractReader()) as reader:
            self.room.reading_with = reader.engine
            ended = replay(self.room, self.room.clock, store, folder, reader, self._thinker(store), interpreter, ideas)
        self.room.replayed, self.room.progress = True, None  # in this order: the status is asked in between
        if ended and self._stay:
            mind.measure_by(SystemClock())  # that of the recording stands still from now on
            self._keep_thinking(mind)

    def _watch(self, store: Store, mind: Mind) -> None:
        store.close_all_observations()
        recorder = threading.Thread(target=self._try_again, args=(self._record, self._say_watching), name="recorder")
        recorder.start()
        attention = threading.Thread(target=self._try_again, args=(self._attend, lambda _: None), name="attention")
        attention.start()
        offering = threading.Thread(target=self._try_again, args=(self._offer, lambda _: None), name="offering")
        offering.start()
        scheduler = BackgroundScheduler(timezone=UTC)  # spans only; what the wall clock says does not matter
        scheduler.add_job(self.room.expire_soon, "interval", minutes=EXPIRE_EVERY_MINUTES, coalesce=True)
        scheduler.add_job(self.room.routines_soon, "interval", minutes=ROUTINES_EVERY_MINUTES, coalesce=True)
        scheduler.add_job(self.room.night_soon, "interval", minutes=NIGHT_EVERY_MINUTES, coalesce=True)
        scheduler.add_job(self.room.judge_soon, "interval", minutes=JUDGE_EVERY_MINUTES, coalesce=True)
        scheduler.start()
        self.room.expire_soon()  # some computers are never on for an hour
        self.room.routines_soon()
        self._keep_thinking(mind)
        scheduler.shutdown(wait=False)
        attention.join()
        offering.join()
        recorder.join()

    def _keep_thinking(self, mind: Mind) -> None:
        """Until it is time to quit. Also in a home that watches nothing: the person may tell it something."""
        interpreting = threading.Thread(
            target=self._try_again, args=(lambda: self._interpret(mind), self._say_interpreting), name="interpreter"
        )
        interpreting.start()
        self._try_again(self._think, self._say_thinking)
        interpreting.join()

    def _try_again(self, work: Callable[[], None], say: Say) -> None:
        """Do it until it is time to quit; trouble is said for as long as it lasts, a fault of ours is reported."""
        said: str | None = None
        while not self.room.quitting.is_set():
            try:
                work()
            except GumError as error:
                wait_seconds, sentence = RETRY_SECONDS, str(error)
            except Exception as fault:  # noqa: BLE001 - a thread that dies unseen would be worse; it is reported and said
                self.room.report_fault(fault)
                wait_seconds, sentence = (
                    FAULT_RETRY_SECONDS,
                    f"A fault of gum-app was reported in {self._home.crashes}.",
                )
            else:
                return
            say(sentence)
            if sentence != said:
                log.warning("stopped for a while: %s", sentence)
            said = sentence
            self.room.quitting.wait(wait_seconds)

    def _say_watching(self, sentence: str | None) -> None:
        self.room.watching_trouble = sentence

    def _say_thinking(self, sentence: str | None) -> None:
        self.room.thinking_trouble = sentence

    def _say_interpreting(self, sentence: str | None) -> None:
        self.room.interpreting_trouble = sentence

    def _record(self) -> None:
        """Look for as long as there is a display. Raises ScreenLost, NotYet, ReaderFailed, and what the disk cannot."""
        with (
            closing(open_hands()) as hands,
            closing(self.room.open_store()) as store,
            closing(TesseractReader()) as reader,
            closing(Desk(reader, done=hands.wake)) as desk,
        ):
            self.room.reading_with = reader.engine
            with self.room.pen:
                store.close_all_observations()  # trouble may have left some open
            wishes = Wishes(store)
            keeper = Keeper(
                store,
                rules=wishes.rules,
                norms=wishes.norms,
                thumbnails=wishes.thumbnails,
                stills=wishes.stills,
                ripened=self.room.something_to_think_about.set,
                heard=lambda id_, notified: hear(self.room, id_, notified),
            )
            recorder = Recorder(
                hands=hands,
                clock=self.room.clock,
                gate=self.room.gate,
                keeper=keeper,
                eyes=Eyes(keeper, desk),
                rules=wishes.rules,
                settings=wishes.settings,
                pen=self.room.pen,
            )
            self._say_watching(None)
            self.room.recorder, self.room.desk = recorder, desk
            try:
                recorder.run(self.room.quitting)
            finally:
                self.room.recorder = self.room.desk = None

    def _attend(self) -> None:
        icon = str(shipped("resources/icons/gum-app.svg"))
        with (
            closing(self.room.open_store()) as store,
            closing(DesktopNotifier(lambda: Bus(session_address()), icon=icon)) as notifier,
        ):
            triage = Triage(store, self.room.clock, settings=Wishes(store).settings, pen=self.room.pen)
            Attention(self.room, store, triage, notifier).attend(self.room.quitting.is_set)

    def _offer(self) -> None:
        with (
            closing(self.room.open_store()) as store,
            closing(
                DesktopNotifier(lambda: Bus(session_address()), icon=str(shipped("resources/icons/gum-app.svg")))
            ) as notifier,
        ):
            Offering(self.room, store, notifier, doing=Doing(self.room)).offer(self.room.quitting.is_set)

    def _think(self) -> None:
        with closing(self.room.open_store()) as store:
            thinker, suggester = (
                self._thinker(store),
                Suggester(self.room, store, is_quiet=_is_quiet, is_in_call=_is_in_call),
            )
            self.room.learn_soon()  # what the last run left
            while not self.room.quitting.is_set():
                self.room.something_to_think_about.wait(THINK_AT_LEAST_EVERY_SECONDS)
                self.room.something_to_think_about.clear()
                thinker.think(self.room.quitting)
                do_what_is_due(self.room, store, thinker)
                recorder = self.room.recorder
                self.room.show(suggester.suggest_if_due(recorder.present if recorder is not None else None))
                self._say_thinking(None)

    def _interpret(self, mind: Mind) -> None:
        with closing(self.room.open_store()) as store:
            self.room.interpreter = interpreter = self._interpreter(store, mind)
            self.room.embedding = embedding = self._embedding(store, mind)
            self.room.second_thought = second_thought = self._second_thought(store, mind)
            self.room.ideas = ideas = self._ideas(store, mind)
            while not self.room.quitting.is_set():
                if not self.room.replayed:  # of what was shown long ago nothing is decided any more
                    second_thought.think(self.room.quitting.is_set)
                    ideas.think(self.room.recorder.present if self.room.recorder is not None else None)
                # The clock of a replayed home stands still: nothing would ever be long enough ago to be ripe.
                interpreter.interpret(self.room.quitting.is_set, last=self.room.replayed)
                embedding.tell(self.room.quitting.is_set, last=self.room.replayed)
                mind.unload_if_idle(at_once=self.room.is_in_want())
                self._say_interpreting(None)
                self.room.something_to_interpret.wait(
                    LOOK_AFTER_MODEL_SECONDS if mind.model or mind.embedder else THINK_AT_LEAST_EVERY_SECONDS
                )
                self.room.something_to_interpret.clear()

    def _interpreter(self, store: Store, mind: Mind) -> Interpreter:
        wishes = Wishes(store)
        return Interpreter(
            store,
            mind,
            self.room.clock,
            settings=wishes.settings,
            person=wishes.person,
            circumstances=self.room.circumstances,
            heed=lambda: heed(self.room, mind, wishes.settings),
            report=self.room.report_fault,
            pen=self.room.pen,
            rules=wishes.rules,
            norms=wishes.norms,
            leaves=lambda: sends_beyond(wishes.settings()),
            spoken=self.room.spoken.among,
        )

    def _embedding(self, store: Store, mind: Mind) -> EmbeddingJob:
        wishes = Wishes(store)
        return EmbeddingJob(
            store,
            mind,
            self.room.clock,
            settings=wishes.settings,
            circumstances=self.room.circumstances,
            leaves=lambda: sends_beyond(wishes.settings()),
            pen=self.room.pen,
        )

    def _second_thought(self, store: Store, mind: Mind) -> SecondThought:
        wishes = Wishes(store)
        return SecondThought(
            store,
            mind,
            self.room.clock,
            settings=wishes.settings,
            person=wishes.person,
            circumstances=self.room.circumstances,
            leaves=lambda: sends_beyond(wishes.settings()),
            pen=self.room.pen,
            changed=lambda id_: attend_again(self.room, id_),
        )

    def _ideas(self, store: Store, mind: Mind) -> Ideas:
        wishes = Wishes(store)
        return Ideas(
            store,
            mind,
            self.room.clock,
            settings=wishes.settings,
            person=wishes.person,
            circumstances=self.room.circumstances,
            leaves=lambda: sends_beyond(wishes.settings()),
            pen=self.room.pen,
            kept=self.room.judge_at_once,
            forgettings=lambda: self.room.forgettings,
            rules=wishes.rules,
        )

    def _note_call(self, call: Call) -> None:
        with self.room.pen, closing(self.room.open_store()) as store:
            store.add_call(call)

    def _thinker(self, store: Store) -> Thinker:
        return Thinker(
            store,
            self.room.clock,
            person=Wishes(store).person,
            report=self.room.report_fault,
            pen=self.room.pen,
            spoken=self.room.spoken.among,
        )


def _is_quiet() -> bool:
    """Whether the person does not want to be disturbed, as their desktop has it. Where it cannot tell, they may be."""
    return is_quiet(lambda: Bus(session_address())) or False


def _is_in_call() -> bool:
    return is_listened_to() or False
