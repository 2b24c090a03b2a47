"""What a question leans on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum_app.rules.asking import goes_on, points_at_screen


@pytest.mark.parametrize(
    "question",
    ["And on Wednesday?", "Why?", "What about Mia?", "When does she come?", "With whom?", "Is that so?", "  and Ben?"],
)
def test_some_questions_go_on_from_the_one_before(question: str) -> None:
    assert goes_on(question)


@pytest.mark.parametrize(
    "question", ["What was I doing on Tuesday?", "What do you know about Mia?", "Which trains do I take?", ""]
)
def test_others_stand_for_themselves(question: str) -> None:
    assert not goes_on(question)


@pytest.mark.parametrize(
    "question",
    [
        "help me with this section",
        "Summarise this mail",
        "What does this strange error mean?",
        "What is on my screen?",
        "explain this",
        "What am I looking at?",
        "What's wrong here?",
        "shorten this paragraph, please",
    ],
)
def test_some_questions_speak_of_the_screen(question: str) -> None:
    assert points_at_screen(question)


@pytest.mark.parametrize(
    "question",
    ["What was I doing on Tuesday?", "What did I do this week?", "Who is Mia?", "What comes in this month?", ""],
)
def test_others_do_not(question: str) -> None:
    assert not points_at_screen(question)


@given(st.text(max_size=600))
def test_any_question_is_told_at_once(question: str) -> None:
    assert goes_on(question) in {True, False}
    assert points_at_screen(question) in {True, False}
