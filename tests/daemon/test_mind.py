from __future__ import annotations

import json
import threading
from datetime import timedelta

import pytest

from gum_app.clock import SetClock
from gum_app.daemon.failures import MOST_FAILURES, REST_SECONDS
from gum_app.daemon.mind import UNLOAD_AFTER_SECONDS, Mind, Urgency
from gum_app.errors import AnswerUnfit, EngineMissing, GaveWay, ModelDied, ModelTrouble, ModelUnusable
from gum_app.records import Call
from gum_app.world.model import Prompt, Said
from tests.builders import NOON
from tests.world.scripted_model import UNTIL_STOPPED, ScriptedEmbedder, ScriptedModel

PROMPT = Prompt(step="observe", fingerprint="0", system="Tell.", parts=(Said("words"),))
LONG_SECONDS = 60.0  # a wait in a test that ends with what is waited for


class Here:
    def __init__(self, model: ScriptedModel | None = None) -> None:
        self.clock = SetClock(NOON)
        self.calls: list[Call] = []
        self.mind = Mind(self.clock, self.calls.append)
        if model is not None:
            self.mind.think_with(model)

    def later(self, seconds: float) -> None:
        self.clock.put(self.clock.now() + timedelta(seconds=seconds))

    def fail(self, error: type[ModelTrouble] = ModelDied) -> None:
        with pytest.raises(error):
            self.mind.ask(PROMPT, str)


def test_an_answer_is_what_was_made_of_it_and_is_counted_in_numbers() -> None:
    here = Here(ScriptedModel('{"did": "wrote"}'))
    assert here.mind.ask(PROMPT, json.loads) == {"did": "wrote"}
    (call,) = here.calls
    assert (call.step, call.outcome, call.at) == ("observe", "answered", NOON)


def test_an_answer_of_another_shape_is_a_failure() -> None:
    here = Here(ScriptedModel("nonsense"))

    def refuse(_text: str) -> None:
        raise AnswerUnfit("The answer is not of the shape.")

    with pytest.raises(AnswerUnfit):
        here.mind.ask(PROMPT, refuse)
    assert [call.outcome for call in here.calls] == ["AnswerUnfit"]
    assert here.mind.trouble == "The answer is not of the shape."


def test_what_failed_took_its_time_too_also_by_the_clock_of_a_recording() -> None:
    here = Here(ScriptedModel(ModelDied("It died."), before=lambda _prompt: threading.Event().wait(0.02)))  # type: ignore[arg-type]
    here.fail()
    assert here.calls[0].milliseconds >= 19


def test_without_a_model_it_says_what_to_do() -> None:
    here = Here()
    with pytest.raises(ModelUnusable, match="choose one"):
        here.mind.ask(PROMPT, str)
    with pytest.raises(ModelUnusable, match="choose one"):
        here.mind.embed(["words"])
    assert not here.calls
    assert not here.mind.rests_for_seconds, "nothing was tried, so nothing failed"


def test_after_three_failures_in_a_row_it_rests_longer_each_time() -> None:
    here = Here(ScriptedModel(*[ModelDied("It crashed.")] * (MOST_FAILURES + 1)))
    for _ in range(MOST_FAILURES - 1):
        here.fail()
    assert not here.mind.rests_for_seconds
    here.fail()
    assert here.mind.rests_for_seconds == REST_SECONDS[0]
    here.later(REST_SECONDS[0])
    assert not here.mind.rests_for_seconds
    here.fail()
    assert here.mind.rests_for_seconds == REST_SECONDS[1]


def test_one_answer_in_between_makes_the_failures_begin_anew() -> None:
    died = ModelDied("It crashed.")
    here = Here(ScriptedModel(died, died, "fine", died, died))
    here.fail()
    here.fail()
    here.mind.ask(PROMPT, str)
    here.fail()
    here.fail()
    assert not here.mind.rests_for_seconds


@pytest.mark.parametrize("error", [ModelUnusable, EngineMissing])
def test_what_cannot_work_at_all_is_not_tried_three_times(error: type[ModelTrouble]) -> None:
    here = Here(ScriptedModel(error("It is not there.")))
    here.fail(error)
    assert here.mind.rests_for_seconds
    here.mind.wake()
    assert not here.mind.rests_for_seconds
    assert here.mind.trouble is None


def test_a_thought_gives_way_to_the_person_and_that_is_no_failure() -> None:
    asked = threading.Event()
    model = ScriptedModel(UNTIL_STOPPED, "for the person", before=lambda _prompt: asked.set())
    here = Here(model)
    gave_way: list[BaseException] = []

    def think() -> None:
        try:
            here.mind.ask(PROMPT, str)
        except GaveWay as event:
            gave_way.append(event)

    thinking = threading.Thread(target=think)
    thinking.start()
    assert asked.wait(LONG_SECONDS)
    assert here.mind.ask(PROMPT, str, urgency=Urgency.PERSON) == "for the person"
    thinking.join(LONG_SECONDS)
    assert len(gave_way) == 1
    assert [call.outcome for call in here.calls] == ["gave way", "answered"]
    assert here.mind.trouble is None


def test_what_the_person_asks_does_not_give_way_to_the_background() -> None:
    asked = threading.Event()
    model = ScriptedModel(UNTIL_STOPPED, "later", before=lambda _prompt: asked.set())
    here = Here(model)
    stop, order = threading.Event(), list[str]()

    def chat() -> None:
        with pytest.raises(GaveWay):
            here.mind.ask(PROMPT, str, urgency=Urgency.PERSON, stop=stop)
        order.append("chat")

    def think() -> None:
        order.append(here.mind.ask(PROMPT, str))

    chatting, thinking = threading.Thread(target=chat), threading.Thread(target=think)
    chatting.start()
    assert asked.wait(LONG_SECONDS)
    thinking.start()
    stop.set()  # only the person ends it
    for thread in (chatting, thinking):
        thread.join(LONG_SECONDS)
    assert sorted(order) == ["chat", "later"]


def test_who_waits_may_take_the_question_back() -> None:
    asked = threading.Event()
    model = ScriptedModel(UNTIL_STOPPED, before=lambda _prompt: asked.set())
    here = Here(model)
    running, waiting = threading.Event(), threading.Event()

    def ask(stop: threading.Event) -> None:
        with pytest.raises(GaveWay):
            here.mind.ask(PROMPT, str, urgency=Urgency.PERSON, stop=stop)

    first = threading.Thread(target=ask, args=(running,))
    first.start()
    assert asked.wait(LONG_SECONDS)
    second = threading.Thread(target=ask, args=(waiting,))
    second.start()
    waiting.set()
    second.join(LONG_SECONDS)
    assert not second.is_alive()
    assert here.mind.is_thinking
    running.set()
    first.join(LONG_SECONDS)


def test_memory_is_given_back_when_nothing_was_asked_for_a_while() -> None:
    model = ScriptedModel("one")
    here = Here(model)
    here.mind.unload_if_idle(at_once=True)
    assert model.rests == 0, "it never started"
    here.mind.ask(PROMPT, str)
    here.later(UNLOAD_AFTER_SECONDS - 1)
    here.mind.unload_if_idle()
    assert model.rests == 0
    here.later(1)
    here.mind.unload_if_idle()
    here.mind.unload_if_idle()
    assert model.rests == 1, "once is enough"


def test_when_a_replay_is_over_another_clock_counts_and_a_rest_ends() -> None:
    model = ScriptedModel(*[ModelDied("It died.")] * MOST_FAILURES, "one")
    here = Here(model)
    for _ in range(MOST_FAILURES):
        here.fail()
    assert here.mind.rests_for_seconds
    wall = SetClock(NOON)
    here.mind.measure_by(wall)
    assert here.mind.rests_for_seconds == 0
    here.later(2 * UNLOAD_AFTER_SECONDS)
    here.mind.unload_if_idle()
    assert model.rests == 0
    wall.put(NOON + timedelta(seconds=UNLOAD_AFTER_SECONDS))
    here.mind.unload_if_idle()
    assert model.rests == 1


def test_memory_is_given_back_at_once_when_it_is_short() -> None:
    model = ScriptedModel("one")
    here = Here(model)
    here.mind.ask(PROMPT, str)
    here.mind.unload_if_idle(at_once=True)
    assert model.rests == 1


def test_forgetting_stops_the_thought_and_empties_the_model() -> None:
    asked = threading.Event()
    model = ScriptedModel(UNTIL_STOPPED, before=lambda _prompt: asked.set())
    here = Here(model)

    def think() -> None:
        with pytest.raises(GaveWay):
            here.mind.ask(PROMPT, str)

    thinking = threading.Thread(target=think)
    thinking.start()
    assert asked.wait(LONG_SECONDS)
    here.mind.forget()
    thinking.join(LONG_SECONDS)
    assert model.rests == 1


def test_another_model_takes_over_and_the_old_one_ends() -> None:
    old, new = ScriptedModel(), ScriptedModel("new")
    here = Here(old)
    here.mind.think_with(new)
    assert old.closed
    assert here.mind.ask(PROMPT, str) == "new"


def test_nothing_is_asked_any_more_once_it_is_shut() -> None:
    model = ScriptedModel()
    here = Here(model)
    here.mind.shut()
    with pytest.raises(GaveWay):
        here.mind.ask(PROMPT, str)
    here.mind.close()
    assert model.closed


def test_embedding_waits_its_turn_and_is_counted() -> None:
    here = Here()
    here.mind.compare_with(ScriptedEmbedder())
    assert here.mind.embed(["one", "two"]).shape[0] == 2
    assert [call.step for call in here.calls] == ["embed"]


def test_one_that_cannot_compare_does_not_make_the_other_rest() -> None:
    here = Here(ScriptedModel("fine"))
    here.mind.compare_with(ScriptedEmbedder(troubles=[ModelUnusable("Its file is broken.")]))
    with pytest.raises(ModelUnusable):
        here.mind.embed(["one"])
    assert here.mind.comparing_rests_for_seconds == REST_SECONDS[0]
    assert here.mind.comparing_trouble == "Its file is broken."
    assert (here.mind.rests_for_seconds, here.mind.trouble) == (0, None)
    here.mind.ask(PROMPT, str)
    assert here.mind.comparing_rests_for_seconds, "an answer of the one says nothing of the other"


def test_another_model_that_thinks_leaves_the_one_that_compares() -> None:
    here, embedder = Here(ScriptedModel()), ScriptedEmbedder()
    here.mind.compare_with(embedder)
    here.mind.think_with(None)
    assert here.mind.embed(["one"]).shape[0] == 1
    here.mind.compare_with(None)
    assert embedder.closed
