"""What the model may spend in the background, and when: pictures and seconds an hour, and never against the machine.

What the person asks for themselves (a chat, a try) is not held back; it is counted all the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from gum_app.records import Call
from gum_app.rules.durations import clock_time

ThinkWhen = Literal["idle", "mains", "always"]

HOUR = timedelta(hours=1)
LOW_BATTERY_PERCENT = 30.0  # below it nothing is computed in the background, whatever was chosen
BACKGROUND = frozenset({"observe", "propose"})


@dataclass(frozen=True, kw_only=True)
class Allowance:
    vision_calls_an_hour: int
    compute_seconds_an_hour: int
    when: ThinkWhen


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """How the machine is now. `battery_percent` is None where there is no battery."""

    idle: bool
    on_battery: bool = False
    battery_percent: float | None = None
    memory_short: bool = False


@dataclass(frozen=True, kw_only=True)
class Spent:
    """What the last hour's calls in the background took. `since` is when the oldest of them was made."""

    vision_calls: int = 0
    compute_seconds: float = 0.0
    since: datetime | None = None

    @property
    def resets_at(self) -> datetime | None:
        """From when on there is a little more again."""
        return self.since + HOUR if self.since is not None else None


def spent(calls: Iterable[Call], now: datetime) -> Spent:
    counted = [call for call in calls if call.step in BACKGROUND and now - HOUR < call.at <= now]
    return Spent(
        vision_calls=sum(call.pictures > 0 for call in counted),
        compute_seconds=sum(call.milliseconds for call in counted) / 1000,
        since=min((call.at for call in counted), default=None),
    )


def reason_to_wait(
    allowance: Allowance, so_far: Spent, circumstances: Circumstances, *, vision: bool, now: datetime
) -> str | None:
    """Why the model does not think now, as a sentence; None where it may. `vision`: the next call shows it pictures."""
    return _machine_says_no(allowance.when, circumstances) or _used_up(allowance, so_far, vision=vision, now=now)


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


def _used_up(allowance: Allowance, so_far: Spent, *, vision: bool, now: datetime) -> str | None:
    again = f", and goes on at about {clock_time(so_far.resets_at, now)}" if so_far.resets_at is not None else ""
    if so_far.compute_seconds >= allowance.compute_seconds_an_hour:
        return f"The model has computed {so_far.compute_seconds:.0f} seconds within the hour, as much as it may{again}."
    if vision and so_far.vision_calls >= allowance.vision_calls_an_hour:
        if not allowance.vision_calls_an_hour:
            return "The model looks at no pictures, as set."
        return f"The model has looked at {so_far.vision_calls} episodes within the hour, as many as it may{again}."
    return None
