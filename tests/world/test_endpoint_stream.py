from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from gum_app.world.endpoint_stream import Aloud, Refused, Told, Unreadable, events, refused_by


def sse(*told: object) -> bytes:
    return b"".join(f"data: {json.dumps(one)}\n\n".encode() for one in told)


def cut(raw: bytes, size: int) -> Iterator[bytes]:
    return (raw[at : at + size] for at in range(0, len(raw), size))


def said(content: str | None = None, finish: str | None = None, **more: object) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": {"content": content, **more}, "finish_reason": finish}]}


def told_by(*what: dict[str, Any]) -> tuple[Told, list[str]]:
    heard: list[str] = []
    told = Told(heard.append)
    for event in what:
        told.take(event)
    return told, heard


@pytest.mark.parametrize("size", [1, 2, 7, 10_000])
def test_a_stream_reads_the_same_however_it_is_cut(size: int) -> None:
    raw = b": ping\r\n\r\nevent: x\nid: 1\n" + sse({"a": "für"}, {"b": 2}) + b"data: [DONE]\n\ndata: {not read"
    assert list(events(cut(raw, size))) == [{"a": "für"}, {"b": 2}]


def test_a_stream_may_end_without_saying_so() -> None:
    assert list(events([b'data:{"a": 1}'])) == [{"a": 1}]


def test_a_plain_body_is_one_event_also_over_many_lines() -> None:
    raw = json.dumps({"data": [{"index": 0}], "error": None}, indent=1).encode()
    assert list(events(cut(raw, 5))) == [json.loads(raw)]


def test_a_million_small_lines_and_pieces_take_no_time_that_grows_with_them() -> None:
    """A body that is no stream, of the size that is allowed: joined naively it held a core for ten minutes."""
    began_seconds = time.process_time()
    for pieces in ([b"a\n" * 2**15] * 2**6, [b"a"] * 2**20):
        with pytest.raises(Unreadable):
            list(events(pieces))
    assert time.process_time() - began_seconds < 20


def test_blanks_that_never_end_are_not_kept() -> None:
    mouth = Aloud()
    assert {mouth.feed(" \n") for _ in range(1000)} == {""}
    assert mouth.feed("yes") == "yes"
    assert Aloud().feed("  <think>") == ""


def test_half_a_surrogate_pair_is_no_letter() -> None:
    told, heard = told_by(said("a\ud800b"), said("\udfff", "stop"))
    assert (told.end(), heard) == ("a?b?", ["a?b", "?"])


def test_a_line_of_an_error_is_an_error() -> None:
    assert list(events([b'error: {"code": 503, "message": "x"}\n\n'])) == [{"error": {"code": 503, "message": "x"}}]


@pytest.mark.parametrize(
    "raw",
    [b"<html>data: x</html>", b"data: {half\n\n", b"data: [1]\n\n", b"data: " + b"[" * 100_000, b"\xff\xfe", b"7"],
)
def test_anything_else_is_unreadable(raw: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        list(events([raw]))
    assert str(caught.value) == ""


def test_words_come_piece_by_piece_and_the_numbers_last() -> None:
    usage = {"prompt_tokens": 30, "completion_tokens": 2, "prompt_tokens_details": {"cached_tokens": 20}}
    told, heard = told_by(said(), said("Hel"), said("lo"), said(finish="stop"), {"choices": [], "usage": usage})
    assert (heard, told.end(), told.finish) == (["Hel", "lo"], "Hello", "stop")
    assert (told.prompt_tokens, told.reused_tokens, told.answer_tokens) == (30, 20, 2)


def test_older_llama_servers_tell_the_numbers_in_their_timings() -> None:
    told, _ = told_by({"choices": [], "timings": {"prompt_n": 3, "cache_n": 27, "predicted_n": 9}})
    assert (told.prompt_tokens, told.reused_tokens, told.answer_tokens) == (30, 27, 9)


@pytest.mark.parametrize("usage", [{}, {"prompt_tokens": -1}, {"prompt_tokens": "9"}, {"prompt_tokens": True}, [], 7])
def test_nonsense_among_the_numbers_counts_as_untold(usage: object) -> None:
    told, _ = told_by({"choices": [], "usage": usage, "timings": "quick"})
    assert (told.prompt_tokens, told.reused_tokens, told.answer_tokens) == (0, 0, 0)


@pytest.mark.parametrize(
    "event",
    [
        {"choices": "none"},
        {"choices": [7]},
        {"choices": [{"delta": "words"}]},
        {"choices": [{"delta": {"content": ["words"]}}]},
        {"choices": [{"delta": {}, "finish_reason": 7}]},
    ],
)
def test_an_event_of_another_shape_is_unreadable(event: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        told_by(event)


def test_thoughts_apart_are_not_heard_but_count_as_a_sign_of_life() -> None:
    told, heard = told_by(said(reasoning_content="hm"), said(reasoning="hm"))
    assert (heard, told.text, told.began, told.spoke) == ([], "", True, False)


@pytest.mark.parametrize("size", [1, 3, 1000])
@pytest.mark.parametrize(
    ("text", "aloud"),
    [
        ("<think>Well, <b>now</b>.</think>\n\nYes.", "Yes."),
        ("\n <think></think>Yes.", "Yes."),
        ("<think>without an end", ""),
        ("<thin ice", "<thin ice"),
        ("<", "<"),
        ("  Yes <think>no</think>", "Yes <think>no</think>"),
        ("", ""),
    ],
)
def test_what_a_model_thinks_aloud_at_the_beginning_is_left_out(text: str, aloud: str, size: int) -> None:
    mouth = Aloud()
    pieces = [mouth.feed(text[at : at + size]) for at in range(0, len(text), size)]
    assert "".join(pieces) + mouth.rest() == aloud


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ({"error": {"code": 400, "message": "The Request exceeds", "type": "exceed_context_size_error"}}, "exceeds"),
        ({"error": {"message": "model 'x' not found", "code": None}}, "not found"),
        ({"error": "Unexpected endpoint or method."}, "unexpected endpoint"),
        ({"object": "error", "message": "maximum context length is 9", "code": 400}, "maximum context length"),
        ({"detail": [{"loc": ["body", "response_format"], "msg": "bad", "input": "private"}]}, "response_format"),
        ({"detail": "Not Found"}, "not found"),
        ("plain words", "plain words"),
    ],
)
def test_errors_are_understood_in_the_forms_of_all_servers(body: object, names: str) -> None:
    refused = refused_by(body, 400)
    assert refused.status == 400
    assert refused.mentions(names)
    assert not refused.mentions("private"), "what was sent is not read as the server's words"


@pytest.mark.parametrize("code", [503, None, "oops", 42])
def test_an_error_in_the_middle_of_a_stream_has_its_own_status(code: object) -> None:
    with pytest.raises(Refused) as caught:
        told_by({"error": {"code": code, "message": "x"}})
    assert caught.value.status == (503 if code == 503 else 500)
    assert str(caught.value) == f"status {caught.value.status}", "its words are not among those that could be printed"
