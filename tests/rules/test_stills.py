from __future__ import annotations

import pytest

from gum_app.rules.stills import MOST_STILLS, MUCH_NEW_WORDS, most_telling, take_still
from gum_app.store.waiting import MOST_FRAMES


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


def test_as_many_are_kept_as_are_ever_shown() -> None:
    assert MOST_FRAMES == MOST_STILLS


@pytest.mark.parametrize(("most", "told"), [(5, "abc"), (3, "abc"), (2, "ac"), (1, "c")])
def test_how_it_ended_tells_most_and_then_how_it_began(most: int, told: str) -> None:
    assert "".join(most_telling("abc", most)) == told


def test_a_look_at_nothing_is_none() -> None:
    with pytest.raises(ValueError, match="none"):
        most_telling("abc", 0)
