"""One observation, prepared for noticing: what the window is, and its words as they stood on the screen."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from re import Pattern

from gum_app.records import Kind, Observation, Person, Sighting
from gum_app.rules.layout import Segment, screens, segments
from gum_app.rules.services import imitates, is_at_home
from gum_app.rules.strangers import trustworthy
from gum_app.rules.titles import Place, place_of

TYPED_KEYS = 5
GLANCE_SECONDS = 8.0  # what was in front for less was passed by, not looked at


@dataclass(frozen=True)
class Scene:
    observation: Observation
    person: Person
    place: Place = field(init=False)
    # Which of its rows may be quoted, by what is looked for in them: asked each minute for a day and a half.
    quotable: dict[Pattern[str] | None, tuple[Segment, ...]] = field(
        init=False, default_factory=dict, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        object.__setattr__(self, "place", place_of(self.observation.app, self.observation.title, self.observation.url))

    @cached_property
    def parts(self) -> tuple[Segment, ...]:
        """All that was read, look by look, without what sells or gives orders to machines."""
        return trustworthy(segments(self.observation.lines))

    @cached_property
    def screens(self) -> list[tuple[Segment, ...]]:
        """As they were shown, without what sells or gives orders to machines."""
        return [trustworthy(screen) for screen in screens(segments(self.observation.lines))]

    @property
    def beside(self) -> bool:
        """Words of a window that nobody told us about, on another monitor."""
        return not self.observation.app and not self.observation.title

    @property
    def beside_without_address(self) -> bool:
        """A program, perhaps; a browser would most often show an address."""
        return self.beside and self.observation.url is None

    @property
    def vouched(self) -> bool:
        """Whether it is what it seems to be: a program, or a page at an address of the service that it seems to be."""
        if self.place.web or (self.beside and self.observation.url is not None):
            return is_at_home(self.place.kind, self.observation.url) and not self.imitates
        return True

    @property
    def imitates(self) -> bool:
        """A page with the name of a service at the address of somebody else."""
        return self.place.web and imitates(self.observation.title, self.observation.url)

    @property
    def acted(self) -> bool:
        """Whether the person typed there; a key or two scroll a page."""
        return (self.observation.keys or 0) >= TYPED_KEYS

    @property
    def told(self) -> bool:
        """Words of a file that was brought in, which never stood on this screen; a window of it has none."""
        return self.observation.source == "import" and bool(self.observation.lines)

    @property
    def glanced(self) -> bool:
        timed = self.observation.source in {"screen", "window", "import"} and not (self.beside or self.told)
        return timed and self.observation.active_seconds < GLANCE_SECONDS

    @property
    def called(self) -> bool:
        """A call is on: what the screen shows may be another person's."""
        return self.observation.in_call or self.place.kind == "call"

    def sighting(self, topic: str, kind: Kind, quote: str, **more: object) -> Sighting:
        values: dict[str, object] = {"seconds": self.observation.active_seconds, **more}
        return Sighting(
            topic=topic,
            kind=kind,
            observation_id=self.observation.id,
            at=self.observation.ended_at,
            app=self.observation.app,
            quote=quote,
            **values,  # type: ignore[arg-type]  # named after the fields of Sighting
        )
