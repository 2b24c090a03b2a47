"""What would be judged of the notifications in a replayed home? By rules alone, without a word of the person's.

    uv run gum-app --home HOME replay RECORDING
    PYTHONPATH=. uv run python packaging/measure_triage.py HOME
    PYTHONPATH=. uv run python packaging/measure_triage.py simulate      how a made-up person is understood in time

No truth exists for it: no recording says which notification deserved attention. So this counts and lists, for eyes. A
proposition counts only where it was there before the notification; how sure it is, is as of the end of the recording.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean, median

from gum_app.daemon.bearings import bearings_of
from gum_app.daemon.triage import notification_of
from gum_app.digest import DigestItem, Judgement
from gum_app.paths import Home
from gum_app.rules.attention import sort_of
from gum_app.rules.triage import Notification, Vote, judge, keys_of, tally_of
from gum_app.rules.triage_wording import reason
from gum_app.store.reading import ReadingStore
from gum_app.world.keys import open_key

MOST = 100_000


def judged(store: ReadingStore, item: DigestItem, took_ms: list[float]) -> Judgement:
    """`took_ms`: what it computed is added there."""
    started = time.process_time()
    found, notification = bearings_of(store, item, item.at), notification_of(store, item)
    took_ms.append((time.process_time() - started) * 1000)
    return judge(notification, [each for each in found if was_there(store, each.id, item.at)])


def was_there(store: ReadingStore, id_: int, at: datetime) -> bool:
    belief = store.proposition(id_)  # type: ignore[arg-type]
    return belief is not None and belief.created_at <= at


def measure(store: ReadingStore) -> list[str]:
    """The lines that are printed."""
    items = store.digest_items(
        since=datetime(1970, 1, 1, tzinfo=UTC), until=datetime(2100, 1, 1, tzinfo=UTC), limit=MOST
    )
    took_ms: list[float] = []
    kept = [replace(item, judgement=judged(store, item, took_ms)) for item in items[::-1] if not item.rule]
    lines, counted = [], Counter[tuple[str, str]]()
    for item in kept:
        assert item.judgement is not None
        counted[sort_of(item.app), item.judgement.attention] += 1
        texts = store.texts_of(ground.proposition for ground in item.judgement.grounds if ground.proposition)
        lines += [f"{item.at:%Y-%m-%d %H:%M}  {item.app}: {item.title}", f"    {reason(item.judgement, texts)}"]
    now = sum(number for (_, attention), number in counted.items() if attention == "now")
    lines.append(
        f"{len(items)} notifications, {len(items) - len(kept)} not read or not kept; of the others {now} now,"
        f" {len(kept) - now} later. No truth is known."
    )
    if took_ms:
        lines.append(f"Judging one computes {median(took_ms):.1f} ms (worst {max(took_ms):.0f}).")
    return [*lines, *(f"{sort}, {attention}: {number}" for (sort, attention), number in sorted(counted.items()))]


def a_month(seed: int) -> list[float]:
    """The share judged as a made-up person would, week by week.

    Twelve notifications a day from thirty senders by three programs; to three of ten senders the person wants to listen
    at once, whatever brings them. Half of what was judged wrongly they say so, and one word of ten is a slip.
    """
    chance = random.Random(seed)
    senders = [f"sender {number}" for number in range(30)]
    matters = {sender: chance.random() < 0.3 for sender in senders}
    said: list[tuple[int, Vote]] = []
    agreed: list[list[bool]] = [[] for _ in range(4)]
    for day in range(28):
        for _ in range(12):
            shown = Notification(app=chance.choice(("Signal", "Slack", "Thunderbird")), summary=chance.choice(senders))
            judgement = judge(shown, (), tally_of(replace(each, age_days=day - then) for then, each in said))
            is_now = judgement.attention == "now"
            agreed[day // 7].append(is_now == matters[shown.summary])
            wanted = matters[shown.summary] != (chance.random() < 0.1)
            if is_now != wanted and chance.random() < 0.5:
                keys = keys_of(shown.app, shown.summary, judgement.grounds)
                said.append((day, Vote(keys=keys, now=wanted)))
    return [sum(week) / len(week) for week in agreed]


def simulate(persons: int = 100) -> str:
    weeks = zip(*(a_month(seed) for seed in range(persons)), strict=True)
    return ", ".join(f"week {number}: {100 * fmean(week):.0f} %" for number, week in enumerate(weeks, 1))


def main() -> None:
    if sys.argv[1] == "simulate":
        print(simulate())
        return
    home = Home(Path(sys.argv[1]))
    with closing(ReadingStore(home.database, open_key(home))) as store:
        print("\n".join(measure(store)))


if __name__ == "__main__":
    main()
