"""What was answered lately, so that it is no evidence when it is seen again: as sums, without a word in them; and what
stood in notifications of ours.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Sequence

from gum_app.rules.spoken import notes_among, ours_among, runs, words_of

MOST_RUNS = 50_000  # some 400 answers; the oldest go first
MOST_NOTES = 50
KEY_BYTES = 32


class Spoken:
    """May be used from any thread."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(KEY_BYTES)  # of this process alone
        self._runs: OrderedDict[bytes, None] = OrderedDict()
        self._notes: OrderedDict[str, str] = OrderedDict()  # title and words of notifications of ours
        self._lock = threading.Lock()

    def add(self, text: str) -> None:
        found = runs(words_of(text), self._key)
        with self._lock:
            for run in found:
                self._runs[run] = None
                self._runs.move_to_end(run)
            while len(self._runs) > MOST_RUNS:
                self._runs.popitem(last=False)

    def add_note(self, title: str, body: str) -> None:
        """A notification of ours, which is on the screen and may be read there."""
        with self._lock:
            self._notes[title] = body
            self._notes.move_to_end(title)
            while len(self._notes) > MOST_NOTES:
                self._notes.popitem(last=False)

    def forget_notes(self) -> None:
        """The words of one may be what was forgotten."""
        with self._lock:
            self._notes.clear()

    def among(self, lines: Sequence[str]) -> set[int]:
        """The places of the lines that are ours."""
        answers = ours_among(lines, self._runs.__contains__, self._key) if self._runs else set()
        return answers | self.notes_among(lines)

    def notes_among(self, lines: Sequence[str]) -> set[int]:
        """Those of notifications alone."""
        with self._lock:
            notes = tuple(self._notes.items())
        return notes_among(lines, notes)
