"""The key that opens the database, and how this home keeps it: key.json says in which chest, and what that must know.

Nothing falls back from one chest to another, least of all to plain text, and no key is ever overwritten.
"""

from __future__ import annotations

import errno
import json
import logging
import os
import secrets
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Literal

from gum_app.errors import BadInput, DiskFull, GumError, HomeUnusable, KeyMissing
from gum_app.paths import OWNER_ONLY_FILE, Home
from gum_app.world.chests import FIELDS, KEY_BYTES, How, Kept, KeyChest, chest_for

log = logging.getLogger(__name__)

KeyState = Literal["ready-to-ask", "needs passphrase", "not chosen"]

KEYRING_LIMIT_SECONDS = 15.0


def state(home: Home) -> KeyState:
    """What stands between us and the key; asks no keyring. Raises KeyMissing when key.json is damaged."""
    kept = _read(home)
    if kept is None:
        return "not chosen"
    return "needs passphrase" if kept["how"] == "passphrase" else "ready-to-ask"


def open_key(home: Home, passphrase: str | None = None, *, limit_seconds: float = KEYRING_LIMIT_SECONDS) -> bytes:
    """The 32 bytes. Raises KeyMissing, KeyLocked, KeyWrong. A wrong passphrase takes as long as a right one."""
    kept = _chosen(home)
    _keep_others_out(home)
    return chest_for(kept["how"], passphrase, limit_seconds).take(kept)


def make_key(
    home: Home, how: How, passphrase: str | None = None, *, limit_seconds: float = KEYRING_LIMIT_SECONDS
) -> bytes:
    """A new key for a home that has none. `"file"` only after the person agreed in words.

    Raises BadInput where there is a key already, or a database that another key belongs to; KeyLocked when the keyring
    does not take it; DiskFull, HomeUnusable.
    """
    if home.key_file.exists() or home.database.exists():
        raise BadInput(f"{home.root} has a key or a database already: it is not given another key.")
    key = secrets.token_bytes(KEY_BYTES)
    _put_away(home, key, chest_for(how, passphrase, limit_seconds), os.link)  # a link never replaces another's file
    return key


def change_how(
    home: Home,
    how: How,
    *,
    passphrase: str | None = None,
    new_passphrase: str | None = None,
    limit_seconds: float = KEYRING_LIMIT_SECONDS,
) -> None:
    """Keep the same key another way, or under another passphrase. At every instant key.json opens the database."""
    old = _chosen(home)
    old_chest = chest_for(old["how"], passphrase, limit_seconds)
    shared = _also_elsewhere(home, old)
    _put_away(home, old_chest.take(old), chest_for(how, new_passphrase, limit_seconds), os.replace)
    if not shared:
        old_chest.drop(old)


def forget_key(home: Home, *, limit_seconds: float = KEYRING_LIMIT_SECONDS) -> None:
    """Without its key the database is noise for ever. Raises KeyLocked, and keeps all, without the keyring's answer."""
    try:
        kept = _read(home)
    except KeyMissing:  # damaged: it opens nothing, and names no entry that could be removed
        kept = None
    if kept is not None and not _also_elsewhere(home, kept):
        chest_for(kept["how"], None, limit_seconds).drop(kept)
    home.key_file.unlink(missing_ok=True)
    _fsync(home.root)


def _chosen(home: Home) -> Kept:
    kept = _read(home)
    if kept is None:
        raise KeyMissing(f"No key has been chosen for {home.root} yet: start gum-app to choose how it is kept.")
    return kept


def _read(home: Home) -> Kept | None:
    """What key.json says, checked; None where there is none. Raises KeyMissing."""
    try:
        kept: Kept = json.loads(home.key_file.read_text(encoding="utf-8"))
        Path(kept["home"])
        for field, size in FIELDS[kept["how"]].items():
            if len(bytes.fromhex(kept[field])) != size:
                raise ValueError(field)
    except FileNotFoundError:
        return None
    except (KeyError, TypeError, ValueError):
        # Not chained: the exception of the JSON reader carries the whole file.
        raise KeyMissing(
            f"{home.key_file} is damaged: put back a copy of it, the database opens with no other."
        ) from None
    except OSError as error:
        raise KeyMissing(f"{home.key_file} cannot be read ({error.strerror}): make it readable for you.") from error
    return kept


def _keep_others_out(home: Home) -> None:
    """A copy, a backup or an unpacked archive may have come back readable by all."""
    if os.name == "posix" and stat.S_IMODE(home.key_file.stat().st_mode) & 0o077:
        log.warning("key.json could be read by others; it is closed to them again")
        home.key_file.chmod(OWNER_ONLY_FILE)


def _also_elsewhere(home: Home, kept: Kept) -> bool:
    """Whether this home is a copy whose original still needs the keyring's entry."""
    if "entry" not in kept or kept["home"] == str(home.root.resolve()):
        return False
    with suppress(KeyMissing):
        return (_read(Home(Path(kept["home"]))) or {}).get("entry") == kept["entry"]
    return False


def _put_away(home: Home, key: bytes, chest: KeyChest, put: Callable[[Path, Path], None]) -> None:
    kept = chest.keep(key)
    try:
        _write(home, {"how": chest.how, "home": str(home.root.resolve()), **kept}, put)
    except GumError:
        chest.drop(kept)
        raise


def _write(home: Home, kept: Kept, put: Callable[[Path, Path], None]) -> None:
    """All of it or nothing, and on the disk when this returns."""
    fresh = home.root / f".key-{secrets.token_hex(8)}"
    try:
        fresh.touch(OWNER_ONLY_FILE, exist_ok=False)
        with fresh.open("w", encoding="utf-8") as file:
            json.dump(kept, file)
            file.flush()
            os.fsync(file.fileno())
        put(fresh, home.key_file)
    except FileExistsError:
        raise BadInput(f"{home.root} has just been given a key by another process.") from None
    except OSError as error:
        kind = DiskFull if error.errno in (errno.ENOSPC, errno.EDQUOT) else HomeUnusable
        raise kind(
            f"The key could not be written to {home.root} ({error.strerror}): make room, or see that it is yours."
        ) from error
    finally:
        fresh.unlink(missing_ok=True)
    _fsync(home.root)


def _fsync(folder: Path) -> None:
    """A new name in a folder survives a power cut only after this. Windows has no such call."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
