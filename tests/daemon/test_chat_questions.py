"""What a question of the chat holds, and what it asks for with those before it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gum_app.daemon.chat_questions import added_of, asked_of, names_of, query_after, turns_of, wants_screen
from gum_app.errors import BadInput
from gum_app.pipeline.answer import MOST_TURNS, Turn
from tests.builders import NOON

TUESDAY = Turn(question="What was I doing last Tuesday?", answer="Kites.")


def test_a_question_is_read_with_all_that_it_holds() -> None:
    question: dict[str, Any] = {
        "text": " Why? ",
        "also": " I was\n ill. ",
        "lines": ["p1", "o2", "s3", "p1"],
        "history": [{"question": f"q{n}", "answer": "a"} for n in range(9)],
    }
    assert asked_of(question) == "Why?"
    assert added_of(question) == "I was ill."
    assert names_of(question, "lines") == ["p1", "o2", "s3"]
    assert [turn.question for turn in turns_of(question)] == [f"q{n}" for n in range(9 - MOST_TURNS, 9)]


def test_nothing_but_a_question_is_enough() -> None:
    assert added_of({"text": "Why?"}) == ""
    assert names_of({"text": "Why?"}, "without") == []
    assert turns_of({"text": "Why?"}) == []


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ({"text": "Help me with this section"}, True),
        ({"text": "Help me with this section", "screen": False}, False),
        ({"text": "Who is Mia?"}, False),
        ({"text": "Who is Mia?", "screen": True}, True),
    ],
)
def test_the_screen_belongs_to_it_as_the_person_says_else_as_the_words_tell(
    question: dict[str, Any], wanted: bool
) -> None:
    assert wants_screen(question) is wanted


def test_one_that_goes_on_takes_what_it_does_not_say_itself() -> None:
    midnight = NOON.replace(hour=0)
    alone = query_after("Which tea?", [TUESDAY], NOON)
    assert (alone.text, alone.since) == ("Which tea?", None)
    after = query_after("And with Mia?", [TUESDAY], NOON)
    assert after.text == "And with Mia? What was I doing ?"
    assert after.since == midnight - timedelta(days=7)
    own = query_after("And yesterday?", [TUESDAY], NOON)
    assert (own.since, own.until) == (midnight - timedelta(days=1), midnight)
    third = query_after("And then?", [TUESDAY, Turn(question="And why?", answer="So.")], NOON)
    assert third.since == midnight - timedelta(days=7)


def test_what_cannot_be_used_is_told() -> None:
    with pytest.raises(BadInput, match="no question"):
        asked_of({"text": "  "})
    with pytest.raises(BadInput, match="name of a line"):
        names_of({"lines": ["x1"]}, "lines")
    with pytest.raises(BadInput, match="too long"):
        added_of({"also": "x" * 601})
