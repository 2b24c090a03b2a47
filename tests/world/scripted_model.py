"""Models whose answers are written down beforehand. They fail the test when asked once too often."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from gum_app.errors import GaveWay, GumError
from gum_app.world.model import Answered, Cost, Prompt, Said

PIECE = 4  # characters the answer comes in
DIMENSIONS = 64
UNTIL_STOPPED = object()  # as an answer: none comes before somebody stops it
MOST_SECONDS = 60.0


class ScriptedModel:
    """Each answer is a text, something that is told as JSON, an error to be raised, or UNTIL_STOPPED.

    `asked` holds the prompts, in order. `before` is called with each prompt before it is answered: a test waits in it,
    or looks at what else is going on. Give it a `name` where the test tells models apart.
    """

    def __init__(
        self,
        *answers: object,
        name: str = "scripted",
        cost: Cost | None = None,
        before: Callable[[Prompt], None] = lambda _prompt: None,
    ) -> None:
        self._answers = list(answers)
        self._name = name
        self._cost = cost
        self._before = before
        self.asked: list[Prompt] = []
        self.rests = 0
        self.closed = False

    @property
    def name(self) -> str:
        return self._name

    @property
    def left(self) -> int:
        """How many answers were not asked for yet."""
        return len(self._answers)

    def ask(
        self, prompt: Prompt, *, stop: threading.Event, heard: Callable[[str], None] = lambda _piece: None
    ) -> Answered:
        if stop.is_set():
            raise GaveWay("The question was taken back.")
        assert not self.closed, "the model was asked after it was closed"
        assert self._answers, f"the model was asked once more than the test expects, by {prompt.step}"
        self.asked.append(prompt)
        self._before(prompt)
        answer = self._answers.pop(0)
        if answer is UNTIL_STOPPED:
            assert stop.wait(MOST_SECONDS), "nobody stopped it"
            raise GaveWay("It was stopped.")
        if isinstance(answer, BaseException):
            raise answer
        text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
        for start in range(0, len(text), PIECE):
            if stop.is_set():
                raise GaveWay("The question was taken back.")
            heard(text[start : start + PIECE])
        if stop.is_set():
            raise GaveWay("The question was taken back.")
        return Answered(text=text, cost=self._cost or _cost(prompt, text))

    def rest(self) -> None:
        self.rests += 1

    def close(self) -> None:
        self.closed = True


class ScriptedEmbedder:
    """The same row for the same text; what `like` says is like another text gets a row close to that one's.

    An error in `troubles` is raised instead, the first first.
    """

    def __init__(self, *, like: dict[str, str] | None = None, troubles: Sequence[GumError] = ()) -> None:
        self._like = like or {}
        self._troubles = list(troubles)
        self.embedded: list[str] = []
        self.rests = 0
        self.closed = False

    @property
    def name(self) -> str:
        return "scripted embedder"

    def embed(self, texts: Sequence[str], *, stop: threading.Event) -> NDArray[np.float32]:
        if stop.is_set():
            raise GaveWay("The question was taken back.")
        assert not self.closed, "the model was asked after it was closed"
        if self._troubles:
            raise self._troubles.pop(0)
        self.embedded += texts
        rows = np.zeros((len(texts), DIMENSIONS), np.float32)
        for row, text in zip(rows, texts, strict=True):
            row += _direction(text) * (0.3 if text in self._like else 1.0)
            if text in self._like:
                row += _direction(self._like[text])
            row /= np.linalg.norm(row)
        return rows

    def rest(self) -> None:
        self.rests += 1

    def close(self) -> None:
        self.closed = True


def _cost(prompt: Prompt, text: str) -> Cost:
    """Four characters a token, 100 tokens a picture."""
    said = len(prompt.system) + sum(len(part.text) for part in prompt.parts if isinstance(part, Said))
    return Cost(
        prompt_tokens=said // 4 + 100 * prompt.pictures,
        answer_tokens=max(1, len(text) // 4),
        pictures=prompt.pictures,
        first_token_ms=1.0,
        total_ms=2.0,
    )


def _direction(text: str) -> NDArray[np.float32]:
    seed = int.from_bytes(text.encode()[:64], "big") if text else 0
    row = np.random.default_rng([seed, len(text)]).standard_normal(DIMENSIONS).astype(np.float32)
    return np.asarray(row / np.linalg.norm(row), np.float32)
