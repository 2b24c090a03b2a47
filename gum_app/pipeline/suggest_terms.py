"""Terms on the person's own pages: what renews or ends by itself, and what was reserved and still has to be confirmed.

A standing term is offered when it is read. One that the person has set themselves just now is known to them: it is
offered when that day ends, or when the next begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from gum_app.pipeline.scene import Scene
from gum_app.pipeline.suggest_known import JUST_NOW, Known, rows
from gum_app.pipeline.suggest_offer import offer, quoted, short_day
from gum_app.rules.layout import Segment
from gum_app.rules.own_pages import without_mark
from gum_app.rules.terms import Term, terms_in
from gum_app.rules.wording import folded, slug, stems
from gum_app.suggestions import Act, Offer

NEAR_DAYS = 10
SOON_DAYS = 3  # of what the person has reserved: until then a word helps
READ_SECONDS = 40.0
FEWEST_LETTERS = 4  # of the name of a service by which it is known in other words
RESTED = timedelta(hours=1)  # after it was reserved
BELIEF_OWN, BELIEF_READ = 0.6, 0.55
_HINT = re.compile(r"\b(?:renew|reserved|held|hold|expir|ends|valid|due|deadline|last day|clos|by|latest|option)", re.I)
_MOVED = re.compile(
    r"\b(?:imported|moved|migrated|switched|transferred|exported)\b.{0,30}?\b(?:from|to|out of)\b"
    r"|\bexport (?:is )?(?:complete|done|ready)\b",
    re.IGNORECASE,
)
_DONE = re.compile(r"\b(?:cancel+ed|paid|confirmed|renewed|closed|you will not be charged|received)\b", re.IGNORECASE)
_DO: dict[str, str] = {
    "renews": "renews on",
    "ends": "ends on",
    "reserved": "only reserved until",
    "due": "due on",
}


def terms(known: Known) -> Iterator[Offer]:
    front = known.front
    if front is None:
        return
    for scene in known.looked_at:
        if scene.observation.ended_at >= known.now - JUST_NOW:
            yield from _standing(scene, known)
    told = list(rows(front, _MOVED)) if front.place.kind == "page" else []
    if told or (known.is_calm and (known.day_ends or known.day_begins)):
        for scene in known.looked_at:
            if scene.observation.ended_at < known.now - RESTED:
                yield from _known_before(scene, told, known)


def _standing(scene: Scene, known: Known) -> Iterator[Offer]:
    """What has just been read."""
    for term in _terms_of(scene, known):
        if term.sort != "reserved" and any(known.is_fresh(row, scene) for row in term.rows):
            yield _offer(term, [scene], known, topic=f"deadline:{slug(_site(scene))}:{term.sort}:{term.day}")


def _known_before(scene: Scene, told: list[Segment], known: Known) -> Iterator[Offer]:
    """What was reserved, in a pause as the day ends or begins; what renews, when a page told that all has moved."""
    for term in _terms_of(scene, known):
        ahead = (term.day - known.now.date()).days
        if term.sort == "reserved" and ahead <= SOON_DAYS and known.is_calm:
            yield _offer(term, [scene], known, topic=f"deadline:{slug(_site(scene))}:{term.sort}:{term.day}")
        elif term.sort == "renews" and known.front is not None:
            yield from _replaced(term, scene, known.front, told, known)


def _terms_of(scene: Scene, known: Known) -> list[Term]:
    if scene.place.kind != "page" or scene.observation.active_seconds < READ_SECONDS or not known.is_own(scene):
        return []
    found = terms_in(list(rows(scene, None)), scene.observation.ended_at) if _may_hold_one(scene) else []
    near = [term for term in found if _is_near(term, known)]
    return near if near and not _is_done(scene, known) else []


def _may_hold_one(scene: Scene) -> bool:
    return any(_HINT.search(line.text) for line in scene.observation.lines)


def _replaced(term: Term, scene: Scene, front: Scene, told: list[Segment], known: Known) -> Iterator[Offer]:
    name = folded(_site(scene))
    if len(name) < FEWEST_LETTERS or _site(front) == _site(scene) or front.observation.active_seconds < READ_SECONDS:
        return
    part = next((part for part in told if name in folded(part.text) and known.is_fresh(part, front)), None)
    if part is not None:
        yield _offer(
            term,
            [scene, front],
            known,
            topic=f"deadline:{slug(_site(scene))}:moved:{term.day}",
            title=f"Moved to {_site(front)[:24]}: cancel {_site(scene)[:24]} in time?",
            because=f" {quoted(part.text, 70)} stands in {_site(front)}.",
        )


def _offer(term: Term, seen: list[Scene], known: Known, *, topic: str, title: str = "", because: str = "") -> Offer:
    site = _site(seen[0])
    when = short_day(term.day)
    hour = f" at {term.named.start:%H:%M}" if term.named.start else ""
    return offer(
        "deadline",
        topic=topic,
        title=title or f"{site}: {_DO[term.sort]} {when}{hour}",
        why_now=f"{quoted(without_mark(term.text))} stands on your page at {site}.{because}",
        act=Act(
            kind="reminder",
            title=f"{site}: {_DO[term.sort]} {when}{hour}",
            text=f"{site}: {quoted(without_mark(term.text))}",
            at=reminder_before(term, known.now),
        ),
        seen=seen,
        belief=BELIEF_OWN if term.sort in {"reserved", "renews"} else BELIEF_READ,
        good_until=min(_end_of(term, known.now), known.now + timedelta(hours=20)),
        rule="term",
    )


def reminder_before(term: Term, now: datetime) -> datetime:
    """In the morning of the working day before the term; where that is too late, in an hour."""
    day = term.day - timedelta(days=1)
    while day.weekday() >= 5:
        day -= timedelta(days=1)
    at = datetime.combine(day, time(10), now.tzinfo)
    return at if at > now + timedelta(minutes=30) else now + timedelta(hours=1)


def _end_of(term: Term, now: datetime) -> datetime:
    return datetime.combine(term.day, term.named.start or time(23, 0), now.tzinfo)


def _is_near(term: Term, known: Known) -> bool:
    return 0 <= (term.day - known.now.date()).days <= NEAR_DAYS and _end_of(term, known.now) > known.now


def _is_done(scene: Scene, known: Known) -> bool:
    """Something at that place, or a row that names it, said later that it is over."""
    name = set(stems(_site(scene)))
    for later in (scene, *known.since(scene)):
        there = later is scene or _site(later) == _site(scene)
        for text in (later.observation.title, *(part.text for part in rows(later, _DONE))):
            if _DONE.search(text) and (there or (name and name <= set(stems(text)))):
                return True
    return False


def _site(scene: Scene) -> str:
    return scene.place.site or scene.place.name
