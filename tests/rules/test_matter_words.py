from __future__ import annotations

import re

import pytest

from gum_app.records import MATTERS
from gum_app.rules import matter_words as words
from gum_app.rules.folding import folded

PATTERNS = [*words.TELLING.values(), *words.AMBIGUOUS.values(), words.CHILD, words.CHILD_RECORD]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_each_list_is_a_pattern_without_empty_alternatives(pattern: str) -> None:
    assert re.compile(pattern).fullmatch("") is None
    assert "||" not in pattern


@pytest.mark.parametrize("pattern", PATTERNS)
def test_words_are_written_as_they_are_compared(pattern: str) -> None:
    """In small letters without accents: what is not could never match."""
    plain = re.sub(r"\\.|\[[^\]]*\]", "", pattern)
    assert plain == folded(plain).casefold()


def test_every_matter_but_those_found_otherwise_has_telling_words() -> None:
    assert set(words.TELLING) == set(MATTERS) - {"children", "private", "credentials"}
    assert set(words.AMBIGUOUS) <= set(words.TELLING)
