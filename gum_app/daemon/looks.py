"""What passes between looking, reading and keeping: an episode while it goes on, a frame, and a frame that was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from gum_app.records import Line, Monitor, ObservationId, Rect, Surroundings, Window

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(eq=False)
class Episode:
    """Consecutive looks at the same thing. Known to the recorder's thread only; what counts stands in the store."""

    window: Window
    started_at: datetime
    ended_at: datetime
    id: ObservationId | None = None  # None: nothing is kept of it (yet, or at all where `refused`)
    active_at: datetime | None = None
    active_seconds: float = 0.0
    keys: int | None = None
    in_call: bool = False
    refused: bool = False  # its words showed that it is of a kind that is not kept
    written_at: datetime | None = None  # up to when the store knows of it
    ripe: bool = False  # the thinker may look at it
    reading: int = 0  # frames of it that are still being read
    over: bool = False
    lines: list[Line] = field(default_factory=list)  # the newest that are kept of it
    dark_shares: list[float] = field(default_factory=list)

    @property
    def dark_share(self) -> float | None:
        return sum(self.dark_shares) / len(self.dark_shares) if self.dark_shares else None


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A picture that may be read. What must not be seen is painted over already; `regions` is what changed."""

    at: datetime
    monitor: Monitor
    image: Image
    regions: tuple[Rect, ...]  # in pixels of the image
    surroundings: Surroundings
    episode: Episode


@dataclass(frozen=True, kw_only=True)
class ReadFrame:
    """`lines` is None where the reader failed: that is no reading, and never an empty screen."""

    frame: Frame
    lines: tuple[Line, ...] | None  # in pixels of the image
