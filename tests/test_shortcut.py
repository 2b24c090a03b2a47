"""A combination of keys as the person writes it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum_app.errors import BadInput
from gum_app.shortcut import MODIFIERS, combination_of


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Ctrl+Alt+G", "Ctrl+Alt+G"),
        ("super + space", "Super+Space"),
        ("Shift+control+7", "Ctrl+Shift+7"),
        ("meta+shift+q", "Shift+Super+Q"),
        ("f9", "F9"),
        ("Shift+F12", "Shift+F12"),
    ],
)
def test_it_is_read_as_it_is_meant(text: str, meant: str) -> None:
    assert str(combination_of(text)) == meant


def test_nothing_is_no_shortcut() -> None:
    assert combination_of("  ") is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("G", "while one types"),
        ("Shift+G", "while one types"),
        ("Home", "while one types"),
        ("Hyper+G", "no keys that I know"),
        ("Ctrl+", "no key that I know"),
        ("Ctrl+Alt", "no key that I know"),
        ("Ctrl+ß", "no key that I know"),
        ("Ctrl+F25", "no key that I know"),
    ],
)
def test_what_cannot_be_pressed_or_must_not_be_taken_is_told(text: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        combination_of(text)


@given(st.sets(st.sampled_from(MODIFIERS)), st.sampled_from(["A", "9", "F5", "Space"]))
def test_what_it_says_is_read_again(modifiers: set[str], key: str) -> None:
    text = "+".join((*sorted(modifiers), key))
    try:
        combination = combination_of(text)
    except BadInput:
        return
    assert combination_of(str(combination)) == combination


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_combination_or_a_sentence(text: str) -> None:
    try:
        combination_of(text)
    except BadInput as error:
        assert str(error).endswith(".")
