from __future__ import annotations

import re

import pytest

from gum_app.rules import order_words as words


@pytest.mark.parametrize("pattern", [words.OVERRIDES, words.REMEMBERS, words.ADDRESSES, words.THE_USER, words.SOFTWARE])
def test_each_list_is_a_pattern_without_empty_alternatives(pattern: str) -> None:
    assert re.compile(pattern).fullmatch("") is None
    assert "||" not in pattern


def test_hints_are_written_as_they_are_compared() -> None:
    assert all(hint == hint.casefold() and "_" not in hint for hint in words.HINTS)
    assert len(set(words.HINTS)) == len(words.HINTS)
