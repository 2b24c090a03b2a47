"""One question, one answer or more, between a window and the daemon: JSON over a local socket, for the same user only.

Accept first, then shake hands in the client's own thread: a silent client holds up nobody. The key lies in the home,
readable by its owner only; both sides prove that they have it (HMAC-SHA-256 over the other's nonce, RFC 2104) and never
send it. An answer with `done` is the last one; the asker may send `stop` before. On Windows the address is a pipe.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import os
import secrets
import socket
import stat
import tempfile
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import Any

from gum_app.errors import GumError, LinkLost
from gum_app.paths import OWNER_ONLY_DIR, OWNER_ONLY_FILE, Home

log = logging.getLogger(__name__)

Question = dict[str, Any]
Answer = dict[str, Any]
Answering = Callable[[Question], Generator[Answer, None, None]]

HANDSHAKE_SECONDS = 5.0
QUESTION_SECONDS = 30.0  # a client that has shaken hands and asks nothing for so long is let go
MOST_CLIENTS = 32
LONGEST_MESSAGE_BYTES = 4_000_000
LONGEST_SOCKET_PATH = 100  # sun_path holds 104 to 108 bytes, depending on the platform
NONCE_BYTES = 32
STOP: Question = {"stop": True}


def address_of(home: Home) -> str:
    """Where the daemon of this home listens. A home whose path is too long for a socket gets a short one elsewhere."""
    if os.name == "nt":
        return rf"\\.\pipe\gum-app-{_name_of(home)}"
    usual = home.link_address
    if len(os.fsencode(usual)) <= LONGEST_SOCKET_PATH:
        return str(usual)
    folder = Path(tempfile.gettempdir()) / f"gum-app-{os.getuid()}"
    folder.mkdir(mode=OWNER_ONLY_DIR, exist_ok=True)
    seen = folder.lstat()
    if seen.st_uid != os.getuid() or stat.S_IMODE(seen.st_mode) != OWNER_ONLY_DIR or not stat.S_ISDIR(seen.st_mode):
        raise LinkLost(f"The folder {folder} is not yours alone: remove it, or choose a shorter folder with --home.")
    elsewhere = folder / f"{_name_of(home)}.sock"
    if len(os.fsencode(elsewhere)) > LONGEST_SOCKET_PATH:
        raise LinkLost(f"The paths of {home.root} and {folder} are too long for a socket: choose a shorter --home.")
    return str(elsewhere)


def _name_of(home: Home) -> str:
    return hashlib.sha256(str(home.root.resolve()).encode()).hexdigest()[:24]


class LinkServer:
    """Answers windows and commands. `answering` is called in the client's thread, once a question."""

    def __init__(self, home: Home, answering: Answering) -> None:
        self._answering = answering
        self._address = address_of(home)
        self._key = _fresh_key(home)
        if os.name == "posix":
            Path(self._address).unlink(missing_ok=True)  # the lock of the home says that nobody listens there
        self._listener = Listener(self._address)
        if os.name == "posix":
            Path(self._address).chmod(OWNER_ONLY_FILE)
        self._places = threading.BoundedSemaphore(MOST_CLIENTS)
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._accept, name="link", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._closing.set()
        with suppress(OSError):  # closing a listener does not wake `accept`: a last caller does
            Client(self._address).close()
        self._thread.join(HANDSHAKE_SECONDS)
        self._listener.close()

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                client = self._listener.accept()
            except OSError as error:
                if not self._closing.is_set():
                    log.warning("link: a client was lost before it was let in (errno %s)", error.errno)
                continue
            if self._closing.is_set() or not self._places.acquire(blocking=False):
                client.close()
                continue
            threading.Thread(target=self._one_client, args=(client,), name="link-client", daemon=True).start()

    def _one_client(self, client: Connection) -> None:
        try:
            with client:
                with _no_longer_than(HANDSHAKE_SECONDS, client):
                    _prove(client, self._key, as_server=True)
                while client.poll(QUESTION_SECONDS):
                    question = _receive(client)
                    if question != STOP:  # one that came too late: its question is answered already
                        self._answer(client, question)
        except LinkLost:
            log.warning("link: a client without the key was turned away")
        except (EOFError, OSError):
            pass  # the client has left, which it may at any time
        finally:
            self._places.release()

    def _answer(self, client: Connection, question: Question) -> None:
        answers = self._answering(question)
        try:
            for answer in answers:
                _send(client, answer)
                if client.poll(0) and _receive(client).get("stop"):
                    _send(client, {"stopped": True})
                    break
            _send(client, {"done": True})
        except GumError as error:
            _send(client, {"error": str(error), "kind": type(error).__name__, "done": True})
        finally:
            answers.close()


class Asking:
    """One open line to the daemon; several questions may follow each other."""

    def __init__(self, home: Home, *, timeout_seconds: float = 10.0) -> None:
        """Raises LinkLost when no daemon answers."""
        self._timeout_seconds = timeout_seconds
        try:
            key = home.link_key.read_bytes()
            self._client = Client(address_of(home))
        except OSError as error:
            raise LinkLost("gum-app is not running in this home: start it with `gum-app`.") from error
        try:
            _prove(self._client, key, as_server=False)
        except (LinkLost, EOFError, OSError) as error:
            self._client.close()
            raise LinkLost("gum-app did not accept this window: quit it and start it again.") from error

    def ask(self, question: Question) -> Iterator[Answer]:
        """The answers, without the closing `done`. Raises Refused (the daemon's sentence) or LinkLost."""
        try:
            _send(self._client, question)
            while True:
                if not self._client.poll(self._timeout_seconds):
                    raise LinkLost("gum-app does not answer: it may be busy; try again, or quit it and start it again.")
                answer = _receive(self._client)
                if "error" in answer:
                    raise Refused(answer["error"], answer.get("kind", ""))
                if answer.get("done"):
                    return
                yield answer
        except (EOFError, OSError) as error:
            raise LinkLost("gum-app has ended while it was asked: start it with `gum-app`.") from error

    def stop(self) -> None:
        """Ask the daemon to stop answering the question under way."""
        with suppress(OSError):
            _send(self._client, STOP)

    def close(self) -> None:
        self._client.close()

    def __enter__(self) -> Asking:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Refused(GumError):
    """The daemon's own sentence; `kind` is the name of its error."""

    def __init__(self, sentence: str, kind: str) -> None:
        super().__init__(sentence)
        self.kind = kind


def ask(home: Home, question: Question, *, timeout_seconds: float = 10.0) -> Iterator[Answer]:
    """One question on a line of its own. Raises LinkLost, or Refused with the daemon's sentence."""
    with Asking(home, timeout_seconds=timeout_seconds) as line:
        yield from line.ask(question)


def ask_once(home: Home, question: Question, *, timeout_seconds: float = 10.0) -> Answer:
    """The last answer to a question; {} where the daemon only said that it is done."""
    last: Answer = {}
    for answer in ask(home, question, timeout_seconds=timeout_seconds):
        last = answer
    return last


def _fresh_key(home: Home) -> bytes:
    """A new key at each start of the daemon. Written for its owner only before a byte is in it."""
    key = secrets.token_bytes(NONCE_BYTES)
    home.link_key.unlink(missing_ok=True)
    with os.fdopen(os.open(home.link_key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY_FILE), "wb") as file:
        file.write(key)
    return key


def _prove(line: Connection, key: bytes, *, as_server: bool) -> None:
    """Both sides show that they hold the key. The roles are part of what is signed: no proof can be played back."""
    mine, theirs = (b"server", b"client") if as_server else (b"client", b"server")
    nonce = secrets.token_bytes(NONCE_BYTES)
    line.send_bytes(nonce)
    other = _within_limits(line, NONCE_BYTES)
    line.send_bytes(hmac.digest(key, mine + other, "sha256"))
    proof = _within_limits(line, NONCE_BYTES)
    if len(other) != NONCE_BYTES or not hmac.compare_digest(proof, hmac.digest(key, theirs + nonce, "sha256")):
        raise LinkLost("The other side does not have the key.")


@contextmanager
def _no_longer_than(seconds: float, client: Connection) -> Iterator[None]:
    """Hang up on a client that dribbles: in the midst of a message it would be waited for without end."""
    if os.name != "posix":
        yield
        return
    with socket.socket(fileno=os.dup(client.fileno())) as line:
        timer = threading.Timer(seconds, _hang_up, (line,))
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):  # it has left by itself
        line.shutdown(socket.SHUT_RDWR)


def _within_limits(line: Connection, most_bytes: int) -> bytes:
    if not line.poll(HANDSHAKE_SECONDS):
        raise EOFError
    return line.recv_bytes(most_bytes)


def _send(line: Connection, message: dict[str, Any]) -> None:
    line.send_bytes(json.dumps(message, ensure_ascii=False).encode(errors="surrogatepass"))


def _receive(line: Connection) -> dict[str, Any]:
    """Whatever is not a JSON object ends the conversation like a client that left."""
    try:
        message = json.loads(line.recv_bytes(LONGEST_MESSAGE_BYTES))
    except (ValueError, RecursionError) as error:
        raise EOFError from error
    if not isinstance(message, dict):
        raise EOFError
    return message
