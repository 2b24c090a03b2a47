from __future__ import annotations

import pytest

from gum_app.records import Person
from gum_app.rules.statements import as_statement, is_about_the_person

ANNA = Person(name="Anna Berger", handles=("aberger",))


@pytest.mark.parametrize(
    "text",
    [
        "Works on the parcel router",
        "Anna Berger works on the parcel router.",
        "Anna works on the parcel router.",
        "aberger  works on the\nparcel router.",
        "The user works on the parcel router.",
        "- works on the parcel router",
    ],
)
def test_a_sentence_begins_with_what_the_person_does(text: str) -> None:
    assert as_statement(text, ANNA) == "Works on the parcel router."


def test_nothing_stays_nothing() -> None:
    assert as_statement(" \n", ANNA) == ""
    assert not is_about_the_person("")


def test_without_a_name_nothing_is_taken_away() -> None:
    assert as_statement("Works on it.", Person()) == "Works on it."


@pytest.mark.parametrize(
    "text",
    [
        "Works on the parcel router.",
        "Usually studies in the evening.",
        "Is writing a thesis.",
        "Has a flight to Lisbon on Friday 13 March 2026.",
        "Goes hiking with Maria.",
        "Relies on Vim keys.",
        "Bakes sourdough bread.",
        "Writes with Maria about the invoice.",
    ],
)
def test_what_somebody_does_is_about_the_person(text: str) -> None:
    assert is_about_the_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "Maria is late.",
        "James works on the parcel router.",
        "Customers complain about delays.",
        "Anna’s sister lives in Graz.",
        "The page offers flights.",
        "Works with Maria, and she wants to leave.",
        "Has a boss who is strict.",
        "Works with Leyla, who fasts.",
        "Visits a friend whose shop closes.",
        "You should remember this.",
    ],
)
def test_what_speaks_of_others_is_not(text: str) -> None:
    assert not is_about_the_person(text)
