"""No known name leaves, in whatever form; a pseudonym is stable, another for each program, and resolved only here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from gum_app.rules.name_forms import PARTICLES, fold, parts_of
from gum_app.rules.pseudonyms import PSEUDONYM, Pseudonyms, key_for
from gum_app.rules.wording import STOP_WORDS

KEY = key_for(b"secret" * 6, "claude")
NAMES = ("Tomasz Lewandowski", "Anna Berg", "Anna Kowalski", "Ines Weber", "Mia", "נועה", "Ольга Петрова", "田中太郎")
MINE = "Ines Carvalho"
LETTERS = st.sampled_from("abcdefghijklmnoprstuvwyzáéöüñçłšğø")
LATIN = st.text(LETTERS, min_size=3, max_size=9).map(str.capitalize)
OTHER = st.one_of(
    st.text(st.sampled_from("абвгдежзиклмнопрстуя"), min_size=3, max_size=8).map(str.capitalize),
    st.text(st.sampled_from("αβγδεζηθικλμνοπρστυω"), min_size=3, max_size=8).map(str.capitalize),
    st.text(st.sampled_from("אבגדהוזחטיכלמנסעפצקרשת"), min_size=3, max_size=6),
    st.text(st.sampled_from("佐藤鈴木高橋渡辺伊山本中村小林"), min_size=2, max_size=4),
)
WORD = st.one_of(LATIN, OTHER)
NAME = st.one_of(WORD, st.tuples(WORD, WORD).map(" ".join), st.tuples(LATIN, LATIN).map("-".join))
FRAMES = (
    "{}",
    "Ask {} for it.",
    "“{}”",
    "({})",
    "{}’s report",
    "{}'s",
    "to {},",
    "@{} ",
    "x_{}_2",
    "{}2024",
    "…{}/",
    "\t{}\n",
)


def pseudonyms(*names: str, key: bytes = KEY) -> Pseudonyms:
    return Pseudonyms(key, names or NAMES, MINE)


def letters_of(text: str) -> str:
    return "".join(sign for sign in fold(text) if sign.isalpha())


def tells(hidden: str, name: str) -> bool:
    """Whether any word of the name is left; what a pseudonym is made of is none."""
    left = letters_of(PSEUDONYM.sub(" ", hidden))
    return any(len(part) > 2 and part in left for part in parts_of(name))


DISGUISES: tuple[Callable[[str], str], ...] = (
    str,
    str.upper,
    str.casefold,
    partial(unicodedata.normalize, "NFD"),
    partial(unicodedata.normalize, "NFKC"),
    lambda name: f"{name[0]}\u200b{name[1:]}",
    lambda name: name.replace(" ", ".").casefold(),
    lambda name: name.replace(" ", "_"),
    lambda name: f"{name.replace(' ', '.')}@lab.example",
    lambda name: "".join(name.split()),
    lambda name: " ".join(reversed(name.split())),
)


@settings(max_examples=120)
@given(st.lists(NAME, min_size=1, max_size=4), st.data(), st.sampled_from(DISGUISES), st.sampled_from(FRAMES))
def test_no_known_name_leaves(names: list[str], data: st.DataObject, how: Callable[[str], str], frame: str) -> None:
    name = data.draw(st.sampled_from(names))
    text = frame.format(how(name))
    assume(not tells(frame, name))  # letters of a short name may stand in the sentence by chance
    assume(not {*parts_of(name)} & (STOP_WORDS | PARTICLES))  # such names are told from words by their capital alone
    hidden = pseudonyms(*names).hide(text)
    assert not tells(hidden, name), hidden
    assert PSEUDONYM.search(hidden) is not None
    assert not tells(pseudonyms(*names).without_names(text), name)


@settings(max_examples=50)
@given(LATIN, st.sampled_from(["s", "es", "n", "en", "a", "em", "owi", "om", "u", "y", "’s", "-Team", "2", "Notes"]))
def test_nor_does_an_inflected_one(name: str, ending: str) -> None:
    assume(len(name) > 3)
    assert not tells(pseudonyms(name).hide(f"with {name}{ending} there"), name)


@settings(max_examples=50)
@given(st.text(max_size=120), st.lists(NAME, max_size=4))
@example("P-bcdfgh and P-BCDFGH", ["Bcdfgh"])
def test_whatever_a_text_is_hiding_twice_is_hiding_once(text: str, names: list[str]) -> None:
    hidden = pseudonyms(*names, "Anna Berg").hide(text)
    assert pseudonyms(*names, "Anna Berg").hide(hidden) == hidden


@settings(max_examples=50)
@given(NAME, st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_a_pseudonym_is_stable_for_one_program_and_another_for_the_next(name: str, one: bytes, other: bytes) -> None:
    first, again, second = (Pseudonyms(key, [name]).hide(name) for key in (one, one, other))
    assert first == again
    assert (first == second) == (one == other)
    assert Pseudonyms(one, [name]).resolve(first) == name
    assert Pseudonyms(other, [name]).resolve(first) == first or one == other, "nobody else can turn it back"


def test_it_is_made_of_a_key_for_each_program() -> None:
    assert key_for(b"x" * 32, "claude") != key_for(b"x" * 32, "cursor")
    assert re.fullmatch(r"P-[b-df-hj-kmnp-tv-z2-9]{6}", pseudonyms().hide("Mia"))


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Writes with Tomasz Lewandowski (Thunderbird).", "Writes with {tomasz} (Thunderbird)."),
        ("Ask tomasz, or T. Lewandowski", "Ask {tomasz}, or {tomasz}"),
        ("Lewandowski, Tomasz; Mia", "{tomasz}; {mia}"),
        ("t.lewandowski@lab.example, tlewandowski, @tomasz", "{tomasz}, {tomasz}, {tomasz}"),
        ("Anna Berg, Anna Kowalski", "{berg}, {kowalski}"),
        ("Mia’s report, mias", "{mia}’s report, {mia}"),
        ("с Ольгой Петровой", "с {olga}"),
        ("Ines and Ines Weber", "Ines and {weber}"),
        ("ines.carvalho@oak.example", "ines.carvalho@oak.example"),
        ("Works on the parcel router in Python.", "Works on the parcel router in Python."),
    ],
)
def test_a_name_is_one_pseudonym_however_it_is_written(text: str, hidden: str) -> None:
    whole = {
        **{"tomasz": "Tomasz Lewandowski", "berg": "Anna Berg", "kowalski": "Anna Kowalski", "weber": "Ines Weber"},
        **{"mia": "Mia", "olga": "Ольга Петрова"},
    }
    assert pseudonyms().hide(text) == hidden.format(**{key: pseudonyms().hide(name) for key, name in whole.items()})


def test_an_address_of_nobody_known_is_hidden_as_itself() -> None:
    hidden = pseudonyms().hide("write to who@else.example and @somebody, user@host")
    assert "else" not in hidden
    assert "somebody" not in hidden
    assert hidden.endswith("user@host"), "a prompt is no address"
    known = pseudonyms("who@else.example")
    assert known.resolve(known.hide("who@else.example")) == "who@else.example"


def test_of_two_who_share_a_name_it_tells_neither() -> None:
    anna = pseudonyms().hide("Anna")
    assert anna not in {pseudonyms().hide("Anna Berg"), pseudonyms().hide("Anna Kowalski")}
    assert pseudonyms().resolve(anna) == "Anna"


def test_a_question_is_resolved_and_loses_its_names() -> None:
    mia = pseudonyms().hide("Mia")
    assert pseudonyms().resolve(f"When do I meet {mia.upper()}?") == "When do I meet Mia?"
    assert pseudonyms().without_names("When do I meet Mia?") == "When do I meet  ?"
    assert pseudonyms().resolve("P-bcdfgh is nobody") == "P-bcdfgh is nobody"


@pytest.mark.parametrize(
    ("name", "said", "not_said"), [("Del", "Ask Del", "bar del sol"), ("Will", "Will Roth", "it will")]
)
def test_a_name_that_is_also_a_word_is_one_where_it_has_its_capital(name: str, said: str, not_said: str) -> None:
    assert name not in pseudonyms(name).hide(said)
    assert pseudonyms(name).hide(not_said) == not_said


def test_more_names_are_hidden_and_the_others_stay_as_they_were() -> None:
    more = pseudonyms().with_names(["Piotr", "Mia"])
    assert "Piotr" not in more.hide("Piotr and Mia")
    assert more.hide("Mia") == pseudonyms().hide("Mia")
    assert more.with_names(["Mia"]) is more
