from __future__ import annotations

import re

import pytest

from gum_app.rules import private_words
from gum_app.rules.private_words import any_of, programs

PATTERNS = [name for name in vars(private_words) if name.isupper()]


def test_alternatives_over_several_lines_are_one_group() -> None:
    assert any_of("\n    one|two (?:more |less )things|\n    three\n") == "(?:one|two (?:more |less )things|three)"


def test_programs_are_joined_as_a_rule_wants_them() -> None:
    assert programs("\n    one two\n    three ") == "one|two|three"


@pytest.mark.parametrize("name", PATTERNS)
def test_each_list_compiles_and_has_no_empty_alternative(name: str) -> None:
    pattern = getattr(private_words, name)
    assert re.compile(pattern).fullmatch("") is None
    assert "||" not in pattern
    assert not pattern.endswith("|")
