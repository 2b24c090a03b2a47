from __future__ import annotations

from datetime import timedelta

from gum_app.pipeline.suggest_break import breaks
from gum_app.pipeline.suggest_known import Known
from gum_app.records import Person
from gum_app.suggestions import Moment
from tests.builders import NOON, an_observation


def known(strain_seconds: float) -> Known:
    moment = Moment(at=NOON, strain_seconds=strain_seconds)
    return Known(now=NOON, person=Person(), lately=(an_observation(),), moment=moment)


def test_a_pause_is_offered_after_two_hours_and_not_before() -> None:
    assert not list(breaks(known(2 * 3600.0 - 60)))
    (offer,) = breaks(known(2 * 3600.0))
    assert offer.title == "No pause since 10:00"
    assert offer.act.kind == "reminder" and offer.act.at == NOON + timedelta(minutes=10)


def test_one_stretch_of_work_is_one_matter() -> None:
    first, later = (next(iter(breaks(known(strain)))) for strain in (7300.0, 7500.0))
    assert first.topic != "break:" and later.topic == first.topic
