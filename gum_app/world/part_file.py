"""What has come of a file so far: `NAME.part`, with a note beside it of which file it is the beginning of.

The file gets its own name only when it is whole and verified: half a file never stands under it.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from gum_app.errors import DiskFull, HomeUnusable
from gum_app.paths import OWNER_ONLY_DIR, OWNER_ONLY_FILE

BLOCK_BYTES = 1 << 20
NO_LINK = getattr(os, "O_NOFOLLOW", 0)  # a link that somebody put there would lead us to write over another file


@dataclass(frozen=True)
class Note:
    """What the part is the beginning of."""

    total_bytes: int
    sha256: str  # "": not known beforehand
    etag: str  # what the server called this state of the file; "": it did not


class PartFile:
    """Opened by one at a time. Raises HomeUnusable, DiskFull."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._path, self._note_path = part_of(target), note_of(target)
        self.size_bytes = 0
        self._digest = hashlib.sha256()
        self._handle = -1

    def __enter__(self) -> Self:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | NO_LINK
        try:
            self._target.parent.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY_DIR)
            self._handle = os.open(self._path, flags, OWNER_ONLY_FILE)
        except OSError as error:
            raise self._trouble(error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def note(self) -> Note | None:
        """None: there is none that can be read, so nothing is known of the part."""
        try:
            told = json.loads(self._note_path.read_text(encoding="utf-8"))
            note = Note(**told)
        except (OSError, ValueError, TypeError):
            return None
        kinds = (type(note.total_bytes), type(note.sha256), type(note.etag))
        return note if kinds == (int, str, str) else None

    def start_afresh(self, note: Note) -> None:
        """Throw away what is there; note what now comes."""
        try:
            os.ftruncate(self._handle, 0)
            self.size_bytes, self._digest = 0, hashlib.sha256()
            write_whole(self._note_path, json.dumps(asdict(note)))
        except OSError as error:
            raise self._trouble(error) from error

    def reread(self) -> Iterator[int]:
        """Go once through what is there, for its hash; gives how far it is after each block."""
        self.size_bytes, self._digest = 0, hashlib.sha256()
        os.lseek(self._handle, 0, os.SEEK_SET)
        while block := os.read(self._handle, BLOCK_BYTES):
            self._digest.update(block)
            self.size_bytes += len(block)
            yield self.size_bytes

    def append(self, data: bytes) -> None:
        """All of it, or what was there before. Raises DiskFull; the part is kept."""
        try:
            os.lseek(self._handle, self.size_bytes, os.SEEK_SET)
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(self._handle, rest) :]
        except OSError as error:
            with suppress(OSError):
                os.ftruncate(self._handle, self.size_bytes)
            raise self._trouble(error) from error
        self._digest.update(data)
        self.size_bytes += len(data)

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def finish(self) -> None:
        """Give it its name, so that it stands there whole even if the power fails in this instant."""
        try:
            os.ftruncate(self._handle, self.size_bytes)
            os.fsync(self._handle)
            os.close(self._handle)
            self._handle = -1
            self._path.replace(self._target)
            fsync_folder(self._target.parent)
            self._note_path.unlink(missing_ok=True)
        except OSError as error:
            raise self._trouble(error) from error

    def discard(self) -> None:
        os.close(self._handle)
        self._handle = -1
        self._path.unlink(missing_ok=True)
        self._note_path.unlink(missing_ok=True)

    def _trouble(self, error: OSError) -> DiskFull | HomeUnusable:
        return disk_trouble(error, self._target, self.size_bytes)


def part_of(target: Path) -> Path:
    return target.with_name(target.name + ".part")


def note_of(target: Path) -> Path:
    return target.with_name(target.name + ".part.json")


def disk_trouble(error: OSError, path: Path, kept_bytes: int = 0) -> DiskFull | HomeUnusable:
    kept = f" {kept_bytes / 1e6:,.1f} MB have come and are kept." if kept_bytes else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(f"There is no room left on the disk for {path.name}: free some up and go on.{kept}")
    if error.errno == errno.EFBIG:
        return DiskFull(f"{path.name} is larger than this disk or a limit of this computer allows.{kept}")
    return HomeUnusable(f"{path.name} cannot be written into {path.parent} ({error.strerror}).{kept}")


def write_whole(path: Path, text: str) -> None:
    """Owner only, whole or not at all, and on the disk when this returns. Raises OSError."""
    beside = path.with_name(path.name + ".new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | NO_LINK, OWNER_ONLY_FILE)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(path)
    fsync_folder(path.parent)


def fsync_folder(folder: Path) -> None:
    if os.name != "posix":  # Windows has no such thing
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
