"""What is known at one instant when somebody asks what could be offered: beliefs, the last hours, the moment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cached_property
from itertools import pairwise

from gum_app.pipeline.scene import Scene
from gum_app.records import Observation, ObservationId, Person, Proposition
from gum_app.rules.delicate import is_delicate
from gum_app.rules.layout import Segment
from gum_app.rules.own_pages import addressed
from gum_app.rules.secrets import CUT
from gum_app.rules.strangers import addresses_machines, looks_like_phishing
from gum_app.rules.wording import folded
from gum_app.suggestions import Moment, Suggestion

JUST_NOW = timedelta(minutes=10)  # what was read longer ago is no reason to speak now
SURE = 0.6  # the reader's confidence, 0–1, below which a row is not quoted
CALM_KEYS = 30  # a minute
BEGINS = timedelta(minutes=30)
PAUSED = timedelta(hours=4)  # after so long away a new day begins
ENDS_AT = time(17, 15)  # when a working day ends, where nobody has seen it
BEFORE, AFTER = timedelta(minutes=45), timedelta(minutes=90)
_STOPS = re.compile(r"stops at about (?P<at>\d{2}:\d{2})")


@dataclass(frozen=True, kw_only=True)
class Known:
    now: datetime
    person: Person
    beliefs: tuple[Proposition, ...] = ()  # current ones: the freshest and surest, and all with a day ahead
    lately: tuple[Observation, ...] = ()  # episodes and notifications of the last 36 hours, oldest first, with lines
    moment: Moment
    offered: tuple[Suggestion, ...] = ()  # of the last 60 days, whatever became of them
    # As they were prepared for an earlier look: what has not changed since is not prepared again.
    before: Mapping[ObservationId, Scene] = field(default_factory=dict)

    @cached_property
    def scenes(self) -> tuple[Scene, ...]:
        """`lately`, oldest first. The last may still go on."""
        return tuple(self._scene(observation) for observation in self.lately)

    @cached_property
    def looked_at(self) -> tuple[Scene, ...]:
        """What was in front: no notification, no note, nothing beside it, nothing of a call."""
        return tuple(
            each
            for each in self.scenes
            if each.observation.source in {"screen", "window"} and not (each.beside or each.called)
        )

    @cached_property
    def front(self) -> Scene | None:
        """What was in front last, if that was just now."""
        seen = [each for each in self.looked_at if each.observation.source == "window"] or self.looked_at
        last = max(seen, key=lambda each: (each.observation.ended_at, each.observation.id), default=None)
        return last if last is not None and last.observation.ended_at >= self.now - JUST_NOW else None

    @cached_property
    def just_now(self) -> tuple[Scene, ...]:
        """What was looked at in the last minutes, oldest first, without what lay beside it on another monitor."""
        since = self.now - JUST_NOW
        return tuple(each for each in self.scenes if each.observation.ended_at >= since and not each.beside)

    @cached_property
    def day_ends(self) -> bool:
        """Whether it is about the hour at which the person's working day ends."""
        found = [_STOPS.search(belief.text) for belief in self.beliefs if belief.topic == "routine:hours"]
        stops = next((time.fromisoformat(match["at"]) for match in found if match), ENDS_AT)
        at = datetime.combine(self.now.date(), stops, self.now.tzinfo)
        return self.now.weekday() < 5 and at - BEFORE <= self.now <= at + AFTER

    @cached_property
    def day_begins(self) -> bool:
        """Whether the person has come back within the last half hour, after so long that a new day has begun."""
        before = [each.observation for each in self.looked_at]
        gaps = [b.started_at for a, b in pairwise(before) if b.started_at - a.ended_at >= PAUSED]
        return bool(gaps) and self.now - gaps[-1] <= BEGINS

    @cached_property
    def is_calm(self) -> bool:
        """Whether the person may be spoken to of something else than what is in front: they do not write now."""
        keys = self.moment.keys_a_minute
        writes = self.front is not None and self.front.place.kind in {"compose", "chat"}
        return not writes and (keys is None or keys <= CALM_KEYS)

    def _scene(self, observation: Observation) -> Scene:
        before = self.before.get(observation.id)
        if before is not None and before.observation is observation and before.person == self.person:
            return before
        return Scene(observation, self.person)

    def since(self, scene: Scene) -> tuple[Scene, ...]:
        """What was looked at after that episode."""
        return tuple(each for each in self.looked_at if each.observation.started_at >= scene.observation.ended_at)

    def is_own(self, scene: Scene) -> bool:
        """A page that names the person, and no list of other people's."""
        name = folded(self.person.name)
        if not name:
            return False
        return addressed(scene.parts, self.person) or any(name in folded(part.text) for part in scene.parts)

    def is_fresh(self, part: Segment, scene: Scene) -> bool:
        """Whether a row was read in the last minutes."""
        return (part.at or scene.observation.ended_at) >= self.now - JUST_NOW


def paragraphs(scene: Scene) -> list[list[Segment]]:
    """The rows that may be quoted, those together that the reader took for one block."""
    found: dict[object, list[Segment]] = {}
    for part in rows(scene):
        found.setdefault((part.at, part.monitor, part.block), []).append(part)
    return list(found.values())


def rows(scene: Scene, like: re.Pattern[str] | None = None) -> tuple[Segment, ...]:
    """What may be quoted of an episode: surely read, and nobody's secret, advert, trick or order.

    `like`, one of the few patterns of a finder: only those that it is found in; where it is found nowhere, nothing else
    is looked at.
    """
    if like not in scene.quotable:
        scene.quotable[like] = tuple(_rows(scene, like))
    return scene.quotable[like]


def _rows(scene: Scene, like: re.Pattern[str] | None) -> Iterator[Segment]:
    if like is not None and not any(like.search(line.text) for line in scene.observation.lines):
        return
    if scene.imitates or looks_like_phishing([part.text for part in scene.parts]):
        return
    for part in scene.parts:
        if part.confidence < SURE or CUT in part.text or (like is not None and not like.search(part.text)):
            continue
        if not (is_delicate(part.text) or addresses_machines(part.text)):
            yield part
