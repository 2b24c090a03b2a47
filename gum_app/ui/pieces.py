"""The small parts that all pages are made of. Text is plain: what stood on a screen is never taken for markup."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from gum_app.ui.theme import SPACE, sized
from gum_app.ui.wording import breakable, reads_right_to_left


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
