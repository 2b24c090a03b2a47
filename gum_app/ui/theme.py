"""How the windows look: two sets of colours, one scale of sizes, one style sheet made from them.

Widgets that paint themselves ask `tokens_of(palette)` and so follow a change of theme without being told. Sizes are
logical pixels; the platform scales them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from gum_app.paths import shipped

Choice = Literal["system", "light", "dark"]

SMALLEST_POINTS = 10.0  # a desktop without a theme of its own hands out 9, which tires the eye
SPACE = 8  # every distance is a multiple of it
RADIUS = 7


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """Colours by what they are for, as #rrggbb."""

    window: str
    side: str  # the column of pages
    surface: str  # what is read: lists, cards, fields
    raised: str  # under the mouse
    line: str
    scroll: str
    edge: str  # the border of what can be used: 3:1 against the surface
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_soft: str
    warn: str
    warn_soft: str
    danger: str
    danger_soft: str
    mark: str  # behind quoted words


LIGHT = Tokens(
    window="#f6f5f1",
    side="#edebe5",
    surface="#fffefc",
    raised="#f3f1ec",
    line="#e1ded6",
    scroll="#cbc7bd",
    edge="#8d8a82",
    text="#21252a",
    muted="#5c626a",
    accent="#1f6f62",
    on_accent="#ffffff",
    accent_soft="#dfeeea",
    warn="#8a5200",
    warn_soft="#faefd9",
    danger="#a8321f",
    danger_soft="#fae6e1",
    mark="#ffe7a3",
)
DARK = Tokens(
    window="#17191c",
    side="#121416",
    surface="#1e2125",
    raised="#272b30",
    line="#31363c",
    scroll="#474d55",
    edge="#7b828b",
    text="#e6e7e9",
    muted="#a3a9b2",
    accent="#74c7b2",
    on_accent="#0c1f1a",
    accent_soft="#1d3a34",
    warn="#e5b765",
    warn_soft="#382e18",
    danger="#f2907f",
    danger_soft="#3d2420",
    mark="#5c4b13",
)


def tokens_of(palette: QPalette) -> Tokens:
    return DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def dress(app: QApplication, choice: Choice) -> None:
    """Set style, colours and sizes. With `system` the windows follow the desktop, also while they are open."""
    if app.property("plain_points") is None:
        app.setProperty("plain_points", app.font().pointSizeF())
        app.setStyle(QStyleFactory.create("Fusion"))
        app.styleHints().colorSchemeChanged.connect(lambda _scheme: _paint(app))
    if app.property("theme_choice") != choice:
        app.setProperty("theme_choice", choice)
        _paint(app)


def _paint(app: QApplication) -> None:
    choice: Choice = app.property("theme_choice")
    tokens = {"light": LIGHT, "dark": DARK, "system": _of_the_desktop(app)}[choice]
    font = QFont(app.font())
    font.setPointSizeF(max(app.property("plain_points"), SMALLEST_POINTS))
    app.setFont(font)
    app.setPalette(palette_of(tokens))
    app.setStyleSheet(style_sheet(tokens))


def _of_the_desktop(app: QApplication) -> Tokens:
    return DARK if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT


def sized(font: QFont, factor: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The same face, larger or smaller: 1.0 is the text one reads."""
    other = QFont(font)
    other.setPointSizeF(font.pointSizeF() * factor)
    other.setWeight(weight)
    return other


def palette_of(tokens: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for which, colour in {
        role.Window: tokens.window,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.raised,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.muted,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Accent: tokens.accent,
        role.ToolTipBase: tokens.surface,
        role.ToolTipText: tokens.text,
        role.Light: tokens.surface,
        role.Midlight: tokens.raised,
        role.Mid: tokens.edge,
        role.Dark: tokens.edge,
        role.Shadow: tokens.line,
        role.BrightText: tokens.danger,
    }.items():
        palette.setColor(which, QColor(colour))
    for which in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.edge))
    return palette


def style_sheet(tokens: Tokens) -> str:
    sheet = shipped("resources/style.qss").read_text(encoding="utf-8")
    drawn = {"chevron": "down-grey", "upwards": "up-grey", "tick": "tick-light" if tokens is LIGHT else "tick-dark"}
    values = {**vars(tokens), "radius": f"{RADIUS}px"}
    values |= {name: shipped(f"resources/icons/{file}.svg").as_posix() for name, file in drawn.items()}
    for name in sorted(values, key=len, reverse=True):
        sheet = sheet.replace(f"@{name}", values[name])
    return sheet
