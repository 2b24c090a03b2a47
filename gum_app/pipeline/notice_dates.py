"""Days ahead and the person's place in the world: calendars, confirmations, courses, and pages under their own name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from gum_app.pipeline.scene import Scene
from gum_app.records import Sighting
from gum_app.rules.calendar_views import Appointment, CalendarView, is_whole, read_calendar
from gum_app.rules.days import DayNamed, clock_times, days_in
from gum_app.rules.delicate import is_delicate
from gum_app.rules.identity import initials
from gum_app.rules.layout import Segment
from gum_app.rules.own_pages import (
    addressed,
    bar_of,
    confirmations,
    labelled_dates,
    own_dates,
    profile_of,
    progress_of,
    self_lines,
    without_mark,
)
from gum_app.rules.titles import PlaceKind, split_title
from gum_app.rules.wording import folded, slug, stems

CONFIRMED_SECONDS = 10.0
SURE = 0.6  # the reader's confidence, 0–1, below which a row is not believed
_IN_MINUTES = re.compile(r"\s+(?:in|starts in)\s+\d+\s+min\w*$", re.IGNORECASE)
_CHANGED = re.compile(
    r"^(?:invitation (?:changed|updated)|updated invitation|event (?:changed|moved)|rescheduled)\s*:\s*", re.IGNORECASE
)
_OTHERS_INITIALS = re.compile(r"^(?P<who>[A-Z]{2,3}):\s|\((?P<end>[A-Z]{2})\)$")
_NO_INITIALS = {"AM", "PM", "UK", "EU", "US", "HQ", "IT", "HR", "PR", "QA", "TV", "CV", "DIY", "TBC", "TBD", "WFH"}
_PUBLIC = re.compile(
    r"\b(?:bank|public|national) holiday\b|^(?:christmas|easter|new year|good friday)\W*(?:day|monday|eve)?$", re.I
)
LONGEST_SPAN_DAYS = 60
_HALF_HOUR = timedelta(minutes=30)


def notice_dates(scene: Scene) -> Iterator[Sighting]:
    if scene.observation.source == "notification":
        yield from _reminder(scene)
    elif not (scene.beside or scene.called) and scene.screens:
        for part in _READERS.get(scene.place.kind, ()):
            yield from part(scene, scene.screens[-1])


def _calendar(scene: Scene, screen: Sequence[Segment]) -> Iterator[Sighting]:
    title = f"{scene.observation.title} {scene.observation.url or ''}"
    view = read_calendar(screen, title, scene.observation.ended_at)
    if view is not None:
        yield from _appointments(scene, view)
        yield from _clashes(scene, view)


def _appointments(scene: Scene, view: CalendarView) -> Iterator[Sighting]:
    by_title: dict[str, list[Appointment]] = {}
    for entry in view.appointments:
        if not (is_anothers(entry.title, scene) or is_public(entry.title) or is_delicate(entry.title)):
            by_title.setdefault(slug(entry.title), []).append(entry)
    for key, entries in by_title.items():
        if not key:
            continue
        entries.sort(key=lambda entry: (entry.day, entry.start or time.min))
        timed = next((entry for entry in entries if entry.start), entries[0])
        days = sorted({day.isoformat() for entry in entries for day in _days_of(entry)})
        yield scene.sighting(
            f"event:{key}",
            "schedule",
            timed.quote,
            detail={
                "title": timed.title,
                "days": ",".join(days),
                "range": "yes" if any(entry.last_day for entry in entries) else "",
                "start": _text(timed.start),
                "end": _text(timed.end),
                "place": timed.detail,
                "first": view.first.isoformat(),
                "last": view.last.isoformat(),
            },
        )


def _days_of(entry: Appointment) -> list[date]:
    span = (entry.last_day - entry.day).days if entry.last_day else 0
    return [entry.day + timedelta(days=n) for n in range(min(span, LONGEST_SPAN_DAYS) + 1)]


def is_public(title: str) -> bool:
    """A holiday of everybody's."""
    return _PUBLIC.search(title) is not None


def is_anothers(title: str, scene: Scene) -> bool:
    """Entries of a colleague's shared calendar often begin or end with the colleague's initials."""
    match = _OTHERS_INITIALS.search(title)
    who = (match["who"] or match["end"]) if match else ""
    return bool(who) and who != initials(scene.person) and who not in _NO_INITIALS


def _clashes(scene: Scene, view: CalendarView) -> Iterator[Sighting]:
    today = scene.observation.ended_at.date()
    kept = [entry for entry in view.appointments if is_whole(entry.title) and not is_delicate(entry.title)]
    named = [entry for entry in kept if not is_anothers(entry.title, scene)]
    timed = [entry for entry in named if entry.start and entry.day >= today]
    for n, one in enumerate(timed):
        for other in timed[n + 1 :]:
            if one.day == other.day and not _same_title(one.title, other.title) and _overlap(one, other):
                titles = sorted((one.title, other.title))
                yield scene.sighting(
                    f"clash:{one.day.isoformat()}:{slug(titles[0], 3)}:{slug(titles[1], 3)}",
                    "schedule",
                    one.quote,
                    detail={
                        "one": titles[0],
                        "other": titles[1],
                        "day": one.day.isoformat(),
                        "start": _text(max(one.start or time.min, other.start or time.min)),
                    },
                )


def _same_title(one: str, other: str) -> bool:
    """The same entry, once in the grid and once in a list with more words."""
    ours, theirs = set(stems(one)), set(stems(other))
    return ours <= theirs or theirs <= ours


def _overlap(one: Appointment, other: Appointment) -> bool:
    (a, b), (c, d) = _span(one), _span(other)
    return a < d and c < b


def _span(entry: Appointment) -> tuple[datetime, datetime]:
    assert entry.start is not None
    start = datetime.combine(entry.day, entry.start)
    end = datetime.combine(entry.day, entry.end) if entry.end else start + _HALF_HOUR
    return start, end


def _reminder(scene: Scene) -> Iterator[Sighting]:
    observation = scene.observation
    if not re.search(r"calendar|kalender|reminder|agenda", observation.app, re.IGNORECASE):
        return
    summary = observation.title
    text = " ".join(line.text for line in observation.lines[1:])
    title = _IN_MINUTES.sub("", _CHANGED.sub("", summary)).strip()
    if is_delicate(f"{title} {text}") or not slug(title):
        return
    now_part = re.split(r"\(was\b", text)[0]
    days = [day for day in days_in(now_part, observation.ended_at) if day.day >= observation.ended_at.date()]
    hours = clock_times(now_part)
    day = days[0].day if days else observation.ended_at.date()
    yield scene.sighting(
        f"event:{slug(title)}",
        "schedule",
        summary,
        detail={
            "title": title,
            "days": day.isoformat(),
            "range": "",
            "start": _text(hours[0]) if hours else "",
            "end": _text(hours[1]) if hours else "",
            "place": "",
            "first": day.isoformat(),
            "last": day.isoformat(),
            "moved": "yes" if _CHANGED.match(summary) else "",
        },
    )


def _confirmed(scene: Scene, screen: Sequence[Segment]) -> Iterator[Sighting]:
    if scene.observation.active_seconds < CONFIRMED_SECONDS:
        return
    for entry in confirmations(screen, scene.observation.ended_at):
        if is_delicate(f"{entry.text} {scene.observation.title}"):
            continue
        site = scene.place.site or scene.place.name
        detail = {"deed": entry.deed, "site": site, "text": entry.text, "page": scene.place.name}
        if entry.day is not None:
            detail |= {"day": entry.day.day.isoformat(), "start": _text(entry.day.start), "day_quote": entry.day_quote}
        mine = 1.0 if addressed(screen, scene.person) else 0.8
        topic = f"deed:{entry.deed}:{slug(site)}"
        yield scene.sighting(topic, "plan", entry.quote, value=detail.get("day", ""), detail=detail, weight=mine)


def _profile(scene: Scene, screen: Sequence[Segment]) -> Iterator[Sighting]:
    parts = split_title(scene.observation.title)
    for line in profile_of(screen, parts, scene.person):
        detail = {"text": line.text}
        yield scene.sighting(f"self:{slug(line.label)}", line.kind, line.quote, value=folded(line.value), detail=detail)
    for row in own_dates(screen, parts, scene.person, scene.observation.ended_at):
        day = days_in(row.text, scene.observation.ended_at)[-1]
        yield _listed(scene, row, day, scene.place.name)


def _own_affairs(scene: Scene, screen: Sequence[Segment]) -> Iterator[Sighting]:
    site = scene.place.site or scene.place.name
    for label, value, day in labelled_dates(screen, scene.person, scene.observation.ended_at):
        text = f"{scene.place.name}: {label.text.rstrip(':')} {value.text}"
        detail = {"text": text, "day": day.day.isoformat(), "page": site}
        topic = f"listed:{slug(scene.place.name, most=4)}:{slug(label.text)}"
        yield scene.sighting(topic, "plan", value.quote, value=day.day.isoformat(), detail=detail, weight=0.9)
    if not scene.place.project:
        for row in self_lines(screen, scene.person)[:1]:
            detail = {"text": without_mark(row.text), "site": site}
            yield scene.sighting(f"self:at-{slug(site)}", "relationship", row.quote, detail=detail, weight=0.9)


def _course(scene: Scene, screen: Sequence[Segment]) -> Iterator[Sighting]:
    title = scene.observation.title
    in_terminal = scene.place.kind == "terminal"
    progress = bar_of(screen) if in_terminal else progress_of(screen)
    if progress is None:
        return
    site = title.rsplit("—", 1)[-1].strip() if in_terminal else scene.place.site or scene.place.name
    detail = {"site": site, "page": "" if in_terminal else scene.place.name, "progress": progress.text}
    yield scene.sighting(f"course:{slug(site)}", "interest", progress.quote, detail=detail)


def _tasks(scene: Scene, screen: Sequence[Segment]) -> Iterator[Sighting]:
    """Rows with a day ahead in a program for tasks."""
    for row in screen:
        ahead = [d for d in days_in(row.text, scene.observation.ended_at) if d.day > scene.observation.ended_at.date()]
        if ahead and len(row.words) >= 3 and row.confidence >= SURE and not is_delicate(row.text):
            yield _listed(scene, row, ahead[-1], scene.place.site or scene.place.program)


def _listed(scene: Scene, row: Segment, day: DayNamed, where: str) -> Sighting:
    text = without_mark(row.text)
    detail = {"text": text, "day": day.day.isoformat(), "page": where}
    topic = f"listed:{slug(text.replace(day.phrase, ' '), most=6)}"
    return scene.sighting(topic, "plan", row.quote, value=day.day.isoformat(), detail=detail, weight=0.9)


def _text(at: time | None) -> str:
    return at.strftime("%H:%M") if at else ""


_READERS: dict[PlaceKind, tuple[Callable[[Scene, Sequence[Segment]], Iterator[Sighting]], ...]] = {
    "calendar": (_calendar,),
    "page": (_confirmed, _profile, _own_affairs, _course),
    "tasks": (_tasks,),
    "terminal": (_course,),
}
