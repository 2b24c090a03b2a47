"""API keys of servers: in the system's keyring and nowhere else; in no file, no setting, no log, no message.

A key belongs to one home and one server (host and port): another address never gets it.
"""

from __future__ import annotations

import hashlib

from gum_app.addresses import sends_to
from gum_app.errors import BadInput, KeyLocked
from gum_app.paths import Home
from gum_app.world.chests import Kept, ask_keyring

LONGEST_KEY = 1000  # Windows' keyring holds 1280 characters
KEYRING_LIMIT_SECONDS = 15.0

TROUBLE = {
    "none": "This session has no keyring that keeps secrets safe, and an API key is kept nowhere else: "
    "log in to a desktop with one.",
    "locked": "The keyring stayed locked: unlock it and try again.",
    "refused": "The keyring would not remove the API key: remove the entry gum-app with the keyring's own program.",
}


def checked_key(key: str) -> str:
    """Without spaces around it. Raises BadInput for what cannot stand in a header; the sentence does not repeat it."""
    key = key.strip()
    if len(key) > LONGEST_KEY or not key.isascii() or not key.isprintable() or " " in key:
        raise BadInput("That is no API key: it is one word of letters, numbers and signs.")
    return key


def keep_api_key(home: Home, url: str, key: str, *, limit_seconds: float = KEYRING_LIMIT_SECONDS) -> None:
    """In place of the one before. An empty key is none. Raises BadInput, KeyLocked."""
    key = checked_key(key)
    if not key:
        drop_api_key(home, url, limit_seconds=limit_seconds)
    elif _ask(limit_seconds, do="put", name=_entry(home, url), secret=key).get("secret") != key:
        raise KeyLocked("The keyring did not keep the API key it was given: try again, or see what is wrong with it.")


def api_key(home: Home, url: str, *, limit_seconds: float = KEYRING_LIMIT_SECONDS) -> str:
    """Empty where none is kept. Raises BadInput, KeyLocked."""
    return _ask(limit_seconds, do="get", name=_entry(home, url)).get("secret", "")


def drop_api_key(home: Home, url: str, *, limit_seconds: float = KEYRING_LIMIT_SECONDS) -> None:
    """As if it had never been; no error where there is none. Raises BadInput, KeyLocked."""
    _ask(limit_seconds, do="drop", name=_entry(home, url))


def _entry(home: Home, url: str) -> str:
    # The home's own part keeps one given with --home from touching the usual one's key.
    whose = hashlib.sha256(str(home.root.resolve()).encode()).hexdigest()[:16]
    return f"API key for {sends_to(url)} ({whose})"


def _ask(limit_seconds: float, **question: str) -> Kept:
    answer = ask_keyring(limit_seconds, **question)
    if "trouble" in answer:
        raise KeyLocked(TROUBLE[answer["trouble"]])
    return answer
