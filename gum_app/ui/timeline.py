"""The drawing of a day: a lane for each program, the hours below, a hatched lane for what was not looked at.

Drag, or use Shift and the arrow keys, to choose a span.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gum_app.ui.day import Bar, Day, Lane
from gum_app.ui.theme import SPACE, Tokens, sized, tokens_of
from gum_app.ui.wording import lasts

NAMES_WIDTH = 148
WIDE_NAMES_WIDTH = 196  # where there is room for “LibreOffice Writer” and a length of time
WIDE_FROM = 640
LANE = 26
HOURS = 24  # height of the row of hours
SMALL = 0.88
LEAST_BAR = 3.0
STEP = timedelta(minutes=5)
AWAY = "Looked away"

Span = tuple[datetime, datetime]


class Timeline(QWidget):
    chosen = Signal(object)  # Span or None

    def __init__(self) -> None:
        super().__init__()
        self.day: Day | None = None
        self.span: Span | None = None
        self._anchor: datetime | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("The day as a timeline")
        self.setAccessibleDescription("Shift and the arrow keys choose a span of time; Escape gives it up.")

    def show_day(self, day: Day) -> None:
        keeps = self.day is not None and self.day.date == day.date
        self.day = day
        if not keeps:
            self.choose(None)
        self.updateGeometry()
        self.update()

    def choose(self, span: Span | None) -> None:
        if span != self.span:
            self.span = span
            self.chosen.emit(span)
            self.update()

    def sizeHint(self) -> QSize:
        lanes = (len(self.day.lanes) + bool(self.day.away)) if self.day is not None else 1
        return QSize(480, max(lanes, 1) * LANE + HOURS + SPACE)

    # Where things are

    @property
    def _names(self) -> int:
        """The width of the column with the programs."""
        return WIDE_NAMES_WIDTH if self.width() >= WIDE_FROM else NAMES_WIDTH

    def _field(self) -> QRectF:
        return QRectF(self._names, 0, max(self.width() - self._names - SPACE, 10), self.height() - HOURS)

    def _x(self, at: datetime) -> float:
        assert self.day is not None
        share = (at - self.day.begins_at) / (self.day.ends_at - self.day.begins_at)
        field = self._field()
        return field.left() + min(max(share, 0.0), 1.0) * field.width()

    def time_at(self, x: float) -> datetime:
        """The instant under a pixel, to five minutes."""
        assert self.day is not None
        field = self._field()
        share = min(max((x - field.left()) / field.width(), 0.0), 1.0)
        whole = (self.day.ends_at - self.day.begins_at) * share
        return self.day.begins_at + round(whole / STEP) * STEP

    def _lanes(self) -> list[Lane]:
        assert self.day is not None
        away = [Lane(name=AWAY, seconds=0, bars=self.day.away)] if self.day.away else []
        return [*self.day.lanes, *away]

    def _bar_at(self, point: QPointF) -> Bar | None:
        if self.day is None or not 0 <= point.y() < len(self._lanes()) * LANE:
            return None
        for bar in self._lanes()[int(point.y() // LANE)].bars:
            if self._x(bar.started_at) - 2 <= point.x() <= max(self._x(bar.ended_at), self._x(bar.started_at) + 4):
                return bar
        return None

    # The mouse and the keyboard

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.day is not None and event.button() == Qt.MouseButton.LeftButton:
            self._anchor = self.time_at(event.position().x())
            self.choose(None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._anchor is not None:
            at = self.time_at(event.position().x())
            self.choose((min(at, self._anchor), max(at, self._anchor)) if at != self._anchor else None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._anchor is not None and self.span is None:
            bar = self._bar_at(event.position())
            if bar is not None:
                self.choose((bar.started_at, bar.ended_at))
        self._anchor = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.day is None or event.key() not in {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Escape}:
            super().keyPressEvent(event)
            return
        if event.key() == Qt.Key.Key_Escape:
            self.choose(None)
            return
        step = STEP if event.key() == Qt.Key.Key_Right else -STEP
        self.choose(self._moved(step, widen=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)))

    def _moved(self, step: timedelta, *, widen: bool) -> Span:
        assert self.day is not None
        begun, over = self.span or (self.day.ends_at - STEP, self.day.ends_at)
        if self.span is not None and widen:
            over = max(over + step, begun + STEP)
        elif self.span is not None:
            begun, over = begun + step, over + step
        return max(begun, self.day.begins_at), min(over, self.day.ends_at)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            bar = self._bar_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), bar.says if bar is not None else "", self)
            return True
        return super().event(event)

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.day is None:
            return
        tokens = tokens_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # time runs to the right
        painter.setFont(sized(self.font(), SMALL))
        self._paint_hours(painter, tokens)
        for n, lane in enumerate(self._lanes()):
            self._paint_lane(painter, lane, n * LANE, tokens)
        self._paint_span(painter, tokens)
        if self.hasFocus():
            painter.setPen(QColor(tokens.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()

    def _paint_hours(self, painter: QPainter, tokens: Tokens) -> None:
        assert self.day is not None
        field = self._field()
        metrics = QFontMetrics(painter.font())
        hours = round((self.day.ends_at - self.day.begins_at) / timedelta(hours=1))
        room = max(int(hours * (metrics.horizontalAdvance("00:00") + 14) / field.width()) + 1, 1)
        for n in range(hours + 1):
            at = self.day.begins_at + timedelta(hours=n)
            x = self._x(at)
            painter.setPen(QColor(tokens.line))
            painter.drawLine(QPointF(x, 0), QPointF(x, field.bottom()))
            if n % room == 0:
                painter.setPen(QColor(tokens.muted))
                label = QRectF(x - 40, field.bottom() + 4, 80, metrics.height())
                label.moveRight(min(label.right(), self.width() + 24.0))
                painter.drawText(label, Qt.AlignmentFlag.AlignHCenter, f"{at:%H:%M}")

    def _paint_lane(self, painter: QPainter, lane: Lane, top: int, tokens: Tokens) -> None:
        away = lane.name == AWAY and lane.seconds == 0
        painter.setPen(QColor(tokens.muted if away else tokens.text))
        metrics = QFontMetrics(painter.font())
        length = "" if away else lasts(lane.seconds)
        room = self._names - 2 * SPACE - metrics.horizontalAdvance(length) - 6
        name = metrics.elidedText(lane.name, Qt.TextElideMode.ElideRight, int(room))
        names = QRectF(4, top, self._names - 2 * SPACE, LANE)
        painter.drawText(names, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(names, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, length)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(QColor(tokens.muted), Qt.BrushStyle.BDiagPattern) if away else QColor(tokens.accent))
        for bar in lane.bars:
            x = self._x(bar.started_at)
            width = max(self._x(bar.ended_at) - x - 1, LEAST_BAR)
            painter.drawRoundedRect(QRectF(x, top + 5, width, LANE - 10), 3, 3)

    def _paint_span(self, painter: QPainter, tokens: Tokens) -> None:
        if self.span is None:
            return
        left, right = self._x(self.span[0]), self._x(self.span[1])
        shade = QColor(tokens.warn)
        shade.setAlpha(46)
        painter.fillRect(QRectF(left, 0, right - left, self._field().bottom()), shade)
        painter.setPen(QColor(tokens.warn))
        for x in (left, right):
            painter.drawLine(QPointF(x, 0), QPointF(x, self._field().bottom()))
