"""Habits that only many episodes show together: hours, breaks, the order of the day, stretches of work, dark themes.

Times are rounded generously: a habit is not a time sheet, and nobody wants to read one about themselves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from statistics import median

from gum_app.records import WATCHED, Draft, Evidence, Kind, Observation
from gum_app.rules.days import days_in
from gum_app.rules.delicate import is_delicate
from gum_app.rules.titles import Place, place_of
from gum_app.rules.wording import listed, slug

FEWEST_DAYS = 2
DAY_TURNS = 4  # what happens before four in the morning belongs to the evening before
BREATHER = timedelta(minutes=10)
BREAK = timedelta(minutes=25)
LONG_BREAK = timedelta(minutes=90)
LUNCH = (11, 14)
EVENING = time(18, 30)
DARK, DARK_SHARE = 0.6, 0.7
FIRST_SECONDS = 60.0
SAME_MINUTES = 40
MOST_VISITS = 3
DAYS_OF_STRETCHES, MOST_ALIKE = 4, 0.6
MOST_EVIDENCE = 6


@dataclass(frozen=True)
class _Day:
    """The episodes of one day in the order of time; somebody was at the machine in each."""

    day: date
    episodes: tuple[Observation, ...]

    @property
    def working(self) -> tuple[Observation, ...]:
        """Those before the evening: until the first long break after 15:30, or 18:30."""
        kept: list[Observation] = []
        for episode in self.episodes:
            late = episode.started_at.time() >= EVENING
            after = kept and episode.started_at - kept[-1].ended_at >= LONG_BREAK and episode.started_at.hour >= 15
            if late or after:
                break
            kept.append(episode)
        return tuple(kept)

    @property
    def evening(self) -> tuple[Observation, ...]:
        return self.episodes[len(self.working) :]


def routines(observations: Sequence[Observation], *, now: datetime) -> tuple[Draft, ...]:
    """Needs neither words nor pictures. Empty until two days show the same."""
    del now
    days = _days(observations)
    makers: tuple[Callable[[list[_Day]], Draft | None], ...] = (
        _hours,
        _lunch,
        _evening,
        _first_thing,
        _last_thing,
        _stretches,
    )
    if len(days) < FEWEST_DAYS:
        return tuple(draft for draft in (_dark(observations),) if draft is not None)
    drafts = [maker(days) for maker in makers]
    return tuple(draft for draft in (*drafts, *_same_time(days), _dark(observations)) if draft is not None)


def _days(observations: Sequence[Observation]) -> list[_Day]:
    by_day: dict[date, list[Observation]] = {}
    for observation in sorted(observations, key=lambda o: o.started_at):
        if observation.source in WATCHED and observation.app and observation.active_seconds > 0:
            day = (observation.started_at - timedelta(hours=DAY_TURNS)).date()
            by_day.setdefault(day, []).append(observation)
    return [_Day(day, tuple(episodes)) for day, episodes in sorted(by_day.items()) if len(episodes) >= 3]


def _hours(days: list[_Day]) -> Draft | None:
    worked = [day for day in days if day.day.weekday() < 5 and len(day.working) >= 3]
    if len(worked) < FEWEST_DAYS:
        return None
    start = _usual([day.working[0].started_at for day in worked])
    end = _usual([day.working[-1].ended_at for day in worked])
    if start is None or end is None:
        return None
    return _draft(
        "hours",
        f"Usually starts at the computer at about {start} on working days and stops at about {end}.",
        kind="schedule",
        raw=0.6,
        quotes=[episode for day in worked for episode in (day.working[0], day.working[-1])],
        why=f"First and last activity on {len(worked)} working days.",
    )


def _lunch(days: list[_Day]) -> Draft | None:
    found = [(gap, day) for day in days if (gap := _midday_gap(day)) is not None]
    if len(found) < FEWEST_DAYS or len(found) < 0.6 * len(days):
        return None
    start, end = (
        _usual([before.ended_at for (before, _), _ in found]),
        _usual([after.started_at for (_, after), _ in found]),
    )
    if start is None or end is None or start == end:
        return None
    return _draft(
        "break",
        f"Usually takes a break from the computer at midday, from about {start} to {end}.",
        kind="habit",
        raw=0.6,
        quotes=[before for (before, _), _ in found],
        why=f"No activity for at least 25 minutes at midday on {len(found)} of {len(days)} days.",
    )


def _midday_gap(day: _Day) -> tuple[Observation, Observation] | None:
    pairs = [
        (a, b)
        for a, b in pairwise(day.episodes)
        if b.started_at - a.ended_at >= BREAK and LUNCH[0] <= a.ended_at.hour < LUNCH[1]
    ]
    return max(pairs, key=lambda pair: pair[1].started_at - pair[0].ended_at, default=None)


def _evening(days: list[_Day]) -> Draft | None:
    late = [day for day in days if sum(e.active_seconds for e in day.evening) >= 600]
    if len(late) < FEWEST_DAYS:
        return None
    start = _usual([day.evening[0].started_at for day in late])
    if start is None:
        return None
    programs = Counter(_activity(e) for day in late for e in day.evening if _activity(e))
    with_what = f", mostly with {programs.most_common(1)[0][0]}" if programs else ""
    return _draft(
        "evening",
        f"Is often back at the computer in the evening, from about {start}{with_what}.",
        kind="habit",
        raw=0.58,
        quotes=[day.evening[0] for day in late],
        why=f"At least ten minutes of activity on {len(late)} of {len(days)} evenings.",
    )


def _first_thing(days: list[_Day]) -> Draft | None:
    found = []
    for n, day in enumerate(days):
        left = _thing(days[n - 1].episodes[-1]) if n else ""
        # A window that stood open over night and is left within minutes is not what the day begins with.
        fresh = [e for e in day.working if not (_thing(e) == left and e.started_at == day.working[0].started_at)]
        found.append(next((e for e in fresh if e.active_seconds >= FIRST_SECONDS), None))
    kept = [(day, episode) for day, episode in zip(days, found, strict=True) if episode is not None]
    things = [_thing(episode) for _, episode in kept]
    sentence = "Usually begins the day with {what}."
    return _same_each_day(days, things, "first-thing", sentence, [episode for _, episode in kept])


def _last_thing(days: list[_Day]) -> Draft | None:
    with_work = [day for day in days if day.working]
    lasts = [_thing(day.working[-1]) for day in with_work]
    return _same_each_day(
        days, lasts, "last-thing", "Usually ends the working day with {what}.", [day.working[-1] for day in with_work]
    )


def _same_each_day(
    days: list[_Day], things: list[str], name: str, sentence: str, quotes: list[Observation]
) -> Draft | None:
    counts = Counter(thing for thing in things if thing)
    if not counts:
        return None
    what, count = counts.most_common(1)[0]
    if count < FEWEST_DAYS or count < 0.6 * len(days):
        return None
    kept = [quote for quote, thing in zip(quotes, things, strict=True) if thing == what]
    return _draft(
        name, sentence.format(what=what), kind="habit", raw=0.58, quotes=kept, why=f"So on {count} of {len(days)} days."
    )


def _same_time(days: list[_Day]) -> list[Draft]:
    """A page or site that is opened once or twice a day, at the same time each day."""
    visits: dict[str, dict[date, list[Observation]]] = {}
    for day in days:
        for episode in day.episodes:
            if page := _looked_at(episode):
                visits.setdefault(page, {}).setdefault(day.day, []).append(episode)
    found = []
    for page, by_day in visits.items():
        if len(by_day) < max(FEWEST_DAYS, 0.6 * len(days)) or any(len(seen) > MOST_VISITS for seen in by_day.values()):
            continue
        firsts = [seen[0] for seen in by_day.values()]
        minutes = [episode.started_at.hour * 60 + episode.started_at.minute for episode in firsts]
        if max(minutes) - min(minutes) <= SAME_MINUTES:
            at = _usual([episode.started_at for episode in firsts])
            text, why = f"Usually looks at {page} at about {at}.", f"So on {len(by_day)} of {len(days)} days."
            found.append(_draft(f"at-{slug(page)}", text, kind="habit", raw=0.56, quotes=firsts, why=why))
    return found


def _looked_at(observation: Observation) -> str:
    place = place_of(observation.app, observation.title, observation.url)
    if (
        is_delicate(observation.title)
        or place.kind != "page"
        or observation.active_seconds < FIRST_SECONDS / 3
        or not place.site
    ):
        return ""
    # A date in a title differs from day to day: the site is what stays.
    dated = days_in(place.name, observation.started_at) or re.search(r"\d", place.name)
    return place.site if dated or not place.name else f"“{place.name}”"


def _stretches(days: list[_Day]) -> Draft | None:
    """Only where most stretches are about as long as their median: a median of anything is no habit."""
    lengths = [minutes for day in days for minutes in _lengths(day)]
    if len(days) < DAYS_OF_STRETCHES or len(lengths) < 2 * DAYS_OF_STRETCHES:
        return None
    middle = median(lengths)
    alike = [minutes for minutes in lengths if abs(minutes - middle) <= middle / 3]
    usual = 10 * round(middle / 10)
    if usual < 20 or len(alike) < MOST_ALIKE * len(lengths):
        return None
    return _draft(
        "stretch",
        f"Usually works in stretches of about {usual} minutes between two breaks.",
        kind="habit",
        raw=0.6,
        quotes=[day.episodes[0] for day in days],
        why=f"{len(alike)} of {len(lengths)} stretches without a break of {BREATHER.seconds // 60} minutes, on"
        f" {len(days)} days.",
    )


def _lengths(day: _Day) -> list[float]:
    """Minutes of each stretch of a day; what is shorter than ten minutes is no stretch."""
    found, start = [], day.episodes[0].started_at
    for before, after in pairwise(day.episodes):
        if after.started_at - before.ended_at >= BREATHER:
            found.append((before.ended_at - start).total_seconds() / 60)
            start = after.started_at
    found.append((day.episodes[-1].ended_at - start).total_seconds() / 60)
    return [minutes for minutes in found if minutes >= 10]


def _dark(observations: Sequence[Observation]) -> Draft | None:
    """Programs and sites whose windows are dark, of those that are not dark by nature (terminals, films, calls)."""
    shares: dict[str, list[tuple[float, Observation]]] = {}
    for observation in observations:
        place = place_of(observation.app, observation.title, observation.url)
        if observation.dark_share is None or place.kind in {"terminal", "video", "call"} or not observation.app:
            continue
        shares.setdefault(place.site if place.web and place.site else place.program, []).append(
            (observation.dark_share, observation)
        )
    dark = {name: seen for name, seen in shares.items() if median(share for share, _ in seen) >= DARK}
    if len(dark) < 3 or len(dark) < DARK_SHARE * len(shares):
        return None
    names = sorted(dark, key=lambda name: -len(dark[name]))[:3]
    return _draft(
        "dark-themes",
        f"Prefers dark themes (for example in {listed(names)}).",
        kind="preference",
        raw=0.75,
        quotes=[max(dark[name], key=lambda pair: pair[0])[1] for name in names],
        why=f"{len(dark)} of {len(shares)} programs and sites were dark.",
        half_life_days=365,
    )


def _thing(observation: Observation) -> str:
    """What an episode was spent on, in words that may stand in a sentence."""
    place = place_of(observation.app, observation.title, observation.url)
    if place.file and place.kind in {"office", "editor", "terminal"}:
        return place.file.rsplit("/", 1)[-1]
    return _activity(observation, place)


def _activity(observation: Observation, place: Place | None = None) -> str:
    place = place or place_of(observation.app, observation.title, observation.url)
    match place.kind:
        case "mail" | "compose":
            return f"mail in {place.program}"
        case "calendar":
            return "the calendar"
        case "terminal":
            return "the terminal"
        case "chat" | "editor" | "office":
            return place.program
        case _:
            return place.site if place.web else ""


def _usual(instants: Sequence[datetime]) -> str | None:
    """The usual time of day, rounded to a quarter of an hour; None where the days differ by more than 75 minutes."""
    minutes = sorted(instant.hour * 60 + instant.minute for instant in instants)
    middle = median(minutes)
    near = [minute for minute in minutes if abs(minute - middle) <= 75]
    if len(near) < max(FEWEST_DAYS, 0.6 * len(minutes)):
        return None
    quarter = 15 * round(median(near) / 15)
    return f"{quarter // 60 % 24:02}:{quarter % 60:02}"


def _draft(
    name: str, text: str, *, kind: Kind, raw: float, quotes: Sequence[Observation], why: str, half_life_days: float = 45
) -> Draft:
    evidence = tuple(
        Evidence(observation_id=o.id, quote=o.title, at=o.ended_at, app=o.app) for o in list(quotes)[-MOST_EVIDENCE:]
    )
    return Draft(
        topic=f"routine:{name}",
        kind=kind,
        text=text,
        confidence_raw=raw,
        ceiling=0.9,
        half_life_days=half_life_days,
        evidence=evidence,
        why=why,
        made_by=f"rule:{name}",
    )
