"""What the model may spend in the background, and when: pictures and seconds an hour, and never against the machine.

What the person asks for themselves (a chat, a try) is not held back; it is counted all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gum_app.records import Call
from gum_app.rules.durations import clock_time
from gum_app.rules.stills import MOST_STILLS
from gum_app.settings import Settings, ThinkWhen

HOUR = timedelta(hours=1)
LOW_BATTERY_PERCENT = 30.0  # below it nothing is computed in the background, whatever was chosen
BACKGROUND = frozenset({"observe", "propose", "audit", "triage", "suggest", "embed"})
# On average: an hour has so many times as many pictures as episodes. The implementation of the paper looks at 840 to
# 1,680 pictures an hour; with the 20 episodes that are usual here, it is at least 20 times fewer whatever happens.
PICTURES_A_LOOK = 2


@dataclass(frozen=True, kw_only=True)
class Allowance:
    vision_calls_an_hour: int
    pictures_an_hour: int
    compute_seconds_an_hour: int
    when: ThinkWhen


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """How the machine is now. `battery_percent` is None where there is no battery."""

    idle: bool
    on_battery: bool = False
    battery_percent: float | None = None
    memory_short: bool = False


@dataclass(frozen=True)
class Spent:
    """The last hour's calls in the background, the oldest first."""

    calls: tuple[Call, ...] = ()

    @property
    def looks(self) -> tuple[Call, ...]:
        return tuple(call for call in self.calls if call.pictures)

    @property
    def vision_calls(self) -> int:
        return len(self.looks)

    @property
    def pictures(self) -> int:
        return sum(call.pictures for call in self.calls)

    @property
    def compute_seconds(self) -> float:
        return sum(_seconds(call) for call in self.calls)

    @property
    def resets_at(self) -> datetime | None:
        """From when on there is a little more again."""
        return self.calls[0].at + HOUR if self.calls else None


def allowance(settings: Settings) -> Allowance:
    return Allowance(
        vision_calls_an_hour=settings.vision_calls_an_hour,
        pictures_an_hour=PICTURES_A_LOOK * settings.vision_calls_an_hour,
        compute_seconds_an_hour=settings.compute_seconds_an_hour,
        when=settings.think_when,
    )


def spent(calls: Iterable[Call], now: datetime) -> Spent:
    counted = [call for call in calls if call.step in BACKGROUND and now - HOUR < call.at <= now]
    return Spent(tuple(sorted(counted, key=lambda call: call.at)))


def most_pictures(allowed: Allowance, so_far: Spent) -> int:
    """How many the next look may have: as many as an episode has, while one is left for each look that may follow."""
    looks_after = max(0, allowed.vision_calls_an_hour - so_far.vision_calls - 1)
    return min(MOST_STILLS, max(0, allowed.pictures_an_hour - so_far.pictures - looks_after))


def reason_to_wait(
    allowed: Allowance, so_far: Spent, circumstances: Circumstances, *, vision: bool, now: datetime
) -> str | None:
    """Why the model does not think now, as a sentence; None where it may. `vision`: the next call shows it pictures."""
    return _machine_says_no(allowed.when, circumstances) or _used_up(allowed, so_far, vision=vision, now=now)


def why_wait(
    settings: Settings, calls: Iterable[Call], circumstances: Circumstances, *, now: datetime, vision: bool = False
) -> str | None:
    """The same, by the settings and the calls of the last hour."""
    return reason_to_wait(allowance(settings), spent(calls, now), circumstances, vision=vision, now=now)


def _machine_says_no(when: ThinkWhen, now: Circumstances) -> str | None:
    if now.memory_short:
        return "The model waits: the computer is short of memory."
    if now.on_battery and now.battery_percent is not None and now.battery_percent < LOW_BATTERY_PERCENT:
        return f"The model waits: the battery is below {LOW_BATTERY_PERCENT:.0f} %."
    if when == "mains" and now.on_battery:
        return "The model waits for mains power, as set."
    if when == "idle" and not now.idle:
        return "The model waits until you are away, as set."
    return None


def _used_up(allowed: Allowance, so_far: Spent, *, vision: bool, now: datetime) -> str | None:
    if so_far.compute_seconds >= allowed.compute_seconds_an_hour:
        spans = [(call, _seconds(call)) for call in so_far.calls]
        again = _again(spans, allowed.compute_seconds_an_hour, now)
        return f"The model has computed {so_far.compute_seconds:.0f} seconds within the hour, as much as it may{again}."
    if not vision:
        return None
    if not allowed.vision_calls_an_hour:
        return "The model looks at no pictures, as set."
    if so_far.vision_calls >= allowed.vision_calls_an_hour:
        again = _again([(call, 1) for call in so_far.looks], allowed.vision_calls_an_hour, now)
        return f"The model has looked at {so_far.vision_calls} episodes within the hour, as many as it may{again}."
    if not most_pictures(allowed, so_far):
        again = _again([(call, call.pictures) for call in so_far.looks], allowed.pictures_an_hour, now)
        return f"The model has looked at {so_far.pictures} pictures within the hour, as many as it may{again}."
    return None


def _again(taken: Sequence[tuple[Call, float]], most: float, now: datetime) -> str:
    """When so many of them are an hour old, the oldest first, that less than `most` is left."""
    left = sum(amount for _, amount in taken)
    for call, amount in taken:
        left -= amount
        if left < most:
            return f", and goes on at about {clock_time(call.at + HOUR, now)}"
    return ""


def _seconds(call: Call) -> float:
    return call.milliseconds / 1000
