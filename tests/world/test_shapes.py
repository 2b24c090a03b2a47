from __future__ import annotations

import json
from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from gum_app.errors import AnswerUnfit
from gum_app.world.model import Schema
from gum_app.world.shapes import fits, read_shaped

SCHEMA: Schema = {
    "type": "object",
    "properties": {
        "did": {"type": "string", "maxLength": 20},
        "sure": {"type": "integer", "minimum": 1, "maximum": 10},
        "kinds": {"type": "array", "items": {"enum": ["task", "plan"]}, "maxItems": 2},
    },
    "required": ["did", "sure", "kinds"],
    "additionalProperties": False,
}
GOOD = {"did": "wrote a letter", "sure": 7, "kinds": ["task"]}


def test_what_has_the_shape_comes_back_as_plain_json() -> None:
    assert json.loads(read_shaped(json.dumps(GOOD, indent=2), SCHEMA, "qwen")) == GOOD


def test_a_fence_around_it_and_raw_line_breaks_in_it_are_mended() -> None:
    raw = '```json\n{"did": "two\nlines", "sure": 7, "kinds": []}\n```'
    assert json.loads(read_shaped(raw, SCHEMA, "qwen"))["did"] == "two\nlines"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Sure! Here it is.",
        '{"did": "wrote',
        '{"did": "x", "sure": NaN, "kinds": []}',
        '{"did": "\\ud800", "sure": 1, "kinds": []}',
        "[" * 100_000,
        '{"did": "x", "sure": ' + "9" * 5000 + ', "kinds": []}',
    ],
)
def test_what_is_no_json_is_unfit_and_not_repeated(text: str) -> None:
    with pytest.raises(AnswerUnfit, match=r"^The answer of qwen is not the JSON it was asked for: [^.]*\.$"):
        read_shaped(text, SCHEMA, "qwen")


@pytest.mark.parametrize(
    "change",
    [
        {"did": 1},
        {"did": "x" * 21},
        {"sure": 11},
        {"sure": 0},
        {"sure": 7.0},
        {"sure": True},
        {"sure": "7"},
        {"kinds": "task"},
        {"kinds": ["habit"]},
        {"kinds": ["task", "task", "plan"]},
        {"more": 1},
    ],
)
def test_another_shape_is_unfit(change: dict[str, object]) -> None:
    with pytest.raises(AnswerUnfit, match="not of the shape"):
        read_shaped(json.dumps(GOOD | change), SCHEMA, "qwen")


@pytest.mark.parametrize("missing", sorted(GOOD))
def test_what_is_required_must_be_there(missing: str) -> None:
    assert not fits({name: value for name, value in GOOD.items() if name != missing}, SCHEMA)


class Quote(BaseModel):
    model_config = ConfigDict(extra="forbid")
    words: str = Field(max_length=10)
    against: bool


class Draft(BaseModel):
    model_config = ConfigDict(extra="forbid")
    kind: Literal["task", "plan"]
    quotes: list[Quote] = Field(max_length=3)
    until: str | None


def test_the_schemas_that_pydantic_writes_are_understood() -> None:
    schema = Draft.model_json_schema()
    good = Draft(kind="plan", quotes=[Quote(words="by Friday", against=False)], until=None).model_dump()
    assert fits(good, schema)
    assert fits(good | {"until": "Friday"}, schema)
    assert not fits(good | {"until": 5}, schema)
    assert not fits(good | {"quotes": [{"words": "by Friday", "against": 0}]}, schema)
    assert not fits(good | {"quotes": [{"words": "far too long for it", "against": True}]}, schema)
