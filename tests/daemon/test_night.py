"""Once a night, when it disturbs nobody."""

from datetime import timedelta

import pytest

from gum_app.daemon.night import is_due, may_now
from gum_app.rules.budget import Circumstances
from tests.builders import NOON

MORNING = NOON.replace(hour=4)


def test_once_after_three_in_the_night() -> None:
    assert is_due(None, NOON)
    assert is_due(MORNING - timedelta(days=1), MORNING)
    assert not is_due(MORNING, NOON)
    assert not is_due(NOON, NOON + timedelta(hours=14)), "before three it is still the same night"
    assert is_due(NOON, NOON + timedelta(hours=15))


def test_a_machine_that_was_asleep_is_tidied_at_the_next_chance() -> None:
    assert is_due(NOON - timedelta(days=9), NOON.replace(hour=20))


def test_a_clock_that_jumped_back_makes_it_due_once() -> None:
    assert is_due(NOON + timedelta(days=400), NOON)
    assert not is_due(NOON, NOON)


@pytest.mark.parametrize(
    "here",
    [
        Circumstances(idle=False),
        Circumstances(idle=True, on_battery=True, battery_percent=99),
        Circumstances(idle=True, memory_short=True),
    ],
)
def test_not_while_somebody_works_nor_on_battery(here: Circumstances) -> None:
    assert not may_now(here)
    assert may_now(Circumstances(idle=True))
