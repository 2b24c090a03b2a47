"""Exactly what will happen, before it does: the text whole, where it goes, and when. Only this is done.

The daemon refuses what is not what it showed, so what stands here is what is done.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QWidget

from gum_app.rules.abilities import would
from gum_app.ui.asking import Answer, Asker
from gum_app.ui.pieces import Prose, column, fit, heading, muted, row
from gum_app.ui.suggestion_lookup import Shown
from gum_app.ui.theme import SPACE

WIDTH = 600
TEXT_HEIGHT = 260
WRITE = "Write the file"
UNDONE = "It can be undone afterwards."
NOTES = {
    "file": "It is a new file, for you to change as you like. It can be undone for as long as it is as written.",
    "open": "",  # its sentence says already that nothing takes it back
}
DO_IT = {
    "draft": WRITE,
    "checklist": WRITE,
    "summary": WRITE,
    "gather": WRITE,
    "reminder": "Set the reminder",
    "open": "Open it",
    "focus": "Start",
}
GATHER_SECONDS = 60.0


class SuggestionPreview(QDialog):
    done_it = Signal(str, object)  # a sentence, and the question that takes it back; None: nothing does

    def __init__(self, asker: Asker, shown: Shown, now: datetime, parent: QWidget) -> None:
        super().__init__(parent)
        offer = shown.suggestion.offer
        self.setWindowTitle("What will happen")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._asker, self._id, self._fingerprint = asker, int(shown.id), ""
        self._is_gone = False
        written = DO_IT[offer.act.kind] == WRITE
        self.heading = heading(offer.title, 1.2)
        self.sentence = Prose()
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("The text, whole")
        self.text.setMinimumHeight(TEXT_HEIGHT)
        self.note = muted(NOTES.get("file" if written else offer.act.kind, UNDONE))
        self.trouble = Prose(look="danger")
        self.trouble.hide()
        self.copy = QPushButton("Copy the text")
        self.copy.setEnabled(False)
        for part, there in ((self.text, written), (self.copy, written), (self.note, bool(self.note.text()))):
            part.setHidden(not there)
        self.go = QPushButton(DO_IT[offer.act.kind])
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
                self.heading,
                self.sentence,
                self.text,
                self.note,
                self.trouble,
                row(-1, cancel, self.copy, self.go),
                spacing=2 * SPACE,
                margins=3 * SPACE,
            )
        )
        self.sentence.say(would(offer.act, now))
        fit(self, WIDTH)  # as it will be: a window that grows as it opens is put into a corner by some desktops
        self.sentence.say("Looking …")
        self._look()

    def forget(self) -> None:
        """The suggestion is gone: nothing of it stays on the screen."""
        self._is_gone = True
        self.heading.say("This suggestion is gone")
        self.sentence.say("It is over, or what it rested on is forgotten.")
        self.text.clear()
        for part in (self.text, self.note, self.trouble, self.copy, self.go):
            part.hide()
        fit(self, WIDTH)

    def _look(self) -> None:
        asking = self._asker.ask({"do": "suggestion_preview", "id": self._id}, timeout_seconds=GATHER_SECONDS)
        asking.answered.connect(self._looked)
        asking.failed.connect(self._failed)

    def _looked(self, answer: Answer) -> None:
        if self._is_gone:
            return
        self._fingerprint = str(answer["fingerprint"])
        self.sentence.say(str(answer["sentence"]))
        self.text.setPlainText(str(answer.get("text") or ""))
        self.copy.setEnabled(True)
        self.go.setEnabled(True)
        self.go.setFocus()

    def _do(self) -> None:
        self.go.setEnabled(False)
        self.trouble.hide()
        asking = self._asker.ask(
            {"do": "suggestion_do", "id": self._id, "fingerprint": self._fingerprint}, timeout_seconds=GATHER_SECONDS
        )
        asking.answered.connect(self._did)
        asking.failed.connect(self._refused)

    def _did(self, answer: Answer) -> None:
        undo = {"do": "suggestion_undo", "id": self._id} if answer["undo"] else None
        self.done_it.emit(str(answer["result"]), undo)
        self.accept()

    def _copy(self) -> None:
        """To the clipboard only; the suggestion stays open."""
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copy.setText("Copied")

    def _refused(self, sentence: str, lost: bool) -> None:
        """It may have become something else meanwhile: what would happen now is shown."""
        self._failed(sentence, lost)
        if not lost:
            self._look()

    def _failed(self, sentence: str, _lost: bool) -> None:
        self.trouble.say(sentence)
        self.trouble.show()
        self.go.setEnabled(bool(self._fingerprint))
        self.go.setFocus()
