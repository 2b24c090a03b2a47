"""Asking about oneself: first what it would rest on, then the answer, piece by piece."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gum_app.clock import SetClock
from gum_app.daemon.answers import Answers
from gum_app.daemon.answers_chat import (
    KEPT_NOWHERE,
    NO_MODEL,
    NOT_RUNNING,
    RESTS_ON_NOTHING,
    STAYS_HERE,
)
from gum_app.daemon.gate import Gate
from gum_app.daemon.mind import Mind
from gum_app.daemon.room import Room
from gum_app.errors import BadInput, GaveWay, ModelUnusable, PromptTooLong
from gum_app.paths import Home
from gum_app.records import Call
from gum_app.settings import ENDPOINT
from gum_app.store.store import Store
from gum_app.world.endpoint import Endpoint
from gum_app.world.local_model import LocalModel
from gum_app.world.model import Model, Said
from tests.builders import NOON
from tests.daemon.watching import KEY
from tests.store.life import believe, see
from tests.tiny_models import needs_engine
from tests.world.asking import tiny_options
from tests.world.openai_double import OpenAiDouble
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


@pytest.fixture
def store(room: Room) -> Iterator[Store]:
    room.open(KEY)
    with closing(room.open_store()) as store:
        believe(store, (see(store, "parcel router"), "parcel router"), topic="a")
        believe(store, (see(store, "tea"), "tea"), text="Likes tea.", topic="b", proposition_kind="preference")
        see(store, title="Soup", at=NOON - timedelta(days=1))
        yield store


def answers(room: Room, do: str, text: str = "router and tea?", **fields: Any) -> list[dict[str, Any]]:
    with closing(Answers(room)) as answering:
        return [json.loads(json.dumps(each)) for each in answering.answer({"do": do, "text": text, **fields})]


def context(room: Room, text: str = "router and tea?") -> dict[str, Any]:
    (answer,) = answers(room, "chat_context", text)
    return answer


def names(room: Room, text: str = "router and tea?") -> list[str]:
    return [line["name"] for line in context(room, text)["lines"]]


def thinking(room: Room, store: Store, model: Model, chosen: str = "some-model") -> None:
    assert room.mind is not None
    store.put_setting("model", chosen)
    room.mind.think_with(model)


def shown(model: ScriptedModel) -> str:
    return "".join(part.text for part in model.asked[-1].parts if isinstance(part, Said))


def test_without_a_model_it_is_said_plainly_and_what_fits_comes_with_its_reason(room: Room, store: Store) -> None:
    answer = context(room)
    assert (answer["model"], answer["why_not"]) == ("", NO_MODEL)
    assert [(line["number"], line["why"]) for line in answer["lines"]] == [
        (1, "Says “router”."),
        (2, "Says “tea”."),
    ]
    with pytest.raises(ModelUnusable, match="only show what fits"):
        answers(room, "chat", lines=names(room))
    assert room.mind is not None
    room.mind.close()
    store.put_setting("model", "some-model")
    room.mind = None
    assert context(room)["why_not"] == NOT_RUNNING


def test_the_answer_comes_in_pieces_and_names_what_it_rests_on(room: Room, store: Store, calls: list[Call]) -> None:
    model = ScriptedModel("You work on the parcel router [1], I think [7].")
    thinking(room, store, model)
    assert context(room)["model"] == "scripted"
    *pieces, last = answers(room, "chat", lines=names(room))
    assert "".join(piece["piece"] for piece in pieces) == "You work on the parcel router [1], I think [7]."
    assert last["answer"] == "You work on the parcel router [1], I think."
    assert [(line["number"], line["proposition"]) for line in last["cited"]] == [(1, 1)]
    assert (last["sentence"], last["kept"]) == ("", KEPT_NOWHERE)
    assert [(call.step, call.outcome) for call in calls] == [("answer", "answered")]


def test_what_is_taken_out_is_not_shown_and_the_others_keep_their_numbers(room: Room, store: Store) -> None:
    model = ScriptedModel("Tea [2], and the router [1].")
    thinking(room, store, model)
    first, second = context(room)["lines"]
    *_, last = answers(room, "chat", lines=[first["name"], second["name"]], without=[first["name"]])
    assert first["text"] not in shown(model)
    assert f"[2] {second['text']}" in shown(model), "exactly as it was shown to the person"
    assert last["answer"] == "Tea [2], and the router."
    assert last["gone"] == 0


def test_a_time_question_is_shown_what_was_seen(room: Room, store: Store) -> None:
    model = ScriptedModel("You looked at soup [1].")
    thinking(room, store, model)
    text = "What was I doing yesterday?"
    *_, last = answers(room, "chat", text, lines=names(room, text))
    assert last["cited"][0]["name"].startswith("o")
    assert last["cited"][0]["proposition"] is None


def test_an_answer_that_rests_on_nothing_says_so(room: Room, store: Store) -> None:
    thinking(room, store, ScriptedModel("A busy day!"))
    assert answers(room, "chat", lines=names(room))[-1]["sentence"] == RESTS_ON_NOTHING


def test_earlier_questions_are_told_and_nothing_is_kept(room: Room, store: Store) -> None:
    model = ScriptedModel("Zanzibar [1].")
    thinking(room, store, model)
    before = list(store.export_lines())
    history = [{"question": "Which Quagga?", "answer": "This."}]
    before_tea = [{"question": "Which tea?", "answer": "Green."}]
    (found,) = answers(room, "chat_context", "And the router?", history=before_tea)
    assert len(found["lines"]) == 2, "also what the last question asked for"
    answers(room, "chat", "And Okapi?", lines=names(room), history=history)
    assert "Asked: Which Quagga?" in shown(model)
    assert list(store.export_lines()) == before
    store.close()
    for name in ("Zanzibar", "Quagga", "Okapi"):
        assert not any(name.encode() in file.read_bytes() for file in room.home.root.rglob("*") if file.is_file())


def test_what_is_sent_is_what_is_shown(room: Room, store: Store) -> None:
    """To the letter: what a server receives is what the window was told before, and nothing beside it."""
    with OpenAiDouble() as double:
        double.answers = lambda _body: "You like tea [2]."
        store.put_setting("endpoint_url", double.url)
        store.put_setting("person_name", "Anna")
        see(store, "Boil the water", title="Tea recipe", at=NOON, source="window")
        thinking(room, store, Endpoint(double.url, "qwen3-vl:4b"), ENDPOINT)
        text = "Help me with this page about tea"
        found = context(room, text)
        assert found["screen"] is True
        named = [line["name"] for line in found["lines"]]
        chosen = {
            "lines": named,
            "without": named[:1],
            "also": "I have no kettle.",
            "history": [{"question": "What do I like?", "answer": "Tea."}],
        }
        (word_for_word,) = answers(room, "chat_prompt", text, **chosen)
        assert double.bodies == [], "looking asks nothing"
        *_, last = answers(room, "chat", text, **chosen)
        (sent,) = double.bodies
    assert [(each["role"], said_by(each)) for each in sent["messages"]] == [
        ("system", word_for_word["system"]),
        ("user", word_for_word["text"]),
    ]
    left = [f"[{line['number']}] {line['text']}" for line in found["lines"][1:]]
    fence = word_for_word["text"].partition("<facts>\n")[2].partition("\n</facts>")[0]
    assert fence.split("\n") == left
    assert any("On the screen now" in line and "Boil the water" in line for line in left)
    rest = word_for_word["text"].replace(fence, "")
    assert rest == (
        "The person is called Anna.\n\nWhat is known:\n<facts>\n\n</facts>\n\n<earlier>\nAsked: What do I like?\n"
        "Answered: Tea.\n</earlier>\n\nThe person adds: I have no kettle.\n\nIt is Tuesday 10 March 2026, 12:00.\n\n"
        "The question: Help me with this page about tea"
    )
    assert [f"[{line['number']}] {line['text']}" for line in last["lines"]] == left


def said_by(message: dict[str, Any]) -> str:
    content = message["content"]
    return content if isinstance(content, str) else "".join(part["text"] for part in content)


def test_a_question_goes_on_from_the_one_before_where_its_words_say_so(room: Room, store: Store) -> None:
    tuesday = NOON - timedelta(days=7)
    see(store, title="Kites", at=tuesday)
    history = [{"question": "What was I doing last Tuesday?", "answer": "Kites."}]

    def titles(text: str, history: list[dict[str, str]]) -> list[str]:
        (found,) = answers(room, "chat_context", text, history=history)
        return [line["text"].rpartition(", ")[2] for line in found["lines"] if line["proposition"] is None]

    assert titles("And what then?", history) == ["Kites"]
    assert titles("And yesterday?", history) == ["Soup"], "its own time wins"
    assert titles("Which tea?", history) == [], "it stands for itself"
    assert titles("And then?", [*history, {"question": "And why?", "answer": "So."}]) == ["Kites"]


def test_lines_are_told_anew_after_a_correction(room: Room, store: Store) -> None:
    first, second = context(room)["lines"]
    believe(store, kind="edited", proposition_id=first["proposition"], text="Works on the kite.", made_by="person")
    believe(store, kind="rejected", proposition_id=second["proposition"], text="Likes tea.", made_by="person")
    (told,) = answers(room, "chat_lines", lines=[first["name"], second["name"], "o999"])
    assert [(line["number"], line["text"].rpartition(": ")[2]) for line in told["lines"]] == [(1, "Works on the kite.")]


def test_where_it_is_too_much_for_the_model_the_way_out_is_told(room: Room, store: Store) -> None:
    thinking(room, store, ScriptedModel(PromptTooLong("The question is too long.")))
    with pytest.raises(PromptTooLong, match=r"too long\. Or take some of the lines out"):
        answers(room, "chat", lines=names(room))


def test_who_leaves_takes_the_question_back(room: Room, store: Store, calls: list[Call]) -> None:
    asked = threading.Event()
    thinking(room, store, ScriptedModel(UNTIL_STOPPED, before=lambda _prompt: asked.set()))
    question = {"do": "chat", "text": "tea?", "lines": names(room)}
    with closing(Answers(room)) as answering:
        coming = answering.answer(question)
        assert next(coming) == {"piece": ""}
        assert asked.wait(60)
        coming.close()
    assert [call.outcome for call in calls] == ["gave way"]


def test_what_was_answered_is_known_again_also_where_it_broke_off(room: Room, store: Store) -> None:
    thinking(room, store, ScriptedModel("You work on the parcel router every day [1].", UNTIL_STOPPED))
    answers(room, "chat", lines=names(room))
    assert room.spoken.among(["You work on the parcel", "router every day."]) == {0, 1}
    assert room.spoken.among(["Works on the parcel router."]) == set()


def test_what_is_forgotten_meanwhile_is_not_asked_about(room: Room, store: Store, calls: list[Call]) -> None:
    """It waits for its turn behind another question, and what it would show is forgotten then."""
    asked, lines = threading.Event(), names(room)
    model = ScriptedModel(UNTIL_STOPPED, before=lambda _prompt: asked.set())
    thinking(room, store, model)
    question = {"do": "chat", "text": "tea?", "lines": lines}
    with closing(Answers(room)) as answering:
        first, second = answering.answer(question), answering.answer(question)
        next(first)
        assert asked.wait(60)
        next(second)
        room.let_models_forget()
        for each in (first, second):
            with pytest.raises(GaveWay):
                list(each)
    assert len(model.asked) == 1
    assert room.chats == set()


def test_to_a_server_elsewhere_nothing_private_goes(room: Room, store: Store) -> None:
    believe(store, (see(store, "a loan"), "a loan"), text="Asks about a loan for tea.", topic="c", made_by="person")
    model = ScriptedModel("Tea [1].")
    local = names(room)
    store.put_setting("endpoint_url", "https://models.example/v1")
    thinking(room, store, model, ENDPOINT)
    assert len(names(room)) == len(local) - 1
    assert "May be private: 1 line, which stays on this computer." in context(room)["told"]
    *_, last = answers(room, "chat", lines=local, history=[{"question": "my antidepressants?", "answer": "Yes."}])
    assert "loan" not in shown(model)
    assert "antidepressants" not in shown(model)
    assert last["gone"] == 1
    assert context(room, "my antidepressants")["why_not"] == STAYS_HERE
    with pytest.raises(ModelUnusable):
        answers(room, "chat", lines=local, also="I take antidepressants.")
    told = answers(room, "chat_context", history=[{"question": "my antidepressants?", "answer": "Yes."}])[0]["told"]
    assert "not told along" in told
    with pytest.raises(ModelUnusable):
        answers(room, "chat", "my antidepressants", lines=local)


@pytest.mark.parametrize(
    "fields",
    [
        {"text": ""},
        {"text": 5},
        {"text": "x" * 601},
        {"lines": "p1"},
        {"lines": ["q1"]},
        {"lines": ["p0"]},
        {"lines": ["p" + "9" * 30]},
        {"lines": ["Likes cruises."]},
        {"lines": ["p1"] * 101},
        {"without": [5]},
        {"history": "x"},
        {"history": [{"question": "x"}]},
        {"also": 5},
        {"also": "x" * 601},
    ],
)
@pytest.mark.usefixtures("store")
def test_what_cannot_be_used_is_told(room: Room, fields: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        answers(room, "chat", **fields)


def test_a_server_on_this_computer_answers_in_pieces(room: Room, store: Store) -> None:
    with OpenAiDouble() as double:
        double.answers = lambda _body: "You like tea [2]."
        store.put_setting("endpoint_url", double.url)
        thinking(room, store, Endpoint(double.url, "qwen3-vl:4b"), ENDPOINT)
        *pieces, last = answers(room, "chat", lines=names(room))
    assert "".join(piece["piece"] for piece in pieces) == "You like tea [2]."
    assert last["cited"][0]["text"].endswith("Likes tea.")


@needs_engine
def test_llama_cpp_is_asked_in_pieces_and_stopped(room: Room, store: Store, tiny: Path, calls: list[Call]) -> None:
    """Its weights are noise: that something comes, and that it can be stopped, is all there is to see."""
    thinking(room, store, LocalModel(tiny_options(tiny, "qwen3vl")))
    with closing(Answers(room)) as answering:
        coming = answering.answer({"do": "chat", "text": "tea?", "lines": names(room)})
        assert next(answer["piece"] for answer in coming if answer.get("piece"))
        coming.close()
    assert calls[-1].step == "answer"
