"""When a belief is over by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gum_app.rules.expiry import HALF_LIVES, last_day, why_over
from tests.builders import NOON  # a Tuesday, 10 March 2026


def over(**more: Any) -> str | None:
    defaults: dict[str, Any] = {
        "kind": "plan",
        "text": "Has the dentist on Monday 9 March 2026.",
        "value": "",
        "last_supported_at": NOON - timedelta(days=2),
        "half_life_days": 30.0,
        "now": NOON,
    }
    return why_over(**{**defaults, **more})


def test_an_appointment_is_over_when_its_day_is() -> None:
    assert over() == "Its day is over: Monday 9 March 2026."
    assert over(text="Has the dentist on Tuesday 10 March 2026.") is None, "today is not over"
    assert over(text="Has “Dentist” in the calendar.", value="2026-03-09 10:00") is not None
    assert over(text="Has “Dentist” in the calendar.", value="2026-03-11 10:00") is None


def test_a_journey_is_over_with_its_last_day() -> None:
    assert over(text="Is in Lisbon from Sunday 8 to Wednesday 11 March 2026.") is None
    assert over(text="Is in Lisbon from Friday 6 to Sunday 8 March 2026.") is not None


def test_a_day_that_was_said_as_tomorrow_counts_from_when_it_was_said() -> None:
    assert over(text="Plans: “I will fly tomorrow”") == "Its day is over: Monday 9 March 2026."


@pytest.mark.parametrize("text", ["Has choir every Friday 6 March 2026.", "Usually swims on Mondays, 2 March 2026."])
def test_what_recurs_has_no_last_day(text: str) -> None:
    assert over(text=text) is None
    assert over(text="Keeps choir in the calendar.", value="every Wednesday") is None


def test_a_day_in_what_is_no_plan_is_only_part_of_what_it_tells() -> None:
    assert over(kind="task", text="Works on the document report-2026-03-01.odt.") is None
    assert over(kind="interest", text="Reads about the strike of 3 March 2026.") is None


def test_what_has_faded_away_is_over_and_what_lasts_is_not() -> None:
    plain: dict[str, Any] = {"kind": "tool", "text": "Works with QGIS.", "half_life_days": 2.0}
    assert over(**plain, last_supported_at=NOON - timedelta(days=2 * HALF_LIVES + 1)) is not None
    assert over(**plain, last_supported_at=NOON - timedelta(days=2 * HALF_LIVES - 1)) is None
    assert over(**plain, last_supported_at=NOON + timedelta(days=400)) is None, "the clock jumped back"


def test_a_day_that_is_none_is_the_first_of_all() -> None:
    assert last_day(kind="plan", text="Has it.", value="2026-13-45", told_at=NOON) is not None
    assert last_day(kind="plan", text="Has it.", value="", told_at=NOON) is None
