"""What could be offered to the person now, found by rules alone; and whether they are at it, or have just done it.

Whether an offer is welcome is judged elsewhere. Here it is only asked whether there is something to help with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import timedelta

from gum_app.pipeline.suggest_break import breaks
from gum_app.pipeline.suggest_known import Known
from gum_app.pipeline.suggest_trouble import repeated_trouble
from gum_app.rules.delicate import is_delicate
from gum_app.rules.strangers import addresses_machines
from gum_app.rules.wording import stems
from gum_app.suggestions import Act, Offer, Silence

__all__ = ["Known", "already", "discover"]

_FINDERS: tuple[Callable[[Known], Iterable[Offer]], ...] = (repeated_trouble, breaks)
MOST_AT_ONCE = 5
LAST_MINUTES = timedelta(minutes=12)
_DONE = re.compile(
    r"\b(?:sent|cancel+ed|confirmed|booked|saved|moved|submitted|paid|changed|answered|replied|done|merged|passed|fixed)\b",
    re.IGNORECASE,
)
ENOUGH_ALIKE = 0.6  # share of the offer's own words that stand in what is seen


def discover(known: Known) -> list[Offer]:
    """The surest first, each matter once. Nothing of what touches nobody's business, or was ordered by a text."""
    found: dict[str, Offer] = {}
    for finder in _FINDERS:
        for each in finder(known):
            if _may_be_offered(each):
                found.setdefault(each.topic, each)
    return sorted(found.values(), key=lambda each: each.belief, reverse=True)[:MOST_AT_ONCE]


def already(known: Known, offer: Offer) -> Silence | None:
    """“already doing”: its words stand where the person types; “already done”: beside a word such as “cancelled”."""
    wanted = set(stems(f"{offer.act.title} {offer.title}"))
    if not wanted:
        return None
    for scene in known.scenes[::-1]:
        if scene.observation.ended_at < known.now - LAST_MINUTES:
            break
        if scene.beside:
            continue
        for text in (scene.observation.title, *(part.text for part in scene.parts)):
            if len(wanted & set(stems(text))) < max(2, ENOUGH_ALIKE * len(wanted)):
                continue
            if _DONE.search(text):
                return "already done"
            if scene.acted and scene.place.kind in {"compose", "chat", "mail"}:
                return "already doing"
    return None


def _may_be_offered(offer: Offer) -> bool:
    words = " ¦ ".join(_words(offer, offer.act))
    return not (is_delicate(words) or addresses_machines(words)) and bool(offer.because or offer.seen_in)


def _words(offer: Offer, act: Act) -> tuple[str, ...]:
    return (offer.title, offer.why_now, act.title, act.text)
