"""The one way to speak to the person: a sentence in a bar, with what can be done about it. Never a box in the way."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from gum_app.ui.deeds import Undo
from gum_app.ui.drawn import Picture
from gum_app.ui.icons import IconOnlyButton
from gum_app.ui.pieces import Prose, column, look, row
from gum_app.ui.theme import SPACE

DONE_STAYS_MS = 8000  # what went well leaves by itself; what went wrong stays until it is closed
UNDO_STAYS_MS = 20000  # where it can be taken back: one reads, thinks, and finds the mouse


class MessageBar(QWidget):
    undo = Signal(object)  # the question that takes back what was told

    def __init__(self) -> None:
        super().__init__()
        self._frame = QFrame()
        self._frame.setObjectName("message")
        self.sentence = Prose(middle=True)
        self.undo_button = QPushButton("Undo")
        self.undo_button.setProperty("look", "link")
        self.undo_button.setToolTip("Take this back (Ctrl+Z)")
        self._offered: Undo | None = None
        self.undo_button.clicked.connect(self._undo)
        close = IconOnlyButton("cross", "Close this message")
        close.clicked.connect(self.hide)
        self._good, self._bad = Picture("check", "accent"), Picture("alert", "danger")
        line = row(self._good, self._bad, self.sentence, self.undo_button, close)
        line.setContentsMargins(2 * SPACE, SPACE // 2, SPACE // 2, SPACE // 2)
        self._frame.setLayout(line)
        around = column(self._frame)
        around.setContentsMargins(3 * SPACE, 0, 2 * SPACE, 2 * SPACE)
        self.setLayout(around)
        self.stays_ms, self.undo_stays_ms = DONE_STAYS_MS, UNDO_STAYS_MS
        self._leave = QTimer(self, singleShot=True)
        self._leave.timeout.connect(self.hide)
        self.hide()

    @property
    def offers_undo(self) -> bool:
        return self.isVisible() and self._offered is not None

    def done(self, sentence: str, undo: Undo | None = None) -> None:
        """`undo`: what is asked of the daemon to take it back; None: nothing does."""
        self._say(sentence, good=True)
        self._offered = undo
        self.undo_button.setVisible(undo is not None)
        self._leave.start(self.stays_ms if undo is None else self.undo_stays_ms)

    def trouble(self, sentence: str) -> None:
        self._leave.stop()
        self._say(sentence, good=False)
        self._offered = None
        self.undo_button.hide()

    def _say(self, sentence: str, *, good: bool) -> None:
        look(self._frame, "done" if good else "trouble")
        self._good.setVisible(good)
        self._bad.setVisible(not good)
        self.sentence.say(sentence)
        self.setAccessibleName(sentence)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _undo(self) -> None:
        self.hide()
        self.undo.emit(self._offered)
