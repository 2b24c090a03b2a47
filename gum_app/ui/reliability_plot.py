"""The reliability plot: what was shown as so sure, and how much of it was right. On the line, both are the same."""

from __future__ import annotations

from math import sqrt

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gum_app.rules.reliability import Reliability, bin_told
from gum_app.ui.theme import SPACE, Tokens, sized, tokens_of

SIDE = 232  # pixels of the square, without the words beside it: fits into the narrowest window
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
LEAST_DOT, MOST_DOT = 4.0, 11.0  # pixels of radius


def plot_told(figures: Reliability) -> str:
    """The same in words, for who does not see the picture: one sentence for each part of the scale."""
    return " ".join(bin_told(each) for each in figures.bins) or "Nothing has been judged yet."


class ReliabilityPlot(QWidget):
    def __init__(self, figures: Reliability) -> None:
        super().__init__()
        self._figures = figures
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("How sure it was, and how much of it was right")
        self.setAccessibleDescription(plot_told(figures))
        self.setToolTip("A dot above the line: surer than it dared to say. Below: less sure than it said.")

    def sizeHint(self) -> QSize:
        beside, below = self._margins()
        return QSize(SIDE + beside + self.fontMetrics().horizontalAdvance("100"), SIDE + below + SPACE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self.palette())
        beside, _ = self._margins()
        square = QRectF(beside, SPACE, SIDE, SIDE)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(sized(self.font(), 0.86))
        self._paint_axes(painter, square, tokens)
        self._paint_dots(painter, square, tokens)
        painter.end()

    def _margins(self) -> tuple[int, int]:
        """Pixels for the words at the left and below."""
        letters = self.fontMetrics()
        return letters.horizontalAdvance("100 %") + letters.height() + SPACE, 2 * letters.height() + SPACE

    def _paint_axes(self, painter: QPainter, square: QRectF, tokens: Tokens) -> None:
        height = painter.fontMetrics().height()
        painter.setPen(QPen(QColor(tokens.line), 1))
        for tick in TICKS:
            painter.drawLine(_at(square, 0, tick), _at(square, 1, tick))
            painter.drawLine(_at(square, tick, 0), _at(square, tick, 1))
        painter.setPen(QPen(QColor(tokens.edge), 1, Qt.PenStyle.DashLine))
        painter.drawLine(_at(square, 0, 0), _at(square, 1, 1))
        painter.setPen(QColor(tokens.muted))
        middle = Qt.AlignmentFlag.AlignCenter
        for tick in TICKS[::2]:
            says = f"{tick:.0%}".replace("%", " %")
            at = _at(square, tick, 0)
            painter.drawText(QRectF(at.x() - 40, square.bottom() + 4, 80, height), middle, says)
            at = _at(square, 0, tick)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, at.y() - height / 2, square.left() - SPACE, height), right, says)
        painter.drawText(QRectF(square.left(), square.bottom() + height + 6, SIDE, height), middle, "shown as so sure")
        painter.save()
        painter.translate(height / 2, square.center().y())
        painter.rotate(-90)
        painter.drawText(QRectF(-SIDE / 2, -height / 2, SIDE, height), middle, "was right")
        painter.restore()

    def _paint_dots(self, painter: QPainter, square: QRectF, tokens: Tokens) -> None:
        most = max((each.verdicts for each in self._figures.bins), default=1)
        colour = QColor(tokens.accent)
        for each in self._figures.bins:
            soft = QColor(colour)
            soft.setAlpha(120)
            painter.setPen(QPen(soft, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(_at(square, each.shown, each.share_low), _at(square, each.shown, each.share_high))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            radius = LEAST_DOT + (MOST_DOT - LEAST_DOT) * sqrt(each.verdicts / most)
            painter.drawEllipse(_at(square, each.shown, each.share), radius, radius)


def _at(square: QRectF, across: float, up: float) -> QPointF:
    return QPointF(square.left() + across * square.width(), square.bottom() - up * square.height())
