from __future__ import annotations

import errno
import json
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from gum_app.errors import BadInput, DiskFull, HomeUnusable, KeyLocked, KeyMissing, KeyWrong
from gum_app.paths import Home
from gum_app.world import keys
from gum_app.world.chests import chest_for
from tests.world.keyrings import a_keyring

PASSPHRASE = "four words of mine"


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with a_keyring(unlocked=True) as environment:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", environment["DBUS_SESSION_BUS_ADDRESS"])
        yield


def kept(home: Home) -> dict[str, str]:
    found: dict[str, str] = json.loads(home.key_file.read_text(encoding="utf-8"))
    return found


def test_a_new_home_has_no_key_and_says_so(home: Home) -> None:
    assert keys.state(home) == "not chosen"
    with pytest.raises(KeyMissing, match="No key has been chosen"):
        keys.open_key(home)


def test_the_key_is_32_random_bytes_and_comes_back(home: Home, tmp_path: Path) -> None:
    other = Home(tmp_path / "other")
    other.prepare()
    key = keys.make_key(home, "file")
    assert len(key) == 32
    assert keys.open_key(home) == key
    assert keys.make_key(other, "file") != key
    assert keys.state(home) == "ready-to-ask"


def test_key_json_belongs_to_its_owner_alone_and_nothing_else_is_left(home: Home) -> None:
    keys.make_key(home, "file")
    assert stat.S_IMODE(home.key_file.stat().st_mode) == 0o600
    assert {path.name for path in home.root.iterdir()} == {"key.json", "logs", "crashes"}


def test_a_key_that_came_back_readable_by_all_is_closed_again(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    keys.make_key(home, "file")
    home.key_file.chmod(0o644)
    keys.open_key(home)
    assert stat.S_IMODE(home.key_file.stat().st_mode) == 0o600
    assert "could be read by others" in caplog.text


def test_no_key_is_ever_overwritten(home: Home) -> None:
    key = keys.make_key(home, "file")
    with pytest.raises(BadInput, match="already"):
        keys.make_key(home, "passphrase", PASSPHRASE)
    assert keys.open_key(home) == key


def test_a_database_whose_key_is_lost_is_not_given_a_new_one(home: Home) -> None:
    home.database.write_bytes(b"noise")
    with pytest.raises(BadInput, match="already"):
        keys.make_key(home, "file")


def test_of_two_processes_that_make_a_key_at_once_one_is_refused(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    link = os.link

    def overtaken(source: Path, target: Path) -> None:
        target.write_text("{}", encoding="utf-8")
        link(source, target)

    monkeypatch.setattr(os, "link", overtaken)
    with pytest.raises(BadInput, match="another process"):
        keys.make_key(home, "file")
    assert kept(home) == {}


def test_with_a_passphrase_the_home_stays_closed_until_it_is_given(home: Home) -> None:
    key = keys.make_key(home, "passphrase", PASSPHRASE)
    assert keys.state(home) == "needs passphrase"
    with pytest.raises(KeyLocked):
        keys.open_key(home)
    with pytest.raises(KeyWrong):
        keys.open_key(home, "other words entirely")
    assert keys.open_key(home, PASSPHRASE) == key
    assert key.hex() not in home.key_file.read_text(encoding="utf-8")


@pytest.mark.usefixtures("keyring")
def test_the_keyring_opens_the_home_even_after_it_moved(home: Home, tmp_path: Path) -> None:
    key = keys.make_key(home, "keyring")
    assert keys.state(home) == "ready-to-ask"
    moved = Home(home.root.rename(tmp_path / "moved"))
    assert keys.open_key(moved) == key


@pytest.mark.usefixtures("keyring")
def test_the_key_can_be_kept_another_way_and_stays_the_same(home: Home) -> None:
    key = keys.make_key(home, "keyring")
    entry = kept(home)
    keys.change_how(home, "passphrase", new_passphrase=PASSPHRASE)
    assert keys.open_key(home, PASSPHRASE) == key
    with pytest.raises(KeyMissing):
        chest_for("keyring", None, 20).take(entry)
    keys.change_how(home, "passphrase", passphrase=PASSPHRASE, new_passphrase="quite other words")
    keys.change_how(home, "keyring", passphrase="quite other words")
    assert keys.open_key(home) == key
    assert set(kept(home)) == {"how", "home", "entry"}


def test_who_cannot_open_the_home_cannot_change_how_it_is_kept(home: Home) -> None:
    keys.make_key(home, "passphrase", PASSPHRASE)
    before = home.key_file.read_bytes()
    with pytest.raises(KeyWrong):
        keys.change_how(home, "file", passphrase="other words entirely")
    assert home.key_file.read_bytes() == before


def test_a_change_to_a_keyring_that_is_not_there_leaves_the_old_way(home: Home) -> None:
    key = keys.make_key(home, "file")
    with pytest.raises(KeyLocked):
        keys.change_how(home, "keyring")
    assert keys.open_key(home) == key


@pytest.mark.usefixtures("keyring")
def test_a_change_that_cannot_be_written_leaves_nothing_in_the_keyring(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = keys.make_key(home, "file")
    tried: list[dict[str, str]] = []

    def no_room(source: Path, target: Path) -> None:
        tried.append(json.loads(source.read_text(encoding="utf-8")))
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", no_room)
    with pytest.raises(DiskFull, match="No space left"):
        keys.change_how(home, "keyring")
    assert keys.open_key(home) == key
    with pytest.raises(KeyMissing):
        chest_for("keyring", None, 20).take(tried[0])
    assert not list(home.root.glob(".key-*"))


@pytest.mark.usefixtures("keyring")
def test_a_forgotten_key_is_in_neither_the_home_nor_the_keyring(home: Home) -> None:
    keys.make_key(home, "keyring")
    entry = kept(home)
    keys.forget_key(home)
    assert keys.state(home) == "not chosen"
    with pytest.raises(KeyMissing):
        chest_for("keyring", None, 20).take(entry)
    keys.forget_key(home)


def test_a_key_in_a_keyring_out_of_reach_is_not_half_forgotten(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_keyring(unlocked=True) as environment:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", environment["DBUS_SESSION_BUS_ADDRESS"])
        keys.make_key(home, "keyring")
    with pytest.raises(KeyLocked):
        keys.forget_key(home)
    assert home.key_file.exists()


@pytest.mark.usefixtures("keyring")
def test_forgetting_a_copy_of_a_home_leaves_the_key_to_the_original(home: Home, tmp_path: Path) -> None:
    key = keys.make_key(home, "keyring")
    copy = Home(shutil.copytree(home.root, tmp_path / "copy"))
    keys.forget_key(copy)
    assert keys.open_key(home) == key


@pytest.mark.parametrize(
    "words",
    ["", "[]", "{}", '{"how": "magic", "home": "/x"}', '{"how": "file", "home": "/x", "key": "abcd"}', '{"how": "file'],
)
def test_a_damaged_file_is_said_without_quoting_it(home: Home, words: str) -> None:
    home.key_file.write_text(words, encoding="utf-8")
    for ask in (keys.state, keys.open_key):
        with pytest.raises(KeyMissing, match="is damaged") as caught:
            ask(home)
        assert caught.value.__suppress_context__
    keys.forget_key(home)
    assert keys.state(home) == "not chosen"


def test_a_home_that_cannot_be_written_is_said(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    with pytest.raises(HomeUnusable, match="could not be written"):
        keys.make_key(home, "file")
    assert keys.state(home) == "not chosen"
