"""What does it cost to think about a recording with a model, and what would the reference implementation spend on it?

    PYTHONPATH=. uv run python packaging/measure_model.py RECORDING [--endpoint double|URL] [--endpoint-model NAME]
                                                          [--weights FILE --projector FILE] [--home DIR]

The recording is replayed by the real program into a home of its own, with a server (`double`: a made-up one on this
computer, from the tests) or with files. Told: what is left undigested, and calls, pictures and tokens per active hour.
It fails where anything is left, or where the reference would not pay for at least LEAST_TIMES_FEWER times as many
pictures.

What the reference spends is counted with the formula that its code gives (GeneralUserModels/gum at 3317d94):

* A **burst** is what the mouse does until it rests for two seconds. Each costs two vision calls, and 4 pictures plus
  one for each burst before it and itself, at most ten: 14 in the steady state. A recording tells only how often was
  clicked and scrolled between two events: each `input` event with any counts as **one burst**, the fewest it can be.
* A batch of 5 to 15 bursts costs three calls about words. Here each batch has 15, which makes the fewest calls.
* A picture costs it one token for each 28 × 28 pixels, as Qwen2.5-VL has it; tokens of words are not counted for it.

A recording holds few pictures, of both. **On a live screen** the reference has FEWEST_BURSTS_AN_HOUR and more
(estimated from its code and paper), and what is asked here is held by the budget: that bound is told too, and a test
holds it.

**Active** are the spans between two `input` events that are at most ACTIVE_GAP apart.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from PIL import Image

from gum_app.paths import Home
from gum_app.records import Call
from gum_app.rules.budget import allowance
from gum_app.rules.stills import MOST_STILLS
from gum_app.settings import Settings
from gum_app.store.reading import ReadingStore
from gum_app.world import keys

LEAST_TIMES_FEWER = 20
MOST_CALLS = 100_000
ACTIVE_GAP = timedelta(minutes=5)

PICTURES_OF_A_BURST, MOST_BEFORE = 4, 10
BURSTS_IN_A_BATCH = 15
FEWEST_BURSTS_AN_HOUR = 60
VISION_CALLS_OF_A_BURST, WORD_CALLS_OF_A_BATCH = 2, 3
PIXELS_A_TOKEN = 28

Event = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Spent:
    vision_calls: int
    word_calls: int
    pictures: int
    prompt_tokens: int
    answer_tokens: int = 0


@dataclass(frozen=True, kw_only=True)
class Left:
    """Episodes that nobody has thought about when the recording is over."""

    undigested: int  # by the rules
    waiting: int  # for the model
    set_aside: int  # by either, after too many failures

    @property
    def is_nothing(self) -> bool:
        return not (self.undigested or self.waiting or self.set_aside)


@dataclass(frozen=True, kw_only=True)
class Measured:
    active_hours: float
    left: Left
    ours: Spent
    theirs: Spent
    episodes: int  # of windows that were in front, looked at or not: the others are never shown in pictures
    outcomes: dict[str, int]  # of calls that were not answered

    @property
    def times_fewer(self) -> float:
        return self.theirs.pictures / self.ours.pictures if self.ours.pictures else math.inf

    @property
    def times_fewer_at_worst(self) -> float:
        """Had each episode of the recording had as many pictures as one is ever shown."""
        return self.theirs.pictures / (self.episodes * MOST_STILLS) if self.episodes else math.inf

    @property
    def is_good(self) -> bool:
        return self.left.is_nothing and bool(self.ours.vision_calls) and self.times_fewer >= LEAST_TIMES_FEWER


# The reference


def events_of(recording: Path) -> list[Event]:
    return [json.loads(line) for line in (recording / "events.jsonl").read_text(encoding="utf-8").splitlines()]


def bursts_in(events: Sequence[Event]) -> int:
    return sum(event["kind"] == "input" and bool(event["clicks"] or event["scrolls"]) for event in events)


def spent_by_reference(bursts: int, *, tokens_a_picture: int) -> Spent:
    pictures = sum(PICTURES_OF_A_BURST + min(MOST_BEFORE, number) for number in range(1, bursts + 1))
    return Spent(
        vision_calls=VISION_CALLS_OF_A_BURST * bursts,
        word_calls=WORD_CALLS_OF_A_BATCH * math.ceil(bursts / BURSTS_IN_A_BATCH),
        pictures=pictures,
        prompt_tokens=tokens_a_picture * pictures,
    )


def times_fewer_on_a_live_screen() -> float:
    """At least, with the settings as they come: what the budget allows an hour, beside the least of the reference."""
    theirs = FEWEST_BURSTS_AN_HOUR * (PICTURES_OF_A_BURST + MOST_BEFORE)
    return theirs / allowance(Settings()).pictures_an_hour


def tokens_a_picture(recording: Path, events: Sequence[Event]) -> int:
    """Of the first one."""
    first = next(event["image"] for event in events if event["kind"] == "frame")
    with Image.open(recording / first) as image:
        return math.ceil(image.width / PIXELS_A_TOKEN) * math.ceil(image.height / PIXELS_A_TOKEN)


def active_hours(events: Sequence[Event]) -> float:
    times = [datetime.fromisoformat(event["at"]) for event in events if event["kind"] == "input"]
    spans = [after - before for before, after in pairwise(times) if after - before <= ACTIVE_GAP]
    return sum(spans, timedelta()) / timedelta(hours=1)


# Ours


def spent_by_us(calls: Sequence[Call]) -> Spent:
    """Whatever became of them: what was asked in vain was paid for too."""
    looks = [call for call in calls if call.pictures]
    return Spent(
        vision_calls=len(looks),
        word_calls=len(calls) - len(looks),
        pictures=sum(call.pictures for call in looks),
        prompt_tokens=sum(call.prompt_tokens for call in calls),
        answer_tokens=sum(call.answer_tokens for call in calls),
    )


def measure(recording: Path, home: Home) -> Measured:
    """After the replay."""
    events = events_of(recording)
    with closing(ReadingStore(home.database, keys.open_key(home))) as store:
        calls = store.calls(MOST_CALLS)
        left = Left(
            undigested=store.count_undigested(),
            waiting=store.count_waiting_for_model(),
            set_aside=store.set_aside() + store.set_aside_by_model(),
        )
        episodes = sum(seen.source == "window" for seen in store.observations(limit=MOST_CALLS))
    failed = [call.outcome for call in calls if call.outcome != "answered"]
    return Measured(
        active_hours=active_hours(events),
        left=left,
        ours=spent_by_us(calls),
        theirs=spent_by_reference(bursts_in(events), tokens_a_picture=tokens_a_picture(recording, events)),
        episodes=episodes,
        outcomes={outcome: failed.count(outcome) for outcome in sorted(set(failed))},
    )


def replay(recording: Path, home: Home, model: Sequence[str]) -> None:
    """By the real program, in a process of its own. `model`: the options that name it."""
    command = [sys.executable, "-m", "gum_app", "--home", str(home.root), "replay", str(recording), *model]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def told(measured: Measured) -> str:
    hours, left = measured.active_hours, measured.left
    rows = [
        ("vision calls", measured.ours.vision_calls, measured.theirs.vision_calls),
        ("calls about words", measured.ours.word_calls, measured.theirs.word_calls),
        ("pictures", measured.ours.pictures, measured.theirs.pictures),
        ("tokens of prompts", measured.ours.prompt_tokens, measured.theirs.prompt_tokens),
        ("tokens of answers", measured.ours.answer_tokens, measured.theirs.answer_tokens),
    ]
    lines = [
        f"{hours:.1f} active hours; undigested: {left.undigested}, waiting for the model: {left.waiting}, "
        f"set aside: {left.set_aside}",
        f"{'':<20}{'ours':>10}{'an hour':>10}{'reference':>12}{'an hour':>10}",
    ]
    for name, ours, theirs in rows:
        lines.append(f"{name:<20}{ours:>10}{ours / hours:>10.1f}{theirs:>12}{theirs / hours:>10.1f}")
    lines.append(f"{measured.times_fewer:.1f} times fewer pictures than the reference (at least {LEAST_TIMES_FEWER})")
    lines.append(
        f"{measured.times_fewer_at_worst:.1f} times, had each of the {measured.episodes} episodes had {MOST_STILLS}"
    )
    lines.append(f"{times_fewer_on_a_live_screen():.1f} times at least on a live screen, by the budget")
    lines += [f"not answered: {count} × {outcome}" for outcome, count in measured.outcomes.items()]
    return "\n".join(lines)


@contextmanager
def model_options(chosen: argparse.Namespace) -> Iterator[list[str]]:
    """What `gum-app replay` is told about the model."""
    if chosen.weights is not None:
        projector = ["--projector", str(chosen.projector)] if chosen.projector is not None else []
        yield ["--weights", str(chosen.weights), *projector]
    elif chosen.endpoint == "double":
        from tests.world.openai_double import OpenAiDouble

        with OpenAiDouble() as double:
            yield ["--endpoint", double.url, "--endpoint-model", "double"]
    else:
        yield ["--endpoint", chosen.endpoint, "--endpoint-model", chosen.endpoint_model]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("recording", type=Path)
    parser.add_argument("--endpoint", default="double", metavar="double|URL")
    parser.add_argument("--endpoint-model", default="")
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--projector", type=Path)
    parser.add_argument("--home", type=Path, help="keep it there, instead of in a folder that goes")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, model_options(chosen) as options:
        home = Home((chosen.home or Path(folder) / "home").resolve())
        replay(chosen.recording, home, options)
        measured = measure(chosen.recording, home)
    print(told(measured))
    return 0 if measured.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
