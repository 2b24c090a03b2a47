from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from gum_app.pipeline.suggest_known import Known, paragraphs, rows
from gum_app.records import Person
from gum_app.suggestions import Moment
from tests.builders import NOON, an_observation
from tests.pipeline.seen import a_belief, a_look
from tests.pipeline.seen import known as seen


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


def test_a_day_ends_when_it_usually_does() -> None:
    evening = NOON.replace(hour=16, minute=45)
    assert seen(now=evening).day_ends and not seen(now=NOON).day_ends
    hours = a_belief(1, "routine:hours", "Usually starts at about 07:30 on working days and stops at about 14:00.")
    assert not seen(now=evening, beliefs=(hours,)).day_ends
    assert seen(now=NOON.replace(hour=13, minute=30), beliefs=(hours,)).day_ends
    assert not seen(now=evening.replace(day=14)).day_ends, "a Saturday"


def test_a_day_begins_after_a_night_away() -> None:
    night, now = a_look(1, 600), a_look(2, 0)
    assert seen(night, now).day_begins
    assert not seen(night, now, now=NOON + timedelta(hours=1)).day_begins
    assert not seen(a_look(1, 60), now).day_begins


def test_who_writes_is_not_calm() -> None:
    reading = a_look(1, 0, "words", app="evince", title="book.pdf — Document viewer")
    writing = a_look(1, 0, "words", app="thunderbird", title="Write: Hello – Thunderbird")
    assert seen(reading, keys_a_minute=5.0).is_calm
    assert not seen(reading, keys_a_minute=90.0).is_calm
    assert not seen(writing, keys_a_minute=5.0).is_calm


def test_only_rows_that_were_surely_read_and_are_fit_are_quoted() -> None:
    scene = seen(a_look(1, 0, "A good row\nMy therapy session")).scenes[0]
    assert [part.text for part in rows(scene)] == ["A good row"]
    assert [part.text for part in rows(scene, re.compile("nowhere"))] == []
    assert [[part.text for part in each] for each in paragraphs(scene)] == [["A good row"]]
