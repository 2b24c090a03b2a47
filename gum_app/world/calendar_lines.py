"""The files of calendars, cut into entries (RFC 5545, section 3.1): line by line, in bounded memory.

Only the lines that say when, what and where pass through. A broken line, an attachment or a description never gets
further than here.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from gum_app.errors import BadInput
from gum_app.world.imports import one_line

MOST_FILES = 20_000
DEEPEST = 3  # folders within the one that was named
MOST_ENTRIES = 100_000  # of one file
LONGEST_LINE = 100_000  # bytes, folded
LONGEST_ENTRY = 400  # lines that are read of it
LARGEST_ENTRY = 100_000  # characters of them
LARGEST_FILE = 100_000_000  # characters that are kept of one file
MOST_OF_ONE = 2_000  # entries with one UID: the days on which it is another
LONGEST_ZONE = 2_000  # lines
LONGEST_ZONES = 20_000  # lines of all of them
MOST_WITHIN = 20  # parts within parts; RFC 5545 has three

_WANTED = frozenset(
    "UID SUMMARY LOCATION DTSTART DTEND DURATION RRULE RDATE EXDATE RECURRENCE-ID STATUS CLASS SEQUENCE".split()  # noqa: SIM905
)
_NAME = re.compile(r"[A-Za-z0-9-]+")
_OTHER_THAN_YEARLY = re.compile(r"FREQ=(?!YEARLY)", re.IGNORECASE)


@dataclass
class CalendarLines:
    """The entries of one file, as the lines of their wanted properties; those of one UID together."""

    name: str = ""
    zone: str = ""
    zones: list[str] = field(default_factory=list)  # lines of VTIMEZONEs
    entries: dict[str, list[list[str]]] = field(default_factory=dict)
    count: int = 0
    characters: int = 0
    broken: int = 0


def calendars_in(folder: Path) -> list[Path]:
    """In the order of their names. Links to folders are not followed. Raises BadInput where there are none."""
    found: list[Path] = []
    for root, folders, files in os.walk(folder):
        if len(Path(root).relative_to(folder).parts) >= DEEPEST:
            folders.clear()
        folders.sort()
        named = (Path(root) / name for name in sorted(files) if name.casefold().endswith(".ics"))
        found += [path for path in named if path.is_file()]  # no pipe, which would be waited for
        if len(found) > MOST_FILES:
            raise BadInput(f"There are more than {MOST_FILES} calendars in {folder.name}: bring in fewer at once.")
    if not found:
        raise BadInput(f"There is no calendar (.ics) in {folder.name}.")
    return found


def read_calendar(path: Path, told: Callable[[int], None]) -> CalendarLines | None:
    """None: it is no calendar. Raises BadInput where it cannot be read."""
    lines = _Lines()
    try:
        for at, line in _unfolded(path):
            told(at)
            if not (lines.began or _begins(line)):
                return None
            lines.take(line)
    except OSError as error:
        raise BadInput(f"{path.name} cannot be read: look whether you may read it.") from error
    return lines.file if lines.began else None


class _Lines:
    """Sorts the lines of a file into its entries. What stands in a part of an entry, as in an alarm, is none of it."""

    def __init__(self) -> None:
        self.file = CalendarLines()
        self.began = False
        self._within: list[str] = []
        self._lines: list[str] = []

    def take(self, line: str) -> None:
        self.began = True
        name = name_of(line)
        part = line.partition(":")[2].strip().upper()
        if name == "BEGIN":
            if len(self._within) >= MOST_WITHIN:
                raise BadInput("That calendar is damaged: there are too many parts within parts in it.")
            self._within.append(part)
            if len(self._within) == 2:
                self._lines = []
        inside = self._within[1:]
        if inside[:1] == ["VTIMEZONE"] or (inside == ["VEVENT"] and name in _WANTED):
            self._lines.append(line)
        elif not inside:
            _of_calendar(self.file, name, line)
        if name == "END" and self._within:
            if inside in (["VEVENT"], ["VTIMEZONE"]):
                _end(self.file, inside[0], self._lines)
            self._within.pop()


def _begins(line: str) -> bool:
    return line.strip().upper() == "BEGIN:VCALENDAR"


def _unfolded(path: Path) -> Iterator[tuple[int, str]]:
    """Each logical line and the byte after it; of one that is too long its beginning."""
    whole: list[bytes] = []
    length = 0
    with path.open("rb") as file:
        while piece := file.readline(LONGEST_LINE):
            bare = piece.rstrip(b"\r\n")
            if piece[:1] in b" \t" and length:
                if length < LONGEST_LINE:
                    whole.append(bare[1:])
                    length += len(bare) - 1
                continue
            if length:
                yield file.tell(), _text(whole)
            whole, length = [bare], len(bare)
        if length:
            yield file.tell(), _text(whole)


def _text(pieces: list[bytes]) -> str:
    return b"".join(pieces).decode("utf-8", "replace").removeprefix("\ufeff")


def name_of(line: str) -> str:
    match = _NAME.match(line)
    return match[0].upper() if match else ""


def _of_calendar(file: CalendarLines, name: str, line: str) -> None:
    value = line.partition(":")[2].strip().replace("\\,", ",").replace("\\;", ";")
    if name in {"X-WR-CALNAME", "NAME"} and not file.name:
        file.name = one_line(value, 60)
    elif name == "X-WR-TIMEZONE":
        file.zone = one_line(value, 60)


def _end(file: CalendarLines, part: str, lines: list[str]) -> None:
    if part == "VTIMEZONE":
        text = "\n".join(lines)
        # A zone that changes by the second could keep us busy for ever; real ones change by the year.
        fits = len(lines) <= LONGEST_ZONE and len(file.zones) + len(lines) <= LONGEST_ZONES
        if fits and not _OTHER_THAN_YEARLY.search(text):
            file.zones += lines
        return
    characters = sum(map(len, lines))
    if len(lines) > LONGEST_ENTRY or characters > LARGEST_ENTRY:
        file.broken += 1
        return
    file.count, file.characters = file.count + 1, file.characters + characters
    if file.count > MOST_ENTRIES or file.characters > LARGEST_FILE:
        raise BadInput(f"There are more than {MOST_ENTRIES} entries in one calendar: bring in a part of it.")
    uid = next((line.partition(":")[2].strip() for line in lines if name_of(line) == "UID"), "")
    key = one_line(uid, 300) or hashlib.sha256("\n".join(lines).encode()).hexdigest()
    of_one = file.entries.setdefault(key, [])
    if len(of_one) >= MOST_OF_ONE:
        file.broken += 1
        return
    of_one.append(list(lines))
