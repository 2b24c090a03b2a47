"""What an answer changes is told in one sentence, and it is what will happen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gum_app.rules.taste import taste
from gum_app.rules.taste_told import what_changes
from gum_app.settings import Settings
from gum_app.suggestions import OFFER_KINDS, Answer, Answered
from tests.builders import NOON

HOUR = timedelta(hours=1)


def said(*answers: Answer) -> list[Answered]:
    return [Answered(kind="break", answer=each, at=NOON - n * HOUR) for n, each in enumerate(reversed(answers))]


def told(*answers: Answer, **settings: list[str]) -> str:
    return what_changes("break", said(*answers), NOON, Settings.model_validate(settings))


def test_a_rest_is_told_with_its_reason_and_its_end() -> None:
    assert told("dismissed", "taken", "dismissed", "dismissed") == (
        "Fewer of these: breaks after long work. Three of the last four were not wanted; "
        "the next comes Wednesday 12:00 at the earliest."
    )
    until = taste("break", said("dismissed", "dismissed"), NOON).resting_until
    assert until is not None and f"{until:%A %H:%M}" in told("dismissed", "dismissed")
    nine: list[Answer] = ["dismissed"] * 9
    assert "The last five were not wanted" in told(*nine)


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (("dismissed",), "Fewer of these: breaks after long work. The last one was not wanted; after two in a row"),
        (("taken", "ignored"), "Fewer of these: breaks after long work. One of the last two was not wanted; after two"),
        (("taken",), "More of these: breaks after long work. The last one was welcome."),
        (
            ("dismissed", "did it", "taken"),
            "More of these: breaks after long work. Two of the last three were welcome.",
        ),
        (("later",), "Nothing changes yet: breaks after long work."),
        ((), "Nothing changes yet"),
    ],
)
def test_each_answer_has_its_sentence(answers: tuple[Answer, ...], sentence: str) -> None:
    assert told(*answers).startswith(sentence)


def test_never_says_where_it_can_be_lifted() -> None:
    assert told("never", never_offered=["break"]) == (
        "No more of these: breaks after long work. The page “Suggestions” can lift that."
    )
    assert "after two in a row they rest" in told("never"), "lifted, it is one refusal"


def test_every_kind_has_a_name() -> None:
    for kind in OFFER_KINDS:
        assert what_changes(kind, [], NOON, Settings()).endswith(".")
