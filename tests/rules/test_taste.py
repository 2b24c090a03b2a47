"""Learned quickly, forgotten slowly: what each answer changes about its kind, and how long a refused one rests."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum_app.rules.taste import (
    HALF_LIFE_DAYS,
    PRIOR_RATE,
    RESTS,
    SURE,
    WORTH,
    counted,
    refused_in_a_row,
    taste,
)
from gum_app.suggestions import Answer, Answered, SuggestionId
from tests.builders import NOON

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
ANSWERS: list[Answer] = sorted(WORTH)


NO: Answer = "dismissed"
YES: Answer = "taken"


def said(*answers: Answer, last: datetime = NOON, apart: timedelta = HOUR) -> list[Answered]:
    """About as many suggestions, the last one at `last`."""
    return [
        Answered(kind="break", answer=answer, at=last - n * apart, suggestion_id=SuggestionId(n + 1))
        for n, answer in enumerate(reversed(answers))
    ]


def rate(*answers: Answer, now: datetime = NOON) -> float:
    return taste("break", said(*answers), now).rate


def test_before_anybody_answered_it_is_what_is_known_of_people() -> None:
    assert taste("break", [], NOON).rate == PRIOR_RATE
    assert taste("break", said("later", "later"), NOON) == taste("break", [], NOON)


def test_the_answers_stand_in_this_order() -> None:
    rates = [rate(answer) for answer in ("liked", "taken", "later", "did it", "ignored", "dismissed", "undone")]
    assert rates == sorted(rates, reverse=True) and len(set(rates)) == len(rates)
    assert rate("disliked") < rate("undone")
    assert rate("never") == rate("dismissed")
    assert rate("did it") == pytest.approx(PRIOR_RATE, abs=0.02), "right, and not needed"


def test_three_answers_are_enough_to_notice() -> None:
    assert rate("taken", "taken", "taken") > 0.75
    assert rate("dismissed", "dismissed", "dismissed") < 0.3


def test_the_last_handful_outweighs_a_long_past() -> None:
    assert rate(*[NO] * 20, *[YES] * 5) > 0.6
    assert rate(*[YES] * 20, *[NO] * 5) < 0.4


def test_without_newer_answers_sixty_days_halve_what_was_learned() -> None:
    """In odds against the prior: two refusals then weigh as one."""
    later = NOON + HALF_LIFE_DAYS * DAY
    old = taste("break", said("taken", "taken", last=NOON), later)
    assert old.answers == pytest.approx(taste("break", said("taken", "taken"), NOON).answers / 2, rel=1e-6)
    assert PRIOR_RATE < old.rate < rate("taken", "taken")


def test_another_kind_is_another_matter() -> None:
    assert taste("deadline", said("dismissed", "dismissed", "disliked"), NOON) == taste("deadline", [], NOON)


def test_of_one_suggestion_the_last_word_counts() -> None:
    taken = Answered(kind="break", answer="taken", at=NOON - HOUR, suggestion_id=SuggestionId(7))
    back = replace(taken, answer="undone", at=NOON)
    liked = replace(taken, answer="liked", at=NOON)
    assert taste("break", [taken, back], NOON) == taste("break", [back], NOON)
    assert taste("break", [taken, liked], NOON) == taste("break", [liked], NOON)
    assert taste("break", [taken, replace(taken, answer="later", at=NOON)], NOON) == taste("break", [taken], NOON)


def test_what_was_done_by_themselves_counts_where_nothing_was_said() -> None:
    ignored = Answered(kind="break", answer="ignored", at=NOON - HOUR, suggestion_id=SuggestionId(7))
    did_it = replace(ignored, answer="did it", at=NOON)
    assert taste("break", [ignored, did_it], NOON) == taste("break", [did_it], NOON)
    for answer in (NO, YES):
        told = replace(ignored, answer=answer)
        assert taste("break", [told, did_it], NOON) == taste("break", [told], NOON)
    again_and_again = [each for n in range(9) for each in (_said(NO, n), _said("did it", n, minutes=30))]
    assert taste("break", again_and_again, NOON).rate < 0.3, "who always says no and does it alone wants no offers"


def _said(answer: Answer, hours_ago: int, minutes: int = 0) -> Answered:
    at = NOON - hours_ago * HOUR + timedelta(minutes=minutes)
    return Answered(kind="break", answer=answer, at=at, suggestion_id=SuggestionId(hours_ago + 1))


def test_what_is_forgotten_still_counts_each_by_itself() -> None:
    twice = [replace(each, suggestion_id=None) for each in said("dismissed", "dismissed")]
    assert taste("break", twice, NOON).rate == rate("dismissed", "dismissed")


def test_refused_twice_it_rests_and_each_time_longer() -> None:
    assert taste("break", said("dismissed"), NOON).resting_until is None
    rests = [taste("break", said(*[NO] * n), NOON).resting_until for n in range(2, 9)]
    assert rests == [NOON + n * DAY for n in (1, 2, 4, 7, 7, 7, 7)]


def test_what_was_undone_or_disliked_weighs_more_and_what_was_ignored_less() -> None:
    assert taste("break", said("disliked"), NOON).resting_until == NOON + DAY
    assert taste("break", said("undone", "undone"), NOON).resting_until == NOON + 2 * DAY
    unseen: list[Answer] = ["ignored"] * 6
    assert taste("break", said(*unseen[1:]), NOON).resting_until is None
    assert taste("break", said(*unseen), NOON).resting_until == NOON + DAY


@pytest.mark.parametrize("answer", ["taken", "liked", "did it"])
def test_what_was_right_once_ends_the_row(answer: Answer) -> None:
    assert taste("break", said("dismissed", "dismissed", answer), NOON).resting_until is None
    assert refused_in_a_row(counted("break", said("dismissed", "dismissed", answer, "dismissed"))) == 1.0


def test_after_its_rest_it_is_tried_with_an_idea_that_is_sure() -> None:
    refusals = said("dismissed", "dismissed", "dismissed")
    resting = taste("break", refusals, NOON + DAY)
    assert (resting.resting_until, resting.tried_from) == (NOON + 2 * DAY, None)
    after = taste("break", refusals, NOON + 2 * DAY)
    assert (after.resting_until, after.tried_from) == (None, SURE)


def test_nothing_heard_for_long_it_is_tried_too_at_last_with_any_idea() -> None:
    mixed = said("dismissed", "taken", "dismissed")
    tried = [taste("break", mixed, NOON + days * DAY).tried_from for days in (6, 7, 13, 14)]
    assert tried == [None, SURE, SURE, 0.0]
    assert taste("break", said("taken"), NOON + 30 * DAY).tried_from is None, "what is liked needs no trying"


def test_a_clock_that_jumped_back_makes_no_rest_longer() -> None:
    refused = said("dismissed", "dismissed", last=NOON + 30 * DAY)
    assert taste("break", refused, NOON).resting_until == NOON + RESTS[-1][1]


answers = st.lists(
    st.builds(
        Answered,
        kind=st.sampled_from(["break", "idea"]),
        answer=st.sampled_from(ANSWERS),
        at=st.integers(0, 50).map(lambda hours: NOON - 7 * hours * HOUR),
        suggestion_id=st.none() | st.integers(1, 12).map(SuggestionId),
    ),
    max_size=20,
)


@given(answers, st.randoms(use_true_random=False))
def test_the_order_in_which_answers_are_read_does_not_count(rows: list[Answered], random: Random) -> None:
    mixed = list(rows)
    random.shuffle(mixed)
    assert taste("break", mixed, NOON) == taste("break", rows, NOON)


@given(answers)
def test_a_rate_is_a_probability_and_never_certain(rows: list[Answered]) -> None:
    found = taste("break", rows, NOON)
    assert 0 < found.rate < 1 and found.answers >= 0


@given(answers, st.sampled_from(ANSWERS))
def test_one_more_answer_moves_it_the_way_it_says(rows: list[Answered], answer: Answer) -> None:
    """A success never lowers the rate below what is known of people, a refusal never raises it above."""
    before = taste("break", rows, NOON)
    after = taste("break", [*rows, Answered(kind="break", answer=answer, at=NOON)], NOON)
    if answer == "did it":
        assert min(before.rate, 0.5) - 1e-9 <= after.rate <= max(before.rate, PRIOR_RATE) + 1e-9
    elif WORTH[answer].refused:
        assert after.rate <= max(before.rate, PRIOR_RATE) + 1e-9
    elif answer in ("taken", "liked"):
        assert after.rate >= min(before.rate, PRIOR_RATE) - 1e-9
