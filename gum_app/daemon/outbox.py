"""The folder into which drafts, lists and summaries are written: for their owner only, each file new, none replaced.

A file whose very text lies there already under its name is not written again: after a kill between the file and the
note of it, the same click finds it.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from pathlib import Path

from gum_app.errors import BadInput
from gum_app.paths import OWNER_ONLY_DIR, OWNER_ONLY_FILE
from gum_app.rules.plain import visible

LONGEST_NAME = 60  # characters, without the ending
MOST_OF_A_NAME = 1000
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)  # of Windows


def file_name(title: str, ending: str) -> str:
    """A name that is safe on every system: letters, digits, blanks and dashes, and nothing that leads elsewhere."""
    words = re.sub(r"[^\w -]+", " ", visible(title).replace("\n", " "), flags=re.UNICODE)
    name = " ".join(words.replace("_", " ").split())[:LONGEST_NAME].strip(" -")
    while len(name.encode()) > 200:  # of the 255 bytes that a name may take
        name = name[:-1]
    name = name.strip(" -")
    return f"{'note' if not name or RESERVED.fullmatch(name) else name}{ending}"


def fingerprint_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def write_new(folder: Path, name: str, text: str) -> Path:
    """Returns where it lies, under this name or one with a number. Raises BadInput."""
    try:
        folder.mkdir(mode=OWNER_ONLY_DIR, parents=True, exist_ok=True)
        if os.name == "posix" and stat.S_IMODE(folder.stat().st_mode) != OWNER_ONLY_DIR:
            folder.chmod(OWNER_ONLY_DIR)
        usual = folder / name
        for number in range(1, MOST_OF_A_NAME):
            path = usual if number == 1 else usual.with_name(f"{usual.stem} {number}{usual.suffix}")
            if _is(path, fingerprint_of(text)) or _write(path, text):
                return path
    except OSError as error:
        raise BadInput(f"The file cannot be written into {folder} ({error.strerror}).") from error
    raise BadInput(f"There are too many files called {name} in {folder}: tidy it.")


def take_back(folder: Path, path: Path, fingerprint: str) -> None:
    """Deletes what was written, where it is still as it was. Raises BadInput where it is not."""
    if path.parent != folder or not path.name:
        raise BadInput("That file does not lie in the outbox folder: it is left alone.")
    if not path.exists() and not path.is_symlink():
        return  # the person has deleted it, or taken it elsewhere
    if not _is(path, fingerprint):
        raise BadInput(f"You have changed {path.name} since: it is yours now, and stays.")
    try:
        path.unlink()
    except OSError as error:
        raise BadInput(f"{path} cannot be deleted ({error.strerror}).") from error


def _write(path: Path, text: str) -> bool:
    """False: something else lies there. What was begun and cannot be finished goes again."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY_FILE)
    except FileExistsError:
        return False
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(text.encode())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return True


def _is(path: Path, fingerprint: str) -> bool:
    """Whether it is a file, and no link, with exactly that text."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return False
        return hashlib.sha256(path.read_bytes()).hexdigest() == fingerprint
    except OSError:
        return False
