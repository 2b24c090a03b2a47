"""Where a question is written: Enter asks, Shift+Enter begins a new line, Ctrl+Enter looks first. It grows."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

EXAMPLE = "What was I doing on Tuesday?"
KEYS = "Enter asks, Shift+Enter begins a new line, Ctrl+Enter looks first, Escape stops."
LONGEST_QUESTION = 600  # characters
MOST_ROWS = 6
ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class AskField(QPlainTextEdit):
    entered = Signal()  # ask
    look_wanted = Signal()  # show first what the model would be told

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(EXAMPLE)
        self.setAccessibleName("Your question")
        self.setAccessibleDescription(
            "Enter asks, Shift+Enter begins a new line, Ctrl+Enter looks first, Escape stops."
        )
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self.updateGeometry())
        self.textChanged.connect(self._shorten)

    @property
    def question(self) -> str:
        return self.toPlainText().strip()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.look_wanted.emit()
        elif event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        rows = min(max(round(self.document().size().height()), 1), MOST_ROWS)  # in lines, as they are wrapped
        space = 2 * (self.frameWidth() + round(self.document().documentMargin()))
        return QSize(260, rows * self.fontMetrics().lineSpacing() + space + 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def _shorten(self) -> None:
        """What is pasted may be longer than a question can be."""
        text = self.toPlainText()
        if len(text) > LONGEST_QUESTION:
            place = min(self.textCursor().position(), LONGEST_QUESTION)
            self.setPlainText(text[:LONGEST_QUESTION])
            cursor = self.textCursor()
            cursor.setPosition(place)
            self.setTextCursor(cursor)
