from __future__ import annotations

import pytest

from gum_app.rules.delicate import is_delicate, may_be_private, rates_somebody


@pytest.mark.parametrize(
    "text",
    [
        "I think it was a panic attack",
        "heart racing at night symptoms",
        "I want to separate after Christmas",
        "start-up loan without security",
        "MRI scan, Thursday",
        "I hand in my notice on Monday",
        "pay_review_2026.pdf: pay review",
    ],
)
def test_matters_that_are_nobody_s_business_are_delicate(text: str) -> None:
    assert is_delicate(text)


@pytest.mark.parametrize(
    "text",
    [
        "Choir rehearsal at St Nicholas’",
        "I eat everything that is not meat.",
        "payroll is yours, the VAT is mine",
        "Dentist",
    ],
)
def test_ordinary_life_is_not(text: str) -> None:
    assert not is_delicate(text)


@pytest.mark.parametrize(
    "text",
    [
        "Helps Ana with her mother's dementia.",
        "Takes sertraline.",
        "Has an appointment with Dr. Weiss on Friday.",
        "Books an appointment with a dermatologist.",
        "Goes to AA meetings.",
        "Is overweight.",
        "Talks to Ana, who lost her baby.",
        "Is dating Mila.",
        "Has a crush on Mila.",
        "Knows that Ben cheats on Ana.",
        "Attends mass every Sunday.",
        "Celebrates Ramadan with family.",
        "Votes Labour.",
        "Supports Trump.",
        "Owes 300 euros to Ben.",
        "Earns 4000 euros a month.",
        "Is fired from Acme.",
        "Works with Kwame, an illegal immigrant.",
    ],
)
def test_what_nobody_wants_to_find_written_about_themselves_or_a_friend(text: str) -> None:
    assert is_delicate(text)


@pytest.mark.parametrize(
    "text",
    [
        "Meets Kwame in Church Street.",
        "Reads a document dating from 1900.",
        "Breaks up the task into two.",
        "Votes on the pull request.",
        "Supports the labour cost report.",
        "Sends a mass mailing.",
        "Has paid 40 euros for the keyboard.",
        "Fires a request at the server.",
    ],
)
def test_words_that_look_like_such_matters_and_are_none(text: str) -> None:
    assert not is_delicate(text)


@pytest.mark.parametrize("text", ["Is a Catholic.", "Reads about islam", "came out as gay", "their political views"])
def test_faith_politics_and_love_are_delicate(text: str) -> None:
    assert is_delicate(text)


@pytest.mark.parametrize(
    "text",
    [
        "Is good at Rust.",
        "Is bad at maths.",
        "Is highly skilled with spreadsheets.",
        "Seems very careful.",
        "Is a beginner in Python.",
        "Struggles to understand ownership.",
        "Lacks focus in the afternoon.",
        "Procrastinates on YouTube.",
        "Feels stressed before deadlines.",
        "Wastes time on chess.",
    ],
)
def test_a_verdict_on_somebody_is_known_as_one(text: str) -> None:
    assert rates_somebody(text)


@pytest.mark.parametrize(
    "text",
    [
        "Has run into the failing test renew_loop again and again.",
        "Buys a smart watch.",
        "Uses a dedicated server.",
        "Works on the report with experts of the city.",
        "Focuses on the chapter about reeds.",
        "Writes Rust, mostly in the evening.",
    ],
)
def test_a_plain_statement_is_no_verdict(text: str) -> None:
    assert not rates_somebody(text)


def test_what_is_private_for_certain_or_perhaps_may_be_private() -> None:
    assert may_be_private("Takes antidepressants.")
    assert may_be_private("Has a loan to think about.")
    assert not may_be_private("Works on the parcel router.")
