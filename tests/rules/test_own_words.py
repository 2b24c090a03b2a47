from __future__ import annotations

import pytest

from gum_app.rules.own_words import ASKED, DOING, HABIT, HARD, PLAN, SELF, WISH, Meaning, is_past, meaning_of


@pytest.mark.parametrize(
    ("sentence", "meaning"),
    [
        ("I eat everything that is not meat.", WISH),
        ("I still really like tea in the morning", WISH),
        ("I do not do stopovers any more, not after Lisbon", WISH),
        ("so I never need the mouse there", WISH),
        ("Small PRs are easier for everybody.", WISH),
        ("Please send the PDF, not a photo.", ASKED),
        ("No calls before 10:00 please", ASKED),
        ("Could you please collect the comments in one PDF?", ASKED),
        ("You know I never trust myself there.", HARD),
        ("I keep bumping into Bazel more than into the bug itself", HARD),
        ("We practise every Monday at four, with nasty questions", HABIT),
        ("New here, week two, and new to Bazel", SELF),
        ("My sister bought the guide book", SELF),
        ("I’m working on the thesis chapter", DOING),
        ("I keep going on ROUTE-418 today", DOING),
        ("Our lists in Rootbook: the import is done", DOING),
        ("I will put both in a sheet first", PLAN),
    ],
)
def test_clear_marks_tell_what_a_sentence_says_of_the_person(sentence: str, meaning: Meaning) -> None:
    assert meaning_of(sentence) is meaning


@pytest.mark.parametrize(
    "sentence",
    [
        "Thank you",
        "Is the cake vegan?",
        "did you see the price?",
        "I want to know about it",
        "the printer says PC LOAD LETTER again",
        "It was red in 3 of the last 8 runs over night.",
        "and I booked nothing yet",
        "I do it",
    ],
)
def test_other_sentences_say_nothing_of_the_person(sentence: str) -> None:
    assert meaning_of(sentence) is None


def test_an_obligation_counts_only_with_its_day() -> None:
    assert meaning_of("I have a return to file on Friday the 23rd", names_day=True) is PLAN
    assert meaning_of("I have to type every one of them") is None


def test_the_past_is_told_from_the_future() -> None:
    assert is_past("I asked on the 16th and on the 24th.")
    assert not is_past("I fly on the 24th.")
