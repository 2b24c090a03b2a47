"""How long tidying takes, and how much memory: uv run python packaging/bench_tidying.py [SIZE…]

Fills a file in a temporary folder with made-up propositions, each with evidence: of a hundred, twelve are plans whose
day is over, eight plans with a day ahead, twenty have faded, two say what another says. (The first 20,000 are believed
one by one; a larger file has them many times, each time with another word.) Then tidies them by runs as
the night does (at most 120 seconds and 5,000 changes each), and prints for each what was done, how many were compared
with their neighbours, and how long the pen was held at once. Two nights are measured; a large file that comes at once
takes many. Then all counts as tidied, as in a file that has grown day by day, and two more runs tell what a night costs
with nothing new, and after a day's work of 200 new ones.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from types import TracebackType

from gum_app.clock import SetClock
from gum_app.daemon.tidier import Tidied, Tidier
from gum_app.records import Evidence, Kind, PropositionId, Revision, RevisionId
from gum_app.rules.days import day_text
from gum_app.rules.revisions import fold
from gum_app.store.store import Store

SIZES = (1_000, 100_000)
BASE = 20_000
NOW = datetime(2026, 3, 10, 3, tzinfo=UTC)
VOCABULARY = 30_000
AT_ONCE = 2_000
A_DAYS_WORK = 200
MOST_RUNS = 2


class Speech:
    """Made-up words, the n-th about n times as rare as the first (Zipf), as in any real text."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        letters = "etaoinshrdlucmfwypvbgkjqxz"
        self.words = ["".join(self.random.choices(letters, k=self.random.randint(4, 10))) for _ in range(VOCABULARY)]
        self.weights = list(accumulate(1 / (place + 20) for place in range(VOCABULARY)))

    def say(self, count: int) -> str:
        return " ".join(self.random.choices(self.words, cum_weights=self.weights, k=count))


class Pen(AbstractContextManager[object]):
    """Measures for how long writing holds up the others."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._since = 0.0

    def __enter__(self) -> Pen:
        self._since = time.perf_counter()
        return self

    def __exit__(self, _k: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None) -> None:
        self.longest = max(self.longest, time.perf_counter() - self._since)


def a_revision(speech: Speech, number: int) -> Revision:
    share, seen_at = number % 100, NOW - timedelta(days=speech.random.uniform(0, 5))
    kind: Kind = "tool"
    text, half_life = f"Works with {speech.say(5)}.", 90.0
    if share < 20:
        ahead = speech.random.randint(1, 60)
        day = NOW.date() + timedelta(days=-ahead if share < 12 else ahead)
        kind, text = "plan", f"Has {speech.say(3)} on {day_text(day)}."
    elif share < 40:
        kind, half_life, seen_at = "interest", 2.0, NOW - timedelta(days=40)
    elif share < 42:
        pair = [speech.words[(number // 100 * 5 + n) % VOCABULARY] for n in range(5)]
        text = f"Works with {' '.join(pair)}{' now' * (share % 2)}."
    return Revision(
        kind="created",
        at=seen_at,
        text=text,
        why="Seen twice.",
        made_by="rule:bench",
        confidence_raw=0.6,
        ceiling=0.9,
        half_life_days=half_life,
        topic=f"bench:{number}",
        proposition_kind=kind,
        evidence=tuple(Evidence(observation_id=None, quote=speech.say(6), at=seen_at, app="bench") for _ in range(2)),
    )


def fill(store: Store, speech: Speech, first: int, size: int) -> None:
    for start in range(first, first + size, AT_ONCE):
        end = min(start + AT_ONCE, first + size)
        store.add_revisions(a_revision(speech, number) for number in range(start, end))


def multiply(store: Store, times: int) -> None:
    """All that is there so many times in all, each time with another word: much faster than to believe it."""
    database = store._database
    last = {
        table: int(database.value(f"SELECT max(id) FROM {table}"))
        for table in ("propositions", "revisions", "evidence")
    }
    shifts = {
        "propositions": {"id": "propositions"},
        "revisions": {"id": "revisions", "proposition_id": "propositions"},
        "evidence": {"id": "evidence", "revision_id": "revisions"},
    }
    said = "replace({0}, '.', ' copy' || :n || '.')"
    for number in range(1, times):
        with store.transaction():
            for table, moving in shifts.items():
                columns = [row["name"] for row in database.all(f"PRAGMA table_info({table})")]
                values = [
                    f"{name} + {number * last[moving[name]]}"
                    if name in moving
                    else said.format(name)
                    if name == "text"
                    else name
                    for name in columns
                ]
                database.run(
                    f"""INSERT INTO {table} ({", ".join(columns)}) SELECT {", ".join(values)} FROM {table}
                        WHERE id <= {last[table]}""",
                    {"n": number},
                )
            database.run(
                f"""INSERT INTO proposition_words (rowid, text, words)
                    SELECT rowid + {number * last["propositions"]}, {said.format("text")}, words FROM proposition_words
                    WHERE rowid <= {last["propositions"]}""",
                {"n": number},
            )


def settle(store: Store) -> None:
    """As after as many nights as it takes: what is over is set aside, and all has been compared."""
    database = store._database
    over = f"(id - 1) % {BASE} % 100 < 12 OR (id - 1) % {BASE} % 100 BETWEEN 20 AND 39"
    database.run(f"UPDATE propositions SET state = 'retired' WHERE state = 'active' AND ({over})")
    store.put_looked_up_to(PropositionId(0))
    store.put_compared_up_to(RevisionId(int(database.value("SELECT max(id) FROM revisions"))))


def run(store: Store, name: str) -> Tidied:
    """One run, told in a line."""
    pen, began, before = Pen(), time.perf_counter(), store.tidying_marks().compared_up_to
    done = Tidier(store, SetClock(NOW), pen=pen).tidy(elapsed_seconds=time.monotonic)
    seconds = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"  {name}: {seconds:7.1f} s  {done.set_aside:6,} set aside  {done.merged:5,} merged"
        f"  {store.tidying_marks().compared_up_to - before:7,} revisions compared"
        f"  pen held {1000 * pen.longest:5.0f} ms at most  memory {memory:4.0f} MB"
        f"{'' if done.whole else '  (to go on)'}",
        flush=True,
    )
    return done


def bench(size: int) -> None:
    speech = Speech(seed=size)
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "gum.db", bytes(32), fold=fold) as store:
        began = time.perf_counter()
        fill(store, speech, 0, min(size, BASE))
        multiply(store, max(size // BASE, 1))
        print(f"{size:,} propositions, filled in {time.perf_counter() - began:.0f} s", flush=True)
        for number in range(1, MOST_RUNS + 1):
            if run(store, f"run {number:3}").whole:
                break
        settle(store)
        run(store, "nothing new")
        fill(store, speech, size, A_DAYS_WORK)
        run(store, "after a day")


if __name__ == "__main__":
    for chosen in [int(argument) for argument in sys.argv[1:]] or SIZES:
        bench(chosen)
