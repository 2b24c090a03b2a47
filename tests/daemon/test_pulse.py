"""How busy somebody is, as far as the machine tells."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gum_app.daemon.pulse import Pulse
from tests.builders import NOON
from tests.daemon.watching import window

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def test_the_share_of_busy_seconds_is_that_of_the_last_minute() -> None:
    pulse = Pulse()
    for second in range(90):
        if second < 60 or second % 2:
            pulse.touch_second(NOON + second * SECOND)
            pulse.touch_second(NOON + second * SECOND + SECOND / 2)
    assert pulse.busy_share(NOON + 59 * SECOND) is None, "not watched for a minute yet"
    assert pulse.busy_share(NOON + 90 * SECOND) == pytest.approx(0.75, abs=0.03)
    assert pulse.busy_share(NOON + 200 * SECOND) == 0.0


def test_what_nobody_tells_is_unknown() -> None:
    pulse = Pulse()
    pulse.touch(NOON)
    pulse.count_keys(NOON, None)
    later = NOON + 5 * MINUTE
    assert (pulse.busy_share(later), pulse.keys_a_minute(later)) == (None, None)
    assert (pulse.in_front_seconds(later), pulse.strain_seconds(later)) == (0.0, 0.0)


def test_keys_are_those_a_minute_since_the_last_report_and_soon_say_nothing() -> None:
    pulse = Pulse()
    pulse.count_keys(NOON, 10)
    pulse.count_keys(NOON + 2 * MINUTE, 150)
    assert pulse.keys_a_minute(NOON + 3 * MINUTE) == 75
    assert pulse.keys_a_minute(NOON + 5 * MINUTE) is None


def test_a_window_is_in_front_since_it_came_or_changed_what_it_shows() -> None:
    pulse = Pulse()
    pulse.in_front(window(title="plan.md"), NOON)
    pulse.in_front(window(title="● plan.md"), NOON + MINUTE)  # only marked as changed
    assert pulse.in_front_seconds(NOON + 2 * MINUTE) == 120
    pulse.in_front(window(title="other.md"), NOON + 2 * MINUTE)
    assert pulse.in_front_seconds(NOON + 3 * MINUTE) == 60
    pulse.in_front(None, NOON + 3 * MINUTE)
    assert pulse.in_front_seconds(NOON + 3 * MINUTE) == 0


def test_strain_ends_with_a_pause_of_five_minutes() -> None:
    pulse = Pulse()
    for minute in range(0, 60, 4):
        pulse.touch(NOON + minute * MINUTE)
    assert pulse.strain_seconds(NOON + 57 * MINUTE) == 56 * 60
    assert pulse.strain_seconds(NOON + 61 * MINUTE) == 0, "it is a pause by now"
    pulse.touch(NOON + 62 * MINUTE)
    assert pulse.strain_seconds(NOON + 62 * MINUTE) == 0


def test_a_clock_that_is_put_back_begins_anew() -> None:
    pulse = Pulse()
    pulse.touch(NOON)
    pulse.touch(NOON - timedelta(hours=1))
    assert pulse.strain_seconds(NOON - timedelta(hours=1)) == 0


def test_after_a_kill_it_goes_on_as_if_there_had_been_none() -> None:
    pulse, again = Pulse(), Pulse()
    pulse.touch(NOON)
    pulse.in_front(window(), NOON)
    pulse.count_keys(NOON, 30)
    again.go_on(pulse.bookmark(), window())
    for each in (pulse, again):
        each.touch(NOON + MINUTE)
        each.in_front(window(), NOON + MINUTE)
    later = NOON + MINUTE
    for ask in ("keys_a_minute", "in_front_seconds", "strain_seconds", "busy_share"):
        assert getattr(again, ask)(later) == getattr(pulse, ask)(later)
