from __future__ import annotations

from datetime import UTC, date, datetime, time

from gum_app.rules.calendar_grid import end_of_axis, find_grid, find_weeks, hour_at, hour_axis
from tests.screens import a_row, a_screen, a_week, hours, rows

SEEN = datetime(2026, 3, 10, 12, tzinfo=UTC)


def test_a_week_is_dated_by_its_weekdays_and_numbers() -> None:
    look = a_screen([a_row("March 2026", x=300, y=130)], a_week(9))
    grid = find_grid(look)
    assert grid is not None
    assert [week.start for week in find_weeks(look, grid, "Calendar", SEEN)] == [date(2026, 3, 9)]


def test_a_misread_number_does_not_move_the_week() -> None:
    week = [line for line in a_week(9) if line.text != "11"]
    look = a_screen([a_row("March 2026", x=300, y=130)], [*week, a_row("1", x=740, y=204)])
    grid = find_grid(look)
    assert grid is not None
    assert find_weeks(look, grid, "", SEEN)[0].start == date(2026, 3, 9)


def test_a_week_that_begins_on_sunday_is_read_as_one() -> None:
    look = a_screen(a_week(8, names="SUN MON TUE WED THU FRI SAT"))
    grid = find_grid(look)
    assert grid is not None
    assert find_weeks(look, grid, "", SEEN)[0].start == date(2026, 3, 8)


def test_the_number_may_stand_beside_the_name_of_the_day() -> None:
    names = [a_row(f"{name} {27 + n}", x=300 + n * 220, y=200) for n, name in enumerate(("Mon", "Tue", "Wed", "Thu"))]
    look = a_screen(names)
    grid = find_grid(look)
    assert grid is not None
    assert find_weeks(look, grid, "April and May 2026", SEEN)[0].start == date(2026, 4, 27)


def test_missing_columns_are_filled_in() -> None:
    look = a_screen([line for line in a_week(9) if line.text not in {"WED", "THU"}])
    grid = find_grid(look)
    assert grid is not None
    assert len(grid.middles) == 7


def test_weekdays_in_ordinary_text_are_no_grid() -> None:
    assert find_grid(a_screen(rows("Mon", "Tue", "Wed", "Thu", "Fri"))) is None
    assert find_grid(a_screen(rows("We meet on Mon or Tue or Wed"))) is None


def test_the_axis_gives_the_hour_of_a_box_and_survives_a_misread_label() -> None:
    week = a_week(9)
    labels = [line for line in hours() if line.text != "19:00"]
    look = a_screen(week, [*labels, a_row("18:00", x=120, y=260 + 11 * 60)])
    grid = find_grid(look)
    assert grid is not None
    axis = hour_axis(look, grid)
    assert (266 + 11 * 60, 18) not in axis
    assert hour_at(260 + 6 + 3 * 60 + 15 + 7, axis) == time(11, 15)
    assert hour_at(200, axis) is None
    assert end_of_axis(axis) > 266 + 10 * 60
    assert hour_at(500, []) is None
