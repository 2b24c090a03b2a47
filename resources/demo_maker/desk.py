"""The desktop of the recording: windows with places, scenes of windows, and the page that draws one monitor."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from pathlib import Path

from resources.demo_maker.icons import icon

WIDTH, HEIGHT = 1600, 900  # pixels of each monitor
PANEL, DOCK = 32, 58  # height of the bar at the top, width of the launcher at the left; main monitor only
LEFT_EDGE = {0: 0, 1: -WIDTH}  # monitor 1 stands to the left of monitor 0
STYLE = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")

Box = tuple[int, int, int, int]  # x, y, width, height in pixels of the whole desktop
FULL: Box = (DOCK, PANEL, WIDTH - DOCK, HEIGHT - PANEL)
LEFT_FULL: Box = (-WIDTH, 0, WIDTH, HEIGHT)

ICON_OF = {
    "thunderbird": "mail",
    "firefox": "globe",
    "element": "chat",
    "signal": "chat",
    "org.gnome.Calendar": "calendar",
    "org.gnome.Nautilus": "folder",
    "org.gnome.Terminal": "terminal",
    "org.gnome.TextEditor": "pen",
    "org.gnome.Evince": "pdf",
    "org.qgis.qgis": "map",
    "libreoffice-writer": "doc",
    "libreoffice-calc": "sheet",
    "org.keepassxc.KeePassXC": "key",
    "zoom": "video",
}
DOCKED = tuple(app for app in ICON_OF if app != "zoom")


@dataclass(frozen=True, kw_only=True)
class Win:
    """One window: what the platform says about it, where it stands, and what it shows."""

    app: str
    title: str
    body: str
    box: Box = FULL
    url: str | None = None
    private: bool = False
    fullscreen: bool = False
    own_bar: bool = False  # the body draws its own title bar (browsers)

    @property
    def monitor(self) -> int:
        return 1 if self.box[0] < 0 else 0


@dataclass(frozen=True)
class Bubble:
    """A notification as the desktop shows it, at the top of the main monitor."""

    app: str
    summary: str
    body: str


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What all monitors show at one instant; `look` says of which there is a frame.

    The frame of monitor 0 has the scene's name, that of monitor 1 ends in `-left`.
    """

    name: str
    at: datetime
    windows: tuple[Win, ...]  # topmost first
    look: tuple[int, ...] = (0,)
    pace: str = "read"  # how the hands move until the next scene: read, type, click, still
    bubble: Bubble | None = None
    tray: tuple[str, ...] = field(default=("wifi", "volume", "battery"))

    def frames(self) -> list[tuple[str, int]]:
        return [(self.name + ("-left" if monitor else ""), monitor) for monitor in self.look]


@dataclass(frozen=True)
class Happening:
    """Anything else that a recording tells: an event of `kind` with its further fields."""

    at: datetime
    kind: str
    fields: dict[str, str | int | bool] = field(default_factory=dict)


def place(box: Box, monitor: int) -> str:
    x, y, width, height = box
    return f"left:{x - LEFT_EDGE[monitor]}px;top:{y}px;width:{width}px;height:{height}px"


def window_html(window: Win, monitor: int, depth: int) -> str:
    bar = ""
    if not window.own_bar:
        buttons = "<i></i><i></i><i class=x></i>"
        title = f"{icon(ICON_OF[window.app], 16)}<b>{escape(window.title)}</b>"
        bar = f'<div class="bar">{title}<span class="buttons">{buttons}</span></div>'
    front = " front" if depth == 0 else ""
    style = f"{place(window.box, monitor)};z-index:{50 - depth}"
    name = window.app.rpartition(".")[2].lower()
    return f'<div class="win {name}{front}" style="{style}">{bar}<div class="in">{window.body}</div></div>'


def panel_html(scene: Scene) -> str:
    clock = f"{scene.at:%a} {scene.at.day} {scene.at:%b}&nbsp; {scene.at:%H:%M}"
    tray = "".join(icon(name, 16) for name in scene.tray)
    open_apps = {window.app for window in scene.windows}
    dock = "".join(
        f'<div class="launch{" open" if app in open_apps else ""}">{icon(ICON_OF[app], 24)}</div>' for app in DOCKED
    )
    return (
        f'<div class="panel"><span>Workspaces</span><span class="clock">{clock}</span>'
        f'<span class="tray">{tray}</span></div><div class="dock">{dock}</div>'
    )


def bubble_html(bubble: Bubble) -> str:
    return (
        f'<div class="bubble">{icon("bell", 22)}<div><small>{escape(bubble.app)}</small>'
        f"<b>{escape(bubble.summary)}</b><p>{escape(bubble.body)}</p></div></div>"
    )


def page_html(scene: Scene, monitor: int) -> str:
    """The whole page that shows one monitor in one scene."""
    here = [window for window in scene.windows if window.monitor == monitor]
    windows = "".join(window_html(window, monitor, depth) for depth, window in enumerate(here))
    panel = panel_html(scene) if monitor == 0 else ""
    bubble = bubble_html(scene.bubble) if scene.bubble and monitor == 0 else ""
    return (
        f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style>'
        f'<body><div class="hill one"></div><div class="hill two"></div>{panel}{windows}{bubble}</body>'
    )
