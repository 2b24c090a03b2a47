"""What a question says of time becomes a span, and only that is taken out of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gum_app.rules.time_words import time_asked

NOW = datetime(2026, 3, 11, 14, 30, tzinfo=timezone(timedelta(hours=1)))  # a Wednesday


def told(text: str) -> tuple[str, str, str]:
    asked = time_asked(text, NOW)
    ends = [f"{at:%Y-%m-%d %H:%M}".removesuffix(" 00:00") if at else "" for at in (asked.since, asked.until)]
    return ends[0], ends[1], asked.rest


@pytest.mark.parametrize(
    ("text", "since", "until", "rest"),
    [
        ("the router yesterday afternoon", "2026-03-10 12:00", "2026-03-10 18:00", "the router"),
        ("what did I do yesterday?", "2026-03-10", "2026-03-11", "what did I do ?"),
        ("today in the morning", "2026-03-11 05:00", "2026-03-11 12:00", ""),
        ("mails this morning", "2026-03-11 05:00", "2026-03-11 12:00", "mails"),
        ("last night", "2026-03-10 18:00", "2026-03-11 04:00", ""),
        ("the day before yesterday", "2026-03-09", "2026-03-10", ""),
        ("two days ago", "2026-03-09", "2026-03-10", ""),
        ("an hour ago", "2026-03-11 13:00", "2026-03-11 14:00", ""),
        ("3 weeks ago", "2026-02-16", "2026-02-23", ""),
        ("in the last 3 days", "2026-03-09", "2026-03-12", ""),
        ("the past hour", "2026-03-11 13:30", "2026-03-11 14:30", ""),
        ("over the past week", "2026-03-05", "2026-03-12", ""),
        ("last week", "2026-03-02", "2026-03-09", ""),
        ("this month", "2026-03-01", "2026-04-01", ""),
        ("plans for next week", "2026-03-16", "2026-03-23", "plans for"),
        ("last weekend", "2026-03-07", "2026-03-09", ""),
        ("last year", "2025-01-01", "2026-01-01", ""),
        ("on Friday", "2026-03-06", "2026-03-07", ""),
        ("on Wednesday", "2026-03-11", "2026-03-12", ""),
        ("last Wednesday", "2026-03-04", "2026-03-05", ""),
        ("meeting Monday morning with Ann", "2026-03-09 05:00", "2026-03-09 12:00", "meeting with Ann"),
        ("since Monday", "2026-03-09", "", ""),
        ("before last week", "", "2026-03-02", ""),
        ("until yesterday", "", "2026-03-11", ""),
        ("after yesterday", "2026-03-11", "", ""),
        ("trips in May", "2025-05-01", "2025-06-01", "trips"),
        ("trips in February 2024", "2024-02-01", "2024-03-01", "trips"),
        ("in 2024", "2024-01-01", "2025-01-01", ""),
        ("since 2024", "2024-01-01", "", ""),
        ("calls on 4 March", "2026-03-04", "2026-03-05", "calls"),
        ("calls on 20 December", "2025-12-20", "2025-12-21", "calls"),
        ("calls on 2026-03-04", "2026-03-04", "2026-03-05", "calls"),
    ],
)
def test_a_time_is_a_span_of_the_clock_of_now(text: str, since: str, until: str, rest: str) -> None:
    assert told(text) == (since, until, rest)


@pytest.mark.parametrize(
    "text", ["", "the second router", "Monday blues", "may I", "march past the june bug", "python 3", "in 20245", "day"]
)
def test_what_may_mean_something_else_is_left_to_the_search(text: str) -> None:
    assert told(text) == ("", "", text)


@given(some.text(), some.datetimes(timezones=some.just(UTC)))
def test_nothing_makes_it_fail(text: str, now: datetime) -> None:
    asked = time_asked(text, now)
    assert (asked.since, asked.until) == (None, None) or len(asked.rest) < len(text)


WORDS = (
    *("yesterday", "today", "last", "past", "this", "next", "on", "in", "since", "until", "before", "after", "the"),
    *("3", "999", "a", "few", "week", "weekend", "month", "year", "days", "ago", "monday", "friday", "morning"),
    *("night", "march", "may", "2024", "0001", "hours", "minutes", "31", "february"),
)


@given(some.lists(some.sampled_from(WORDS), max_size=8).map(" ".join), some.datetimes(timezones=some.just(UTC)))
def test_words_for_a_time_in_any_order_are_a_span_that_ends_after_it_begins(text: str, now: datetime) -> None:
    asked = time_asked(text, now)
    if asked.since is not None and asked.until is not None:
        assert asked.since < asked.until
