"""How one row of the list is painted: the words first, then in small print what is known about them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gum_app.rules.freshness import freshness
from gum_app.store.listing import PropositionRow
from gum_app.ui.belief_wording import KIND_NAMES, KIND_SENTENCES, how_sure
from gum_app.ui.drawn import paint_meter
from gum_app.ui.icons import icon
from gum_app.ui.proposition_model import ITEM, Heading, facts
from gum_app.ui.theme import SPACE, Tokens, sized, tokens_of
from gum_app.ui.wording import counted, percent, reads_right_to_left

SIDE = 2 * SPACE
TOP = 9
METER = 44
SMALL = 0.88
FADED = 0.2  # below this freshness the words turn grey
PAST = frozenset({"ended", "replaced", "retired", "rejected"})  # their words are grey too

Index = QModelIndex | QPersistentModelIndex


class PropositionPainter(QStyledItemDelegate):
    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(200, height_of(option.font))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = tokens_of(option.palette)
        item = index.data(ITEM)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option, tokens, heading=isinstance(item, Heading))
        rect = option.rect.adjusted(SIDE, TOP, -SIDE, -TOP)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # what is mirrored is mirrored here, once
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        if isinstance(item, Heading):
            _paint_heading(painter, rect, option.font, item, tokens, mirrored=mirrored)
        elif item is None:
            _paint_waiting(painter, rect, option.font, tokens, mirrored)
        else:
            _paint_row(painter, rect, option.font, item, self._now(), tokens, mirrored=mirrored)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, tokens: Tokens, *, heading: bool) -> None:
        rect = option.rect
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(tokens.accent_soft))
            bar = QRect(rect.left(), rect.top(), 3, rect.height())
            painter.fillRect(QStyle.visualRect(option.direction, rect, bar), QColor(tokens.accent))
        elif state & QStyle.StateFlag.State_MouseOver and not heading:
            painter.fillRect(rect, QColor(tokens.raised))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(rect.left() + SIDE, rect.bottom(), rect.right() - SIDE, rect.bottom())
        if state & QStyle.StateFlag.State_HasFocus and not state & QStyle.StateFlag.State_Selected:
            painter.setPen(QColor(tokens.accent))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))


def height_of(font: QFont) -> int:
    """Two lines of text and one of small print; the same for every row, so that a hundred thousand cost nothing."""
    small = QFontMetrics(sized(font, SMALL))
    return 2 * TOP + 2 * QFontMetrics(font).lineSpacing() + small.lineSpacing() + 4


def _paint_row(
    painter: QPainter, rect: QRect, font: QFont, item: PropositionRow, now: datetime, tokens: Tokens, *, mirrored: bool
) -> None:
    small, step = sized(font, SMALL), QFontMetrics(font).lineSpacing()
    face = QFont(font)
    face.setStrikeOut(item.state == "rejected")
    lines = _two_lines(item.text, face, rect.width())
    top = rect.top() + (step // 2 if len(lines) == 1 else 0)  # one line stands in the middle of the room of two
    faded = freshness(item.last_supported_at, item.half_life_days, now) < FADED or item.state in PAST
    painter.setPen(QColor(tokens.muted if faded else tokens.text))
    _paint_words(painter, QRect(rect.left(), top, rect.width(), 2 * step), face, lines)
    line = QRect(rect.left(), top + len(lines) * step + 4, rect.width(), QFontMetrics(small).height())
    left = _paint_signs(painter, line, item, tokens, mirrored=mirrored)
    _paint_facts(painter, left, small, item, now, tokens, mirrored=mirrored)


def _paint_facts(
    painter: QPainter, line: QRect, font: QFont, item: PropositionRow, now: datetime, tokens: Tokens, *, mirrored: bool
) -> None:
    """How sure, as a bar and in words, and the rest of the small print."""
    painter.setFont(font)
    painter.setPen(QColor(tokens.muted))
    if item.state == "rejected":  # how sure it was counts no more
        told = _that_fit(facts(item, now), font, line.width(), mirrored=mirrored).strip(" ·")
        painter.drawText(line, _leading(mirrored), told)
        return
    direction = Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight
    bar = QStyle.visualRect(direction, line, QRect(line.left(), line.center().y() - 2, METER, 5))
    paint_meter(painter, QRectF(bar), item.confidence, tokens.accent, tokens.line)
    room = QStyle.visualRect(direction, line, line.adjusted(METER + SPACE, 0, 0, 0))
    # The reason why a hit is one takes the room of words that the number says as well.
    sure = percent(item.confidence) if item.why else f"{how_sure(item.confidence)} {percent(item.confidence)}"
    painter.setPen(QColor(tokens.text))
    painter.drawText(room, _leading(mirrored), sure)
    taken = QFontMetrics(font).horizontalAdvance(sure)
    room = QStyle.visualRect(direction, line, line.adjusted(METER + SPACE + taken, 0, 0, 0))
    painter.setPen(QColor(tokens.muted))
    painter.drawText(room, _leading(mirrored), _that_fit(facts(item, now), font, room.width(), mirrored=mirrored))


def _that_fit(told: list[str], font: QFont, width: int, *, mirrored: bool = False) -> str:
    """As many facts as have room. The last ones are left out whole: the first letters of a word tell nothing."""
    line = "".join(f"{fact} · " if mirrored else f" · {fact}" for fact in told)
    fitted = QFontMetrics(font).elidedText(line, Qt.TextElideMode.ElideRight, width)
    return fitted if fitted == line or len(told) == 1 else _that_fit(told[:-1], font, width, mirrored=mirrored)


def _two_lines(text: str, font: QFont, width: int) -> list[str]:
    """The words broken into at most two lines, the second one cut with “…”."""
    words = " ".join(text.split())
    layout = QTextLayout(words, font)
    layout.setTextOption(_option())
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    layout.endLayout()
    first, rest = words[: line.textLength()], words[line.textLength() :]
    return [first, *([QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, width)] if rest else [])]


def _option() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def _paint_words(painter: QPainter, rect: QRect, font: QFont, lines: list[str]) -> None:
    """Each line from the side where reading its paragraph starts."""
    turned = reads_right_to_left(" ".join(lines))
    painter.save()
    painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft if turned else Qt.LayoutDirection.LeftToRight)
    painter.setFont(font)
    side = Qt.AlignmentFlag.AlignRight if turned else Qt.AlignmentFlag.AlignLeft
    step = QFontMetrics(font).lineSpacing()
    for n, line in enumerate(lines):
        place = QRect(rect.left(), rect.top() + n * step, rect.width(), step)
        painter.drawText(place, side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter, line)
    painter.restore()


def _paint_signs(painter: QPainter, line: QRect, item: PropositionRow, tokens: Tokens, *, mirrored: bool) -> QRect:
    """At the end of the line: pinned, said or worded by the person. Returns what is left of the line."""
    side = line.height() - 2
    left = QRect(line)
    for shown, name in ((item.pinned, "pin"), (item.confirmed, "check"), (item.edited, "pencil")):
        if shown and mirrored:
            icon(name, tokens.accent).paint(painter, QRect(left.left(), left.top() + 1, side, side))
            left.setLeft(left.left() + side + 5)
        elif shown:
            icon(name, tokens.accent).paint(painter, QRect(left.right() - side + 1, left.top() + 1, side, side))
            left.setRight(left.right() - side - 5)
    return left


def _paint_heading(
    painter: QPainter, rect: QRect, font: QFont, item: Heading, tokens: Tokens, *, mirrored: bool
) -> None:
    large, small = sized(font, 1.2, QFont.Weight.DemiBold), sized(font, SMALL)
    foot = QFontMetrics(small).height()
    head = QFontMetrics(large).height()
    painter.setFont(large)
    painter.setPen(QColor(tokens.text))
    align = _leading(mirrored)
    painter.drawText(
        QRect(rect.left(), rect.bottom() - foot - head - 1, rect.width(), head), align, KIND_NAMES[item.kind]
    )
    painter.setFont(small)
    painter.setPen(QColor(tokens.muted))
    told = f"{KIND_SENTENCES[item.kind]} · {counted(item.count, 'proposition')}"
    painter.drawText(QRect(rect.left(), rect.bottom() - foot, rect.width(), foot), align, told)


def _paint_waiting(painter: QPainter, rect: QRect, font: QFont, tokens: Tokens, mirrored: bool) -> None:
    """Two grey bars where words will be."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.raised))
    step = QFontMetrics(font).lineSpacing()
    for n, share in enumerate((0.7, 0.45)):
        width = rect.width() * share
        left = rect.right() - width if mirrored else rect.left()
        painter.drawRoundedRect(QRectF(left, rect.top() + n * step + 3, width, step - 8), 4, 4)


def _leading(mirrored: bool) -> Qt.AlignmentFlag:
    return (Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
