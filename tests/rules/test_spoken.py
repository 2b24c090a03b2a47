"""What was answered is known again where it stands on a screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum_app.rules.spoken import RUN, notes_among, ours_among, printed_among, runs, words_of

KEY = b"k" * 32
ANSWER = "You ran into the error “Export failed: no space left on device” twice [1][3], and asked Ana about it [7]."


def among(lines: list[str], *answers: str) -> set[int]:
    known = {run for answer in answers or (ANSWER,) for run in runs(words_of(answer), KEY)}
    return ours_among(lines, known.__contains__, KEY)


@pytest.mark.parametrize(
    "lines",
    [
        [ANSWER],
        [
            "You ran into the error “Export failed: no space left",
            "on device” twice [1][3], and asked Ana",
            "about it [7].",
        ],
        ["you ran into the error Export failed", "no space left on device twice", "and asked Ana about it"],
        ["You ran lnto the error “Export failed: no space left on device” twice, and asked Ana about lt."],
        ["error “Export failed: no space left on device” twice"],
    ],
    ids=["as it was said", "wrapped", "without signs", "read with mistakes", "the middle of it"],
)
def test_an_answer_is_known_however_it_is_laid_out(lines: list[str]) -> None:
    assert among(lines) == set(range(len(lines)))


def test_what_stands_beside_it_stays() -> None:
    lines = [
        "anna@heron: make",
        "error: the disk was unplugged while we wrote",
        ANSWER,
        "I prefer the train to the car.",
    ]
    assert among(lines) == {2}
    assert among(["You ran into Ana", "no space left"]) == set(), "words that anybody says"


def test_no_word_can_be_read_from_what_is_kept_and_another_key_knows_nothing() -> None:
    assert all(len(run) == 8 for run in runs(words_of(ANSWER), KEY))
    assert not set(runs(words_of(ANSWER), KEY)) & set(runs(words_of(ANSWER), b"other"))


@given(st.text(), st.text())
def test_a_text_knows_itself_and_numbers_of_lines_do_not_count(one: str, other: str) -> None:
    if len(words_of(one)) >= RUN:
        assert among([one, ""], one) == {0}
    assert words_of(f"{one} [12] {other}") == words_of(f"{one} {other}")


PRINTED = [
    "$ gum-app ask What was I doing on Tuesday?",
    "You repaired the parcel router.",
    "[1] task, 84% sure, last seen Tuesday 10 March 2026: Works on the parcel",
    "router.",
    "Neither the question nor the answer is kept.",
]


def test_what_the_command_prints_is_known_by_its_form_alone() -> None:
    assert printed_among(["$ make", *PRINTED, "$ make test"]) == {1, 2, 3, 4, 5}
    assert printed_among([*PRINTED[2:], "$ make test"]) == {0, 1, 2}, "its beginning has scrolled away"
    assert printed_among(["$ make", *PRINTED[:3]]) == {1, 2, 3}, "its end has not come"
    assert printed_among(["$ gum-app --home /tmp/x ask router", "Export failed"]) == {0, 1}
    assert printed_among(["Without a model I can only show what fits.", "[1] x"]) == {0, 1}


def test_a_line_of_the_list_is_known_wherever_it_stands() -> None:
    assert printed_among(
        [
            "plan, 40% sure, last seen Thursday 23 April 2026: Goes to Ludlow.",
            "Thursday 23 April 2026, 09:09 to 09:14, 5 min in front, 7 keys pressed: Calendar",
            "On the screen now, last seen 11:58: Firefox, Tea",
            "I am 40% sure that I come.",
            "You can ask gum-app about it.",
        ]
    ) == {0, 1, 2}


NOTE = (
    "“Export failed: no space left” for the third time",
    "“Export failed: no space left” was seen 3 times since 10:12.",
)


def test_a_notification_of_ours_on_the_screen_is_ours_and_what_it_quotes_is_not() -> None:
    lines = [
        "$ make export",
        "error: Export failed: no space left",
        '"Export failed: no space left" for the third tirne',
        "“Export failed: no space left” was",
        "seen 3 times since 10:12.",
        "$ make export",
        "error: Export failed: no space left",
    ]
    assert notes_among(lines, [NOTE]) == {2, 3, 4}
    assert notes_among(lines[:2], [NOTE]) == set()
    assert notes_among(lines, []) == set()


def test_a_short_title_is_ours_only_with_its_words() -> None:
    note = ("Reminder", "Fetch the keys")
    assert notes_among(["Reminder", "Fetch the keys", "Send"], [note]) == {0, 1}
    assert notes_among(["Reminder", "Pay the rent"], [note]) == set()
