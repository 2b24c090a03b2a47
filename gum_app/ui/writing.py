"""The two small dialogs in which the person writes: a proposition of their own, and a note."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QWidget

from gum_app.records import KINDS
from gum_app.ui.belief_wording import KIND_NAMES, KIND_SENTENCES
from gum_app.ui.pieces import Prose, column, fit, heading, muted, row
from gum_app.ui.still import DropDown
from gum_app.ui.theme import SPACE

WIDTH = 500
LONGEST = 1000  # characters, as the daemon takes them


class WritingDialog(QDialog):
    """A title, a sentence, a field; `wrote` says what was written, and its kind where one is asked for."""

    wrote = Signal(str, str)

    def __init__(self, title: str, sentence: str, example: str, *, with_kind: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.words = QPlainTextEdit()
        self.words.setPlaceholderText(example)
        self.words.setAccessibleName(title)
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(5 * self.fontMetrics().lineSpacing())
        self.kind = DropDown()
        for kind in KINDS:
            self.kind.addItem(f"{KIND_NAMES[kind]}: {KIND_SENTENCES[kind][0].lower()}{KIND_SENTENCES[kind][1:]}", kind)
        self.kind.setAccessibleName("Kind")
        self.kind.setVisible(with_kind)
        self.note = Prose(look="danger")
        self.note.hide()
        self.save = QPushButton("Save")
        self.save.setProperty("look", "primary")
        self.save.setToolTip("Ctrl+Enter")
        self.save.setEnabled(False)
        self.save.setDefault(True)
        cancel = QPushButton("Cancel")
        cancel.setAutoDefault(False)  # else Enter in the list of kinds would throw away what was written
        self.setLayout(
            column(
                heading(title, 1.3),
                muted(sentence, 1.0),
                self.words,
                self.kind,
                self.note,
                row(-1, cancel, self.save),
                spacing=2 * SPACE,
                margins=3 * SPACE,
            )
        )
        fit(self, WIDTH)
        self.words.textChanged.connect(self._look)
        self.save.clicked.connect(self._save)
        cancel.clicked.connect(self.reject)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._save)

    def _text(self) -> str:
        return " ".join(self.words.toPlainText().split())

    def _look(self) -> None:
        too_long = len(self._text()) - LONGEST
        self.note.say(f"That is {too_long:,} letters too long." if too_long > 0 else "")
        self.note.setVisible(too_long > 0)
        self.save.setEnabled(bool(self._text()) and too_long <= 0)

    def _save(self) -> None:
        if self.save.isEnabled():
            self.wrote.emit(self._text(), self.kind.currentData())
            self.accept()


def adding(parent: QWidget) -> WritingDialog:
    return WritingDialog(
        "Add a proposition",
        "What you say yourself counts as it is: no inference overrules or rewords it.",
        "I work from home on Fridays.",
        with_kind=True,
        parent=parent,
    )


def noting(parent: QWidget) -> WritingDialog:
    return WritingDialog(
        "Write a note",
        "Tell something that no screen shows. It is kept like an episode, and propositions may follow from it.",
        "Talked to Noa on the phone: the meeting is moved to Thursday.",
        with_kind=False,
        parent=parent,
    )
