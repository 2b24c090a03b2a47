"""The link, over real sockets: silent, wrong and rude clients hold up nobody."""

from __future__ import annotations

import socket
import stat
import threading
from collections.abc import Generator, Iterator
from multiprocessing.connection import Client
from pathlib import Path
from typing import Any

import pytest

from gum_app import link
from gum_app.errors import BadInput, LinkLost
from gum_app.link import Asking, LinkServer, Refused, address_of, ask, ask_once
from gum_app.paths import Home
from tests.desktop import PATIENCE_SECONDS, until

stopped = threading.Event()


def answering(question: dict[str, Any]) -> Generator[dict[str, Any], None, None]:
    match question["do"]:
        case "echo":
            yield {"said": question["say"]}
        case "count":
            try:
                for n in range(10_000_000):
                    yield {"n": n}
            finally:
                stopped.set()
        case "fail":
            raise BadInput("That cannot be used: say something else.")


@pytest.fixture
def server(home: Home) -> Iterator[LinkServer]:
    server = LinkServer(home, answering)
    yield server
    server.close()


def test_a_question_is_answered_and_another_on_the_same_line(home: Home, server: LinkServer) -> None:
    with Asking(home) as line:
        assert list(line.ask({"do": "echo", "say": "ä"})) == [{"said": "ä"}]
        assert list(line.ask({"do": "echo", "say": "b"})) == [{"said": "b"}]
    assert ask_once(home, {"do": "echo", "say": "c"}) == {"said": "c"}


def test_a_silent_client_does_not_hold_up_the_others(
    home: Home, server: LinkServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "HANDSHAKE_SECONDS", 3 * PATIENCE_SECONDS)  # so long each of them might
    silent = [Client(address_of(home)) for _ in range(5)]
    assert ask_once(home, {"do": "echo", "say": "a"}, timeout_seconds=PATIENCE_SECONDS) == {"said": "a"}
    for client in silent:
        client.close()


def test_who_does_not_hold_the_key_is_turned_away(home: Home, server: LinkServer) -> None:
    home.link_key.unlink()
    home.link_key.write_bytes(b"x" * 32)
    with pytest.raises(LinkLost, match="did not accept"):
        ask_once(home, {"do": "echo", "say": "a"})


def test_a_client_that_answers_the_challenge_with_its_own_words_gets_nothing(home: Home, server: LinkServer) -> None:
    with Client(address_of(home)) as client:
        nonce = client.recv_bytes()
        client.send_bytes(nonce)
        proof = client.recv_bytes()
        client.send_bytes(proof)  # the server's own proof, played back
        with pytest.raises((EOFError, ConnectionResetError)):
            client.recv_bytes()


def test_what_is_no_json_object_ends_the_conversation_and_nothing_else(home: Home, server: LinkServer) -> None:
    with Asking(home) as line:
        line._client.send_bytes(b"[1, 2")
        with pytest.raises(LinkLost):
            list(line.ask({"do": "echo", "say": "a"}))
    assert ask_once(home, {"do": "echo", "say": "b"}) == {"said": "b"}


def test_the_daemon_s_sentence_reaches_the_asker(home: Home, server: LinkServer) -> None:
    with pytest.raises(Refused, match="say something else") as refused:
        ask_once(home, {"do": "fail"})
    assert refused.value.kind == "BadInput"


def test_a_long_answer_is_stopped_when_the_asker_says_so(home: Home, server: LinkServer) -> None:
    stopped.clear()
    with Asking(home) as line:
        answers = line.ask({"do": "count"})
        assert next(answers) == {"n": 0}
        line.stop()
        assert {"stopped": True} in answers
    assert stopped.wait(PATIENCE_SECONDS)


def test_a_stop_that_comes_too_late_is_no_question(home: Home, server: LinkServer) -> None:
    with Asking(home) as line:
        list(line.ask({"do": "echo", "say": "tea"}))
        line.stop()
        assert list(line.ask({"do": "echo", "say": "soup"})) == [{"said": "soup"}]


def test_no_daemon_is_a_sentence_and_a_way_on(home: Home) -> None:
    with pytest.raises(LinkLost, match="start it with `gum-app`"):
        list(ask(home, {"do": "status"}))


def test_only_the_owner_may_reach_socket_and_key(home: Home, server: LinkServer) -> None:
    for path in (Path(address_of(home)), home.link_key):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_home_with_a_very_long_path_is_reachable_too(tmp_path: Path) -> None:
    home = Home(tmp_path / ("deep" * 30))
    home.prepare()
    server = LinkServer(home, answering)
    try:
        assert ask_once(home, {"do": "echo", "say": "a"}) == {"said": "a"}
        assert len(address_of(home)) <= 100
    finally:
        server.close()
        Path(address_of(home)).unlink(missing_ok=True)


def test_where_no_path_is_short_enough_for_a_socket_one_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("x" * 60) / ("y" * 60)
    long.mkdir(parents=True)
    monkeypatch.setattr("tempfile.tempdir", str(long))
    with pytest.raises(LinkLost, match="too long for a socket: choose a shorter --home"):
        address_of(Home(long / "home"))


def test_clients_that_stop_in_the_midst_of_a_message_do_not_hold_up_the_others(
    home: Home, server: LinkServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "HANDSHAKE_SECONDS", 0.3)
    dribbling = [socket.socket(socket.AF_UNIX) for _ in range(link.MOST_CLIENTS)]
    for client in dribbling:
        client.connect(address_of(home))
        client.send(b"\0")  # the first of four bytes that say how long the message will be
    until(lambda: _is_answered(home), "a place for a client")
    for client in dribbling:
        client.close()


def _is_answered(home: Home) -> bool:
    try:
        return ask_once(home, {"do": "echo", "say": "a"}) == {"said": "a"}
    except LinkLost:
        return False


def test_half_a_character_comes_through(home: Home, server: LinkServer) -> None:
    assert ask_once(home, {"do": "echo", "say": "\udcff"}) == {"said": "\udcff"}


def test_a_question_too_deep_to_read_ends_the_conversation(home: Home, server: LinkServer) -> None:
    with Asking(home) as line:
        line._client.send_bytes(b"[" * 100_000)
        with pytest.raises(LinkLost):
            list(line.ask({"do": "echo", "say": "a"}))
