"""What is said of private matters: how much is kept of a kind and why, and what was cut or left out. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gum_app.records import KEEPINGS, Keeping, Matter, Whose
from gum_app.rules.norms import FIXED, NAMES, Norms, effect
from gum_app.store.rulings import Tally
from gum_app.ui.wording import moment, program, times

CHOICES: dict[Keeping, str] = {"keep": "Keep", "without detail": "Without detail", "drop": "Keep nothing"}
_DID: dict[Keeping, str] = {"keep": "kept", "without detail": "without its words", "drop": "nothing kept"}
_ABOUT: dict[Whose, str] = {
    "person": "about you",
    "others": "about somebody else",
    "children": "about a child",
    "nobody": "about nobody in particular",
}


def choices(matter: Matter) -> tuple[Keeping, ...]:
    """What the person may choose for a kind."""
    return tuple(keeping for keeping in KEEPINGS if not (keeping == "keep" and matter in FIXED))


def name_of(matter: Matter) -> str:
    name = NAMES[matter]
    return name[:1].upper() + name[1:]


def told(matter: Matter, norms: Norms, tallies: Sequence[Tally], now: datetime) -> str:
    """What holds for a kind, why, and how often it came to that."""
    sentence = f"{effect(matter, norms.of(matter))} {norms.why(matter)}"
    mine = [tally for tally in tallies if tally.matter == matter and tally.keeping != "keep"]
    if not mine:
        return f"{sentence} It has not come up yet."
    last = max(mine, key=lambda tally: tally.last_at)
    often = times(sum(tally.count for tally in mine))
    return f"{sentence} It came up {often}, last {moment(last.last_at, now)} in {program(last.app)}."


def listed_as(tally: Tally) -> str:
    """The heading of one ruling: of what kind, and what was done."""
    if tally.matter in FIXED:
        return f"{tally.rule[:1].upper()}{tally.rule[1:]}, cut out"
    return f"{name_of(tally.matter)}, {_DID[tally.keeping]}"


def reason(tally: Tally, now: datetime) -> str:
    """By which rule, where, about whom, how often and when; never what it was."""
    because = f"Told by {tally.rule}, {_ABOUT[tally.whose]}" if tally.matter not in FIXED else "Secrets are always cut"
    return f"{because} · {program(tally.app)} · {times(tally.count)}, last {moment(tally.last_at, now)}"


def tightened(matter: Matter, before: Keeping, after: Keeping) -> bool:
    """Whether less of a kind is kept from now on, so that what is kept already may be too much."""
    return matter not in FIXED and KEEPINGS.index(after) > KEEPINGS.index(before)
