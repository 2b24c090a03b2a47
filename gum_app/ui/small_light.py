"""The light where the desktop has no tray: a small window that stays on top and shows the state at all times."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from gum_app.clock import Clock
from gum_app.ui.icons import badge_of
from gum_app.ui.status import Status
from gum_app.ui.status_wording import asks, focus, headline, sends
from gum_app.ui.theme import SPACE, sized, tokens_of
from gum_app.ui.tray import StateMenu

BADGE = 24


class SmallLight(QWidget):
    """A click opens the window, the arrow keys or the right button the menu; it can be dragged out of the way."""

    opened = Signal()
    chosen = Signal(str)

    def __init__(self, clock: Clock) -> None:
        super().__init__(
            None, Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        )
        self.setObjectName("window")
        self.setWindowTitle("gum-app")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._clock = clock
        self._grip: QPoint | None = None
        self.menu = StateMenu()
        self.menu.chosen.connect(self.chosen)
        self.button = QToolButton()
        self.button.setProperty("look", "quiet")
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setIconSize(QSize(BADGE, BADGE))
        self.button.setFont(sized(self.button.font(), 0.92))
        self.button.clicked.connect(self.opened)
        more = QToolButton()
        more.setProperty("look", "quiet")
        more.setText("⋯")
        more.setAccessibleName("Pause, forget, quit")
        more.setToolTip("Pause, forget, quit")
        more.setMenu(self.menu)
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE // 2, SPACE // 2, SPACE // 2)
        layout.setSpacing(2)
        layout.addWidget(self.button)
        layout.addWidget(more)

    def show_status(self, status: Status) -> None:
        now = status.now or self._clock.now()
        told = [line for line in (headline(status, now), focus(status, now), sends(status), asks(status)) if line]
        self.button.setIcon(badge_of(status))
        self.button.setText("\n".join(f"  {line}" for line in told))
        self.button.setAccessibleName(f"gum-app: {'. '.join(told)}")
        self.menu.show_status(status, now)
        self.adjustSize()
        self._stay_on_screen()

    def put_in_the_corner(self) -> None:
        screen = QGuiApplication.primaryScreen().availableGeometry()
        self.adjustSize()
        self.move(screen.right() - self.width() - 2 * SPACE, screen.bottom() - self.height() - 2 * SPACE)

    def _stay_on_screen(self) -> None:
        """Longer words must not run off the edge: a light that is cut is no light."""
        screen = self.screen().availableGeometry()
        right, bottom = screen.right() - self.width() - SPACE, screen.bottom() - self.height() - SPACE
        self.move(max(min(self.x(), right), screen.left()), max(min(self.y(), bottom), screen.top()))

    def contextMenuEvent(self, event: object) -> None:  # noqa: ARG002 - Qt hands it over
        self.menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._grip = event.globalPosition().toPoint() - self.pos()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            self.move(event.globalPosition().toPoint() - self._grip)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._grip = None

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = tokens_of(self.palette())
        painter.fillRect(self.rect(), tokens.surface)
        painter.setPen(tokens.edge)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
