"""Whether a program shows so much at once that not all of it is kept one by one. What is not is still counted."""

from __future__ import annotations

from collections import OrderedDict, deque
from datetime import datetime, timedelta

from gum_app.digest import DigestId

WITHIN = timedelta(minutes=1)
MOST_OF_A_PROGRAM = 30  # within that time
MOST_OF_ALL = 120  # of programs that have shown nothing before: who floods under ever new names hides no other's
MOST_OF_KNOWN = 600
MOST_PROGRAMS = 100  # remembered


class Crowd:
    """Belongs to one thread."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._all: deque[datetime] = deque()
        self._first: dict[str, datetime] = {}  # when each was kept first
        self._last: dict[str, DigestId] = {}
        self._last_of_all: DigestId | None = None

    def counts_with(self, app: str, at: datetime) -> DigestId | None:
        """With which one another of this program is to be counted; None: it is kept by itself."""
        _let_go(self._all, at)
        own = self._kept.get(app, deque())
        _let_go(own, at)
        if len(own) >= MOST_OF_A_PROGRAM:
            return self._last.get(app)
        is_known = app in self._first and at - self._first[app] >= WITHIN
        most = MOST_OF_KNOWN if is_known else MOST_OF_ALL
        return self._last.get(app, self._last_of_all) if len(self._all) >= most else None

    def keep(self, app: str, at: datetime, id: DigestId) -> None:  # noqa: A002
        """It was kept by itself, under this number."""
        self._kept.setdefault(app, deque()).append(at)
        self._first.setdefault(app, at)
        self._all.append(at)
        self._last[app] = self._last_of_all = id
        while len(self._kept) > MOST_PROGRAMS:
            gone, _ = self._kept.popitem()  # the newest: those that are known stay so
            self._last.pop(gone, None)
            del self._first[gone]


def _let_go(kept: deque[datetime], at: datetime) -> None:
    while kept and at - kept[0] >= WITHIN:
        kept.popleft()
