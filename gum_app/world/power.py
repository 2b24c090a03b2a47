"""Whether the machine runs on its battery, and how full that is."""

from __future__ import annotations

from dataclasses import dataclass

import psutil


@dataclass(frozen=True)
class Power:
    on_battery: bool
    percent: float  # 0–100


def read_power() -> Power | None:
    """None: there is no battery, or it cannot be told where the current comes from."""
    try:
        battery = psutil.sensors_battery()
    except FileNotFoundError:  # a system without /sys, like many a container, tells of no battery either
        return None
    if battery is None or battery.power_plugged is None:
        return None
    return Power(on_battery=not battery.power_plugged, percent=float(battery.percent))
