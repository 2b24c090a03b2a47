"""Keys that a test presses: the Shortcut of no keyboard at all."""

from __future__ import annotations

import socket
from collections.abc import Iterable

from gum_app.errors import ScreenLost, ShortcutTaken
from gum_app.shortcut import Combination


class ScriptedShortcut:
    def __init__(self, taken: Iterable[str] = ()) -> None:
        """`taken`: what other programs have already."""
        self.taken = set(taken)
        self.wanted: Combination | None = None
        self.is_closed = self.is_lost = False
        self._reading, self._writing = socket.socketpair()
        self._reading.setblocking(False)

    def press(self, keys: str) -> None:
        if self.wanted is not None and str(self.wanted) == keys:
            self._writing.send(b".")

    def lose(self) -> None:
        """The display goes away."""
        self.is_lost = True
        self._writing.send(b".")

    def grab(self, combination: Combination | None) -> None:
        self.wanted = None
        if combination is not None and str(combination) in self.taken:
            raise ShortcutTaken(f"Another program has {combination} already: choose another combination of keys.")
        self.wanted = combination

    def pressed(self) -> bool:
        if self.is_lost:
            raise ScreenLost("The display is gone.")
        try:
            return bool(self._reading.recv(64))
        except BlockingIOError:
            return False

    def fileno(self) -> int:
        return self._reading.fileno()

    def close(self) -> None:
        self.is_closed = True
        self._reading.close()
        self._writing.close()
