from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gum_app.errors import BadInput, KeyLocked
from gum_app.paths import Home
from gum_app.world.endpoint_key import api_key, checked_key, drop_api_key, keep_api_key
from tests.world.keyrings import a_keyring

KEY = "sk-not-for-any-eyes"
URL = "https://gpu.example.org/v1"


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with a_keyring(unlocked=True) as environment:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", environment["DBUS_SESSION_BUS_ADDRESS"])
        yield


@pytest.mark.usefixtures("keyring")
def test_a_key_is_kept_in_the_keyring_for_one_home_and_one_server(home: Home, tmp_path: Path) -> None:
    assert api_key(home, URL) == ""
    keep_api_key(home, URL, f" {KEY}\n")
    assert api_key(home, URL) == KEY
    assert api_key(home, "https://gpu.example.org/another/path") == KEY
    assert api_key(home, "https://gpu.example.org:8443/v1") == "", "another server never gets it"
    assert api_key(Home(tmp_path / "other"), URL) == ""
    keep_api_key(home, URL, "sk-another")
    assert api_key(home, URL) == "sk-another"
    keep_api_key(home, URL, "")
    assert api_key(home, URL) == "", "an empty one is none"
    drop_api_key(home, URL)
    assert not any(KEY.encode() in file.read_bytes() for file in home.root.rglob("*") if file.is_file())


def test_without_a_keyring_it_is_kept_nowhere(home: Home) -> None:
    with pytest.raises(KeyLocked, match="kept nowhere else"):
        keep_api_key(home, URL, KEY)


def test_a_locked_keyring_is_given_up_after_the_limit(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_keyring(unlocked=False) as environment:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", environment["DBUS_SESSION_BUS_ADDRESS"])
        with pytest.raises(KeyLocked, match=r"within 1\.5 seconds") as caught:
            keep_api_key(home, URL, KEY, limit_seconds=1.5)
    assert KEY not in repr(caught.value.__context__) and caught.value.__suppress_context__


@pytest.mark.parametrize("key", ["two words", "line\nbreak", "schlüssel", "x" * 1001, "null\x00"])
def test_what_cannot_be_a_key_is_refused_without_repeating_it(key: str) -> None:
    with pytest.raises(BadInput, match=r"^That is no API key: it is one word of letters, numbers and signs\.$"):
        checked_key(key)


def test_an_address_that_is_none_has_no_key(home: Home) -> None:
    with pytest.raises(BadInput):
        api_key(home, "gpu.example.org")
