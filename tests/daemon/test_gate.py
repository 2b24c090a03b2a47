"""Whether looking is allowed: consent first, a light on, nothing in the way."""

from datetime import timedelta

import pytest

from gum_app.daemon.gate import LIGHT_SECONDS, Gate, tomorrow_morning
from tests.builders import NOON


def open_gate() -> Gate:
    gate = Gate(needs_light=True)
    gate.consent()
    gate.light_seen(100.0)
    return gate


def test_nothing_is_looked_at_before_consent() -> None:
    gate = Gate(needs_light=False)
    assert gate.refusal(NOON, 0) == "not started yet"
    gate.consent()
    assert gate.refusal(NOON, 0) is None


def test_no_light_no_recording() -> None:
    gate = Gate(needs_light=True)
    gate.consent()
    assert gate.refusal(NOON, 100.0) == "no tray to show that it watches"
    gate.light_seen(100.0)
    assert gate.refusal(NOON, 100.0 + LIGHT_SECONDS) is None
    assert gate.refusal(NOON, 100.5 + LIGHT_SECONDS) == "no tray to show that it watches"


def test_a_pause_ends_by_itself_or_when_told() -> None:
    gate = open_gate()
    gate.pause(NOON + timedelta(minutes=15))
    assert gate.refusal(NOON, 100.0) == "paused"
    assert gate.refusal(NOON + timedelta(minutes=15), 100.0) is None
    gate.pause(NOON + timedelta(hours=1))
    gate.resume()
    assert gate.refusal(NOON, 100.0) is None


@pytest.mark.parametrize("field", ["locked", "asleep", "sharing", "away"])
def test_each_state_shuts_the_gate(field: str) -> None:
    gate = open_gate()
    setattr(gate, field, True)
    assert gate.refusal(NOON, 100.0) is not None


def test_until_tomorrow_means_the_morning() -> None:
    assert tomorrow_morning(NOON) == NOON.replace(day=11, hour=6)
