"""What is said of private matters: how much is kept of a kind and why, and what was cut or left out. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gum_app.records import KEEPINGS, Keeping, Matter, Whose
from gum_app.rules.norms import DID, FIXED, NAMES, Norms, effect
from gum_app.store.rulings import Tally
from gum_app.ui.wording import moment, program, times

CHOICES: dict[Keeping, str] = {"keep": "Keep", "without detail": "Without detail", "drop": "Keep nothing"}
_ABOUT: dict[Whose, str] = {
    "person": "about you",
    "others": "about somebody else",
    "children": "about a child",
    "nobody": "",
}
_OF_HEALTH = "health"  # among secrets: an answer in a form about it
_KIND_OF_PAGE = "page: "


def choices(matter: Matter) -> tuple[Keeping, ...]:
    """What the person may choose for a kind."""
    return tuple(keeping for keeping in KEEPINGS if not (keeping == "keep" and matter in FIXED))


def usual(matter: Matter, norms: Norms) -> str:
    """The choice of who chooses nothing, and what it comes to."""
    holds = Norms(reluctance=norms.reluctance).of(matter)
    return f"Usual: {CHOICES[holds].lower()}"


def name_of(matter: Matter) -> str:
    name = NAMES[matter]
    return name[:1].upper() + name[1:]


def told(matter: Matter, norms: Norms, tallies: Sequence[Tally], now: datetime) -> str:
    """How often it came up; before it what holds for a kind, where its choice and the words above all do not tell."""
    holds = norms.of(matter)
    parts = [] if holds == "without detail" and matter not in FIXED else [effect(matter, holds)]
    if norms.is_reluctant(matter):
        parts.append(norms.why(matter))
    mine = [tally for tally in tallies if tally.matter == matter and tally.keeping != "keep"]
    if not mine:
        return " ".join([*parts, "It has not come up yet."])
    last = max(mine, key=lambda tally: tally.last_at)
    often = times(sum(tally.count for tally in mine))
    return " ".join([*parts, f"It came up {often}, last {moment(last.last_at, now)} in {program(last.app)}."])


def listed_as(tally: Tally) -> str:
    """The heading of one ruling: of what kind, and what was done."""
    if tally.matter in FIXED:
        what = "answer in a form about health" if tally.rule == _OF_HEALTH else tally.rule
        return f"{what[:1].upper()}{what[1:]}, cut out"
    return f"{name_of(tally.matter)}, {DID[tally.keeping]}"


def reason(tally: Tally, now: datetime) -> str:
    """By which rule, where, about whom, how often and when; never what it was."""
    often = f"{times(tally.count)}, last {moment(tally.last_at, now)}"
    because = "" if tally.matter in FIXED else f"Told by {tally.rule.replace(_KIND_OF_PAGE, 'the kind of page: ')}"
    return " · ".join(filter(None, (because, _ABOUT[tally.whose], program(tally.app), often)))


def tightened(matter: Matter, before: Keeping, after: Keeping) -> bool:
    """Whether less of a kind is kept from now on, so that what is kept already may be too much."""
    return matter not in FIXED and KEEPINGS.index(after) > KEEPINGS.index(before)
