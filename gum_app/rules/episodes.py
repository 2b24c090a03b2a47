"""Which looks belong together, and when the next look is due. Pure: time and windows come in, decisions go out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from gum_app.records import Window

SETTLE = timedelta(seconds=0.3)  # a window that just came to the front is still drawing itself
PAUSE = timedelta(seconds=2)  # so long without a key or a click is the first pause after activity
LONGEST_GAP = timedelta(seconds=120)  # between two signs of activity; more than that was not spent here
LONGEST_EPISODE = timedelta(minutes=10)
RIPE = timedelta(seconds=20)  # an episode that lasts so long is thought about while it still goes on

# What programs put into a title while the thing stays the same: unread counts, "modified" marks, spinners, per cent.
_PASSING = re.compile(
    r"^\s*[●•*✱✳]\s*|^\s*(\(\d+\+?\)|\[\d+\]|[⠀-⣿◐◓◑◒|/\\-])\s+|\(\d+\+?\)|\s[●•*](?=\s|$)|\b\d{1,3}\s?%"
)


def same_thing(one: Window, other: Window) -> bool:
    """The same page or document in the same program, whatever its unread count says."""
    if one.app != other.app or one.private != other.private or settled_title(one.title) != settled_title(other.title):
        return False
    return one.url is None or other.url is None or _page(one.url) == _page(other.url)


def settled_title(title: str) -> str:
    return " ".join(_PASSING.sub(" ", title).split()).casefold()


def _page(url: str) -> str:
    return url.partition("#")[0].rstrip("/").casefold()


def active_seconds_between(last: datetime | None, now: datetime) -> float:
    """Seconds that count as spent, from one sign of activity to the next."""
    if last is None or now <= last:
        return 0.0
    return min(now - last, LONGEST_GAP).total_seconds()


@dataclass(frozen=True, kw_only=True)
class LookTimer:
    """When the recorder should look next: soon after a change, at the first pause after activity, and now and then."""

    changed_at: datetime | None = None  # a change that has not been looked at
    active_at: datetime | None = None  # the last sign of activity
    looked_at: datetime | None = None

    def change(self, at: datetime) -> LookTimer:
        return replace(self, changed_at=at)

    def activity(self, at: datetime) -> LookTimer:
        return replace(self, active_at=at)

    def look(self, at: datetime) -> LookTimer:
        return replace(self, looked_at=at, changed_at=None)

    def due_at(self, longest: timedelta) -> datetime | None:
        """None: nothing has happened since the last look, so there is nothing new to see."""
        if self.changed_at is not None:
            return self.changed_at + SETTLE
        if self.active_at is None or (self.looked_at is not None and self.active_at <= self.looked_at):
            return None
        pause = self.active_at + PAUSE
        return pause if self.looked_at is None else min(pause, self.looked_at + longest)
