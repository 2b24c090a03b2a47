"""One window for a home: a second start asks the first one to show itself, and ends."""

from __future__ import annotations

from contextlib import suppress
from typing import Literal

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, Signal

from gum_app.paths import Home

What = Literal["show", "ask"]  # itself, or its page “Ask”


class OneInstance(QObject):
    """`first` is False where another window has this home; then `ask_the_first` makes it show itself."""

    asked = Signal(str)  # What

    def __init__(self, home: Home, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bell = home.root / "show-window"
        self._lock = QLockFile(str(home.root / "window.lock"))
        self._lock.setStaleLockTime(0)  # only the end of its process frees it
        self.first = self._lock.tryLock(0)
        self._watcher = QFileSystemWatcher(self)
        if self.first:
            self._bell.touch(mode=0o600)
            self._watcher.addPath(str(self._bell))
            self._watcher.fileChanged.connect(lambda _path: self._answer())

    def ask_the_first(self, what: What = "show") -> None:
        self._bell.write_text(f"{what}\n", encoding="utf-8")

    def _answer(self) -> None:
        with suppress(OSError):  # it was emptied and is filled in a moment: that is told too
            if said := self._bell.read_text(encoding="utf-8").strip():
                self.asked.emit("ask" if said == "ask" else "show")

    def close(self) -> None:
        if self.first:
            self._bell.unlink(missing_ok=True)
            self._lock.unlock()
