"""From a log of windows to episodes: only time that somebody spent, no window that may have been private."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from gum_app.pipeline.imported_windows import PastEpisode, episodes, stretches
from gum_app.world.imports import MachineLog, Span, TabEvent, WindowEvent
from tests.builders import NOON


def at(seconds: float) -> object:
    return NOON + timedelta(seconds=seconds)


def a_window(since: float, until: float, app: str = "Code", title: str = "a.py — Code") -> WindowEvent:
    return WindowEvent(started_at=at(since), ended_at=at(until), app=app, title=title)  # type: ignore[arg-type]


def a_tab(since: float, until: float, title: str = "Rust", *, private: bool = False, browser: str = "") -> TabEvent:
    return TabEvent(
        started_at=at(since),  # type: ignore[arg-type]
        ended_at=at(until),  # type: ignore[arg-type]
        browser=browser,
        title=title,
        url=f"https://example.org/{title}",
        private=private,
    )


def a_log(
    windows: Iterable[WindowEvent], tabs: Iterable[TabEvent] = (), there: Iterable[tuple[float, float]] | None = None
) -> MachineLog:
    presence = None if there is None else iter([Span(at(since), at(until)) for since, until in there])  # type: ignore[arg-type]
    return MachineLog(host="laptop", windows=iter(windows), tabs=iter(tabs), presence=presence)


def spans(found: Iterable[PastEpisode]) -> list[tuple[float, float, float]]:
    return [
        (
            (each.started_at - NOON).total_seconds(),
            (each.ended_at - NOON).total_seconds(),
            each.active_seconds,
        )
        for each in found
    ]


def test_heartbeats_of_one_thing_are_one_episode() -> None:
    beats = [a_window(0, 10), a_window(10, 20, title="● a.py — Code"), a_window(50, 60)]
    assert spans(episodes(a_log(beats))) == [(0, 60, 30)]


def test_another_window_or_a_long_break_begins_another() -> None:
    beats = [a_window(0, 10), a_window(10, 20, "foot", "~"), a_window(20, 30), a_window(400, 410)]
    assert spans(episodes(a_log(beats))) == [(0, 10, 10), (10, 20, 10), (20, 30, 10), (400, 410, 10)]


def test_a_long_time_is_cut_like_here() -> None:
    beats = [a_window(60 * n, 60 * (n + 1)) for n in range(25)]
    assert [round(seconds) for _, _, seconds in spans(episodes(a_log(beats)))] == [600, 600, 300]


def test_time_that_two_events_count_is_spent_once() -> None:
    assert spans(episodes(a_log([a_window(0, 30), a_window(20, 40)]))) == [(0, 40, 40)]


def test_only_time_in_which_somebody_was_there_counts() -> None:
    found = spans(episodes(a_log([a_window(0, 1000)], there=[(10, 20), (20, 30), (900, 2000)])))
    assert found == [(10, 30, 20), (900, 1000, 100)]
    assert spans(episodes(a_log([a_window(0, 1000)], there=[]))) == []


def test_a_tab_tells_the_address_of_the_window_that_shows_it() -> None:
    window = a_window(0, 100, "Firefox", "Rust — Mozilla Firefox")
    found = list(stretches(a_log([window], [a_tab(20, 60), a_tab(60, 80, "Cats")])))
    assert [each.window.url for each in found] == [None, "https://example.org/Rust", None, None]
    editor = a_log([a_window(0, 100)], [a_tab(0, 100)])
    assert [each.window.url for each in stretches(editor)] == [None], "a tab in the background"


def test_a_private_tab_makes_its_window_private() -> None:
    chrome = a_window(0, 100, "Google Chrome", "Cats - Google Chrome")
    (found,) = stretches(a_log([chrome], [a_tab(0, 100, "Cats", private=True, browser="chrome")]))
    assert found.window.private
    (other,) = stretches(a_log([chrome], [a_tab(0, 100, "Cats", private=True, browser="firefox")]))
    assert not other.window.private and other.may_be_private


def test_of_a_browser_that_does_not_tell_a_tab_has_to_vouch() -> None:
    chrome = a_window(0, 100, "google-chrome", "Cats - Google Chrome")
    assert [each.may_be_private for each in stretches(a_log([chrome]))] == [True]
    assert [each.may_be_private for each in stretches(a_log([chrome], [a_tab(0, 100, "Dogs")]))] == [True]
    assert [each.may_be_private for each in stretches(a_log([chrome], [a_tab(0, 100, "Cats")]))] == [False]
    firefox = a_window(0, 100, "firefox.exe", "Cats — Mozilla Firefox")
    assert [each.may_be_private for each in stretches(a_log([firefox]))] == [False]


def test_tabs_stand_for_windows_where_nobody_watched_those() -> None:
    found = list(stretches(a_log([], [a_tab(0, 10, browser="firefox"), a_tab(10, 20, private=True)])))
    assert [(each.window.app, each.window.private) for each in found] == [("firefox", False), ("browser", True)]


EVENTS = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 120), st.sampled_from("ab")), max_size=20)
THERE = st.none() | st.lists(st.tuples(st.integers(0, 400), st.integers(0, 200)), max_size=8)


@settings(deadline=None)
@given(events=EVENTS, there=THERE)
def test_no_second_is_invented_and_none_is_spent_where_nobody_was(
    events: list[tuple[int, int, str]], there: list[tuple[int, int]] | None
) -> None:
    windows = sorted((a_window(s, s + n, app) for s, n, app in events), key=lambda event: event.started_at)
    given_there = None if there is None else sorted((s, s + n) for s, n in there)
    found = list(episodes(a_log(windows, there=given_there)))
    seconds = {n + 0.5 for s, lasted, _ in events for n in range(s, s + lasted)}
    if given_there is not None:
        seconds &= {n + 0.5 for s, e in given_there for n in range(s, e)}
    covered = {n + 0.5 for s, e, _ in spans(found) for n in range(int(s), int(e))}
    assert seconds <= covered, "nothing is lost"
    for episode in found:
        assert episode.active_seconds <= (episode.ended_at - episode.started_at).total_seconds() + 1e-6
    assert sum(each.active_seconds for each in found) <= sum(lasted for _, lasted, _ in events) + 1e-6
