"""What was answered lately, so that it is no evidence when it is seen again: as sums, without a word in them."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Sequence

from gum_app.rules.spoken import ours_among, runs, words_of

MOST_RUNS = 50_000  # some 400 answers; the oldest go first
KEY_BYTES = 32


class Spoken:
    """May be used from any thread."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(KEY_BYTES)  # of this process alone
        self._runs: OrderedDict[bytes, None] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, text: str) -> None:
        found = runs(words_of(text), self._key)
        with self._lock:
            for run in found:
                self._runs[run] = None
                self._runs.move_to_end(run)
            while len(self._runs) > MOST_RUNS:
                self._runs.popitem(last=False)

    def among(self, lines: Sequence[str]) -> set[int]:
        """The places of the lines that are ours."""
        if not self._runs:
            return set()
        return ours_among(lines, self._runs.__contains__, self._key)
