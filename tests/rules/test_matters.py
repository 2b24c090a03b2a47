from __future__ import annotations

import pytest

from gum_app.records import Matter, Whose
from gum_app.rules.matters import doubtful, touched, touched_name
from tests.material.private_lines import HARMLESS_SEEN, HARMLESS_UNSEEN, SEEN, UNSEEN

LEAST_RECALL = 0.95
MOST_FALSE = 0.05
PRIVATE = [(matter, text) for part in (SEEN, UNSEEN) for matter, texts in part.items() for text in texts]
HARMLESS = (*HARMLESS_SEEN, *HARMLESS_UNSEEN)


def test_private_lines_are_found() -> None:
    found = [text for _, text in PRIVATE if touched(text) is not None]
    assert len(PRIVATE) + len(HARMLESS) >= 120
    assert len(found) >= LEAST_RECALL * len(PRIVATE)


def test_lines_with_the_same_words_in_another_sense_are_not() -> None:
    wrong = [text for text in HARMLESS if touched(text) is not None]
    assert len(wrong) <= MOST_FALSE * len(HARMLESS), wrong


@pytest.mark.parametrize(
    ("text", "matter", "whose"),
    [
        ("I was diagnosed with asthma", "health", "person"),
        ("Freya's salary goes up", "pay", "others"),
        ("She is pregnant", "intimate", "others"),
        ("Our daughter has eczema", "children", "children"),
        ("Symptoms of asthma", "health", "nobody"),
        ("Mein Gehalt wurde gekürzt", "pay", "person"),
    ],
)
def test_of_which_kind_and_about_whom(text: str, matter: Matter, whose: Whose) -> None:
    found = touched(text)
    assert found is not None
    assert (found.matter, found.whose) == (matter, whose)


def test_a_word_with_two_meanings_counts_only_where_somebody_is_spoken_of() -> None:
    assert touched("Hospital garden, planting plan") is None
    assert doubtful("Hospital garden, planting plan")
    assert touched("My mother is in hospital") is not None
    assert not doubtful("The garden plan")


@pytest.mark.parametrize(
    "name", ["pay_review_nilsen_2026.pdf", "symptoms-of-asthma", "MySalary2026.ods", "divorce.papers.odt"]
)
def test_joined_words_of_a_file_or_an_address_are_read_apart(name: str) -> None:
    assert touched_name(name) is not None


def test_the_rule_says_nothing_of_the_words() -> None:
    found = touched("Her cancer is back")
    assert found is not None
    assert "cancer" not in found.rule
