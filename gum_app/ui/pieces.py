"""The small parts that all pages are made of. Text is plain: what stood on a screen is never taken for markup."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QProgressBar,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gum_app.ui.icons import IconButton, icon
from gum_app.ui.theme import SPACE, sized, tokens_of
from gum_app.ui.wording import breakable, reads_right_to_left

SHOW_PROGRESS_AFTER_MS = 400
READABLE_WIDTH = 720  # about 80 letters a line; longer lines lose the eye


class Prose(QLabel):
    """Wrapped plain text that can be selected; right-to-left text stands on the right."""

    BOLD = QFont.Weight.DemiBold

    def __init__(
        self,
        text: str = "",
        *,
        look: str = "",
        size: float = 1.0,
        weight: QFont.Weight = QFont.Weight.Normal,
        middle: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._vertical = Qt.AlignmentFlag.AlignVCenter if middle else Qt.AlignmentFlag.AlignTop
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("look", look)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if size != 1.0 or weight != QFont.Weight.Normal:
            self.setFont(sized(self.font(), size, weight))
        self.say(text)

    def say(self, text: str) -> None:
        self.setText(breakable(text))
        # AlignAbsolute: else a mirrored window would turn it round a second time.
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
        side = right if reads_right_to_left(text) else Qt.AlignmentFlag.AlignLeading
        self.setAlignment(side | self._vertical)


def heading(text: str, size: float = 1.6) -> Prose:
    return Prose(text, size=size, weight=QFont.Weight.DemiBold)


def section(text: str) -> Prose:
    return Prose(text, size=1.08, weight=Prose.BOLD)


def group(title: str, card: Card) -> QVBoxLayout:
    """A card below its name."""
    return column(section(title), card, spacing=SPACE)


def muted(text: str, size: float = 0.92) -> Prose:
    return Prose(text, look="muted", size=size)


def chip(text: str, look: str = "chip") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("look", look)
    label.setFont(sized(label.font(), 0.88))
    label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return label


def rule() -> QFrame:
    line = QFrame()
    line.setObjectName("rule")
    return line


def column(*items: QWidget | QLayout | int, spacing: int = SPACE, margins: int = 0) -> QVBoxLayout:
    """Widgets, layouts and extra distances (pixels) from top to bottom."""
    layout = QVBoxLayout()
    layout.setSpacing(spacing)
    layout.setContentsMargins(margins, margins, margins, margins)
    _fill(layout, items)
    return layout


def row(*items: QWidget | QLayout | int, spacing: int = SPACE) -> QHBoxLayout:
    """From where reading starts; -1 stands for all the room there is. Prose takes the room it can get."""
    layout = QHBoxLayout()
    layout.setSpacing(spacing)
    layout.setContentsMargins(0, 0, 0, 0)
    _fill(layout, items)
    for n in range(layout.count()):
        item = layout.itemAt(n)
        if item is not None and isinstance(item.widget(), Prose):
            layout.setStretch(n, 1)
    return layout


def _fill(layout: QVBoxLayout | QHBoxLayout, items: tuple[QWidget | QLayout | int, ...]) -> None:
    for item in items:
        if isinstance(item, QWidget):
            layout.addWidget(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        elif item < 0:
            layout.addStretch(1)
        else:
            layout.addSpacing(item)


class Word(QLabel):
    """Plain text on one line, as wide as it is."""

    def __init__(self, text: str, *, look: str = "", size: float = 1.0, bold: bool = False) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("look", look)
        self.setFont(sized(self.font(), size, QFont.Weight.DemiBold if bold else QFont.Weight.Normal))


class Card(QFrame):
    """A sheet with a thin border."""

    def __init__(self, *items: QWidget | QLayout | int, spacing: int = SPACE) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setLayout(column(*items, spacing=spacing, margins=2 * SPACE))


class Place(QWidget):
    """A place whose content is replaced as a whole."""

    def __init__(self, *items: QWidget | QLayout | int, spacing: int = SPACE) -> None:
        super().__init__()
        self._spacing = spacing
        self.setLayout(column())
        self.put(*items)

    def put(self, *items: QWidget | QLayout | int) -> None:
        layout = self.layout()
        assert layout is not None
        while (item := layout.takeAt(0)) is not None:
            before = item.widget()
            if before is not None:
                before.hide()
                before.deleteLater()
        content = QWidget()
        content.setLayout(column(*items, spacing=self._spacing))
        layout.addWidget(content)


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


class Sheet(QScrollArea):
    """A page that scrolls up and down, its column no wider than is good to read."""

    def __init__(
        self,
        *items: QWidget | QLayout | int,
        spacing: int = SPACE,
        width: int = READABLE_WIDTH,
        margins: tuple[int, int, int, int] = (3 * SPACE, 3 * SPACE, 3 * SPACE, 3 * SPACE),
        centred: bool = False,
    ) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._width, self._margins, self._centred = width, margins, centred
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setLayout(column(*items, -1, spacing=spacing))
        self.put(inner)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """A button that goes away or is switched off hands the focus on, and the page would jump to whoever is next."""
        held = self.window().focusWidget()
        if held is not None and not (held.isEnabled() and held.isVisible()):
            self.setFocus()
            return True
        return super().focusNextPrevChild(forward)

    def put(self, inner: QWidget) -> None:
        """Show another column; the one before is thrown away."""
        inner.setMaximumWidth(self._width)
        outer = QWidget()
        outer.setObjectName("sheet")
        layout = QHBoxLayout(outer)
        layout.setContentsMargins(*self._margins)
        if self._centred:
            layout.addStretch(1)
        layout.addWidget(inner, 1000)
        layout.addStretch(1)
        self.setWidget(outer)

    def minimumSizeHint(self) -> QSize:
        return QSize(300, 200)


def look(widget: QWidget, name: str) -> None:
    """Give a widget another rule of the style sheet."""
    if widget.property("look") != name:
        widget.setProperty("look", name)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def fit(window: QWidget, width: int) -> None:
    """As high as its wrapped words need at this width, and no higher."""
    layout = window.layout()
    assert layout is not None
    layout.activate()
    window.resize(width, layout.totalHeightForWidth(width))


def is_theme_change(event: QEvent) -> bool:
    return event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}
