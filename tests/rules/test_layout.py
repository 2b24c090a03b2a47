from __future__ import annotations

from datetime import timedelta

from gum_app.rules.layout import is_noise, paragraphs, readable, rows_of, screens, segments
from tests.builders import NOON
from tests.screens import a_row, a_screen, rows


def test_two_columns_in_one_line_are_never_one_sentence() -> None:
    parts = segments([a_row("# general ¦ Anna Berger 10:42", x=20, y=100)])
    assert [part.quote for part in parts] == ["# general", "Anna Berger 10:42"]


def test_a_lone_bar_before_a_verb_is_read_as_the_word_i_but_quoted_as_it_stands() -> None:
    (part,) = segments([a_row("| am in the studio", x=20, y=100)])
    assert part.text == "I am in the studio"
    assert part.quote == "| am in the studio"
    assert readable("a | b") == "a I b"


def test_a_later_look_replaces_what_stood_at_its_place_and_leaves_the_rest() -> None:
    later = NOON + timedelta(minutes=1)
    lines = [
        *rows("Chats", "old words of the pane that change", x=300, at=NOON),
        a_row("new words of the pane that changed", x=300, y=220, at=later),
    ]
    (screen,) = screens(segments(lines))[-1:]
    assert [part.text for part in screen] == ["Chats", "new words of the pane that changed"]


def test_a_screen_that_is_mostly_replaced_is_also_looked_at_for_itself() -> None:
    lines = [*rows("one", "two", "three", at=NOON), *rows("ONE", "TWO", "THREE", at=NOON + timedelta(minutes=1))]
    assert [[part.text for part in screen] for screen in screens(segments(lines))] == [
        ["one", "two", "three"],
        ["ONE", "TWO", "THREE"],
    ]


def test_rows_go_on_behind_a_small_gap() -> None:
    look = a_screen(
        [a_row("thirty-eight", x=100, y=50)], [a_row("to sixty", x=215, y=50)], [a_row("next", x=600, y=50)]
    )
    assert [[part.text for part in row] for row in rows_of(look, 40)] == [["thirty-eight", "to sixty"], ["next"]]


def test_a_bullet_goes_on_in_the_indented_row_below_and_the_next_bullet_does_not() -> None:
    look = a_screen(
        [a_row("- ask Owen to check the numbers", x=100, y=50)],
        [a_row("because they are new to me", x=114, y=68)],
        [a_row("- buy stamps", x=100, y=86)],
    )
    joined = [" ".join(part.text for part in group) for group in paragraphs(rows_of(look, 40))]
    assert joined == ["- ask Owen to check the numbers because they are new to me", "- buy stamps"]


def test_signs_without_letters_are_noise() -> None:
    assert is_noise("== ©")
    assert not is_noise("ok then")
