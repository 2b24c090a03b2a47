"""A page that scrolls, and its column."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QWidget

from gum_app.ui.pieces import column
from gum_app.ui.theme import SPACE

READABLE_WIDTH = 720  # about 80 letters a line; longer lines lose the eye


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
