"""The combination of keys that opens the page “Ask” from anywhere, as long as the tray runs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier, Signal

from gum_app.errors import GumError, ScreenLost
from gum_app.shortcut import Shortcut, combination_of


class GlobalKey(QObject):
    """`trouble` is why it is not heard, as a sentence; empty where it is, or where none is wanted."""

    pressed = Signal()

    def __init__(self, opens: Callable[[], Shortcut] | None, parent: QObject | None = None) -> None:
        """`opens` begins to listen; it raises GumError where nothing can. None: nobody listens."""
        super().__init__(parent)
        self._opens = opens
        self._shortcut: Shortcut | None = None
        self._notifier: QSocketNotifier | None = None
        self._wanted = ""
        self.trouble = ""

    @property
    def heard(self) -> str:
        """The keys that are listened for; empty where none are."""
        return self._wanted if self._shortcut is not None and not self.trouble else ""

    def want(self, keys: str) -> None:
        """As the settings have it; asked again and again, it does something only where that has changed."""
        if keys == self._wanted or self._opens is None:
            return
        self._wanted, self.trouble = keys, ""
        try:
            if self._shortcut is None and keys:
                self._listen(self._opens())
            if self._shortcut is not None:
                self._shortcut.grab(combination_of(keys))
        except ScreenLost as error:
            self._lost(error)
        except GumError as error:
            self.trouble = str(error)

    def close(self) -> None:
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier = None
        if self._shortcut is not None:
            self._shortcut.close()
            self._shortcut = None

    def _listen(self, shortcut: Shortcut) -> None:
        self._shortcut = shortcut
        self._notifier = QSocketNotifier(shortcut.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(lambda *_: self._hear())

    def _hear(self) -> None:
        if self._shortcut is None:
            return
        try:
            if self._shortcut.pressed():
                self.pressed.emit()
        except ScreenLost as error:
            self._lost(error)

    def _lost(self, error: GumError) -> None:
        """The display has gone, and the windows with it in most cases; where they stay, the keys are asked for anew
        when they are changed.
        """
        self.trouble = str(error)
        self.close()
