"""The small parts that are drawn: an icon alone, a bar, a line that moves, and an empty place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from gum_app.ui.icons import IconButton, icon
from gum_app.ui.pieces import Prose, column, muted
from gum_app.ui.theme import SPACE, tokens_of

SHOW_PROGRESS_AFTER_MS = 400


class Picture(QWidget):
    """An icon that cannot be pressed, in one of the colours of the theme, by the name of its token."""

    def __init__(self, name: str, token: str = "muted", side: int = 20) -> None:
        super().__init__()
        self._name, self._token = name, token
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        icon(self._name, getattr(tokens_of(self.palette()), self._token)).paint(painter, self.rect())
        painter.end()


class Meter(QWidget):
    """A short bar for a share between 0 and 1."""

    def __init__(self, share: float, says: str) -> None:
        super().__init__()
        self.setFixedSize(120, 6)
        self.show_share(share, says)

    def show_share(self, share: float, says: str) -> None:
        self._share = share
        self.setAccessibleName(says)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self.palette())
        painter = QPainter(self)
        paint_meter(painter, QRectF(self.rect()), self._share, tokens.accent, tokens.line)
        painter.end()


def paint_meter(painter: QPainter, rect: QRectF, share: float, colour: str, ground: str) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    radius = rect.height() / 2
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(rect, radius, radius)
    if share > 0:
        filled = QRectF(rect)
        filled.setWidth(max(rect.width() * share, rect.height()))
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(filled, radius, radius)
    painter.restore()


class Busy(QProgressBar):
    """A thin moving line: appears when something takes longer than a blink, and keeps its place when it does not."""

    def __init__(self) -> None:
        super().__init__()
        self.setRange(0, 0)
        self.setTextVisible(False)
        self.setAccessibleName("Working")
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.hide()
        self._later = QTimer(self, singleShot=True, interval=SHOW_PROGRESS_AFTER_MS)
        self._later.timeout.connect(self.show)

    def work(self, under_way: bool) -> None:
        if under_way and self.isHidden() and not self._later.isActive():
            self._later.start()
        elif not under_way:
            self._later.stop()
            self.hide()


class Empty(QWidget):
    """What stands where nothing is yet: what this place is for, and what to do next."""

    def __init__(
        self, picture: str, title: str, sentence: str, action: str = "", do: Callable[[], None] | None = None
    ) -> None:
        super().__init__()
        self.title = Prose(title, size=1.2, weight=QFont.Weight.DemiBold)
        self.sentence = muted(sentence, 1.0)
        for label in (self.title, self.sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout = column(-1, spacing=SPACE)
        layout.addWidget(Picture(picture, side=44), alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(SPACE)
        layout.addWidget(self.title)
        layout.addWidget(self.sentence)
        if do is not None:
            button = IconButton("plus", action)
            button.clicked.connect(do)
            layout.addSpacing(SPACE)
            layout.addWidget(button, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
        layout.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 3 * SPACE)
        self.setLayout(layout)

    def say(self, title: str, sentence: str) -> None:
        self.title.setText(title)
        self.sentence.setText(sentence)
