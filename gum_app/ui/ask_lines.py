"""All that a model is shown: the lines an answer may rest on and what was asked before, each with a box that takes it
out; where a line comes from opens by a click.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout

from gum_app.ui.asking import Answer
from gum_app.ui.icons import IconOnlyButton
from gum_app.ui.pieces import Place, Prose, Word, column, muted, row

NOT_TOLD = "Not told any more: it was changed, or is not believed."


class AskLines(Place):
    wanted = Signal(object)  # a line, to be seen where it comes from
    changed = Signal()  # another box is ticked

    def __init__(self) -> None:
        self.boxes: dict[str, QCheckBox] = {}
        self.turns: list[QCheckBox] = []  # of what was asked before
        self.texts: dict[str, Prose] = {}
        self.sees: list[IconOnlyButton] = []
        self._whys: dict[str, Prose] = {}
        super().__init__()

    @property
    def names(self) -> list[str]:
        """Of all lines, in order."""
        return list(self.boxes)

    @property
    def without(self) -> list[str]:
        """Of those that were taken out."""
        return [name for name, box in self.boxes.items() if not box.isChecked()]

    @property
    def told_turns(self) -> list[int]:
        """The places of what is told of what was asked before."""
        return [place for place, box in enumerate(self.turns) if box.isChecked()]

    def show_lines(self, lines: Sequence[Answer], turns: Sequence[str] = (), *, editable: bool) -> None:
        """`editable`: a model is to be shown them, and each can be taken out. `turns`: what was asked before."""
        self.boxes, self.texts, self._whys, self.sees, self.turns = {}, {}, {}, [], []
        self.put(*[self._line(line, editable) for line in lines], *[self._turn(turn) for turn in turns])

    def leave_out(self, name: str, out: bool) -> None:
        if name in self.boxes:
            self.boxes[name].setChecked(not out)

    def tell_again(self, lines: Iterable[Answer], among: Iterable[str]) -> None:
        """As they are now, of those that are named; one that is missing is not told any more."""
        now = {str(line["name"]): str(line["text"]) for line in lines}
        for name in among:
            if name in now:
                self.texts[name].say(now[name])
                self.boxes[name].setAccessibleName(f"{self.boxes[name].accessibleName().split()[0]} {now[name]}")
            else:
                self.boxes[name].setChecked(False)
                self._whys[name].say(NOT_TOLD)
            self.boxes[name].setEnabled(name in now)

    def _line(self, line: Answer, editable: bool) -> QHBoxLayout:
        name, text, number = str(line["name"]), str(line["text"]), f"[{line['number']}]"
        self.boxes[name] = box = self._box(f"{number} {text}")
        if not editable:  # never `setVisible`: shown before it has a place, it would be a window of its own
            box.hide()
        self.texts[name], self._whys[name] = Prose(text), muted(str(line["why"]))
        top = Qt.AlignmentFlag.AlignTop
        laid = row()
        laid.addWidget(box, alignment=top)
        laid.addWidget(Word(number, look="muted"), alignment=top)
        laid.addLayout(column(self.texts[name], self._whys[name], spacing=2), 1)
        what = "proposition" if line["proposition"] is not None else "episode"
        see = IconOnlyButton("right", f"See the {what} of line {line['number']}")
        see.clicked.connect(partial(self.wanted.emit, line))
        self.sees.append(see)
        laid.addWidget(see, alignment=top)
        return laid

    def _turn(self, text: str) -> QHBoxLayout:
        box = self._box(text)
        self.turns.append(box)
        laid = row()
        laid.addWidget(box, alignment=Qt.AlignmentFlag.AlignTop)
        laid.addLayout(column(Prose(text), muted("Asked before, in this conversation."), spacing=2), 1)
        return laid

    def _box(self, name: str) -> QCheckBox:
        box = QCheckBox()
        box.setChecked(True)
        box.setAccessibleName(name)
        box.setToolTip("Shown to the model; without the tick it is not")
        box.toggled.connect(self.changed)
        return box
