"""Time: the real clock carries a zone, the set clock stands still."""

from datetime import UTC, datetime, timedelta
from threading import Event

from gum_app.clock import SetClock, SystemClock


def test_the_system_clock_knows_its_zone_and_wakes_when_told_to_stop() -> None:
    clock, stop = SystemClock(), Event()
    assert clock.now().tzinfo is not None
    stop.set()
    before = clock.monotonic_seconds()
    assert clock.wait(60, stop) is True
    assert clock.monotonic_seconds() - before < 5


def test_a_set_clock_moves_only_when_it_is_put() -> None:
    start = datetime(2026, 3, 10, 9, tzinfo=UTC)
    clock = SetClock(start)
    assert clock.wait(3600, Event()) is False
    assert clock.now() == start
    clock.put(start + timedelta(minutes=5))
    assert clock.monotonic_seconds() == 300
