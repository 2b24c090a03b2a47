"""Anything may be typed; words that tell nothing apart are known; the last word may be unfinished."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from gum_app.store.search import MOST_SLIGHT, MOST_TERMS, Term, all_of, any_of, asked, words_in
from gum_app.store.spelling import spelled


def telling(text: str, **more: object) -> list[str]:
    return [term.word for term in asked(text, **more).telling]  # type: ignore[arg-type]


def test_stop_words_tell_nothing() -> None:
    question = asked("What do I know about the parcel router?")
    assert [term.word for term in question.telling] == ["know", "parcel", "router"]
    assert [term.word for term in question.slight] == ["what", "do", "i", "about", "the"]


def test_the_persons_own_name_tells_nothing() -> None:
    assert telling("Ann's router", without={"Ann"}) == ["router"]


def test_a_word_is_asked_once_in_whatever_form() -> None:
    assert telling("routers Router ROUTER routing") == ["routers", "routing"]


def test_only_while_typing_the_last_word_may_be_unfinished() -> None:
    assert all_of(asked("parcels rou", typing=True).terms) == '"parcel" AND ("rou" OR "rou"*)'
    assert any_of(asked("parcels rou ", typing=True).terms) == '"parcel" OR "rou"'
    assert all_of(asked("parcels rou").terms) == '"parcel" AND "rou"'


def test_one_letter_is_not_the_beginning_of_every_word() -> None:
    assert all_of(asked("p", typing=True).terms) == '"p"'


def test_an_unfinished_stop_word_may_become_a_telling_one() -> None:
    assert telling("work on", typing=True) == ["work", "on"]
    assert telling("work on ", typing=True) == ["work"]


def test_scripts_without_blanks_are_asked_in_pairs() -> None:
    assert telling("東京都") == ["東京", "京都"]
    assert all_of(asked("猫").terms) == '("猫" OR "猫"*)'


def test_a_term_is_counted_where_it_stands() -> None:
    tokens = spelled("Routers route parcels to the router").split()
    assert Term(word="router", token="router").count(tokens) == 2
    assert Term(word="rou", token="rou", beginning="rou").count(tokens) == 3
    assert Term(word="tea", token="tea").count(tokens) == 0


def test_nothing_to_look_for() -> None:
    assert asked("").terms == asked(" ?! ").terms == ()


def test_a_long_text_counts_with_its_first_words() -> None:
    question = asked(" ".join(f"word{number} the{number}" for number in range(1000)) + " the of and")
    assert len(question.telling) == MOST_TERMS
    assert len(question.slight) <= MOST_SLIGHT


@given(some.text(), some.booleans())
def test_no_sign_of_the_index_gets_through(text: str, typing: bool) -> None:
    for term in asked(text, typing=typing).terms:
        assert '"' not in term.token + term.beginning
        assert not any(sign.isspace() for sign in term.token)


@given(some.text())
def test_words_are_letters_and_digits_only(text: str) -> None:
    assert all(word.isalnum() or not word.isascii() for word in words_in(text))
