"""What the windows say. Every sentence is made here and tested without a screen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gum_app.ui import wording
from tests.builders import NOON


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=40), "just now"),
        (timedelta(minutes=5), "5 min ago"),
        (timedelta(hours=5), "5 h ago"),
        (timedelta(days=1, hours=14), "2 days ago"),
        (timedelta(days=59), "59 days ago"),
        (timedelta(days=90), "3 months ago"),
        (timedelta(days=900), "2 years ago"),
    ],
)
def test_an_age_is_told_in_the_largest_unit_that_says_enough(ago: timedelta, said: str) -> None:
    assert wording.age(NOON - ago, NOON) == said


def test_an_instant_is_told_as_one_would_say_it() -> None:
    assert wording.moment(NOON, NOON) == "12:00"
    assert wording.moment(NOON - timedelta(days=1), NOON) == "yesterday 12:00"
    assert wording.moment(NOON - timedelta(days=8), NOON) == "2 March 12:00"
    assert wording.moment(NOON - timedelta(days=100), NOON) == "30 November 2025 12:00"
    assert wording.day_said(date(2026, 3, 10), date(2026, 3, 10)) == "Today, Tuesday 10 March"


@pytest.mark.parametrize(
    ("seconds", "said"), [(20, "under 1 min"), (750, "12 min"), (7500, "2 h 5 min"), (7200, "2 h")]
)
def test_a_length_of_time_is_told_in_hours_and_minutes(seconds: float, said: str) -> None:
    assert wording.lasts(seconds) == said


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 bytes"), (850_400, "850 KB"), (1_440_000, "1.4 MB"), (23e6, "23 MB"), (2e9, "2.0 GB")]
)
def test_bytes_are_told_as_file_managers_do(number: float, said: str) -> None:
    assert wording.bytes_told(number) == said


def test_a_text_is_turned_by_its_first_letter() -> None:
    assert wording.reads_right_to_left("“12: שלום, QGIS”")
    assert not wording.reads_right_to_left("QGIS שלום")
    assert not wording.reads_right_to_left("12 %")


def test_a_long_address_can_be_broken_and_loses_no_letter() -> None:
    address = "https://example.org/" + "a" * 200
    broken = wording.breakable(f"See {address} now")
    assert broken.replace("\u200b", "") == f"See {address} now"
    assert max(len(part) for part in broken.replace("\u200b", " ").split()) <= 20
    assert wording.breakable("words and /short/paths stay") == "words and /short/paths stay"


@pytest.mark.parametrize(
    ("app", "said"),
    [
        ("org.gnome.TextEditor", "Text Editor"),
        ("org.gnome.Terminal", "Terminal"),
        ("XTerm", "Terminal"),
        ("org.gnome.Nautilus", "File manager"),
        ("org.qgis.qgis", "QGIS"),
        ("firefox", "Firefox"),
        ("libreoffice-calc", "LibreOffice Calc"),
        ("Gimp-2.10", "Gimp-2.10"),
        ("Notes 2.1", "Notes 2.1"),
    ],
)
def test_a_program_has_the_name_people_know(app: str, said: str) -> None:
    assert wording.program(app) == said
    assert wording.program("", "note") == "Your note"
