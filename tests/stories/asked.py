"""Real daemons that are asked things while something goes wrong, and the real process in which their model runs."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, TypeVar

import psutil
import pytest

from gum_app.link import Asking, Refused, ask_once
from gum_app.own_daemon import answers
from gum_app.paths import Home
from gum_app.world.model_shown import SWITCH
from tests.desktop import until
from tests.stories.processes import command

SECONDS = 60.0

T = TypeVar("T")

Ask = Callable[..., dict[str, Any]]


class Shown:
    """What a daemon prints with GUM_SHOW_MODEL=1, as it comes."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._text = ""
        self._stream = stream
        self._thread = threading.Thread(target=self._read, name="shown")
        self._thread.start()

    def _read(self) -> None:
        while piece := os.read(self._stream.fileno(), 65_536):
            self._text += piece.decode("utf-8", "replace")

    @property
    def text(self) -> str:
        return self._text

    def close(self) -> None:
        """After the daemon has ended."""
        self._thread.join()
        self._stream.close()

    def is_answering(self, number: int) -> bool:
        """Whether question `number`, the first being 1, is answered just now: some letters of it have come."""
        said = self._text.split("\n--- answer\n")[1:]
        return len(said) == number and len(said[-1]) > 20 and "\n--- " not in said[-1]


@contextmanager
def a_daemon(home: Home, arguments: Sequence[str] = (), **environment: str) -> Iterator[tuple[psutil.Process, Shown]]:
    """It ends with the block, whatever happened in it. `arguments`: in place of the usual ones."""
    person = home.root.parent / "person"
    person.mkdir(exist_ok=True)
    its_own = {"HOME": str(person), "XDG_CONFIG_HOME": str(person), "OMP_WAIT_POLICY": "passive", SWITCH: "1"}
    process = subprocess.Popen(
        arguments or command(home, "daemon"), env=os.environ | its_own | environment, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    shown = Shown(process.stderr)
    try:
        until(lambda: answers(home) and "state" in ask_once(home, {"do": "status"}), "the daemon answers", SECONDS)
        yield psutil.Process(process.pid), shown
        assert process.poll() is None
        ask_once(home, {"do": "quit"})
        assert process.wait(SECONDS) == 0
    finally:
        process.kill()
        process.wait()
        shown.close()


@contextmanager
def asking(home: Home) -> Iterator[Ask]:
    """Asks for something and waits for the last word of the answer."""
    with Asking(home, timeout_seconds=SECONDS) as line:
        yield lambda verb, **fields: list(line.ask({"do": verb, **fields}))[-1]


def sentence(ask: Ask, verb: str = "model_try", **fields: Any) -> str:
    """What is said in place of an answer."""
    with pytest.raises(Refused) as refused:
        ask(verb, **fields)
    said = str(refused.value)
    assert said.endswith(".")
    assert "Traceback" not in said
    return said


def use(ask: Ask, weights: Path, projector: Path) -> None:
    ask("set", name="model_threads", value=1)
    ask("model_files", weights=str(weights), projector=str(projector))
    ask("model_wake")


def eventually(ask: Callable[[], T], what: str) -> T:
    """As `until`, for what takes a daemon a moment to answer: asked all the time, it would be busy with that alone."""
    pause = threading.Event()

    def slowly() -> T:
        pause.wait(0.1)
        return ask()

    return until(slowly, what, SECONDS)


def rests(ask: Ask, because: str = "") -> str:
    """Waits until the model does, for that reason, and gives the sentence that the person reads then."""

    def sentence() -> str:
        told = ask("status")["model"]
        return str(told["sentence"]) if told["state"] == "resting" and because in told["sentence"] else ""

    return eventually(sentence, f"the model rests: {because}")


def model_process(daemon: psutil.Process) -> psutil.Process:
    """The child in which the model runs: it alone has llama.cpp in it."""

    def look() -> list[psutil.Process]:
        return [
            child
            for child in daemon.children(recursive=True)
            if any("libllama" in part.path for part in child.memory_maps())
        ]

    return until(look, "the model's process is there", SECONDS)[0]


def is_gone(process: psutil.Process) -> bool:
    """With all its threads: the first may have ended while the process cannot be collected yet."""
    try:
        threads = [task.name for task in Path(f"/proc/{process.pid}/task").iterdir()]
    except FileNotFoundError:
        return True
    return threads == [str(process.pid)] and process.status() == psutil.STATUS_ZOMBIE
