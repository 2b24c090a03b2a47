"""What could be offered to the person now, found by rules alone; and whether they are at it, or have just done it.

Whether an offer is welcome is judged elsewhere. Here it is only asked whether there is something to help with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import timedelta

from rapidfuzz import fuzz

from gum_app.pipeline.suggest_break import breaks
from gum_app.pipeline.suggest_change import called_off, changes
from gum_app.pipeline.suggest_clash import clashes
from gum_app.pipeline.suggest_difference import unexplained
from gum_app.pipeline.suggest_known import Known
from gum_app.pipeline.suggest_lead import begun_in_time
from gum_app.pipeline.suggest_left import drafts_left, unanswered
from gum_app.pipeline.suggest_missing import asked_for
from gum_app.pipeline.suggest_notes import open_notes
from gum_app.pipeline.suggest_terms import terms
from gum_app.pipeline.suggest_trouble import repeated_trouble
from gum_app.rules.delicate import is_delicate
from gum_app.rules.strangers import addresses_machines
from gum_app.rules.wording import folded, stems
from gum_app.suggestions import Act, Offer, Silence

__all__ = ["Known", "already", "discover"]

_FINDERS: tuple[Callable[[Known], Iterable[Offer]], ...] = (
    clashes,
    changes,
    called_off,
    terms,
    open_notes,
    begun_in_time,
    asked_for,
    repeated_trouble,
    unexplained,
    unanswered,
    drafts_left,
    breaks,
)
MOST_AT_ONCE = 5
LAST_MINUTES = timedelta(minutes=12)
_DONE = re.compile(
    r"\b(?:sent|cancel+ed|confirmed|booked|saved|moved|submitted|paid|changed|answered|replied|done|merged|passed|fixed)\b",
    re.IGNORECASE,
)
_WRITTEN_IN = {"compose", "chat", "mail", "editor", "office"}
_OF_OFFERS = frozenset(stems("still until reserved due reminder finish answer missing again time back since move"))
FEWEST = 2
TWIN = 90  # of 100
FEWEST_LETTERS = 10
_ADDRESS = re.compile(r"https?:|\bwww\.", re.IGNORECASE)  # never among the words: it would ask to be opened
_QUOTED = re.compile(r"“(.+?)”")
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
    """“already doing”: its words stand where the person types; “already done”: beside a word such as “cancelled”.

    By what was read in the last minutes, without what the offer itself was made of.
    """
    wanted = set(stems(f"{offer.act.title} {offer.title}")) - _OF_OFFERS
    if not wanted:
        return None
    told = [folded(passage.strip("…")) for passage in _passages(offer)]
    for scene in reversed(known.looked_at):
        if scene.observation.ended_at < known.now - LAST_MINUTES:
            break
        for text, at in ((scene.observation.title, None), *((part.text, part.at) for part in scene.parts)):
            if at is not None and at < known.now - LAST_MINUTES:
                continue
            words = set(stems(text))
            if len(wanted & words) < max(FEWEST, ENOUGH_ALIKE * len(wanted)) or _is_quoted(text, told):
                continue
            if _DONE.search(text):
                return "already done"
            if scene.acted and scene.place.kind in _WRITTEN_IN:
                return "already doing"
    return None


def _passages(offer: Offer) -> Iterable[str]:
    """What an offer quotes, and the rows of a list."""
    for text in (offer.title, offer.why_now, offer.act.text):
        yield from _QUOTED.findall(text)
    yield from (row.removeprefix("[ ] ") for row in offer.act.text.splitlines() if row.startswith("[ ] "))


def _is_quoted(text: str, passages: Iterable[str]) -> bool:
    """Whether the offer was made of these very words."""
    plain = folded(text)
    return any(
        min(len(plain), len(passage)) >= FEWEST_LETTERS and fuzz.partial_ratio(plain, passage) >= TWIN
        for passage in passages
    )


def _may_be_offered(offer: Offer) -> bool:
    words = " ¦ ".join(_words(offer, offer.act))
    unfit = is_delicate(words) or addresses_machines(words) or _ADDRESS.search(words)
    return not unfit and bool(offer.because or offer.seen_in)


def _words(offer: Offer, act: Act) -> tuple[str, ...]:
    return (offer.title, offer.why_now, act.title, act.text)
