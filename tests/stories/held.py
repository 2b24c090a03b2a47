"""A daemon as it is, but that nothing of it depends on how fast the computer is: its endless model stops in the midst
of each answer until the test lets it go on, and how long a model may be silent is for the test to say, too.

    python -m tests.stories.held FOLDER --home HOME daemon

FOLDER is where the test says so, see `Held`. All else is the real thing: a real process of the model that is held,
gives signs of life meanwhile, and can be told to stop.
"""

from __future__ import annotations

import functools
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from gum_app.daemon import choice
from gum_app.paths import Home
from gum_app.world import model_child
from gum_app.world.llama_session import Options, Session
from gum_app.world.model import Answered, Prompt
from gum_app.world.model_waiting import Limits

ENDLESS = "endless.gguf"
LETTERS = 30  # of an answer, after which it is held
FOLDER = "GUM_TEST_HELD"  # the environment tells the process of the model where to look
real_main = model_child.main


class Held:
    """What the test holds in its hand: files in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder
        self._goes_on, self._hangs = folder / "goes-on", folder / "hangs"

    def command(self, home: Home) -> list[str]:
        """Which starts the daemon."""
        return [sys.executable, "-m", __name__, str(self._folder), "--home", str(home.root), "daemon"]

    def let_one_go_on(self) -> None:
        """The answer that is held, or the next one, is written to its end."""
        self._goes_on.touch()

    @contextmanager
    def impatient(self) -> Iterator[None]:
        """Within it, a model that says nothing for a second is thought to hang; else none ever is."""
        self._hangs.touch()
        yield
        self._hangs.unlink()

    @property
    def may_go_on(self) -> bool:
        if not self._goes_on.exists():
            return False
        self._goes_on.unlink()
        return True

    @property
    def is_patient(self) -> bool:
        return not self._hangs.exists()


class Patience(float):
    """Seconds that have not passed, whatever they are compared with, before the test says so."""

    held: Held

    def __lt__(self, other: float) -> bool:
        return not self.held.is_patient and float(self) < other


def model_main(pipe: Connection, options: Options, engine: Path | None) -> None:
    """In the process of the model."""
    if options.weights.name == ENDLESS:
        Session.ask = holding(Session.ask, Held(Path(os.environ[FOLDER])))  # type: ignore[method-assign]
    real_main(pipe, options, engine)


def holding(ask: Callable[..., Answered], held: Held) -> Callable[..., Answered]:
    def ask_and_hold(
        session: Session, prompt: Prompt, *, stop: Callable[[], bool], heard: Callable[[str], None]
    ) -> Answered:
        letters, goes_on = 0, False

        def hear(piece: str) -> None:
            nonlocal letters, goes_on
            heard(piece)
            letters += len(piece)
            while letters > LETTERS and not goes_on and not stop():
                goes_on = held.may_go_on
                time.sleep(0.01)

        return ask(session, prompt, stop=stop, heard=hear)

    return ask_and_hold


def main() -> int:
    from gum_app.__main__ import main as gum_app

    os.environ[FOLDER] = folder = sys.argv.pop(1)
    Patience.held = Held(Path(folder))
    vars(choice)["Limits"] = functools.partial(Limits, silent_seconds=Patience(1.0))
    model_child.main = model_main
    return gum_app()


if __name__ == "__main__":
    sys.exit(main())
