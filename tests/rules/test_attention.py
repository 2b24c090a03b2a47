"""Sorts of programs, and under which names verdicts are remembered."""

from __future__ import annotations

import pytest

from gum_app.rules.attention import Sort, app_key, matter_key, sender_key, sort_of


@pytest.mark.parametrize(
    ("app", "sort"),
    [
        ("Power", "trouble"),
        ("xfce4-power-manager", "trouble"),
        ("Disks", "trouble"),
        ("Calendar", "appointment"),
        ("evolution-alarm-notify", "appointment"),
        ("Signal", "message"),
        ("Messages (KDE Connect)", "message"),
        ("Slack", "message"),
        ("Thunderbird", "mail"),
        ("Evolution", "mail"),
        ("Backups", "routine"),
        ("Software Sources", "routine"),
        ("Firefox", "page"),
        ("Google Chrome", "page"),
        ("Forge", "program"),
        ("PowerPoint", "program"),
        ("", "program"),
    ],
)
def test_the_sort_is_told_by_the_program(app: str, sort: Sort) -> None:
    assert sort_of(app) == sort


def test_a_sender_is_one_in_every_program_that_brings_messages() -> None:
    assert sender_key("Signal", "Ada Byron (2 new messages)") == sender_key("Slack", "ada  byron") == "from:ada byron"
    assert sender_key("Thunderbird", "Ada Byron") == "from:ada byron"


def test_what_a_program_says_again_with_other_numbers_is_the_same() -> None:
    assert sender_key("Forge", "Pipeline #8847 failed") == sender_key("Forge", "Pipeline #9 failed")
    assert sender_key("Forge", "Pipeline #8847 failed") != sender_key("Forge", "Pipeline #8847 passed")
    assert sender_key("Forge", "Hello") != sender_key("Mallory", "Hello")


def test_keys_of_different_things_differ() -> None:
    assert len({app_key("a"), sender_key("Signal", "a"), sender_key("a", "a"), matter_key(1), matter_key(2)}) == 5
