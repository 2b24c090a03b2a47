"""The person's own model: two files, chosen on this computer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLineEdit, QPushButton, QWidget

from gum_app.ui.icons import IconButton
from gum_app.ui.model_status import OwnFiles
from gum_app.ui.pieces import Card, Word, chip, muted, row
from gum_app.ui.theme import SPACE

ABOUT = (
    "A model that you have fetched yourself, as GGUF files for llama.cpp. Its projector is the file with which it sees "
    "pictures; without one it only reads words."
)
FIELDS = (("weights", "Weights"), ("projector", "Projector"))


class OwnFilesCard(Card):
    wanted = Signal(str, str)  # the paths of weights and projector
    left = Signal()

    def __init__(self) -> None:
        self.lines = {name: QLineEdit() for name, _ in FIELDS}
        self.use = IconButton("check", "Use these files")
        self.leave = IconButton("cross", "Stop using them")
        self.in_use = chip("In use", "chip-accent")
        self._told, self._in_use = OwnFiles(), False
        super().__init__(muted(ABOUT, 1.0), self._grid(), row(self.use, self.leave, self.in_use, -1))
        for line in self.lines.values():
            line.textChanged.connect(lambda _text: self._look())
            line.returnPressed.connect(self.use.click)
        self.use.clicked.connect(lambda: self.wanted.emit(*(self._text(name) for name, _ in FIELDS)))
        self.leave.clicked.connect(self.left)
        self.leave.hide()
        self._look()

    def show_files(self, told: OwnFiles, *, in_use: bool) -> None:
        """What the person is choosing right now is left alone."""
        if told != self._told:
            self._told = told
            for name, line in self.lines.items():
                line.setText(getattr(told, name))
        self.leave.setVisible(in_use)
        self._in_use = in_use
        self._look()

    def _text(self, name: str) -> str:
        return self.lines[name].text().strip()

    def _look(self) -> None:
        same = OwnFiles(weights=self._text("weights"), projector=self._text("projector")) == self._told
        self.in_use.setVisible(self._in_use and same)
        self.use.setEnabled(bool(self._text("weights")) and not (self._in_use and same))

    def _grid(self) -> QWidget:
        form = QWidget()
        grid = QGridLayout(form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(SPACE)
        for n, (name, label) in enumerate(FIELDS):
            called, choose = Word(label), QPushButton("Choose …")
            called.setBuddy(self.lines[name])
            self.lines[name].setAccessibleName(label)
            choose.setAccessibleName(f"Choose the file: {label}")
            choose.clicked.connect(lambda _checked=False, name=name, label=label: self._choose(name, label))
            grid.addWidget(called, n, 0)
            grid.addWidget(self.lines[name], n, 1)
            grid.addWidget(choose, n, 2)
        grid.setColumnStretch(1, 1)
        return form

    def _choose(self, name: str, label: str) -> None:
        path, _ = QFileDialog.getOpenFileName(self, label, self._text(name), "GGUF files (*.gguf);;All files (*)")
        if path:
            self.lines[name].setText(path)
