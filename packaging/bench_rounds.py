"""What a suggestion round costs: PYTHONPATH=.:packaging uv run python packaging/bench_rounds.py [SIZE…]

Fills a home with so many made-up propositions (100,000), a day and a half of episodes full of words, two years of
answers and a few suggestions that wait; then times a round, which looks for something to offer and judges what waits:
after an episode, and with nothing new. CPU milliseconds of the thinking thread, median and worst.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bench_store import NOW, Speech, an_observation, fill_rows

from gum_app.clock import SetClock
from gum_app.daemon.gate import Gate
from gum_app.daemon.recorder import Present
from gum_app.daemon.room import Room
from gum_app.daemon.suggester import Suggester
from gum_app.paths import Home
from gum_app.records import ObservationId
from gum_app.store.store import Store
from gum_app.suggestions import OFFER_KINDS, Act, Answered, Moment, Offer

EPISODES = 500  # in 36 hours
ANSWERS = 2000
WAITING = 5
ROUNDS = 25


def lately(store: Store, speech: Speech) -> ObservationId:
    with store.transaction():
        for number in range(EPISODES):
            at = NOW - timedelta(minutes=4 * (EPISODES - number))
            last = store.open_observation(replace(an_observation(speech, at), source="window", keys=30))
            store.close_observation(last)
    return last


def history(store: Store, seen: ObservationId) -> None:
    with store.transaction():
        for number in range(ANSWERS):
            at = NOW - timedelta(hours=8 * (ANSWERS - number))
            store.add_suggestion_answer(Answered(kind=OFFER_KINDS[number % 8], answer="taken", at=at))
        for number in range(WAITING):
            store.add_offer(
                Offer(
                    kind="deadline",
                    topic=f"bench:{number}",
                    title=f"Matter number {number}",
                    why_now="It comes near.",
                    act=Act(kind="reminder", title=f"Matter {number}", at=NOW + timedelta(hours=9)),
                    seen_in=(seen,),
                    belief=0.9,
                    benefit=8,
                    cost_wrong=2,
                    cost_silent=8,
                    good_until=NOW + timedelta(days=2),
                    made_by="rule:bench",
                ),
                NOW,
            )


def measure(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home, clock = Home(Path(folder) / "gum"), SetClock(NOW)
        home.prepare()
        room = Room(home=home, gate=Gate(needs_light=False), clock=clock)
        room.open(os.urandom(32))
        with closing(room.open_store()) as store:
            speech = Speech(size)
            fill_rows(store, speech, size)
            front = lately(store, speech)
            history(store, front)
            store.put_setting("consented_at", (NOW - timedelta(days=100)).isoformat())
            suggester = Suggester(room, store)
            print(f"{size:,} propositions, {EPISODES} episodes of 36 hours, {ANSWERS} answers, {WAITING} that wait")
            _round("the first round, which reads all", suggester, clock, front, 1)
            looking: list[float] = []
            for _ in range(ROUNDS):
                clock.put(clock.now() + timedelta(seconds=30))
                seen = replace(an_observation(speech, clock.now()), source="window")
                store.close_observation(store.open_observation(seen))
                looking.append(_ms(suggester, clock, front))
            _say("a round after an episode", looking)
            idle = []
            for _ in range(ROUNDS):
                clock.put(clock.now() + timedelta(minutes=1))
                idle.append(_ms(suggester, clock, front))
            _say("a round with nothing new", idle)


def _round(name: str, suggester: Suggester, clock: SetClock, front: ObservationId, times: int) -> None:
    _say(name, [_ms(suggester, clock, front) for _ in range(times)])


def _ms(suggester: Suggester, clock: SetClock, front: ObservationId) -> float:
    moment = Moment(at=clock.now(), keys_a_minute=500.0, in_front_seconds=60.0)  # deep typing: all of them wait
    start = time.thread_time()
    suggester.suggest_if_due(Present(moment=moment, front=front))
    return 1000 * (time.thread_time() - start)


def _say(name: str, taken_ms: list[float]) -> None:
    taken_ms.sort()
    print(f"    {name:40s} {taken_ms[len(taken_ms) // 2]:8.1f} ms   worst {taken_ms[-1]:8.1f} ms", flush=True)


if __name__ == "__main__":
    for each in [int(text) for text in sys.argv[1:]] or [100_000]:
        measure(each)
