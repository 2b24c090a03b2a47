"""How the answer of a server that speaks OpenAI's protocol is read: its stream, its numbers, its errors, its thoughts.

What was relied on, and where it is said:
- usage comes in a last piece without choices (OpenAI's API reference, `stream_options`). What was still in the cache:
  `usage.prompt_tokens_details.cached_tokens` (llama.cpp #19361; vLLM with --enable-prompt-tokens-details), or
  `timings.cache_n` of older llama-servers (llama.cpp #15827). Ollama tells neither;
- thoughts come as `reasoning_content` (llama-server, LM Studio, older vLLM), as `reasoning` (Ollama, vLLM), or as
  `<think>…</think>` at the beginning of the words;
- errors: `{"error": {"message", "type", "code"}}` (llama-server, Ollama, vLLM), `{"error": "…"}` with status 200 (LM
  Studio, lmstudio-bug-tracker #618), `{"detail": …}` (FastAPI), and in the middle of a stream any of these.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

LARGEST_COUNT = 2**31
OPEN, CLOSE = "<think>", "</think>"


class Unreadable(Exception):
    """What came is not of the protocol. Carries nothing of it."""


class Refused(Exception):
    """The server said no. Its own words serve to find out why, and are never shown or logged."""

    def __init__(self, status: int, words: str = "", wait_seconds: float | None = None) -> None:
        super().__init__(f"status {status}")
        self.status = status
        self.wait_seconds = wait_seconds  # how long it asks to be left alone
        self._words = words

    def mentions(self, *names: str) -> bool:
        return any(name in self._words for name in names)


def events(pieces: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """The JSON of a stream of server-sent events, until it says it is done; or of a plain JSON body, as one event.

    Raises Unreadable for anything else.
    """
    plain = bytearray()  # a body that is no stream: LM Studio answers so, with status 200, where something is wrong
    for line in _lines(pieces):
        name, _, data = line.partition(b":")
        if not plain and name in (b"data", b"error"):
            if data.strip() == b"[DONE]":
                return
            event = _object(data)
            yield {"error": event} if name == b"error" else event
        elif plain or name not in (b"", b"event", b"id", b"retry"):
            plain += line
    if plain:
        yield _object(plain)


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    rest = bytearray()  # grows in its place: bytes would be copied with each of a million small pieces
    for piece in pieces:
        *whole, last = piece.split(b"\n")
        for line in whole:
            yield bytes(rest + line).rstrip(b"\r")
            rest.clear()
        rest += last
    if rest:
        yield bytes(rest)


def _object(data: bytes | bytearray) -> dict[str, Any]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise Unreadable from None
    if not isinstance(value, dict):
        raise Unreadable
    return value


class Aloud:
    """Takes a text in pieces and gives back what is not thought: `<think>…</think>` at its beginning."""

    def __init__(self) -> None:
        self._held = ""
        self._thinking = False
        self._open = False

    def feed(self, piece: str) -> str:
        if self._open:
            return piece
        self._held = (self._held + piece).lstrip()  # blanks at the beginning say nothing, and may never end
        if not self._thinking:
            if OPEN.startswith(self._held[: len(OPEN)]):
                self._thinking = self._held.startswith(OPEN)
            else:
                return self._let_go(self._held)
        if self._thinking:
            _, closed, after = self._held.partition(CLOSE)
            if not closed:
                self._held = OPEN + self._held[len(OPEN) :][-len(CLOSE) :]  # no need to keep a long thought
            elif after.strip():
                return self._let_go(after.lstrip())
        return ""

    def rest(self) -> str:
        """What was held back in vain, when the text has ended."""
        return "" if self._open or self._thinking else self._let_go(self._held)

    def _let_go(self, words: str) -> str:
        self._open, self._held = True, ""
        return words


@dataclass
class Told:
    """What one answer has told so far. `heard` gets its words as they come, without what the model thinks aloud."""

    heard: Callable[[str], None]
    text: str = ""
    finish: str | None = None  # why it ended; None: it has not
    began: bool = False  # whether anything was written, thoughts included
    spoke: bool = False  # whether anything was heard
    prompt_tokens: int = 0
    reused_tokens: int = 0
    answer_tokens: int = 0
    _aloud: Aloud = field(default_factory=Aloud, init=False)

    def take(self, event: dict[str, Any]) -> None:
        """Raises Refused for an error in the middle of a stream, Unreadable."""
        if event.get("error"):
            raise refused_by(event)
        self._count(event)
        choices = event.get("choices")
        if not choices:  # the last piece, with the numbers alone
            return
        choice = _inner(choices[0] if isinstance(choices, list) else None)
        said = _inner(choice.get("delta") or choice.get("message") or {})
        self.began = self.began or any(said.get(name) for name in ("content", "reasoning_content", "reasoning"))
        self._say(self._aloud.feed(_words(said.get("content"))))
        self.finish = _words(choice.get("finish_reason")) or self.finish

    def end(self) -> str:
        """All that was said."""
        self._say(self._aloud.rest())
        return self.text

    def _say(self, piece: str) -> None:
        if piece:
            self.text += piece
            self.spoke = True
            self.heard(piece)

    def _count(self, event: dict[str, Any]) -> None:
        usage, timings = event.get("usage"), event.get("timings")
        if isinstance(usage, dict):
            self.prompt_tokens, self.answer_tokens = (
                _number(usage, "prompt_tokens"),
                _number(usage, "completion_tokens"),
            )
            details = usage.get("prompt_tokens_details")
            if isinstance(details, dict):
                self.reused_tokens = _number(details, "cached_tokens")
        if isinstance(timings, dict):
            self.reused_tokens = self.reused_tokens or _number(timings, "cache_n")
            self.prompt_tokens = self.prompt_tokens or _number(timings, "prompt_n") + self.reused_tokens
            self.answer_tokens = self.answer_tokens or _number(timings, "predicted_n")


def refused_by(body: object, status: int = 0, wait_seconds: float | None = None) -> Refused:
    """From an answer that tells an error, in the forms of OpenAI, llama-server, Ollama, LM Studio, vLLM and FastAPI."""
    error = body.get("error") or body if isinstance(body, dict) else body
    if not isinstance(error, dict):
        return Refused(status or 500, _short(error), wait_seconds)
    code = error.get("code")
    if not status:  # in the middle of a stream the status was 200
        status = code if isinstance(code, int) and 400 <= code < 600 else 500
    said = (error.get(name) for name in ("message", "type", "code", "param"))
    return Refused(status, " ".join([*map(_short, said), *_details(error.get("detail"))]), wait_seconds)


def _details(detail: object) -> list[str]:
    """FastAPI names the field that is wrong; `input`, which repeats what was sent, is left alone."""
    if isinstance(detail, list):
        return [_short(one.get(name)) for one in detail if isinstance(one, dict) for name in ("loc", "msg")]
    return [_short(detail)]


def _short(value: object) -> str:
    return "" if value is None else str(value)[:2000].casefold()


def _inner(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Unreadable
    return value


def _words(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unreadable
    return value.encode("utf-8", "replace").decode()  # half a surrogate pair could be written down nowhere


def _number(numbers: dict[str, Any], name: str) -> int:
    """Zero where a server tells nothing, or nonsense."""
    value = numbers.get(name)
    return value if type(value) is int and 0 <= value < LARGEST_COUNT else 0
