from __future__ import annotations

from datetime import UTC, date, datetime, time

from gum_app.records import Line
from gum_app.rules.calendar_views import Appointment, is_whole, read_calendar
from tests.screens import a_row, a_screen, a_week, hours, in_week, rows

SEEN = datetime(2026, 3, 10, 12, tzinfo=UTC)


def entries(*groups: list[Line]) -> list[Appointment]:
    view = read_calendar(a_screen(*groups), "Calendar – March 2026", SEEN)
    return list(view.appointments) if view else []


def test_an_entry_has_the_day_of_its_column_and_the_hours_it_names() -> None:
    (entry,) = entries(a_week(9), hours(), in_week(2, 18.5, "Bouldering with Mila", "18:30–20:30 · Blok Boulders"))
    assert (entry.title, entry.day) == ("Bouldering with Mila", date(2026, 3, 11))
    assert (entry.start, entry.end, entry.detail) == (time(18, 30), time(20, 30), "Blok Boulders")


def test_an_entry_without_hours_begins_where_its_box_stands() -> None:
    (entry,) = entries(a_week(9), hours(), in_week(0, 14, "Claddagh Cycles review"))
    assert entry.start == time(14)


def test_an_entry_above_the_axis_is_for_the_whole_day() -> None:
    (entry,) = entries(a_week(9), hours(), [a_row("Security training due", x=250 + 4 * 220, y=232)])
    assert (entry.title, entry.day, entry.start) == ("Security training due", date(2026, 3, 13), None)


def test_a_title_may_go_on_in_the_next_row() -> None:
    found = entries(a_week(9), hours(), in_week(3, 14.25, "14:15 Kit:", "assembly"))
    assert [entry.title for entry in found] == ["Kit: assembly"]


def test_what_recurs_alone_is_not_melted_with_what_stands_below_it() -> None:
    runs = [in_week(day, 9, "School run") for day in range(5)]
    below = [a_row("Working from home", x=250 + 4 * 220, y=260 + 6 + 60 + 7 + 16)]
    found = entries(a_week(9), hours(), *runs, below)
    assert [entry.title for entry in found].count("School run") == 5
    assert "Working from home" in [entry.title for entry in found]


def test_a_month_is_read_row_by_row() -> None:
    names = [
        a_row(name, x=300 + n * 220, y=180) for n, name in enumerate(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"])
    ]
    weeks = [a_row(str(2 + 7 * week + n), x=300 + n * 220, y=210 + week * 120) for week in range(3) for n in range(7)]
    cell = [a_row("09:00 First day", x=250, y=210 + 120 + 22)]
    (entry,) = entries(names, weeks, cell)
    assert (entry.title, entry.day, entry.start) == ("First day", date(2026, 3, 9), time(9))


def test_a_list_of_dates_is_a_calendar_too() -> None:
    (entry,) = entries([a_row("Fri 23 Oct – CT1 Burke Joinery", x=20, y=500)])
    assert (entry.title, entry.day) == ("CT1 Burke Joinery", date(2026, 10, 23))


def test_a_day_may_stand_above_its_entry() -> None:
    (entry,) = entries(rows("Fri 8 to Sun 10 May", "Ludlow, Mum 70", x=1400))
    assert (entry.title, entry.day, entry.last_day) == ("Ludlow, Mum 70", date(2026, 5, 8), date(2026, 5, 10))


def test_an_agenda_lists_hours_under_the_heading_of_a_day() -> None:
    found = entries(rows("Thursday 12 March 2026", "11:00 Incident review", "14:00–15:00 Dentist", x=300))
    assert [(entry.title, entry.day, entry.start) for entry in found] == [
        ("Incident review", date(2026, 3, 12), time(11)),
        ("Dentist", date(2026, 3, 12), time(14)),
    ]


def test_other_screens_are_no_calendar() -> None:
    assert read_calendar(a_screen(rows("Nothing to see here", "at all")), "", SEEN) is None


def test_a_title_in_small_letters_or_with_half_a_bracket_is_not_whole() -> None:
    assert is_whole("Show & tell")
    assert not is_whole("lukas")
    assert not is_whole("Wharf (was Tue 28")
