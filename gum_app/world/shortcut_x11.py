"""A combination of keys on an X11 display, grabbed from all programs (XGrabKey), with NumLock and CapsLock or without.

A connection of its own: nothing that watches the screen waits for it.
"""

from __future__ import annotations

from Xlib import XK, X, error

from gum_app.errors import BadInput, ShortcutTaken
from gum_app.shortcut import Combination
from gum_app.world.x11 import X11, connected

MASKS = {"Ctrl": X.ControlMask, "Alt": X.Mod1Mask, "Shift": X.ShiftMask, "Super": X.Mod4Mask}
NUM_LOCK = X.Mod2Mask  # as every common keyboard map has it
LOCKS = (0, X.LockMask, NUM_LOCK, X.LockMask | NUM_LOCK)
_KEYSYMS = {"Space": "space"}


class X11Shortcut:
    def __init__(self, display: str | None = None) -> None:
        """Raises ScreenLost, and NotYet for a Wayland session."""
        self._x11 = X11(display)
        self._wanted: Combination | None = None
        self._grabbed: list[tuple[int, int]] = []  # key codes and masks

    def grab(self, combination: Combination | None) -> None:
        with connected():
            self._let_go()
            self._wanted = combination
            if combination is not None:
                self._grab(combination)

    def pressed(self) -> bool:
        found = False
        with connected():
            for event in self._x11.events():
                if event.type == X.KeyPress:
                    found = found or self._is_ours(event)
                elif event.type == X.MappingNotify and event.request != X.MappingPointer:
                    self._x11.reread_keyboard(event)
                    self._grab_again()
        return found

    def fileno(self) -> int:
        return self._x11.fileno()

    def close(self) -> None:
        self._x11.close()

    def _is_ours(self, event: object) -> bool:
        state = int(event.state) & ~(X.LockMask | NUM_LOCK) & 0xFF  # type: ignore[attr-defined]
        return (int(event.detail), state) in self._grabbed  # type: ignore[attr-defined]

    def _grab(self, combination: Combination) -> None:
        mask = 0
        for name in combination.modifiers:
            mask |= MASKS[name]
        code = self._x11.key_code(XK.string_to_keysym(_KEYSYMS.get(combination.key, combination.key)))
        if not code:
            raise BadInput(f"This keyboard has no key {combination.key}: choose another one for {combination}.")
        refused = error.CatchError(error.BadAccess)
        self._grabbed = [(code, mask | lock) for lock in LOCKS]
        for key, each in self._grabbed:
            self._x11.root.grab_key(key, each, False, X.GrabModeAsync, X.GrabModeAsync, onerror=refused)
        self._x11.sync()
        if refused.get_error() is not None:
            self._let_go()
            raise ShortcutTaken(f"Another program has {combination} already: choose another combination of keys.")

    def _grab_again(self) -> None:
        """The keyboard has another map: the key lies elsewhere. Where it cannot be had any more, nothing is heard."""
        self._let_go()
        if self._wanted is not None:
            try:
                self._grab(self._wanted)
            except (BadInput, ShortcutTaken):
                self._let_go()

    def _let_go(self) -> None:
        ignored = error.CatchError(error.BadAccess)
        for key, mask in self._grabbed:
            self._x11.root.ungrab_key(key, mask, onerror=ignored)
        self._grabbed = []
        self._x11.sync()
