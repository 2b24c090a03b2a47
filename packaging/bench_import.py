"""How long bringing in takes, and how much memory: uv run python packaging/bench_import.py [EVENTS…]

Writes an export of ActivityWatch into a temporary folder, as its server does (the newest event first): windows of nine
programs with a few hundred titles, somebody there for eight hours of each day, 1,000 events of windows a day. Then
looks at it, brings it in, brings it in again (nothing may be new), thinks about it, and forgets it. Prints for each how
long it took, by the clock and of the processor, how long the pen was held at once, and the most memory that the process
has had until then.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import TextIO

from gum_app.clock import SetClock
from gum_app.daemon.gate import Gate
from gum_app.daemon.importer import Importer
from gum_app.daemon.room import Room
from gum_app.daemon.thinker import Thinker
from gum_app.paths import Home
from gum_app.records import ImportId, Person
from gum_app.store.store import ForgetScope, Store

EVENTS = (10_000, 100_000)
NOW = datetime(2026, 3, 10, 20, tzinfo=UTC)
A_DAY = 1_000  # events
WORKING_SECONDS = 8 * 3600
APPS = ("Code", "foot", "firefox", "libreoffice-writer", "Thunderbird", "Slack", "qgis", "Evince", "Nemo")
KEY = bytes(range(32))


class Pen(AbstractContextManager[object]):
    """Measures for how long writing holds up the others."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self.longest = 0.0
        self._since = 0.0

    def __enter__(self) -> object:
        self._lock.acquire()
        self._since = time.monotonic()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.longest = max(self.longest, time.monotonic() - self._since)
        self._lock.release()


def write_export(file: TextIO, events: int) -> None:
    """As it is written by the server, which sorts the names of the fields."""
    chance = random.Random(7)
    days = -(-events // A_DAY)
    file.write('{"buckets": {"aw-watcher-afk_laptop": {"events": ')
    there = (
        {"timestamp": _begin(day).isoformat(), "duration": WORKING_SECONDS, "data": {"status": "not-afk"}}
        for day in range(days)
    )
    json.dump(list(there), file)
    file.write(
        ', "hostname": "laptop", "id": "aw-watcher-afk_laptop", "type": "afkstatus"}, '
        '"aw-watcher-window_laptop": {"events": ['
    )
    for number in range(events):
        day, place = divmod(number, A_DAY)
        at = _begin(day) + timedelta(seconds=WORKING_SECONDS * (A_DAY - 1 - place) / A_DAY)
        app = chance.choice(APPS)
        data = {"app": app, "title": f"matter {int(chance.paretovariate(1.0)) % 300}.md — project {number % 7} — {app}"}
        event = {"timestamp": at.isoformat(), "duration": round(WORKING_SECONDS / A_DAY, 3), "data": data}
        file.write((", " if number else "") + json.dumps(event))
    file.write('], "hostname": "laptop", "id": "aw-watcher-window_laptop", "type": "currentwindow"}}}')


def _begin(days_ago: int) -> datetime:
    return (NOW - timedelta(days=days_ago)).replace(hour=9, minute=0)


@contextmanager
def timed(what: str, pen: Pen) -> Iterator[list[str]]:
    """What is put into the list is printed with it."""
    pen.longest, started, computed, more = 0.0, time.monotonic(), time.process_time(), [""]
    yield more
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    took = time.monotonic() - started
    spent = f"{took:.1f} s ({time.process_time() - computed:.1f} s CPU)"
    held = f"pen held {pen.longest * 1000:.0f} ms at most"
    print(f"  {what}: {spent}{more[-1]}, {held}, {memory:.0f} MB", flush=True)


def bench(events: int) -> None:
    with tempfile.TemporaryDirectory(prefix="gum-app-bench-") as folder:
        path = Path(folder) / "aw-buckets-export.json"
        with path.open("w", encoding="utf-8") as file:
            write_export(file, events)
        print(f"{events:,} events, {path.stat().st_size / 1e6:.1f} MB", flush=True)
        home = Home(Path(folder) / "home")
        home.prepare()
        pen = Pen()
        room = Room(home=home, gate=Gate(needs_light=False), clock=SetClock(NOW), pen=pen)
        room.open(KEY)
        with room.open_store() as store:
            store.put_setting("keep_words_days", 3650)
            _measure(room, store, path, pen)


def _measure(room: Room, store: Store, path: Path, pen: Pen) -> None:
    def reading() -> Importer:
        return Importer(room, store, path, threading.Event(), lambda _progress: None)

    with timed("looked at", pen) as more:
        tally = reading().look()
        more.append(f", {tally.new:,} episodes")
    with timed("brought in", pen):
        id_ = reading().run()
    with timed("again", pen) as more:
        again = reading()
        again.run()
        more.append(f", {again.tally.new} new")
    thinker = Thinker(store, room.clock, person=Person, report=_fault, pen=pen)
    with timed("thought about", pen) as more:
        thinker.think()
        more.append(f", {store.sizes().propositions} propositions")
    with timed("forgotten", pen):
        store.forget(ForgetScope(import_id=id_ or ImportId(1)), at=NOW)


def _fault(fault: Exception) -> None:
    raise fault


def main() -> int:
    for events in [int(argument) for argument in sys.argv[1:]] or EVENTS:
        bench(events)
    return 0


if __name__ == "__main__":
    sys.exit(main())
