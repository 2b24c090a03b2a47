"""Offers put together from fixed sentences. What was read is only ever quoted in them, and shortened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from gum_app.pipeline.scene import Scene
from gum_app.pipeline.suggest_numbers import WORTH
from gum_app.records import Proposition
from gum_app.rules.days import WEEKDAYS
from gum_app.rules.plain import visible
from gum_app.rules.wording import shortened
from gum_app.suggestions import Act, Offer, OfferKind

LONGEST_TITLE = 80
LONGEST_WHY = 240
LONGEST_QUOTE = 90
MOST_SEEN = 8
HEARSAY = 0.45  # what only others say of the person: below one half


def offer(
    kind: OfferKind,
    *,
    topic: str,
    title: str,
    why_now: str,
    act: Act,
    seen: Iterable[Scene] = (),
    because: Iterable[Proposition] = (),
    belief: float,
    good_until: datetime,
    rule: str,
) -> Offer:
    """With the numbers of its kind."""
    worth = WORTH[kind]
    return Offer(
        kind=kind,
        topic=topic,
        title=shortened(title, LONGEST_TITLE),
        why_now=shortened(why_now, LONGEST_WHY),
        act=act,
        because=tuple(dict.fromkeys(each.id for each in because)),
        seen_in=tuple(dict.fromkeys(each.observation.id for each in seen))[-MOST_SEEN:],
        belief=round(max(0.0, min(belief, 1.0)), 3),
        benefit=worth.benefit,
        cost_wrong=worth.cost_wrong,
        cost_silent=worth.cost_silent,
        good_until=good_until,
        made_by=f"rule:{rule}",
    )


def where(scene: Scene, limit: int = 40) -> str:
    """Where something stands, as the window calls itself: "# it-help", "Testing guidelines – Fernwick Wiki"."""
    place = scene.place
    if place.kind == "terminal" and not place.file:
        return "a window beside it"  # a title of a terminal names no page
    name = (
        f"#{place.channel}" if place.channel else place.peer or place.file or place.name or place.site or place.program
    )
    return shortened(" ".join(visible(name).split()), limit)


def short_day(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {day.day} {day:%B}"


def quoted(text: str, limit: int = LONGEST_QUOTE) -> str:
    """Words of the screen in quotation marks, on one line, with nothing in them that nobody sees."""
    plain = " ".join(visible(text).split()).replace("“", "‘").replace("”", "’").replace('"', "’")
    return f"“{shortened(plain, limit)}”"
