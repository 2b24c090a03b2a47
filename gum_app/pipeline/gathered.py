"""All sightings of one topic, counted: each episode once, however often its words were read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from gum_app.records import Draft, Evidence, Kind, Person, Sighting

MOST_EVIDENCE = 12
CLAIMED = "claimed"  # the detail of a sighting of what a page alone says, where the person did nothing


@dataclass(frozen=True)
class Gathered:
    sightings: tuple[Sighting, ...]
    person: Person
    now: datetime

    @cached_property
    def episodes(self) -> list[Sighting]:
        """One sighting an episode, the strongest and newest, in the order of time."""
        best: dict[object, Sighting] = {}
        for sighting in self.sightings:
            known = best.get(sighting.observation_id)
            if known is None or (sighting.weight, sighting.seconds, sighting.at) >= (
                known.weight,
                known.seconds,
                known.at,
            ):
                best[sighting.observation_id] = sighting
        return sorted(best.values(), key=lambda sighting: sighting.at)

    @property
    def newest(self) -> Sighting:
        return self.episodes[-1]

    @property
    def strongest(self) -> Sighting:
        return max(self.episodes, key=lambda sighting: (sighting.weight, sighting.at))

    @cached_property
    def seconds(self) -> float:
        return sum(sighting.seconds for sighting in self.episodes)

    @property
    def minutes(self) -> int:
        return round(self.seconds / 60)

    @cached_property
    def days(self) -> set[date]:
        return {sighting.at.date() for sighting in self.episodes}

    @cached_property
    def keys(self) -> int | None:
        """Keys pressed in all episodes; None where this machine does not count them."""
        counted = [int(sighting.detail["keys"]) for sighting in self.episodes if sighting.detail.get("keys")]
        return sum(counted) if counted else None

    def most(self, name: str, limit: int = 3) -> list[str]:
        """The values of a detail, those with the most seconds first."""
        spent: Counter[str] = Counter()
        for sighting in self.episodes:
            if sighting.detail.get(name):
                spent[sighting.detail[name]] += max(1, round(sighting.seconds))
        return [value for value, _ in spent.most_common(limit)]

    def counted(self) -> str:
        """How often and how long, for the sentence that says why."""
        episodes = _several(len(self.episodes), "episode")
        days = _several(len(self.days), "day")
        spent = f", {_several(self.minutes, 'minute')} in all" if self.minutes else ""
        return f"{episodes} on {days}{spent}"

    def evidence(self, only: Sequence[Sighting] | None = None) -> tuple[Evidence, ...]:
        """The strongest and newest episodes, at most twelve, in the order of time."""
        chosen = sorted(self.episodes if only is None else only, key=lambda s: (s.weight, s.at), reverse=True)[
            :MOST_EVIDENCE
        ]
        return tuple(
            Evidence(
                observation_id=sighting.observation_id,
                quote=sighting.quote,
                supports=sighting.supports,
                at=sighting.at,
                app=sighting.app,
                weight=sighting.weight,
            )
            for sighting in sorted(chosen, key=lambda s: s.at)
        )

    def draft(
        self,
        text: str,
        *,
        kind: Kind,
        raw: float,
        half_life_days: float,
        why: str,
        rule: str,
        ceiling: float = 0.95,
        value: str = "",
        only: Sequence[Sighting] | None = None,
    ) -> Draft:
        return Draft(
            topic=self.sightings[0].topic,
            kind=kind,
            text=" ".join(text.split()),
            value=value,
            confidence_raw=max(0.0, min(raw, 1.0)),
            ceiling=ceiling,
            half_life_days=half_life_days,
            evidence=self.evidence(only),
            why=why,
            made_by=f"rule:{rule}",
        )


def _several(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
