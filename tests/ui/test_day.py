"""A day as lanes and lines."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from gum_app.records import Skip
from gum_app.ui.day import MOST_LANES, bounds, day_of, entries
from tests.builders import an_observation
from tests.ui.life import an_account

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = date(2026, 3, 10)


def at(hour: int, minute: int = 0, day: int = 10) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=BERLIN)


def seen(number: int, begun: datetime, minutes: int, app: str = "qgis") -> object:
    return an_observation(number, app=app, started_at=begun, ended_at=begun + timedelta(minutes=minutes))


def test_the_program_used_longest_has_the_first_lane() -> None:
    day = day_of(TUESDAY, [seen(1, at(9), 10, "mail"), seen(2, at(10), 30), seen(3, at(11), 5, "mail")], [], BERLIN)  # type: ignore[list-item]
    assert [(lane.name, lane.seconds, len(lane.bars)) for lane in day.lanes] == [("QGIS", 1800, 1), ("Mail", 900, 2)]
    assert (day.begins_at, day.ends_at) == (at(9), at(13))


def test_what_a_model_told_of_an_episode_stands_beside_it() -> None:
    account = an_account("Planned a park.", 1)
    both = [seen(1, at(9), 10), seen(2, at(10), 30)]
    day = day_of(TUESDAY, both, [], BERLIN, {account.observation_id: account})  # type: ignore[arg-type]
    line = "What you did, as the model tells it: Planned a park."
    assert [entry.account for entry in entries(day)] == [None, account]
    assert [bar.says.endswith(line) for bar in day.lanes[0].bars] == [True, False]


def test_many_programs_share_the_last_lane() -> None:
    day = day_of(TUESDAY, [seen(n, at(9, n), 1, f"app{n}") for n in range(12)], [], BERLIN)  # type: ignore[misc]
    assert len(day.lanes) == MOST_LANES + 1
    assert day.lanes[-1].name == "Others (5)"


def test_what_reaches_over_midnight_is_cut_there() -> None:
    day = day_of(TUESDAY, [seen(1, at(23, 30, day=9), 60)], [], BERLIN)  # type: ignore[list-item]
    assert (day.lanes[0].bars[0].started_at, day.seconds) == (at(0), 1800)


def test_looking_away_is_told_by_its_rule_and_is_no_program() -> None:
    skip = Skip(started_at=at(12), ended_at=at(12, 30), rule="locked", count=2)
    day = day_of(TUESDAY, [seen(1, at(9), 30)], [skip], BERLIN)  # type: ignore[list-item]
    assert day.away[0].says == "12:00–12:30  Looked away twice: locked"
    assert [(entry.app, entry.what) for entry in entries(day)] == [
        ("", "Not looked at: locked (twice)"),
        ("QGIS", day.observations[0].title),
    ]
    assert entries(day)[0].episode is None


def test_a_day_of_only_looking_away_shows_when_that_was() -> None:
    skip = Skip(started_at=at(2, 50), ended_at=at(3, 10), rule="locked")
    assert day_of(TUESDAY, [], [skip], BERLIN).begins_at == at(2)


def test_a_day_on_which_the_clocks_change_has_its_own_length() -> None:
    begins, ends = bounds(date(2026, 3, 29), BERLIN)
    assert (ends.astimezone(ZoneInfo("UTC")) - begins.astimezone(ZoneInfo("UTC"))) == timedelta(hours=23)


def test_a_late_evening_still_has_four_hours_to_be_drawn_on() -> None:
    day = day_of(TUESDAY, [seen(1, at(23, 10), 20)], [], BERLIN)  # type: ignore[list-item]
    assert (day.begins_at, day.ends_at) == (at(20), at(0, day=11))
    assert day_of(TUESDAY, [], [], BERLIN).is_empty
