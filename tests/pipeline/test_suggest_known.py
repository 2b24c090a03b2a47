from __future__ import annotations

from dataclasses import replace
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


def test_what_has_not_changed_is_not_prepared_again() -> None:
    old, new = an_observation(1, "old"), an_observation(2, "new")
    first = Known(now=NOON, person=Person(), lately=(old, new), moment=Moment(at=NOON))
    before = {scene.observation.id: scene for scene in first.scenes}
    changed = an_observation(2, "new\nand more")
    again = replace(first, lately=(old, changed), before=before)
    assert again.scenes[0] is first.scenes[0]
    assert again.scenes[1].observation is changed
    somebody_else = replace(again, person=Person(name="Ann"))
    assert somebody_else.scenes[0] is not first.scenes[0]
