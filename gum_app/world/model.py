"""A language model that sees: what is asked, what it answers, and the two Protocols behind which it runs.

Two things keep them: `local_model.LocalModel` (llama.cpp in a child process) and `endpoint.Endpoint` (a server that
speaks OpenAI's protocol). One contract test holds for both. Neither is for two threads at once: `daemon.mind` asks one
thing at a time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Schema = dict[str, Any]  # JSON Schema of closed shapes: objects, lists, texts, whole numbers and choices, all bounded


@dataclass(frozen=True)
class Said:
    """Words. Whatever they are, they never become control tokens or image markers."""

    text: str


@dataclass(frozen=True)
class Pictured:
    """A picture as PNG or JPEG, not larger than `daemon.pictures` makes it."""

    data: bytes


Part = Said | Pictured


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """What is asked: instructions, the same for each call of a step, then known context, and new material last.

    In this order the longest beginning stays the same from call to call, and is not paid for twice.
    """

    step: str  # which thinking step asks, for the list of calls
    fingerprint: str  # of the prompt's file, stored with what is concluded
    system: str
    parts: tuple[Part, ...]
    schema: Schema | None = None  # None: free text, as in a chat
    most_tokens: int = 512
    temperature: float = 0.0  # of an answer in a shape; 0: always the likeliest. A chat has one that suits the model

    @property
    def pictures(self) -> int:
        return sum(isinstance(part, Pictured) for part in self.parts)


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What one call took; zeros where a server does not tell."""

    prompt_tokens: int = 0
    reused_tokens: int = 0  # of those, how many were still in the cache
    answer_tokens: int = 0
    pictures: int = 0
    pictures_reused: int = 0  # of those, how many did not have to be encoded again
    first_token_ms: float = 0.0
    total_ms: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Answered:
    text: str  # complete: an answer that was cut off is an error, never an answer
    cost: Cost


class Model(Protocol):
    @property
    def name(self) -> str:
        """Which model answers, as the person knows it: "Qwen3-VL-4B-Instruct Q4_K_M"."""
        ...

    def ask(
        self, prompt: Prompt, *, stop: threading.Event, heard: Callable[[str], None] = lambda _piece: None
    ) -> Answered:
        """`heard` gets the answer piece by piece, on some thread. Setting `stop` ends it at once, with GaveWay.

        Starts what has to be started. Raises ModelTrouble, of the kind that fits; GaveWay.
        """
        ...

    def rest(self) -> None:
        """Give memory back. The next question takes longer."""
        ...

    def close(self) -> None: ...


class Embedder(Protocol):
    @property
    def name(self) -> str: ...

    def embed(self, texts: Sequence[str], *, stop: threading.Event) -> NDArray[np.float32]:
        """One row a text, each of length 1: shape (texts, dimensions). Raises ModelTrouble; GaveWay."""
        ...

    def rest(self) -> None: ...

    def close(self) -> None: ...
