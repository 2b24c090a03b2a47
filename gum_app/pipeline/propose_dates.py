"""Sentences about days ahead: appointments and what recurs, bookings and deeds that a page confirms, courses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from gum_app.pipeline.gathered import Gathered
from gum_app.records import Draft, Kind, Sighting
from gum_app.rules.calendar_views import is_whole
from gum_app.rules.days import WEEKDAYS, day_text
from gum_app.rules.wording import shortened

WORKING_DAYS = 5
NEAR_DAYS = 7
LEAST_TIMES = 3  # before it is a habit
LONGEST_RHYTHM_DAYS = 35
SHORTEST_MONTH_DAYS = 28
_EVERY = {7: "every {}", 14: "every other {}"}
_BROUGHT_IN = "It stands in a calendar that you brought in."
_WEIGHTY = re.compile(
    r"\b(?:due|deadline|exam|flight|move|moving|keys|wedding|interview|presentation|talk|conference|defen[cs]e"
    r"|launch|release"
    r"|submit|submission|hand-?in|first day|last day|holiday|vacation|trip|surgery|closing|opening|concert"
    r"|rehearsal)\b",
    re.IGNORECASE,
)
_DEEDS = {
    "arranged": "Has arranged something with {site}{when}: “{text}”",
    "cancelled": "Has cancelled something with {site}{when}: “{text}”",
    "signed up": "Has signed up with {site}: “{text}”",
    "submitted": "Has handed in “{page}” at {site}{when}: “{text}”",
}


def event(known: Gathered) -> Draft | None:
    """A calendar entry: what recurs is a habit of the calendar, what lies ahead is a plan, what is over is nothing."""
    days, today = _current_days(known), known.now.date()
    recurring = _recurs(known, days)
    if recurring:
        return _recurring(known, recurring)
    ahead = [day for day in days if day > today]
    if not ahead:
        return None
    first, last = ahead[0], _last_of_run(ahead)
    there = [sighting for sighting in known.episodes if first in _days(sighting)]
    detail = next((s.detail for s in reversed(there) if s.detail["start"]), there[-1].detail)
    spans = last > first and (detail.get("range") or len([day for day in ahead if day <= last]) > (last - first).days)
    when = f"from {day_text(first)} to {day_text(last)}" if spans else f"on {day_text(first)}{_hours_of(detail)}"
    return known.draft(
        f"Has “{detail['title']}” in the calendar {when}.",
        kind="plan",
        raw=_event_prior(detail["title"], (first - today).days, spans=bool(spans)),
        half_life_days=_until(first, today),
        ceiling=0.92,
        why=_why(there, f"It stands in the calendar that you looked at: {known.counted()}."),
        rule="calendar",
        value=f"{first.isoformat()} {detail['start']}".strip(),
        only=there,
    )


def _recurs(known: Gathered, days: Sequence[date]) -> str:
    """What was brought in tells all its days: how it recurs is reckoned, as long as it does. On a screen it is guessed
    from the days that were looked at.
    """
    brought_in = [sighting for sighting in known.episodes if sighting.detail.get("imported")]
    if not brought_in:
        return _recurrence(days, timed=any(sighting.detail["start"] for sighting in known.episodes))
    each = [_days(sighting) for sighting in reversed(brought_in) if not sighting.detail["range"]]
    return next((how for some in each if some[-1] >= known.now.date() and (how := recurrence_of(some))), "")


def recurrence_of(days: Sequence[date]) -> str:
    """How an entry recurs that stands on exactly these days, a few left out; empty where that is no habit of a week or
    a month.
    """
    gaps = [(after - day).days for day, after in pairwise(days)]
    weekdays = sorted({day.weekday() for day in days})
    if len(days) < LEAST_TIMES or min(gaps) > LONGEST_RHYTHM_DAYS or len(weekdays) == 7:
        return "every day" if len(weekdays) == 7 and max(gaps) <= 7 and len(days) >= 7 else ""
    if len(weekdays) == 1 and min(gaps) in _EVERY:
        return _EVERY[min(gaps)].format(WEEKDAYS[weekdays[0]])
    if min(gaps) >= SHORTEST_MONTH_DAYS:
        return "once a month"
    if max(gaps) > 14 or min(gaps) > 5:
        return ""
    if weekdays == list(range(WORKING_DAYS)):
        return "on weekdays"
    named = [f"{WEEKDAYS[weekday]}s" for weekday in weekdays]
    return f"on {', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else ""


def _why(sightings: Sequence[Sighting], usual: str) -> str:
    return _BROUGHT_IN if all(sighting.detail.get("imported") for sighting in sightings) else usual


def _event_prior(title: str, days_ahead: int, *, spans: bool) -> float:
    """A near and ordinary appointment is worth less of a statement than a deadline, a journey or a far one."""
    if not is_whole(title):
        return 0.44
    weighty = spans or days_ahead > NEAR_DAYS or _WEIGHTY.search(title) is not None or title.isupper()
    return 0.7 if weighty else 0.48


def _current_days(known: Gathered) -> list[date]:
    """All days the entry has stood on, without those that a later look at the same days no longer shows."""
    days: set[date] = set()
    for sighting in known.episodes:
        first, last = date.fromisoformat(sighting.detail["first"]), date.fromisoformat(sighting.detail["last"])
        days = {day for day in days if not first <= day <= last}
        if sighting.detail.get("moved"):
            week = {day for day in days if abs((day - first).days) <= 7}
            days -= week
        days |= set(_days(sighting))
    return sorted(days)


def _days(sighting: Sighting) -> list[date]:
    return [date.fromisoformat(day) for day in sighting.detail["days"].split(",")]


def _last_of_run(days: Sequence[date]) -> date:
    last = days[0]
    for day in days[1:]:
        if day - last > timedelta(days=1) and len(days) > 2:
            break
        last = day
    return last


def _recurrence(days: Sequence[date], *, timed: bool) -> str:
    """How an entry recurs: "on weekdays", "on Tuesdays to Thursdays", "every Wednesday"; empty where it does not."""
    weekdays = sorted({day.weekday() for day in days})
    weeks = {day.isocalendar()[:2] for day in days}
    if len(weekdays) == 1 and len(weeks) >= 2:
        return f"every {WEEKDAYS[weekdays[0]]}"
    if timed and len(weekdays) >= 3 and weekdays[-1] < WORKING_DAYS:
        run = weekdays == list(range(weekdays[0], weekdays[-1] + 1))
        if len(weekdays) >= 4:
            return "on weekdays"
        return f"from {WEEKDAYS[weekdays[0]]} to {WEEKDAYS[weekdays[-1]]}" if run else ""
    return ""


def _recurring(known: Gathered, how: str) -> Draft:
    detail = next((s.detail for s in reversed(known.episodes) if s.detail["end"]), known.newest.detail)
    place = f" ({detail['place']})" if len(detail["place"]) > 3 else ""
    return known.draft(
        f"Keeps “{detail['title']}”{place} in the calendar {how}{_hours_of(detail)}.",
        kind="schedule",
        raw=0.76,
        half_life_days=60,
        ceiling=0.93,
        why=_why(
            known.episodes,
            f"The entry stands in the calendar on {len(_current_days(known))} days: {known.counted()}.",
        ),
        rule="calendar",
        value=how,
    )


def _hours_of(detail: dict[str, str]) -> str:
    if not detail["start"]:
        return ""
    zone = f" ({detail['zone']})" if detail.get("zone") else ""
    return f", {detail['start']}–{detail['end']}{zone}" if detail["end"] else f" at {detail['start']}{zone}"


def _until(day: date, today: date) -> float:
    """So many days until it is due, at least one: until then it does not fade away."""
    return max(1.0, float((day - today).days))


def clash(known: Gathered) -> Draft | None:
    detail = known.newest.detail
    day = date.fromisoformat(detail["day"])
    if day < known.now.date():
        return None
    return known.draft(
        f"Has two things at once on {day_text(day)} at {detail['start']}: “{detail['one']}” and “{detail['other']}”.",
        kind="schedule",
        raw=0.7,
        half_life_days=_until(day, known.now.date()),
        why="Both stand in the calendar at the same hour.",
        rule="clash",
    )


def deed(known: Gathered) -> Draft | None:
    newest = max(known.sightings, key=lambda sighting: sighting.at)
    detail = newest.detail
    when = ""
    half_life = 30.0
    if detail.get("day"):
        day = date.fromisoformat(detail["day"])
        when = f" ({day_text(day)}" + (f" at {detail['start']}" if detail["start"] else "") + ")"
        half_life = _until(day, known.now.date())
    kind: Kind = "plan" if detail["deed"] in {"arranged", "submitted"} else "tool"
    return known.draft(
        _DEEDS[detail["deed"]].format(
            site=detail["site"], page=detail["page"], when=when, text=shortened(detail["text"], 120)
        ),
        kind=kind,
        raw=0.7,
        half_life_days=max(half_life, 7.0),
        ceiling=0.92,
        why=f"The page confirmed it to you: {known.counted()}.",
        rule="confirmation",
        value=newest.value,
        only=[sighting for sighting in known.episodes if sighting.value == newest.value],
    )


def course(known: Gathered) -> Draft | None:
    detail = known.newest.detail
    if known.seconds < 60:
        return None
    progress = next((s.detail["progress"] for s in reversed(known.episodes) if s.detail["progress"]), "")
    shown = [part for part in (detail["page"], progress) if part and part.casefold() != detail["site"].casefold()]
    told = ", ".join(f"“{part}”" for part in shown[:2])
    return known.draft(
        f"Is taking a course or doing exercises with {detail['site']}{': ' + told if told else ''}.",
        kind="interest",
        raw=0.68,
        half_life_days=21,
        why=f"Its pages and their progress were in front in {known.counted()}.",
        rule="course",
    )
