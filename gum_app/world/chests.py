"""Three ways to keep 32 bytes: in the keyring, under a passphrase, as they are. For `keys`; `endpoint_key` asks too.

The passphrase is stretched by scrypt (RFC 7914) to a pad and a MAC key; each wrap has new salt, so both are used once.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import secrets
import subprocess
import sys
import unicodedata
from typing import Literal, Protocol

from gum_app.errors import BadInput, KeyLocked, KeyMissing, KeyWrong

log = logging.getLogger(__name__)

How = Literal["keyring", "passphrase", "file"]
Kept = dict[str, str]  # what a chest must be told to find the key again; hexadecimal

KEY_BYTES = 32
FIELDS = {  # of what each chest keeps, with their length in bytes
    "keyring": {"entry": 16},
    "passphrase": {"salt": 32, "wrapped": KEY_BYTES, "tag": 32},
    "file": {"key": KEY_BYTES},
}
SHORTEST_PASSPHRASE = 8
SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**16, 8, 2  # 64 MiB; one of the settings of OWASP's password storage cheat sheet
SCRYPT_MEMORY_BYTES = 128 * SCRYPT_R * (SCRYPT_N + SCRYPT_P + 2)

KEYRING_TROUBLE = {
    "none": "This session has no keyring that keeps secrets safe: log in to a desktop with one, or use a passphrase.",
    "locked": "The keyring stayed locked: unlock it and try again.",
    "refused": "The keyring would not remove the key: remove the entry gum-app with the keyring's own program.",
}


class KeyChest(Protocol):
    """One way to keep the key. Raises KeyTrouble with a sentence that says what to do."""

    how: How

    def keep(self, key: bytes) -> Kept:
        """Put the key away. What is returned is all that `take` and `drop` will know."""
        ...

    def take(self, kept: Kept) -> bytes: ...

    def drop(self, kept: Kept) -> None:
        """Remove what is kept outside key.json."""
        ...


class KeyringChest:
    """The keyring of the desktop: opened when the person logs in."""

    how: How = "keyring"

    def __init__(self, limit_seconds: float) -> None:
        self._limit_seconds = limit_seconds

    def keep(self, key: bytes) -> Kept:
        # A name of its own for every home: one given with --home never touches the usual one, and a moved home opens.
        entry = secrets.token_hex(16)
        if self._ask(do="put", name=entry, secret=key.hex()).get("secret") != key.hex():
            raise KeyLocked("The keyring did not keep what it was given: choose a passphrase instead.")
        return {"entry": entry}

    def take(self, kept: Kept) -> bytes:
        secret = self._ask(do="get", name=kept["entry"]).get("secret", "")
        if len(secret) != 2 * KEY_BYTES:
            raise KeyMissing(
                f"The keyring no longer has the key of this home (entry {kept['entry']} of gum-app): "
                "restore the keyring from a backup, or start over with an empty home."
            )
        return bytes.fromhex(secret)

    def drop(self, kept: Kept) -> None:
        self._ask(do="drop", name=kept["entry"])

    def _ask(self, **question: str) -> Kept:
        answer = ask_keyring(self._limit_seconds, **question)
        if "trouble" in answer:
            raise KeyLocked(KEYRING_TROUBLE[answer["trouble"]])
        return answer


class PassphraseChest:
    """Wrapped so that only the passphrase opens it."""

    how: How = "passphrase"

    def __init__(self, passphrase: str | None) -> None:
        self._passphrase = passphrase

    def keep(self, key: bytes) -> Kept:
        if self._passphrase is None or len(self._passphrase) < SHORTEST_PASSPHRASE:
            raise BadInput(f"A passphrase needs at least {SHORTEST_PASSPHRASE} characters: several words are best.")
        salt = secrets.token_bytes(32)
        pad, mac_key = self._stretch(salt)
        wrapped = _xor(key, pad)
        return {"salt": salt.hex(), "wrapped": wrapped.hex(), "tag": _tag(mac_key, salt + wrapped).hex()}

    def take(self, kept: Kept) -> bytes:
        if self._passphrase is None:
            raise KeyLocked("The database is locked: enter its passphrase.")
        salt, wrapped = bytes.fromhex(kept["salt"]), bytes.fromhex(kept["wrapped"])
        pad, mac_key = self._stretch(salt)
        if not hmac.compare_digest(_tag(mac_key, salt + wrapped), bytes.fromhex(kept["tag"])):
            raise KeyWrong("That is not the passphrase of this database: try again.")
        return _xor(wrapped, pad)

    def drop(self, kept: Kept) -> None:
        pass

    def _stretch(self, salt: bytes) -> tuple[bytes, bytes]:
        # The same words from another keyboard may be other code points.
        words = unicodedata.normalize("NFKC", self._passphrase or "").encode()
        both = hashlib.scrypt(
            words, salt=salt, n=SCRYPT_N, r=SCRYPT_R, p=SCRYPT_P, maxmem=SCRYPT_MEMORY_BYTES, dklen=2 * KEY_BYTES
        )
        return both[:KEY_BYTES], both[KEY_BYTES:]


class FileChest:
    """The key in key.json as it is: whoever can read the person's files can read the database."""

    how: How = "file"

    def keep(self, key: bytes) -> Kept:
        return {"key": key.hex()}

    def take(self, kept: Kept) -> bytes:
        return bytes.fromhex(kept["key"])

    def drop(self, kept: Kept) -> None:
        pass


def ask_keyring(limit_seconds: float, **question: str) -> Kept:
    """What the system's keyring answers, `{"trouble": …}` included. Raises KeyLocked when it is silent or fails."""
    # -I: neither the folder somebody stands in nor their PYTHONPATH is a place to import from.
    command = [sys.executable, "-I", "-m", "gum_app.world.keyring_process"]
    try:
        done = subprocess.run(
            command, input=json.dumps(question), capture_output=True, text=True, timeout=limit_seconds, check=True
        )
    except subprocess.TimeoutExpired:
        # Not chained: the exception carries what was written to the process.
        raise KeyLocked(
            f"The keyring did not answer within {limit_seconds:g} seconds: unlock it and try again."
        ) from None
    except subprocess.CalledProcessError as error:
        log.warning("the keyring process ended with %s", error.returncode)
        raise KeyLocked("The keyring failed: see that it is running and try again.") from None
    answer: Kept = json.loads(done.stdout)
    return answer


def chest_for(how: str, passphrase: str | None, limit_seconds: float) -> KeyChest:
    if how == "keyring":
        return KeyringChest(limit_seconds)
    return PassphraseChest(passphrase) if how == "passphrase" else FileChest()


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def _tag(mac_key: bytes, words: bytes) -> bytes:
    return hmac.digest(mac_key, words, "sha256")
