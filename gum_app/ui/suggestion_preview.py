"""Exactly what will happen, before it does: the text whole, where it goes, and when. Only this is done.

The daemon refuses what is not what it showed, so what stands here is what is done.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QWidget

from gum_app.rules.abilities import NOT_UNDONE
from gum_app.ui.asking import Answer, Asker
from gum_app.ui.pieces import Prose, column, heading, muted, row
from gum_app.ui.suggestion_lookup import Shown
from gum_app.ui.theme import SPACE

WIDTH = 600
TEXT_HEIGHT = 260
DO_IT = {
    "draft": "Write the file",
    "checklist": "Write the file",
    "summary": "Write the file",
    "gather": "Write the file",
    "reminder": "Remind me",
    "open": "Open it",
    "focus": "Start",
}
GATHER_SECONDS = 60.0


class SuggestionPreview(QDialog):
    done_it = Signal(str, object)  # a sentence, and the question that takes it back; None: nothing does

    def __init__(self, asker: Asker, shown: Shown, parent: QWidget) -> None:
        super().__init__(parent)
        offer = shown.suggestion.offer
        self.setWindowTitle("What will happen")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._asker, self._id, self._fingerprint = asker, int(shown.id), ""
        self._act = offer.act.kind
        self.sentence = Prose("Looking …")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("The text, whole")
        self.text.setMinimumHeight(TEXT_HEIGHT)
        self.text.hide()
        self.note = muted("This cannot be undone." if self._act in NOT_UNDONE else "It can be undone afterwards.")
        self.trouble = Prose(look="danger")
        self.trouble.hide()
        self.copy = QPushButton("Copy the text")
        self.copy.hide()
        self.go = QPushButton(DO_IT[self._act])
        self.go.setProperty("look", "primary")
        self.go.setEnabled(False)
        cancel = QPushButton("Cancel")
        for button in (self.copy, cancel):
            button.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.copy.clicked.connect(self._copy)
        self.go.clicked.connect(self._do)
        self.setLayout(
            column(
                heading(offer.title, 1.2),
                self.sentence,
                self.text,
                self.note,
                self.trouble,
                row(-1, cancel, self.copy, self.go),
                spacing=2 * SPACE,
                margins=3 * SPACE,
            )
        )
        self.resize(WIDTH, self.sizeHint().height())
        asking = asker.ask({"do": "suggestion_preview", "id": self._id}, timeout_seconds=GATHER_SECONDS)
        asking.answered.connect(self._looked)
        asking.failed.connect(self._failed)

    def _looked(self, answer: Answer) -> None:
        self._fingerprint = str(answer["fingerprint"])
        self.sentence.say(str(answer["sentence"]))
        text = str(answer.get("text") or "")
        self.text.setPlainText(text)
        self.text.setVisible(bool(text))
        self.copy.setVisible(bool(text))
        self.go.setEnabled(True)
        self.go.setFocus()
        self.resize(WIDTH, max(self.sizeHint().height(), self.minimumSizeHint().height()))

    def _do(self) -> None:
        self.go.setEnabled(False)
        self.trouble.hide()
        asking = self._asker.ask(
            {"do": "suggestion_do", "id": self._id, "fingerprint": self._fingerprint}, timeout_seconds=GATHER_SECONDS
        )
        asking.answered.connect(self._did)
        asking.failed.connect(self._failed)

    def _did(self, answer: Answer) -> None:
        undo = {"do": "suggestion_undo", "id": self._id} if answer["undo"] else None
        self.done_it.emit(str(answer["result"]), undo)
        self.accept()

    def _copy(self) -> None:
        """To the clipboard only; the suggestion stays open."""
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copy.setText("Copied")

    def _failed(self, sentence: str, _lost: bool) -> None:
        self.trouble.say(sentence)
        self.trouble.show()
        self.go.setEnabled(bool(self._fingerprint))
