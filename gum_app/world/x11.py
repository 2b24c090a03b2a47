"""One connection to an X11 display, and what it tells about one window: name, class, process, place.

Belongs to one thread. A display that is gone is ScreenLost; a window that is gone is one of VANISHED.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from Xlib import X, Xatom, error
from Xlib.display import Display
from Xlib.ext import res

from gum_app.errors import NotYet, ScreenLost
from gum_app.records import Rect

NO_DISPLAY = "There is no X11 display: start gum-app from within your desktop session."
GONE = "The X11 display has closed the connection: gum-app cannot see the desktop until it is back."
XWAYLAND = (
    "gum-app watches X11 sessions only for now: this is a Wayland session, and X11 does not show its windows. "
    "Choose an X11 (Xorg) session at login."
)

# The window is gone, or is no longer what it was: normal on a desktop in use.
VANISHED = (error.BadWindow, error.BadDrawable, error.BadMatch, error.BadValue)

LONGEST_TITLE, OF_ITS_END = 1_000, 200  # characters
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
MOST_WORDS = 1024  # of a property, 4 bytes each


class X11:
    def __init__(self, display: str | None = None) -> None:
        """`display`: like ":0"; None takes DISPLAY. Raises ScreenLost, and NotYet for a Wayland session."""
        self._display = _open(display)
        self.root = self._display.screen().root
        self._atoms: dict[str, int] = {}
        with connected():
            if "XWAYLAND" in self._display.list_extensions():
                self._display.close()
                raise NotYet(XWAYLAND)

    def fileno(self) -> int:
        with connected():
            return int(self._display.fileno())

    def has(self, extension: str) -> bool:
        return bool(self._display.has_extension(extension))

    def first_event(self, extension: str) -> int:
        return int(self._display.query_extension(extension).first_event)

    def events(self) -> Iterator[Any]:
        """All that are here. Does not wait."""
        while count := self._display.pending_events():
            for _ in range(count):
                yield self._display.next_event()

    def sync(self) -> None:
        """Waits until the display has done all that it was asked to; errors have arrived then."""
        self._display.sync()

    def key_code(self, keysym: int) -> int:
        """Of the key that has this sign; 0 where none has."""
        return int(self._display.keysym_to_keycode(keysym))

    def reread_keyboard(self, event: Any) -> None:
        """After a MappingNotify."""
        self._display.refresh_keyboard_mapping(event)

    def idle_seconds(self) -> float:
        """Since the last key, click or move. 0.0 where the display does not count: then nobody is ever away."""
        if not self.has("MIT-SCREEN-SAVER"):
            return 0.0
        with connected():
            return int(self.root.screensaver_query_info().idle) / 1000

    def close(self) -> None:
        with suppress(error.ConnectionClosedError, OSError):
            self._display.close()

    # One window

    def at(self, window_id: int) -> Any:
        return self._display.create_resource_object("window", window_id)

    def app(self, window: Any) -> str:
        """The class part of WM_CLASS: the instance before it may carry a path."""
        raw, _ = self._bytes(window, Xatom.WM_CLASS)
        parts = [part for part in raw.decode("utf-8", "replace").split("\0") if part]
        return parts[-1] if parts else ""

    def title(self, window: Any) -> str:
        raw, _ = self._bytes(window, self.atom("_NET_WM_NAME"))
        if raw:
            return _plain(raw.decode("utf-8", "replace"))
        raw, kind = self._bytes(window, Xatom.WM_NAME)
        try:
            return _plain(raw.decode("utf-8"))
        except UnicodeDecodeError:
            return _plain(raw.decode("latin-1" if kind == Xatom.STRING else "ascii", "replace"))

    def pid(self, window: Any) -> int | None:
        """As the display itself knows it; what the window says comes second, for it may count in a container."""
        if self.has("X-Resource"):
            answer = self._display.res_query_client_ids([{"client": window.id, "mask": res.LocalClientPIDMask}])
            for each in answer.ids:
                if each.value:
                    return int(each.value[0])
        said = self.numbers(window, "_NET_WM_PID")
        return said[0] if said else None

    def place(self, window: Any) -> tuple[Rect, int]:
        """Where it stands on the desktop, and its depth in bits: 32 has an alpha channel."""
        size, corner = window.get_geometry(), self.root.translate_coords(window, 0, 0)
        return Rect(x=corner.x, y=corner.y, width=size.width, height=size.height), int(size.depth)

    def has_holes(self, window: Any) -> bool:
        """Whether it has another shape than its rectangle."""
        return self.has("SHAPE") and bool(window.shape_query_extents().bounding_shaped)

    def numbers(self, window: Any, name: str) -> list[int]:
        """The property; empty where there is none."""
        found = window.get_property(self.atom(name), X.AnyPropertyType, 0, MOST_WORDS)
        return [int(value) for value in found.value] if found is not None and found.format == 32 else []

    def atom(self, name: str) -> int:
        if name not in self._atoms:
            self._atoms[name] = int(self._display.intern_atom(name))
        return self._atoms[name]

    def _bytes(self, window: Any, atom: int) -> tuple[bytes, int]:
        """The property and its type; empty where there is none. Of a long one the beginning and the end."""
        found = window.get_property(atom, X.AnyPropertyType, 0, MOST_WORDS)
        if found is None or found.format != 8:
            return b"", 0
        raw, left = bytes(found.value), int(found.bytes_after)
        if left:  # a browser says at the very end that its window is private
            skipped = max(0, left // 4 - MOST_WORDS)
            end = window.get_property(atom, X.AnyPropertyType, MOST_WORDS + skipped, MOST_WORDS + 1)
            raw += bytes(end.value) if end is not None and end.format == 8 else b""
        return raw, int(found.property_type)


@contextmanager
def connected() -> Iterator[None]:
    """Turns what python-xlib raises on a dead connection into ScreenLost."""
    try:
        yield
    except (error.ConnectionClosedError, OSError) as problem:
        raise ScreenLost(GONE) from problem


def program(pid: int) -> str | None:
    """The name of the executable; None for a process that is gone."""
    process = Path("/proc", str(pid))
    try:
        return str((process / "exe").readlink().name).removesuffix(" (deleted)")
    except OSError:  # another user's: only its short name can be read
        pass
    try:
        return (process / "comm").read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return None


def _open(name: str | None) -> Any:
    name = name or os.environ.get("DISPLAY")
    if not name:
        raise ScreenLost(NO_DISPLAY)
    where = f"unix{name}" if name.startswith(":") else name  # or python-xlib tries the network as well
    try:
        return Display(where)
    except (error.DisplayError, error.ConnectionClosedError, OSError) as problem:
        raise ScreenLost(f"The X11 display {name} cannot be opened: is its session still running?") from problem


def _plain(text: str) -> str:
    """Without the signs that command a terminal: a page chooses its title, and how long that is. Its end stays, where a
    browser says that a window is private.
    """
    plain = CONTROLS.sub(" ", text).strip()
    return plain if len(plain) <= LONGEST_TITLE else f"{plain[: LONGEST_TITLE - OF_ITS_END]} … {plain[-OF_ITS_END:]}"
