"""Forgetting: shows first what will go, then does it. The one thing that cannot be undone."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from gum_app.ui.asking import Answer, Asker, Asking
from gum_app.ui.drawn import Busy
from gum_app.ui.kept_wording import changed_by_forgetting, forgotten
from gum_app.ui.pieces import Prose, column, fit, heading, muted, row
from gum_app.ui.theme import SPACE
from gum_app.ui.wording import listed

PREVIEW_SECONDS = 60.0
WIDTH = 480
FORGET_SECONDS = 300.0  # it says “done” only when the last trace is gone, which may wait for a reader


class ForgetDialog(QDialog):
    """`scope` is the question's scope, such as {"last_minutes": 10}; `what` names it: “the last 10 minutes”."""

    gone = Signal(str)  # a sentence that says what went

    def __init__(self, asker: Asker, scope: dict[str, Any], what: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Forget")
        self.setMinimumWidth(WIDTH)
        self._asker, self._scope, self._what = asker, scope, what
        self._asking: Asking | None = None
        self.title = heading(f"Forget {what}?", 1.3)
        self.told = Prose("Looking up what would go …")
        self.stays = muted("", 1.0)
        self.never = muted(
            "No trace is left: not in the database, its index, its journal or the pictures. "
            "This cannot be undone. What you do from now on may lead to the same propositions again."
        )
        self.note = Prose(look="danger")
        self.note.hide()
        self.stays.hide()
        self.busy = Busy()
        self.go = QPushButton("Forget for good")
        self.go.setProperty("look", "danger-full")
        self.go.setEnabled(False)
        self.keep = QPushButton("Keep it")
        self.keep.setDefault(True)
        self.go.clicked.connect(self._forget)
        self.keep.clicked.connect(self.reject)
        buttons = row(-1, self.keep, self.go)
        layout = column(
            self.title,
            self.told,
            self.stays,
            self.never,
            self.note,
            self.busy,
            buttons,
            spacing=2 * SPACE,
            margins=3 * SPACE,
        )
        self.setLayout(layout)
        fit(self, WIDTH)
        self._preview()

    def _preview(self) -> None:
        self.busy.work(True)
        self._ask(preview=True, seconds=PREVIEW_SECONDS).answered.connect(self._show)

    def _show(self, report: Answer) -> None:
        self.busy.work(False)
        lines = forgotten(report)
        self.told.say(f"This will go: {listed(lines)}." if lines else "There is nothing to forget here.")
        stays = changed_by_forgetting(report)
        self.stays.say(stays)
        self.stays.setVisible(bool(stays))
        self.never.setVisible(bool(lines))
        self.go.setVisible(bool(lines))
        self.go.setEnabled(bool(lines))
        self.keep.setText("Keep it" if lines else "Close")
        fit(self, WIDTH)

    def _forget(self) -> None:
        self.note.hide()
        self.go.setEnabled(False)
        self.go.setText("Forgetting …")
        self.busy.work(True)
        self._ask(preview=False, seconds=FORGET_SECONDS).answered.connect(self._done)

    def _done(self, report: Answer) -> None:
        lines = forgotten(report)
        self.gone.emit(f"Forgotten: {listed(lines)}." if lines else "There was nothing left to forget.")
        self.accept()

    def _ask(self, *, preview: bool, seconds: float) -> Asking:
        asking = self._asker.ask({"do": "forget", "preview": preview, **self._scope}, timeout_seconds=seconds)
        asking.failed.connect(self._trouble)
        self._asking = asking
        return asking

    def _trouble(self, sentence: str, _lost: bool) -> None:
        self.busy.work(False)
        self.go.setText("Forget for good")
        self.go.setEnabled(True)
        self.note.say(sentence)
        self.note.show()
        fit(self, WIDTH)

    def reject(self) -> None:
        if self._asking is not None:
            self._asking.drop()
        super().reject()

    def open_over(self, window: QWidget) -> None:
        """In front of the window that asked, without stopping any other."""
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setParent(window, self.windowFlags())
        self.open()
