from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from gum_app.rules.moves import move_in

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("The handover of keys moves from Saturday 28 March to Monday 30 March at 09:30.", 28, 30),
        ("The visit was moved to Thursday 19 March instead of Tuesday 17 March.", 17, 19),
        ("Could I start on Monday 23 March instead of the 16th?", 16, 23),
        ("Rehearsal is on Friday 20 March (was Thursday 19 March).", 19, 20),
        ("We postponed it from 24 March to 31 March", 24, 31),
    ],
)
def test_from_one_day_to_another(text: str, old: int, new: int) -> None:
    move = move_in(text, NOON)
    assert move is not None
    assert (move.old.day, move.new.day) == (date(2026, 3, old), date(2026, 3, new))


@pytest.mark.parametrize(
    "text",
    [
        "We are away from Saturday 28 March to Monday 30 March.",
        "The meeting moved to Thursday 19 March.",
        "The moves on Saturday 28 March were beautiful.",
        "It was moved from 3 March to 5 March.",
        "Nothing has changed.",
    ],
)
def test_no_move_without_two_days_ahead_and_a_word_for_it(text: str) -> None:
    assert move_in(text, NOON) is None
