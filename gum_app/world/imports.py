"""What a file of another program holds, before anything of it is judged: the nouns, and what each reader can do.

All text is a stranger's: it is brought into one line and within a length here, and judged elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from gum_app.records import ImportKind

Told = Callable[[int, int], None]  # how far it is, of how much; may raise, and then reading ends

LONGEST_TEXT = 500  # characters of a title, a place or a name
LONGEST_ADDRESS = 2000
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, kw_only=True)
class WindowEvent:
    """A window was in front."""

    started_at: datetime
    ended_at: datetime
    app: str
    title: str


@dataclass(frozen=True, kw_only=True)
class TabEvent:
    """A tab was the active one of a browser; whether that browser was in front, it does not say."""

    started_at: datetime
    ended_at: datetime
    browser: str  # part of the browser's name, such as "firefox"; empty: any
    title: str
    url: str
    private: bool


@dataclass(frozen=True)
class Span:
    """Somebody was at the machine."""

    started_at: datetime
    ended_at: datetime


@dataclass(frozen=True, kw_only=True)
class MachineLog:
    """What was in front on one machine, each stream in the order of time and read once.

    `presence` None: nobody counted when somebody was there.
    """

    host: str
    windows: Iterator[WindowEvent]
    tabs: Iterator[TabEvent]
    presence: Iterator[Span] | None


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """One entry of a calendar, with all days on which it stands within the span that is read.

    `started_at` and `ended_at` are of its last day that is over, or its next one; aware, in the zone of the entry.
    """

    uid: str
    calendar: str
    title: str
    place: str
    days: tuple[date, ...]  # in the zone of the entry; empty: cancelled
    last_day: date | None  # of one that lasts longer than a day
    started_at: datetime
    ended_at: datetime
    first_at: datetime  # the beginning of the first of them all, within the span that is read
    last_at: datetime
    all_day: bool
    zone: str  # of its hours, where they are not those of this computer
    confidential: bool
    cancelled: bool
    version: int
    content: str  # the same as long as the calendar says the same of it


@dataclass(frozen=True, kw_only=True)
class Around:
    """What of a calendar is read: from the one instant to the other, seen from `now`."""

    since: datetime
    until: datetime
    now: datetime


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What another program concluded about the person, in its words. Hearsay, however sure it was."""

    key: str
    text: str
    confidence: int | None  # 1–10, as that program said it
    supported_at: datetime
    observations: int  # of its own, on which it rests
    refused: bool  # the person called it wrong there


@dataclass(frozen=True)
class Aside:
    """Something in the file that is not read, and why; never what."""

    reason: str
    count: int = 1


Thing = MachineLog | CalendarEntry | Claim | Aside


class Source(Protocol):
    """A file, or a folder, of one kind. Reads what it is told to and nothing else; changes nothing."""

    kind: ImportKind
    name: str

    def things(self, told: Told) -> Iterator[Thing]:
        """In bounded memory. Raises BadInput where it is no such file after all."""
        ...


def one_line(value: object, most: int = LONGEST_TEXT) -> str:
    """A text as one line of at most so many characters; empty for what is no text."""
    if not isinstance(value, str):
        return ""
    return " ".join(_UNSEEN.sub(" ", value[: 4 * most]).split())[:most].rstrip()
