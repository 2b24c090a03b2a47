"""One request to a server that behaves, and to ones that do not."""

from __future__ import annotations

import ssl
import time
from pathlib import Path

import pytest

from gum_app.errors import BadInput, DownloadFailed
from gum_app.world.transfer import LineLost, Opened, RangeRefused, Transfer, is_address
from tests.desktop import PATIENCE_SECONDS
from tests.world.file_server import FileServer, make_certificate

DATA = bytes(range(256)) * 400
FILES = {"/model.gguf": DATA}


def all_of(line: Transfer) -> tuple[Opened, bytes]:
    with line:
        opened, data = None, b""
        while True:
            piece = line.take(10)
            assert piece is not None, "nothing came"
            if isinstance(piece, Opened):
                opened = piece
            elif piece:
                data += piece
            else:
                assert opened is not None
                return opened, data


def test_a_file_comes_whole_with_what_is_said_of_it() -> None:
    with FileServer(files=FILES) as server:
        assert all_of(Transfer(server.url())) == (Opened(0, len(DATA), '"one"'), DATA)
        assert server.asked[0].headers["accept-encoding"] == "identity"
        assert "range" not in server.asked[0].headers


def test_the_rest_of_a_file_comes_if_it_is_still_the_same() -> None:
    with FileServer(files=FILES) as server:
        assert all_of(Transfer(server.url(), offset=1000, etag='"one"')) == (
            Opened(1000, len(DATA), '"one"'),
            DATA[1000:],
        )
        assert server.asked[0].headers["if-range"] == '"one"'
        server.manners.etag = '"two"'
        assert all_of(Transfer(server.url(), offset=1000, etag='"one"')) == (Opened(0, len(DATA), '"two"'), DATA)


def test_a_weak_name_of_a_state_vouches_for_nothing() -> None:
    with FileServer(files=FILES, etag='W/"one"', says_length=False) as server:
        assert all_of(Transfer(server.url()))[0] == Opened(0, None, "")


def test_a_part_that_does_not_exist_is_refused() -> None:
    with FileServer(files=FILES) as server, pytest.raises(RangeRefused, match="another file now"):
        all_of(Transfer(server.url(), offset=len(DATA)))


@pytest.mark.parametrize(
    ("status", "kind", "says"),
    [
        (401, DownloadFailed, "does not give this file to everybody"),
        (403, DownloadFailed, "does not give this file to everybody"),
        (404, DownloadFailed, "does not have this file"),
        (407, DownloadFailed, "proxy wants a name and a password"),
        (418, DownloadFailed, "refuses to send the file"),
        (429, LineLost, "wants us to wait"),
        (500, LineLost, "is in trouble itself"),
        (503, LineLost, "is in trouble itself"),
        (304, DownloadFailed, "refuses"),
        (206, LineLost, "without saying which"),
    ],
)
def test_each_answer_but_a_file_has_its_sentence(status: int, kind: type[DownloadFailed], says: str) -> None:
    with FileServer(always=(status, {})) as server, pytest.raises(DownloadFailed, match=says) as caught:
        all_of(Transfer(server.url()))
    assert isinstance(caught.value, LineLost) == issubclass(kind, LineLost)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(("told", "seconds"), [("7", 7.0), ("100000", 120.0), ("Wed, 21 Oct", None), ("-5", None)])
def test_how_long_to_wait_is_believed_within_reason(told: str, seconds: float | None) -> None:
    with FileServer(always=(429, {"Retry-After": told})) as server, pytest.raises(LineLost) as caught:
        all_of(Transfer(server.url()))
    assert caught.value.wait_seconds == seconds


def test_a_page_to_log_in_is_not_taken_for_the_file() -> None:
    with FileServer(files=FILES, kind="text/html; charset=utf-8") as server:
        with pytest.raises(DownloadFailed, match="a web page instead of the file"):
            all_of(Transfer(server.url()))
        server.manners.kind, server.manners.packed = "application/octet-stream", "gzip"
        with pytest.raises(DownloadFailed, match="packed in a way"):
            all_of(Transfer(server.url()))


@pytest.mark.parametrize("name", ["a..b", "x" * 64 + ".example", "..a"])
def test_a_redirect_to_a_name_that_no_computer_can_have_is_refused(name: str) -> None:
    elsewhere = (302, {"Location": f"http://{name}/"})
    with FileServer(always=elsewhere) as server, pytest.raises(DownloadFailed, match="an address that is none"):
        all_of(Transfer(server.url()))


def test_redirects_are_followed_and_not_in_circles() -> None:
    with FileServer(files=FILES, leads_to={"/a": "/b", "/b": "/model.gguf", "/c": "/c", "/d": "mailto:x"}) as server:
        assert all_of(Transfer(server.url("/a"), offset=5, etag='"one"'))[1] == DATA[5:]
        assert server.ranges_asked == ["bytes=5-"] * 3
        with pytest.raises(DownloadFailed, match="in a circle"):
            all_of(Transfer(server.url("/c")))
        with pytest.raises(DownloadFailed, match="an address that is none"):
            all_of(Transfer(server.url("/d")))


def test_no_password_goes_to_another_server() -> None:
    with FileServer(files=FILES) as other, FileServer() as server:
        server.manners.leads_to = {"/a": other.url(user="stranger:x@")}
        assert all_of(Transfer(server.url("/a", user="ann:secret@")))[1] == DATA
        assert "authorization" in server.asked[0].headers
        assert "authorization" not in other.asked[0].headers


def test_what_began_over_a_closed_line_does_not_go_on_over_an_open_one(tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path)
    trust = ssl.create_default_context(cafile=str(certificate))
    with FileServer(files=FILES) as other, FileServer(certificate, files=FILES) as server:
        assert all_of(Transfer(server.url(), trust=trust))[1] == DATA
        server.manners.leads_to = {"/a": other.url()}
        with pytest.raises(DownloadFailed, match="over an open line: that is refused"):
            all_of(Transfer(server.url("/a"), trust=trust))
        assert other.asked == []


def test_a_server_that_cannot_prove_who_it_is_gets_nothing_from_us(tmp_path: Path) -> None:
    with FileServer(make_certificate(tmp_path), files=FILES) as server:
        with pytest.raises(DownloadFailed, match=r"cannot prove that it is 127\.0\.0\.1 \(self.signed"):
            all_of(Transfer(server.url()))
        assert server.asked == []


def test_a_server_that_is_gone_or_leaves_in_the_midst_is_a_lost_line() -> None:
    with FileServer(files=FILES, drop_after=[20_000]) as server:
        gone = server.url()
        with pytest.raises(LineLost, match="was lost"):
            all_of(Transfer(server.url()))
    with pytest.raises(LineLost, match="was lost"):
        all_of(Transfer(gone))


def test_a_proxy_is_asked_instead_and_its_refusal_told() -> None:
    with FileServer(files={"http://models.example/model.gguf": DATA}) as proxy:
        assert all_of(Transfer("http://models.example/model.gguf", proxy=proxy.url("")))[1] == DATA
        assert proxy.asked[0].path == "http://models.example/model.gguf"
        proxy.manners.always = (407, {})
        with pytest.raises(DownloadFailed, match="proxy"):
            all_of(Transfer("https://models.example/model.gguf", proxy=proxy.url("")))


def test_who_leaves_does_not_wait_for_a_silent_server() -> None:
    with FileServer(files=FILES, silent=True) as server:
        with Transfer(server.url(), patience_seconds=3 * PATIENCE_SECONDS) as line:
            assert server.paused.wait(PATIENCE_SECONDS)
            asked = time.monotonic()
            assert line.take(0.05) is None
        assert time.monotonic() - asked < PATIENCE_SECONDS
        server.go_on.set()


def test_silence_becomes_a_lost_line_after_the_patience() -> None:
    with FileServer(files=FILES, silent=True) as server, pytest.raises(LineLost, match="does not answer"):
        all_of(Transfer(server.url(), patience_seconds=0.2))


@pytest.mark.parametrize(
    "url", ["", "model.gguf", "ftp://host/x", "file:///etc/passwd", "http://", "http://[", "http://h:x"]
)
def test_what_is_no_address_is_said_at_once(url: str) -> None:
    assert not is_address(url)
    with pytest.raises(BadInput, match="begins with http"):
        Transfer(url)
    with pytest.raises(BadInput, match="begins with http"):
        Transfer("http://host/x", proxy=url or "x")
