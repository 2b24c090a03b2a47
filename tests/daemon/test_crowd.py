"""Of a program that shows many at once the first are kept, and the others counted."""

from __future__ import annotations

from datetime import timedelta

from gum_app.daemon.crowd import MOST_OF_A_PROGRAM, MOST_OF_ALL, MOST_PROGRAMS, WITHIN, Crowd
from gum_app.digest import DigestId
from tests.builders import NOON


def fill(crowd: Crowd, app: str, number: int, first: int = 0) -> None:
    for each in range(number):
        assert crowd.counts_with(app, NOON) is None
        crowd.keep(app, NOON, DigestId(first + each))


def test_when_a_program_shows_too_much_the_rest_counts_with_its_last() -> None:
    crowd = Crowd()
    fill(crowd, "Spam", MOST_OF_A_PROGRAM)
    assert crowd.counts_with("Spam", NOON) == MOST_OF_A_PROGRAM - 1
    assert crowd.counts_with("Mail", NOON) is None
    assert crowd.counts_with("Spam", NOON + WITHIN) is None, "a minute later there is room again"


def test_many_programs_together_are_too_much_as_well() -> None:
    crowd = Crowd()
    for number in range(MOST_OF_ALL):
        fill(crowd, f"program {number % 60}", 1, number)
    assert crowd.counts_with("another", NOON) == MOST_OF_ALL - 1
    assert crowd.counts_with("program 3", NOON) == 63
    assert crowd.counts_with("another", NOON + timedelta(minutes=2)) is None


def test_it_remembers_no_more_programs_than_it_needs() -> None:
    crowd = Crowd()
    for number in range(10 * MOST_PROGRAMS):
        crowd.keep(f"program {number}", NOON + number * WITHIN, DigestId(number))
    assert len(crowd._kept) == len(crowd._last) == MOST_PROGRAMS


def test_who_floods_under_ever_new_names_hides_no_program_that_was_known_before() -> None:
    crowd = Crowd()
    fill(crowd, "Calendar", 1)
    later = NOON + 5 * WITHIN
    for number in range(3 * MOST_OF_ALL):
        if crowd.counts_with(f"flood {number}", later) is None:
            crowd.keep(f"flood {number}", later, DigestId(number))
    assert crowd.counts_with("flood", later) is not None
    assert crowd.counts_with("Calendar", later) is None
