"""Failures in a row of one model: after three it rests, a little longer each time, until it answers or is woken.

One that cannot work at all rests at once, and a question that was too long is no failure of its own.
"""

from __future__ import annotations

import math

from gum_app.errors import EngineMissing, ModelTrouble, ModelUnusable, PromptTooLong

MOST_FAILURES = 3
REST_SECONDS = (15 * 60.0, 60 * 60.0, 6 * 3600.0)  # after the first three failures, and after one more each


class Failures:
    """`now_seconds` is of one clock that never goes back."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """It answered, is another one, or is to be tried at once, as after the first failure."""
        self._in_a_row = self._rests = 0
        self._rests_until_seconds = -math.inf
        self.trouble: str | None = None  # the last failure in a row, as a sentence

    def add(self, error: ModelTrouble, now_seconds: float) -> None:
        if isinstance(error, PromptTooLong):
            return  # the model is well; who asked must ask for less
        self._in_a_row += 1
        self.trouble = str(error)
        if self._in_a_row >= MOST_FAILURES or isinstance(error, ModelUnusable | EngineMissing):
            self._rests_until_seconds = now_seconds + REST_SECONDS[min(self._rests, len(REST_SECONDS) - 1)]
            self._rests += 1

    def rest(self, why: str, now_seconds: float) -> None:
        """For a while, without a failure of its own, so that the person can change what is in the way."""
        self.trouble = why
        self._rests_until_seconds = now_seconds + REST_SECONDS[0]

    def rests_for_seconds(self, now_seconds: float) -> float:
        """0: it does not rest."""
        return max(0.0, self._rests_until_seconds - now_seconds)
