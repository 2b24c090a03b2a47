"""Which programs that ask are told of in a message of the tray: each once, and never many messages in a row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from gum_app.ui.status import Request
from gum_app.ui.status_wording import who_asks

APART = timedelta(minutes=10)  # whoever asks under ever new names fills a list, and not the desktop


class RequestsTold:
    """Those that asked before this one was there have been told of, or are seen by the mark on the icon."""

    def __init__(self) -> None:
        self._since: datetime | None = None
        self._told: set[str] = set()
        self._told_at: datetime | None = None

    def to_tell(self, asking: Sequence[Request], now: datetime) -> str:
        """One sentence for all that are new; empty where there are none, or where one was said a moment ago."""
        if self._since is None:
            self._since = now
        new = [each.client for each in asking if each.at >= self._since and each.client not in self._told]
        if not new or (self._told_at is not None and now - self._told_at < APART):
            return ""
        self._told.update(new)
        self._told_at = now
        return f"{who_asks(new)}: click to answer, on the page “Privacy”. Until then it is told nothing."
