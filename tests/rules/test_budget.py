from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gum_app.records import Call
from gum_app.rules.budget import (
    LOW_BATTERY_PERCENT,
    PICTURES_A_LOOK,
    Allowance,
    Circumstances,
    Spent,
    allowance,
    most_pictures,
    reason_to_wait,
    spent,
)
from gum_app.rules.stills import MOST_STILLS
from gum_app.settings import Settings

NOW = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)
ALLOWED = Allowance(vision_calls_an_hour=2, pictures_an_hour=4, compute_seconds_an_hour=60, when="always")
AT_THE_DESK = Circumstances(idle=False)
NOTHING = Spent()


def call(minutes_ago: float, *, step: str = "observe", pictures: int = 1, seconds: float = 10.0) -> Call:
    return Call(
        at=NOW - timedelta(minutes=minutes_ago),
        step=step,
        model="tiny",
        pictures=pictures,
        milliseconds=round(seconds * 1000),
    )


def test_only_the_last_hour_counts() -> None:
    so_far = spent([call(61), call(59), call(1, pictures=0)], NOW)
    assert (so_far.vision_calls, so_far.pictures, so_far.compute_seconds) == (1, 1, 20.0)
    assert so_far.resets_at == NOW + timedelta(minutes=1)


def test_three_pictures_in_one_call_are_one_call() -> None:
    assert spent([call(1, pictures=3)], NOW).vision_calls == 1


def test_what_the_person_asks_for_is_not_held_against_the_background() -> None:
    assert spent([call(1, step="try"), call(2, step="answer")], NOW) == NOTHING


def test_calls_of_a_clock_that_was_put_back_do_not_count_for_ever() -> None:
    assert spent([call(-5)], NOW) == NOTHING


def test_nothing_is_in_the_way_of_the_first_call() -> None:
    assert reason_to_wait(ALLOWED, NOTHING, AT_THE_DESK, vision=True, now=NOW) is None


def test_pictures_are_used_up_before_words_are() -> None:
    so_far = spent([call(50), call(10)], NOW)
    assert reason_to_wait(ALLOWED, so_far, AT_THE_DESK, vision=False, now=NOW) is None
    reason = reason_to_wait(ALLOWED, so_far, AT_THE_DESK, vision=True, now=NOW)
    assert reason is not None and "2 episodes" in reason and "14:10" in reason


def test_seconds_are_used_up_for_both() -> None:
    so_far = spent([call(30, seconds=61)], NOW)
    for vision in (True, False):
        reason = reason_to_wait(ALLOWED, so_far, AT_THE_DESK, vision=vision, now=NOW)
        assert reason is not None and "61 seconds" in reason and "14:30" in reason


def test_it_goes_on_when_what_was_used_up_is_an_hour_old_and_not_before() -> None:
    """What was asked about words an hour ago gives back no look."""
    so_far = spent([call(59, pictures=0), call(50), call(10)], NOW)
    reason = reason_to_wait(ALLOWED, so_far, AT_THE_DESK, vision=True, now=NOW)
    assert reason is not None and "14:10" in reason
    twice = spent([call(50, seconds=30), call(40, seconds=40), call(30, seconds=40)], NOW)
    reason = reason_to_wait(ALLOWED, twice, AT_THE_DESK, vision=False, now=NOW)
    assert reason is not None and "14:20" in reason


def test_pictures_are_two_a_look_and_one_is_left_for_each_look_that_may_follow() -> None:
    allowed, calls, shown = allowance(Settings()), list[Call](), list[int]()
    for minute in range(59, 0, -1):
        so_far = spent(calls, NOW)
        if reason_to_wait(allowed, so_far, AT_THE_DESK, vision=True, now=NOW):
            break
        shown.append(most_pictures(allowed, so_far))
        calls.append(call(minute, pictures=shown[-1], seconds=1.0))
    assert shown == [MOST_STILLS] * 10 + [1] * 10
    assert sum(shown) == allowed.pictures_an_hour == PICTURES_A_LOOK * allowed.vision_calls_an_hour


def test_after_less_was_allowed_no_picture_is_shown_until_it_is_an_hour_old() -> None:
    so_far = spent([call(50, pictures=3), call(40, pictures=3)], NOW)
    fewer = allowance(Settings(vision_calls_an_hour=3))
    assert most_pictures(fewer, so_far) == 0
    reason = reason_to_wait(fewer, so_far, AT_THE_DESK, vision=True, now=NOW)
    assert reason is not None and "6 pictures" in reason and "14:10" in reason


def test_no_pictures_at_all_is_a_wish_not_a_shortage() -> None:
    none = Allowance(vision_calls_an_hour=0, pictures_an_hour=0, compute_seconds_an_hour=60, when="always")
    assert reason_to_wait(none, NOTHING, AT_THE_DESK, vision=True, now=NOW) == (
        "The model looks at no pictures, as set."
    )


@pytest.mark.parametrize(
    ("when", "circumstances", "waits"),
    [
        ("always", Circumstances(idle=False, on_battery=True, battery_percent=80), False),
        ("always", Circumstances(idle=False, on_battery=True, battery_percent=LOW_BATTERY_PERCENT - 1), True),
        ("always", Circumstances(idle=False, on_battery=False, battery_percent=5), False),
        ("always", Circumstances(idle=True, memory_short=True), True),
        ("mains", Circumstances(idle=False, on_battery=True, battery_percent=80), True),
        ("mains", Circumstances(idle=False), False),
        ("idle", Circumstances(idle=False), True),
        ("idle", Circumstances(idle=True, on_battery=True, battery_percent=80), False),
    ],
)
def test_the_machine_comes_first(when: str, circumstances: Circumstances, waits: bool) -> None:
    allowed = allowance(Settings(think_when=when))  # type: ignore[arg-type]
    assert (reason_to_wait(allowed, NOTHING, circumstances, vision=True, now=NOW) is not None) == waits
