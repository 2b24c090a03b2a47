"""Two sentences mean one thing, or they do not: the same whichever is named first."""

from hypothesis import given
from hypothesis import strategies as st

from gum_app.rules.alike import REJECTED_WORDS, TWIN_WORDS, begins, same_names, says_the_same, share


def same(one: str, two: str, least: float = TWIN_WORDS, *, same_value: bool = False) -> bool:
    return says_the_same(one, two, least, same_value=same_value)


def test_other_words_for_one_thing_and_other_things_in_like_words() -> None:
    assert same("Works on the parcel router.", "Works on the parcel router a lot.")
    assert not same("Works on close_2026-08.ods.", "Works on close_2026-09.ods.")
    assert not same("Writes with Ann about rent.", "Writes with Bob about rent.")


def test_a_rejected_one_is_held_against_looser_words() -> None:
    one, two = "Is working on the parcel router these days.", "Works on the parcel router."
    assert same(one, two, REJECTED_WORDS)
    assert not same("Works on the parcel router.", "Reads about tax.", REJECTED_WORDS)


def test_of_one_value_a_short_name_lies_within_the_long_one() -> None:
    short, long = "Has “Madeira” in the calendar.", "Has “Madeira with Aoife” in the calendar."
    assert same(short, long, same_value=True)
    assert not same(short, long, same_value=False)


def test_a_half_typed_line_begins_the_whole_one() -> None:
    half, whole = "Noted: “tomorrow: paint the fexr”", "Noted: “tomorrow: paint the fence behind the house”"
    assert begins(half, whole)
    assert not begins(whole, half)
    assert not begins("Noted: “buy milk”", whole)


sentences = st.lists(
    st.sampled_from(["works", "uses", "router", "parcel", "Rust", "map", "2026", "Ann", "“tea”"]),
    min_size=1,
    max_size=6,
).map(" ".join)


@given(sentences, sentences, st.booleans())
def test_it_does_not_matter_which_is_named_first(one: str, two: str, same_value: bool) -> None:
    assert same(one, two, same_value=same_value) == same(two, one, same_value=same_value)
    assert share(one, two) == share(two, one)
    assert same_names(one, two) == same_names(two, one)
