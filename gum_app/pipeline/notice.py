"""What one episode says about the person, found by rules alone: no model, nothing remembered.

The same words give the same sightings. What strangers say weighs little; what was only passed by says nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from gum_app.pipeline.gathered import CLAIMED
from gum_app.pipeline.notice_dates import notice_dates
from gum_app.pipeline.notice_imported import notice_imported
from gum_app.pipeline.notice_speech import notice_speech
from gum_app.pipeline.notice_work import notice_work
from gum_app.pipeline.scene import Scene
from gum_app.records import Observation, Person, Sighting
from gum_app.rules.delicate import is_delicate
from gum_app.rules.identity import ADDRESS, fits, found_names, is_person
from gum_app.rules.layout import segments
from gum_app.rules.norms import untold_matter
from gum_app.rules.orders import MARK, gives_orders
from gum_app.rules.titles import place_of

_PARTS: tuple[Callable[[Scene], Iterable[Sighting]], ...] = (notice_work, notice_speech, notice_dates)
# What a page shows, and the person need not have done.
_SHOWN = {
    *("event", "clash", "deed", "self", "listed", "course", "search", "ticket", "thread", "error", "person"),
    *("document", "language", "preference", "project"),
}
_DONE = {"preference", "project", "error"}  # what somebody does with keys
_TOLD = {"error"}  # of it, what a notification may only claim: a calendar's reminder is the calendar's
CLAIM_WEIGHT = 0.3
_A_WORD = re.compile(r"[^\W\d_]{3}")
NAMES = "names"  # the topic of the names that may be the person's own
SEEN_ENOUGH = 2  # a name must be called the person's own in so many observations


def notice(observation: Observation, person: Person) -> tuple[Sighting, ...]:
    """One sighting a topic, the strongest. Empty for what was only passed by."""
    if untold_matter(observation.title) is not None:
        return ()
    if gives_orders(observation.title) or MARK in observation.title:
        observation = replace(observation, title="")
    scene = Scene(observation, _named_here(observation, person))
    if scene.glanced or scene.place.kind == "video":
        return ()
    found: dict[tuple[str, str], Sighting] = {}
    for part in (notice_imported,) if scene.told else _PARTS:
        for sighting in part(scene):
            if observation.source != "note" and _is_nobodys_business(sighting):
                continue
            key = (sighting.topic, sighting.value)
            if key not in found or found[key].weight < sighting.weight:
                found[key] = sighting
    return tuple(_as_shown(sighting, scene) for sighting in found.values())


def _is_nobodys_business(sighting: Sighting) -> bool:
    """By any of the words that a sentence could be made of: a name, a page, a subject, a course."""
    told = (words for words in (sighting.quote, *sighting.detail.values()) if _A_WORD.search(words))
    return is_delicate(" ¦ ".join(dict.fromkeys(told)))


def _as_shown(sighting: Sighting, scene: Scene) -> Sighting:
    """What a page or a message alone says of the person is its claim, where they did nothing there themselves."""
    head = sighting.topic.partition(":")[0]
    from_outside = scene.observation.source == "notification" or not scene.vouched or scene.place.kind == "mail"
    from_outside |= head == "search"  # any page may lead to a search of its own wording
    from_outside |= head in _DONE and scene.observation.keys is not None  # a document of somebody else's was looked at
    if not from_outside or scene.told or scene.acted or scene.beside_without_address or head not in _SHOWN:
        return sighting
    if scene.observation.source == "notification" and head not in _TOLD:
        return sighting
    return replace(sighting, weight=min(sighting.weight, CLAIM_WEIGHT), detail=sighting.detail | {CLAIMED: "yes"})


def _named_here(observation: Observation, person: Person) -> Person:
    """Where nobody has told the name yet, the screen itself may: "(you)" in a chat, "From" in a compose window."""
    if person.name:
        return person
    names = [name for name in _found_names(observation) if " " in name]
    return replace(person, name=names[0]) if names else person


def _found_names(observation: Observation) -> list[str]:
    place = place_of(observation.app, observation.title, observation.url)
    return found_names(
        observation.title,
        [part.text for part in segments(observation.lines)],
        writing=place.kind == "compose",
        reading_mail=place.kind == "mail",
        terminal=place.kind == "terminal",
    )


def names_seen(observation: Observation) -> tuple[Sighting, ...]:
    """What this screen calls the person: "(you)", "To: …", "From: …", a shell's user. For `known_as`, not `propose`.

    A page of which nothing vouches that it is what it seems to be names nobody.
    """
    scene = Scene(observation, Person())
    if scene.told or not scene.vouched:
        return ()
    return tuple(
        Sighting(
            topic=NAMES,
            kind="relationship",
            observation_id=observation.id,
            at=observation.started_at,
            app=observation.app,
            quote=name,
            value=name,
        )
        for name in dict.fromkeys(_found_names(observation))
    )


def known_as(names: Iterable[Sighting], person: Person) -> Person:
    """The person with the names that several of their own screens called theirs; what they told us comes first."""
    seen = dict.fromkeys((sighting.value, sighting.observation_id) for sighting in names)
    often = [name for name, count in Counter(name for name, _ in seen).most_common() if count >= SEEN_ENOUGH]
    name = person.name or next((n for n in often if " " in n), "")
    known = replace(person, name=name)
    new = [n for n in often if n != name and fits(n, known) and (not is_person(n, known) or ADDRESS.fullmatch(n))]
    return replace(known, handles=tuple(dict.fromkeys((*person.handles, *new))))
