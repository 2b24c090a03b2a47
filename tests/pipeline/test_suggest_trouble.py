from __future__ import annotations

from datetime import timedelta

from gum_app.pipeline.suggest_known import Known
from gum_app.pipeline.suggest_trouble import repeated_trouble
from gum_app.records import Observation, Person
from gum_app.suggestions import Moment
from tests.builders import NOON, an_observation

FAILS = "FAIL: TestRouteExpiry (2.31s)"


def a_run(number: int, minutes_ago: int, text: str = FAILS, **more: object) -> Observation:
    at = NOON - timedelta(minutes=minutes_ago)
    given = {"app": "foot", "title": "~/code/router — foot", "started_at": at, "ended_at": at, **more}
    return an_observation(number, text, **given)


def found(*lately: Observation) -> list[str]:
    known = Known(now=NOON, person=Person(), lately=lately, moment=Moment(at=NOON))
    return [offer.title for offer in repeated_trouble(known)]


def test_the_third_time_is_worth_a_word_the_second_is_not() -> None:
    assert not found(a_run(1, 40), a_run(2, 1))
    assert found(a_run(1, 40), a_run(2, 20), a_run(3, 1)) == ["“TestRouteExpiry” again"]


def test_what_went_wrong_long_ago_is_no_reason_to_speak_now() -> None:
    assert not found(a_run(1, 90), a_run(2, 70), a_run(3, 40))


def test_what_others_write_or_a_notification_claims_is_not_the_persons_trouble() -> None:
    told = [a_run(n, n, app="slack", title="#ci — Slack") for n in (1, 2, 3)]
    assert not found(*told)
    assert not found(*(a_run(n, n, source="notification", app="CI", title="Build") for n in (1, 2, 3)))
