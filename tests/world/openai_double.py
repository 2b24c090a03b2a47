"""A server on 127.0.0.1 that speaks OpenAI's protocol, with a made-up mind and any bad manners a test asks for.

Real HTTP over real sockets, one thread a connection. Answers fit the schema that came with the question and are the
same for the same seed and question; their texts are words of the question, so that quotes stand where they should.
It stops with its `with`; whatever hangs by order is let go then. Nothing in it waits by the clock.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import random
import re
import select
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

Body = dict[str, Any]
DIMENSIONS = 32

# What the double can be told to do instead of answering well, once for each time it is told.
MISBEHAVIOURS = (
    "silent",  # takes the question and says nothing, until let go
    "hang",  # stops in the middle of the stream, until let go
    "reset",  # resets the connection before any answer
    "break",  # ends the stream in the middle
    "garbage",  # 200 and something that is no protocol
    "half json",  # a stream whose events end in the middle
    "wrong events",  # a stream of JSON that is no answer
    "empty",  # a complete stream that says nothing
    "no schema",  # ignores the schema: chats
    "wrong schema",  # JSON of another shape
    "long",  # cut off by its token limit
    "endless",  # goes on and on, whatever the limit
    "redirect",  # to somewhere else
    "error in stream",  # 200, a piece, then an error
    "error with 200",  # as LM Studio does
    "thinks",  # <think>…</think> before the answer, in small pieces
    "thinks apart",  # reasoning_content before the answer
    "at once",  # one JSON body instead of a stream
)


@dataclass
class Counts:
    calls: int = 0
    embeddings: int = 0
    images: int = 0
    prompt_tokens: int = 0
    answer_tokens: int = 0


@dataclass
class _Status:
    """An answer with a status and a body, and what else it says."""

    status: int
    body: Any
    headers: dict[str, str] = field(default_factory=dict)


class OpenAiDouble:
    def __init__(self, *, seed: int = 0, certificate: Path | None = None) -> None:
        self.seed = seed
        self.counts = Counts()
        self.bodies: list[Body] = []  # every question, as it came
        self.headers: list[dict[str, str]] = []
        self.busy = threading.Event()  # a question has arrived and hangs by order
        self.gone = threading.Event()  # who asked it has hung up
        self.answers: Callable[[Body], str] | None = None  # what to say instead of something made up
        self._next: list[str | _Status] = []
        self._lock = threading.Lock()  # guards all of the above: each connection has a thread
        self._let_go = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _handler_of(self))
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.port: int = self._server.server_address[1]
        self.scheme = "http" if certificate is None else "https"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), name="openai double")

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/v1"

    @property
    def where(self) -> str:
        return f"127.0.0.1:{self.port}"

    def __enter__(self) -> OpenAiDouble:
        self._thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._let_go.set()
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join()

    def then(self, *misbehaviours: str) -> None:
        """What to do with the next questions, one each; after them it behaves well again."""
        assert set(misbehaviours) <= set(MISBEHAVIOURS), misbehaviours
        with self._lock:
            self._next += misbehaviours

    def then_status(self, status: int, body: Any = None, **headers: str) -> None:
        """Answer the next question so; `retry_after` is written Retry-After."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with self._lock:
            self._next.append(_Status(status, body, named))

    # For the threads of the connections

    def arrived(self, body: Body, headers: dict[str, str]) -> str | _Status:
        with self._lock:
            self.bodies.append(body)
            self.headers.append(headers)
            return self._next.pop(0) if self._next else "well"

    def wait_for_hanging_up(self, connection: socket.socket) -> None:
        self.busy.set()
        while not self._let_go.is_set():
            readable, _, _ = select.select([connection], [], [], 0.02)
            if readable:
                self.gone.set()
                return

    def count(self, **more: int) -> None:
        with self._lock:
            for name, number in more.items():
                setattr(self.counts, name, getattr(self.counts, name) + number)


@dataclass
class Stopped:
    at_seconds: float = 0.0  # of the monotonic clock


@contextmanager
def stopped_when_busy(double: OpenAiDouble, stop: threading.Event) -> Iterator[Stopped]:
    """Sets `stop` as soon as a question hangs at the double, and tells when that was."""
    stopped = Stopped()

    def wait() -> None:
        double.busy.wait(60)
        stopped.at_seconds = time.monotonic()
        stop.set()

    other = threading.Thread(target=wait)
    other.start()
    try:
        yield stopped
    finally:
        other.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(address, handler)
        self._open: set[socket.socket] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        for connection in list(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that was cut is what many tests are about."""


def _handler_of(double: OpenAiDouble) -> type[BaseHTTPRequestHandler]:
    class Handler(_Handler):
        pass

    Handler.double = double
    return Handler


class _Handler(BaseHTTPRequestHandler):
    double: OpenAiDouble
    protocol_version = "HTTP/1.1"

    def log_message(self, *_args: object) -> None:
        pass

    def do_POST(self) -> None:
        body: Body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        what = self.double.arrived(body, {name.lower(): value for name, value in self.headers.items()})
        self.close_connection = True
        with suppress(OSError):
            if isinstance(what, _Status):
                self._whole(what)
            elif what in ("silent", "reset", "redirect", "garbage", "error with 200"):
                self._without_an_answer(what)
            elif self.path.endswith("/embeddings"):
                self._embeddings(body, what)
            elif self.path == "/v1/chat/completions":
                self._chat(body, what)
            else:
                self._whole(_Status(404, {"error": {"message": "File Not Found", "type": "not_found_error"}}))

    def _without_an_answer(self, what: str) -> None:
        if what == "silent":
            self.double.wait_for_hanging_up(self.connection)
        elif what == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        elif what == "redirect":
            self._whole(_Status(307, None, {"Location": "http://elsewhere.example/v1/chat/completions"}))
        elif what == "garbage":
            self._whole(_Status(200, "<html><body>It works: data and more</body></html>"))
        else:
            self._whole(_Status(200, {"error": "Unexpected endpoint or method. (POST /chat/completions)"}))

    def _whole(self, answer: _Status) -> None:
        raw = (answer.body if isinstance(answer.body, str) else json.dumps(answer.body)).encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(raw)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)

    def _chat(self, body: Body, what: str) -> None:
        answer = made_up(self.double, body, what)
        prompt_tokens, images = _weight(body)
        usage = {
            "prompt_tokens": prompt_tokens,
            "completion_tokens": len(answer.split()),
            "prompt_tokens_details": {"cached_tokens": prompt_tokens // 2 if self.double.counts.calls else 0},
        }
        self.double.count(calls=1, images=images, prompt_tokens=prompt_tokens, answer_tokens=len(answer.split()))
        if what == "at once":
            message = {"role": "assistant", "content": answer}
            choice = {"index": 0, "message": message, "finish_reason": "stop"}
            self._whole(_Status(200, {"choices": [choice], "usage": usage}))
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for line in self._stream(answer, what, usage if body.get("stream_options") else None):
            self.wfile.write(line)
            self.wfile.flush()

    def _stream(self, answer: str, what: str, usage: Body | None) -> Iterator[bytes]:
        yield b": ping\r\n\r\n"  # comments keep a connection awake, and mean nothing
        yield _event({"choices": [{"index": 0, "delta": {"role": "assistant", "content": None}}]})
        if what == "wrong events":
            yield _event({"choices": "none", "hello": "there"})
            return
        if what == "thinks apart":
            yield _event({"choices": [{"index": 0, "delta": {"reasoning_content": "Let me see."}}]})
        pieces = _cut(answer, 3 if what == "thinks" else 12)
        for number, piece in enumerate(pieces):
            yield _said(piece)
            if number == 0:
                yield from self._in_the_middle(what)
                if what in ("hang", "break", "half json", "error in stream"):
                    return
        yield _said(None, "length" if what == "long" else "stop")
        if usage is not None:
            yield _event({"choices": [], "usage": usage})
        yield b"data: [DONE]\n\n"

    def _in_the_middle(self, what: str) -> Iterator[bytes]:
        if what == "hang":
            self.double.wait_for_hanging_up(self.connection)
        elif what == "half json":
            yield b'data: {"choices": [{"delta": {"cont\n\n'
        elif what == "error in stream":
            yield _event(
                {"error": {"code": 500, "message": "the secret words of the question", "type": "server_error"}}
            )
        while what == "endless":
            yield _said("and on " * 20)

    def _embeddings(self, body: Body, what: str) -> None:
        texts: list[str] = body["input"]
        self.double.count(embeddings=len(texts))
        data = [{"index": at, "embedding": vector_of(text)} for at, text in enumerate(texts)]
        if what == "wrong schema":
            data = data[1:]
        elif what == "half json":
            self._whole(_Status(200, '{"data": [{"index": 0, "embed'))
            return
        self._whole(_Status(200, {"object": "list", "data": data[::-1], "model": body["model"]}))


# What it makes up


def made_up(double: OpenAiDouble, body: Body, what: str = "well") -> str:
    """The answer to a question, from the seed and the question alone."""
    texts = [part["text"] for message in body["messages"] for part in _parts(message) if part["type"] == "text"]
    digest = hashlib.sha256(json.dumps([double.seed, body["messages"]]).encode()).digest()
    chance = random.Random(digest)
    words = re.findall(r"\S+", texts[-1] if texts else "") or ["nothing"]
    schema = _schema(body)
    fixed = {
        "empty": "",
        "no schema": "Of course! I would be glad to help with that.",
        "wrong schema": '{"apology": "no"}',
        "long": '{"did": "wrote a very long',
    }
    if what in fixed:
        return fixed[what]
    if double.answers is not None:
        answer = double.answers(body)
    elif schema is None:
        answer = _run_of(words, chance, 200)
    else:
        answer = json.dumps(_value(schema, schema, words, chance), ensure_ascii=False)
    return f"<think>First {answer[:20]} is what I think.</think>\n\n{answer}" if what == "thinks" else answer


def vector_of(text: str) -> list[float]:
    """Texts that share words lie near each other. Not of length 1: that is for the client to see to."""
    vector = [0.0] * DIMENSIONS
    for word in re.findall(r"\w+", text.casefold()) or [""]:
        digest = hashlib.sha256(word.encode()).digest()
        for at in range(DIMENSIONS):
            vector[at] += digest[at] / 128 - 1
    return vector


def _schema(body: Body) -> Body | None:
    asked = body.get("response_format") or {}
    found: Body | None = asked.get("json_schema", {}).get("schema") or asked.get("schema")
    return found


def _value(schema: Body, whole: Body, words: list[str], chance: random.Random) -> Any:
    if "$ref" in schema:
        return _value(whole["$defs"][schema["$ref"].rpartition("/")[2]], whole, words, chance)
    if "anyOf" in schema:
        return _value(chance.choice(schema["anyOf"]), whole, words, chance)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return chance.choice(schema["enum"])
    kind = schema.get("type", "string")
    if kind == "object":
        return {name: _value(one, whole, words, chance) for name, one in schema["properties"].items()}
    if kind == "array":
        fewest = schema.get("minItems", 0)
        count = chance.randint(fewest, max(fewest, min(3, schema.get("maxItems", 3))))
        return [_value(schema["items"], whole, words, chance) for _ in range(count)]
    if kind in ("integer", "number"):
        lowest = math.ceil(schema.get("minimum", 1))
        return chance.randint(lowest, max(lowest, min(lowest + 9, schema.get("maximum", lowest + 9))))
    return chance.random() < 0.5 if kind == "boolean" else _run_of(words, chance, schema.get("maxLength", 80))


def _run_of(words: list[str], chance: random.Random, longest: int) -> str:
    """Some words that stand one after another in the question."""
    at = chance.randrange(len(words))
    return " ".join(words[at : at + chance.randint(2, 8)])[: min(longest, 120)].strip()


def _weight(body: Body) -> tuple[int, int]:
    """Tokens as words and a thousand a picture, and the pictures, which must be whole."""
    parts = [part for message in body["messages"] for part in _parts(message)]
    pictures = [part["image_url"]["url"] for part in parts if part["type"] == "image_url"]
    for picture in pictures:
        base64.b64decode(picture.partition(";base64,")[2], validate=True)
    words = sum(len(part["text"].split()) for part in parts if part["type"] == "text")
    return words + 1000 * len(pictures), len(pictures)


def _parts(message: Body) -> list[Body]:
    content = message["content"]
    return [{"type": "text", "text": content}] if isinstance(content, str) else content


def _cut(text: str, size: int) -> list[str]:
    return [text[at : at + size] for at in range(0, len(text), size)]


def _said(piece: str | None, finish: str | None = None) -> bytes:
    return _event({"choices": [{"index": 0, "delta": {"content": piece} if piece else {}, "finish_reason": finish}]})


def _event(told: Body) -> bytes:
    return f"data: {json.dumps(told, ensure_ascii=False)}\n\n".encode()
