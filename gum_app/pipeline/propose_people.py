"""Sentences about whom the person writes with, who they are, what they say of themselves, and what others tell them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from gum_app.pipeline.gathered import Gathered
from gum_app.records import Draft, Sighting
from gum_app.rules.days import day_text
from gum_app.rules.identity import is_person
from gum_app.rules.wording import listed, named, shortened, stems

STRANGER_CEILING = 0.45
_PRIOR_OF_NOTES = 0.88  # what the person told this app itself
_DATE_WORD = re.compile(
    r"(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?|(?:jan|febr)uary|march|april|may|june|july|august"
    r"|(?:septem|octo|novem|decem)ber|[\d.:/]+(?:st|nd|rd|th)?|i",
    re.IGNORECASE,
)
_TALK = {"message", "mail", "comment"}
_FIRST_PERSON = re.compile(r"\b(?:I|my|mine|me|we|our|us|myself)\b(?<!\bi)")
SURE_PRIOR = 0.65
AS_SURE = 0.05  # a reading so little worse than the best counts as clear as it
_OWN_ACTS = {"wrote", "mailed", "met", "reviewed"}


def person(known: Gathered) -> Draft | None:
    acts = [sighting for sighting in known.sightings if sighting.detail["how"] in _OWN_ACTS]
    name = known.strongest.detail["name"]
    if not acts or len(name) < 3 or is_person(name, known.person):
        return None
    hows = {sighting.detail["how"] for sighting in acts}
    places = _places(known)
    about = _about(known)
    return known.draft(
        _person_sentence(name, hows, places, about),
        kind="relationship",
        raw=0.72,
        half_life_days=60,
        why=f"Seen in {listed(places)}: {known.counted()}.",
        rule="person",
        only=[sighting for sighting in known.episodes],
    )


def _person_sentence(name: str, hows: set[str], places: list[str], about: str) -> str:
    if hows & {"wrote", "mailed"}:
        return f"Writes with {name} ({listed(places)}){about}."
    if "met" in hows:
        return f"Meets {name} in video calls."
    return f"Has work on {listed(places)} reviewed by {name}."


def _places(known: Gathered) -> list[str]:
    return known.most("where") or ["messages"]


def _about(known: Gathered) -> str:
    """What it is about: the subject of a mail, else names that came up on more than one occasion."""
    subjects = [s.detail["subject"].removeprefix("Re: ") for s in known.episodes if s.detail.get("subject")]
    if subjects:
        return f", among other things about “{shortened(subjects[0], 80)}”"
    counts = Counter(word for s in known.episodes for word in set(s.detail["about"].split("|")) if word)
    often = [word for word, count in counts.most_common(3) if count >= 2 and word not in known.strongest.detail["name"]]
    return f", among other things about {listed(often)}" if often else ""


def channel(known: Gathered) -> Draft | None:
    detail = known.newest.detail
    return known.draft(
        f"Takes part in the channel {detail['name']} in {detail['program']}.",
        kind="relationship",
        raw=0.68,
        ceiling=0.78,
        half_life_days=45,
        why=f"Wrote there themselves: {known.counted()}.",
        rule="channel",
    )


def self_described(known: Gathered) -> Draft | None:
    detail = known.newest.detail
    if known.sightings[0].topic == "self:signature":
        return known.draft(
            f"Signs mail as “{detail['text']}”.",
            kind="relationship",
            raw=0.8,
            half_life_days=365,
            why=f"The signature stood under your own mails: {known.counted()}.",
            rule="signature",
        )
    if detail.get("site"):
        return known.draft(
            f"Is known to {detail['site']} as “{shortened(detail['text'], 140)}”.",
            kind="relationship",
            raw=0.66,
            half_life_days=120,
            why=f"The line begins with your own name: {known.counted()}.",
            rule="self-line",
        )
    return known.draft(
        detail["text"],
        kind=known.newest.kind,
        raw=0.85,
        half_life_days=365,
        why="It stands on a page under your own name.",
        rule="profile",
        value=known.newest.value,
    )


def said(known: Gathered) -> Draft | None:
    newest = _as_first_said(known)
    episodes = [
        sighting for sighting in known.episodes if sighting.value == newest.value or newest.detail.get("relative")
    ]
    best = _best_read(episodes)
    detail, today = best.detail | {"day": newest.detail.get("day", "")}, known.now.date()
    day = date.fromisoformat(detail["day"]) if detail["day"] else None
    if day is not None and day < today:
        return None
    text = shortened(detail["text"].strip(' “”"|,;_~'), 220)
    # "On Wednesday" in a talk about another month is another Wednesday: then the words must do.
    when = f" ({day_text(day)})" if day and not (detail.get("loose") and detail["medium"] in _TALK) else ""
    half_life = max(1.0, float((day - today).days)) if day else float(detail["half_life"])
    told = detail["medium"] == "note"
    return known.draft(
        f"{_lead(detail)}: “{text}”{_on_page(detail)}{when}",
        kind=best.kind,
        raw=_PRIOR_OF_NOTES if told else _said_prior(detail),
        half_life_days=half_life,
        ceiling=0.97 if told else 0.93,
        why=_whose_words(detail) + f", read in {known.counted()}.",
        rule="own-words",
        value=newest.value,
        only=episodes,
    )


def _as_first_said(known: Gathered) -> Sighting:
    """The newest sighting; where its day hangs on when it was said ("tomorrow"), the first one that saw it."""
    by_time = sorted(known.sightings, key=lambda s: s.at)
    return by_time[0] if by_time[-1].detail.get("relative") else by_time[-1]


def _best_read(episodes: Sequence[Sighting]) -> Sighting:
    """The newest of those that were read clearly: a note is written on, and an old wording is no longer theirs."""
    strongest = max(s.weight for s in episodes)
    heavy = [s for s in episodes if s.weight == strongest]
    sure = max(float(s.detail["sure"]) for s in heavy)
    return max((s for s in heavy if float(s.detail["sure"]) >= sure - AS_SURE), key=lambda s: s.at)


def _said_prior(detail: dict[str, str]) -> float:
    """A plan or deed that names nothing says little to anyone but the two who talk."""
    prior = float(detail["prior"])
    if detail["medium"] == "notes" or prior >= SURE_PRIOR:
        return prior
    if not _FIRST_PERSON.search(detail["text"]):
        return min(prior, 0.47)
    vague = len(set(stems(detail["text"]))) < 5 and not _names_something(detail["text"])
    return min(prior, 0.45) if vague else prior


def _names_something(text: str) -> bool:
    return any(not _DATE_WORD.fullmatch(name) for name in named(text))


def _lead(detail: dict[str, str]) -> str:
    return f"Has noted in {detail['to']}" if detail["medium"] == "notes" else detail["lead"]


def _on_page(detail: dict[str, str]) -> str:
    return f" (on “{detail['to']}”)" if detail["medium"] == "comment" and detail["to"] else ""


def _whose_words(detail: dict[str, str]) -> str:
    if detail["medium"] == "note":
        return "The person told this app"
    to = detail["to"]
    if not to:
        return "Your own words"
    inside = detail["medium"] in {"notes", "comment"} or to.startswith("#")
    return f"Your own words {'in' if inside else 'to'} {to}"


def listed_on_own_page(known: Gathered) -> Draft | None:
    detail = known.newest.detail
    day = date.fromisoformat(detail["day"])
    if day < known.now.date():
        return None
    return known.draft(
        f"Has on {_page_named(detail['page'])}: “{shortened(detail['text'], 140)}” ({day_text(day)})",
        kind="plan",
        raw=0.7,
        half_life_days=max(1.0, float((day - known.now.date()).days)),
        ceiling=0.9,
        why=f"It stands on a page that names you: {known.counted()}.",
        rule="own-page",
        value=known.newest.value,
    )


def _page_named(page: str) -> str:
    return f"the page “{page}”" if " " in page else page


def claimed_by_mail(known: Gathered) -> Draft | None:
    detail = known.newest.detail
    day = date.fromisoformat(detail["day"])
    if day < known.now.date():
        return None
    text = shortened(detail["text"], 200)
    return known.draft(
        f"An e-mail from {detail['sender']} says: “{text}” ({day_text(day)})",
        kind="plan",
        raw=0.4,
        half_life_days=max(1.0, float((day - known.now.date()).days)),
        ceiling=STRANGER_CEILING,
        why="Only somebody else's mail says so; you have read it.",
        rule="mail",
    )
