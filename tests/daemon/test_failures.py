from __future__ import annotations

import pytest

from gum_app.daemon.failures import MOST_FAILURES, REST_SECONDS, Failures
from gum_app.errors import AnswerUnfit, EngineMissing, ModelTrouble, ModelUnusable, PromptTooLong

UNFIT = AnswerUnfit("The answer is of no use.")


def test_each_rest_after_the_first_is_longer_until_it_cannot_be() -> None:
    failures, now_seconds, rests = Failures(), 0.0, list[float]()
    for _ in range(MOST_FAILURES + len(REST_SECONDS)):
        failures.add(UNFIT, now_seconds)
        rests.append(failures.rests_for_seconds(now_seconds))
        now_seconds += rests[-1]
    assert rests == [0.0] * (MOST_FAILURES - 1) + [*REST_SECONDS, REST_SECONDS[-1]]
    assert failures.rests_for_seconds(now_seconds) == 0.0
    assert failures.trouble == "The answer is of no use."


@pytest.mark.parametrize("kind", [ModelUnusable, EngineMissing])
def test_what_cannot_work_at_all_rests_at_once_and_begins_anew(kind: type[ModelTrouble]) -> None:
    failures = Failures()
    failures.add(kind("It is not there."), 5.0)
    assert failures.rests_for_seconds(5.0) == REST_SECONDS[0]
    failures.clear()
    assert (failures.rests_for_seconds(5.0), failures.trouble) == (0.0, None)


def test_a_rest_without_a_failure_says_why_and_makes_no_later_one_longer() -> None:
    failures = Failures()
    failures.rest("Nothing fits.", 5.0)
    assert (failures.rests_for_seconds(5.0), failures.trouble) == (REST_SECONDS[0], "Nothing fits.")
    failures.add(ModelUnusable("It is not there."), 5.0 + REST_SECONDS[0])
    assert failures.rests_for_seconds(5.0 + REST_SECONDS[0]) == REST_SECONDS[0]


def test_a_question_that_is_too_long_is_no_failure_of_the_model() -> None:
    failures = Failures()
    for _ in range(MOST_FAILURES):
        failures.add(PromptTooLong("Too long."), 0.0)
    assert (failures.rests_for_seconds(0.0), failures.trouble) == (0.0, None)
