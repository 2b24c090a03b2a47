"""The recorder's hands: one Protocol for the live desktop and for a recording, and what they report.

Both give the same events and answer the same questions, so that a replay takes the same path through the program.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PIL.Image import Image

    from gum_app.records import Monitor, Surroundings, Urgency


@dataclass(frozen=True, kw_only=True)
class Happening:
    at: datetime


@dataclass(frozen=True, kw_only=True)
class WindowChanged(Happening):
    """Another window came to the front, or its title or address changed. Ask `surroundings` which."""


@dataclass(frozen=True, kw_only=True)
class Active(Happening):
    """Somebody used the machine since the last report. Counts are None where the platform does not count them."""

    keys: int | None = None
    clicks: int | None = None
    scrolls: int | None = None


@dataclass(frozen=True, kw_only=True)
class Idle(Happening):
    """Nobody has touched the machine for so long."""

    seconds: float


@dataclass(frozen=True, kw_only=True)
class Locked(Happening):
    pass


@dataclass(frozen=True, kw_only=True)
class Unlocked(Happening):
    pass


@dataclass(frozen=True, kw_only=True)
class Slept(Happening):
    pass


@dataclass(frozen=True, kw_only=True)
class Woke(Happening):
    pass


@dataclass(frozen=True, kw_only=True)
class StateChanged(Happening):
    """A field that is None says nothing new."""

    sharing: bool | None = None
    call: bool | None = None
    dnd: bool | None = None
    on_battery: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Notified(Happening):
    app: str
    summary: str
    body: str
    urgency: Urgency = "normal"


@dataclass(frozen=True, kw_only=True)
class Noted(Happening):
    """The person told the app something themselves."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Shown(Happening):
    """A recording has a new picture of this monitor. The live desktop never reports it: there the recorder decides."""

    monitor: int


@dataclass(frozen=True, kw_only=True)
class MonitorsChanged(Happening):
    pass


@dataclass(frozen=True, kw_only=True)
class Ended(Happening):
    """The recording is over."""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What one monitor showed. `image` is RGB, its pixel (0, 0) is the monitor's top left corner."""

    at: datetime
    monitor: Monitor
    image: Image


class Hands(Protocol):
    def next_happening(self, timeout_seconds: float) -> Happening | None:
        """The next thing that happened, in order; None when nothing did within the time. Raises ScreenLost."""
        ...

    def surroundings(self) -> Surroundings:
        """Asked afresh each time, never remembered. Raises ScreenLost."""
        ...

    def grab(self, monitor: Monitor) -> Picture | None:
        """None: there is no picture to be had now (a recording between two frames). Raises ScreenLost."""
        ...

    def idle_seconds(self) -> float: ...

    def wake(self) -> None:
        """Make a waiting `next_happening` return None at once. May be called from any thread."""
        ...

    def close(self) -> None: ...
