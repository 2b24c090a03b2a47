"""What an entry of a calendar or a claim that was brought in says."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from gum_app.pipeline.audit import lines_of
from gum_app.pipeline.notice import names_seen, notice
from gum_app.pipeline.notice_imported import HEARSAY_WEIGHT
from gum_app.records import Observation, Person, Sighting
from gum_app.rules.entry_words import EntryWords, lines_of_entry
from gum_app.rules.imports import CALENDAR_APP, CLAIM_TITLE, GUM_APP
from tests.builders import NOON, an_observation

DAY = date(2026, 3, 12)


def brought_in(rows: list[str], app: str = CALENDAR_APP, title: str = "Dentist") -> Observation:
    return an_observation(
        source="import", app=app, title=title, active_seconds=0.0, lines=lines_of("\n".join(rows)), ended_at=NOON
    )


def an_entry(title: str = "Dentist", person: Person | None = None) -> list[Sighting]:
    entry = EntryWords(title=title, days=(DAY, DAY + timedelta(days=7)), start="10:00", end="10:30", place="Room 4")
    return list(notice(brought_in(lines_of_entry(entry), title=title), person or Person()))


def test_an_entry_is_seen_like_one_on_the_screen() -> None:
    (found,) = an_entry()
    assert (found.topic, found.kind, found.weight, found.quote) == ("event:dentist", "schedule", 1.0, "Dentist")
    assert found.detail["days"] == "2026-03-12,2026-03-19"
    assert (found.detail["start"], found.detail["end"], found.detail["place"]) == ("10:00", "10:30", "Room 4")


@pytest.mark.parametrize("title", ["Public holiday", "Good Friday", "MB: Standup", "Chemotherapy", "?"])
def test_holidays_entries_of_others_and_private_matters_say_nothing(title: str) -> None:
    assert an_entry(title, Person(name="Ada King")) == []


def test_a_title_cannot_write_the_other_lines() -> None:
    """It is one line, whatever it says; and that of another program is read as no entry."""
    assert list(notice(brought_in(["On 2026-03-12", "All day", "x"]), Person())) == []


def test_a_claim_weighs_little_and_has_a_topic_of_its_own() -> None:
    rows = ["Prefers tea over coffee.", "Concluded by the program gum."]
    (found,) = notice(brought_in(rows, GUM_APP, CLAIM_TITLE), Person())
    assert (found.weight, found.kind) == (HEARSAY_WEIGHT, "preference")
    assert found.topic.startswith("claim:")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Uses Vim.", "tool"),
        ("Plans a trip.", "plan"),
        ("Is currently working on a paper.", "interest"),
        ("Works on a paper.", "task"),
        ("Often works late.", "habit"),
        ("Collaborates with Mia.", "relationship"),
        ("Struggles with CSS.", "struggle"),
    ],
)
def test_the_kind_of_a_claim(text: str, kind: str) -> None:
    (found,) = notice(brought_in([text], GUM_APP, CLAIM_TITLE), Person())
    assert found.kind == kind


def test_nobody_is_named_by_what_was_brought_in() -> None:
    assert names_seen(brought_in(["Signed in as Ada King"], GUM_APP, CLAIM_TITLE)) == ()


def test_a_window_that_was_brought_in_is_noticed_like_one_that_was_seen() -> None:
    window: dict[str, Any] = {
        "app": "code",
        "title": "router.rs — parcel-router — Visual Studio Code",
        "active_seconds": 600.0,
    }
    here = notice(an_observation(source="window", **window), Person())
    there = notice(an_observation(source="import", **window), Person())
    assert {one.topic for one in there} == {one.topic for one in here} != set()
    assert notice(an_observation(source="import", **window | {"active_seconds": 2.0}), Person()) == ()
