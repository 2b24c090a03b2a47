"""Calendars cut into entries: folded lines, parts within parts, and files that have no end."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gum_app.errors import BadInput
from gum_app.world import calendar_lines
from gum_app.world.calendar_lines import CalendarLines, calendars_in, read_calendar
from tests.brought import a_calendar, an_entry


def read(path: Path) -> CalendarLines | None:
    return read_calendar(path, lambda _at: None)


def whole(path: Path) -> CalendarLines:
    found = read(path)
    assert found is not None
    return found


def test_only_the_lines_that_are_wanted_pass_through(tmp_path: Path) -> None:
    alarm = ("BEGIN:VALARM", "SUMMARY:An alarm", "END:VALARM")
    entry = an_entry("a", "Dentist", ":20260312", "DESCRIPTION:zanzibar", *alarm)
    task = ("BEGIN:VTODO", "SUMMARY:A task", "END:VTODO")
    found = whole(a_calendar(tmp_path / "a.ics", entry, *task, name="Home\\, sweet"))
    assert found.entries == {"a": [["UID:a", "SUMMARY:Dentist", "DTSTART:20260312"]]}
    assert found.name == "Home, sweet"


def test_a_folded_line_is_one_also_within_a_letter(tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    folded = "SUMMARY:Zahnärztin".encode().replace(b"\xa4", b"\r\n \xa4")
    path.write_bytes(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\n" + folded + b"\r\nEND:VEVENT\r\nEND:VCALENDAR")
    assert whole(path).entries["a"][0][1] == "SUMMARY:Zahnärztin"


def test_entries_of_one_uid_stand_together_and_those_without_have_one_of_their_own(tmp_path: Path) -> None:
    uids = (("a", "x"), ("a", "y"), ("", "x"), ("", "y"), ("", "x"))
    found = whole(a_calendar(tmp_path / "a.ics", *(an_entry(uid, title, ":20260312") for uid, title in uids)))
    assert [len(blocks) for blocks in found.entries.values()] == [2, 2, 1]


def test_a_line_without_an_end_is_not_held_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar_lines, "LONGEST_LINE", 1000)
    path = tmp_path / "a.ics"
    folds = "".join(f"\r\n {'y' * 500}" for _ in range(100))
    head = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a"
    path.write_text(f"{head}\r\nSUMMARY:x{folds}\r\nEND:VEVENT\r\n{'z' * 100_000}")
    (block,) = whole(path).entries["a"]
    assert len(block[1]) < 2000


def test_too_many_entries_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar_lines, "MOST_ENTRIES", 2)
    path = a_calendar(tmp_path / "a.ics", *(an_entry(str(n), "x", ":20260312") for n in range(3)))
    with pytest.raises(BadInput, match=r"more than 2 entries.*\.$"):
        read(path)


@pytest.mark.parametrize("content", [b"", b"hello", b"\r\n\r\nBEGIN:VCARD"])
def test_what_does_not_begin_as_one_is_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.ics"
    path.write_bytes(content)
    assert read(path) is None


def test_a_folder_is_looked_through_in_order_and_links_lead_nowhere(tmp_path: Path) -> None:
    folder = tmp_path / "calendars"
    (folder / "more").mkdir(parents=True)
    paths = [a_calendar(folder / "a.ics"), a_calendar(folder / "b.ICS"), a_calendar(folder / "more" / "c.ics")]
    os.mkfifo(folder / "pipe.ics")
    (folder / "round").symlink_to(folder)
    (folder / "self.ics").symlink_to(folder / "self.ics")
    assert calendars_in(folder) == paths


def test_a_folder_without_calendars_or_with_too_many_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "calendars"
    folder.mkdir()
    with pytest.raises(BadInput, match="no calendar"):
        calendars_in(folder)
    monkeypatch.setattr(calendar_lines, "MOST_FILES", 1)
    a_calendar(folder / "a.ics")
    a_calendar(folder / "b.ics")
    with pytest.raises(BadInput, match="more than 1"):
        calendars_in(folder)


ENTRY = ("BEGIN:VEVENT", "UID:a", "SUMMARY:x", "END:VEVENT")


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        (("BEGIN:VTIMEZONE", "TZID:X", "END:VTIMEZONE") * 10_000, "zones"),
        (ENTRY * 3_000, "entries"),
        (("BEGIN:VEVENT", *["EXDATE:" + "20261201," * 5_000] * 10, "END:VEVENT"), "words"),
    ],
)
def test_nobody_makes_a_calendar_larger_than_we_can_bear(tmp_path: Path, lines: tuple[str, ...], left: str) -> None:
    path = tmp_path / "a.ics"
    path.write_text("\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR"]))
    found = whole(path)
    assert len(found.zones) <= calendar_lines.LONGEST_ZONES, left
    assert sum(map(len, found.entries.values())) <= calendar_lines.MOST_OF_ONE, left
    assert found.broken == {"zones": 0, "entries": 1_000, "words": 1}[left], "and what is left out is counted"


def test_parts_within_parts_without_end_are_no_calendar(tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    path.write_text("BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\n" * 1_000)
    with pytest.raises(BadInput, match="too many parts within parts"):
        read(path)
