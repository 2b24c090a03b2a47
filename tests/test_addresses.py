from __future__ import annotations

from contextlib import suppress

import pytest

from gum_app.addresses import is_confirmed, is_local, read_address, sends_to, what_goes_there, words_to_confirm
from gum_app.errors import BadInput


@pytest.mark.parametrize(
    ("url", "where", "full"),
    [
        ("http://127.0.0.1:8080/v1", "127.0.0.1:8080", "http://127.0.0.1:8080/v1"),
        ("http://localhost:11434", "localhost:11434", "http://localhost:11434/v1"),
        (" HTTP://LocalHost:1234/v1/ ", "localhost:1234", "http://localhost:1234/v1"),
        ("http://[::1]:8080/v1", "[::1]:8080", "http://[::1]:8080/v1"),
        ("https://gpu.example.org", "gpu.example.org:443", "https://gpu.example.org:443/v1"),
        ("http://192.168.1.20:8000/api/v1", "192.168.1.20:8000", "http://192.168.1.20:8000/api/v1"),
        ("http://127.0.0.1/v1/chat/completions", "127.0.0.1:80", "http://127.0.0.1:80/v1"),
        ("https://bücher.example/v1", "xn--bcher-kva.example:443", "https://xn--bcher-kva.example:443/v1"),
    ],
)
def test_an_address_is_read_the_way_people_write_it(url: str, where: str, full: str) -> None:
    assert sends_to(url) == where
    assert read_address(url).url == full
    assert read_address(full) == read_address(url), "what was read reads the same again"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "localhost", "LOCALHOST", "[::1]", "[0:0:0:0:0:0:0:1]"])
def test_only_what_is_written_as_this_computer_is_this_computer(host: str) -> None:
    assert is_local(f"http://{host}:8080/v1")
    assert words_to_confirm(f"http://{host}:8080/v1") == ""
    assert is_confirmed(f"http://{host}:8080/v1", "")
    assert "stays on this computer" in what_goes_there(f"http://{host}:8080/v1")


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1.nip.io",
        "localhost.example.org",
        "my.localhost",
        "localhost.",
        "xn--lcalhost-54a",
        "128.0.0.1",
        "[::ffff:127.0.0.1]",
        "[fe80::1]",
    ],
)
def test_what_only_looks_like_this_computer_is_not(host: str) -> None:
    with suppress(BadInput):  # to be refused is as good
        assert not is_local(f"https://{host}/v1")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "127.0.0.1:8080",
        "ftp://127.0.0.1/v1",
        "file:///etc/passwd",
        "http://",
        "http:///v1",
        "http://127.0.0.1@evil.example/v1",
        "http://user:hunter2@127.0.0.1/v1",
        "http://127.0.0.1\\@evil.example/v1",
        "http://127.0.0.1%2eevil.example/v1",
        "http://127.0.0.1:8080/v1?host=evil.example",
        "http://127.0.0.1:8080/v1#x",
        "http://127.0.0.1:99999/v1",
        "http://127.0.0.1:0/v1",
        "http://127.0.0.1:8080/../x",
        "http://127.0.0.1:8080//evil.example",
        "http://127.0.0.1\r\nHost: evil.example/v1",
        "http://evil.example\u2028/v1",
        "http://0.0.0.0:8080/v1",
        "http://[::]:8080/v1",
        "http://224.0.0.1/v1",
        "http://[fe80::1%25eth0]/v1",
        "http://2130706433:8080/v1",
        "http://0x7f000001/v1",
        "http://127.1:8080/v1",
        "http://[::ffff:8.8.8.8]:80/v1",
        "https://[::ffff:127.0.0.1]/v1",
        "http://[::ffff:0.0.0.0]:8080/v1",
        "http://a b/v1",
        "http://" + "a" * 300 + "/v1",
        "http://-a-/v1",
        "http://a..b/v1",
    ],
)
def test_what_is_no_plain_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_address(url)
    assert "hunter2" not in str(caught.value)
    assert "evil" not in str(caught.value)


def test_beyond_this_computer_the_words_name_the_server() -> None:
    url = "https://gpu.example.org:8443/v1"
    assert words_to_confirm(url) == "send to gpu.example.org:8443"
    assert is_confirmed(url, "  Send to  GPU.example.org:8443 ")
    assert not is_confirmed(url, "")
    assert not is_confirmed(url, "yes")
    assert not is_confirmed(url, "send to gpu.example.org:443")
    assert "pictures of your screen" in what_goes_there(url).lower()
    assert "gpu.example.org:8443" in what_goes_there(url)


def test_words_for_one_server_allow_no_other() -> None:
    words = words_to_confirm("https://gpu.example.org/v1")
    assert is_confirmed("https://gpu.example.org/other", words)
    assert not is_confirmed("https://gpu.example.org.evil.example/v1", words)
    assert not is_confirmed("https://other.example.org/v1", words)


@pytest.mark.parametrize(
    "host", ["192.168.1.20", "10.0.0.5", "172.16.3.4", "169.254.3.4", "100.64.1.2", "[fd00::5]", "gpu-box", "box.local"]
)
def test_in_the_house_plain_http_is_allowed_and_said_to_be_unencrypted(host: str) -> None:
    url = f"http://{host}:8080/v1"
    assert words_to_confirm(url) == f"send unencrypted to {host}:8080"
    assert "unencrypted" in what_goes_there(url)
    assert not is_confirmed(url, f"send to {host}:8080"), "words for https do not allow http"


@pytest.mark.parametrize("host", ["8.8.8.8", "example.org", "[2606:4700::1111]", "gpu.local.example.org"])
def test_over_the_internet_only_https_will_do(host: str) -> None:
    with pytest.raises(BadInput, match="use https"):
        read_address(f"http://{host}/v1")
    assert read_address(f"https://{host}/v1").is_encrypted
