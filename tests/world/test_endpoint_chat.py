from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from gum_app.errors import PictureBroken
from gum_app.world.endpoint_chat import FORMATS, Manners, as_json, chat_body, harmless
from gum_app.world.endpoint_stream import Refused
from gum_app.world.model import Pictured, Prompt, Said, Schema

PNG = b"\x89PNG\r\n\x1a\n and pixels"
JPEG = b"\xff\xd8\xff\xe0 and pixels"
SCHEMA: Schema = {"type": "object", "properties": {}, "additionalProperties": False}


def a_prompt(*parts: Said | Pictured, schema: Schema | None = None, system: str = "Say what you see.") -> Prompt:
    return Prompt(step="observe", fingerprint="0", system=system, parts=parts, schema=schema, most_tokens=64)


def asked(prompt: Prompt, manners: Manners | None = None) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(chat_body(prompt, "qwen", manners or Manners()))
    return body


def test_words_and_pictures_stay_in_their_order() -> None:
    body = asked(a_prompt(Said("first"), Pictured(PNG), Said("then"), Pictured(JPEG)))
    system, user = body["messages"]
    assert system == {"role": "system", "content": "Say what you see."}
    assert [part["type"] for part in user["content"]] == ["text", "image_url", "text", "image_url"]
    urls = [part["image_url"]["url"] for part in user["content"] if part["type"] == "image_url"]
    assert urls == [
        f"data:image/png;base64,{base64.b64encode(PNG).decode()}",
        f"data:image/jpeg;base64,{base64.b64encode(JPEG).decode()}",
    ]
    assert (body["model"], body["max_tokens"], body["stream"]) == ("qwen", 64, True)


def test_what_is_no_picture_is_not_sent() -> None:
    with pytest.raises(PictureBroken, match="neither PNG nor JPEG"):
        chat_body(a_prompt(Pictured(b"GIF89a")), "qwen", Manners())


def test_the_schema_goes_along_in_the_form_the_server_knows() -> None:
    prompt = a_prompt(Said("x"), schema=SCHEMA)
    strict = asked(prompt)
    assert strict["response_format"] == {
        "type": "json_schema",
        "json_schema": {"name": "observe", "strict": True, "schema": SCHEMA},
    }
    assert "JSON" not in strict["messages"][0]["content"]
    older = asked(prompt, Manners(form="json_object"))
    assert older["response_format"] == {"type": "json_object", "schema": SCHEMA}
    words = asked(prompt, Manners(form="words"))
    assert "response_format" not in words
    for body in (older, words):
        assert json.dumps(SCHEMA) in body["messages"][0]["content"]


def test_a_chat_asks_for_no_form() -> None:
    body = asked(a_prompt(Said("x")))
    assert not {"response_format", "temperature"} & body.keys()


@pytest.mark.parametrize(
    ("words", "left_out"),
    [
        ("unknown field stream_options", {"counts": False}),
        ("extra inputs are not permitted: chat_template_kwargs", {"hushes": False}),
        ("'response_format.type' must be 'text'", {"form": "json_object"}),
        ("failed to parse grammar", {"form": "json_object"}),
        ("out of memory", {}),
    ],
)
def test_what_a_server_refuses_is_left_out_from_then_on(words: str, left_out: dict[str, Any]) -> None:
    manners = Manners().without(Refused(400, words))
    assert manners == Manners(**left_out)
    body = asked(a_prompt(Said("x"), schema=SCHEMA), manners)
    assert ("stream_options" in body) == manners.counts
    assert ("chat_template_kwargs" in body) == manners.hushes


def test_every_refusal_of_a_form_leads_one_step_on_and_ends() -> None:
    manners, forms = Manners(), []
    for _ in range(4):
        forms.append(manners.form)
        manners = manners.without(Refused(400, "response_format"))
    assert forms == [*FORMATS, FORMATS[-1]]


def test_a_server_that_is_busy_or_wants_a_key_refuses_no_form() -> None:
    assert Manners().without(Refused(401, "no access to response_format")) == Manners()
    assert Manners().without(Refused(429, "schema")) == Manners()


@pytest.mark.parametrize(
    "mark",
    [
        "<|im_start|>",
        "<|im_end|>",
        "<|eot_id|>",
        "<|vision_start|>",
        "<|image_pad|>",
        "<｜User｜>",
        "<turn|>",
        "<__media__>",
        "<__media_YoNhud46VdDq__>",
        "<image>",
        "<start_of_turn>",
        "<end_of_image>",
        "<bos>",
        "</s>",
        "<s>",
        "[INST]",
        "[/INST]",
        "<<SYS>>",
        "[IMG]",
        "<think>",
        "</think>",
        "<fake_token_around_image>",
        "<IMG_CONTEXT>",
        "[TOOL_CALLS]",
    ],
)
def test_no_words_become_a_mark_of_the_model(mark: str) -> None:
    text = harmless(f"before {mark}{mark} after")
    assert mark not in text
    assert text.replace(" ", "") == f"before{mark}{mark}after", "no letter is lost"
    body = json.dumps(asked(a_prompt(Said(mark), system=mark)), ensure_ascii=False)
    assert mark not in body


def test_a_mark_within_a_mark_does_not_become_one() -> None:
    assert "<|im_end|>" not in harmless("<<|im_end|>|im_end|>")


def test_ordinary_code_and_prices_stay_as_they_are() -> None:
    text = "if a < b and c > d: print(x[1], '<div class=x>', [INSTALL]) # a <b> | c"
    assert harmless(text) == text


def test_half_a_surrogate_pair_does_not_spoil_the_question() -> None:
    assert json.loads(as_json({"text": "a\ud800b"})) == {"text": "a?b"}
