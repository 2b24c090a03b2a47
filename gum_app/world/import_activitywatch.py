"""An export of ActivityWatch: JSON with buckets of events, all of a server or one alone, as its page “Raw data” gives.

Read twice: once to see which buckets there are and in which order their events stand (newest first, as a rule), and
once more for the events, oldest first, a block at a time. A year of events fits into no memory that we may take.

https://docs.activitywatch.net/en/latest/buckets-and-events.html
"""

from __future__ import annotations

import heapq
import math
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from gum_app.errors import BadInput
from gum_app.records import ImportKind
from gum_app.world.imports import (
    LONGEST_ADDRESS,
    Aside,
    MachineLog,
    Span,
    TabEvent,
    Thing,
    Told,
    WindowEvent,
    one_line,
)
from gum_app.world.json_stream import JsonStream

BLOCK = 1000  # events that are held at once
MOST_UNORDERED = 200_000  # events of one bucket that are sorted here, where they stand in no order
MOST_BUCKETS = 300  # each is read by itself: with a file that is open, and a block in memory
LONGEST_EVENT = timedelta(days=1)  # a watcher that hung
OTHER_BUCKET = "buckets of another kind than windows, tabs and presence"
UNREADABLE = "events that are not whole"
NOT_ACTIVITYWATCH = "{} is JSON, but no export of ActivityWatch: there are no buckets in it."

WINDOWS, TABS, PRESENCE = "currentwindow", "web.tab.current", "afkstatus"

Event = TypeVar("Event", WindowEvent, TabEvent, Span)
_Dated = tuple[datetime, datetime, dict[str, Any]]  # from, to, data


@dataclass(kw_only=True)
class _Bucket:
    """`blocks`: at which byte every thousandth event begins."""

    id: str = ""
    type: str = ""
    host: str = ""
    client: str = ""
    count: int = 0
    broken: int = 0
    rises: bool = True
    falls: bool = True
    blocks: array[int] = field(default_factory=lambda: array("q"))


class ActivityWatchExport:
    kind: ImportKind = "activitywatch"

    def __init__(self, path: Path) -> None:
        self.name = one_line(path.name) or "a file"
        self._path = path

    def things(self, told: Told) -> Iterator[Thing]:
        """A log for each machine, then what was not read."""
        size = self._path.stat().st_size
        with closing(JsonStream(self._path)) as stream:
            buckets = _look(stream, lambda done: told(done, 2 * size))
        if not buckets:
            raise BadInput(NOT_ACTIVITYWATCH.format(self.name))
        known = [bucket for bucket in buckets if bucket.type in {WINDOWS, TABS, PRESENCE}]
        steps = _Steps(sum(bucket.count for bucket in known), size, told)
        for host in sorted({bucket.host for bucket in known}):
            of_host = [bucket for bucket in known if bucket.host == host]
            yield from self._log(host, of_host, steps)
        if others := len(buckets) - len(known):
            yield Aside(OTHER_BUCKET, others)
        if broken := sum(bucket.broken for bucket in known):
            yield Aside(UNREADABLE, broken)

    def _log(self, host: str, buckets: list[_Bucket], steps: _Steps) -> Iterator[MachineLog]:
        streams: list[JsonStream] = []

        def all_of(type_: str, read: Callable[[_Bucket, _Dated], Event | None]) -> Iterator[Event]:
            parts = []
            for bucket in buckets:
                if bucket.type == type_:
                    streams.append(JsonStream(self._path))
                    parts.append(_events(streams[-1], bucket, read, steps))
            return heapq.merge(*parts, key=lambda event: event.started_at)

        try:
            yield MachineLog(
                host=one_line(host),
                windows=all_of(WINDOWS, _window),
                tabs=all_of(TABS, _tab),
                presence=all_of(PRESENCE, _there) if any(bucket.type == PRESENCE for bucket in buckets) else None,
            )
        finally:
            for stream in streams:
                stream.close()


@dataclass
class _Steps:
    """How far the second reading is, counted in events and told in bytes."""

    of: int
    size: int
    told: Told
    done: int = 0

    def add(self, events: int) -> None:
        self.done += events
        self.told(self.size + self.size * self.done // max(self.of, 1), 2 * self.size)


# The first reading


def _look(stream: JsonStream, told: Callable[[int], None]) -> list[_Bucket]:
    """Every bucket; those alone in a file stand where otherwise the list of all stands."""
    if stream.peek() != "{":
        stream.broken()
    found: list[_Bucket] = []
    alone = _Bucket()
    for name in stream.members():
        if name == "buckets" and stream.peek() == "{":
            for id_ in stream.members():
                bucket = _Bucket(id=id_)
                found.append(bucket)
                if len(found) > MOST_BUCKETS:
                    raise BadInput(f"There are more than {MOST_BUCKETS} buckets in it: export a part of them.")
                for field_ in stream.members():
                    _take(stream, bucket, field_, told)
        else:
            _take(stream, alone, name, told)
    return found + ([alone] if alone.type and alone.blocks else [])


def _take(stream: JsonStream, bucket: _Bucket, name: str, told: Callable[[int], None]) -> None:
    if name == "events" and stream.peek() == "[":
        _scan(stream, bucket, told)
        return
    value = stream.value()
    if isinstance(value, str) and name in {"id", "type", "client", "hostname"}:
        setattr(bucket, "host" if name == "hostname" else name, value)


def _scan(stream: JsonStream, bucket: _Bucket, told: Callable[[int], None]) -> None:
    last: datetime | None = None
    for number, _ in enumerate(stream.items()):
        if number % BLOCK == 0:
            at = stream.tell()
            bucket.blocks.append(at)
            told(at)
        event = _dated(stream.value())
        bucket.count += 1
        if event is None:
            bucket.broken += 1
            continue
        if last is not None:
            bucket.rises &= event[0] >= last
            bucket.falls &= event[0] <= last
        last = event[0]


# The second reading


def _events(
    stream: JsonStream, bucket: _Bucket, read: Callable[[_Bucket, _Dated], Event | None], steps: _Steps
) -> Iterator[Event]:
    for block in _in_order(stream, bucket):
        steps.add(len(block))
        for dated in block:
            event = read(bucket, dated) if dated is not None else None
            if event is not None:
                yield event


def _in_order(stream: JsonStream, bucket: _Bucket) -> Iterator[Sequence[_Dated | None]]:
    """Blocks of events, the oldest first."""
    if not (bucket.rises or bucket.falls):
        if bucket.count > MOST_UNORDERED:
            raise BadInput(f"The events of the bucket {one_line(bucket.id)} stand in no order: export it again.")
        everything = [event for block in _blocks(stream, bucket) for event in block if event is not None]
        everything.sort(key=lambda event: event[0])
        yield from (everything[first : first + BLOCK] for first in range(0, len(everything), BLOCK))
        return
    for block in _blocks(stream, bucket):
        yield block if bucket.rises else block[::-1]


def _blocks(stream: JsonStream, bucket: _Bucket) -> Iterator[list[_Dated | None]]:
    order = range(len(bucket.blocks))
    for number in order if bucket.rises else reversed(order):
        stream.go_to(bucket.blocks[number])
        block = [_dated(stream.value())]
        while len(block) < BLOCK and stream.next_value():
            block.append(_dated(stream.value()))
        yield block


# One event


def _dated(event: object) -> _Dated | None:
    """None: it is not whole. In the local time of this computer, as if it had been seen here."""
    if not isinstance(event, dict):
        return None
    stamp, seconds, data = event.get("timestamp"), event.get("duration", 0), event.get("data")
    if not isinstance(stamp, str) or not isinstance(data, dict) or not isinstance(seconds, int | float):
        return None
    try:
        at = datetime.fromisoformat(stamp)
        started_at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone()
        lasted = timedelta(seconds=seconds)
        if not math.isfinite(seconds) or not timedelta(0) <= lasted <= LONGEST_EVENT:
            return None
        return started_at, started_at + lasted, data
    except (ValueError, OverflowError):
        return None


def _window(_bucket: _Bucket, dated: _Dated) -> WindowEvent | None:
    started_at, ended_at, data = dated
    app, title = one_line(data.get("app")), one_line(data.get("title"))
    if not app:
        return None
    return WindowEvent(started_at=started_at, ended_at=ended_at, app=app, title=title)


def _tab(bucket: _Bucket, dated: _Dated) -> TabEvent:
    """A tab of which it is not said whether it is private is private: nobody knows."""
    started_at, ended_at, data = dated
    return TabEvent(
        started_at=started_at,
        ended_at=ended_at,
        browser=_browser(bucket.id, bucket.client),
        title=one_line(data.get("title")),
        url=one_line(data.get("url"), LONGEST_ADDRESS),
        private=data.get("incognito") is not False,
    )


def _there(_bucket: _Bucket, dated: _Dated) -> Span | None:
    return Span(dated[0], dated[1]) if dated[2].get("status") == "not-afk" else None


def _browser(*names: str) -> str:
    """What the watcher of tabs calls its browser: aw-watcher-web-firefox, aw-client-web_chrome_my-laptop."""
    text = " ".join(names).casefold()
    known: Iterable[str] = ("firefox", "chrome", "chromium", "edge", "brave", "opera", "vivaldi", "safari")
    return next((name for name in known if name in text), "")
