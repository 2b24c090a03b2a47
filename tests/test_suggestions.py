"""Closed lists: what is not on them is a spelling mistake that the type checker finds."""

from __future__ import annotations

from gum_app.suggestions import ACT_KINDS, OFFER_KINDS, OPEN, SILENCES


def test_the_lists_hold_what_the_types_do() -> None:
    assert {"trouble", "deadline", "idea"} <= set(OFFER_KINDS)
    assert {"draft", "reminder", "focus"} <= set(ACT_KINDS)
    assert {"first day", "call", "never such"} <= set(SILENCES)
    assert {"waiting", "shown"} == OPEN
