"""What is shown now, what waits and what never will be: each silence by itself, and in the order it is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum_app.rules.judgement import (
    STAYS_IN_FRONT,
    Judgement,
    Past,
    is_over,
    judge,
    still_watches_until,
    watches_only_until,
)
from gum_app.rules.taste import PRIOR_RATE, SURE
from gum_app.settings import Settings
from gum_app.suggestions import SILENCES, Answer, Answered, Silence, Suggestion, SuggestionId
from tests.builders import NOON, a_moment, a_suggestion, an_offer

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
GOOD = a_suggestion(offer=an_offer(belief=0.9, benefit=7, cost_wrong=3, cost_silent=6, good_until=NOON + 4 * DAY))
BEFORE = SuggestionId(9)
OTHER = an_offer("trouble", topic="trouble:e0502", title="E0502 came for the third time")


def a_past(**more: Any) -> Past:
    defaults: dict[str, Any] = {"now": NOON, "watched_since": NOON - 2 * DAY, "answers": (), "shown": ()}
    return Past(**{**defaults, **more})


def judged(suggestion: Suggestion = GOOD, past: Past | None = None, **more: Any) -> Judgement:
    settings = more.pop("settings", Settings())
    return judge(suggestion, a_moment(**more), past or a_past(), settings)


def said(answer: Answer, at: datetime = NOON - MINUTE, count: int = 1) -> tuple[Answered, ...]:
    return tuple(Answered(kind="deadline", answer=answer, at=at) for _ in range(count))


def shown(id: int, at: datetime, **more: Any) -> Suggestion:  # noqa: A002
    return a_suggestion(id, OTHER, **{"state": "taken", "shown_at": at, **more})


def test_a_good_offer_at_a_good_moment_is_shown() -> None:
    found = judged()
    assert (found.silence, found.final) == (None, False)
    assert found.wanted == pytest.approx(0.9 * PRIOR_RATE)
    assert found.speak > found.silent


CASES: dict[Silence, dict[str, Any]] = {
    "off": {"settings": Settings(suggestions=False)},
    "never such": {"settings": Settings(never_offered=["deadline"])},
    "first day": {"past": a_past(watched_since=NOON - DAY + MINUTE)},
    "already doing": {"past": a_past(already="already doing")},
    "already done": {"past": a_past(already="already done")},
    "already offered": {"past": a_past(shown=(replace(GOOD, id=BEFORE, state="dismissed", shown_at=NOON - 9 * DAY),))},
    "lately refused": {"past": a_past(answers=said("dismissed", count=2))},
    "not worth it": {"suggestion": replace(GOOD, offer=replace(GOOD.offer, belief=0.2))},
    "later": {"suggestion": replace(GOOD, not_before=NOON + MINUTE)},
    "paused": {"paused": True},
    "locked": {"locked": True},
    "away": {"away": True},
    "call": {"in_call": True},
    "sharing": {"sharing": True},
    "full screen": {"fullscreen": True},
    "private": {"app": ""},
    "typing": {"keys_a_minute": 140.0},
    "just arrived": {"in_front_seconds": 3.0},
    "do not disturb": {"do_not_disturb": True},
    "focus": {"focus": True},
    "quiet hours": {"at": NOON.replace(hour=23)},
    "one at a time": {"past": a_past(shown=(shown(9, NOON - MINUTE, state="shown"),))},
    "too soon": {"past": a_past(shown=(shown(9, NOON - 20 * MINUTE),))},
    "enough for today": {"past": a_past(shown=tuple(shown(n, NOON - n * 31 * MINUTE) for n in range(2, 8)))},
}
FINAL = {"never such", "already doing", "already done", "already offered", "not worth it"}


def test_each_silence_is_among_the_cases() -> None:
    assert set(CASES) == set(SILENCES)


@pytest.mark.parametrize("silence", CASES)
def test_each_silence_has_its_reason_and_waits_or_does_not(silence: Silence) -> None:
    found = judged(**CASES[silence])
    assert (found.silence, found.final) == (silence, silence in FINAL)


def test_the_first_day_is_a_day_and_does_not_begin_before_start_is_pressed() -> None:
    assert judged(past=a_past(watched_since=None)).silence == "first day"
    assert judged(past=a_past(watched_since=NOON - DAY)).silence is None
    assert (watches_only_until(None), watches_only_until(NOON)) == (None, NOON + DAY)
    started = Settings(consented_at=NOON.isoformat())
    assert still_watches_until(Settings(), NOON) is None
    assert still_watches_until(started, NOON + MINUTE) == NOON + DAY
    assert still_watches_until(started, NOON + DAY) is None


def test_what_will_never_be_shown_is_told_before_what_is_in_the_way_now() -> None:
    assert judged(settings=Settings(never_offered=["deadline"]), in_call=True).silence == "never such"
    assert judged(replace(GOOD, offer=replace(GOOD.offer, belief=0.2)), in_call=True).final


def test_it_waits_for_the_rest_of_its_kind_only_if_there_is_time() -> None:
    past = a_past(answers=said("dismissed", count=2))
    short = replace(GOOD, offer=replace(GOOD.offer, good_until=NOON + timedelta(hours=3)))
    assert not judged(GOOD, past).final
    assert judged(short, past).final


def test_after_the_rest_it_is_tried_as_if_it_were_new() -> None:
    past = a_past(answers=said("dismissed", NOON - DAY - MINUTE, count=2))
    assert judged(past=past) == judged()
    unsure = replace(GOOD, offer=replace(GOOD.offer, belief=SURE - 0.01, benefit=5, cost_wrong=4, cost_silent=4))
    assert (judged(unsure, past).silence, judged(unsure).silence) == ("not worth it", None)


def test_what_was_ignored_may_come_again_the_next_day() -> None:
    before = replace(GOOD, id=BEFORE, state="ignored", shown_at=NOON - timedelta(hours=23), changed_at=NOON)
    assert judged(past=a_past(shown=(before,))).silence == "already offered"
    assert not judged(past=a_past(shown=(before,))).final
    assert judged(past=a_past(shown=(replace(before, shown_at=NOON - DAY),))).silence is None


def test_the_suggestion_itself_is_not_in_its_own_way() -> None:
    again = replace(GOOD, shown_at=NOON - timedelta(hours=2), not_before=NOON - MINUTE)
    assert judged(again, a_past(shown=(again,))).silence is None


def test_an_unanswered_offer_holds_the_next_one_back_only_for_a_while() -> None:
    open_ = shown(9, NOON - timedelta(hours=2), state="shown")
    assert timedelta(hours=2) > STAYS_IN_FRONT
    assert judged(past=a_past(shown=(open_,))).silence is None


def test_its_time_is_over_at_its_end() -> None:
    assert not is_over(GOOD, GOOD.offer.good_until - MINUTE)
    assert is_over(GOOD, GOOD.offer.good_until)


@given(st.floats(0, 1), st.lists(st.sampled_from(["taken", "dismissed", "ignored", "undone", "did it"]), max_size=12))
def test_surer_beliefs_are_never_less_wanted(belief: float, answers: list[Answer]) -> None:
    past = a_past(answers=tuple(each for answer in answers for each in said(answer, NOON - 8 * DAY)))
    less = judged(replace(GOOD, offer=replace(GOOD.offer, belief=belief * 0.9)), past)
    more = judged(replace(GOOD, offer=replace(GOOD.offer, belief=belief)), past)
    assert 0 <= less.wanted <= more.wanted <= 1
    assert less.silence is not None or more.silence is None
