"""What passes between looking, reading and keeping: an episode while it goes on, a frame, and a frame that was read."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from gum_app.records import Line, Monitor, ObservationId, Rect, Surroundings, Window
from gum_app.rules.privacy import is_browser

if TYPE_CHECKING:
    from PIL.Image import Image

Mark = dict[str, Any]  # JSON
NOT_MARKED = {"window", "reading", "over", "forgotten"}  # the words, and what a kill ends


@dataclass(eq=False, kw_only=True)
class Episode:
    """Consecutive looks at the same thing. Known to the recorder's thread only; what counts stands in the store."""

    window: Window
    started_at: datetime
    ended_at: datetime
    id: ObservationId | None = None  # None: nothing is kept of it
    active_at: datetime | None = None  # the last sign that somebody is there; None: it stands beside what is in front
    active_seconds: float = 0.0
    keys: int | None = None
    in_call: bool = False
    read: bool = False  # some of its words have been read, and did not speak against it
    untold: bool = False  # it is about a private matter as a whole: that it was is kept, and no word of it
    refused: bool = False  # its title or words showed that it is of a kind that is not kept
    forgotten: bool = False  # whatever is still being read of it comes to nothing
    written_at: datetime | None = None  # up to when the store knows of it
    ripe: bool = False  # the thinker may look at it
    reading: int = 0  # frames of it that are still being read
    over: bool = False
    stills: int = 0  # pictures kept for the model
    new_words: int = 0  # read since the last of them
    dark_shares: list[float] = field(default_factory=list)

    @property
    def may_be_private(self) -> bool:
        """Some browsers say only beside the address that a window is private: until that is read, nobody knows."""
        is_beside = self.active_at is None  # and begins with words that were read
        return not (self.read or is_beside) and self.window.url is None and is_browser(self.window)

    @property
    def dark_share(self) -> float | None:
        return sum(self.dark_shares) / len(self.dark_shares) if self.dark_shares else None


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A picture that may be read. What must not be seen is painted over already; `regions` is what changed."""

    at: datetime
    monitor: Monitor
    image: Image
    regions: tuple[Rect, ...]  # in pixels of the image, disjoint
    surroundings: Surroundings
    episode: Episode

    @property
    def is_whole(self) -> bool:
        return self.regions == (Rect(x=0, y=0, width=self.image.width, height=self.image.height),)


@dataclass(frozen=True, kw_only=True)
class ReadFrame:
    """`lines` is None where the reader failed: that is no reading, and never an empty screen."""

    frame: Frame
    lines: tuple[Line, ...] | None  # in pixels of the image


def mark_of(episode: Episode) -> Mark:
    """All of an episode but its window, for the bookmark of a replay."""
    kept = {each.name: getattr(episode, each.name) for each in fields(episode) if each.name not in NOT_MARKED}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in kept.items()}


def episode_of(mark: Mark, window: Window) -> Episode:
    values = {name: value for name, value in mark.items() if name != "place"}
    instants = {name: datetime.fromisoformat(value) for name, value in values.items() if name.endswith("_at") and value}
    return Episode(window=window, **values | instants)
