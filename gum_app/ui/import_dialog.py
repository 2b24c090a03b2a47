"""Bringing in a file of another program: shows first what would come, then how far it is, then what came.

Closing it stops what is under way; what has come by then stays, is listed, and can be forgotten as a whole.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from gum_app.rules.import_wording import (
    brings_something,
    group_lines,
    left_out_lines,
    progress_line,
    ruling_lines,
    what_came,
    what_comes,
    what_it_is,
)
from gum_app.ui.asking import Answer, Asker, Asking
from gum_app.ui.fold import Fold
from gum_app.ui.pieces import Place, Prose, column, fit, heading, muted, row
from gum_app.ui.progress import Progress
from gum_app.ui.theme import SPACE

WIDTH = 520
SILENT_SECONDS = 300.0  # a word of progress comes each second; one batch may wait for a forgetting
OWN = "gum-app"  # the kind of what gum-app exported itself: another verb takes it
OWN_TOLD = "It is an export of gum-app itself. What is here already is left out when it is read back."


class ImportDialog(QDialog):
    came = Signal(str)  # a sentence that says what came
    own_wanted = Signal(str)  # the path of an export of gum-app itself
    forget_wanted = Signal(object, str)  # the scope of this import, and its name

    def __init__(self, asker: Asker, path: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import")
        self.setMinimumWidth(WIDTH)
        self._asker, self._path, self._name = asker, path, name
        self._asking: Asking | None = None
        self._found: Answer = {}
        self.title = heading(f"Bring in {name}?", 1.3)
        self.what = Prose("Looking what is in it …")
        self.comes = Prose(weight=Prose.BOLD)
        self.groups = Place(spacing=2)
        self.left_out = Place(spacing=2)
        self.rules = Fold("What is left out, and why", self.left_out, spacing=SPACE)
        self.note = Prose(look="danger")
        self.progress = Progress("How far it is")
        self.go = QPushButton("Bring it in")
        self.go.setProperty("look", "primary")
        self.stop = QPushButton("Stop")
        self.forget = QPushButton("Forget this import …")
        self.close_ = QPushButton("Close")
        self.close_.setDefault(True)
        for part in (self.comes, self.groups, self.rules, self.note, self.go, self.stop, self.forget):
            part.hide()
        self.rules.button.toggled.connect(lambda _open: fit(self, WIDTH))
        self.go.clicked.connect(self._run)
        self.stop.clicked.connect(self._stop)
        self.forget.clicked.connect(self._forget)
        self.close_.clicked.connect(self.reject)
        self.setLayout(
            column(
                self.title,
                self.what,
                self.comes,
                self.groups,
                self.rules,
                self.note,
                self.progress,
                row(self.forget, -1, self.stop, self.close_, self.go),
                spacing=2 * SPACE,
                margins=3 * SPACE,
            )
        )
        fit(self, WIDTH)
        self._look()

    # Looking

    def _look(self) -> None:
        self._ask("import_preview").answered.connect(self._show)

    def _show(self, found: Answer) -> None:
        self._rest()
        if found.get("kind") == OWN:
            self.what.say(OWN_TOLD)
        elif "new" not in found:
            return
        else:
            self._tell(found)
        self._found = found
        self.go.setVisible(found["kind"] == OWN or brings_something(found))
        fit(self, WIDTH)

    def _tell(self, found: Answer) -> None:
        self.what.say(what_it_is(found))
        self.comes.say(what_comes(found))
        self.comes.show()
        self.groups.put(*(muted(line, 1.0) for line in group_lines(found)))
        self.groups.setVisible(bool(found["groups"]))
        cut = [f"Kept, {line.partition(': ')[2]}: {line.partition(': ')[0]}" for line in ruling_lines(found)]
        lines = [*left_out_lines(found), *cut]
        self.left_out.put(*(muted(line) for line in lines))
        self.rules.setVisible(bool(lines))

    # Bringing in

    def _run(self) -> None:
        if self._found.get("kind") == OWN:
            self.own_wanted.emit(self._path)
            self.accept()
            return
        self.note.hide()
        self._ask("import_run").answered.connect(self._done)

    def _done(self, came: Answer) -> None:
        self._rest()
        if "id" not in came:  # stopped: what has come stands in the list
            self._say_stopped()
            return
        self.title.say(f"{self._name} is brought in" if came["id"] is not None else "Nothing new in it")
        self.comes.say(what_came(came))
        self.what.say("It is thought about now, like what is seen here.")
        self.what.setVisible(came["id"] is not None)
        self._found = came
        self.forget.setVisible(came["id"] is not None)
        fit(self, WIDTH)
        self.came.emit(what_came(came))

    def _say_stopped(self) -> None:
        said = "Stopped. What has come by then stays; bring it in again to go on, or forget it in the list."
        self.what.say(said)
        self.comes.hide()
        self.go.show()
        fit(self, WIDTH)
        self.came.emit(said)

    def _forget(self) -> None:
        self.forget_wanted.emit({"import": self._found["id"]}, f"what came from {self._name}")
        self.accept()

    # Pieces

    def _ask(self, verb: str) -> Asking:
        self.go.hide()
        self.stop.setVisible(verb == "import_run")
        self.progress.show_progress((0, 0), progress_line(None))
        fit(self, WIDTH)
        asking = self._asker.ask({"do": verb, "path": self._path}, timeout_seconds=SILENT_SECONDS)
        asking.progressed.connect(self._go_on)
        asking.failed.connect(self._trouble)
        self._asking = asking
        return asking

    def _go_on(self, answer: dict[str, Any]) -> None:
        progress = answer.get("progress")
        if progress:
            self.progress.show_progress((progress["done"], progress["of"]), progress_line(progress))

    def _stop(self) -> None:
        if self._asking is not None:
            self._asking.stop()

    def _rest(self) -> None:
        self._asking = None
        self.progress.show_progress(None, "")
        self.stop.hide()

    def _trouble(self, sentence: str, _lost: bool) -> None:
        self._rest()
        if not self._found:
            self.what.hide()
        self.go.setVisible(bool(self._found))
        self.note.say(sentence)
        self.note.show()
        fit(self, WIDTH)

    def reject(self) -> None:
        """What is under way ends when nobody listens any more."""
        if self._asking is not None:
            self._asking.stop()
            self._asking.drop()
        super().reject()

    def open_over(self, window: QWidget) -> None:
        """In front of the window that asked, without stopping any other."""
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setParent(window, self.windowFlags())
        self.open()
