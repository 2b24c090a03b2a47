"""A quiet line, at most once a week: would you judge ten propositions? Never a notification."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from gum_app.ui.pieces import Prose, column, row
from gum_app.ui.theme import SPACE

OFFER = "Ten propositions, right or wrong? It takes a minute and shows how far the numbers can be trusted."


class SpotCheckOffer(QWidget):
    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        frame = QFrame()
        frame.setObjectName("message")
        self.start = QPushButton("Start")
        self.later = QPushButton("Not now")
        for button in (self.start, self.later):
            button.setProperty("look", "link")
            button.clicked.connect(self.hide)
        self.start.clicked.connect(self.wanted.emit)
        line = row(Prose(OFFER, look="muted", size=0.92, middle=True), self.start, self.later)
        line.setContentsMargins(2 * SPACE, SPACE // 2, SPACE, SPACE // 2)
        frame.setLayout(line)
        around = column(frame)
        around.setContentsMargins(3 * SPACE, 0, 2 * SPACE, SPACE)
        self.setLayout(around)
        self.hide()
