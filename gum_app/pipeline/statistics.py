"""What can be counted of the last days, in a few lines for a model: when, with what, on what.

Rounded, so that the lines stay the same for a while and a model need not read them anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from gum_app.records import WATCHED, Observation
from gum_app.rules.delicate import may_be_private
from gum_app.rules.strangers import addresses_machines, sells
from gum_app.rules.titles import place_of, shown_name
from gum_app.rules.wording import shortened

LOOK_BACK = timedelta(days=7)
MOST_PROGRAMS = 5
MOST_TITLES = 6
MOST_HOURS = 4
LEAST_SECONDS = 300.0  # what took less is not worth a word
LONGEST_TITLE = 60
NOTHING = "Nothing has been counted yet."


def activity(observations: Sequence[Observation], now: datetime) -> str:
    """The same for the same observations, in whatever order they come."""
    seen = (o for o in observations if o.source in WATCHED and (o.source != "import" or o.active_seconds > 0))
    recent = [o for o in seen if o.app and now - LOOK_BACK <= o.ended_at]
    if sum(o.active_seconds for o in recent) < LEAST_SECONDS:
        return NOTHING
    lines = [_days(recent), _hours(recent)]
    programs, titles = _most(recent, _program, MOST_PROGRAMS), _most(recent, _title, MOST_TITLES)
    lines += [f"{name}: {found}." for name, found in (("Programs", programs), ("Titles", titles)) if found]
    return "\n".join(lines)


def _days(recent: Sequence[Observation]) -> str:
    days = {o.started_at.date() for o in recent}
    each = sum(o.active_seconds for o in recent) / len(days)
    return f"At the computer on {len(days)} of the last 7 days, {_rounded(each)} a day."


def _hours(recent: Sequence[Observation]) -> str:
    spent: Counter[int] = Counter()
    for observation in recent:
        spent[observation.started_at.hour] += round(observation.active_seconds)
    most = sorted(sorted(spent, key=lambda hour: (-spent[hour], hour))[:MOST_HOURS])
    return f"Mostly in the hours from {', '.join(f'{hour:02}:00' for hour in most)}."


def _most(recent: Sequence[Observation], name_of: Callable[[Observation], str], limit: int) -> str:
    spent: Counter[str] = Counter()
    for observation in recent:
        if name := name_of(observation):
            spent[name] += round(observation.active_seconds)
    most = sorted(spent, key=lambda name: (-spent[name], name))[:limit]
    return ", ".join(f"{name} {_rounded(spent[name])}" for name in most if spent[name] >= LEAST_SECONDS)


def _program(observation: Observation) -> str:
    place = place_of(observation.app, observation.title, observation.url)
    is_told = place.web and place.site and not may_be_private(place.site)
    return shortened(place.site if is_told else shown_name(observation.app), LONGEST_TITLE)


def _title(observation: Observation) -> str:
    place = place_of(observation.app, observation.title, observation.url)
    name = place.file or place.name
    if not name or may_be_private(name) or sells(name) or addresses_machines(name):
        return ""
    return f"“{shortened(name, LONGEST_TITLE)}”"


def _rounded(seconds: float) -> str:
    """To five minutes below an hour, to half hours above."""
    if seconds < 3600 - 150:
        return f"{max(5, 5 * round(seconds / 300))} min"
    return f"{round(seconds / 1800) / 2:g} h"
