from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gum_app.errors import AnswerUnfit, BadInput, EndpointTrouble, GaveWay, ModelTrouble, PictureBroken, PromptTooLong
from gum_app.world.endpoint import TEXTS_A_REQUEST, Endpoint, EndpointEmbedder
from gum_app.world.endpoint_wire import Limits
from gum_app.world.model import Embedder, Model, Part, Pictured, Prompt, Said, Schema
from gum_app.world.shapes import fits
from tests.world.certificates import a_certificate
from tests.world.openai_double import DIMENSIONS, OpenAiDouble, stopped_when_busy

PNG = b"\x89PNG\r\n\x1a\n and pixels"
KEY = "sk-not-for-any-eyes"
SECRET = "the secret words of the question"
SCHEMA: Schema = {
    "type": "object",
    "properties": {
        "did": {"type": "string", "maxLength": 60},
        "sure": {"type": "integer", "minimum": 1, "maximum": 10},
        "kinds": {"type": "array", "items": {"enum": ["task", "plan"]}, "maxItems": 2},
    },
    "required": ["did", "sure", "kinds"],
    "additionalProperties": False,
}
QUICK = Limits(connect_seconds=60, first_byte_seconds=60, silence_seconds=60, total_seconds=60, pauses_seconds=(0, 0))
SHORT = replace(QUICK, first_byte_seconds=0.3, silence_seconds=0.3)
DEADLINE_SECONDS = 60.0


@pytest.fixture
def double() -> Iterator[OpenAiDouble]:
    with OpenAiDouble() as double:
        yield double


def an_endpoint(double: OpenAiDouble, limits: Limits = QUICK) -> Endpoint:
    return Endpoint(double.url, "qwen3-vl:4b", key=KEY, limits=limits)


def a_prompt(*, schema: Schema | None = SCHEMA, pictures: int = 0, most_tokens: int = 200) -> Prompt:
    seen = tuple(Pictured(PNG) for _ in range(pictures))
    parts: tuple[Part, ...] = (Said(SECRET), *seen, Said(f"and then {SECRET} again"))
    return Prompt(
        step="observe", fingerprint="0", system="Say it.", parts=parts, schema=schema, most_tokens=most_tokens
    )


def ask(model: Model, prompt: Prompt | None = None) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(model.ask(prompt or a_prompt(), stop=threading.Event()).text)
    return answer


def trouble(model: Model, prompt: Prompt | None = None) -> ModelTrouble:
    """What is raised, and that nobody can read in it what was asked, answered or kept secret."""
    with pytest.raises(ModelTrouble) as caught:
        model.ask(prompt or a_prompt(), stop=threading.Event())
    said = str(caught.value)
    assert said.endswith(".") and "\n" not in said
    assert not any(words in said for words in (SECRET, KEY, "secret", "elsewhere", "html"))
    assert caught.value.__suppress_context__ or caught.value.__context__ is None, (
        "what it was made of is in no crash report"
    )
    return caught.value


# An answer


def test_a_question_with_pictures_is_answered_in_the_shape_and_paid_in_numbers(double: OpenAiDouble) -> None:
    endpoint: Model = an_endpoint(double)
    prompt = a_prompt(pictures=2)
    heard: list[str] = []
    first = endpoint.ask(prompt, stop=threading.Event(), heard=heard.append)
    assert fits(json.loads(first.text), SCHEMA)
    assert json.loads("".join(heard)) == json.loads(first.text)
    assert len(heard) > 1, "it is heard while it comes"
    assert (first.cost.pictures, first.cost.reused_tokens) == (2, 0)
    assert first.cost.prompt_tokens > 2000 and first.cost.answer_tokens > 0
    assert 0 < first.cost.first_token_ms <= first.cost.total_ms
    second = endpoint.ask(prompt, stop=threading.Event())
    assert second.text == first.text, "the double has no moods"
    assert second.cost.reused_tokens > 1000
    assert (double.counts.calls, double.counts.images) == (2, 4)
    assert endpoint.name == f"qwen3-vl:4b at {double.where}"


def test_free_text_comes_as_it_is(double: OpenAiDouble) -> None:
    double.answers = lambda _body: "Two\nlines, “quoted”."
    assert an_endpoint(double).ask(a_prompt(schema=None), stop=threading.Event()).text == "Two\nlines, “quoted”."


@pytest.mark.parametrize("what", ["thinks", "thinks apart", "at once"])
def test_other_ways_to_answer_are_understood_and_thoughts_are_left_out(double: OpenAiDouble, what: str) -> None:
    double.then(what)
    heard: list[str] = []
    answered = an_endpoint(double).ask(a_prompt(), stop=threading.Event(), heard=heard.append)
    assert fits(json.loads(answered.text), SCHEMA)
    assert "think" not in "".join(heard)


def test_a_thought_that_the_template_began_is_left_out_of_the_answer(double: OpenAiDouble) -> None:
    double.answers = lambda _body: 'So {"did"} it is.</think>\n{"did": "x", "sure": 1, "kinds": []}'
    assert ask(an_endpoint(double))["did"] == "x"


def test_what_works_on_the_prompts_is_shown_on_the_terminal_only_when_asked(
    double: OpenAiDouble, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ask(an_endpoint(double))
    assert capsys.readouterr().err == ""
    monkeypatch.setenv("GUM_SHOW_MODEL", "1")
    ask(an_endpoint(double))
    shown = capsys.readouterr().err
    assert SECRET in shown and KEY not in shown


# Where the words may go


@pytest.mark.parametrize("kind", [Endpoint, EndpointEmbedder])
def test_beyond_this_computer_nothing_begins_without_the_words(kind: type[Endpoint] | type[EndpointEmbedder]) -> None:
    url = "https://gpu.example.org/v1"
    for words in ("", "yes", "send to gpu.example.org", "send to other.example.org:443"):
        with pytest.raises(BadInput, match=r"type “send to gpu\.example\.org:443” to allow it"):
            kind(url, "qwen", confirmed=words)
    kind(url, "qwen", confirmed="send to gpu.example.org:443").close()
    with pytest.raises(BadInput, match=r"send unencrypted to 192\.168\.1\.20:8080"):
        kind("http://192.168.1.20:8080", "qwen", confirmed="send to 192.168.1.20:8080")


@pytest.mark.parametrize("key", ["two words", "line\nbreak", "schlüssel", "x" * 2000])
def test_what_cannot_be_a_key_is_refused_without_repeating_it(key: str) -> None:
    with pytest.raises(BadInput) as caught:
        Endpoint("http://127.0.0.1:8080", "qwen", key=key)
    assert key not in str(caught.value)


def test_a_model_must_be_named_and_the_key_is_in_no_repr() -> None:
    with pytest.raises(BadInput, match=r"what 127\.0\.0\.1:8080 calls the model"):
        Endpoint("http://127.0.0.1:8080", " ")
    assert repr(Endpoint("http://127.0.0.1:8080", "qwen", key=KEY)) == "<Endpoint qwen at 127.0.0.1:8080>"


# What goes wrong, each with its sentence


@pytest.mark.parametrize(
    ("what", "kind", "says"),
    [
        ("garbage", EndpointTrouble, "does not speak OpenAI's protocol"),
        ("half json", EndpointTrouble, "does not speak OpenAI's protocol"),
        ("wrong events", EndpointTrouble, "does not speak OpenAI's protocol"),
        ("error with 200", EndpointTrouble, "has no OpenAI protocol under this address"),
        ("error in stream", EndpointTrouble, "failed (500 Internal Server Error)"),
        ("redirect", EndpointTrouble, "sends on to another address, which is not followed"),
        ("reset", EndpointTrouble, "broke off before the answer was complete"),
        ("break", EndpointTrouble, "broke off before the answer was complete"),
        ("silent", EndpointTrouble, "said nothing for too long"),
        ("hang", EndpointTrouble, "said nothing for too long"),
        ("empty", AnswerUnfit, "answered nothing"),
        ("long", AnswerUnfit, "stopped it after 200 tokens"),
        ("endless", AnswerUnfit, "went on and on"),
        ("no schema", AnswerUnfit, "not the JSON it was asked for"),
        ("wrong schema", AnswerUnfit, "not of the shape it was asked for"),
    ],
)
def test_each_misbehaviour_is_one_sentence_and_the_next_question_works(
    double: OpenAiDouble, what: str, kind: type[ModelTrouble], says: str
) -> None:
    endpoint = an_endpoint(double, SHORT)
    double.then(what)
    said = trouble(endpoint)
    assert type(said) is kind
    assert says in str(said)
    assert double.where in str(said), "which server it was"
    assert fits(ask(endpoint), SCHEMA)


@pytest.mark.parametrize(
    ("status", "body", "kind", "says"),
    [
        (401, {"error": {"message": f"Invalid API Key {KEY}"}}, EndpointTrouble, "does not accept the API key"),
        (
            404,
            {"error": {"message": "model 'qwen3-vl:4b' not found"}},
            EndpointTrouble,
            "has no model called “qwen3-vl",
        ),
        (404, "<html>secret</html>", EndpointTrouble, "has no OpenAI protocol under this address"),
        (429, {"error": SECRET}, EndpointTrouble, "has too much to do"),
        (500, {"error": {"message": SECRET}}, EndpointTrouble, "failed (500 Internal Server Error)"),
        (503, {"error": {"message": "Loading model", "code": 503}}, EndpointTrouble, "still loading its model"),
        (400, {"error": {"type": "exceed_context_size_error", "message": SECRET}}, PromptTooLong, "too long"),
        (500, {"error": {"message": "image input is not supported"}}, EndpointTrouble, "does not see pictures"),
        (400, {"error": {"message": "Failed to load image"}}, PictureBroken, "could not read a picture"),
        (400, "\x00\xff" * 100_000, EndpointTrouble, "refused the question (400 Bad Request)"),
    ],
)
def test_each_refusal_is_one_sentence(
    double: OpenAiDouble, status: int, body: object, kind: type[ModelTrouble], says: str
) -> None:
    for _ in range(3):  # the busy ones are asked again
        double.then_status(status, body)
    said = trouble(an_endpoint(double), a_prompt(pictures=1))
    assert type(said) is kind
    assert says in str(said) and double.where in str(said)


def test_nobody_there_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    assert "does not answer: start the server there" in str(trouble(Endpoint(url, "qwen", limits=QUICK)))


def test_a_wrong_certificate_is_one_sentence_and_nothing_was_sent(tmp_path: Path) -> None:
    with OpenAiDouble(certificate=a_certificate(tmp_path)) as double:
        said = str(trouble(an_endpoint(double)))
        assert "certificate" in said and "nothing was sent" in said
        assert not double.bodies


def test_a_question_that_is_stopped_gives_way_and_hears_no_more(double: OpenAiDouble) -> None:
    double.then("hang")
    stop = threading.Event()
    heard: list[str] = []

    def hear(piece: str) -> None:
        heard.append(piece)
        stop.set()

    with pytest.raises(GaveWay, match="stopped"):
        an_endpoint(double).ask(a_prompt(), stop=stop, heard=hear)
    assert len(heard) == 1
    assert double.gone.wait(DEADLINE_SECONDS), "the server is told by the closed connection"


def test_after_something_was_heard_nothing_is_asked_again(double: OpenAiDouble) -> None:
    double.then("error in stream")
    trouble(an_endpoint(double))
    assert len(double.bodies) == 1


# What servers do not understand


def test_a_server_that_refuses_the_schema_is_asked_another_way_and_that_is_remembered(double: OpenAiDouble) -> None:
    endpoint = an_endpoint(double)
    double.then_status(400, {"error": {"message": "unknown response_format type json_schema"}})
    assert fits(ask(endpoint), SCHEMA)
    ask(endpoint)
    kinds = [body["response_format"]["type"] for body in double.bodies]
    assert kinds == ["json_schema", "json_object", "json_object"]
    assert json.dumps(SCHEMA) in double.bodies[-1]["messages"][0]["content"]


def test_a_server_that_ignores_the_schema_is_told_in_words_the_next_time(double: OpenAiDouble) -> None:
    endpoint = an_endpoint(double)
    double.then("no schema")
    trouble(endpoint)
    assert len(double.bodies) == 1, "the answer was heard: it is not asked again by itself"
    assert fits(ask(endpoint), SCHEMA)
    assert json.dumps(SCHEMA) in double.bodies[-1]["messages"][0]["content"]


def test_a_server_that_had_a_bad_moment_is_held_to_the_schema_again(double: OpenAiDouble) -> None:
    endpoint = an_endpoint(double)
    double.then("wrong schema", "no schema", "wrong schema")
    for _ in range(3):
        trouble(endpoint)
    assert fits(ask(endpoint), SCHEMA)
    kinds = [body.get("response_format", {}).get("type") for body in double.bodies]
    assert kinds == ["json_schema", "json_object", None, "json_schema"]


def test_a_server_that_refuses_everything_is_not_asked_for_ever(double: OpenAiDouble) -> None:
    for words in ("stream_options", "chat_template_kwargs", *["response_format"] * 9):
        double.then_status(422, {"detail": [{"loc": ["body", words], "msg": "extra inputs", "input": SECRET}]})
    assert "refused the question (422" in str(trouble(an_endpoint(double)))
    assert len(double.bodies) == 5
    assert not {"stream_options", "chat_template_kwargs", "response_format"} & double.bodies[-1].keys()


# Meaning


def test_texts_become_rows_of_length_one_in_their_order(double: OpenAiDouble) -> None:
    embedder: Embedder = EndpointEmbedder(double.url, "embed", limits=QUICK)
    texts = [f"text number {number}" for number in range(TEXTS_A_REQUEST + 3)] + [""]
    rows = embedder.embed(texts, stop=threading.Event())
    assert rows.shape == (len(texts), DIMENSIONS) and rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1)
    alone = embedder.embed(texts[5:6], stop=threading.Event())
    assert np.allclose(rows[5], alone[0])
    assert not np.allclose(rows[5], rows[6])
    assert embedder.embed([], stop=threading.Event()).shape == (0, DIMENSIONS)
    assert [len(body["input"]) for body in double.bodies] == [TEXTS_A_REQUEST, 4, 1]


def test_texts_that_are_too_long_for_the_model_are_cut_further(double: OpenAiDouble) -> None:
    double.then_status(500, {"error": {"message": "input (900 tokens) is too large to process"}})
    rows = EndpointEmbedder(double.url, "embed", limits=QUICK).embed(["word " * 9000], stop=threading.Event())
    assert rows.shape == (1, DIMENSIONS)
    assert [len(body["input"][0]) for body in double.bodies] == [2000, 500]


def test_a_model_that_became_another_is_noticed(double: OpenAiDouble) -> None:
    embedder = EndpointEmbedder(double.url, "embed", limits=QUICK)
    embedder.embed(["x"], stop=threading.Event())
    double.then_status(200, {"data": [{"index": 0, "embedding": [1.0, 0.0]}]})
    with pytest.raises(EndpointTrouble, match="no longer the model it was"):
        embedder.embed(["x"], stop=threading.Event())


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        [7],
        [{"index": 0}],
        [{"index": 1, "embedding": [1.0]}],
        [{"index": [0], "embedding": [1.0]}],
        [{"index": 0, "embedding": []}],
        [{"index": 0, "embedding": 7}],
        [{"index": 0, "embedding": [0.0, 0.0]}],
        [{"index": 0, "embedding": [None, 1.0]}],
        [{"index": 0, "embedding": ["many", "words"]}],
        [{"index": 0, "embedding": [10**400]}],
        [{"index": 0, "embedding": [float("nan")]}],
        [{"index": 0, "embedding": [1e200, 1e200]}],
        [{"index": 0, "embedding": [[1.0]]}],
        [{"index": 0, "embedding": [1.0]}, {"index": 1, "embedding": [1.0]}],
    ],
)
def test_vectors_that_are_none_are_one_sentence(double: OpenAiDouble, data: object) -> None:
    double.then_status(200, {"data": data})
    with pytest.raises(EndpointTrouble, match="does not speak OpenAI's protocol"):
        EndpointEmbedder(double.url, "embed", limits=QUICK).embed(["x"], stop=threading.Event())


@pytest.mark.parametrize("what", ["garbage", "half json", "wrong schema", "error with 200", "reset", "silent"])
def test_the_embedder_has_the_same_sentences(double: OpenAiDouble, what: str) -> None:
    embedder = EndpointEmbedder(double.url, "embed", key=KEY, limits=SHORT)
    double.then(what)
    with pytest.raises(EndpointTrouble) as caught:
        embedder.embed([SECRET], stop=threading.Event())
    assert double.where in str(caught.value) and SECRET not in str(caught.value)
    assert embedder.embed([SECRET], stop=threading.Event()).shape == (1, DIMENSIONS)


def test_an_embedder_that_is_stopped_gives_way(double: OpenAiDouble) -> None:
    double.then("silent")
    stop = threading.Event()
    with stopped_when_busy(double, stop), pytest.raises(GaveWay):
        EndpointEmbedder(double.url, "embed", limits=QUICK).embed(["x"], stop=stop)
