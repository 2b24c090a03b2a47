"""Scores stay within 0–1, age and doubt weigh mildly, and variety only changes the order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gum_app.store.ranking import relevance, varied, worth

share = some.floats(0, 1)


@given(share, some.none() | share, share, share)
def test_scores_lie_within_0_and_1(words: float, meaning: float | None, fresh: float, sure: float) -> None:
    assert 0 <= worth(relevance(words, meaning), fresh, sure) <= 1


@given(share, share, share, share)
def test_words_count_more_than_age_and_doubt_together(words: float, fresh: float, sure: float, other: float) -> None:
    assert worth(words, fresh, sure) >= 0.55 * worth(words, 1.0, 1.0)
    assert worth(words, fresh, max(sure, other)) >= worth(words, fresh, min(sure, other))
    assert worth(words, max(fresh, other), sure) >= worth(words, min(fresh, other), sure)


def test_without_meaning_words_count_alone() -> None:
    assert relevance(0.4, None) == 0.4
    assert relevance(0.4, 0.8) == pytest.approx(0.56)


@given(some.lists(some.floats(0.01, 1), max_size=12), some.randoms(use_true_random=False), some.integers(0, 15))
def test_variety_is_an_order_of_the_same(scores: list[float], chance: object, most: int) -> None:
    scores.sort(reverse=True)
    likeness = {
        (one, other): chance.random()  # type: ignore[attr-defined]
        for one in range(len(scores))
        for other in range(len(scores))
    }
    places = varied(scores, lambda one, other: likeness[one, other], most)
    assert len(places) == min(most, len(scores)) == len(set(places))
    assert not places or places[0] == 0, "the best stays the best"
    if most >= len(scores):
        assert sorted(places) == list(range(len(scores)))


def test_what_says_the_same_again_steps_back() -> None:
    twins = {(1, 0): 1.0, (0, 1): 1.0}
    assert varied([0.9, 0.89, 0.85], lambda one, other: twins.get((one, other), 0.0), 3) == [0, 2, 1]


def test_what_is_only_about_the_same_does_not() -> None:
    assert varied([0.9, 0.89, 0.85], lambda *_: 0.3, 3) == [0, 1, 2]


def test_how_near_the_question_comes_does_not_change_the_order() -> None:
    scores, alike = [0.9, 0.85, 0.6, 0.3], lambda one, other: 0.9 if abs(one - other) == 1 else 0.1
    assert varied([score / 50 for score in scores], alike, 4) == varied(scores, alike, 4)
