"""What this very machine says about its battery."""

from __future__ import annotations

from pathlib import Path

import pytest

from gum_app.world.power import read_power

SUPPLIES = Path("/sys/class/power_supply")


def test_the_battery_is_told_as_it_is_or_as_not_there() -> None:
    power = read_power()
    assert power is None or 0.0 <= power.percent <= 100.0


@pytest.mark.skipif(not SUPPLIES.is_dir(), reason="no /sys/class/power_supply on this system")
@pytest.mark.skipif(any(SUPPLIES.glob("*")), reason="this machine has a power supply to tell of")
def test_a_machine_without_a_battery_says_so() -> None:
    assert read_power() is None
