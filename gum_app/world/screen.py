"""Pictures of monitors, in RGB, by one connection that stays open; and which monitors there are."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

import mss
from mss.exception import ScreenShotError
from PIL import Image

from gum_app.errors import ScreenLost
from gum_app.records import Monitor, Rect

T = TypeVar("T")

# WORKAROUND https://github.com/BoboTiG/python-mss (10.2.0): on a connection that has died it raises a bare
# AssertionError; gone when it raises only its own ScreenShotError.
FAILED = (ScreenShotError, AssertionError, OSError)


class Screen:
    """Belongs to one thread. Connects when first asked, and anew after a failure."""

    def __init__(self, display: str | None = None) -> None:
        """`display`: an X11 display like ":0"; None takes what the environment names. Ignored elsewhere."""
        self._display = display
        self._mss: mss.MSS | None = None
        self._whole: Rect | None = None  # the desktop that all monitors lie on
        self._monitors: tuple[Monitor, ...] = ()

    def monitors(self) -> tuple[Monitor, ...]:
        """As they were at the first question or the last `reread`. Raises ScreenLost."""
        if self._whole is None:
            whole, *single = self._try(lambda shots: shots.monitors)
            self._whole = _rect(whole)
            rects = [_rect(each) for each in single] or [self._whole]
            self._monitors = tuple(Monitor(index=index, rect=rect) for index, rect in enumerate(rects))
        return self._monitors

    def reread(self) -> None:
        """Monitors have come, gone or moved: ask again when next needed."""
        self.close()

    def grab(self, rect: Rect) -> Image.Image | None:
        """The pixels of this part of the desktop; None where the desktop does not reach so far. Raises ScreenLost."""
        self.monitors()
        if self._whole is None or not self._whole.covers(rect):
            return None
        where = {"left": rect.x, "top": rect.y, "width": rect.width, "height": rect.height}
        shot = self._try(lambda shots: shots.grab(where))
        return Image.frombuffer("RGB", shot.size, shot.raw, "raw", "BGRX", 0, 1)

    def close(self) -> None:
        """May be used again afterwards."""
        if self._mss is not None:
            with suppress(*FAILED):  # it complains about a connection that has died, after giving it up
                self._mss.close()
        self._mss, self._whole, self._monitors = None, None, ()

    def _try(self, ask: Callable[[mss.MSS], T]) -> T:
        """A second time on a new connection, since the old one may only be out of date."""
        if self._mss is not None:
            try:
                return ask(self._mss)
            except FAILED:
                self.close()
        try:
            self._mss = mss.MSS(display=self._display) if sys.platform == "linux" else mss.MSS()
            return ask(self._mss)
        except FAILED as error:
            self.close()
            raise ScreenLost("The display gives no picture: is the session still running?") from error


def _rect(monitor: dict[str, int]) -> Rect:
    return Rect(x=monitor["left"], y=monitor["top"], width=monitor["width"], height=monitor["height"])
