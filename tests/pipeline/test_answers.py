from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum_app.errors import AnswerUnfit
from gum_app.pipeline.answers import SHAPES, ObserveAnswer, ProposeAnswer, fit
from gum_app.world.llama_grammar import grammar

TOLD = {"sensitive": False, "did": "Edits router.py.", "theirs": ["a test"], "others": []}
STATED = {
    "reasoning": "The title says so.",
    "about": 1,
    "quotes": ["router.py"],
    "kind": "task",
    "text": "Works on router.py.",
    "known": 0,
    "relation": "same",
    "support": 8,
    "span": 5,
}


def stated(**changes: Any) -> str:
    return json.dumps({"statements": [STATED | changes]})


def test_an_answer_of_the_shape_is_read() -> None:
    assert fit(ObserveAnswer, json.dumps(TOLD)).did == "Edits router.py."
    assert fit(ProposeAnswer, stated()).statements[0].kind == "task"
    assert fit(ProposeAnswer, '{"statements": []}').statements == []


@pytest.mark.parametrize(
    "changes",
    [
        {"about": 0},
        {"about": 9},
        {"about": "1"},
        {"quotes": []},
        {"quotes": ["a"] * 4},
        {"quotes": ["x" * 161]},
        {"kind": "mood"},
        {"text": ""},
        {"text": "x" * 201},
        {"support": 0},
        {"support": 11},
        {"support": "8/10"},
        {"support": 7.5},
        {"span": 11},
        {"known": -1},
        {"relation": "denies"},
        {"mood": "good"},
    ],
)
def test_what_is_out_of_bounds_is_no_answer(changes: dict[str, Any]) -> None:
    with pytest.raises(AnswerUnfit):
        fit(ProposeAnswer, stated(**changes))


@pytest.mark.parametrize(
    "text",
    ["", "{", "null", "[]", "[" * 100_000, "NaN", "9" * 5_000, json.dumps(TOLD)[:-9], '{"did": "\\ud800"}', "\ud800"],
)
def test_what_is_no_json_or_another_shape_is_no_answer(text: str) -> None:
    with pytest.raises(AnswerUnfit):
        fit(ObserveAnswer, text)


def test_the_refusal_quotes_nothing_of_the_answer() -> None:
    with pytest.raises(AnswerUnfit) as refused:
        fit(ObserveAnswer, '{"did": "my secret"}')
    assert "secret" not in str(refused.value)
    assert refused.value.__cause__ is None


@given(st.text())
def test_no_text_raises_anything_else(text: str) -> None:
    with pytest.raises(AnswerUnfit):
        fit(ObserveAnswer, text)


@pytest.mark.parametrize("shape", SHAPES.values())
def test_each_shape_can_be_held_by_a_grammar(shape: type[ObserveAnswer]) -> None:
    assert "root ::=" in grammar(shape.model_json_schema())
