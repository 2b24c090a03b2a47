"""A model on a server that speaks OpenAI's protocol: llama-server, Ollama, LM Studio, vLLM. For a bigger machine.

Only for a server on this computer without further words: for any other the person confirmed, in words, what is sent
where. Imported when it is used, for the HTTP client takes a tenth of a second to import.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from gum_app.addresses import is_confirmed, read_address, words_to_confirm
from gum_app.clock import SystemClock
from gum_app.errors import AnswerUnfit, BadInput, EndpointTrouble, GaveWay, PromptTooLong
from gum_app.world.endpoint_chat import Manners, as_json, chat_body
from gum_app.world.endpoint_key import checked_key
from gum_app.world.endpoint_stream import CLOSE, Refused, Told, Unreadable, events, refused_by
from gum_app.world.endpoint_trouble import trouble_of_lost, trouble_of_refused, unreadable
from gum_app.world.endpoint_wire import Limits, Lost, Wire
from gum_app.world.model import Answered, Cost, Prompt, Schema
from gum_app.world.model_shown import show_texts, shown
from gum_app.world.shapes import read_shaped

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONGEST_TOKEN = 32  # characters; what says more than its tokens could hold does not keep to its limit
TEXTS_A_REQUEST = 32
# Embedding models of 512 tokens are common, and llama-server refuses what is longer (llama.cpp #12295).
LONGEST_TEXTS = (2000, 500)
LARGEST_VECTOR = 16_384


class _Server:
    """What the two have in common: one server, one model on it, one key. Its repr tells no key."""

    def __init__(
        self, url: str, model: str, *, key: str = "", confirmed: str = "", limits: Limits | None = None
    ) -> None:
        address = read_address(url)
        if not is_confirmed(url, confirmed):
            raise BadInput(f"{address.where} is not this computer: type “{words_to_confirm(url)}” to allow it.")
        if not model.strip():
            raise BadInput(f"Say what {address.where} calls the model.")
        self._where, self._model, self._with_key = address.where, model.strip(), bool(key)
        self._limits = limits or Limits()
        self._wire = Wire(address, checked_key(key), self._limits)

    @property
    def name(self) -> str:
        return f"{self._model} at {self._where}"

    def rest(self) -> None:
        """The memory is the server's, and so is the decision."""

    def close(self) -> None:
        self._wire.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}>"

    @contextmanager
    def _as_sentences(self, pictures: int = 0) -> Iterator[None]:
        """What goes wrong with the server leaves as one sentence, chained to nothing that holds a key or an answer."""
        try:
            yield
        except Lost as lost:
            raise trouble_of_lost(lost, self._where, self._limits) from None
        except Unreadable:
            raise unreadable(self._where) from None
        except Refused as refused:
            raise trouble_of_refused(
                refused, self._where, self._model, pictures=pictures, with_key=self._with_key
            ) from None


class Endpoint(_Server):
    """Raises BadInput for an address that is none, or that is not this computer's and not confirmed."""

    _manners = Manners()  # until the server is found to have others
    _clock = SystemClock()

    def ask(
        self, prompt: Prompt, *, stop: threading.Event, heard: Callable[[str], None] = lambda _piece: None
    ) -> Answered:
        """As `model.Model`. `heard` is called on this thread, and not for what the model thinks aloud."""
        with shown(self.name, prompt, heard) as hears, self._as_sentences(prompt.pictures):
            while True:
                told = Told(hears)
                try:
                    return self._asked(prompt, told, stop)
                except Refused as refused:
                    manners = self._manners.without(refused)
                    if told.spoke or manners == self._manners:
                        raise
                    self._manners = manners

    def _asked(self, prompt: Prompt, told: Told, stop: threading.Event) -> Answered:
        began_seconds = first_seconds = self._clock.monotonic_seconds()
        with self._wire.asking("/chat/completions", chat_body(prompt, self._model, self._manners), stop) as pieces:
            for event in events(pieces):
                before = told.began
                told.take(event)
                if stop.is_set():  # many events may have come at once
                    raise GaveWay("The question was stopped.")
                if told.began and not before:
                    first_seconds = self._clock.monotonic_seconds()
                if len(told.text) > prompt.most_tokens * LONGEST_TOKEN:
                    raise AnswerUnfit(f"The model at {self._where} went on and on: the server there does not stop it.")
        text = self._checked(prompt, told)
        cost = Cost(
            prompt_tokens=told.prompt_tokens,
            reused_tokens=told.reused_tokens,
            answer_tokens=told.answer_tokens,
            pictures=prompt.pictures,
            first_token_ms=1000 * (first_seconds - began_seconds),
            total_ms=1000 * (self._clock.monotonic_seconds() - began_seconds),
        )
        return Answered(text=text, cost=cost)

    def _checked(self, prompt: Prompt, told: Told) -> str:
        """The whole answer, or why it is none."""
        text = told.end()
        if told.finish is None:
            if not told.began:
                raise Unreadable
            raise Lost("broken")
        if told.finish == "length":
            raise AnswerUnfit(f"The answer was cut off: {self._where} stopped it after {prompt.most_tokens} tokens.")
        if told.finish != "stop":
            raise AnswerUnfit(f"The model at {self._where} did not answer, but ended in another way.")
        if not text.strip():
            raise AnswerUnfit(f"The model at {self._where} answered nothing.")
        return text if prompt.schema is None else self._shaped(text, prompt.schema)

    def _shaped(self, text: str, schema: Schema) -> str:
        whose = f"the model at {self._where}"
        # Some templates open the thought themselves, and only its end is in the answer.
        _, thought, after = text.rpartition(CLOSE)
        try:
            return read_shaped(after if thought and not text.lstrip().startswith("{") else text, schema, whose)
        except AnswerUnfit:
            self._manners = self._manners.other()  # the server did not hold to the schema: next time it is in words
            raise


class EndpointEmbedder(_Server):
    """Texts longer than an embedding model holds are cut, as the local one does. Raises BadInput as Endpoint."""

    _dimensions = 0  # 0: not known before the first answer

    def embed(self, texts: Sequence[str], *, stop: threading.Event) -> NDArray[np.float32]:
        show_texts(self.name, texts)
        rows = [
            self._embed_some(texts[at : at + TEXTS_A_REQUEST], stop) for at in range(0, len(texts), TEXTS_A_REQUEST)
        ]
        return np.concatenate(rows) if rows else np.zeros((0, self._dimensions), dtype=np.float32)

    def _embed_some(self, texts: Sequence[str], stop: threading.Event) -> NDArray[np.float32]:
        longest, shorter = LONGEST_TEXTS
        try:
            return self._asked([text[:longest] for text in texts], stop)
        except PromptTooLong:
            return self._asked([text[:shorter] for text in texts], stop)

    def _asked(self, texts: list[str], stop: threading.Event) -> NDArray[np.float32]:
        # Some servers refuse an empty text.
        body = as_json({"model": self._model, "input": [text or " " for text in texts], "encoding_format": "float"})
        with self._as_sentences():
            with self._wire.asking("/embeddings", body, stop) as pieces:
                told = list(events(pieces))
            if len(told) != 1:
                raise Unreadable
            if told[0].get("error"):
                raise refused_by(told[0])
            vectors = _unit_rows(told[0], len(texts))
        if self._dimensions not in (0, vectors.shape[1]):
            raise EndpointTrouble(f"“{self._model}” at {self._where} is no longer the model it was: choose it anew.")
        self._dimensions = vectors.shape[1]
        return vectors


def _unit_rows(answer: dict[str, Any], count: int) -> NDArray[np.float32]:
    """One row a text, in the order of the texts, each of length 1. Raises Unreadable for anything odd."""
    data = answer.get("data")
    if not isinstance(data, list) or len(data) != count or not all(isinstance(one, dict) for one in data):
        raise Unreadable
    places = [one.get("index", at) for at, one in enumerate(data)]
    if not all(type(place) is int for place in places) or sorted(places) != list(range(count)):
        raise Unreadable
    try:
        numbers = np.array([data[places.index(at)].get("embedding") for at in range(count)], dtype=np.float64)
    except (ValueError, TypeError, OverflowError):
        raise Unreadable from None
    if numbers.ndim != 2 or not 0 < numbers.shape[1] <= LARGEST_VECTOR:
        raise Unreadable
    with np.errstate(over="ignore"):  # endless is refused below
        lengths = np.linalg.norm(numbers, axis=1, keepdims=True)
    if not (np.isfinite(lengths).all() and (lengths > 0).all()):
        raise Unreadable
    rows: NDArray[np.float32] = (numbers / lengths).astype(np.float32)
    return rows
