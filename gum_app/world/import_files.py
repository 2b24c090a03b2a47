"""What a file or folder that the person names is: told by what is in it, never by its name alone."""

from __future__ import annotations

import stat
from pathlib import Path

from gum_app.errors import BadInput
from gum_app.world.import_activitywatch import ActivityWatchExport
from gum_app.world.import_gum import GumDatabase
from gum_app.world.imports import Around, Source

HEAD_BYTES = 4096
OWN_EXPORT = b'{"gum_export"'  # what gum-app itself has written
_MARK = b"\xef\xbb\xbf"  # of the order of bytes, which some programs write before everything
_SQLITE = b"SQLite format 3\0"
_PACKED = (b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"\x28\xb5\x2f\xfd")
NONE_OF_THEM = (
    "{} is nothing that can be brought in: that is an export of ActivityWatch (JSON), a gum.db, a calendar (.ics), a"
    " folder of calendars, or an export of gum-app."
)


def open_source(path: Path, around: Around) -> Source | None:
    """None: it is an export of gum-app itself. Raises BadInput where it is none of all that, or cannot be read."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:  # not there, no right to look, links in a circle, no possible name
        raise BadInput(f"{path.name or path} cannot be found: give a file or a folder that is there.") from error
    if stat.S_ISDIR(mode):
        return _calendars(path, around)
    if not stat.S_ISREG(mode):  # opening a pipe would wait for ever for somebody to write into it
        raise BadInput(f"{path.name} is no file: give one, or a folder of calendars.")
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError as error:
        raise BadInput(f"{path.name} cannot be read: look whether you may read it.") from error
    return _told_by(head, path, around)


def is_own_export(path: Path) -> bool:
    """Whether gum-app itself wrote it."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(HEAD_BYTES).removeprefix(_MARK).lstrip().startswith(OWN_EXPORT)
    except OSError:
        return False


def _told_by(head: bytes, path: Path, around: Around) -> Source | None:
    bare = head.removeprefix(_MARK).lstrip()
    if head.startswith(_SQLITE):
        return GumDatabase(path)
    if head.startswith(_PACKED):
        raise BadInput(f"{path.name} is packed: unpack it first, and give what was in it.")
    if bare.startswith(OWN_EXPORT):
        return None
    if bare[:15].upper() == b"BEGIN:VCALENDAR":
        return _calendars(path, around)
    if bare.startswith(b"{"):
        return ActivityWatchExport(path)
    raise BadInput(NONE_OF_THEM.format(path.name))


def _calendars(path: Path, around: Around) -> Source:
    from gum_app.world.import_calendar import CalendarFiles  # its library takes its time and memory

    return CalendarFiles(path, around)
