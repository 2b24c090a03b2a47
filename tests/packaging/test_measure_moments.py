from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from tests import measuring

TRUTH: dict[str, Any] = {
    "moments": [
        {
            "id": "m1",
            "at": "2026-03-10T11:15:00+01:00",
            "good": True,
            "suggestion": "Move the van booking to Monday.",
            "why": "The mail has just come.",
            "evidence": ["frames/0001.png"],
        },
        {
            "id": "m2",
            "at": "2026-03-10T13:00:00+01:00",
            "good": False,
            "suggestion": "Anything.",
            "why": "Video call with the team.",
            "evidence": [],
        },
    ]
}
EVENTS: list[dict[str, Any]] = [
    {"kind": "unlock", "at": "2026-03-10T11:00:00+01:00"},
    *({"kind": "input", "at": f"2026-03-10T{11 + n // 60}:{n % 60:02}:30+01:00"} for n in range(120)),
    {"kind": "frame", "at": "2026-03-10T11:14:00+01:00", "image": "frames/0001.png"},
    {"kind": "lock", "at": "2026-03-10T13:00:00+01:00"},
    {"kind": "input", "at": "2026-03-10T13:02:00+01:00"},
]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    return measuring.load("measure_moments")


def offered(shown_at: str | None, title: str = "The van is booked for Saturday", **more: Any) -> dict[str, Any]:
    given = {"kind": "change", "why_now": "Since noon.", "seen_in": [1], "silences": [], **more}
    at = None if shown_at is None else f"2026-03-10T{shown_at}+01:00"
    return {"title": title, "shown_at": at, "act": {"kind": "reminder", "title": "x", "text": ""}, **given}


def scored(script: ModuleType, *offers: dict[str, Any], seen: Any = None) -> Any:
    return script.score(TRUTH, list(offers), EVENTS, seen)


def test_a_hit_is_shown_around_a_good_moment_and_each_counts_once(script: ModuleType) -> None:
    result = scored(script, offered("11:13:30"), offered("11:19:00"), offered("12:00:00"))
    assert list(result.hits) == ["m1"] and len(result.second) == 1 and len(result.false_alarms) == 1
    assert (result.precision, result.recall) == (0.5, 1.0)
    assert result.hours == pytest.approx(2.0, abs=0.05)
    assert result.false_an_hour == pytest.approx(0.5, abs=0.05)


def test_what_is_shown_at_an_unwelcome_moment_is_the_worst_sort(script: ModuleType) -> None:
    result = scored(script, offered("13:02:00"))
    assert list(result.disturbances) == ["m2"]
    assert (result.precision, result.recall, result.false_alarms) == (0.0, 0.0, [])


def test_nothing_shown_has_no_precision(script: ModuleType) -> None:
    assert scored(script, offered(None)).precision is None


def test_content_is_scored_whenever_it_was_shown(script: ModuleType) -> None:
    same = offered(None, "Move the booking of the van to Monday?")
    assert list(scored(script, same).found) == ["m1"]
    assert scored(script, offered("11:15:00", "A pause?")).found == {}


def test_fewer_words_do_where_it_rests_on_the_same_picture(script: ModuleType) -> None:
    near = {"id": 1, "started_at": "2026-03-10T11:10:00+01:00", "ended_at": "2026-03-10T11:20:00+01:00"}
    far = {"id": 1, "started_at": "2026-03-10T09:10:00+01:00", "ended_at": "2026-03-10T09:20:00+01:00"}
    assert scored(script, offered(None)).found == {}
    assert list(scored(script, offered(None), seen=[near]).found) == ["m1"]
    assert scored(script, offered(None), seen=[far]).found == {}


def test_the_reason_of_a_silence_is_compared_with_the_truth(script: ModuleType) -> None:
    def held_back(silence: str) -> dict[str, Any]:
        kept = {"silence": silence, "first_at": "2026-03-10T12:30:00+01:00", "last_at": "2026-03-10T13:00:30+01:00"}
        return offered(None, silences=[kept])

    assert scored(script, held_back("call")).silences["m2"] == ({"call"}, True)
    assert scored(script, held_back("typing")).silences["m2"] == ({"typing"}, False)
    assert scored(script).silences["m2"] == (set(), None)
