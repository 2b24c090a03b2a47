"""Calendars as programs write them: zones, recurrence, what was changed of single days, and what is broken."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gum_app.errors import BadInput, GaveWay
from gum_app.world.import_calendar import (
    BROKEN,
    CANCELLED,
    NO_CALENDAR,
    OUTSIDE,
    RULE_NOT_FOLLOWED,
    UNTITLED,
    CalendarFiles,
)
from gum_app.world.imports import Aside, CalendarEntry
from tests.brought import a_calendar, an_entry, around, everything, local_zone
from tests.builders import NOON

ZONE = """BEGIN:VTIMEZONE
TZID:Custom/Office
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE"""


def things(folder: Path, *entries: str, name: str = "Work") -> list[object]:
    return list(everything(CalendarFiles(a_calendar(folder / "work.ics", *entries, name=name), around())))


def entry(folder: Path, *lines: str, begins: str = ":20260312T150000Z", title: str = "Dentist") -> CalendarEntry:
    (found,) = things(folder, an_entry("a", title, begins, *lines))
    assert isinstance(found, CalendarEntry), found
    return found


def test_when_what_and_where_and_nothing_else(tmp_path: Path) -> None:
    found = entry(
        tmp_path,
        "DTEND:20260312T160000Z",
        "LOCATION:Room 4\\, second floor",
        "DESCRIPTION:Code 4711 zanzibar",
        "ATTENDEE;CN=Mia:mailto:mia@example.org",
        "BEGIN:VALARM",
        "SUMMARY:An alarm",
        "END:VALARM",
        title="Dentist\\, upstairs with a very lo\r\n ng line",
    )
    assert found.title == "Dentist, upstairs with a very long line"
    assert (found.place, found.calendar, found.days) == ("Room 4, second floor", "Work", (date(2026, 3, 12),))
    assert found.started_at == datetime(2026, 3, 12, 15, tzinfo=UTC)
    assert found.ended_at - found.started_at == timedelta(hours=1)
    assert not {"zanzibar", "mia", "alarm"} & set(repr(found).casefold().replace("'", " ").split())


def test_each_entry_keeps_its_zone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reference writes the local zone over all of them."""
    with local_zone(monkeypatch, "Europe/Berlin"):
        york = entry(tmp_path, begins=";TZID=America/New_York:20260312T100000")
        assert (f"{york.started_at:%H:%M}", york.zone) == ("10:00", "America/New_York")
        assert york.started_at == datetime(2026, 3, 12, 14, tzinfo=UTC), "summer time has begun there already"
        paris = entry(tmp_path, begins=";TZID=Europe/Paris:20260312T100000")
        assert (f"{paris.started_at:%H:%M}", paris.zone) == ("10:00", ""), "the hours are those of here"
        floating = entry(tmp_path, begins=":20260312T100000")
        assert floating.started_at == datetime(2026, 3, 12, 9, tzinfo=UTC)
        nobody_knows = entry(tmp_path, begins=";TZID=Nowhere/Land:20260312T100000")
        assert (f"{nobody_knows.started_at:%H:%M}", nobody_knows.zone) == ("10:00", "Nowhere/Land")
        utc = entry(tmp_path, begins=":20260312T233000Z")
        assert (f"{utc.started_at:%H:%M}", utc.days) == ("00:30", (date(2026, 3, 13),))
        whole_day = entry(tmp_path, begins=";VALUE=DATE:20260312")
        assert (whole_day.all_day, whole_day.days) == (True, (date(2026, 3, 12),))


def test_utc_is_shown_in_the_zone_of_its_calendar(tmp_path: Path) -> None:
    path = a_calendar(tmp_path / "a.ics", "X-WR-TIMEZONE:Asia/Tokyo", an_entry("a", "Call", ":20260312T233000Z"))
    (found,) = everything(CalendarFiles(path, around()))
    assert isinstance(found, CalendarEntry)
    assert (f"{found.started_at:%d %H:%M}", found.zone) == ("13 08:30", "Asia/Tokyo")


def test_a_zone_that_the_file_defines_itself(tmp_path: Path) -> None:
    zone = ZONE.replace("\n", "\r\n")
    path = a_calendar(tmp_path / "a.ics", zone, an_entry("a", "Call", ";TZID=Custom/Office:20260401T100000"))
    (found,) = everything(CalendarFiles(path, around()))
    assert isinstance(found, CalendarEntry)
    assert found.started_at == datetime(2026, 4, 1, 8, tzinfo=UTC)


def test_a_zone_that_changes_every_second_is_not_reckoned_with(tmp_path: Path) -> None:
    zone = ZONE.replace("FREQ=YEARLY;BYDAY=-1SU", "FREQ=SECONDLY").replace("Custom/Office", "Custom/Mad")
    path = a_calendar(tmp_path / "a.ics", zone, an_entry("a", "Call", ";TZID=Custom/Mad:20260401T100000"))
    (found,) = everything(CalendarFiles(path, around()))
    assert isinstance(found, CalendarEntry) and found.zone == "Custom/Mad"


def test_what_recurs_stands_on_all_its_days_but_those_that_were_changed(tmp_path: Path) -> None:
    master = an_entry(
        "a",
        "Standup",
        ";TZID=Europe/Berlin:20260303T100000",
        "DTEND;TZID=Europe/Berlin:20260303T101500",
        "RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20260407T080000Z",
        "EXDATE;TZID=Europe/Berlin:20260310T100000",
        "RDATE;TZID=Europe/Berlin:20260402T100000",
    )
    moved = an_entry(
        "a", "Standup", ";TZID=Europe/Berlin:20260318T110000", "RECURRENCE-ID;TZID=Europe/Berlin:20260317T100000"
    )
    off = an_entry(
        "a",
        "Standup",
        ";TZID=Europe/Berlin:20260324T100000",
        "RECURRENCE-ID;TZID=Europe/Berlin:20260324T100000",
        "STATUS:CANCELLED",
    )
    (found,) = things(tmp_path, master, moved, off)
    assert isinstance(found, CalendarEntry)
    assert [day.isoformat()[5:] for day in found.days] == ["03-03", "03-18", "03-31", "04-02", "04-07"]
    assert f"{found.started_at:%m-%d %H:%M}" == "03-18 11:00", "the next one"
    assert (f"{found.ended_at:%H:%M}", found.first_at.day, found.last_at.month) == ("11:15", 3, 4)


def test_hours_stay_through_a_change_of_the_clock(tmp_path: Path) -> None:
    found = entry(tmp_path, "RRULE:FREQ=WEEKLY", begins=";TZID=Europe/Berlin:20260210T100000")
    before, after = found.first_at, found.last_at
    assert f"{before:%H:%M}" == f"{after:%H:%M}" == "10:00"


def test_one_that_lasts_stands_on_each_of_its_days(tmp_path: Path) -> None:
    found = entry(tmp_path, "DTEND;VALUE=DATE:20260316", begins=";VALUE=DATE:20260313")
    assert [day.day for day in found.days] == [13, 14, 15]
    assert found.last_day == date(2026, 3, 15)


def test_only_what_touches_the_span_is_read_and_what_does_not_is_only_counted(tmp_path: Path) -> None:
    old = an_entry("old", "Old", ":20240312T150000Z")
    far = an_entry("far", "Far", ":20280312T150000Z")
    for_ever = an_entry("ever", "Ever", ":20100101T150000Z", "RRULE:FREQ=DAILY")
    found = things(tmp_path, old, far, for_ever)
    assert found[:2] == [Aside(OUTSIDE), Aside(OUTSIDE)]
    (ever,) = found[2:]
    assert isinstance(ever, CalendarEntry)
    assert ever.days[0] >= date(2025, 12, 9) and ever.days[-1] <= date(2027, 3, 11) and len(ever.days) > 400


def test_cancelled_ones_say_so(tmp_path: Path) -> None:
    aside, found = things(tmp_path, an_entry("a", "Dentist", ":20260312T150000Z", "STATUS:CANCELLED"))
    assert aside == Aside(CANCELLED)
    assert isinstance(found, CalendarEntry) and found.cancelled and found.days == ()


def test_what_is_marked_private_says_so(tmp_path: Path) -> None:
    assert entry(tmp_path, "CLASS:CONFIDENTIAL").confidential
    assert not entry(tmp_path, "CLASS:PUBLIC").confidential


def test_its_content_changes_with_what_it_says_and_with_nothing_else(tmp_path: Path) -> None:
    one = entry(tmp_path, "SEQUENCE:1", "DTSTAMP:20260101T000000Z", "DESCRIPTION:a")
    same = entry(tmp_path, "SEQUENCE:2", "DTSTAMP:20260201T000000Z", "DESCRIPTION:b")
    other = entry(tmp_path, begins=":20260312T160000Z")
    assert one.content == same.content != other.content
    assert (one.version, same.version, one.uid) == (1, 2, "a")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (an_entry("a", "Odd", ":sometime"), BROKEN),
        ("BEGIN:VEVENT\r\nUID:a\r\nSUMMARY:No day\r\nEND:VEVENT", BROKEN),
        (an_entry("a", "First", ":00010101T000000"), BROKEN),
        (an_entry("a", "", ":20260312T150000Z"), UNTITLED),
        ("\r\n".join(["BEGIN:VEVENT", *["RDATE:20260312T150000Z"] * 500, "END:VEVENT"]), BROKEN),
    ],
)
def test_a_broken_entry_does_not_end_the_others(tmp_path: Path, text: str, reason: str) -> None:
    found = things(tmp_path, text, an_entry("b", "Whole", ":20260312T150000Z"))
    assert Aside(reason) in found
    assert [thing.title for thing in found if isinstance(thing, CalendarEntry)] == ["Whole"]


def test_of_a_rule_that_is_not_followed_the_first_day_counts(tmp_path: Path) -> None:
    aside, found = things(tmp_path, an_entry("a", "Tick", ":20260312T150000Z", "RRULE:FREQ=SECONDLY"))
    assert aside == Aside(RULE_NOT_FOLLOWED)
    assert isinstance(found, CalendarEntry) and len(found.days) == 1


@pytest.mark.parametrize("content", [b"", b"hello", b"BEGIN:VCARD\r\nEND:VCARD", b"\xff\xfe\x00" * 50, b"A" * 300_000])
def test_what_is_no_calendar_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.ics"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=r"no calendar.*\.$"):
        everything(CalendarFiles(path, around()))


def test_one_that_ends_in_the_midst_gives_what_is_whole(tmp_path: Path) -> None:
    path = a_calendar(
        tmp_path / "a.ics", an_entry("a", "One", ":20260312T150000Z"), an_entry("b", "Two", ":20260312T150000Z")
    )
    path.write_bytes(path.read_bytes()[:-60])
    assert [thing.title for thing in everything(CalendarFiles(path, around())) if isinstance(thing, CalendarEntry)] == [
        "One"
    ]


# Folders


def test_a_folder_is_read_without_what_is_no_calendar(tmp_path: Path) -> None:
    folder = tmp_path / "calendars"
    (folder / "more").mkdir(parents=True)
    a_calendar(folder / "a.ics", an_entry("a", "One", ":20260312T150000Z"), name="")
    a_calendar(folder / "more" / "b.ICS", an_entry("b", "Two", ":20260312T150000Z"))
    (folder / "odd.ics").write_text("nothing")
    (folder / "notes.txt").write_text("nothing")
    os.mkfifo(folder / "pipe.ics")
    (folder / "round").symlink_to(folder)
    (folder / "lost.ics").symlink_to(folder / "nowhere")
    (folder / "self.ics").symlink_to(folder / "self.ics")
    found = everything(CalendarFiles(folder, around()))
    titles = [(thing.title, thing.calendar) for thing in found if isinstance(thing, CalendarEntry)]
    assert sorted(titles) == [("One", "a"), ("Two", "Work")]
    assert Aside(NO_CALENDAR) in found


def test_it_can_be_stopped(tmp_path: Path) -> None:
    path = a_calendar(tmp_path / "a.ics", an_entry("a", "One", ":20260312T150000Z"))

    def stop(_done: int, _of: int) -> None:
        raise GaveWay("Stopped.")

    with pytest.raises(GaveWay):
        list(CalendarFiles(path, around()).things(stop))


@settings(deadline=None, max_examples=60)
@given(
    lines=st.lists(
        st.sampled_from(["BEGIN:VEVENT", "END:VEVENT", "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VTIMEZONE"])
        | st.builds(
            "{}:{}".format,
            st.sampled_from(
                ["UID", "SUMMARY", "DTSTART", "DTEND", "RRULE", "EXDATE", "RDATE", "DURATION", "RECURRENCE-ID", "TZID"]
            ),
            st.sampled_from(
                ["20260312", "20260312T150000Z", "99991231T235959", "FREQ=DAILY", "FREQ=YEARLY", "P1D", "-P9W"]
            )
            | st.text(max_size=20),
        ),
        max_size=30,
    )
)
def test_no_file_whatever_is_in_it_breaks_it(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    path = tmp_path_factory.mktemp("any") / "a.ics"
    path.write_bytes("\r\n".join(["BEGIN:VCALENDAR", *lines]).encode("utf-8", "surrogatepass"))
    for thing in everything(CalendarFiles(path, around())):
        if isinstance(thing, CalendarEntry) and not thing.cancelled:
            assert thing.days == tuple(sorted(set(thing.days)))
            assert thing.title and thing.started_at.tzinfo is not None
            assert thing.first_at <= thing.started_at <= thing.last_at
            assert thing.last_at >= NOON - timedelta(days=91)
