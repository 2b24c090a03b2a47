"""Whether a program shows so much at once that not all of it is kept one by one. What is not is still counted."""

from __future__ import annotations

from collections import OrderedDict, deque
from datetime import datetime, timedelta

from gum_app.digest import DigestId

WITHIN = timedelta(minutes=1)
MOST_OF_A_PROGRAM = 30  # within that time
MOST_OF_ALL = 120
MOST_PROGRAMS = 100  # remembered


class Crowd:
    """Belongs to one thread."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._all: deque[datetime] = deque()
        self._last: dict[str, DigestId] = {}
        self._last_of_all: DigestId | None = None

    def counts_with(self, app: str, at: datetime) -> DigestId | None:
        """With which one another of this program is to be counted; None: it is kept by itself."""
        _let_go(self._all, at)
        own = self._kept.get(app, deque())
        _let_go(own, at)
        if len(own) >= MOST_OF_A_PROGRAM:
            return self._last.get(app)
        return self._last.get(app, self._last_of_all) if len(self._all) >= MOST_OF_ALL else None

    def keep(self, app: str, at: datetime, id: DigestId) -> None:  # noqa: A002
        """It was kept by itself, under this number."""
        self._kept.setdefault(app, deque()).append(at)
        self._kept.move_to_end(app)
        self._all.append(at)
        self._last[app] = self._last_of_all = id
        while len(self._kept) > MOST_PROGRAMS:
            gone, _ = self._kept.popitem(last=False)
            self._last.pop(gone, None)


def _let_go(kept: deque[datetime], at: datetime) -> None:
    while kept and at - kept[0] >= WITHIN:
        kept.popleft()
