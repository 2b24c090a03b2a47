"""Spans of time as people type them."""

import pytest

from gum_app.errors import BadInput
from gum_app.rules.durations import minutes_of


@pytest.mark.parametrize(("text", "minutes"), [("10m", 10), ("1h", 60), ("2h30m", 150), ("90s", 1.5), ("1 d", 1440)])
def test_a_span_is_understood(text: str, minutes: float) -> None:
    assert minutes_of(text) == pytest.approx(minutes)


def test_a_bare_number_means_minutes_only_where_that_is_said() -> None:
    assert minutes_of("15", bare="minutes") == 15
    with pytest.raises(BadInput, match="like 10m"):
        minutes_of("15")


@pytest.mark.parametrize("text", ["", "soon", "10x", "m", "10m and more"])
def test_anything_else_is_refused_in_words(text: str) -> None:
    with pytest.raises(BadInput, match="no span of time"):
        minutes_of(text)
