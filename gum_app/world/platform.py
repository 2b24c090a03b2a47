"""Which hands this machine has. The module of a platform is only imported where its libraries are installed."""

from __future__ import annotations

import os
import sys

from gum_app.errors import NotYet
from gum_app.shortcut import Shortcut
from gum_app.world.hands import Hands

ONLY_X11 = "gum-app watches X11 sessions only for now"
NO_SHORTCUT = (
    "gum-app can listen for keys in an X11 session only: give a key to the command `gum-app ask --window` in the"
    " keyboard settings of your desktop instead."
)
SYSTEMS = {"darwin": "macOS", "win32": "Windows"}


def open_hands() -> Hands:
    """The live machine. Raises NotYet on a platform that cannot be watched yet, ScreenLost without a display."""
    why_not = _why_not()
    if why_not is not None:
        raise NotYet(why_not)
    from gum_app.world.hands_x11 import X11Hands

    return X11Hands()


def open_shortcut() -> Shortcut:
    """Who listens for a combination of keys. Raises NotYet with a way out, ScreenLost without a display."""
    if _why_not() is not None:
        raise NotYet(NO_SHORTCUT)
    from gum_app.world.shortcut_x11 import X11Shortcut

    return X11Shortcut()


def what_is_missing() -> list[str]:
    """What cannot be told on this machine, one sentence each, for `doctor`."""
    why_not = _why_not()
    if why_not is not None:
        return [why_not]
    from gum_app.world.missing_x11 import missing

    return list(missing())


def _why_not() -> str | None:
    if sys.platform != "linux":
        system = SYSTEMS.get(sys.platform, sys.platform)
        return f"{ONLY_X11}: on {system} it can replay recordings and show what it knows, but not watch the screen."
    if os.environ.get("WAYLAND_DISPLAY") or os.environ.get("XDG_SESSION_TYPE") == "wayland":
        return f"{ONLY_X11}: this is a Wayland session. Choose an X11 (Xorg) session at login."
    return None
