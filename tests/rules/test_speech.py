from __future__ import annotations

from gum_app.rules.speech import Utterance, sentences
from tests.screens import a_row, a_screen, rows


def said(*texts: str) -> list[str]:
    return [s.text for s in sentences(Utterance(author="person", medium="message", rows=a_screen(rows(*texts))))]


def test_sentences_end_at_full_stops_and_go_on_in_the_next_row() -> None:
    assert said("I keep the mornings free. Meetings", "are fine in the afternoon.") == [
        "I keep the mornings free.",
        "Meetings are fine in the afternoon.",
    ]


def test_a_bullet_begins_a_sentence() -> None:
    assert said("• packs are ready", "• desk on Friday") == ["packs are ready", "desk on Friday"]


def test_a_paragraph_ends_a_sentence_without_full_stop() -> None:
    assert said("Kind regards", "", "Anna Berger, second floor") == ["Kind regards", "Anna Berger, second floor"]


def test_a_smiley_that_was_misread_parts_two_sentences() -> None:
    assert said("Some day you go and I visit © I like the rain here") == [
        "Some day you go and I visit",
        "I like the rain here",
    ]


def test_the_quote_stands_in_one_row_word_for_word() -> None:
    row = "| never trust myself with these long"
    (sentence,) = sentences(
        Utterance(
            author="person",
            medium="message",
            rows=a_screen([a_row(row, x=300, y=200)], [a_row("forms.", x=300, y=220)]),
        )
    )
    assert sentence.text == "I never trust myself with these long forms."
    assert sentence.quote == row


def test_smudges_before_the_first_word_are_left_out() -> None:
    assert said("== Thanks for the cake") == ["Thanks for the cake"]
