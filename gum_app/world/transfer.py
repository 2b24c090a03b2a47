"""One request for a file, on a thread of its own, so that who waits for it can leave at any instant.

Follows redirects itself: never from https to http, and no password goes with them. Tells what comes, and why nothing
comes any more; what to do then is `download`'s business.
"""

from __future__ import annotations

import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from queue import Empty, Full, Queue
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from gum_app.errors import BadInput, DownloadFailed, GumError

if TYPE_CHECKING:
    import httpx

MOST_REDIRECTS = 5
MOST_PIECES_WAITING = 32  # of at most 64 KiB each
MOST_WAIT_SECONDS = 120.0  # longest that a server may make us wait before the next try
LOOK_SECONDS = 0.2

_AGAIN = {408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524}
_RANGE = re.compile(r"bytes (\d{1,15})-\d{1,15}/(\d{1,15}|\*)")


class LineLost(DownloadFailed):
    """Another try may help. `wait_seconds`: when, where the server says so."""

    def __init__(self, sentence: str, wait_seconds: float | None = None) -> None:
        super().__init__(sentence)
        self.wait_seconds = wait_seconds


class RangeRefused(LineLost):
    """What is here already is no beginning of what the server has."""


@dataclass(frozen=True)
class Opened:
    offset: int  # where in the file the bytes begin that now come
    total_bytes: int | None  # None: the server does not say
    etag: str  # "": none, or none that vouches for every byte


Piece = Opened | bytes  # first `Opened`, then bytes, and empty ones at the end


def is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


class Transfer:
    """Use it as a context: leaving ends the request. Raises BadInput for what is no address."""

    def __init__(
        self,
        url: str,
        *,
        offset: int = 0,
        etag: str = "",
        proxy: str = "",
        patience_seconds: float = 30.0,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        """Asks for the bytes from `offset` on, if the file is still that of `etag`. `trust` None: the system's."""
        if not is_address(url) or (proxy and not is_address(proxy)):
            raise BadInput("An address of a server or a proxy begins with http:// or https://.")
        self._url, self._proxy, self._trust, self._patience = url, proxy, trust, patience_seconds
        self._headers = {"Accept-Encoding": "identity", "User-Agent": "gum-app"}
        if offset:
            self._headers["Range"] = f"bytes={offset}-"
            if etag:
                self._headers["If-Range"] = etag
        self._pieces: Queue[Piece | GumError] = Queue(MOST_PIECES_WAITING)
        self._left, self._done = threading.Event(), threading.Event()
        self._socket: socket.socket | None = None
        self._thread = threading.Thread(target=self._work, name="transfer", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._left.set()
        if self._socket is not None:
            with suppress(OSError):  # a read that waits wakes up; it may be over already
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def take(self, seconds: float) -> Piece | None:
        """The next piece; None: nothing came within the time. Raises LineLost, DownloadFailed."""
        try:
            piece = self._pieces.get(timeout=seconds)
        except Empty:
            if self._done.is_set() and self._pieces.empty():
                raise LineLost("The transfer ended without a word.") from None
            return None
        if isinstance(piece, GumError):
            raise piece
        return piece

    def _work(self) -> None:
        import httpx

        host = urlsplit(self._url).hostname or ""
        try:
            for piece in self._request():
                self._put(piece)
        except GumError as error:
            self._put(error)
        except httpx.ProxyError:
            self._put(DownloadFailed("The proxy does not let us through: look at its address, name and password."))
        except httpx.TimeoutException:
            self._put(LineLost(f"{host} does not answer."))
        except (httpx.TransportError, httpx.StreamError, OSError) as error:
            self._put(_certificate_trouble(error, host) or LineLost(f"The line to {host} was lost."))
        except (httpx.InvalidURL, UnicodeError):  # the latter: a name that no computer can have
            self._put(DownloadFailed(f"{host} leads to an address that is none."))
        finally:
            self._done.set()

    def _put(self, piece: Piece | GumError) -> None:
        while not self._left.is_set():
            with suppress(Full):
                self._pieces.put(piece, timeout=LOOK_SECONDS)
                return

    def _request(self) -> Iterator[Piece]:
        import httpx

        with httpx.Client(
            proxy=self._proxy or None,
            verify=self._trust or _usual_trust(),
            timeout=self._patience,
            trust_env=False,  # nothing of the environment, such as passwords in .netrc, goes to a server
        ) as client:
            response = self._follow(client)
            try:
                yield _opened(response)
                for data in response.iter_raw():
                    if self._left.is_set():
                        return
                    yield data
                yield b""
            finally:
                response.close()

    def _follow(self, client: httpx.Client) -> httpx.Response:
        url = client.build_request("GET", self._url).url
        for _ in range(MOST_REDIRECTS + 1):
            response = client.send(client.build_request("GET", url, headers=self._headers), stream=True)
            stream = response.extensions.get("network_stream")
            self._socket = stream.get_extra_info("socket") if stream is not None else None
            if not response.has_redirect_location:
                return response
            response.close()
            url = _led_to(url, response.headers["Location"])
        raise DownloadFailed(f"{url.host} leads in a circle: choose another mirror.")


def _led_to(url: httpx.URL, location: str) -> httpx.URL:
    target = url.join(location)
    if target.scheme not in ("http", "https") or not target.host:
        raise DownloadFailed(f"{url.host} leads to an address that is none.")
    if url.scheme == "https" and target.scheme == "http":
        raise DownloadFailed(f"{url.host} leads to {target.host} over an open line: that is refused.")
    if (target.scheme, target.host, target.port) != (url.scheme, url.host, url.port):
        return target.copy_with(username=None, password=None)
    return target


@cache
def _usual_trust() -> ssl.SSLContext:
    """What the system trusts, and what browsers do: some installations of Python know no certificates at all."""
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _opened(response: httpx.Response) -> Opened:
    """What the answer promises. Raises DownloadFailed, or LineLost where another try may help."""
    host, status, headers = response.url.host, response.status_code, response.headers
    if status not in (200, 206):
        raise _refused(host, status, headers.get("Retry-After", ""))
    if headers.get("Content-Type", "").lower().startswith("text/html"):
        raise DownloadFailed(
            f"{host} sent a web page instead of the file: perhaps a page of this network to log in stands between."
        )
    if headers.get("Content-Encoding", "identity").lower() not in ("", "identity"):
        raise DownloadFailed(f"{host} sent the file packed in a way we did not ask for: choose another mirror.")
    etag = headers.get("ETag", "")
    etag = etag if etag.startswith('"') and len(etag) < 300 else ""
    if status == 200:
        length = headers.get("Content-Length", "")
        return Opened(0, int(length) if length.isdecimal() else None, etag)
    told = _RANGE.fullmatch(headers.get("Content-Range", "").strip())
    if told is None:
        raise RangeRefused(f"{host} sent a part of the file without saying which.")
    return Opened(int(told[1]), int(told[2]) if told[2] != "*" else None, etag)


def _refused(host: str, status: int, retry_after: str) -> DownloadFailed:
    if status == 416:
        return RangeRefused(f"{host} has another file now than the one that was begun.")
    if status in _AGAIN:
        wait = min(float(retry_after), MOST_WAIT_SECONDS) if re.fullmatch(r"\d{1,6}", retry_after) else None
        busy = "wants us to wait" if status == 429 else "is in trouble itself"
        return LineLost(f"{host} {busy} ({status}).", wait)
    if status in (401, 403):
        return DownloadFailed(
            f"{host} does not give this file to everybody ({status}): fetch it with a browser, after logging in, and "
            "choose it as your own file."
        )
    if status in (404, 410):
        return DownloadFailed(f"{host} does not have this file ({status}): choose another mirror or another model.")
    if status == 407:
        return DownloadFailed("The proxy wants a name and a password: write them into its address.")
    return DownloadFailed(f"{host} refuses to send the file ({status}): choose another mirror.")


def _certificate_trouble(error: BaseException | None, host: str) -> DownloadFailed | None:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return DownloadFailed(
                f"{host} cannot prove that it is {host} ({error.verify_message}): somebody may stand between, or the "
                "clock of this computer is wrong."
            )
        error = error.__cause__ or error.__context__
    return None
