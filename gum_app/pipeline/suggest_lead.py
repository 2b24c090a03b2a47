"""What takes so long that it has to be begun now, to be there on the day that the person has named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from gum_app.pipeline.scene import Scene
from gum_app.pipeline.suggest_known import Known, rows
from gum_app.pipeline.suggest_offer import HEARSAY, offer, quoted, short_day, where
from gum_app.rules.days import DayNamed, days_in, recurs
from gum_app.rules.layout import Segment
from gum_app.rules.terms import leads_in
from gum_app.rules.wording import slug
from gum_app.suggestions import Act, Offer

RECENT = timedelta(minutes=20)
LATE = timedelta(days=2)  # what should have been begun longer ago is not saved by a word today
SLACK = timedelta(days=1)
NEXT_ROWS = 3  # an answer stands near
GOOD_FOR = timedelta(hours=2)
_HINT = re.compile(r"\b(?:days?|weeks?)\b", re.IGNORECASE)
_SAID_IN = {"chat", "mail"}


def begun_in_time(known: Known) -> Iterator[Offer]:
    """Once the talk in which it was said is left: nobody is told in its midst what they are talking about."""
    front = known.front
    for scene in known.looked_at:
        if front is None or scene is front or scene.place.kind not in _SAID_IN:
            continue
        if scene.observation.ended_at < known.now - RECENT or _same(scene, front):
            continue
        for part in rows(scene, _HINT):
            for lead, words in leads_in(part.text):
                yield from _offer(scene, part, lead, words, known)


def _offer(scene: Scene, part: Segment, lead: timedelta, words: str, known: Known) -> Iterator[Offer]:
    found = _named_near(scene, part, known.now)
    if found is None:
        return
    row, named = found
    begin = named.day - lead
    if not known.now.date() - LATE <= begin <= known.now.date() + SLACK:
        return
    latest = "today" if begin <= known.now.date() else "tomorrow"
    yield offer(
        "deadline",
        topic=f"deadline:lead:{slug(row.text, 4)}:{named.day}",
        title=f"To be there on {short_day(named.day)}, it has to be ordered {latest}",
        why_now=f"In {where(scene)} stand {quoted(words, 60)} and {quoted(row.text, 90)}.",
        act=Act(kind="reminder", title=row.text, text=row.text, at=_later_today(known.now)),
        seen=[scene],
        belief=HEARSAY,
        good_until=known.now + GOOD_FOR,
        rule="lead",
    )


def _named_near(scene: Scene, part: Segment, now: datetime) -> tuple[Segment, DayNamed] | None:
    """The day in the same row, or in one of the next below it on the same look."""
    below = sorted(
        (
            row
            for row in rows(scene)
            if row.at == part.at and row.monitor == part.monitor and row.rect.y > part.rect.y and len(row.words) > 1
        ),
        key=lambda row: row.rect.y,
    )
    near = [row for row in below if abs(row.rect.x - part.rect.x) < 500][:NEXT_ROWS]
    for row in (part, *near):
        ahead = [named for named in days_in(row.text, scene.observation.ended_at) if named.day > now.date()]
        far = [named for named in ahead if (named.day - now.date()).days > 1]
        if far and not recurs(row.text):
            return row, far[-1]
    return None


def _later_today(now: datetime) -> datetime:
    return now + timedelta(hours=1)


def _same(one: Scene, other: Scene) -> bool:
    return one.observation.app == other.observation.app and one.observation.title == other.observation.title
