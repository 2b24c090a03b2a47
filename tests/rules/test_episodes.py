"""When to look, and what counts as the same thing."""

from datetime import timedelta

import pytest

from gum_app.records import Window
from gum_app.rules.episodes import LookTimer, active_seconds_between, same_thing
from tests.builders import NOON, a_window

LONGEST = timedelta(seconds=30)


def after(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (a_window(title="(3) Inbox"), a_window(title="(12) Inbox")),
        (a_window("code", "● notes.md — Code"), a_window("code", "notes.md — Code")),
        (a_window("mousepad", "*/home/ada/notes.md - Mousepad"), a_window("mousepad", "/home/ada/notes.md - Mousepad")),
        (a_window("code", "notes.md ● — Code"), a_window("code", "notes.md — Code")),
        (a_window(title="Upload 45 % done"), a_window(title="Upload 100% done")),
        (a_window(url="https://a.example/x#top"), a_window(url="https://a.example/x/")),
        (a_window(url="https://a.example/x"), a_window()),
    ],
)
def test_a_count_or_a_mark_does_not_make_another_thing(one: Window, other: Window) -> None:
    assert same_thing(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (a_window(title="Inbox"), a_window(title="Drafts")),
        (a_window("code", "a"), a_window("foot", "a")),
        (a_window(url="https://a.example/x"), a_window(url="https://a.example/y")),
        (a_window(), a_window(private=True)),
    ],
)
def test_another_page_program_or_private_window_is_another_thing(one: Window, other: Window) -> None:
    assert not same_thing(one, other)


def test_a_change_is_looked_at_once_it_has_settled() -> None:
    assert LookTimer().change(NOON).due_at(LONGEST) == NOON + after(0.3)


def test_hours_of_typing_are_looked_at_in_the_first_pause_and_at_the_longest_interval() -> None:
    timer = LookTimer().look(NOON).activity(NOON + after(5))
    assert timer.due_at(LONGEST) == NOON + after(7)
    typing_on = timer.activity(NOON + after(29.5))
    assert typing_on.due_at(LONGEST) == NOON + after(30), "steady typing does not push the look away for ever"


def test_nothing_happened_so_nothing_is_due() -> None:
    assert LookTimer().due_at(LONGEST) is None
    assert LookTimer().activity(NOON).look(NOON + after(1)).due_at(LONGEST) is None


def test_a_long_gap_was_not_all_spent_here() -> None:
    assert active_seconds_between(NOON, NOON + after(40)) == 40
    assert active_seconds_between(NOON, NOON + after(4000)) == 120
    assert active_seconds_between(NOON + after(5), NOON) == 0, "a clock that jumps back takes nothing away"
    assert active_seconds_between(None, NOON) == 0
