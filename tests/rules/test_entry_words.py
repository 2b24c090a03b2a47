"""An entry of a calendar as lines: what is written is read back, whatever its title says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum_app.rules.entry_words import (
    MOST_DAYS_AHEAD,
    MOST_DAYS_BEFORE,
    EntryWords,
    entry_of_lines,
    lines_of_entry,
    near,
)

DAY = date(2026, 3, 12)
TITLES = st.text(min_size=1, max_size=40).map(lambda text: " ".join(text.split())).filter(bool)


def test_how_it_reads() -> None:
    entry = EntryWords(
        title="Dentist", days=(DAY,), start="10:00", end="10:30", zone="America/New_York", place="Room 4"
    )
    assert lines_of_entry(entry) == [
        "Dentist",
        "On 2026-03-12",
        "At 10:00–10:30 (America/New_York)",
        "Place: Room 4",
    ]
    span = EntryWords(title="Trip", days=(DAY, DAY + timedelta(days=1)), spans=True)
    assert lines_of_entry(span) == ["Trip", "From 2026-03-12 to 2026-03-13", "All day"]


@given(
    title=TITLES,
    place=st.just("") | TITLES,
    days=st.lists(st.dates(date(2000, 1, 1), date(2050, 1, 1)), min_size=1, max_size=5, unique=True).map(sorted),
    hours=st.sampled_from([("", ""), ("10:00", ""), ("10:00", "11:15")]),
    zone=st.sampled_from(["", "Europe/Berlin", "(odd)"]),
)
def test_what_is_written_is_read_back(
    title: str, place: str, days: list[date], hours: tuple[str, str], zone: str
) -> None:
    entry = EntryWords(title=title, days=tuple(days), start=hours[0], end=hours[1], zone=zone, place=place)
    read = entry_of_lines(lines_of_entry(entry))
    assert read is not None
    assert (read.title, read.days, read.start, read.end, read.place) == (title, entry.days, *hours, place)


def test_a_stretch_is_read_back_day_by_day() -> None:
    days = tuple(DAY + timedelta(days=n) for n in range(4))
    read = entry_of_lines(lines_of_entry(EntryWords(title="Trip", days=days, spans=True)))
    assert read is not None and read.spans and read.days == days


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["Dentist"],
        ["Dentist", "On 2026-03-12"],
        ["Dentist", "On some day", "All day"],
        ["Dentist", "On 2026-13-12", "All day"],
        ["Dentist", "On 2026-03-12", "At noon"],
        ["", "On 2026-03-12", "All day"],
    ],
)
def test_other_lines_are_no_entry(lines: list[str]) -> None:
    assert entry_of_lines(lines) is None


def test_the_days_around_today_are_kept() -> None:
    days = [DAY + timedelta(days=n) for n in range(-100, 100)]
    kept = near(days, DAY)
    assert len(kept) == MOST_DAYS_BEFORE + MOST_DAYS_AHEAD
    assert kept[MOST_DAYS_BEFORE] == DAY
