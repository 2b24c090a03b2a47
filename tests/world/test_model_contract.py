"""One contract for every model: in a process here, on a server, and the scripted one that other tests use."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gum_app.errors import AnswerUnfit, GaveWay
from gum_app.world.endpoint import Endpoint, EndpointEmbedder
from gum_app.world.local_model import LocalEmbedder, LocalModel
from gum_app.world.model import Answered, Embedder, Model, Prompt
from gum_app.world.shapes import fits
from tests.tiny_models import VISION, needs_engine
from tests.world.asking import LONG, SHORT, a_frame, a_prompt, tiny_embedder_options, tiny_options
from tests.world.openai_double import OpenAiDouble
from tests.world.scripted_model import ScriptedEmbedder, ScriptedModel

# The models. Each yields one to be asked twice; `cut` says that its first answer is to be cut off, for those that have
# to be told.


def local(name: str, tiny: Path, _cut: bool) -> Iterator[Model]:
    with closing(LocalModel(tiny_options(tiny, name))) as model:
        yield model


def on_a_server(_tiny: Path, cut: bool) -> Iterator[Model]:
    with OpenAiDouble() as double, closing(Endpoint(double.url, "qwen3-vl:4b")) as model:
        if cut:
            double.then("long")
        yield model


def scripted(_tiny: Path, cut: bool) -> Iterator[Model]:
    answer = {"title": "Letter", "kind": "letter", "sure": 7}
    yield ScriptedModel(AnswerUnfit("It was cut off.") if cut else answer, answer)


MODELS: dict[str, Callable[[Path, bool], Iterator[Model]]] = {
    **{f"local {name}": partial(local, name) for name in VISION},
    "endpoint": on_a_server,
    "scripted": scripted,
}


def local_embedder(tiny: Path) -> Iterator[Embedder]:
    with closing(LocalEmbedder(tiny_embedder_options(tiny))) as embedder:
        yield embedder


def embedder_on_a_server(_tiny: Path) -> Iterator[Embedder]:
    with OpenAiDouble() as double, closing(EndpointEmbedder(double.url, "embeddinggemma")) as embedder:
        yield embedder


def scripted_embedder(_tiny: Path) -> Iterator[Embedder]:
    yield ScriptedEmbedder()


EMBEDDERS: dict[str, Callable[[Path], Iterator[Embedder]]] = {
    "local bert": local_embedder,
    "endpoint": embedder_on_a_server,
    "scripted": scripted_embedder,
}


def each(named: dict[str, Any]) -> list[Any]:
    return [
        pytest.param(one, id=name, marks=needs_engine if name.startswith("local") else ())
        for name, one in named.items()
    ]


@pytest.fixture(params=each(MODELS))
def model(request: pytest.FixtureRequest, tiny: Path) -> Iterator[Model]:
    yield from request.param(tiny, False)


@pytest.fixture(params=each(MODELS))
def cut_short(request: pytest.FixtureRequest, tiny: Path) -> Iterator[Model]:
    yield from request.param(tiny, True)


@pytest.fixture(params=each(EMBEDDERS))
def embedder(request: pytest.FixtureRequest, tiny: Path) -> Iterator[Embedder]:
    yield from request.param(tiny)


def ask(model: Model, prompt: Prompt | None = None) -> Answered:
    return model.ask(prompt or a_prompt(), stop=threading.Event())


# Models


def test_it_sees_a_picture_answers_in_the_shape_and_says_what_that_took(model: Model) -> None:
    heard: list[str] = []
    name = model.name
    answered = model.ask(a_prompt("What is this?", a_frame()), stop=threading.Event(), heard=heard.append)
    told = json.loads(answered.text)
    assert fits(told, SHORT)
    assert len(heard) > 1, "it is heard while it comes"
    assert json.loads("".join(heard)) == told
    cost = answered.cost
    assert cost.pictures == 1
    assert 0 <= cost.reused_tokens < cost.prompt_tokens
    assert 0 <= cost.pictures_reused <= cost.pictures
    assert cost.answer_tokens > 0
    assert 0 < cost.first_token_ms <= cost.total_ms
    assert model.name == name != ""


def test_a_question_that_was_taken_back_before_is_not_put(model: Model) -> None:
    heard: list[str] = []
    stop = threading.Event()
    stop.set()
    with pytest.raises(GaveWay):
        model.ask(a_prompt(), stop=stop, heard=heard.append)
    assert not heard


def test_it_gives_way_in_the_midst_of_an_answer_and_can_be_asked_again(model: Model) -> None:
    heard: list[str] = []
    stop = threading.Event()

    def hear(piece: str) -> None:
        heard.append(piece)
        stop.set()

    with pytest.raises(GaveWay):
        model.ask(a_prompt(schema=LONG, most_tokens=7000), stop=stop, heard=hear)
    assert len(heard) == 1, "after that it says no more"
    assert fits(json.loads(ask(model).text), SHORT)


def test_an_answer_that_is_cut_off_is_none_and_it_can_be_asked_again(cut_short: Model) -> None:
    with pytest.raises(AnswerUnfit, match="cut off"):
        ask(cut_short, a_prompt(schema=LONG, most_tokens=20))
    assert fits(json.loads(ask(cut_short).text), SHORT)


def test_it_answers_after_a_rest_and_closing_twice_is_closing(model: Model) -> None:
    model.rest()
    ask(model)
    model.rest()
    model.rest()
    assert fits(json.loads(ask(model).text), SHORT)
    model.close()
    model.close()


# Embedders


def test_each_text_becomes_a_row_of_length_one_in_their_order(embedder: Embedder) -> None:
    texts = ["a letter to Ada", "", "an invoice", "größer als\nzuvor", "a letter to Ada"]
    rows = embedder.embed(texts, stop=threading.Event())
    assert rows.dtype == np.float32
    assert rows.shape[0] == len(texts)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-4)
    assert np.allclose(rows[0], rows[4], atol=1e-3), "the same text, the same row"
    assert not np.allclose(rows[0], rows[2], atol=1e-3)
    assert embedder.name


def test_no_text_becomes_no_row(embedder: Embedder) -> None:
    assert len(embedder.embed([], stop=threading.Event())) == 0


def test_embedding_gives_way_too(embedder: Embedder) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(GaveWay):
        embedder.embed(["one"], stop=stop)


def test_it_embeds_after_a_rest_and_closing_twice_is_closing(embedder: Embedder) -> None:
    before = embedder.embed(["one"], stop=threading.Event())
    embedder.rest()
    embedder.rest()
    assert np.allclose(embedder.embed(["one"], stop=threading.Event()), before, atol=1e-3)
    embedder.close()
    embedder.close()
