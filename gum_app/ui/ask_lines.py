"""The lines an answer may rest on, each with a box that takes it out; where it comes from opens by a click."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLayout

from gum_app.ui.asking import Answer
from gum_app.ui.icons import IconOnlyButton
from gum_app.ui.pieces import Place, Prose, Word, column, muted, row


class AskLines(Place):
    wanted = Signal(object)  # a line, to be seen where it comes from
    changed = Signal()  # another box is ticked

    def __init__(self) -> None:
        self.boxes: dict[str, QCheckBox] = {}
        self.sees: list[IconOnlyButton] = []
        super().__init__()

    @property
    def names(self) -> list[str]:
        """Of all lines, in order."""
        return list(self.boxes)

    @property
    def without(self) -> list[str]:
        """Of those that were taken out."""
        return [name for name, box in self.boxes.items() if not box.isChecked()]

    def show_lines(self, lines: list[Answer], *, editable: bool) -> None:
        """`editable`: a model is to be shown them, and each can be taken out."""
        self.boxes, self.sees = {}, []
        self.put(*[self._line(line, editable) for line in lines])

    def _line(self, line: Answer, editable: bool) -> QLayout:
        text, number = str(line["text"]), f"[{line['number']}]"
        box = QCheckBox()
        box.setChecked(True)
        box.setAccessibleName(f"{number} {text}")
        box.setToolTip("Shown to the model; without the tick it is not")
        box.toggled.connect(self.changed)
        if not editable:  # never `setVisible`: shown before it has a place, it would be a window of its own
            box.hide()
        self.boxes[str(line["name"])] = box
        told = column(Prose(text), muted(str(line["why"])), spacing=2)
        top = Qt.AlignmentFlag.AlignTop
        laid = row()
        laid.addWidget(box, alignment=top)
        laid.addWidget(Word(number, look="muted"), alignment=top)
        laid.addLayout(told, 1)
        what = "proposition" if line["proposition"] is not None else "day"
        see = IconOnlyButton("right", f"See the {what} of line {line['number']}")
        see.clicked.connect(partial(self.wanted.emit, line))
        self.sees.append(see)
        laid.addWidget(see, alignment=top)
        return laid
