"""A program that asks is told of once; ever new names do not become ever new messages."""

from __future__ import annotations

from datetime import timedelta

from gum_app.ui.requests_told import APART, RequestsTold
from gum_app.ui.status import Request
from tests.builders import NOON

MINUTE = timedelta(minutes=1)


def requests(*clients: str, at: int = 1) -> list[Request]:
    return [Request(client=client, at=NOON + at * MINUTE) for client in clients]


def test_each_is_told_of_once() -> None:
    told = RequestsTold()
    assert told.to_tell([], NOON) == ""
    said = told.to_tell(requests("claude"), NOON + MINUTE)
    assert said.startswith("“claude” asks what it may be told about you: click to answer")
    assert told.to_tell(requests("claude"), NOON + MINUTE) == ""
    assert told.to_tell(requests("claude"), NOON + 60 * MINUTE) == ""


def test_what_had_asked_before_is_shown_by_the_mark_alone() -> None:
    told = RequestsTold()
    assert told.to_tell(requests("claude", at=-9), NOON) == ""
    assert "cursor" in told.to_tell(requests("claude", at=-9) + requests("cursor"), NOON + MINUTE)


def test_a_flood_is_one_message_in_ten_minutes() -> None:
    told = RequestsTold()
    told.to_tell([], NOON)
    assert "“a”" in told.to_tell(requests("a"), NOON + MINUTE)
    flood = requests("a", *(f"name {number}" for number in range(19)))
    assert all(told.to_tell(flood, NOON + MINUTE * minute) == "" for minute in range(2, 10))
    later = told.to_tell(flood, NOON + MINUTE + APART)
    assert later.startswith("“name 18” and 18 other programs ask what they may be told about you")
    assert told.to_tell(flood, NOON + 99 * MINUTE) == ""
