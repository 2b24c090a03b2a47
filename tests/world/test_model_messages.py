"""Whatever comes from the model's process has one of a few shapes, or it is nonsense."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import numpy as np
import pytest

from gum_app import errors
from gum_app.errors import AnswerUnfit
from gum_app.world.llama_session import Loaded
from gum_app.world.model import Answered, Cost
from gum_app.world.model_messages import (
    LONGEST_SENTENCE,
    Alive,
    Failed,
    Fault,
    Message,
    Nonsense,
    Piece,
    Ready,
    Rows,
    Told,
    packed,
    unpacked,
)

LOADED = Loaded(
    name="tiny", context_tokens=8192, layers=2, layers_on_gpu=0, device="", flash_attention=True, sees=True, load_ms=9.5
)
COST = Cost(prompt_tokens=1433, answer_tokens=28, pictures=1, first_token_ms=423.25, total_ms=451.5)


@pytest.mark.parametrize(
    "message",
    [
        Ready(loaded=LOADED),
        Alive(number=1),
        Piece(number=2, text="ä\n\x00\u2028"),
        Told(number=3, answered=Answered(text='{"a": 1}', cost=COST)),
        Failed(number=4, kind="AnswerUnfit", why="It was cut off."),
        Fault(where="line 1\nline 2"),
    ],
    ids=lambda message: type(message).__name__,
)
def test_what_is_packed_comes_out_again(message: Message) -> None:
    assert unpacked(packed(message)) == message


def test_rows_come_out_again() -> None:
    rows = np.arange(6, dtype=np.float32).reshape(2, 3)
    message = unpacked(packed(Rows(7, rows)))
    assert isinstance(message, Rows)
    assert message.number == 7
    assert np.array_equal(message.rows, rows)


class Evil:
    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self._path,)


def test_a_pickle_is_nonsense_and_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(Nonsense):
        unpacked(pickle.dumps(Evil(tmp_path / "taken over")))
    assert not (tmp_path / "taken over").exists()


def told(**cost: object) -> bytes:
    return json.dumps({"sort": "told", "number": 1, "answered": {"text": "", "cost": cost}}).encode()


def rows(head: object, body: bytes) -> bytes:
    return json.dumps(head).encode() + b"\n" + body


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"sort": "alive"}',
        b'{"sort": "alive", "number": "1"}',
        b'{"sort": "unheard of", "number": 1}',
        b'{"sort": "piece", "number": 1, "text": "\\ud800"}',
        told(total_ms=-1.0),
        told(total_ms=float("inf")),
        told(total_ms=float("nan")),
        told(prompt_tokens=10**30),
        rows({"sort": "rows", "number": 1, "rows": 1, "dimensions": 2}, b"12345678..."),
        rows({"sort": "rows", "number": 1, "rows": 10**6, "dimensions": 10**6}, b""),
        rows({"sort": "rows", "number": 1, "rows": 0, "dimensions": 0}, b""),
        rows({"sort": "rows", "number": 1, "rows": 1, "dimensions": 1}, np.float32("nan").tobytes()),
    ],
)
def test_what_has_another_shape_is_nonsense(data: bytes) -> None:
    with pytest.raises(Nonsense):
        unpacked(data)


def test_of_a_fault_only_places_in_our_own_source_are_believed() -> None:
    """A process that was taken over knows the screen, and must not write it into the log."""
    where = "\n".join(
        (
            f'  File "{Path(errors.__file__).parent}/world/llama_session.py", line 123, in ask',
            "    secret = 'Ana is ill'",
            '  File "/x/gum_app/world/my_diary_says_ana_is_ill.py", line 1, in ana_is_ill',
            '  File "gum_app/../../etc/ana.py", line 1, in ana_is_ill',
            "Ana is ill: very",
            "builtins.Ana",
            "object",
            "ValueError",
            "gum_app.errors.ModelDied: Ana is ill.",
        )
    )
    assert Fault(where=where).places() == ["gum_app/world/llama_session.py, line 123", "ValueError", "ModelDied"]


def test_an_error_comes_back_as_what_it_was() -> None:
    error = Failed(number=1, kind="AnswerUnfit", why="It was cut off.").error()
    assert type(error) is AnswerUnfit
    assert str(error) == "It was cut off."


@pytest.mark.parametrize("kind", ["SystemExit", "KeyboardInterrupt", "GumError", "DiskFull", "__import__", ""])
def test_no_other_error_can_be_called_up(kind: str) -> None:
    with pytest.raises(Nonsense):
        Failed(number=1, kind=kind, why="").error()


def test_a_sentence_is_short_and_commands_no_terminal() -> None:
    sentence = str(Failed(number=1, kind="AnswerUnfit", why="\x1b[2J" + "x" * 10_000).error())
    assert len(sentence) <= LONGEST_SENTENCE
    assert sentence.isprintable()
