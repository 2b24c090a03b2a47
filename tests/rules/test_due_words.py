"""When something is due, as people type it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum_app.errors import BadInput
from gum_app.rules.due_words import due_at
from tests.builders import NOON  # a Tuesday


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("17:30", "2026-03-10T17:30"),
        ("at 17:30", "2026-03-10T17:30"),
        ("9:00", "2026-03-11T09:00"),
        ("tomorrow", "2026-03-11T09:00"),
        ("Tomorrow 8:15", "2026-03-11T08:15"),
        ("today 13:00", "2026-03-10T13:00"),
        ("friday 14:00", "2026-03-13T14:00"),
        ("on Tuesday", "2026-03-17T09:00"),
        ("2026-03-14 08:30", "2026-03-14T08:30"),
        ("2026-03-14", "2026-03-14T09:00"),
        ("20m", "2026-03-10T12:20"),
        ("in 1h30m", "2026-03-10T13:30"),
    ],
)
def test_a_time_that_comes(text: str, at: str) -> None:
    assert due_at(text, NOON) == datetime.fromisoformat(at).replace(tzinfo=NOON.tzinfo)


def test_an_instant_as_programs_write_it() -> None:
    at = NOON + timedelta(hours=3)
    assert due_at(at.isoformat(), NOON) == at


@pytest.mark.parametrize(
    "text", ["", "soon", "25:00", "today 9:00", "2026-03-09", "2026-02-30", "tomorrow soon", "9999999d", "0m"]
)
def test_what_is_no_time_or_is_over_is_told_in_one_sentence(text: str) -> None:
    with pytest.raises(BadInput, match=r"^“.*\.$"):
        due_at(text, NOON)


@given(st.text(max_size=30))
def test_whatever_is_typed_it_is_ahead_or_refused(text: str) -> None:
    try:
        assert due_at(text, NOON) > NOON
    except BadInput as error:
        assert str(error)
