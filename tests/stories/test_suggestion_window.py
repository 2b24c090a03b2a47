"""Help with the real window on a real desktop: “Why” on the notification brings the card forward, what would happen is
shown, clicked with the mouse, done, and taken back. (That the daemon finds the moment is told in test_offered.)
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from gum_app.clock import SystemClock
from gum_app.daemon.daemon import Daemon
from gum_app.link import ask_once
from gum_app.own_daemon import answers
from gum_app.paths import Home
from gum_app.records import Line, Rect
from gum_app.rules.revisions import fold
from gum_app.store.store import Store
from gum_app.suggestions import Act, SuggestionId
from gum_app.world.keys import make_key
from gum_app.world.reading import TesseractReader
from tests.builders import an_offer
from tests.daemon.running import running
from tests.desktop import Desktop, skip_without, until
from tests.store.life import see
from tests.stories.processes import a_home

HOUR = timedelta(hours=1)
PRESSED_SECONDS = 8.0
LIT = {"watching", "idle", "private"}  # the daemon is asked by a tray, and looks as far as it may
TEXT = "Dear Ann,\n\nI would like to rent the ladder on Monday.\n"


class Person:
    """Sees the screen and has a mouse."""

    def __init__(self, desk: Desktop, reader: TesseractReader) -> None:
        self.desk, self.reader = desk, reader
        self._step = 0

    def is_there(self) -> bool:
        """Moves the mouse: who sits still for a minute counts as away."""
        self._step = 1 - self._step
        self.desk.xdo("mousemove", 600, 700 + self._step)
        return True

    def click(self, word: str) -> None:
        """The lowest place on the screen where this word stands."""
        place = until(lambda: self._place(word), f"“{word}” on the screen")
        assert place is not None
        self.desk.xdo("mousemove", *place, "click", 1)

    def sees(self, words: str) -> bool:
        return any(words in line.text for line in self._lines())

    def _place(self, word: str) -> tuple[int, int] | None:
        found = [each.rect for line in self._lines() for each in line.words if each.text == word]
        lowest = max(found, key=lambda rect: rect.y, default=None)
        return None if lowest is None else (lowest.x + lowest.width // 2, lowest.y + lowest.height // 2)

    def _lines(self) -> tuple[Line, ...]:
        picture = self.desk.shot().convert("RGB")
        return self.reader.read(picture, Rect(x=0, y=0, width=picture.width, height=picture.height))


@pytest.fixture
def reader() -> Iterator[TesseractReader]:
    with closing(TesseractReader()) as reader:
        yield reader


def offered(home: Home) -> SuggestionId:
    """A mail was begun and left; it is to be shown now."""
    now = SystemClock().now()
    act = Act(kind="draft", title="Mail to Ann", text=TEXT)
    with closing(Store(home.database, make_key(home, "file"), fold=fold)) as store:
        store.put_setting("consented_at", (now - timedelta(days=7)).isoformat())
        offer = an_offer(
            kind="draft",
            title="A mail about the ladder was left",
            act=act,
            seen_in=(see(store, "rent the ladder", at=now - HOUR),),
            good_until=now + 4 * HOUR,
        )
        kept = store.suggestion(store.add_offer(offer, now))
        assert kept is not None
        store.put_suggestion(replace(kept, state="shown", shown_at=now, changed_at=now, wanted=0.6))
        return kept.id


def state(home: Home) -> str:
    return str(ask_once(home, {"do": "status"})["state"])


@pytest.mark.desktop
def test_why_brings_the_card_and_what_was_shown_is_done_and_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: TesseractReader
) -> None:
    skip_without("trayer")
    home = a_home(tmp_path / "gum")
    id_ = offered(home)
    with Desktop(size="1200x800", notifications=True, tray=True) as desk:
        desk.enter(monkeypatch)
        person = Person(desk, reader)
        with running(Daemon(home)) as daemon:
            command = (sys.executable, "-m", "gum_app", "--home", str(home.root), "--hidden")
            window = desk.spawn(*command, more_env={"QT_QPA_PLATFORM": "xcb"})
            until(lambda: answers(home), "the daemon")
            until(lambda: person.is_there() and state(home) in LIT, f"the light of the window, not {state(home)}")
            while not desk.ask("xdotool", "search", "--onlyvisible", "--name", "^gum-app$"):
                daemon.room.show([id_])  # it may have gone by itself before the mouse was there
                person.click("Why")
                with suppress(AssertionError):
                    desk.wait_window("--name", "^gum-app$", patience_seconds=PRESSED_SECONDS)
            until(lambda: person.sees("something to help with"), "the reasons, opened")
            person.click("Show")
            desk.wait_window("--name", "^What will happen$")
            assert not home.outbox.exists(), "nothing happens before the click on what is shown"
            person.click("Write")
            (written,) = until(lambda: list(home.outbox.glob("*")), "the file")
            assert written.read_text(encoding="utf-8") == TEXT
            person.click("Undo")
            until(lambda: not written.exists(), "the undoing")
            (one,) = ask_once(home, {"do": "suggestions"})["suggestions"]
            assert one["state"] == "undone"
            desk.stop(window)
