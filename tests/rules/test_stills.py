from __future__ import annotations

from gum_app.rules.stills import MOST_STILLS, MUCH_NEW_WORDS, take_still


def test_the_first_look_is_always_worth_a_picture() -> None:
    assert take_still(0, 0) == "add"


def test_a_few_new_words_are_not() -> None:
    assert take_still(1, MUCH_NEW_WORDS - 1) == "no"
    assert take_still(MOST_STILLS, MUCH_NEW_WORDS - 1) == "no"


def test_there_are_never_more_than_three_and_the_last_is_the_newest() -> None:
    taken, decisions = 0, []
    for _ in range(6):
        decisions.append(take_still(taken, MUCH_NEW_WORDS))
        taken += decisions[-1] == "add"
    assert taken == MOST_STILLS
    assert decisions[MOST_STILLS:] == ["replace the last"] * 3
