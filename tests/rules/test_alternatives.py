from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum_app.rules.alternatives import quick, split

PATTERN = r"(?:my|his) (?:debts?|dog)|debt collectors?|deb(?:it|t)s?|x|(?:un)?paid|[a|b]c|a\|b|(?!no)q\w+"


def test_it_is_cut_at_bars_outside_groups_and_classes() -> None:
    assert split(r"a(?:b|c)|[d|e]|f\|g") == ["a(?:b|c)", "[d|e]", r"f\|g"]


@pytest.mark.parametrize(
    "text", ["my debt", "his dog", "debt collector", "debits", "x", "unpaid", "paid", "|c", "a|b", "quick"]
)
def test_what_matched_matches_still(text: str) -> None:
    assert re.fullmatch(PATTERN, text)
    assert re.fullmatch(quick(PATTERN), text)


@given(st.text(alphabet="mydebts hogxunpacq|", max_size=12))
def test_nothing_else_matches(text: str) -> None:
    assert (re.fullmatch(PATTERN, text) is None) == (re.fullmatch(quick(PATTERN), text) is None)


@given(
    st.lists(st.text(alphabet="abc", min_size=1, max_size=5), min_size=1, max_size=8),
    st.text(alphabet="abc", max_size=5),
)
def test_plain_words_are_found_and_no_others(words: list[str], text: str) -> None:
    assert (re.fullmatch(quick("|".join(words)), text) is not None) == (text in words)
