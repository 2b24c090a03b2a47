from __future__ import annotations

from datetime import UTC, date, datetime, time

from gum_app.rules.own_pages import (
    addressed,
    bar_of,
    confirmations,
    labelled_dates,
    own_dates,
    profile_of,
    progress_of,
    self_lines,
    without_mark,
)
from tests.screens import ANNA, a_row, a_screen, rows

SEEN = datetime(2026, 3, 10, 12, tzinfo=UTC)


def test_a_page_under_the_own_name_tells_role_and_manager() -> None:
    look = a_screen(rows("Role ¦ Teacher, Year 4", "Manager ¦ Eva Lind", "Owner ¦ Somebody else"))
    found = profile_of(look, ["Anna Berger", "Onboarding"], ANNA)
    assert [line.text for line in found] == ["Works as “Teacher, Year 4”.", "Has Eva Lind as manager."]


def test_a_page_under_another_name_tells_nothing() -> None:
    look = a_screen(rows("Role ¦ Teacher, Year 4", "Shadow week — from Mon 16 March"))
    assert profile_of(look, ["Eva Lind", "Profile"], ANNA) == []
    assert own_dates(look, ["Eva Lind"], ANNA, SEEN) == []


def test_days_ahead_on_an_own_page_are_the_person_s() -> None:
    look = a_screen(rows("Shadow week with Eva — from Mon 16 March", "“Name: Jane Doe, born 16 March 2027”"))
    assert [row.text for row in own_dates(look, ["Anna Berger"], ANNA, SEEN)] == [
        "Shadow week with Eva — from Mon 16 March"
    ]


def test_a_confirmation_comes_with_the_day_that_stands_near_it() -> None:
    look = a_screen(
        rows("Your booking RV-77120 has been changed.", "Pick-up Sat 28 March, 09:00 Mon 30 March 2026, 10:00"),
    )
    (entry,) = confirmations(look, SEEN)
    assert entry.deed == "arranged"
    assert entry.day is not None
    assert (entry.day.day, entry.day.start) == (date(2026, 3, 30), time(10))


def test_a_leave_that_was_handed_in_begins_with_its_first_day() -> None:
    look = a_screen(
        rows("From Monday 30 March 2026 to Tuesday 31 March 2026", "Submitted 13:14 · waiting for approval"),
    )
    (entry,) = confirmations(look, SEEN)
    assert entry.deed == "submitted"
    assert entry.day is not None and entry.day.day == date(2026, 3, 30)


def test_other_deeds_are_told_apart() -> None:
    look = a_screen(
        rows("Your subscription has been cancelled.", "", "", "", "Your Practice plan is active since today.")
    )
    assert {entry.deed for entry in confirmations(look, SEEN)} == {"cancelled", "signed up"}


def test_what_others_say_in_quotation_marks_is_no_confirmation() -> None:
    assert confirmations(a_screen(rows("“Your booking was confirmed in a minute!” Sofie, 29")), SEEN) == []


def test_a_course_tells_how_far_one_is() -> None:
    progress = progress_of(a_screen(rows("2 of 5 modules done · due Fri 13 March")))
    assert progress is not None and progress.text.startswith("2 of 5 modules")
    assert progress_of(a_screen(rows("41-day streak · Anna"))) is not None
    assert progress_of(a_screen(rows("step 2 of 3", "6 of 8 packs"))) is None


def test_a_progress_bar_in_a_terminal_is_read_by_its_count() -> None:
    bar = bar_of(a_screen(rows("Progress: [#####>-----] 41/94")))
    assert bar is not None and bar.text == "41/94"
    assert bar_of(a_screen(rows("still open: training 3 of 5 modules"))) is None


def test_a_row_that_begins_with_the_own_name_describes_the_person() -> None:
    look = a_screen(rows("Anna B. · Sign Language, Level 1", "Eva L. · Sign Language, Level 2"))
    assert [row.text for row in self_lines(look, ANNA)] == ["Anna B. · Sign Language, Level 1"]


def test_a_labelled_day_counts_on_a_page_that_names_the_person() -> None:
    look = a_screen(rows("Agent ¦ Anna Berger, Alder & Rill", "Last day ¦ Friday 15 May 2026"))
    ((label, _, day),) = labelled_dates(look, ANNA, SEEN)
    assert (label.text, day.day) == ("Last day", date(2026, 5, 15))
    assert labelled_dates(a_screen(rows("Last day ¦ Friday 15 May 2026")), ANNA, SEEN) == []


def test_a_page_that_greets_addresses_the_person() -> None:
    assert addressed(a_screen([a_row("You’re going, Anna!", x=300, y=100)]), ANNA)
    assert not addressed(a_screen([a_row("You’re going, Eva!", x=300, y=100)]), ANNA)


def test_a_check_mark_that_was_misread_is_cut_off() -> None:
    assert without_mark("Y Reserved until Sunday") == "Reserved until Sunday"
    assert without_mark("A word of welcome") == "A word of welcome"
