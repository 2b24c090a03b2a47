from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from gum_app.addresses import read_address
from gum_app.errors import GaveWay
from gum_app.world.endpoint_chat import as_json
from gum_app.world.endpoint_stream import Refused
from gum_app.world.endpoint_wire import Limits, Lost, Wire
from tests.desktop import until
from tests.world.certificates import a_certificate
from tests.world.openai_double import OpenAiDouble, stopped_when_busy

QUESTION = as_json({"model": "m", "stream": True, "messages": [{"role": "user", "content": "what do you see"}]})
QUICK = Limits(connect_seconds=60, first_byte_seconds=60, silence_seconds=60, total_seconds=60, pauses_seconds=(0, 0))
KEY = "sk-not-for-any-eyes"
DEADLINE_SECONDS = 60.0


@pytest.fixture
def double() -> Iterator[OpenAiDouble]:
    with OpenAiDouble() as double:
        yield double


def ask(url: str, limits: Limits = QUICK, stop: threading.Event | None = None, key: str = KEY) -> bytes:
    wire = Wire(read_address(url), key, limits)
    try:
        with wire.asking("/chat/completions", QUESTION, stop or threading.Event()) as pieces:
            return b"".join(pieces)
    finally:
        wire.close()


def how_it_was_lost(url: str, limits: Limits = QUICK) -> str:
    with pytest.raises(Lost) as caught:
        ask(url, limits)
    return caught.value.how


def test_an_answer_comes_whole_and_the_key_goes_in_its_header_alone(double: OpenAiDouble) -> None:
    assert ask(double.url).endswith(b"data: [DONE]\n\n")
    assert double.headers[0]["authorization"] == f"Bearer {KEY}"
    assert KEY not in str(double.bodies) and double.headers[0]["accept-encoding"] == "identity"


def test_without_a_key_no_header_for_one_goes(double: OpenAiDouble) -> None:
    ask(double.url, key="")
    assert "authorization" not in double.headers[0]


def test_the_environment_sends_nothing_elsewhere(
    double: OpenAiDouble, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://proxy.example:3128")
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password hunter2\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    ask(double.url, key="")
    assert "authorization" not in double.headers[0]


def test_a_redirect_is_not_followed(double: OpenAiDouble) -> None:
    double.then("redirect")
    with pytest.raises(Refused) as caught:
        ask(double.url)
    assert caught.value.status == 307


@pytest.mark.parametrize("where", ["javascript:alert(1)", "http://x:99999999/", "file:///etc/passwd", "http://[::1/"])
def test_a_redirect_to_nowhere_is_the_servers_fault_and_no_crash_of_ours(double: OpenAiDouble, where: str) -> None:
    double.then_status(302, location=where)
    with pytest.raises((Refused, Lost)):
        ask(double.url)


def test_a_server_is_not_helped_to_know_us_again(double: OpenAiDouble) -> None:
    double.then_status(429, set_cookie="who=somebody")
    ask(double.url)
    assert len(double.headers) == 2, "it is asked again"
    assert "cookie" not in double.headers[1]


def test_eight_million_pieces_of_one_byte_are_not_all_taken() -> None:
    chunks = b"1\r\na\r\n" * 40_000
    with one_answer(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks) as url:
        assert how_it_was_lost(url, replace(QUICK, answer_bytes=2**20)) == "endless"


@contextmanager
def one_answer(raw: bytes) -> Iterator[str]:
    """A server that answers one question with these bytes, whatever was asked."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            connection, _ = listening.accept()
            with connection, suppress(OSError):
                connection.recv(2**16)
                connection.sendall(raw)
                while connection.recv(2**16):  # until it hangs up: unread bytes would reset the connection
                    pass

        answering = threading.Thread(target=answer)
        answering.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
        answering.join()


@pytest.mark.parametrize("what", ["silent", "hang"])
def test_told_to_stop_it_leaves_at_once_and_hangs_up(double: OpenAiDouble, what: str) -> None:
    def took_seconds() -> float:
        double.busy.clear()
        double.gone.clear()
        double.then(what)
        stop = threading.Event()
        with stopped_when_busy(double, stop) as stopped, pytest.raises(GaveWay):
            ask(double.url, stop=stop)
        took = time.monotonic() - stopped.at_seconds
        assert double.gone.wait(DEADLINE_SECONDS), "the server still computes"
        return took

    # 0.05 s where the computer has nothing else to do; others may want the processor in the same instant.
    until(lambda: took_seconds() < 1.0, "it leaves at once")


def test_told_to_stop_before_it_asks_nothing_is_heard(double: OpenAiDouble) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(GaveWay):
        ask(double.url, stop=stop)


def test_told_to_stop_while_it_waits_to_ask_again(double: OpenAiDouble) -> None:
    double.then_status(503)
    stop = threading.Event()

    def stop_when_asked() -> None:
        while not double.bodies:
            assert not stop.wait(0.01)
        stop.set()

    other = threading.Thread(target=stop_when_asked)
    other.start()
    with pytest.raises(GaveWay):
        ask(double.url, replace(QUICK, pauses_seconds=(60.0,)), stop)
    other.join()
    assert len(double.bodies) == 1


def test_whoever_does_not_want_the_rest_hangs_up(double: OpenAiDouble) -> None:
    double.then("hang")
    wire = Wire(read_address(double.url), "", QUICK)
    with wire.asking("/chat/completions", QUESTION, threading.Event()) as pieces:
        next(pieces)
    assert double.busy.wait(DEADLINE_SECONDS) and double.gone.wait(DEADLINE_SECONDS)
    wire.close()


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_asked_again_but_not_for_ever(double: OpenAiDouble, status: int) -> None:
    double.then_status(status)
    assert ask(double.url)
    assert len(double.bodies) == 2
    for _ in range(9):
        double.then_status(status, retry_after="0")
    with pytest.raises(Refused):
        ask(double.url)
    assert len(double.bodies) == 2 + 3, "once and twice again"


def test_a_server_that_wants_a_long_pause_is_not_waited_for(double: OpenAiDouble) -> None:
    double.then_status(429, retry_after="3600")
    with pytest.raises(Refused) as caught:
        ask(double.url)
    assert caught.value.wait_seconds == 3600
    assert len(double.bodies) == 1


@pytest.mark.parametrize("status", [400, 401, 404, 500, 502])
def test_other_refusals_are_final(double: OpenAiDouble, status: int) -> None:
    double.then_status(status, {"error": {"message": "No."}})
    with pytest.raises(Refused) as caught:
        ask(double.url)
    assert (caught.value.status, len(double.bodies)) == (status, 1)
    assert caught.value.mentions("no.")


def test_nobody_there_is_asked_once_more_for_it_may_be_starting() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    assert how_it_was_lost(url) == "nobody"


def test_a_connection_that_breaks_is_not_tried_again(double: OpenAiDouble) -> None:
    double.then("reset")
    assert how_it_was_lost(double.url) == "broken"
    assert len(double.bodies) == 1


@pytest.mark.parametrize("what", ["silent", "hang"])
def test_silence_has_an_end(double: OpenAiDouble, what: str) -> None:
    double.then(what)
    assert how_it_was_lost(double.url, replace(QUICK, first_byte_seconds=0.5, silence_seconds=0.5)) == "silent"
    assert double.gone.wait(DEADLINE_SECONDS)


def test_an_answer_has_an_end_in_time_and_in_bytes(double: OpenAiDouble) -> None:
    double.then("endless", "endless")
    assert how_it_was_lost(double.url, replace(QUICK, total_seconds=0.3, answer_bytes=2**40)) == "late"
    assert how_it_was_lost(double.url, replace(QUICK, answer_bytes=100_000)) == "endless"


def test_a_certificate_that_is_not_trusted_ends_it_before_anything_is_sent(tmp_path: Path) -> None:
    with OpenAiDouble(certificate=a_certificate(tmp_path)) as double:
        assert how_it_was_lost(double.url) == "certificate"
        assert not double.bodies


def test_a_certificate_of_another_computer_is_no_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = a_certificate(tmp_path, address="127.0.0.2")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with OpenAiDouble(certificate=certificate) as double:
        assert how_it_was_lost(double.url) == "certificate"
        assert not double.bodies


def test_a_house_with_its_own_authority_is_trusted_where_the_computer_trusts_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = a_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with OpenAiDouble(certificate=certificate) as double:
        assert ask(double.url)
        double.then("hang")
        stop = threading.Event()
        with stopped_when_busy(double, stop), pytest.raises(GaveWay):
            ask(double.url, stop=stop)
        assert double.gone.wait(DEADLINE_SECONDS), "an encrypted connection is cut as well"


def test_a_server_without_tls_is_told_apart_from_a_bad_certificate(double: OpenAiDouble) -> None:
    assert how_it_was_lost(double.url.replace("http:", "https:")) == "no tls"


def test_a_handshake_that_nobody_answers_is_no_tls_either() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        url = f"https://127.0.0.1:{mute.getsockname()[1]}/v1"
        assert how_it_was_lost(url, replace(QUICK, connect_seconds=0.3)) == "no tls"


def test_a_computer_that_is_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    def off(*_args: object, **_more: object) -> None:
        raise TimeoutError("timed out")

    monkeypatch.setattr(socket, "create_connection", off)
    assert how_it_was_lost("http://192.168.1.20:8080/v1") == "unreachable"


def test_a_name_that_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_args: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert how_it_was_lost("http://gpu-box:8080/v1") == "unknown"


def test_nothing_of_it_reaches_a_log(double: OpenAiDouble, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        ask(double.url)
    assert KEY not in caplog.text and "what do you see" not in caplog.text
