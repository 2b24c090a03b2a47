"""Brings in a file of another program: read in pieces, judged like what is seen, written batch by batch.

A batch is one transaction: a kill in the midst leaves whole ones. What came before is known by its fingerprint, so that
bringing the same in again adds nothing twice. Looking beforehand takes the same way and writes nothing.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from gum_app.daemon.room import Room
from gum_app.daemon.wishes import Wishes
from gum_app.errors import BadInput, GaveWay
from gum_app.pipeline.imported import Judge, Kept, Left
from gum_app.records import ImportId, ImportKind, Keeping, Matter
from gum_app.rules import imports
from gum_app.store.imports import Known
from gum_app.store.store import Store
from gum_app.world.import_files import open_source
from gum_app.world.imports import Around, Source

BATCH = 200  # things of one transaction, which holds the pen for a fraction of a second
TOLD_EVERY_SECONDS = 0.2
MOST_GROUPS = 30  # programs or calendars that are named
HALF = 0.5  # of a time, and it is taken for the same

Heard = Callable[["Progress"], None]
_Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Progress:
    """In bytes, rows or whatever the reader counts; `of` 0: it is not known how much there is."""

    done: int
    of: int
    things: int


@dataclass
class Group:
    """A program, or a calendar."""

    count: int = 0
    seconds: float = 0.0


@dataclass
class Tally:
    """What is in a file, counted; never a word of what is left out."""

    kind: ImportKind
    name: str
    new: int = 0
    changed: int = 0
    gone: int = 0  # that came before, and are not to be kept any more
    already: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
    groups: dict[str, Group] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    rulings: Counter[tuple[Matter, Keeping, str]] = field(default_factory=Counter)

    def add(self, kept: Kept) -> None:
        seen = kept.imported.observation
        group = self.groups.setdefault(kept.group, Group())
        group.count += 1
        group.seconds += seen.active_seconds
        first_at, last_at = kept.span
        self.first_at = first_at if self.first_at is None else min(self.first_at, first_at)
        self.last_at = last_at if self.last_at is None else max(self.last_at, last_at)

    def as_answer(self) -> dict[str, Any]:
        groups = sorted(self.groups.items(), key=lambda item: (-item[1].seconds, -item[1].count, item[0]))
        return {
            "kind": self.kind,
            "name": self.name,
            "new": self.new,
            "changed": self.changed,
            "gone": self.gone,
            "already": self.already,
            "first_at": self.first_at and self.first_at.isoformat(),
            "last_at": self.last_at and self.last_at.isoformat(),
            "groups": [
                {"name": name, "count": group.count, "seconds": round(group.seconds)}
                for name, group in groups[:MOST_GROUPS]
            ],
            "more_groups": max(len(groups) - MOST_GROUPS, 0),
            "left_out": [{"reason": reason, "count": count} for reason, count in self.left_out.most_common()],
            "rulings": [
                {"matter": matter, "keeping": keeping, "rule": rule, "count": count}
                for (matter, keeping, rule), count in self.rulings.most_common()
            ],
        }


class Importer:
    """One reading of one file, on the thread that calls it."""

    def __init__(self, room: Room, store: Store, path: Path, stop: threading.Event, heard: Heard) -> None:
        """`heard` is told now and then how far it is. Raises BadInput where the file is none that can be brought in."""
        self._room, self._store, self._stop, self._heard = room, store, stop, heard
        self._now = now = room.clock.now()
        days = store.settings().keep_words_days
        around = Around(since=imports.calendar_since(now, days), until=now + imports.AHEAD, now=now)
        source = open_source(path, around)
        if source is None:
            raise BadInput(f"{path.name} is an export of gum-app itself: it is brought in without being judged again.")
        self._source: Source = source
        wishes = Wishes(store)
        self._judge = Judge(
            rules=wishes.rules(),
            norms=wishes.norms(),
            person=wishes.person(),
            now=now,
            since=imports.reads_since(now, days),
        )
        self.tally = Tally(kind=source.kind, name=source.name)
        self._told = _Teller(stop, room.quitting, heard, self.tally)
        # In this reading: the same entry may stand in two calendars. Of windows there are too many to remember.
        self._came: set[str] | None = None if source.kind == "activitywatch" else set()

    def look(self) -> Tally:
        """What would come, and write nothing. Raises BadInput, GaveWay."""
        for batch in self._batches():
            self._sorted_out(batch)
        return self.tally

    def run(self) -> ImportId | None:
        """None: there was nothing new in it. Raises BadInput, GaveWay; what has come by then stays."""
        id_: ImportId | None = None
        try:
            for batch in self._batches():
                id_ = self._write(batch) or id_
            if id_ is not None:
                with self._room.pen:
                    left_out = sum(self.tally.left_out.values())
                    self._store.end_import(id_, left_out=left_out, at=self._now)
        finally:
            if id_ is not None:
                self._room.routines_soon()
        return id_

    # Reading

    def _batches(self) -> Iterator[list[Kept | Left]]:
        batch: list[Kept | Left] = []
        for judged in self._judge.judged(self._source.things(self._told)):
            self._told.things += 1
            batch.append(judged)
            if len(batch) == BATCH:
                self._told.look_up()
                yield batch
                batch = []
        self._told.look_up()
        yield batch

    # What becomes of a batch

    def _sorted_out(self, batch: Sequence[Kept | Left]) -> list[tuple[Kept | Left, Known | None]]:
        """What is to be written of it, each with what is known of it; the rest is only counted."""
        kept = [each for each in batch if isinstance(each, Kept)]
        known = self._store.known_imported(
            [
                *(each.imported.fingerprint for each in kept),
                *(each.fingerprint for each in batch if isinstance(each, Left) and each.fingerprint),
            ]
        )
        seen_here = _Watched(self._store, kept) if self.tally.kind == "activitywatch" else None
        wanted: list[tuple[Kept | Left, Known | None]] = []
        for each in batch:
            if isinstance(each, Left):
                old = known.get(each.fingerprint or "")
                self._leave(each)
                if old is not None and old.observation_id is not None:
                    self.tally.gone += 1
                    wanted.append((each, old))
            elif seen_here is not None and seen_here.has(each):
                self.tally.left_out[imports.SEEN_HERE] += 1
            elif self._is_wanted(each, known.get(each.imported.fingerprint)):
                wanted.append((each, known.get(each.imported.fingerprint)))
        return wanted

    def _leave(self, left: Left) -> None:
        if left.count:
            self.tally.left_out[left.reason] += left.count
        self._count_rulings(left.rulings)

    def _is_wanted(self, kept: Kept, old: Known | None) -> bool:
        """What is known stays as it is where the file says the same, or an earlier thing.

        An entry whose words have expired, and which the calendar still holds, is seen once more.
        """
        thing = kept.imported
        self.tally.add(kept)
        if self._came is not None and thing.fingerprint in self._came:
            self.tally.already += 1
            return False
        if self._came is not None:
            self._came.add(thing.fingerprint)
        self._count_rulings(thing.rulings)
        if old is None or (old.observation_id is None and self.tally.kind == "calendar"):
            self.tally.new += 1
            return True
        if old.content == thing.content or thing.version < old.version:
            self.tally.already += 1
            return False
        if old.observation_id is None:
            self.tally.new += 1
        else:
            self.tally.changed += 1
        return True

    def _count_rulings(self, rulings: Iterable[Any]) -> None:
        for ruling in rulings:
            self.tally.rulings[(ruling.matter, ruling.keeping, ruling.rule)] += ruling.count

    def _write(self, batch: Sequence[Kept | Left]) -> ImportId | None:
        with self._room.pen, self._store.transaction():
            wanted = self._sorted_out(batch)
            if not wanted:
                return None
            id_ = self._store.begin_import(self.tally.kind, self.tally.name, self._now)
            for each, old in wanted:
                if isinstance(each, Left):
                    assert old is not None and old.observation_id is not None
                    self._store.discard_observation(old.observation_id)
                elif old is not None and old.observation_id is not None:
                    self._store.change_imported(id_, old.observation_id, each.imported, self._now)
                else:
                    self._store.add_imported(id_, each.imported, self._now)
        self._room.something_to_think_about.set()
        return id_


class _Teller:
    """Passes on how far it is, now and then; and ends the reading where that is wished."""

    def __init__(self, stop: threading.Event, quitting: threading.Event, heard: Heard, tally: Tally) -> None:
        self._stop, self._quitting, self._heard, self._tally = stop, quitting, heard, tally
        self._told_at = 0.0
        self._last = (0, 0)
        self.things = 0

    def __call__(self, done: int, of: int) -> None:
        """Both 0: nothing is known of that. Raises GaveWay."""
        if of:
            self._last = (done, of)
        self.look_up()

    def look_up(self) -> None:
        if self._stop.is_set() or self._quitting.is_set():
            raise GaveWay("It was stopped. What has come by then stays; bring it in again to go on.")
        now = time.monotonic()
        if now - self._told_at >= TOLD_EVERY_SECONDS:
            self._told_at = now
            self._heard(Progress(*self._last, self.things))


class _Watched:
    """The times at which gum-app watched itself, around what a batch holds."""

    def __init__(self, store: Store, kept: Sequence[Kept]) -> None:
        seen = [each.imported.observation for each in kept]
        self._spans: list[_Span] = []
        if seen:
            self._spans = store.watched(min(o.started_at for o in seen), max(o.ended_at for o in seen))

    def has(self, kept: Kept) -> bool:
        """Whether most of it was seen here too: counted twice, it would look like more than it was."""
        seen = kept.imported.observation
        whole = (seen.ended_at - seen.started_at).total_seconds()
        shared = sum(
            max((min(end, seen.ended_at) - max(start, seen.started_at)).total_seconds(), 0.0)
            for start, end in self._spans
        )
        return whole > 0 and shared >= HALF * whole
