"""Schemas become grammars that admit what the schema admits and nothing else; what has no end is refused by name."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, create_model

from gum_app.world.llama_grammar import MOST_REPEATED, grammar
from gum_app.world.llama_sampling import Chooser
from gum_app.world.llama_weights import Weights
from tests.tiny_models import needs_engine
from tests.world.drawing import drawn


def holding(value: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The schema of an object with one property, `x`."""
    shape = {"type": "object", "properties": {"x": value}, "required": ["x"], "additionalProperties": False}
    return shape | more


def as_regex(rule: str) -> re.Pattern[str]:
    """A rule of digits, without references to others."""
    return re.compile("(" + rule.replace('"', "").replace(" ", "") + r")\Z")


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        ({"type": "string"}, r"\$\.x: maxLength is missing"),
        ({"type": "string", "maxLength": MOST_REPEATED + 1}, r"\$\.x: .* must lie in order"),
        ({"type": "string", "maxLength": 3, "minLength": 4}, r"\$\.x: .* must lie in order"),
        ({"type": "string", "maxLength": 9, "pattern": "^(?=a)b$"}, r"\$\.x: pattern is not supported"),
        ({"type": "array", "items": {"type": "boolean"}}, r"\$\.x: maxItems is missing"),
        ({"type": "array", "maxItems": 3}, r"\$\.x: a list must say what its items are"),
        ({"type": "array", "maxItems": 3, "items": {"type": "string"}}, r"\$\.x\[\]: maxLength is missing"),
        ({"type": "array", "maxItems": 3, "prefixItems": [{"type": "null"}]}, r"\$\.x: prefixItems is not supported"),
        ({"type": "integer"}, r"\$\.x: a whole number must say"),
        ({"type": "integer", "minimum": 1}, r"\$\.x: a whole number must say"),
        ({"type": "integer", "minimum": 2, "maximum": 1}, r"\$\.x: no whole number lies between"),
        ({"type": "integer", "minimum": 0, "maximum": 9, "multipleOf": 3}, r"\$\.x: multipleOf is not supported"),
        ({"type": "number", "minimum": 0, "maximum": 1}, r"\$\.x: type 'number' is not supported"),
        ({"type": ["string", "null"], "maxLength": 3}, r"\$\.x: type \['string', 'null'\] is not supported"),
        ({"type": "object", "properties": {}, "required": []}, r"\$\.x: additionalProperties must be false"),
        (holding({"type": "null"}, required=[]), r"\$\.x: every property must be required"),
        (holding({"type": "string"}), r"\$\.x\.x: maxLength is missing"),
        ({"anyOf": []}, r"\$\.x: anyOf must name at least one"),
        ({"anyOf": [{"type": "null"}, {"type": "string"}]}, r"\$\.x\.anyOf\[1\]: maxLength is missing"),
        ({"anyOf": [{"type": "null"}], "maxLength": 3}, r"\$\.x: maxLength is not supported"),
        ({"oneOf": [{"type": "null"}]}, r"\$\.x: type None is not supported"),
        ({"enum": []}, r"\$\.x: enum must name at least one"),
        ({"enum": [0.5]}, r"\$\.x: 0\.5 is neither"),
        ({"enum": ["\ud800"]}, "surrogates not allowed"),
        ({}, r"\$\.x: type None is not supported"),
        (True, r"\$\.x: True is no schema"),
        ({"$ref": "#/$defs/Gone"}, r"\$\.x: None is no schema"),
        ({"$ref": "https://example.org/x"}, r"\$\.x: .* points out of the schema"),
        ({"$ref": "#/$defs/Self"}, r"\$\.x\.x: #/\$defs/Self contains itself"),
        ({"$ref": "#/$defs/Loop"}, r"\$\.x: #/\$defs/Loop contains itself"),
    ],
)
def test_what_llama_cpp_would_crash_on_or_ignore_is_refused_with_its_place(value: Any, complaint: str) -> None:
    definitions = {"Self": holding({"$ref": "#/$defs/Self"}), "Loop": {"$ref": "#/$defs/Loop"}}
    with pytest.raises(ValueError, match=complaint):
        grammar(holding(value, **{"$defs": definitions}))


def test_an_answer_that_is_no_object_is_refused() -> None:
    with pytest.raises(ValueError, match="must be an object"):
        grammar({"type": "array", "maxItems": 2, "items": {"type": "null"}})


@given(st.integers(-2000, 2000), st.integers(0, 3000), st.data())
def test_whole_numbers_are_those_between_the_bounds_and_no_others(least: int, width: int, data: st.DataObject) -> None:
    most = least + width
    rules = grammar(holding({"type": "integer", "minimum": least, "maximum": most}))
    digits = as_regex(next(line for line in rules.splitlines() if line.startswith("r0 ")).removeprefix("r0 ::= "))
    near = st.one_of(st.integers(least - 20, least + 20), st.integers(most - 20, most + 20), st.integers(-9999, 9999))
    number = data.draw(near)
    assert bool(digits.match(str(number))) == (least <= number <= most)
    assert not digits.match("-0")
    assert not digits.match("007")


def test_bounds_may_exclude_themselves() -> None:
    assert "r0 ::= [1-9]\n" in grammar(holding({"type": "integer", "exclusiveMinimum": 0, "exclusiveMaximum": 10}))


def test_of_what_is_in_an_enumeration_no_character_can_end_the_literal() -> None:
    rules = grammar(holding({"enum": ['"|root::=x\\', "\n", "é漢😀"]}))
    literals = re.findall(r'"([^"]*)"', next(line for line in rules.splitlines() if line.startswith("r0 ")))
    assert all(re.fullmatch(r"([A-Za-z0-9]|\\U[0-9A-F]{8})*", literal) for literal in literals)


# What really comes out, with a model of noise at a temperature at which everything happens

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


class Told(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    words: str = Field(min_length=1, max_length=12)
    of: Literal["them", 'a "quote"', "C:\\new\nline", "é漢😀", "<|im_end|>"]


def kinds() -> st.SearchStrategy[tuple[Any, dict[str, int]]]:
    """Types as pydantic takes them, with their bounds."""
    texts = st.tuples(st.integers(0, 5), st.integers(5, 40)).map(
        lambda t: (str, {"min_length": t[0], "max_length": t[1]})
    )
    numbers = st.tuples(st.integers(-300, 300), st.integers(1, 400)).map(
        lambda n: (int, {"ge": n[0], "lt": n[0] + n[1]})
    )
    choices = st.lists(TEXT, min_size=1, max_size=4, unique=True).map(lambda of: (Literal[tuple(of)], dict[str, int]()))
    others = st.sampled_from([bool, None, Told, Told | None]).map(lambda kind: (kind, dict[str, int]()))
    lists = st.tuples(st.sampled_from([list[bool], list[Told], list[Literal["a", "b"]]]), st.integers(0, 2)).map(
        lambda made: (made[0], {"min_length": made[1], "max_length": 3})
    )
    return st.one_of(texts, numbers, choices, others, lists)


@pytest.fixture(scope="module")
def weights(tiny: Path) -> Any:
    weights = Weights(tiny / "llava.gguf")
    yield weights
    weights.close()


@needs_engine
@settings(max_examples=60)
@given(
    shape=st.dictionaries(TEXT.map(lambda name: f"f{name}"), kinds(), min_size=1, max_size=4),
    seed=st.integers(0, 2**32),
)
def test_whatever_is_drawn_is_strict_json_that_pydantic_takes(weights: Weights, shape: Any, seed: int) -> None:
    fields: dict[str, Any] = {
        f"field_{n}": (kind, Field(alias=name, **bounds)) for n, (name, (kind, bounds)) in enumerate(shape.items())
    }
    model: Any = create_model("Answer", __config__=ConfigDict(extra="forbid"), **fields)
    answer = drawn(weights, grammar(model.model_json_schema()), seed=seed)
    model.model_validate_json(answer, strict=True)
    assert list(json.loads(answer)) == list(shape)


@needs_engine
def test_the_longest_text_and_the_longest_list_are_within_what_llama_cpp_counts(weights: Weights) -> None:
    shape = {
        "type": "object",
        "properties": {
            "text": {"type": "string", "minLength": MOST_REPEATED, "maxLength": MOST_REPEATED},
            "list": {"type": "array", "minItems": 999, "maxItems": 1999, "items": {"enum": [1]}},
            "none": {"type": "array", "maxItems": 0, "items": {"type": "null"}},
            "empty": {"type": "string", "maxLength": 0},
        },
        "required": ["text", "list", "none", "empty"],
        "additionalProperties": False,
    }
    answer = json.loads(drawn(weights, grammar(shape), seed=1, most_tokens=9000))
    assert (len(answer["text"]), answer["none"], answer["empty"]) == (MOST_REPEATED, [], "")
    assert 999 <= len(answer["list"]) <= 1999


@needs_engine
@pytest.mark.parametrize("broken", ["root ::= (", "root ::= foo", 'root ::= root "a" | "b"', "", " \n"])
def test_a_grammar_that_llama_cpp_cannot_read_is_an_error_and_no_crash(weights: Weights, broken: str) -> None:
    with pytest.raises(ValueError, match="grammar"):
        Chooser(weights, broken)
