"""What the daemon's threads share: who is there, what is due, what the status says, and the pen for who writes."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from gum_app.clock import Clock
from gum_app.daemon.focus import Focus
from gum_app.daemon.gate import Gate
from gum_app.daemon.spoken import Spoken
from gum_app.digest import DigestId
from gum_app.errors import KeyMissing
from gum_app.logs import report_crash
from gum_app.paths import Home
from gum_app.rules.budget import LOW_BATTERY_PERCENT, Circumstances
from gum_app.rules.revisions import fold
from gum_app.settings import BOTH, Part
from gum_app.store.reading import ReadingStore
from gum_app.store.store import Store
from gum_app.suggestions import SuggestionId
from gum_app.world.machine import is_short_of_memory
from gum_app.world.power import read_power

if TYPE_CHECKING:
    from gum_app.daemon.desk import Desk
    from gum_app.daemon.embedding import EmbeddingJob
    from gum_app.daemon.ideas import Ideas
    from gum_app.daemon.interpreter import Interpreter
    from gum_app.daemon.mind import Mind
    from gum_app.daemon.recorder import Recorder
    from gum_app.daemon.second_thought import SecondThought
    from gum_app.pipeline.act import Preview
    from gum_app.world.hands import Notified

log = logging.getLogger(__name__)

LOCKED = "The database is still locked: unlock it in the window of gum-app."


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """`serial` grows with each wish: a window that has seen it does not come up again."""

    page: str
    id: int | None
    serial: int


@dataclass
class Room:
    """Fields are set by one thread each and read by others; only whole values are ever put in."""

    home: Home
    gate: Gate
    clock: Clock
    # Guards the database against two writers: forgetting may write for a minute, longer than SQLite lets others wait.
    # Take it before a transaction, never within one.
    pen: AbstractContextManager[object] = field(default_factory=threading.RLock)
    key: bytes | None = None
    key_state: str = "not chosen"  # not chosen, ready-to-ask, needs passphrase, locked, trouble, ready
    key_trouble: str | None = None
    reading_with: str = ""
    watching_trouble: str | None = None
    thinking_trouble: str | None = None
    interpreting_trouble: str | None = None
    replayed: bool = False  # this home holds a replay: nothing is watched
    progress: tuple[int, int] | None = None  # events replayed, of how many; None: no replay under way
    recorder: Recorder | None = None
    desk: Desk | None = None
    mind: Mind | None = None
    interpreter: Interpreter | None = None
    embedding: EmbeddingJob | None = None
    second_thought: SecondThought | None = None
    ideas: Ideas | None = None
    focus: Focus = field(init=False)
    # Why the model that was chosen to think, or the one to compare, cannot even be asked.
    model_trouble: str | None = None
    embedder_trouble: str | None = None
    quitting: threading.Event = field(default_factory=threading.Event)
    something_to_think_about: threading.Event = field(default_factory=threading.Event)
    routines_due: threading.Event = field(default_factory=threading.Event)
    night_due: threading.Event = field(default_factory=threading.Event)
    tidying: threading.Lock = field(default_factory=threading.Lock)  # held by who tidies: one at a time
    expire_due: threading.Event = field(default_factory=threading.Event)
    learning_due: threading.Event = field(default_factory=threading.Event)  # verdicts came or went
    something_to_interpret: threading.Event = field(default_factory=threading.Event)
    something_to_attend: threading.Event = field(default_factory=threading.Event)  # notifications, or a focus time
    something_waits: bool = True  # a suggestion is open, or it is not known yet whether one is
    skips_first_day: bool = False  # of a replay that is measured: suggestions from the first hour on
    forgettings: int = 0  # how often something was forgotten or hidden since the start
    to_show: deque[SuggestionId] = field(default_factory=deque)  # as notifications, once each
    offering_trouble: str | None = None  # why a notification could not be shown
    wanted: Wanted | None = None  # what a window is to show, as somebody asked by a notification
    something_to_offer: threading.Event = field(default_factory=threading.Event)  # a suggestion, or a reminder
    previews: dict[SuggestionId, Preview] = field(default_factory=dict)  # as shown to the person, until the click
    spoken: Spoken = field(default_factory=Spoken)  # what was answered lately: no evidence when it is seen again
    chats: set[threading.Event] = field(default_factory=set)  # of each question of the person: set, it is taken back
    # How often something about either model was changed (its settings, its files, the engine); once before the start.
    models_wanted: dict[Part, int] = field(default_factory=lambda: dict.fromkeys(BOTH, 1))
    # Up to which of these changes each is the one that is wanted.
    models_heeded: dict[Part, int] = field(default_factory=lambda: dict.fromkeys(BOTH, 0))
    # Kept notifications as their programs said them, until they are judged: the newest, and only in memory.
    heard: deque[tuple[DigestId, Notified]] = field(default_factory=lambda: deque(maxlen=200))
    # Notifications of which the model thought otherwise than the rules.
    rejudged: deque[DigestId] = field(default_factory=lambda: deque(maxlen=200))
    _key_came: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.focus = Focus(
            writing=self.writing,
            now=lambda: self.clock.now(),
            watches=lambda: not self.replayed and self.progress is None,
            changed=self.something_to_attend.set,
        )

    def open(self, key: bytes) -> None:
        """The key is here. Raises KeyWrong, DatabaseDamaged, DiskFull, HomeUnusable when it does not open the database.

        Finishes a forgetting that was cut off, which `open_store` leaves alone.
        """
        with self.pen:
            Store(self.home.database, key, fold=fold).close()
        self.key, self.key_state, self.key_trouble = key, "ready", None
        self._key_came.set()

    def wait_for_key(self) -> None:
        """Returns when the key is here, or when it is time to quit."""
        self._key_came.wait()

    def open_store(self) -> Store:
        """One for the calling thread."""
        assert self.key is not None, "the store opens only after the key has come"
        return Store(self.home.database, self.key, fold=fold, finishing=False)

    @contextmanager
    def writing(self) -> Iterator[Store]:
        """The pen, and a store for the calling thread. Raises KeyMissing."""
        if self.key is None:
            raise KeyMissing(LOCKED)
        with self.pen, closing(self.open_store()) as store:
            yield store

    @contextmanager
    def reading(self) -> Iterator[ReadingStore]:
        """One for the calling thread. Raises KeyMissing."""
        if self.key is None:
            raise KeyMissing(LOCKED)
        with ReadingStore(self.home.database, self.key) as store:
            yield store

    def restore(self, store: Store) -> None:
        """Consent and a pause outlast a restart."""
        settings = store.settings()
        if settings.consented_at:
            self.gate.consent()
        if settings.paused_until:
            self.gate.pause(datetime.fromisoformat(settings.paused_until))

    def report_fault(self, fault: Exception) -> None:
        """To the crash report, for the person to read. Never raises."""
        try:
            report_crash(self.home, "daemon", fault, thread=threading.current_thread().name)
        except OSError as error:
            log.warning("a fault could not be reported: %s", error)

    def quit(self) -> None:
        """Not from a signal handler: an Event that is being waited for must not be set from within the wait."""
        self.quitting.set()
        self._key_came.set()
        self.something_to_think_about.set()
        self.something_to_interpret.set()
        self.something_to_attend.set()
        self.something_to_offer.set()
        if self.mind is not None:
            self.mind.shut()
        recorder = self.recorder
        if recorder is not None:
            recorder.look_again()

    def circumstances(self) -> Circumstances:
        """How the machine is, for who may compute in the background. A replay is asked for: it waits for nothing."""
        if self.progress is not None:
            return Circumstances(idle=True)
        power = read_power()
        return Circumstances(
            idle=self.gate.away or self.gate.locked,
            on_battery=power is not None and power.on_battery,
            battery_percent=power.percent if power is not None else None,
            memory_short=is_short_of_memory(),
        )

    def is_in_want(self) -> bool:
        """Whether a model that does nothing should give its memory back at once."""
        now = self.circumstances()
        low = now.on_battery and now.battery_percent is not None and now.battery_percent < LOW_BATTERY_PERCENT
        return now.memory_short or low

    @property
    def are_models_heeded(self) -> bool:
        return self.models_heeded == self.models_wanted

    def choose_models_again(self, parts: Iterable[Part] = BOTH) -> None:
        """Files came or went, the engine was built, something was set, or the person wants it tried again."""
        for part in parts:
            self.models_wanted[part] += 1
        self.something_to_interpret.set()
        self.drop_questions()  # also one that is made and not asked yet: the server may be switched off
        if self.mind is not None:
            self.mind.interrupt()

    def drop_questions(self) -> None:
        """What is about to be asked of a model is not asked, and what is being asked comes to nothing."""
        for each in (self.interpreter, self.embedding, self.second_thought, self.ideas):
            if each is not None:
                each.forget()
        for stop in tuple(self.chats):
            stop.set()
        self.forgettings += 1
        self.previews.clear()  # the words of one may be what was forgotten
        self.spoken.forget_notes()

    def let_models_forget(self) -> None:
        """After something was forgotten or hidden. Without the pen, which a question that gives way needs to note what
        it took.
        """
        self.drop_questions()
        mind = self.mind
        if mind is not None:
            mind.forget()

    def routines_soon(self) -> None:
        self.routines_due.set()
        self.something_to_think_about.set()

    def show(self, ids: Iterable[SuggestionId]) -> None:
        """As notifications; that each was shown stands in the store already."""
        new = list(ids)
        if new:
            self.to_show.extend(new)
            self.something_to_offer.set()

    def want_window(self, page: str, id_: int | None) -> None:
        serial = self.wanted.serial + 1 if self.wanted is not None else 1
        self.wanted = Wanted(page=page, id=id_, serial=serial)

    def offer_soon(self) -> None:
        """What is shown, or is to be, has changed; or what is to be reminded of."""
        self.something_to_offer.set()

    def expire_soon(self) -> None:
        """Let go what is old, and wipe the traces of what was forgotten."""
        self.expire_due.set()
        self.something_to_think_about.set()

    def tell_meanings_soon(self) -> None:
        """A wording came, or came back, at the person's word: it is not left to the next look, half a minute later."""
        self.something_to_interpret.set()

    def learn_soon(self) -> None:
        self.learning_due.set()
        self.something_to_think_about.set()

    def judge_soon(self) -> None:
        """Whether the moment is better now for what waits. Nobody is woken for nothing, or while nobody is there."""
        if self.something_waits and not (self.gate.away or self.gate.locked):
            self.something_to_think_about.set()

    def judge_at_once(self) -> None:
        """Something new waits."""
        self.something_waits = True
        self.something_to_think_about.set()

    def night_soon(self) -> None:
        """Look whether it is time to tidy what is believed."""
        self.night_due.set()
        self.something_to_think_about.set()

    @staticmethod
    def take(due: threading.Event) -> bool:
        """Whether it was due; it no longer is."""
        if not due.is_set():
            return False
        due.clear()
        return True
