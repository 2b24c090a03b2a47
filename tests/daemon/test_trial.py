"""A try of the model, for who waits for it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from gum_app.clock import SetClock
from gum_app.daemon.gate import Gate
from gum_app.daemon.mind import Mind
from gum_app.daemon.room import Room
from gum_app.daemon.trial import LOADS, WORDS, trial
from gum_app.errors import AnswerUnfit, ModelUnusable
from gum_app.paths import Home
from gum_app.records import Call
from tests.builders import NOON
from tests.world.scripted_model import UNTIL_STOPPED, ScriptedModel


@pytest.fixture
def calls() -> list[Call]:
    return []


@pytest.fixture
def room(home: Home, calls: list[Call]) -> Iterator[Room]:
    room = Room(home=home, gate=Gate(needs_light=False), clock=SetClock(NOON))
    room.models_heeded = dict(room.models_wanted)
    with closing(Mind(room.clock, calls.append)) as room.mind:
        yield room


def chosen(room: Room, *answers: object) -> ScriptedModel:
    assert room.mind is not None
    model = ScriptedModel(*answers)
    room.mind.think_with(model)
    return model


@pytest.mark.parametrize(("sees", "pictures"), [(True, 1), (False, 0)])
def test_a_model_that_does_not_see_is_tried_in_words(room: Room, sees: bool, pictures: int) -> None:
    model = chosen(room, json.dumps({"says": WORDS}))
    first, *_, last = trial(room, sees=sees)
    assert first == {"said": LOADS}
    assert (last["answer"], WORDS in last["sentence"]) == (WORDS, True)
    assert [prompt.pictures for prompt in model.asked] == [pictures]


def test_an_answer_of_another_shape_and_no_model_at_all_are_told(room: Room) -> None:
    with pytest.raises(ModelUnusable, match="choose one first"):
        list(trial(room, sees=True))
    chosen(room, "Tea?")
    with pytest.raises(AnswerUnfit, match="not in the shape"):
        list(trial(room, sees=True))


def test_who_leaves_takes_the_question_back(room: Room, calls: list[Call]) -> None:
    asked = threading.Event()
    assert room.mind is not None
    room.mind.think_with(ScriptedModel(UNTIL_STOPPED, before=lambda _prompt: asked.set()))
    going_on = trial(room, sees=True)
    assert next(going_on) == {"said": LOADS}
    assert next(going_on) == {"said": LOADS}
    assert asked.wait(60)
    going_on.close()
    assert [call.outcome for call in calls] == ["gave way"]
