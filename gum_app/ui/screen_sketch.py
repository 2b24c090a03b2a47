"""A small drawing of the screen: where the words stood, over the little picture of it where one was kept.

Without a picture the other words are grey strokes: enough to know the place again, and nothing that can be read.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from gum_app.records import Rect
from gum_app.ui.theme import tokens_of

WIDTH = 208
CORNER = 5.0
LEAST = 4.0  # pixels: a rectangle that is smaller is widened, else nobody would see it


class ScreenSketch(QWidget):
    def __init__(self, screen: Rect, marked: tuple[Rect, ...], others: tuple[Rect, ...], jpeg: bytes | None) -> None:
        super().__init__()
        self._screen, self._marked, self._others = screen, marked, others
        self._picture = QPixmap()
        if jpeg is not None:
            self._picture.loadFromData(jpeg)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Where on the screen the words stood")
        self.setToolTip("Where on the screen the words stood")

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, max(round(WIDTH * self._screen.height / self._screen.width), 40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        path.addRoundedRect(frame, CORNER, CORNER)
        painter.setClipPath(path)
        painter.fillPath(path, QColor(tokens.raised))
        if self._picture.isNull():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.scroll))
            for rect in self._others:
                painter.drawRect(self._placed(rect, thinner=0.35))
        else:
            painter.drawPixmap(self.rect(), self._picture)
        self._paint_marked(painter, QColor(tokens.accent))
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QColor(tokens.line))
        painter.drawPath(path)
        painter.end()

    def _paint_marked(self, painter: QPainter, colour: QColor) -> None:
        fill = QColor(colour)
        fill.setAlpha(70)
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(fill)
        for rect in self._marked:
            painter.drawRoundedRect(self._placed(rect).adjusted(-2, -2, 2, 2), 2, 2)

    def _placed(self, rect: Rect, thinner: float = 0.0) -> QRectF:
        across, down = self.width() / self._screen.width, self.height() / self._screen.height
        top = (rect.y - self._screen.y + rect.height * thinner / 2) * down
        height = max(rect.height * (1 - thinner) * down, 1.2 if thinner else LEAST)
        return QRectF((rect.x - self._screen.x) * across, top, max(rect.width * across, LEAST), height)
