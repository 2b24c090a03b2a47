from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from gum_app.pipeline.routines import routines
from gum_app.records import Observation, ObservationId
from tests.builders import NOON, an_observation

MONDAY = NOON.replace(day=9)


def episode(day: int, clock: str, minutes: int, app: str, title: str, **more: Any) -> Observation:
    hour, minute = map(int, clock.split(":"))
    start: datetime = MONDAY.replace(hour=hour, minute=minute) + timedelta(days=day)
    return an_observation(
        id=ObservationId(day * 100 + hour * 4 + minute // 15),
        app=app,
        title=title,
        started_at=start,
        ended_at=start + timedelta(minutes=minutes),
        active_seconds=minutes * 60.0,
        lines=(),
        **more,
    )


def a_day(day: int) -> list[Observation]:
    return [
        episode(day, "08:30", 30, "thunderbird", "Inbox – Mozilla Thunderbird"),
        episode(day, "09:15", 10, "firefox", "River level – Rivers — Mozilla Firefox"),
        episode(day, "09:30", 170, "code", "a.go — shop — Visual Studio Code", dark_share=0.9),
        episode(day, "13:10", 200, "Slack", "team (Channel) - School - Slack", dark_share=0.9),
        episode(day, "16:35", 25, "foot", "tmux: main — nvim notes.md", dark_share=1.0),
        episode(day, "20:45", 60, "firefox", "Rust Book – docs — Mozilla Firefox", dark_share=0.8),
    ]


def texts(observations: list[Observation]) -> set[str]:
    return {draft.text for draft in routines(observations, now=NOON)}


def test_one_day_is_no_routine() -> None:
    assert not any("Usually" in text for text in texts(a_day(0)))


def test_two_like_days_tell_hours_break_order_and_evening() -> None:
    found = texts(a_day(0) + a_day(1))
    assert "Usually starts at the computer at about 08:30 on working days and stops at about 17:00." in found
    assert "Usually takes a break from the computer at midday, from about 12:15 to 13:15." in found
    assert "Usually begins the day with mail in Thunderbird." in found
    assert "Usually ends the working day with notes.md." in found
    assert "Is often back at the computer in the evening, from about 20:45, mostly with docs." in found


def test_a_page_looked_at_at_the_same_hour_each_day_is_a_habit() -> None:
    assert "Usually looks at “River level” at about 09:15." in texts(a_day(0) + a_day(1))


def test_a_page_that_is_open_all_day_is_none() -> None:
    often = [
        episode(day, f"{hour}:40", 5, "firefox", "River level – Rivers — Mozilla Firefox")
        for day in (0, 1)
        for hour in range(10, 16)
    ]
    assert not any("River level" in text for text in texts(a_day(0) + a_day(1) + often))


def test_days_that_differ_have_no_usual_hours() -> None:
    late = [episode(1, clock, 30, "code", "a.go — shop — Visual Studio Code") for clock in ("12:00", "13:00", "14:00")]
    assert not any(text.startswith("Usually starts") for text in texts(a_day(0) + late))


def test_dark_windows_of_several_programs_are_a_preference_and_terminals_do_not_count() -> None:
    assert any(text.startswith("Prefers dark themes") for text in texts(a_day(0)))
    dark_terminals = [
        episode(0, f"1{n}:00", 9, app, "zsh", dark_share=1.0) for n, app in enumerate(("foot", "kitty", "xterm"))
    ]
    assert texts(dark_terminals) == set()


def test_a_light_majority_is_no_preference_for_dark() -> None:
    light = [episode(0, f"1{n}:30", 9, f"app{n}", f"x.txt – App{n}", dark_share=0.1) for n in range(6)]
    assert not any("dark" in text for text in texts(a_day(0) + light))


def test_every_routine_quotes_titles_of_its_episodes() -> None:
    observations = a_day(0) + a_day(1)
    titles = {observation.title for observation in observations}
    for draft in routines(observations, now=NOON):
        assert draft.evidence
        assert all(item.quote in titles for item in draft.evidence)


def test_a_window_left_open_over_night_is_not_what_a_day_begins_with() -> None:
    left = episode(1, "08:15", 2, "foot", "tmux: main — nvim notes.md")
    days = [e for e in a_day(0) if e.started_at.hour < 18] + [left] + a_day(1)
    assert "Usually begins the day with mail in Thunderbird." in texts(days)


def blocks_of_work(*lengths: int) -> list[Observation]:
    """Three stretches a day on four days, half an hour apart."""
    return [
        episode(day, clock, lengths[n % len(lengths)], "code", "a.go — shop — Visual Studio Code")
        for day in range(4)
        for n, clock in enumerate(("08:00", "11:00", "14:00"))
    ]


def test_stretches_of_work_have_a_usual_length_only_where_they_are_alike() -> None:
    assert "Usually works in stretches of about 50 minutes between two breaks." in texts(blocks_of_work(50, 55, 45))
    assert not any("stretches" in text for text in texts(blocks_of_work(15, 50, 150)))
    assert not any("stretches" in text for text in texts(a_day(0) + a_day(1)))
