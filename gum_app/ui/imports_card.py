"""What can be brought in from other programs, and what was: which file, when, how much of it is here, a way out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QWidget

from gum_app.records import Import
from gum_app.rules.import_wording import import_line
from gum_app.ui.flow import Flow
from gum_app.ui.icons import IconButton
from gum_app.ui.pieces import Place, Prose, column, muted, row, rule
from gum_app.ui.theme import SPACE

TOLD = (
    "An export of ActivityWatch, the gum.db of the program gum, a calendar (.ics) or a folder of them, or what gum-app "
    "itself has exported. You see first what would come and what is left out. It is judged like all that is seen here, "
    "and can be forgotten as a whole."
)


class ImportsCard(Place):
    file_wanted = Signal()
    folder_wanted = Signal()
    forget_wanted = Signal(object, str)  # the scope, and its name

    def __init__(self, found: Sequence[Import]) -> None:
        self.file = IconButton("bring", "Import …")
        self.folder = IconButton("bring", "A folder of calendars …")
        self.gone: dict[int, IconButton] = {}
        ways = Flow(SPACE)  # below each other in a narrow window
        ways.addWidget(self.file)
        ways.addWidget(self.folder)
        items: list[QWidget | QLayout | int] = [muted(TOLD, 1.0), ways]
        for one in found:
            items += [rule(), self._one(one)]
        super().__init__(*items, spacing=SPACE + 4)
        self.file.clicked.connect(self.file_wanted)
        self.folder.clicked.connect(self.folder_wanted)
        for one in found:
            self._connect(one)

    def _one(self, one: Import) -> QLayout:
        forget = self.gone[one.id] = IconButton("bin", "Forget it …", "quiet")
        forget.setAccessibleName(f"Forget what came from {one.name}")
        line = row()
        line.addLayout(column(Prose(one.name, weight=Prose.BOLD), muted(_capital(import_line(one))), spacing=1), 1)
        line.addWidget(forget)
        return line

    def _connect(self, one: Import) -> None:
        scope, name = {"import": one.id}, f"what came from {one.name}"
        self.gone[one.id].clicked.connect(lambda: self.forget_wanted.emit(scope, name))


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
