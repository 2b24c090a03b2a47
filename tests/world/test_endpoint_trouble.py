from __future__ import annotations

from typing import get_args

import pytest

from gum_app.errors import EndpointTrouble, ModelTrouble, PictureBroken, PromptTooLong
from gum_app.world.endpoint_stream import Refused
from gum_app.world.endpoint_trouble import trouble_of_lost, trouble_of_refused, unreadable
from gum_app.world.endpoint_wire import How, Limits, Lost

WHERE = "gpu-box.local:8080"


def trouble(
    status: int, words: str = "", *, pictures: int = 0, with_key: bool = False, wait: float | None = None
) -> ModelTrouble:
    return trouble_of_refused(Refused(status, words, wait), WHERE, "qwen", pictures=pictures, with_key=with_key)


@pytest.mark.parametrize("how", get_args(How))
def test_every_way_to_be_lost_has_its_sentence(how: How) -> None:
    sentence = str(trouble_of_lost(Lost(how), WHERE, Limits()))
    assert WHERE in sentence and sentence.endswith(".") and "{" not in sentence


@pytest.mark.parametrize(
    ("status", "words", "says"),
    [
        (401, "", "wants an API key"),
        (403, "", "wants an API key"),
        (404, "model 'qwen' not found, try pulling it first", "has no model called “qwen”"),
        (404, "file not found", "has no OpenAI protocol under this address"),
        (405, "", "has no OpenAI protocol under this address"),
        (500, "unexpected endpoint or method. (post /chat/completions)", "has no OpenAI protocol under this address"),
        (501, "this server does not support embeddings. start it with `--embeddings`", "does not compare by meaning"),
        (301, "", "sends on to another address"),
        (429, "", "has too much to do: it is asked again later"),
        (503, "loading model", "still loading its model"),
        (500, "cuda error", "failed (500 Internal Server Error)"),
        (599, "", "failed (599)"),
        (400, "bad", "refused the question (400 Bad Request)"),
        (418, "", "refused the question (418 I'm a Teapot)"),
        (204, "", "refused the question (204 No Content)"),
    ],
)
def test_each_refusal_is_one_sentence_that_says_what_to_do(status: int, words: str, says: str) -> None:
    said = trouble(status, words)
    assert type(said) is EndpointTrouble
    assert says in str(said) and WHERE in str(said)
    assert not words or words not in str(said), "the server's words may repeat the question"


def test_a_key_that_is_not_accepted_is_told_apart_from_a_missing_one() -> None:
    assert "does not accept the API key" in str(trouble(401, with_key=True))


def test_how_long_to_leave_it_alone_is_said() -> None:
    assert "for 3600 seconds" in str(trouble(429, wait=3600))


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (400, "the request exceeds the available context size. exceed_context_size_error"),
        (400, "this model's maximum context length is 4096 tokens"),
        (400, "the prompt (total length 9) is too long to fit into the model"),
        (500, "input (900 tokens) is too large to process. increase the physical batch size"),
        (413, ""),
    ],
)
def test_a_question_that_is_too_long_is_known_by_all_servers_words(status: int, words: str) -> None:
    assert type(trouble(status, words)) is PromptTooLong


@pytest.mark.parametrize(
    "words",
    [
        "image input is not supported - hint: if this is unexpected, you may need to provide the mmproj",
        "model does not support images. please use a model that does.",
        "qwen is not a multimodal model",
        "at most 1 image(s) may be provided in one request",
        "this model is missing data required for image input",
    ],
)
def test_a_model_that_does_not_see_is_no_fault_of_the_picture(words: str) -> None:
    said = trouble(500, words, pictures=1)
    assert type(said) is EndpointTrouble and "does not see pictures" in str(said)


def test_a_picture_that_cannot_be_read_is() -> None:
    assert type(trouble(400, "failed to load image or audio file", pictures=1)) is PictureBroken
    assert type(trouble(400, "failed to load image or audio file")) is EndpointTrouble, "none was sent"


def test_what_is_no_protocol_names_the_server() -> None:
    assert WHERE in str(unreadable(WHERE))
