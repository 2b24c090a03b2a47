"""A recorder with all its parts around a desktop that a test moves by hand. Only the machine's edge is made up: hands
whose time passes while they wait, and the reader of `tests/world/scripted_reader.py`.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image

from gum_app.clock import SetClock
from gum_app.daemon.desk import Desk
from gum_app.daemon.eyes import Eyes
from gum_app.daemon.gate import Gate
from gum_app.daemon.keeper import Keeper
from gum_app.daemon.recorder import Recorder
from gum_app.records import Line, Monitor, Observation, PrivacyRule, Rect, Skip, Surroundings, Window
from gum_app.rules.norms import Norms
from gum_app.rules.privacy import SHIPPED
from gum_app.rules.revisions import fold
from gum_app.settings import Settings
from gum_app.store.store import Store
from gum_app.world.hands import Happening, Picture, WindowChanged
from gum_app.world.reading import Reader
from tests.builders import NOON, a_line
from tests.desktop import PATIENCE_SECONDS
from tests.world.scripted_reader import ScriptedReader

KEY = bytes(range(32))
MONITOR = Monitor(index=0, rect=Rect(x=0, y=0, width=1000, height=800))
WHOLE = MONITOR.rect


def window(app: str = "editor", title: str = "plan.md", rect: Rect | None = WHOLE, **more: object) -> Window:
    return Window(app=app, title=title, rect=rect, **more)  # type: ignore[arg-type]


def picture(color: str = "white", *patches: tuple[Rect, str]) -> Image.Image:
    """A monitor of one colour, with patches of another."""
    image = Image.new("RGB", (MONITOR.rect.width, MONITOR.rect.height), color)
    for rect, other in patches:
        image.paste(other, (rect.x, rect.y, rect.right, rect.bottom))
    return image


class ByHand:
    """Hands. Waiting takes as long as it says, and nothing happens meanwhile but what a test has put in."""

    def __init__(self, clock: SetClock) -> None:
        self.clock = clock
        self.happenings: deque[Happening] = deque()
        self.front: Window | None = None
        self.beside: tuple[Window, ...] = ()
        self.monitors: tuple[Monitor, ...] = (MONITOR,)
        self.image = picture()
        self.touched_at: datetime | None = None  # None: a recording, which reports activity itself
        self.grabs = 0
        self.asked = 0  # how often somebody wanted to know what can be seen
        self.while_grabbing: Window | None = None  # what comes to the front just then

    def next_happening(self, timeout_seconds: float) -> Happening | None:
        if self.happenings and self.happenings[0].at <= self.clock.now() + timedelta(seconds=timeout_seconds):
            happening = self.happenings.popleft()
            self.clock.put(max(happening.at, self.clock.now()))
            return happening
        self.clock.put(self.clock.now() + timedelta(seconds=timeout_seconds))
        return None

    def surroundings(self) -> Surroundings:
        self.asked += 1
        visible = (self.front, *self.beside) if self.front is not None else self.beside
        return Surroundings(foreground=self.front, visible=visible, monitors=self.monitors)

    def grab(self, monitor: Monitor) -> Picture | None:
        self.grabs += 1
        if self.while_grabbing is not None:
            self.front, self.while_grabbing = self.while_grabbing, None
        return Picture(at=self.clock.now(), monitor=monitor, image=self.image)

    def idle_seconds(self) -> float:
        return 0.0 if self.touched_at is None else (self.clock.now() - self.touched_at).total_seconds()

    def wake(self) -> None:
        pass

    def close(self) -> None:
        pass


class Watch:
    """A recorder at work. Consent is given and a light is not needed, unless a test says otherwise."""

    def __init__(self, store: Store, reader: Reader, *, in_line: bool = True) -> None:
        self.store = store
        self.clock = SetClock(NOON)
        self.hands = ByHand(self.clock)
        self.gate = Gate(needs_light=False)
        self.gate.consent()
        self.rules: list[PrivacyRule] = list(SHIPPED)
        self.settings = Settings()
        self.pen = threading.RLock()
        self.ripened = threading.Event()
        self.read = threading.Event()  # the reading thread has something
        self.keeper = Keeper(
            store,
            rules=lambda: tuple(self.rules),
            norms=lambda: Norms(said=self.settings.norms),
            thumbnails=lambda: self.settings.keep_thumbnails,
            stills=lambda: bool(self.settings.model),
            ripened=self.ripened.set,
        )
        self.desk = Desk(reader, in_line=in_line, done=self.read.set)
        self.eyes = Eyes(self.keeper, self.desk)
        self.recorder = Recorder(
            hands=self.hands,
            clock=self.clock,
            gate=self.gate,
            keeper=self.keeper,
            eyes=self.eyes,
            rules=lambda: tuple(self.rules),
            settings=lambda: self.settings,
            pen=self.pen,
        )

    def switch(self, front: Window | None, *beside: Window, image: Image.Image | None = None) -> None:
        """Another window comes to the front, now."""
        self.hands.front, self.hands.beside = front, beside
        if image is not None:
            self.hands.image = image
        self.happen(WindowChanged(at=self.clock.now()))

    def happen(self, *happenings: Happening) -> None:
        self.hands.happenings += happenings
        while self.hands.happenings:
            self.recorder.step()

    def touch(self) -> None:
        """Somebody presses a key, now: as the live desktop tells it, by its idle counter."""
        self.hands.touched_at = self.clock.now() - timedelta(milliseconds=10)
        self.recorder.step()

    def work(self, seconds: float) -> None:
        """Time passes, and somebody is at the machine all the while."""
        end = self.clock.now() + timedelta(seconds=seconds)
        while self.clock.now() < end:
            self.touch()

    def wait(self, seconds: float) -> None:
        """Time passes, and nobody touches the machine."""
        if self.hands.touched_at is None:
            self.hands.touched_at = self.clock.now()
        end = self.clock.now() + timedelta(seconds=seconds)
        while self.clock.now() < end:
            self.recorder.step()

    # What has been kept

    def kept(self) -> list[Observation]:
        """Oldest first, with their words."""
        return self.store.observations(with_lines=True)[::-1]

    def titles(self) -> list[str]:
        return [seen.title for seen in self.kept()]

    def words(self) -> list[str]:
        return [line.text for seen in self.kept() for line in seen.lines]

    def skips(self) -> list[Skip]:
        return self.store.skips()[::-1]

    def skipped(self) -> list[str]:
        return [skip.rule for skip in self.skips()]

    def everything(self) -> str:
        """All that the store could tell, as one text."""
        return "\n".join(self.store.export_lines())


def open_store(path: Path) -> Store:
    return Store(path, KEY, fold=fold)


def read_lines(*texts: str, x: int = 40, y: int = 300) -> tuple[Line, ...]:
    """What a reader finds: one line under the other."""
    return tuple(a_line(text, x=x, y=y + 30 * n, block=n) for n, text in enumerate(texts))


def seconds_of(seen: Iterable[Observation]) -> list[float]:
    return [each.active_seconds for each in seen]


class HeldReader(ScriptedReader):
    """Begins to read, and goes on when it is let."""

    def __init__(self, *answers: tuple[Line, ...] | Exception) -> None:
        super().__init__(*answers)
        self.began = threading.Semaphore(0)
        self.may_go_on = threading.Semaphore(0)

    def read(self, image: Image.Image, region: Rect) -> tuple[Line, ...]:
        self.began.release()
        assert self.may_go_on.acquire(timeout=PATIENCE_SECONDS)
        return super().read(image, region)

    def wait_until_it_reads(self) -> None:
        assert self.began.acquire(timeout=PATIENCE_SECONDS), "nothing was given to the reader"


BANK = (  # no title and no address tells it: only its words do
    "Current account",
    "Available balance 1,204.17",
    "Make a transfer",
    "Standing orders",
    "Report fraud",
    "Last log-in yesterday",
    "Log out",
)
