"""What is known at one instant when somebody asks what could be offered: beliefs, the last hours, the moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from gum_app.pipeline.scene import Scene
from gum_app.records import Observation, Person, Proposition
from gum_app.suggestions import Moment, Suggestion

JUST_NOW = timedelta(minutes=10)  # an episode that ended longer ago is no reason to speak now


@dataclass(frozen=True, kw_only=True)
class Known:
    now: datetime
    person: Person
    beliefs: tuple[Proposition, ...] = ()  # current ones: the freshest and surest, and all with a day ahead
    lately: tuple[Observation, ...] = ()  # episodes and notifications of the last 36 hours, oldest first, with lines
    moment: Moment
    offered: tuple[Suggestion, ...] = ()  # of the last 60 days, whatever became of them

    @cached_property
    def scenes(self) -> tuple[Scene, ...]:
        """`lately`, oldest first. The last may still go on."""
        return tuple(Scene(observation, self.person) for observation in self.lately)

    @cached_property
    def just_now(self) -> tuple[Scene, ...]:
        """What was looked at in the last minutes, oldest first, without what lay beside it on another monitor."""
        since = self.now - JUST_NOW
        return tuple(each for each in self.scenes if each.observation.ended_at >= since and not each.beside)
