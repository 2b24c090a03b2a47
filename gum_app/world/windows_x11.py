"""Which windows an X11 desktop shows, and what changes about them: by events, never by asking again and again.

Visible is what is mapped, not minimised, at least partly on a monitor, and not wholly covered by one opaque window.
The desktop number of a window is not asked: window managers unmap what lies on another desktop, or push it below a
guard window; and where each monitor has a desktop of its own (i3), a window of "another" desktop is in plain sight.
Unmanaged windows (pop-ups, menus) are listed if they have a name and are big enough to carry words: a notification
may show a code. Nameless ones are left out, since compositors lay such a window over everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from Xlib import X, Xatom, error
from Xlib.ext import randr

from gum_app.records import Monitor, Rect, Surroundings, Window
from gum_app.world.stacking import monitor_of, seen
from gum_app.world.x11 import VANISHED, X11, connected, program

LEAST_POPUP_WIDTH, LEAST_POPUP_HEIGHT = 48, 32  # pixels: most tooltips are smaller, the smallest notifications are not
TRIES = 3  # how often a desktop that changes while it is looked at is looked at again
GUARD = "guard window"  # mutter and its kin keep hidden windows mapped, below a window of this name


@dataclass(frozen=True)
class Changes:
    """What may have changed since it was last asked."""

    windows: bool = False  # focus, stacking, a window came, went, moved or went full screen
    title: bool = False  # of the window in front
    monitors: bool = False

    def __or__(self, other: Changes) -> Changes:
        return Changes(self.windows or other.windows, self.title or other.title, self.monitors or other.monitors)


class X11Windows:
    """Every call may raise ScreenLost."""

    def __init__(self, x11: X11) -> None:
        self._x11 = x11
        self._watched: int | None = None  # the window whose title we are told of
        self._order = 0  # counts changes of focus and stacking, to notice those that happen while we look
        self._unasked = Changes()  # noticed while looking, not yet handed out
        with connected():
            self._randr_event = self._ask_for_events()

    def changes(self) -> Changes:
        """What may have changed since the last call. Does not wait."""
        self._take_events()
        changes, self._unasked = self._unasked, Changes()
        return changes

    def look(self, monitors: Sequence[Monitor]) -> Surroundings:
        """What is in front and what can be seen, topmost first."""
        with connected():
            for _ in range(TRIES):
                order = self._order
                found = self._look_once(monitors)
                self._take_events()
                if self._order == order:
                    return found
        # It would not hold still: what is in front is not known.
        return Surroundings(foreground=None, visible=found.visible, monitors=found.monitors)

    def has_manager(self) -> bool:
        """Whether a window manager runs that says which window is in front."""
        with connected():
            return self._manager_lives()

    # Events

    def _ask_for_events(self) -> int | None:
        """The number of RandR's first event, None without RandR."""
        root = self._x11.root
        root.change_attributes(event_mask=X.PropertyChangeMask | X.SubstructureNotifyMask | X.StructureNotifyMask)
        if not self._x11.has("RANDR"):
            return None
        root.xrandr_select_input(randr.RRScreenChangeNotifyMask | randr.RRCrtcChangeNotifyMask)
        return self._x11.first_event("RANDR")

    def _take_events(self) -> None:
        with connected():
            for event in self._x11.events():
                self._unasked |= self._meaning(event)

    def _meaning(self, event: Any) -> Changes:
        match event.type:
            case X.MapNotify | X.UnmapNotify | X.ReparentNotify | X.CirculateNotify:
                self._order += 1
                return Changes(windows=True)
            case X.ConfigureNotify if event.window == self._x11.root:
                return Changes(monitors=True)  # all that `xrandr --setmonitor` tells
            case X.ConfigureNotify:
                return Changes(windows=_is_big(event.width, event.height))
            case X.PropertyNotify if event.window == self._x11.root:
                return self._meaning_for_all(event.atom)
            case X.PropertyNotify if event.window.id == self._watched:
                return self._meaning_for_front(event.atom)
        if self._randr_event is not None and event.type in {self._randr_event, self._randr_event + 1}:
            return Changes(monitors=True)
        return Changes()

    def _meaning_for_all(self, atom: int) -> Changes:
        if atom not in {self._x11.atom("_NET_ACTIVE_WINDOW"), self._x11.atom("_NET_CLIENT_LIST_STACKING")}:
            return Changes()
        self._order += 1
        return Changes(windows=True)

    def _meaning_for_front(self, atom: int) -> Changes:
        return Changes(
            windows=atom == self._x11.atom("_NET_WM_STATE"),
            title=atom in {self._x11.atom("_NET_WM_NAME"), Xatom.WM_NAME, Xatom.WM_CLASS},
        )

    def _watch(self, window_id: int | None) -> None:
        """Be told of this window's title from now on, and of no other's.

        Asked for at each look, since a new window may have got the id of one that is gone.
        """
        if self._watched is not None and self._watched != window_id:
            self._select(self._watched, X.NoEventMask)
        if window_id is not None:
            self._select(window_id, X.PropertyChangeMask)
        self._watched = window_id

    def _select(self, window_id: int, mask: int) -> None:
        self._x11.at(window_id).change_attributes(event_mask=mask, onerror=error.CatchError(*VANISHED))

    # Looking

    def _look_once(self, monitors: Sequence[Monitor]) -> Surroundings:
        active = self._active()
        self._watch(active)  # before its title is read, so that no change of it is missed
        layers = self._layers()
        in_front = [layer for layer in layers if active is not None and layer.client_id == active]
        front = self._window(in_front[0], monitors) if in_front else None
        visible = [self._window(layer, monitors) for layer in seen(layers, monitors)]
        return Surroundings(
            foreground=front if front is not None and (front.app or front.title) else None,
            visible=tuple(window for window in visible if window is not None),
            monitors=tuple(monitors),
        )

    def _active(self) -> int | None:
        if not self._manager_lives():
            return None  # what a dead window manager left behind says nothing about now
        values = self._x11.numbers(self._x11.root, "_NET_ACTIVE_WINDOW")
        return values[0] if values and values[0] else None

    def _manager_lives(self) -> bool:
        check = self._x11.numbers(self._x11.root, "_NET_SUPPORTING_WM_CHECK")
        try:
            return bool(check) and self._x11.numbers(self._x11.at(check[0]), "_NET_SUPPORTING_WM_CHECK") == check
        except VANISHED:
            return False

    def _layers(self) -> list[_Layer]:
        """Every top window that is mapped and can hold pixels, topmost first."""
        client_of = self._clients_by_top()
        layers = []
        for top in reversed(self._x11.root.query_tree().children):
            with suppress(*VANISHED):
                looks = top.get_attributes()
                if looks.map_state != X.IsViewable:
                    continue
                if looks.win_class == X.InputOnly:
                    if self._x11.title(top).endswith(GUARD):
                        break
                    continue
                layer = _Layer(self._x11, top, client_of.get(top.id))
                if layer.can_show:
                    layers.append(layer)
        return layers

    def _clients_by_top(self) -> dict[int, Any]:
        """The managed windows, by the id of the child of the root they stand in: mostly a frame, or themselves."""
        found = {}
        for client_id in self._x11.numbers(self._x11.root, "_NET_CLIENT_LIST_STACKING"):
            client = top = self._x11.at(client_id)
            with suppress(*VANISHED):
                while (parent := top.query_tree().parent) and parent != self._x11.root:
                    top = parent
                found[top.id] = client
        return found

    def _window(self, layer: _Layer, monitors: Sequence[Monitor]) -> Window | None:
        """None: it has just gone, or it is an unmanaged window without a name."""
        window = layer.client or layer.top
        try:
            app, title = self._x11.app(window), self._x11.title(window)
            if layer.client is None and not app and not title:
                return None
            pid = self._x11.pid(window)
        except VANISHED:
            return None
        return Window(
            app=app,
            title=title,
            fullscreen=layer.fullscreen,
            process=program(pid) if pid is not None else None,
            pid=pid,
            monitor=monitor_of(layer.rect, monitors),
            rect=layer.rect,
        )


class _Layer:
    """A top window as it lies on the screen, mostly a frame, and the managed window in it, its client."""

    def __init__(self, x11: X11, top: Any, client: Any) -> None:
        self._x11, self.top, self.client = x11, top, client
        self.client_id: int | None = client.id if client is not None else None
        place = top.get_geometry()
        border = 2 * place.border_width
        self.rect = Rect(x=place.x, y=place.y, width=place.width + border, height=place.height + border)
        self._has_alpha = place.depth == 32
        states = x11.numbers(client, "_NET_WM_STATE") if client is not None else []
        self.fullscreen = x11.atom("_NET_WM_STATE_FULLSCREEN") in states
        # A rolled-up window may call itself hidden, and still shows its title.
        hidden = x11.atom("_NET_WM_STATE_HIDDEN") in states
        self._minimised = hidden and x11.atom("_NET_WM_STATE_SHADED") not in states

    @property
    def can_show(self) -> bool:
        return not self._minimised and (self.client is not None or _is_big(self.rect.width, self.rect.height))

    @cached_property
    def solid(self) -> tuple[Rect, ...]:
        """Of managed windows only: a compositor's own may lie over everything and show it all."""
        if self.client is None:
            return ()
        try:
            return tuple(self._solid())
        except VANISHED:
            return ()

    def _solid(self) -> Iterator[Rect]:
        """The frame and the client where they have no alpha and no holes, and what the client calls opaque."""
        if any(self._x11.numbers(part, "_NET_WM_WINDOW_OPACITY") for part in (self.top, self.client)):
            return
        if not self._has_alpha and not self._x11.has_holes(self.top):
            yield self.rect
        place, depth = self._x11.place(self.client)
        if depth != 32 and not self._x11.has_holes(self.client):
            yield place
        told = self._x11.numbers(self.client, "_NET_WM_OPAQUE_REGION")
        for x, y, width, height in zip(*[iter(told)] * 4, strict=False):
            yield Rect(x=x, y=y, width=width, height=height).moved(place.x, place.y)


def _is_big(width: int, height: int) -> bool:
    return width >= LEAST_POPUP_WIDTH and height >= LEAST_POPUP_HEIGHT
