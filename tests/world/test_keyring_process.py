from __future__ import annotations

import io
import json
import sys

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as FailKeyring
from keyring.backends.null import Keyring as NullKeyring
from keyring.backends.SecretService import Keyring as SecretServiceKeyring
from keyring.errors import KeyringError, KeyringLocked, NoKeyringError, PasswordDeleteError

from gum_app.world import keyring_process


class Drawer(SecretServiceKeyring):
    """The edge of the machine: a keyring in memory that can be told to fail. Its module counts as a safe one."""

    def __init__(self, trouble: type[KeyringError] | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[str, str] = {}
        self.trouble = trouble

    def get_password(self, service: str, username: str) -> str | None:
        if self.trouble is not None:
            raise self.trouble
        return self.kept.get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[f"{service}/{username}"] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[f"{service}/{username}"]


Drawer.__module__ = SecretServiceKeyring.__module__


@pytest.fixture(autouse=True)
def _the_usual_keyring_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("keyring.core._keyring_backend", None)


def ask(monkeypatch: pytest.MonkeyPatch, backend: KeyringBackend, **question: str) -> dict[str, str]:
    keyring.set_keyring(backend)
    answer = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(question)))
    monkeypatch.setattr(sys, "stdout", answer)
    keyring_process.main()
    found: dict[str, str] = json.loads(answer.getvalue())
    return found


def test_a_secret_that_was_put_is_read_back_in_the_same_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    drawer = Drawer()
    assert ask(monkeypatch, drawer, do="put", name="home", secret="s3cret") == {"secret": "s3cret"}
    assert drawer.kept == {"gum-app/home": "s3cret"}
    assert ask(monkeypatch, drawer, do="get", name="home") == {"secret": "s3cret"}


def test_dropping_twice_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    drawer = Drawer()
    ask(monkeypatch, drawer, do="put", name="home", secret="s3cret")
    assert ask(monkeypatch, drawer, do="drop", name="home") == {}
    assert ask(monkeypatch, drawer, do="drop", name="home") == {}
    assert drawer.kept == {}


@pytest.mark.parametrize("kind", [NullKeyring, FailKeyring])
def test_a_back_end_that_keeps_nothing_is_not_spoken_to(
    monkeypatch: pytest.MonkeyPatch, kind: type[KeyringBackend]
) -> None:
    assert ask(monkeypatch, kind(), do="put", name="home", secret="s3cret") == {"trouble": "none"}


def test_a_back_end_nobody_looked_at_is_not_spoken_to_because_it_may_write_plain_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class PlainFile(Drawer):
        pass

    plain = PlainFile()
    assert ask(monkeypatch, plain, do="put", name="home", secret="s3cret") == {"trouble": "none"}
    assert plain.kept == {}


def test_of_a_chain_the_first_safe_one_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    class Chain(NullKeyring):
        backends = (NullKeyring(), Drawer())  # type: ignore[no-untyped-call]

    chain = Chain()  # type: ignore[no-untyped-call]
    assert ask(monkeypatch, chain, do="put", name="home", secret="s3cret") == {"secret": "s3cret"}


@pytest.mark.parametrize(
    ("trouble", "said"),
    [(KeyringLocked, "locked"), (NoKeyringError, "none"), (PasswordDeleteError, "refused"), (KeyringError, "locked")],
)
def test_what_goes_wrong_is_answered_in_a_word(
    monkeypatch: pytest.MonkeyPatch, trouble: type[KeyringError], said: str
) -> None:
    assert ask(monkeypatch, Drawer(trouble), do="get", name="home") == {"trouble": said}
