"""When nothing is said: whatever is in the way, and whatever is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from math import nan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum_app.rules.moment import BUSY_SHARE, DEEP_TYPING_KEYS, JUST_ARRIVED_SECONDS, hindrance, is_quiet
from gum_app.settings import Settings
from gum_app.suggestions import Moment, Silence
from tests.builders import NOON, a_moment

FLAGS: dict[str, Silence] = {
    "paused": "paused",
    "locked": "locked",
    "away": "away",
    "sharing": "sharing",
    "in_call": "call",
    "private": "private",
    "fullscreen": "full screen",
    "do_not_disturb": "do not disturb",
    "focus": "focus",
}


def found(moment: Moment, **settings: Any) -> Silence | None:
    return hindrance(moment, Settings(**settings))


def test_a_pause_is_a_good_moment() -> None:
    assert found(a_moment()) is None


@pytest.mark.parametrize("flag", FLAGS)
def test_each_hindrance_is_named(flag: str) -> None:
    assert found(a_moment(**{flag: True})) == FLAGS[flag]


@pytest.mark.parametrize(
    ("more", "silence"),
    [
        ({"app": ""}, "private"),
        ({"keys_a_minute": None, "busy_share": None}, "typing"),
        ({"keys_a_minute": nan}, "typing"),
        ({"in_front_seconds": nan}, "just arrived"),
    ],
)
def test_the_unknown_is_no_good_moment(more: dict[str, Any], silence: Silence) -> None:
    assert found(a_moment(**more)) == silence


def test_deep_typing_is_more_than_a_hundred_keys_a_minute() -> None:
    assert found(a_moment(keys_a_minute=DEEP_TYPING_KEYS)) is None
    assert found(a_moment(keys_a_minute=DEEP_TYPING_KEYS + 1)) == "typing"


def test_where_keys_are_not_counted_busy_hands_stand_for_them() -> None:
    assert found(a_moment(keys_a_minute=None, busy_share=BUSY_SHARE)) is None
    assert found(a_moment(keys_a_minute=None, busy_share=BUSY_SHARE + 0.01)) == "typing"
    assert found(a_moment(keys_a_minute=20.0, busy_share=0.9)) is None, "who leads a mouse is not typing"


def test_who_has_just_turned_to_a_window_is_let_alone_for_some_seconds() -> None:
    assert found(a_moment(in_front_seconds=JUST_ARRIVED_SECONDS - 1)) == "just arrived"
    assert found(a_moment(in_front_seconds=JUST_ARRIVED_SECONDS)) is None


@pytest.mark.parametrize(
    ("start", "end", "clock", "quiet"),
    [
        ("22:00", "07:00", time(22), True),
        ("22:00", "07:00", time(0), True),
        ("22:00", "07:00", time(6, 59, 59), True),
        ("22:00", "07:00", time(7), False),
        ("22:00", "07:00", time(21, 59), False),
        ("12:00", "13:00", time(12, 30), True),
        ("12:00", "13:00", time(13), False),
        ("09:00", "09:00", time(9), False),
    ],
)
def test_quiet_hours_may_span_midnight(start: str, end: str, clock: time, quiet: bool) -> None:
    at = NOON.replace(hour=clock.hour, minute=clock.minute, second=clock.second)
    assert is_quiet(at, Settings(quiet_from=start, quiet_until=end)) == quiet
    assert found(a_moment(at=at), quiet_from=start, quiet_until=end) == ("quiet hours" if quiet else None)


def test_of_several_the_most_private_is_told() -> None:
    assert found(a_moment(**dict.fromkeys(FLAGS, True))) == "paused"
    assert found(a_moment(in_call=True, sharing=True, keys_a_minute=500.0)) == "sharing"


moments = st.builds(
    Moment,
    at=st.datetimes(timezones=st.just(NOON.tzinfo)),
    app=st.sampled_from(["", "firefox"]),
    keys_a_minute=st.none() | st.floats(0, 300),
    busy_share=st.none() | st.floats(0, 1),
    in_front_seconds=st.floats(0, 100),
    **{flag: st.booleans() for flag in FLAGS},
)
worse = st.one_of(
    st.sampled_from([{flag: True} for flag in FLAGS]),
    st.just({"app": ""}),
    st.fixed_dictionaries({"in_front_seconds": st.floats(0, JUST_ARRIVED_SECONDS, exclude_max=True)}),
    st.fixed_dictionaries({"keys_a_minute": st.floats(DEEP_TYPING_KEYS, 900, exclude_min=True)}),
    st.just({"keys_a_minute": None, "busy_share": None}),
    st.fixed_dictionaries({"keys_a_minute": st.none(), "busy_share": st.floats(BUSY_SHARE, 1, exclude_min=True)}),
)


@given(moments, worse)
def test_one_hindrance_more_never_makes_a_moment_good(moment: Moment, more: dict[str, Any]) -> None:
    assert found(replace(moment, **more)) is not None


@given(moments, st.floats(0, 500), st.floats(0, 1), st.floats(0, 100))
def test_busier_hands_never_make_a_moment_good(moment: Moment, keys: float, share: float, seconds: float) -> None:
    if found(moment) is None:
        return
    busier = replace(
        moment,
        keys_a_minute=None if moment.keys_a_minute is None else moment.keys_a_minute + keys,
        busy_share=None if moment.busy_share is None else moment.busy_share + share,
        in_front_seconds=max(moment.in_front_seconds - seconds, 0.0),
    )
    assert found(busier) is not None
