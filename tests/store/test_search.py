"""Anything may be typed; words that tell nothing apart are left out; worth is compared between queries."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from gum_app.store.instants import MICROS_PER_DAY
from gum_app.store.search import MOST_WORDS, Wanted, wanted, words_in, worth


def test_stop_words_are_left_out() -> None:
    assert wanted("What do I know about the parcel router?")[0].words == ("know", "parcel", "router")


def test_with_nothing_but_stop_words_they_count() -> None:
    assert [wish.words for wish in wanted("who am I")] == [("who", "am", "i")]


def test_where_the_telling_words_find_nothing_all_are_tried() -> None:
    assert [wish.words for wish in wanted("the router")] == [("router",), ("the", "router")]


def test_the_persons_own_name_is_left_out() -> None:
    assert wanted("Ann's router", without={"ann"})[0].words == ("s", "router")


def test_only_while_typing_the_last_word_may_be_unfinished() -> None:
    assert wanted("parcel rou", typing=True)[0].every == '"parcel" AND "rou"*'
    assert wanted("parcel rou ", typing=True)[0].every == '"parcel" AND "rou"'
    assert wanted("parcel rou")[0].terms == ['"parcel"', '"rou"']


def test_one_letter_is_not_the_beginning_of_every_word() -> None:
    assert wanted("p", typing=True)[0].every == '"p"'


def test_an_unfinished_stop_word_does_not_narrow_the_search() -> None:
    assert wanted("works on", typing=True)[0] == Wanted(words=("works",))


def test_nothing_to_look_for() -> None:
    assert wanted("") == wanted(" ?! ") == []


def test_a_long_text_counts_with_its_first_words() -> None:
    text = " ".join(f"word{number}" for number in range(1000))
    assert len(wanted(text)[0].words) == MOST_WORDS


@given(some.text())
def test_words_are_letters_and_digits_only(text: str) -> None:
    assert all(word.isalnum() or not word.isascii() for word in words_in(text))


def test_worth_fades_mildly_with_age_and_doubt() -> None:
    fresh = worth(1.0, 10 * MICROS_PER_DAY, 2.0, 1.0, 10 * MICROS_PER_DAY)
    older = worth(1.0, 8 * MICROS_PER_DAY, 2.0, 1.0, 10 * MICROS_PER_DAY)
    ancient = worth(1.0, 0, 0.01, 0.0, 10 * MICROS_PER_DAY)
    assert fresh == 1.0
    assert older == 0.85, "one half-life takes half of the three tenths that fade"
    assert 0.5 < ancient < 0.6, "words still count more than age and confidence together"


def test_what_lasts_longer_fades_more_slowly() -> None:
    lasting = worth(1.0, 0, 700.0, 0.5, 30 * MICROS_PER_DAY)
    passing = worth(1.0, 0, 1.0, 0.5, 30 * MICROS_PER_DAY)
    assert lasting > passing
