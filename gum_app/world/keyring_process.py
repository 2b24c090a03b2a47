"""The one place that talks to the system's keyring, in a process of its own: a locked keyring blocks for ever.

Asked by `keys`, which ends the process when its time is up. One JSON question on standard input, one answer on standard
output; the secret is in no argument, no variable and no file. Only back ends that keep secrets encrypted are spoken to:
the null back end loses what it is given, others write it down in plain text.
"""

from __future__ import annotations

import json
import sys

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError, NoKeyringError, PasswordDeleteError

SERVICE = "gum-app"
SAFE = {f"keyring.backends.{name}" for name in ("SecretService", "libsecret", "kwallet", "macOS", "Windows")}

Words = dict[str, str]


def safe_backend() -> KeyringBackend | None:
    """The back end this computer prefers, or the first safe one of a chain; None where there is none."""
    preferred = keyring.get_keyring()
    chain: list[KeyringBackend] = getattr(preferred, "backends", [preferred])
    return next((backend for backend in chain if type(backend).__module__ in SAFE), None)


def answer(question: Words, backend: KeyringBackend) -> Words:
    """`{"secret": …}` for a secret that is there, otherwise `{}`. Raises KeyringError."""
    name = question["name"]
    if question["do"] == "put":
        backend.set_password(SERVICE, name, question["secret"])
    elif question["do"] == "drop":
        if backend.get_password(SERVICE, name) is not None:
            backend.delete_password(SERVICE, name)
        return {}
    secret = backend.get_password(SERVICE, name)
    return {} if secret is None else {"secret": secret}


def main() -> None:
    question = json.load(sys.stdin)
    try:
        backend = safe_backend()
        found = {"trouble": "none"} if backend is None else answer(question, backend)
    except NoKeyringError:
        found = {"trouble": "none"}
    except PasswordDeleteError:
        found = {"trouble": "refused"}
    except KeyringError:
        found = {"trouble": "locked"}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
