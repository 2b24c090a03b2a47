"""One question over HTTP to one server, and the answer as it comes. Nothing of what goes over it is kept or logged.

A request runs on a thread of its own, for no HTTP client can be called back from the look-up of a name, a handshake or
the wait for a first byte. Whoever asked waits beside it; told to stop, they leave at once and the connection is cut,
which is how llama-server, Ollama and vLLM are told to stop computing (llama.cpp #24496, vLLM's `with_cancellation`).

Where the words may go was confirmed for one host: so redirects are not followed, proxies and .netrc of the environment
are not read, and certificates are checked.
"""

from __future__ import annotations

import json
import queue
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import Any, Literal

import certifi
import httpx

from gum_app.addresses import Address
from gum_app.clock import SystemClock
from gum_app.errors import GaveWay
from gum_app.world.endpoint_stream import Refused, refused_by

POLL_SECONDS = 0.05  # how soon the one who waits notices that it is to stop
PIECES_WAITING = 256
LEAST_PIECE_BYTES = 32  # a smaller one counts as this: eight million of one byte would keep a core busy for minutes
ERROR_BYTES, ERROR_SECONDS = 64 * 1024, 5.0
BUSY = (429, 503)  # the answers after which it helps to ask again: too many questions, or a model that is being loaded

How = Literal["nobody", "unknown", "unreachable", "certificate", "no tls", "broken", "silent", "late", "endless"]


@dataclass(frozen=True, kw_only=True)
class Limits:
    connect_seconds: float = 5.0
    first_byte_seconds: float = 300.0  # a model may have to be loaded first, and pictures be looked at without a GPU
    silence_seconds: float = 60.0  # between two pieces
    total_seconds: float = 900.0
    answer_bytes: int = 8 * 2**20
    pauses_seconds: tuple[float, ...] = (1.0, 3.0, 9.0)  # before asking again where the server is busy
    longest_pause_seconds: float = 30.0  # a server that asks for more is not waited for


class Lost(Exception):
    """No answer came, or not all of it. `endpoint_trouble` has the sentences."""

    def __init__(self, how: How) -> None:
        super().__init__(how)
        self.how: How = how


class Wire:
    def __init__(self, address: Address, key: str, limits: Limits) -> None:
        self._url = address.url
        self._limits = limits
        self._clock = SystemClock()
        # No compression: a small answer could unfold to a huge one.
        headers = {"User-Agent": "gum-app", "Content-Type": "application/json", "Accept-Encoding": "identity"}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        self._client = httpx.Client(
            headers=headers,
            trust_env=False,
            follow_redirects=False,
            verify=_trusted(address.is_encrypted),
            limits=httpx.Limits(max_keepalive_connections=0),
            timeout=httpx.Timeout(limits.first_byte_seconds, connect=limits.connect_seconds),
        )
        # Nothing that a server wants remembered is: neither does it know us again, nor does each question grow.
        self._client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=()))

    @contextmanager
    def asking(self, path: str, body: bytes, stop: threading.Event) -> Iterator[Iterator[bytes]]:
        """The answer, piece by piece, while it comes. Raises Lost, Refused; GaveWay at once when `stop` is set."""
        call = self._reach(path, body, stop, self._clock.monotonic_seconds() + self._limits.total_seconds)
        try:
            yield call.pieces()
        finally:
            call.leave()

    def close(self) -> None:
        self._client.close()

    def _reach(self, path: str, body: bytes, stop: threading.Event, until_seconds: float) -> _Call:
        """A call that is being answered. Asks again where that can help; nothing has been heard yet."""
        tried = 0
        while True:
            call = _Call(self._client, self._url + path, body, self._limits, stop, until_seconds)
            try:
                call.begin()
            except (Refused, Lost) as trouble:
                call.leave()
                pause_seconds = self._pause_seconds(trouble, tried)
                if pause_seconds is None:
                    raise
            except BaseException:
                call.leave()
                raise
            else:
                return call
            tried += 1
            if self._clock.wait(pause_seconds, stop):
                raise GaveWay("The question was stopped.")

    def _pause_seconds(self, trouble: Refused | Lost, tried: int) -> float | None:
        """How long to wait before asking again; None: it is of no use."""
        most = len(self._limits.pauses_seconds)
        if isinstance(trouble, Lost):
            most = min(most, 1) if trouble.how == "nobody" else 0  # it may be starting just now
        elif trouble.status not in BUSY:
            most = 0
        if tried >= most:
            return None
        wanted = trouble.wait_seconds if isinstance(trouble, Refused) else None
        if wanted is None:
            return self._limits.pauses_seconds[tried]
        return wanted if wanted <= self._limits.longest_pause_seconds else None


class _Call:
    """One request on its thread. All methods but `_run` and what it calls belong to the thread that asks."""

    def __init__(
        self,
        client: httpx.Client,
        url: str,
        body: bytes,
        limits: Limits,
        stop: threading.Event,
        until_seconds: float,
    ) -> None:
        self._client, self._url, self._body = client, url, body
        self._limits, self._stop, self._until_seconds = limits, stop, until_seconds
        self._clock = SystemClock()
        self._said: queue.Queue[httpx.Response | bytes | Exception | None] = queue.Queue(PIECES_WAITING)
        self._left = threading.Event()
        self._socket: socket.socket | None = None
        threading.Thread(target=self._run, name="endpoint", daemon=True).start()

    def begin(self) -> None:
        """Wait until it is being answered. Raises Refused for any status but 200, Lost, GaveWay."""
        head = self._next(self._limits.first_byte_seconds)
        if not isinstance(head, httpx.Response):
            raise Lost("broken")
        if head.status_code != 200:
            body = self._error_body()
            raise refused_by(body, head.status_code, _wait_seconds(head))

    def pieces(self) -> Iterator[bytes]:
        size, seconds = 0, self._limits.first_byte_seconds  # the head alone is no word yet
        while isinstance(piece := self._next(seconds), bytes):
            seconds = self._limits.silence_seconds
            size += max(len(piece), LEAST_PIECE_BYTES)
            if size > self._limits.answer_bytes:
                raise Lost("endless")
            yield piece

    def leave(self) -> None:
        """Cut the connection. What still runs on the thread ends by itself."""
        self._left.set()
        self._cut()

    def _error_body(self) -> object:
        body = b""
        with suppress(Lost):
            while len(body) < ERROR_BYTES and isinstance(piece := self._next(ERROR_SECONDS), bytes):
                body += piece
        try:
            return json.loads(body)
        except (ValueError, RecursionError):
            return body[:ERROR_BYTES].decode(errors="replace")

    def _next(self, seconds: float) -> httpx.Response | bytes | None:
        """What came next; None: it has ended."""
        silent_at = self._clock.monotonic_seconds() + seconds
        while not self._stop.is_set():
            try:
                came = self._said.get(timeout=POLL_SECONDS)
            except queue.Empty:
                now = self._clock.monotonic_seconds()
                if now > min(silent_at, self._until_seconds):
                    raise Lost("silent" if now > silent_at else "late") from None
                continue
            if isinstance(came, Exception):
                raise Lost(_how(came, connected=self._socket is not None)) from None
            if self._clock.monotonic_seconds() > self._until_seconds:
                raise Lost("late")
            return came
        raise GaveWay("The question was stopped.")

    # On the thread of the request

    def _run(self) -> None:
        try:
            with self._client.stream(
                "POST", self._url, content=self._body, extensions={"trace": self._connected}
            ) as response:
                self._say(response)
                for piece in response.iter_raw():
                    self._say(piece)
        # ValueError: read from a socket that was cut. InvalidURL: httpx looks where a redirect leads, if unasked.
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            self._say(error)
        finally:
            self._say(None)

    def _say(self, item: httpx.Response | bytes | Exception | None) -> None:
        while not self._left.is_set():
            with suppress(queue.Full):
                self._said.put(item, timeout=POLL_SECONDS)
                return

    def _connected(self, event: str, told: dict[str, Any]) -> None:
        """httpcore tells each step (its documentation, "trace"): here the socket is found, to cut it later."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._socket = told["return_value"].get_extra_info("socket")
            if self._left.is_set():  # left in the meantime: nothing is sent any more
                self._cut()

    def _cut(self) -> None:
        with suppress(OSError):
            if self._socket is not None:
                # Not SSLSocket.shutdown: it takes the encryption off first, while the other thread may be sending.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


def _trusted(encrypted: bool) -> ssl.SSLContext:
    """Whom this computer trusts, a house's own authority included, and whom Mozilla does, where it knows none."""
    if not encrypted:
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # trusts nobody, and takes no time to make
    trusted = ssl.create_default_context()
    trusted.load_verify_locations(certifi.where())
    return trusted


def _how(error: Exception, *, connected: bool) -> How:
    causes = list(_causes(error))
    kinds: tuple[tuple[type[BaseException], How], ...] = (
        (ssl.SSLCertVerificationError, "certificate"),
        (ConnectionRefusedError, "nobody"),
        (socket.gaierror, "unknown"),
    )
    for kind, how in kinds:
        if any(isinstance(cause, kind) for cause in causes):
            return how
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return "no tls" if connected else "unreachable"  # only a handshake can still fail after the connection
    return "silent" if isinstance(error, httpx.TimeoutException) else "broken"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _wait_seconds(head: httpx.Response) -> float | None:
    """Retry-After in seconds (RFC 9110, 10.2.3); its other form, a date, is for pages and not waited for."""
    asked = head.headers.get("retry-after", "").strip()
    return float(asked) if asked.isascii() and asked.isdigit() and len(asked) < 8 else None
