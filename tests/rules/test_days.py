from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from gum_app.rules.days import clock_times, day_text, days_in, recurs, weekday_number

TUESDAY = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("due Fri 13 March", date(2026, 3, 13)),
        ("Mon 30 March 2026, 10:00", date(2026, 3, 30)),
        ("March 16, then", date(2026, 3, 16)),
        ("the 1st of April", date(2026, 4, 1)),
        ("expires 28/09/2026", date(2026, 9, 28)),
        ("on 2026-03-30", date(2026, 3, 30)),
        ("by FRIDAY", date(2026, 3, 13)),
        ("next Tuesday", date(2026, 3, 17)),
        ("tomorrow", date(2026, 3, 11)),
        ("from the 24th I am away", date(2026, 3, 24)),
        ("Friday the 20th", date(2026, 3, 20)),
        ("Thursday at 11", date(2026, 3, 12)),
        ("9 January", date(2027, 1, 9)),
    ],
)
def test_a_day_is_resolved_against_the_day_on_which_it_was_read(text: str, day: date) -> None:
    assert [found.day for found in days_in(text, TUESDAY)] == [day]


def test_hours_behind_a_day_belong_to_it() -> None:
    (found,) = days_in("Thursday 19 March 2026, 19:00–21:30", TUESDAY)
    assert (found.start, found.end) == (time(19), time(21, 30))
    assert found.phrase == "Thursday 19 March 2026, 19:00–21:30"


@pytest.mark.parametrize("text", ["24–31 October", "Sat 24 – Sat 31 Oct", "24 to 31 October"])
def test_a_range_has_a_last_day(text: str) -> None:
    (found,) = days_in(text, datetime(2026, 9, 30, tzinfo=UTC))
    assert (found.day, found.last_day) == (date(2026, 10, 24), date(2026, 10, 31))


def test_both_days_of_a_move_are_found_in_their_order() -> None:
    found = days_in("moves from Saturday 28 March to Monday 30 March at 09:30", TUESDAY)
    assert [day.day for day in found] == [date(2026, 3, 28), date(2026, 3, 30)]


@pytest.mark.parametrize(
    "text", ["03/04/2026 or so", "61 of 64 shards", "I may 3 times", "version 1.2", "", "monday mood"]
)
def test_what_could_mean_two_days_or_none_is_none(text: str) -> None:
    assert days_in(text, TUESDAY) == ()


def test_the_position_of_a_phrase_lets_it_be_cut_out() -> None:
    text = "It is cancelled for 31 October."
    (found,) = days_in(text, TUESDAY)
    assert text[found.position : found.position + len(found.phrase)] == "31 October"


def test_a_day_is_written_with_its_weekday_and_year() -> None:
    assert day_text(date(2026, 3, 30)) == "Monday 30 March 2026"


def test_clock_times_know_halves_of_the_day() -> None:
    assert clock_times("from 2 pm to 3 pm") == (time(14), time(15))
    assert clock_times("no hours here") is None


def test_shortened_weekdays_have_numbers() -> None:
    assert [weekday_number(name) for name in ("Mon", "tues", "SUN", "x")] == [0, 1, 6, None]


@pytest.mark.parametrize("text", ["Swims on Mondays.", "Meets Ann every Friday.", "Often plays on Sat 24 Oct."])
def test_what_happens_again_and_again_names_no_last_day(text: str) -> None:
    assert recurs(text)
    assert not recurs("Meets Ann on Friday 23 October.")
