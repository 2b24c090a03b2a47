"""The same is not offered again before its time, in other words either; news of the same matter is no repetition."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum_app.rules.novelty import REPEATED_AFTER, comes_again_at, same_matter, worth_keeping
from gum_app.suggestions import OFFER_KINDS, OPEN, OfferKind, Suggestion, SuggestionState
from tests.builders import NOON, a_suggestion, an_offer

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
VAN = an_offer(good_until=NOON + 3 * DAY)


def shown(state: SuggestionState, at: datetime = NOON, **more: Any) -> Suggestion:
    return a_suggestion(offer=VAN, state=state, shown_at=at, **more)


@pytest.mark.parametrize("state", REPEATED_AFTER)
def test_each_end_has_its_own_time_until_the_same_may_come(state: SuggestionState) -> None:
    until = NOON + REPEATED_AFTER[state]
    assert comes_again_at(VAN, [shown(state)], NOON) == until
    assert comes_again_at(VAN, [shown(state)], until) is None


def test_a_refusal_lasts_longest_and_a_look_away_shortest() -> None:
    assert REPEATED_AFTER["ignored"] < REPEATED_AFTER["taken"] < REPEATED_AFTER["dismissed"]


def test_what_nobody_saw_is_new() -> None:
    assert comes_again_at(VAN, [a_suggestion(offer=VAN, state="refused"), a_suggestion(offer=VAN)], NOON) is None


def test_while_it_is_open_it_is_not_offered_twice() -> None:
    again = comes_again_at(VAN, [shown("shown", NOON - 300 * DAY)], NOON)
    assert again is not None and again > NOON + 10_000 * DAY


def test_the_same_in_other_words_is_the_same() -> None:
    other = replace(VAN, topic="idea:keys", title="The keys come on Monday, the van is booked for Saturday")
    assert same_matter(VAN, other)
    assert not same_matter(VAN, replace(other, title="Prepare the talk for Monday"))


def test_a_title_that_denies_it_or_names_another_day_is_another_matter() -> None:
    other = replace(VAN, topic="other")
    assert not same_matter(VAN, replace(other, title="The van is not booked for Saturday, the keys come on Monday"))
    assert not same_matter(VAN, replace(other, title="The van is booked for Sunday, the keys come on Monday"))


def test_a_date_that_moved_is_news_and_a_fifth_time_after_the_fourth_is_not() -> None:
    assert not same_matter(VAN, replace(VAN, title="The van is booked for Saturday, the keys come on Tuesday"))
    trouble = an_offer("trouble", topic="trouble:e0502", title="E0502 came for the 4th time in main.rs")
    assert same_matter(trouble, replace(trouble, title="E0502 came for the 5th time in main.rs"))


def test_a_kind_does_not_hide_a_topic() -> None:
    assert same_matter(VAN, replace(VAN, kind="idea", title="Something else altogether about Tuesday"))


def test_what_waits_or_is_shown_is_not_kept_twice() -> None:
    for state in OPEN:
        assert not worth_keeping(VAN, [a_suggestion(offer=VAN, state=state)], NOON + 300 * DAY)


def test_what_was_not_worth_it_is_thought_over_after_a_day_or_when_there_is_more_reason() -> None:
    refused = a_suggestion(offer=VAN, state="refused")
    assert not worth_keeping(VAN, [refused], NOON + HOUR)
    assert worth_keeping(VAN, [refused], NOON + DAY)
    assert worth_keeping(replace(VAN, belief=VAN.belief + 0.1), [refused], NOON + HOUR)
    assert worth_keeping(replace(VAN, cost_silent=VAN.cost_silent + 1), [refused], NOON + HOUR)
    assert not worth_keeping(replace(VAN, cost_wrong=VAN.cost_wrong + 1), [refused], NOON + HOUR)


def test_what_the_person_did_is_not_found_again_the_same_day() -> None:
    withdrawn = a_suggestion(offer=VAN, state="withdrawn")
    assert not worth_keeping(replace(VAN, belief=1.0), [withdrawn], NOON + HOUR)
    assert worth_keeping(VAN, [withdrawn], NOON + DAY)


def test_what_cannot_come_again_in_time_is_not_kept() -> None:
    assert not worth_keeping(VAN, [shown("dismissed")], NOON + DAY)
    assert worth_keeping(VAN, [shown("ignored")], NOON + HOUR), "it waits for its day"
    assert worth_keeping(VAN, [a_suggestion(offer=VAN, state="expired")], NOON)
    assert worth_keeping(VAN, [], NOON)


VOCABULARY = ("van", "keys", "Monday", "Saturday", "book", "talk", "draft", "61", "of", "64", "not", "ROUTE-377")
words = st.lists(st.sampled_from(VOCABULARY), max_size=8)


@given(words.map(" ".join), words.map(" ".join), st.sampled_from(OFFER_KINDS), st.booleans())
def test_sameness_goes_both_ways(one: str, other: str, kind: OfferKind, same_topic: bool) -> None:
    ours = an_offer(kind, title=one, topic="a")
    theirs = an_offer(kind, title=other, topic="a" if same_topic else "b")
    assert same_matter(ours, theirs) == same_matter(theirs, ours)
    assert same_matter(ours, ours)


@given(st.lists(st.sampled_from(sorted(REPEATED_AFTER)), min_size=1, max_size=6))
def test_more_that_was_shown_never_brings_it_back_sooner(states: list[SuggestionState]) -> None:
    all_of_them = comes_again_at(VAN, [shown(state) for state in states], NOON)
    fewer = comes_again_at(VAN, [shown(state) for state in states[1:]], NOON)
    assert all_of_them is not None
    assert fewer is None or fewer <= all_of_them
