"""What a model costs on this computer: PYTHONPATH=. uv run python packaging/bench_model.py [--times 10]
    [--model WEIGHTS [PROJECTOR]]… [--gpu-layers N] [--threads N] [--context TOKENS] [--picture-tokens N]

Without --model: the four tiny ones that the tests make, whose figures tell of the code around llama.cpp and nothing of
real models. Asked through the real process and pipe, as the daemon does it, with the prompt of `observe` and screens of
the demo (1600×900). Every figure is what the parent sees: the median, and the worst where there are two. Told are

* start and load: until the process can be asked; and how much of it llama.cpp took;
* first token, with nothing reused, with the same beginning, with a picture that was encoded before, and with both;
* tokens a second, in an answer that is held to a grammar;
* memory: resident, with the weights as far as they were read; after the first answer, and the most;
* stop: from setting it to having the process back, while it looks at pictures, reads words, and answers;
* late: by how much a thread of this process, and another process, wake up too late from 5 ms of rest: while the model
  is idle, and while it works. That is what the daemon and the person's programs feel of it.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from gum_app.errors import GaveWay, ModelTrouble
from gum_app.paths import shipped
from gum_app.world.llama_session import Options
from gum_app.world.local_model import LocalModel
from gum_app.world.model import Answered, Cost, Pictured, Prompt, Schema
from tests.tiny_models import VISION, write_all
from tests.world.asking import a_frame, a_prompt, tiny_options

ROOT = Path(__file__).resolve().parents[1]
FRAMES = 22  # more than are kept encoded: when one comes again, it is new to the model
BEAT_SECONDS = 0.005
IDLE_SECONDS = 1.0
WORKING_SECONDS = 2.0
MEMORY_EVERY_SECONDS = 0.02
BEAT = "--beat"  # how this script starts itself as the other process

Pictures = tuple[Pictured, ...]

MANY_WORDS: Schema = {
    "type": "object",
    "properties": {"words": {"type": "array", "minItems": 60, "maxItems": 60, "items": {"enum": ["one", "two"]}}},
    "required": ["words"],
    "additionalProperties": False,
}


@dataclass
class Measured:
    name: str
    milliseconds: dict[str, list[float]] = field(default_factory=dict)
    tokens_a_second: list[float] = field(default_factory=list)
    loaded_bytes: int = 0
    most_bytes: int = 0
    prompt_tokens: int = 0  # of the question about a picture

    def add(self, what: str, milliseconds: float | None) -> None:
        """None: it was over before it could be measured."""
        self.milliseconds.setdefault(what, [])
        if milliseconds is not None:
            self.milliseconds[what].append(milliseconds)

    def rows(self) -> dict[str, str]:
        return {
            **{f"{what}, ms": _middle_and_worst(found) for what, found in self.milliseconds.items()},
            "tokens a second": f"{statistics.median(self.tokens_a_second):.0f}",
            "tokens of a question": f"{self.prompt_tokens}",
            "memory, MB": f"{self.loaded_bytes / 1e6:.0f} → {self.most_bytes / 1e6:.0f}",
        }


def _middle_and_worst(milliseconds: Sequence[float]) -> str:
    if not milliseconds:
        return "–"
    middle = f"{statistics.median(milliseconds):.1f}"
    return middle if len(milliseconds) == 1 else f"{middle} / {max(milliseconds):.1f}"


class Bench:
    """One model, asked in every way. `sees`: it has a projector."""

    def __init__(self, model: LocalModel, measured: Measured, *, sees: bool) -> None:
        self._model, self._measured, self._sees = model, measured, sees
        self._frames = map(a_frame, itertools.cycle(range(1, FRAMES + 1)))
        self._number = itertools.count(1)
        self._instructions = shipped("prompts/observe.md").read_text(encoding="utf-8")

    def run(self, times: int) -> None:
        self._start()
        with self._memory_watched():
            for _ in range(times):
                self._first_tokens()
                self._speed()
                self._stops()
            self._lateness("idle", lambda: threading.Event().wait(IDLE_SECONDS))
            self._lateness("at work", self._work)

    def _start(self) -> None:
        begun = time.perf_counter()
        answered = self._ask(a_prompt("Hello."))
        whole = (time.perf_counter() - begun) * 1000 - answered.cost.total_ms
        loaded = self._model.loaded
        assert loaded is not None
        self._measured.name = loaded.name + (f" on {loaded.device}" if loaded.layers_on_gpu else "")
        self._measured.add("start and load", whole)
        self._measured.add("of these llama.cpp", loaded.load_ms)
        self._measured.loaded_bytes = self._model.resident_bytes

    def _first_tokens(self) -> None:
        begins, shown, other = self._new_beginning(), self._new_pictures(1), self._new_pictures(1)
        first = self._first_token("nothing reused", begins, shown, pictures_reused=0)
        again = self._first_token("the beginning reused", begins, other, pictures_reused=0)
        assert again.reused_tokens > first.reused_tokens
        self._measured.prompt_tokens = again.prompt_tokens
        if self._sees:
            self._first_token("beginning and picture", begins, other, pictures_reused=1)
            self._first_token("the picture reused", self._new_beginning(), other, pictures_reused=1)

    def _first_token(self, what: str, begins: str, shown: Pictures, *, pictures_reused: int) -> Cost:
        prompt = a_prompt(*shown, f"What was done here, in question {next(self._number)}?", system=begins)
        waited_ms, cost = self._until_first_token(prompt)
        assert cost.pictures_reused == pictures_reused, "this would measure something else"
        self._measured.add(f"first token, {what}", waited_ms)
        return cost

    def _until_first_token(self, prompt: Prompt) -> tuple[float, Cost]:
        heard_at: list[float] = []
        begun = time.perf_counter()
        answered = self._ask(prompt, lambda _piece: heard_at.append(time.perf_counter()))
        return (heard_at[0] - begun) * 1000, answered.cost

    def _speed(self) -> None:
        cost = self._ask(self._counting()).cost
        self._measured.tokens_a_second.append(1000 * (cost.answer_tokens - 1) / (cost.total_ms - cost.first_token_ms))

    def _stops(self) -> None:
        if self._sees:
            self._measured.add("stop while it looks", self._stopped_half_way(self._looking))
        self._measured.add("stop while it reads", self._stopped_half_way(self._reading))
        answering = Stopping()
        self._measured.add("stop while it answers", self._stopped(self._counting(), answering, answering.pull))

    def _looking(self) -> Prompt:
        return a_prompt(*self._new_pictures(2), "What is it?", system="Look.")

    def _reading(self) -> Prompt:
        return a_prompt("What is it?", system=self._new_beginning())

    def _counting(self) -> Prompt:
        return a_prompt("Count.", schema=MANY_WORDS, most_tokens=1500)

    def _stopped_half_way(self, prompt: Callable[[], Prompt]) -> float | None:
        """Half-way to the first word. Where that is shows a first, unstopped question of the same kind."""
        waited_ms, _ = self._until_first_token(prompt())
        stopping = Stopping()
        timer = threading.Timer(waited_ms / 2000, stopping.pull)
        timer.start()
        try:
            return self._stopped(prompt(), stopping, stopping.miss)
        finally:
            timer.join()

    def _stopped(self, prompt: Prompt, stopping: Stopping, at_a_word: Callable[[], None]) -> float | None:
        """Milliseconds; None where it was too late."""
        pid = self._model.pid
        try:
            self._model.ask(prompt, stop=stopping.event, heard=lambda _piece: at_a_word())
        except GaveWay:
            assert self._model.pid == pid, "it had to be killed"
            return stopping.took_ms()
        return None

    def _work(self) -> None:
        until = time.monotonic() + WORKING_SECONDS
        while time.monotonic() < until:
            self._ask(a_prompt(*self._new_pictures(1), "What is it?", system=self._new_beginning()))

    def _lateness(self, when: str, work: Callable[[], object]) -> None:
        with another_process_beats() as elsewhere, a_thread_beats() as here:
            work()
        self._measured.milliseconds[f"late, a thread here, {when}"] = here
        self._measured.milliseconds[f"late, another process, {when}"] = elsewhere

    @contextmanager
    def _memory_watched(self) -> Iterator[None]:
        over = threading.Event()

        def watch() -> None:
            while not over.wait(MEMORY_EVERY_SECONDS):
                self._measured.most_bytes = max(self._measured.most_bytes, self._model.resident_bytes)

        watching = threading.Thread(target=watch)
        watching.start()
        try:
            yield
        finally:
            over.set()
            watching.join()

    def _ask(self, prompt: Prompt, heard: Callable[[str], None] = lambda _piece: None) -> Answered:
        return self._model.ask(prompt, stop=threading.Event(), heard=heard)

    def _new_beginning(self) -> str:
        return f"{next(self._number)}. {self._instructions}"

    def _new_pictures(self, count: int) -> Pictures:
        """None for a model that does not see."""
        return tuple(itertools.islice(self._frames, count)) if self._sees else ()


class Stopping:
    """One question that is taken back, and how long that takes."""

    def __init__(self) -> None:
        self.event = threading.Event()
        self._pulled_at: float | None = None
        self._is_missed = False

    def pull(self) -> None:
        if not self.event.is_set():
            self._pulled_at = time.perf_counter()
            self.event.set()

    def miss(self) -> None:
        """What was to be stopped is over."""
        self._is_missed = True

    def took_ms(self) -> float | None:
        """None: it was over before."""
        if self._is_missed or self._pulled_at is None:
            return None
        return (time.perf_counter() - self._pulled_at) * 1000


# Who shares the computer with the model


def beats(over: threading.Event) -> list[float]:
    """How late it woke up each time, in milliseconds."""
    late_ms: list[float] = []
    while True:
        begun = time.perf_counter()
        if over.wait(BEAT_SECONDS):
            return late_ms
        late_ms.append((time.perf_counter() - begun - BEAT_SECONDS) * 1000)


@contextmanager
def a_thread_beats() -> Iterator[list[float]]:
    """The list is filled when the block ends."""
    over, late_ms = threading.Event(), list[float]()
    thread = threading.Thread(target=lambda: late_ms.extend(beats(over)))
    thread.start()
    try:
        yield late_ms
    finally:
        over.set()
        thread.join()


@contextmanager
def another_process_beats() -> Iterator[list[float]]:
    """The list is filled when the block ends."""
    late_ms: list[float] = []
    command = [sys.executable, __file__, BEAT]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment) as process:
        assert process.stdout is not None
        process.stdout.readline()  # it has started
        yield late_ms
        told, _ = process.communicate("")
        late_ms += json.loads(told)


def be_another_process() -> None:
    over = threading.Event()

    def wait_for_the_end() -> None:
        sys.stdin.read()
        over.set()

    threading.Thread(target=wait_for_the_end).start()
    print(flush=True)
    print(json.dumps(beats(over)))


# From the command line


def bench(options: Options, times: int) -> Measured:
    """Raises ModelTrouble."""
    measured = Measured(options.weights.stem)
    with closing(LocalModel(options)) as model:
        Bench(model, measured, sees=options.projector is not None).run(times)
    return measured


def table(all_measured: Sequence[Measured]) -> str:
    found = [measured.rows() for measured in all_measured]
    names = list(dict.fromkeys(name for rows in found for name in rows))
    lines = [["", *(measured.name for measured in all_measured)]]
    lines += [[name, *(rows.get(name, "–") for rows in found)] for name in names]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    sides = (str.ljust, *[str.rjust] * len(found))
    return "\n".join(
        "  ".join(side(cell, width) for side, cell, width in zip(sides, line, widths, strict=True)) for line in lines
    )


def chosen_options(chosen: argparse.Namespace, tiny: Path) -> list[Options]:
    if not chosen.model:
        return [tiny_options(tiny, name) for name in VISION]
    return [
        Options(
            weights=files[0],
            projector=files[1] if len(files) > 1 else None,
            context_tokens=chosen.context,
            gpu_layers=chosen.gpu_layers,
            threads=chosen.threads,
            most_picture_tokens=chosen.picture_tokens,
        )
        for files in chosen.model
    ]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--model", type=Path, nargs="+", action="append", metavar="FILE")
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--gpu-layers", type=int, default=0, help="-1: all")
    parser.add_argument("--threads", type=int, default=0, help="0: as the program chooses")
    parser.add_argument("--context", type=int, default=8192)
    parser.add_argument("--picture-tokens", type=int, default=0, help="0: as many as the model takes")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        tiny = Path(folder) if chosen.model else write_all(Path(folder))
        try:
            print(table([bench(options, chosen.times) for options in chosen_options(chosen, tiny)]))
        except ModelTrouble as error:
            print(error, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    if sys.argv[1:] == [BEAT]:
        be_another_process()
    else:
        sys.exit(main(sys.argv[1:]))
