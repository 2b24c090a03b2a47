"""A real server for files on the loopback address that can be told to misbehave in the ways real ones do."""

from __future__ import annotations

import re
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

BLOCK = 16_384
GIVE_UP_SECONDS = 30.0  # a server that stalls lets go after this, so that no test hangs


@dataclass
class Manners:
    """How it behaves. What is a list is used up: one item for each request."""

    files: dict[str, bytes] = field(default_factory=dict)
    ranges: bool = True
    minds_if_range: bool = True
    etag: str = '"one"'
    kind: str = "application/octet-stream"
    packed: str = ""
    says_length: bool = True
    length_more_by: int = 0  # what it says is too much by this
    extra: bytes = b""  # comes after the file, without a word
    drop_after: list[int | None] = field(default_factory=list)  # bytes of the body, then the line is cut
    pauses_at: int | None = None  # bytes of the body after which nothing comes until `go_on` is set
    drips: bool = False  # a byte now and then
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)  # instead of a file
    always: tuple[int, dict[str, str]] | None = None
    leads_to: dict[str, str] = field(default_factory=dict)
    silent: bool = False  # takes the request and never answers


@dataclass(frozen=True)
class Asked:
    path: str
    headers: dict[str, str]


class FileServer:
    """Use it as a context. `manners` may be changed while it runs; `asked` is what has been asked so far."""

    def __init__(self, certificate: Path | None = None, **manners: object) -> None:
        self.manners = Manners(**manners)  # type: ignore[arg-type]
        self.asked: list[Asked] = []
        self.go_on = threading.Event()
        self.paused = threading.Event()
        self._scheme = "https" if certificate else "http"
        self._server = _Quiet(("127.0.0.1", 0), type("Handler", (_Handler,), {"owner": self}))
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.go_on.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def url(self, path: str = "/model.gguf", *, host: str = "127.0.0.1", user: str = "") -> str:
        return f"{self._scheme}://{user}{host}:{self._server.server_address[1]}{path}"

    @property
    def ranges_asked(self) -> list[str | None]:
        return [asked.headers.get("range") for asked in self.asked]


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that leaves in the midst is what these tests are about."""


class _Handler(BaseHTTPRequestHandler):
    owner: FileServer
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def do_GET(self) -> None:
        manners = self.owner.manners
        self.owner.asked.append(Asked(self.path, {name.lower(): value for name, value in self.headers.items()}))
        self.close_connection = True
        if manners.silent:
            self.owner.paused.set()
            self.owner.go_on.wait(GIVE_UP_SECONDS)
            return
        answer = manners.answers.pop(0) if manners.answers else manners.always
        if answer is None and self.path in manners.leads_to:
            answer = (302, {"Location": manners.leads_to[self.path]})
        if answer is None and self.path not in manners.files:
            answer = (404, {})
        if answer is not None:
            self._answer(*answer)
        else:
            with suppress(ConnectionError):
                self._send(manners.files[self.path], manners)

    do_CONNECT = do_GET

    def _answer(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, data: bytes, manners: Manners) -> None:
        start = self._start(manners)
        if start is not None and start >= len(data):
            self._answer(416, {"Content-Range": f"bytes */{len(data)}"})
            return
        body = data[start or 0 :]
        self.send_response(200 if start is None else 206)
        if start is not None:
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        if manners.says_length:
            self.send_header("Content-Length", str(len(body) + manners.length_more_by))
        for name, value in (
            ("ETag", manners.etag),
            ("Content-Type", manners.kind),
            ("Content-Encoding", manners.packed),
        ):
            if value:
                self.send_header(name, value)
        self.end_headers()
        self._body(body + manners.extra, manners)

    def _start(self, manners: Manners) -> int | None:
        """Where the part that is asked for begins; None: all of it is sent."""
        asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        if asked is None or not manners.ranges:
            return None
        if manners.minds_if_range and self.headers.get("If-Range", manners.etag) != manners.etag:
            return None
        return int(asked[1])

    def _body(self, body: bytes, manners: Manners) -> None:
        drop = manners.drop_after.pop(0) if manners.drop_after else None
        for place in range(0, len(body), BLOCK):
            if manners.drips:
                self._drip(body)
                return
            if manners.pauses_at is not None and place >= manners.pauses_at:
                self.wfile.flush()
                self.owner.paused.set()
                self.owner.go_on.wait(GIVE_UP_SECONDS)
            block = body[place : place + BLOCK]
            if drop is not None and place + len(block) > drop:
                self.wfile.write(block[: max(0, drop - place)])
                self.wfile.flush()
                return
            self.wfile.write(block)

    def _drip(self, body: bytes) -> None:
        for byte in body:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            if self.owner.go_on.wait(0.05):
                return


def make_certificate(folder: Path, host: str = "127.0.0.1") -> Path:
    """One that vouches for itself, with its key, for the next hour."""
    import ipaddress

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
        )
        + built.public_bytes(serialization.Encoding.PEM)
    )
    return path
