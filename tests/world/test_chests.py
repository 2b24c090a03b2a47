from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from gum_app.errors import BadInput, KeyLocked, KeyMissing, KeyWrong
from gum_app.world.chests import FIELDS, KEY_BYTES, FileChest, KeyChest, KeyringChest, PassphraseChest, chest_for
from tests.world.keyrings import a_bus, a_keyring

KEY = bytes(range(KEY_BYTES))
PASSPHRASE = "four words of mine"
LIMIT_SECONDS = 60.0


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with a_keyring(unlocked=True) as environment:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", environment["DBUS_SESSION_BUS_ADDRESS"])
        yield


@pytest.fixture(params=["keyring", "passphrase", "file"])
def chest(request: pytest.FixtureRequest) -> KeyChest:
    if request.param == "keyring":
        request.getfixturevalue("keyring")
    return chest_for(request.param, PASSPHRASE, LIMIT_SECONDS)


def test_every_chest_gives_back_what_it_was_given(chest: KeyChest) -> None:
    kept = chest.keep(KEY)
    assert {name: len(bytes.fromhex(value)) for name, value in kept.items()} == FIELDS[chest.how]
    assert chest_for(chest.how, PASSPHRASE, LIMIT_SECONDS).take(kept) == KEY


def test_every_chest_can_drop_and_drop_again(chest: KeyChest) -> None:
    kept = chest.keep(KEY)
    chest.drop(kept)
    chest.drop(kept)


@pytest.mark.usefixtures("keyring")
def test_the_keyring_keeps_the_key_and_key_json_does_not() -> None:
    kept = KeyringChest(LIMIT_SECONDS).keep(KEY)
    assert KEY.hex() not in json.dumps(kept)


@pytest.mark.usefixtures("keyring")
def test_two_homes_have_two_entries() -> None:
    chest = KeyringChest(LIMIT_SECONDS)
    one, other = chest.keep(KEY), chest.keep(KEY[::-1])
    chest.drop(other)
    assert chest.take(one) == KEY
    with pytest.raises(KeyMissing, match="no longer has the key"):
        chest.take(other)


def test_a_locked_keyring_is_given_up_after_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    with a_keyring(unlocked=False) as environment:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", environment["DBUS_SESSION_BUS_ADDRESS"])
        with pytest.raises(KeyLocked, match=r"within 1\.5 seconds") as caught:
            KeyringChest(1.5).keep(KEY)
    assert KEY.hex() not in repr(caught.value.__context__), "the context is printed in a crash report"
    assert caught.value.__suppress_context__


def test_a_session_without_a_keyring_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(KeyLocked, match="no keyring"):
        KeyringChest(LIMIT_SECONDS).keep(KEY)
    with a_bus() as environment:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", environment["DBUS_SESSION_BUS_ADDRESS"])
        with pytest.raises(KeyLocked, match="no keyring"):
            KeyringChest(LIMIT_SECONDS).take({"entry": "00" * 16})


def test_the_null_keyring_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    with pytest.raises(KeyLocked, match="no keyring that keeps secrets safe"):
        KeyringChest(LIMIT_SECONDS).keep(KEY)


def test_a_keyring_that_fails_is_a_sentence_not_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "no.such.Keyring")
    with pytest.raises(KeyLocked, match="The keyring failed"):
        KeyringChest(LIMIT_SECONDS).keep(KEY)


def test_a_wrong_passphrase_gives_no_key() -> None:
    kept = PassphraseChest(PASSPHRASE).keep(KEY)
    with pytest.raises(KeyWrong):
        PassphraseChest("four words of yours").take(kept)


def test_without_a_passphrase_the_chest_is_locked_not_wrong() -> None:
    kept = PassphraseChest(PASSPHRASE).keep(KEY)
    with pytest.raises(KeyLocked):
        PassphraseChest(None).take(kept)


@pytest.mark.parametrize("field", ["salt", "wrapped", "tag"])
def test_a_changed_bit_is_noticed(field: str) -> None:
    kept = PassphraseChest(PASSPHRASE).keep(KEY)
    flipped = bytes([int(kept[field][:2], 16) ^ 1]).hex() + kept[field][2:]
    with pytest.raises(KeyWrong):
        PassphraseChest(PASSPHRASE).take(kept | {field: flipped})


def test_the_same_words_from_another_keyboard_open_it() -> None:
    composed, decomposed = "Käsekuchen", "Ka\u0308sekuchen"
    assert composed != decomposed
    assert PassphraseChest(decomposed).take(PassphraseChest(composed).keep(KEY)) == KEY


def test_the_same_key_under_the_same_passphrase_never_looks_the_same() -> None:
    one, other = PassphraseChest(PASSPHRASE).keep(KEY), PassphraseChest(PASSPHRASE).keep(KEY)
    assert not set(one.values()) & set(other.values())


@pytest.mark.parametrize("passphrase", [None, "", "7 chars"])
def test_a_short_passphrase_is_refused(passphrase: str | None) -> None:
    with pytest.raises(BadInput, match="at least 8"):
        PassphraseChest(passphrase).keep(KEY)


def test_the_file_is_the_key() -> None:
    assert FileChest().keep(KEY) == {"key": KEY.hex()}
