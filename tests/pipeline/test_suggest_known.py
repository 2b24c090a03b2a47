from __future__ import annotations

from datetime import timedelta

from gum_app.pipeline.suggest_known import Known
from gum_app.records import Person
from gum_app.suggestions import Moment
from tests.builders import NOON, an_observation


def test_just_now_is_what_was_in_front_in_the_last_minutes() -> None:
    old = NOON - timedelta(minutes=30)
    known = Known(
        now=NOON,
        person=Person(),
        lately=(
            an_observation(1, started_at=old, ended_at=old),
            an_observation(2),
            an_observation(3, app="", title=""),
        ),
        moment=Moment(at=NOON),
    )
    assert [scene.observation.id for scene in known.just_now] == [2]
    assert len(known.scenes) == 3
