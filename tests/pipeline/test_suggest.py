"""What is offered, what never is, and what the person is at already."""

from __future__ import annotations

from datetime import timedelta

from gum_app.pipeline.suggest import Known, already, discover
from gum_app.records import Observation, Person
from gum_app.suggestions import Act, Moment
from tests.builders import NOON, an_observation, an_offer


def known(*lately: Observation, strain_seconds: float = 0.0) -> Known:
    return Known(now=NOON, person=Person(), lately=lately, moment=Moment(at=NOON, strain_seconds=strain_seconds))


def test_nothing_seen_nothing_offered() -> None:
    assert discover(known()) == []
    assert discover(known(strain_seconds=3 * 3600.0)) == []


def test_each_offer_rests_on_something_seen() -> None:
    offers = discover(known(an_observation(7, "Some work"), strain_seconds=3 * 3600.0))
    assert [each.kind for each in offers] == ["break"]
    assert offers[0].seen_in == (7,)


def van() -> Act:
    return Act(kind="reminder", title="Move the van booking to Monday", at=NOON + timedelta(hours=1))


def test_what_is_being_typed_needs_no_offer() -> None:
    writing = an_observation(
        1, "Please move the van booking to Monday", app="thunderbird", title="Write: Van — Thunderbird", keys=40
    )
    offer = an_offer(act=van(), title="The van is booked for Saturday")
    assert already(known(writing), offer) == "already doing"


def test_what_a_page_confirms_is_done() -> None:
    page = an_observation(1, "Your van booking was moved to Monday")
    assert already(known(page), an_offer(act=van(), title="Move the van")) == "already done"


def test_what_was_done_long_ago_or_is_another_matter_does_not_count() -> None:
    old = NOON - timedelta(hours=2)
    page = an_observation(1, "Your van booking was moved to Monday", started_at=old, ended_at=old)
    assert already(known(page), an_offer(act=van(), title="Move the van")) is None
    other = an_observation(2, "Your order was cancelled")
    assert already(known(other), an_offer(act=van(), title="Move the van")) is None
