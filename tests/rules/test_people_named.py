"""Names of people are known by where they stand; what is no name is not taken for one."""

from __future__ import annotations

import time

import pytest

from gum_app.rules.people_named import like_names, named_anywhere, named_in_relationship
from gum_app.rules.pseudonyms import Pseudonyms


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hi Piotr, the lab needs until Friday.", ["Piotr"]),
        ("Dear Ms. Dagny Roth,\nthank you", ["Dagny Roth"]),
        ("Liebe Anneliese, bis Montag", ["Anneliese"]),
        ("Здравствуйте, Ольга", ["Ольга"]),
        ("From: Tomasz Lewandowski <t.l@lab.example>", ["Tomasz Lewandowski"]),
        ("Attendees: Anna Berg, Bo Li and Mia", ["Anna Berg", "Bo Li", "Mia"]),
        ("Ask Tomasz for the soil report", ["Tomasz"]),
        ("Lunch with Mia and Bo on Friday", ["Mia", "Bo"]),
        ("Dagny Roth requested changes", ["Dagny Roth"]),
        ("See you then.\nBest, Tomasz", ["Tomasz"]),
        ("Ludwig van Beethoven wrote that", ["Ludwig van Beethoven"]),
        ("Meets on Friday", []),
        ("Works on the parcel router in Python.", []),
        ("Works with QGIS in the browser.", []),
        ("An e-mail from Dagny Roth says: “they are back” (Monday)", ["Dagny Roth"]),
        ("An e-mail from Looks good says: “they are back” (Monday)", []),
        ("School: fetch Kit", ["Kit"]),
        ("1:1 Henrike, 11:00", ["Henrike"]),
        ("in the names of T. Halvorsen and M. Kostova", ["T. Halvorsen", "M. Kostova"]),
        ("Has arranged something with Rijnmond Vans", []),
        ("Lunch walk with Pip", ["Pip"]),
        ("Visual Studio Code is slow", []),
    ],
)
def test_where_only_people_are_named(text: str, names: list[str]) -> None:
    assert list(dict.fromkeys(named_anywhere(text))) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Writes with Tomasz Lewandowski (Thunderbird), among other things about “Kestrel Park”.",
            ["Tomasz Lewandowski"],
        ),
        ("Meets Dagny Roth in video calls.", ["Dagny Roth"]),
        ("Has work on parcel-router reviewed by droth.", ["droth"]),
        ("She works closely with Tomasz Lewandowski.", ["Tomasz Lewandowski"]),
        ("Tomas is her manager.", ["Tomas"]),
        ("James and Sue are neighbours.", ["James", "Sue"]),
        ("Works closely on the garden.", []),
        ("Says of themselves: “New here, and new to Bazel; I sit beside the window.”", []),
        ("Signs mail as “Ines Carvalho, landscape architect”.", []),
        ("Takes part in the channel #garden in Slack.", []),
    ],
)
def test_whom_a_relationship_is_with(text: str, names: list[str]) -> None:
    assert list(dict.fromkeys(named_in_relationship(text))) == names


def test_where_a_relationship_is_told_in_other_words_a_name_too_many_is_taken() -> None:
    found = set(named_in_relationship("The park in Ludlow is planned with the lab of Tomasz Lewandowski."))
    assert found == {"Ludlow", "Tomasz Lewandowski"}


def test_what_a_screen_calls_others_is_a_name_if_it_can_be_one() -> None:
    names = ["Dagny Roth", "droth", "tomasz lewandowski", "Vincent van der Berg", "田中太郎"]
    others = ["#brightholm", "Looks good", "", "Please read this long row first", "like the rain here", "Tue 10 Mar"]
    assert list(like_names((*names, *others))) == names


LONG = ("Aa " * 1300, "Aa, " * 1000, "Aa and " * 600, "Aa-" * 1300, "A." * 2000, "van " * 1000, "A" * 4000, "aA" * 2000)


@pytest.mark.parametrize("text", LONG, ids=lambda text: text[:4])
def test_a_page_that_chooses_its_words_takes_no_time_with_them(text: str) -> None:
    began = time.process_time()
    list(named_anywhere(f"Ask {text} for it"))
    list(named_in_relationship(text))
    Pseudonyms(b"k" * 32, ["Aa Bb", "Tomasz Lewandowski"]).hide(text)
    assert time.process_time() - began < 2.0, "it is a tenth of a second; before all was bounded it was many"
