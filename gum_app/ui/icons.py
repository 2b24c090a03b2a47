"""Icons, drawn from the files in resources/icons in the colour that is asked for, sharp at every scale.

The icon in the tray is a filled badge with a white sign: read on light and dark panels, and by its shape alone.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QPushButton, QToolButton, QWidget

from gum_app.paths import shipped
from gum_app.ui.status import Status

SIZES = (16, 20, 22, 24, 32, 40, 48, 64)  # pixels; a button at 200 % takes the 32 or 40

MARK = "#c02617"  # of what is sent to another computer
FOCUS_MARK = "#4b3d8f"  # of a focus time
ASKS_MARK = "#2b5fae"  # of a program that waits for an answer
MARK_SHARE = 0.58  # of the icon's side

# state of the daemon → colour of the badge, sign on it
BADGES: dict[str, tuple[str, str]] = {
    "watching": ("#1f6f62", "eye"),
    "replaying": ("#1f6f62", "play"),
    "replayed": ("#454c55", "play"),
    "idle": ("#4f7a72", "eye"),
    "paused": ("#8a5200", "pause"),
    "private": ("#454c55", "eye-off"),
    "session_locked": ("#454c55", "lock"),
    "asleep": ("#454c55", "moon"),
    "needs_key": ("#8a5200", "key"),
    "needs_consent": ("#5c626a", "eye-off"),
    "no_light": ("#5c626a", "eye-off"),
    "starting": ("#5c626a", "dots"),
    "stopped": ("#5c626a", "cross"),
    "trouble": ("#a8321f", "alert"),
}


@cache
def _svg(name: str) -> bytes:
    return shipped(f"resources/icons/{name}.svg").read_bytes()


def paint(painter: QPainter, name: str, colour: QColor | str, rect: QRectF) -> None:
    """Draw one icon into `rect`."""
    source = _svg(name).replace(b"currentColor", QColor(colour).name().encode())
    QSvgRenderer(QByteArray(source)).render(painter, rect)


@cache
def icon(name: str, colour: str) -> QIcon:
    """`colour` is #rrggbb. Made once for each pair."""
    made = QIcon()
    for pixels in SIZES:
        made.addPixmap(_pixmap(name, colour, pixels))
    return made


def _pixmap(name: str, colour: str, pixels: int) -> QPixmap:
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint(painter, name, colour, QRectF(0, 0, pixels, pixels))
    painter.end()
    return pixmap


@cache
def badge(state: str, *, sends: bool = False, focus: bool = False, asks: bool = False) -> QIcon:
    """What the tray shows for a state of the daemon; a state that is not known here is shown as trouble.

    `sends`: words and pictures go to another computer. `focus`: a focus time is on. `asks`: a program waits for an
    answer. Then it wears a mark, whatever the state: the first above, the second below, the third below at the left.
    """
    colour, sign = BADGES.get(state, BADGES["trouble"])
    made = QIcon()
    for pixels in SIZES:
        made.addPixmap(_badge(colour, sign, pixels, sends=sends, focus=focus, asks=asks))
    return made


def badge_of(status: Status) -> QIcon:
    return badge(
        status.sign,
        sends=bool(status.remote),
        focus=status.focus_until is not None,
        asks=bool(status.asking),
    )


def _badge(colour: str, sign: str, pixels: int, *, sends: bool, focus: bool, asks: bool) -> QPixmap:
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(QRectF(0, 0, pixels, pixels), pixels * 0.26, pixels * 0.26)
    inset = pixels * 0.14
    paint(painter, sign, "#ffffff", QRectF(inset, inset, pixels - 2 * inset, pixels - 2 * inset))
    if sends:
        _mark(painter, pixels, MARK, "sends", top=0)
    if focus:
        _mark(painter, pixels, FOCUS_MARK, "moon", top=pixels * (1 - MARK_SHARE))
    if asks:
        _mark(painter, pixels, ASKS_MARK, "question", top=pixels * (1 - MARK_SHARE), at_the_left=True)
    painter.end()
    return pixmap


def _mark(painter: QPainter, pixels: int, colour: str, sign: str, *, top: float, at_the_left: bool = False) -> None:
    """A sign on a white-rimmed disc at an edge: seen at 16 pixels, and without its colour."""
    side = pixels * MARK_SHARE
    disc = QRectF(0 if at_the_left else pixels - side, top, side, side)
    painter.setBrush(QColor("#ffffff"))
    painter.drawEllipse(disc)
    rim = max(pixels * 0.045, 1.0)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(disc.adjusted(rim, rim, -rim, -rim))
    inset = side * 0.24
    paint(painter, sign, "#ffffff", disc.adjusted(inset, inset, -inset, -inset))


@cache
def app_icon() -> QIcon:
    made = QIcon()
    for pixels in (*SIZES, 128, 256):
        made.addPixmap(_pixmap("gum-app", "#000000", pixels))
    return made


class _Tinted:
    """A button whose icon has the colour of its text, also after the theme has changed."""

    _icon_name = ""

    def show_icon(self, name: str) -> None:
        assert isinstance(self, QAbstractButton)
        self._icon_name = name
        side = self.fontMetrics().height()
        self.setIconSize(QSize(side, side))
        self._tint()

    def _tint(self) -> None:
        assert isinstance(self, QAbstractButton)
        if self._icon_name:
            self.setIcon(icon(self._icon_name, _colour_of(self)))


def _colour_of(button: QWidget) -> str:
    group = QPalette.ColorGroup.Normal if button.isEnabled() else QPalette.ColorGroup.Disabled
    return button.palette().color(group, QPalette.ColorRole.ButtonText).name()


class IconButton(_Tinted, QPushButton):
    """Icon and word. `look` names a rule of the style sheet: primary, quiet, danger, link, page."""

    def __init__(self, name: str, text: str, look: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("look", look)
        self.show_icon(name)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.EnabledChange}:
            self._tint()


class IconOnlyButton(_Tinted, QToolButton):
    """An icon alone: its name is said to screen readers and shown as a tool tip."""

    def __init__(self, name: str, says: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "quiet")
        self.setToolTip(says)
        self.setAccessibleName(says)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_icon(name)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.EnabledChange}:
            self._tint()
