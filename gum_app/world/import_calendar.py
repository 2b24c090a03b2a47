"""Calendars as files (RFC 5545): one, or a folder of them.

Of an entry only when, what and where is read. Descriptions, guests and attachments are not: invitations are full of
other people's words, addresses and codes. What lies outside the span, or is no longer in the file, is not reported as
deleted; nothing is concluded from it. Each entry keeps its zone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Calendar, Event

from gum_app.errors import BadInput
from gum_app.records import ImportKind
from gum_app.world.calendar_lines import CalendarLines, calendars_in, name_of, read_calendar
from gum_app.world.imports import Around, Aside, CalendarEntry, Thing, Told, one_line
from gum_app.world.recurrence import NotFollowed, occurrences

MOST_DAYS = 60  # of one that lasts

OUTSIDE = "entries before or after the time that is read"
CANCELLED = "cancelled entries"
UNTITLED = "entries without a title"
BROKEN = "entries that are not whole"
NO_CALENDAR = "files that are no calendars"
RULE_NOT_FOLLOWED = "rules of recurrence that are not followed: their first day counts"


class CalendarFiles:
    kind: ImportKind = "calendar"

    def __init__(self, path: Path, around: Around) -> None:
        self.name = one_line(path.name) or "a file"
        self._path, self._around = path, around

    def things(self, told: Told) -> Iterator[Thing]:
        paths = calendars_in(self._path) if self._path.is_dir() else [self._path]
        size, done = sum(path.stat().st_size for path in paths), 0
        for path in paths:
            file = read_calendar(path, lambda at, done=done: told(done + at, size))  # type: ignore[misc]
            done += path.stat().st_size
            if file is None:
                if len(paths) == 1:
                    raise BadInput(f"{path.name} is no calendar: it does not begin as one.")
                yield Aside(NO_CALENDAR)
                continue
            file.name = file.name or one_line(path.stem, 60)
            yield from _things(file, self._around, told, (done, size))


# Entries


def _things(file: CalendarLines, around: Around, told: Told, at: tuple[int, int]) -> Iterator[Thing]:
    if file.zones:
        try:
            Calendar.from_ical("\n".join(["BEGIN:VCALENDAR", *file.zones, "END:VCALENDAR", ""]))  # remembers them
        except ValueError:
            file.broken += 1
    if file.broken:
        yield Aside(BROKEN, file.broken)
    for uid, blocks in file.entries.items():
        told(*at)  # a rule that fits no day is looked through to the end of all days, which takes a second
        yield from _Entry(uid, blocks, file, around).things()


class _Entry:
    """The master of one UID, and what was changed of single days of it."""

    def __init__(self, uid: str, blocks: list[list[str]], file: CalendarLines, around: Around) -> None:
        self.uid, self.file, self.around = uid, file, around
        said = sorted("\n".join(line for line in lines if name_of(line) != "SEQUENCE") for lines in blocks)
        self.content = hashlib.sha256("\n".join(said).encode()).hexdigest()
        self.events = [event for lines in blocks if (event := _event(lines)) is not None]
        self.broken = len(blocks) - len(self.events)

    def things(self) -> Iterator[Thing]:
        if self.broken:
            yield Aside(BROKEN, self.broken)
        masters = [event for event in self.events if "RECURRENCE-ID" not in event] or self.events[:1]
        if not masters:
            return
        try:
            # Of several with one UID the one that was changed last counts.
            yield from list(self._of(max(masters, key=_version)))
        except (ValueError, OverflowError):  # a day beyond what a calendar on this computer can reckon with
            yield Aside(BROKEN)

    def _of(self, event: Event) -> Iterator[Thing]:
        begins = _when(event.get("DTSTART"))
        title = one_line(str(event.get("SUMMARY", "")))
        if begins is None or not title:
            yield Aside(BROKEN if begins is None else UNTITLED)
            return
        cancelled = str(event.get("STATUS", "")).upper() == "CANCELLED"
        if cancelled:
            yield Aside(CANCELLED)
        try:
            starts = self._starts(event, begins)
        except NotFollowed:
            yield Aside(RULE_NOT_FOLLOWED)
            starts = [_wall(begins)]
        lasts = _lasts(event, begins)
        aware = sorted(self._shown(at, begins) for at in starts)
        kept = [at for at in aware if at + lasts >= self.around.since and at <= self.around.until]
        if not kept and not cancelled:
            yield Aside(OUTSIDE)
            return
        yield self._entry(event, title, begins, lasts, kept or aware[:1], cancelled)

    def _entry(
        self, event: Event, title: str, begins: date, lasts: timedelta, starts: list[datetime], cancelled: bool
    ) -> CalendarEntry:
        all_day = not isinstance(begins, datetime)
        next_one = next((at for at in starts if at + lasts >= self.around.now), starts[-1])
        last_day = (next_one + lasts - timedelta(microseconds=1)).date() if lasts > timedelta(days=1) else None
        days = [at.date() for at in starts]
        if last_day is not None and len(starts) == 1:
            span = min((last_day - days[0]).days, MOST_DAYS)
            days = [days[0] + timedelta(days=n) for n in range(span + 1)]
        return CalendarEntry(
            uid=self.uid,
            calendar=self.file.name,
            title=title,
            place=one_line(str(event.get("LOCATION", "")), 200),
            days=() if cancelled else tuple(dict.fromkeys(days)),
            last_day=last_day,
            started_at=next_one,
            ended_at=next_one + lasts,
            first_at=starts[0],
            last_at=starts[-1] + lasts,
            all_day=all_day,
            zone="" if all_day else self._zone_told(event, begins, next_one),
            confidential=str(event.get("CLASS", "PUBLIC")).upper() in {"PRIVATE", "CONFIDENTIAL"},
            cancelled=cancelled,
            version=_version(event),
            content=self.content,
        )

    # When

    def _starts(self, event: Event, begins: date) -> list[datetime]:
        """By the wall clock of the entry, within the span and a day around it. Raises NotFollowed."""
        zone = _zone_of(begins)
        first, day = _wall(begins), timedelta(days=1)
        since = _to_wall(self.around.since, zone) - day - _lasts(event, begins)
        until = _to_wall(self.around.until, zone) + day
        rule = event.get("RRULE")
        found = {first}
        if rule is not None:
            if not hasattr(rule, "get"):
                raise NotFollowed
            found = set(occurrences(_parts(rule, zone), first, since=since, until=until))
        found |= {_to_wall(at, zone) for at in _dates(event.get("RDATE"))}
        out = _dates(event.get("EXDATE"))
        days_out = {at for at in out if not isinstance(at, datetime)}
        gone = {_to_wall(at, zone) for at in out} | {at for at in found if at.date() in days_out}
        for other in self.events:
            replaced = _when(other.get("RECURRENCE-ID"))
            moved = _when(other.get("DTSTART"))
            if other is event or replaced is None:
                continue
            gone.add(_to_wall(replaced, zone))
            if moved is not None and str(other.get("STATUS", "")).upper() != "CANCELLED":
                found.add(_to_wall(moved, zone))
                gone.discard(_to_wall(moved, zone))
        return sorted(found - gone)

    def _shown(self, wall: datetime, begins: date) -> datetime:
        """With its zone. What is in UTC is shown in the zone of its calendar, else in that of this computer."""
        zone = _zone_of(begins)
        if zone is None:
            return wall.astimezone()
        at = wall.replace(tzinfo=zone)
        return at.astimezone(_named_zone(self.file.zone)) if _is_utc(begins) else at

    def _zone_told(self, event: Event, begins: date, at: datetime) -> str:
        start = event.get("DTSTART")
        named = one_line(str(getattr(start, "params", {}).get("TZID", "")), 60)
        if _zone_of(begins) is None:
            return named  # one that nobody knows: the hours are as they stand there
        if at.utcoffset() == at.astimezone().utcoffset():
            return ""
        return named or self.file.zone


def _parts(rule: Any, zone: tzinfo | None) -> dict[str, list[Any]]:
    """The parts of a rule, its end by the wall clock of the entry."""
    parts = {str(name): list(values) if isinstance(values, list) else [values] for name, values in rule.items()}
    if "UNTIL" in parts:
        parts["UNTIL"] = [_to_wall(at, zone) if isinstance(at, datetime) else at for at in parts["UNTIL"]]
    return parts


def _event(lines: list[str]) -> Event | None:
    """None: it cannot be read."""
    try:
        event = Event.from_ical("\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""]))
    except (ValueError, OverflowError, RecursionError):
        return None
    return event if isinstance(event, Event) else None


def _version(event: Event) -> int:
    try:
        return min(max(int(event.get("SEQUENCE", 0)), 0), 2**31)
    except (TypeError, ValueError, OverflowError):
        return 0


def _when(property_: object) -> date | None:
    """A day, or an instant; None where there is none, or it cannot be read."""
    first = property_[0] if isinstance(property_, list) and property_ else property_
    at = getattr(first, "dt", None)
    at = at[0] if isinstance(at, tuple) else at
    return at if isinstance(at, date) else None


def _dates(property_: object) -> list[date]:
    """Of EXDATE or RDATE, which may stand there more than once, each with several."""
    lists = property_ if isinstance(property_, list) else [property_]
    found = [each.dt for one in lists for each in getattr(one, "dts", ())]
    return [at[0] if isinstance(at, tuple) else at for at in found]


def _lasts(event: Event, begins: date) -> timedelta:
    """As long as nothing is said: a day, or no time."""
    usual = timedelta(0) if isinstance(begins, datetime) else timedelta(days=1)
    ends, lasts = _when(event.get("DTEND")), getattr(event.get("DURATION"), "td", None)
    if isinstance(lasts, timedelta) and ends is None:
        return max(lasts, timedelta(0)) or usual
    if ends is None:
        return usual
    return max(_to_wall(ends, _zone_of(begins)) - _wall(begins), timedelta(0)) or usual


def _zone_of(at: date) -> tzinfo | None:
    return at.tzinfo if isinstance(at, datetime) else None


def _is_utc(at: date) -> bool:
    return isinstance(at, datetime) and at.tzinfo is not None and str(at.tzinfo) == "UTC"


def _wall(at: date) -> datetime:
    return at.replace(tzinfo=None) if isinstance(at, datetime) else datetime.combine(at, time.min)


def _to_wall(at: date, zone: tzinfo | None) -> datetime:
    """What the clock in that zone shows then; None: this computer's, for an instant that has a zone."""
    if isinstance(at, datetime) and at.tzinfo is not None:
        return at.astimezone(zone).replace(tzinfo=None)
    return _wall(at)


def _named_zone(name: str) -> tzinfo | None:
    """None: there is none of that name, so that of this computer is taken."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
