"""An instant comes back as it went in, on the wall clock too."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gum_app.store.instants import MICROS_PER_DAY, day_start, instant, micros, utc_offset

offsets = some.integers(min_value=-14 * 60, max_value=14 * 60)
instants = some.datetimes(
    min_value=datetime(1971, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=offsets.map(lambda minutes: timezone(timedelta(minutes=minutes))),
)


@given(instants)
def test_an_instant_and_its_wall_clock_survive(at: datetime) -> None:
    back = instant(micros(at), utc_offset(at))
    assert back == at
    assert back.utcoffset() == at.utcoffset()


@given(instants, instants)
def test_kept_instants_sort_like_instants(one: datetime, other: datetime) -> None:
    assert (micros(one) < micros(other)) == (one < other)


def test_an_instant_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 3, 10, 12)  # noqa: DTZ001
    with pytest.raises(ValueError, match="time zone"):
        micros(naive)
    with pytest.raises(ValueError, match="time zone"):
        utc_offset(naive)


def test_a_day_starts_at_midnight() -> None:
    assert instant(day_start(date(2026, 3, 10))) == datetime(2026, 3, 10, tzinfo=UTC)
    assert day_start(date(2026, 3, 11)) - day_start(date(2026, 3, 10)) == MICROS_PER_DAY
