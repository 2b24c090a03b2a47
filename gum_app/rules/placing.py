"""Whose words are they? Lines that were read on a monitor go to the window they stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gum_app.records import Line, Monitor, Rect, Surroundings, Window

if TYPE_CHECKING:
    from PIL.Image import Image

DARK_BELOW = 90  # grey level, 0–255
SAMPLE_EVERY = 8  # pixels; a share needs no more
TITLE_FOUND = 0.5  # so much of a title must stand on a monitor for its window to be taken to be there
SOMEWHERE = Window(app="", title="")  # a window nobody told us about, on another monitor

_TOKEN = re.compile(r"[\w#@.-]{3,}")


@dataclass(frozen=True)
class Placed:
    front: tuple[Line, ...]
    beside: tuple[tuple[Window, tuple[Line, ...]], ...]


def by_window(lines: Sequence[Line], surroundings: Surroundings, monitor: Monitor) -> Placed:
    """Lines (in pixels of the desktop) by the window they stand in; the first in `visible` that covers them is on top.

    Where the platform does not tell where windows are, all words of the only monitor belong to the front window; with
    several monitors it is taken to be on the one whose words hold its title.
    """
    front = surroundings.foreground
    if front is None:
        return Placed((), ())
    listed = [window for window in surroundings.visible if window.rect is not None]
    if front.rect is None and not listed:
        mine = len(surroundings.monitors) < 2 or _shows_title(lines, front)
        return Placed(tuple(lines), ()) if mine else Placed((), ((SOMEWHERE, tuple(lines)),) if lines else ())
    groups: dict[Window, list[Line]] = {}
    for line in lines:
        owner = _owner(line.rect, front, listed, monitor)
        if owner is not None:
            groups.setdefault(owner, []).append(line)
    beside = tuple((window, tuple(group)) for window, group in groups.items() if window != front)
    return Placed(tuple(groups.get(front, ())), beside)


def _owner(rect: Rect, front: Window, listed: Sequence[Window], monitor: Monitor) -> Window | None:
    """None: it stands beside all windows, on the panel or the wallpaper, and belongs to nobody."""
    x, y = rect.x + rect.width // 2, rect.y + rect.height // 2
    point = Rect(x=x, y=y, width=1, height=1)
    for window in listed:
        if window.rect is not None and window.rect.covers(point):
            return front if _same(window, front) else window
    if front.rect is None and front.monitor == monitor.index:
        return front
    told = any(window.rect is not None and window.rect.meet(monitor.rect) is not None for window in listed)
    return None if told else SOMEWHERE


def _same(one: Window, other: Window) -> bool:
    return (one.app, one.title, one.rect) == (other.app, other.title, other.rect)


def _shows_title(lines: Sequence[Line], window: Window) -> bool:
    tokens = {token.casefold() for token in _TOKEN.findall(window.title)}
    words = " ".join(line.text for line in lines).casefold()
    return bool(tokens) and sum(token in words for token in tokens) / len(tokens) >= TITLE_FOUND


def dark_share(image: Image, monitor: Monitor, rect: Rect | None) -> float:
    """Share of dark pixels, 0–1, of a window in a picture of its monitor; of the whole picture without `rect`."""
    inside = rect.moved(-monitor.rect.x, -monitor.rect.y) if rect is not None else None
    whole = Rect(x=0, y=0, width=image.width, height=image.height)
    part = (inside.meet(whole) if inside is not None else None) or whole
    grey = np.asarray(image.convert("L"))[part.y : part.bottom : SAMPLE_EVERY, part.x : part.right : SAMPLE_EVERY]
    return float((grey < DARK_BELOW).mean())
