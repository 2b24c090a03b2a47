"""Many answers in a row from every tiny model: PYTHONPATH=. uv run python packaging/soak_model.py [TIMES]

TIMES (1,000) questions each, every one with a screenshot of the demo (1600×900, one after the other, so that most are
encoded anew) and other words, answered in a schema by the real process through the real pipe; then as many rounds of
embeddings. Told: failed answers, answers of another shape, and what the process takes of the memory after the first
tenth and at the end. It fails where an answer failed, or where the memory grew by more than MOST_GROWTH_BYTES.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from gum_app.errors import ModelTrouble
from gum_app.world.local_model import LocalEmbedder, LocalModel
from gum_app.world.shapes import fits
from tests.tiny_models import VISION, write_all
from tests.world.asking import SHORT, a_frame, a_prompt, tiny_embedder_options, tiny_options

FRAMES = 22
TEXTS = 20  # a round of embeddings
MOST_GROWTH_BYTES = 16_000_000  # the allocator takes some megabytes more now and then, and keeps them


@dataclass(frozen=True)
class Soaked:
    name: str
    times: int
    troubles: dict[str, int]  # how often which error came instead of an answer
    milliseconds: float  # median, as the parent waited
    early_bytes: int  # resident, after the first tenth
    late_bytes: int
    processes: int  # 1: it was never started afresh

    @property
    def is_sound(self) -> bool:
        return not self.troubles and self.processes == 1 and self.late_bytes - self.early_bytes < MOST_GROWTH_BYTES

    def __str__(self) -> str:
        early, late = self.early_bytes / 1e6, self.late_bytes / 1e6
        troubles = ", ".join(f"{count} {name}" for name, count in self.troubles.items()) or "none failed"
        return (
            f"{self.name:<12}{self.times:>6} times   {troubles}   median {self.milliseconds:7.1f} ms   "
            f"memory {early:.1f} → {late:.1f} MB   {self.processes} process{'' if self.processes == 1 else 'es'}"
        )


def soak(name: str, one: LocalModel | LocalEmbedder, times: int, ask: Callable[[int], bool]) -> Soaked:
    """`ask` puts a question with this number and says whether what came back has its shape."""
    troubles: dict[str, int] = {}
    took_ms: list[float] = []
    early_bytes, pids = 0, set()
    for number in range(times):
        started = time.perf_counter()
        try:
            trouble = "" if ask(number) else "of another shape"
        except ModelTrouble as error:
            trouble = type(error).__name__
        took_ms.append((time.perf_counter() - started) * 1000)
        if trouble:
            troubles[trouble] = troubles.get(trouble, 0) + 1
        pids.add(one.pid)
        if number == times // 10:
            early_bytes = one.resident_bytes
    return Soaked(name, times, troubles, statistics.median(took_ms), early_bytes, one.resident_bytes, len(pids))


def soak_vision(tiny: Path, name: str, times: int) -> Soaked:
    with closing(LocalModel(tiny_options(tiny, name))) as model:

        def ask(number: int) -> bool:
            prompt = a_prompt(f"Picture {number}, from a desktop.", a_frame(1 + number % FRAMES), "What is it?")
            return fits(json.loads(model.ask(prompt, stop=threading.Event()).text), SHORT)

        return soak(name, model, times, ask)


def soak_embedder(tiny: Path, times: int) -> Soaked:
    with closing(LocalEmbedder(tiny_embedder_options(tiny))) as embedder:

        def ask(number: int) -> bool:
            texts = [f"note {number}: letter {other} to Ada " * (1 + other) for other in range(TEXTS)]
            rows = embedder.embed(texts, stop=threading.Event())
            return rows.shape == (TEXTS, 64)

        return soak("bert-embed", embedder, times, ask)


def main(times: int) -> int:
    is_sound = True
    with tempfile.TemporaryDirectory() as folder:
        tiny = write_all(Path(folder))
        runs = [partial(soak_vision, tiny, name) for name in VISION]
        for run in (*runs, partial(soak_embedder, tiny)):
            soaked = run(times)
            print(soaked, flush=True)
            is_sound = is_sound and soaked.is_sound
    return 0 if is_sound else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
