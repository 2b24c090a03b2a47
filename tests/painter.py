"""Windows of a test's own making, without a process each: any size, depth and class, managed or not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.desktop import Desktop, until


class Painter:
    def __init__(self, desk: Desktop) -> None:
        from Xlib.display import Display  # here, since python-xlib is installed on Linux alone

        self._display = Display(f"unix{desk.display}")
        self._screen = self._display.screen()
        self._windows: dict[int, Any] = {}

    def __enter__(self) -> Painter:
        return self

    def __exit__(self, *_: object) -> None:
        for window in list(self._windows):
            self.close(window)
        self._display.close()

    def show(
        self,
        title: str,
        at: tuple[int, int, int, int],
        *,
        app: str = "Painted",
        see_through: bool = False,
        managed: bool = True,
        colour: int = 0x336699,
        undecorated: bool = False,
        input_only: bool = False,
    ) -> int:
        """Map a window at x, y, width, height and wait until it is there. Its id."""
        from Xlib import X, Xutil

        x, y, width, height = at
        looks: dict[str, Any] = {"override_redirect": not managed, "event_mask": X.StructureNotifyMask}
        depth, visual, kind = self._screen.root_depth, X.CopyFromParent, X.InputOutput
        if input_only:
            depth, kind = 0, X.InputOnly
        else:
            looks |= {"background_pixel": colour, "border_pixel": 0}
        if see_through:
            depth, visual = 32, self._visual(32)
            looks["colormap"] = self._screen.root.create_colormap(visual, X.AllocNone)
        window = self._screen.root.create_window(x, y, width, height, 0, depth, kind, visual, **looks)
        self.rename(window.id, title, window)
        if app:
            window.set_wm_class(app.lower(), app)
        window.set_wm_normal_hints(flags=Xutil.USPosition | Xutil.USSize, x=x, y=y, width=width, height=height)
        if undecorated:
            hints = self._display.intern_atom("_MOTIF_WM_HINTS")
            window.change_property(hints, hints, 32, [2, 0, 0, 0, 0])
        window.map()
        self._windows[window.id] = window
        self._display.sync()
        until(lambda: window.get_attributes().map_state == X.IsViewable, f"the window {title}")
        return int(window.id)

    def rename(self, window_id: int, title: str, window: Any = None) -> None:
        window = window or self._windows[window_id]
        utf8 = self._display.intern_atom("UTF8_STRING")
        window.change_property(self._display.intern_atom("_NET_WM_NAME"), utf8, 8, title.encode())
        self._display.sync()

    def set_property(self, window_id: int, name: str, type_name: str, values: list[int]) -> None:
        atom, kind = self._display.intern_atom(name), self._display.intern_atom(type_name)
        self._windows[window_id].change_property(atom, kind, 32, values)
        self._display.sync()

    def set_state(self, window_id: int, state: str, *, on: bool) -> None:
        """Ask the window manager for it, e.g. _NET_WM_STATE_FULLSCREEN."""
        from Xlib import X
        from Xlib.protocol.event import ClientMessage

        atom = self._display.intern_atom
        message = ClientMessage(
            window=self._windows[window_id],
            client_type=atom("_NET_WM_STATE"),
            data=(32, [int(on), atom(state), 0, 1, 0]),
        )
        mask = X.SubstructureRedirectMask | X.SubstructureNotifyMask
        self._screen.root.send_event(message, event_mask=mask)
        self._display.sync()

    def close(self, window_id: int) -> None:
        self._windows.pop(window_id).destroy()
        self._display.sync()

    def _visual(self, depth: int) -> int:
        depths = self._screen.allowed_depths
        return next(int(v.visual_id) for d in depths if d.depth == depth for v in d.visuals if v.visual_class == 4)


@pytest.fixture
def painter(desk: Desktop) -> Iterator[Painter]:
    with Painter(desk) as painter:
        yield painter
