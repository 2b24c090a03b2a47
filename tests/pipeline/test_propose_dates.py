from __future__ import annotations

from datetime import date, timedelta

import pytest

from gum_app.pipeline import propose_dates
from gum_app.pipeline.gathered import Gathered
from gum_app.records import Draft, Sighting
from tests.builders import NOON
from tests.screens import ANNA, a_sighting


def gathered(*sightings: Sighting) -> Gathered:
    return Gathered(sightings, ANNA, NOON + timedelta(hours=6))


def entry(*days: str, number: int = 1, **detail: str) -> Sighting:
    full = {
        "title": "Keys Coolhaven",
        "days": ",".join(days),
        "range": "",
        "start": "",
        "end": "",
        "place": "",
        "first": "2026-03-09",
        "last": "2026-03-15",
        **detail,
    }
    return a_sighting("event:keys", number, kind="schedule", detail=full)


def text(draft: Draft | None) -> str | None:
    return draft.text if draft is not None else None


def test_an_entry_ahead_is_a_plan_and_lasts_until_its_day() -> None:
    draft = propose_dates.event(gathered(entry("2026-03-30", start="09:30")))
    assert text(draft) == "Has “Keys Coolhaven” in the calendar on Monday 30 March 2026 at 09:30."
    assert draft is not None
    assert (draft.kind, draft.value, draft.half_life_days) == ("plan", "2026-03-30 09:30", 20.0)


def test_what_is_over_is_nothing() -> None:
    assert propose_dates.event(gathered(entry("2026-03-09"))) is None


def test_what_stands_on_many_weekdays_recurs() -> None:
    days = [f"2026-03-{day:02}" for day in range(9, 14)]
    assert text(propose_dates.event(gathered(entry(*days, title="Lunch walk", start="12:45", end="13:30")))) == (
        "Keeps “Lunch walk” in the calendar on weekdays, 12:45–13:30."
    )


def test_what_stands_on_one_weekday_of_two_weeks_recurs_weekly() -> None:
    assert text(propose_dates.event(gathered(entry("2026-03-11", "2026-03-18", title="Choir", start="19:30")))) == (
        "Keeps “Choir” in the calendar every Wednesday at 19:30."
    )


def test_consecutive_days_are_a_span() -> None:
    days = [f"2026-10-{day}" for day in range(24, 32)]
    assert text(
        propose_dates.event(gathered(entry(*days, title="MADEIRA", first="2026-09-28", last="2026-11-01")))
    ) == ("Has “MADEIRA” in the calendar from Saturday 24 October 2026 to Saturday 31 October 2026.")


def test_a_day_that_a_later_look_no_longer_shows_is_gone() -> None:
    before = entry("2026-03-11", number=1, start="15:00")
    after = entry("2026-03-12", number=2, start="11:00")
    draft = propose_dates.event(gathered(before, after))
    assert draft is not None
    assert draft.value == "2026-03-12 11:00"
    assert [item.observation_id for item in draft.evidence] == [2]


def test_a_changed_invitation_takes_the_old_day_of_that_week_away() -> None:
    before = entry("2026-03-11", number=1)
    changed = entry("2026-03-12", number=2, first="2026-03-12", last="2026-03-12", moved="yes")
    draft = propose_dates.event(gathered(before, changed))
    assert draft is not None and draft.value == "2026-03-12"


def test_ordinary_appointments_of_the_week_weigh_less_than_deadlines_and_half_read_ones_least() -> None:
    drafts = [
        propose_dates.event(gathered(entry("2026-03-13", title=title)))
        for title in ("Security training due", "Team lunch", "lukas")
    ]
    weights = [draft.confidence_raw for draft in drafts if draft is not None]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] > 0.5 > weights[1]


def test_two_things_at_once_are_told_until_then() -> None:
    detail = {"one": "1:1 Henrike", "other": "Incident review", "day": "2026-03-12", "start": "11:00"}
    assert text(propose_dates.clash(gathered(a_sighting("clash:x", detail=detail)))) == (
        "Has two things at once on Thursday 12 March 2026 at 11:00: “1:1 Henrike” and “Incident review”."
    )
    assert propose_dates.clash(gathered(a_sighting("clash:x", detail={**detail, "day": "2026-03-01"}))) is None


def test_a_deed_is_told_with_its_latest_day() -> None:
    detail = {
        "deed": "arranged",
        "site": "Rijnmond Vans",
        "text": "Your booking has been changed.",
        "page": "My booking",
    }
    first = a_sighting("deed:x", 1, value="2026-03-28", detail={**detail, "day": "2026-03-28", "start": ""})
    moved = a_sighting("deed:x", 2, value="2026-03-30", detail={**detail, "day": "2026-03-30", "start": "10:00"})
    draft = propose_dates.deed(gathered(first, moved))
    assert text(draft) == (
        "Has arranged something with Rijnmond Vans (Monday 30 March 2026 at 10:00): “Your booking has been changed.”"
    )
    assert draft is not None and draft.value == "2026-03-30"


def test_a_course_is_told_with_how_far_one_is() -> None:
    detail = {"site": "falajá", "page": "Unit 9", "progress": "41-day streak"}
    assert text(propose_dates.course(gathered(a_sighting("course:x", detail=detail)))) == (
        "Is taking a course or doing exercises with falajá: “Unit 9”, “41-day streak”."
    )
    assert propose_dates.course(gathered(a_sighting("course:x", seconds=5.0, detail=detail))) is None


# Calendars that were brought in: all their days are known


def brought_in(*days: str, **detail: str) -> Sighting:
    return entry(*days, number=1, first=days[0], last=days[0], imported="yes", **detail)


def every(start: date, step: int, count: int = 8) -> list[str]:
    return [(start + timedelta(days=step * n)).isoformat() for n in range(count)]


@pytest.mark.parametrize(
    ("days", "how"),
    [
        (every(date(2026, 3, 3), 7), "every Tuesday"),
        ([day for n, day in enumerate(every(date(2026, 3, 3), 7)) if n != 3], "every Tuesday"),
        (every(date(2026, 3, 3), 14), "every other Tuesday"),
        (["2026-03-03", "2026-04-07", "2026-05-05"], "once a month"),
        (["2026-03-15", "2026-04-15", "2026-05-15"], "once a month"),
        (every(date(2026, 3, 2), 1, 14), "every day"),
        ([day for day in every(date(2026, 3, 2), 1, 14) if date.fromisoformat(day).weekday() < 5], "on weekdays"),
        (["2026-03-10", "2026-03-12", "2026-03-17", "2026-03-19"], "on Tuesdays and Thursdays"),
        (["2026-03-12", "2027-03-12"], ""),
        (["2026-03-12"], ""),
        (["2026-03-12", "2026-05-01", "2026-05-03"], ""),
    ],
)
def test_how_an_entry_recurs_is_reckoned_from_its_days(days: list[str], how: str) -> None:
    assert propose_dates.recurrence_of([date.fromisoformat(day) for day in days]) == how


def test_what_was_brought_in_says_so_and_keeps_the_zone_of_its_hours() -> None:
    hours = {"start": "10:00", "end": "10:15", "zone": "America/New_York"}
    draft = propose_dates.event(gathered(brought_in(*every(date(2026, 3, 3), 7), **hours)))
    assert text(draft) == ("Keeps “Keys Coolhaven” in the calendar every Tuesday, 10:00–10:15 (America/New_York).")
    assert draft is not None and draft.why == "It stands in a calendar that you brought in."


def test_one_that_recurred_until_lately_is_no_habit_any_more() -> None:
    assert propose_dates.event(gathered(brought_in(*every(date(2025, 11, 4), 7)))) is None


def test_a_stretch_of_days_is_no_habit() -> None:
    draft = propose_dates.event(gathered(brought_in(*every(date(2026, 3, 12), 1, 5), range="yes")))
    assert text(draft) == ("Has “Keys Coolhaven” in the calendar from Thursday 12 March 2026 to Monday 16 March 2026.")
