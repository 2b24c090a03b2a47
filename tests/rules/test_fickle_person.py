"""A month with a fickle person: more and more is welcome, less and less is not, and a change of mind is found out.

The figures are means over twenty simulated months; those of a hundred stand in packaging/FIGURES.md.
"""

from __future__ import annotations

import pytest

from tests.rules.fickle_person import (
    CHANGE,
    DAYS,
    IDEAS_A_DAY,
    LOST,
    SETTINGS,
    WON,
    Said,
    accepted,
    live,
    shown_a_day,
    unwelcome_a_day,
    within,
)

FIRST, BEFORE, LAST = (1, 3), (9, CHANGE - 1), (23, DAYS - 1)  # days after the first, before the change, at the end
RECOVERS_WITHIN_DAYS = 8


@pytest.fixture(scope="module")
def lives() -> list[list[Said]]:
    return [live(seed) for seed in range(20)]


def test_on_the_first_day_nothing_is_offered_and_on_no_day_too_much(lives: list[list[Said]]) -> None:
    assert shown_a_day(lives, 0, 0) == 0
    for said in lives:
        assert max(len(within(said, day, day)) for day in range(DAYS)) <= SETTINGS.suggestions_a_day < IDEAS_A_DAY


def test_more_of_what_is_shown_is_taken(lives: list[list[Said]]) -> None:
    assert accepted(lives, *BEFORE) > accepted(lives, *FIRST) + 0.06


def test_it_interrupts_less(lives: list[list[Said]]) -> None:
    assert unwelcome_a_day(lives, *BEFORE) < 0.75 * unwelcome_a_day(lives, *FIRST)


def test_what_is_always_refused_fades_and_what_is_welcome_stays(lives: list[list[Said]]) -> None:
    assert shown_a_day(lives, *FIRST, "idea") > 0.5
    assert shown_a_day(lives, *BEFORE, "idea") < 0.33
    assert shown_a_day(lives, *LAST, "idea") < 0.25, "between one and two a week"
    assert shown_a_day(lives, *BEFORE, "trouble") > 1.0


def test_after_a_change_of_mind_it_is_soon_as_good_as_before(lives: list[list[Said]]) -> None:
    after = (CHANGE + RECOVERS_WITHIN_DAYS, DAYS - 1)
    assert accepted(lives, CHANGE, CHANGE + 2) < accepted(lives, *BEFORE)
    assert accepted(lives, *after) > accepted(lives, *BEFORE) - 0.03
    assert unwelcome_a_day(lives, *after) < unwelcome_a_day(lives, *BEFORE) + 0.1


def test_what_has_become_welcome_is_found_out_and_what_has_not_fades(lives: list[list[Said]]) -> None:
    """Within a week; within two where the first that was tried happened to be wrong."""
    assert found_out_within(8, lives) >= 0.5
    assert found_out_within(14, lives) >= 0.95
    assert shown_a_day(lives, *BEFORE, WON) < 0.33
    assert shown_a_day(lives, *LAST, WON) > 0.8
    assert shown_a_day(lives, *BEFORE, LOST) > 1.0
    assert shown_a_day(lives, *LAST, LOST) < 0.3


def found_out_within(days: int, lives: list[list[Said]]) -> float:
    """0–1: the share of lives."""
    taken = [any(each.welcome for each in within(said, CHANGE, CHANGE + days, WON)) for said in lives]
    return sum(taken) / len(lives)


def test_the_same_seed_is_the_same_month() -> None:
    assert live(3) == live(3)
