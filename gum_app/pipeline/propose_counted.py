"""From all sightings of one topic to what is believed: a plain, modest sentence with what it rests on.

Silence is an answer: a topic seen too little, or only in strangers' words, gives no draft.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from gum_app.pipeline import propose_dates, propose_imported, propose_people, propose_work
from gum_app.pipeline.gathered import CLAIMED, Gathered
from gum_app.pipeline.propose_people import STRANGER_CEILING
from gum_app.records import Draft, Person, Sighting

_MAKERS: dict[str, Callable[[Gathered], Draft | None]] = {
    "tool": propose_work.tool,
    "site": propose_work.site,
    "document": propose_work.document,
    "project": propose_work.project,
    "ticket": propose_work.ticket,
    "language": propose_work.language,
    "reading": propose_work.reading,
    "search": propose_work.search,
    "thread": propose_work.thread,
    "preference": propose_work.preference,
    "error": propose_work.error,
    "person": propose_people.person,
    "channel": propose_people.channel,
    "self": propose_people.self_described,
    "said": propose_people.said,
    "listed": propose_people.listed_on_own_page,
    "mail": propose_people.claimed_by_mail,
    "event": propose_dates.event,
    "clash": propose_dates.clash,
    "deed": propose_dates.deed,
    "course": propose_dates.course,
    "claim": propose_imported.claimed,
}

# Of these a claim says nothing else than what is known, once more.
_ADDS = {"thread", "ticket", "course", "person", "document", "language", "preference", "project"}


def propose_counted(sightings: Sequence[Sighting], *, person: Person, now: datetime) -> tuple[Draft, ...]:
    """What all sightings of one topic amount to. Raises KeyError for a topic no rule has made."""
    if not sightings:
        return ()
    head = sightings[0].topic.split(":", 1)[0]
    known = tuple(sighting for sighting in sightings if not sighting.detail.get(CLAIMED))
    counted = known if known and head not in _ADDS else tuple(sightings)
    draft = _MAKERS[head](Gathered(counted, person, now))
    if draft is None or not draft.evidence:
        return ()
    return (draft if known else _as_claim(draft),)


def _as_claim(draft: Draft) -> Draft:
    """Pages choose what they show: what they alone say of somebody changes nothing, and stays below one half."""
    text = f"A page claims: {draft.text[:1].lower()}{draft.text[1:]}"
    return replace(draft, text=text, ceiling=min(draft.ceiling, STRANGER_CEILING))
