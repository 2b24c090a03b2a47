"""A do-not-disturb without a desktop."""

from __future__ import annotations

from gum_app.errors import NotYet
from gum_app.world.do_not_disturb import State


class FakeDoNotDisturb:
    name = "the test"

    def __init__(self, state: State = "off", *, shows_critical: bool = True) -> None:
        self._state: State = state
        self.shows_critical = shows_critical
        self.answers = True

    def state(self) -> State:
        self._make_sure()
        return self._state

    def put(self, state: State) -> None:
        self._make_sure()
        self._state = state

    def close(self) -> None:
        pass

    def _make_sure(self) -> None:
        if not self.answers:
            raise NotYet("Do not disturb of the test cannot be reached.")
