"""How much is kept of a matter, by whom it is about, and how much of it a model may be shown; and what the person said.

Contextual integrity: the same words may be fit for one who hears them and not for another. What a rule, the person or a
model says can each only be made stricter by the next, but for a kind that the person themselves loosened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gum_app.records import KEEPINGS, MATTERS, Keeping, Matter, Whose

# What holds where the person said nothing. The words of a matter are cut; that there was one stays, with program and
# time, so that an afternoon at the doctor's letters is not taken for an afternoon of nothing.
_CUT: Keeping = "without detail"
SHIPPED: dict[Matter, Keeping] = {**dict.fromkeys(MATTERS, _CUT), "children": "drop"}
FIXED: frozenset[Matter] = frozenset({"credentials"})  # may be made stricter, never looser
RELUCTANT = 2  # so often rejected or forgotten, and a kind is kept one step more strictly

NAMES: dict[Matter, str] = {
    "health": "health",
    "intimate": "love and family ties",
    "beliefs": "faith and politics",
    "money": "money and debts",
    "pay": "pay and employment",
    "legal": "the law",
    "children": "children",
    "others": "other people’s private affairs",
    "private": "other private matters",
    "credentials": "passwords, codes and numbers of cards and accounts",
}
DID: dict[Keeping, str] = {"keep": "kept", "without detail": "without its words", "drop": "nothing kept"}
_UNTOLD = "A matter of {}, kept without its words"


@dataclass(frozen=True)
class Norms:
    """`said`: what the person set by hand. `reluctance`: how often they rejected or forgot something of a kind."""

    said: Mapping[Matter, Keeping] = field(default_factory=dict)
    reluctance: Mapping[Matter, int] = field(default_factory=dict)

    def of(self, matter: Matter) -> Keeping:
        """How much is kept here of words of this kind."""
        said = self.said.get(matter)
        if said is not None:
            return stricter(said, SHIPPED[matter]) if matter in FIXED else said
        usual = SHIPPED[matter]
        return step_stricter(usual) if self.is_reluctant(matter) else usual

    def is_reluctant(self, matter: Matter) -> bool:
        """Whether it is kept more strictly than usual because of what the person did, and not by a choice of theirs."""
        return matter not in self.said and self.reluctance.get(matter, 0) >= RELUCTANT

    def keeping(self, matter: Matter, whose: Whose = "nobody") -> Keeping:
        """The stricter of what holds for the kind and for whom it is about.

        What goes to a server is none of this: `delicate.may_be_private` says what does not.
        """
        found = self.of(matter)
        if whose == "others" and matter not in FIXED:
            found = stricter(found, self.of("others"))
        if whose == "children":
            found = stricter(found, self.of("children"))
        return found

    @property
    def for_models(self) -> Norms:
        """As strict as usual at least: what the person has kept here is not thereby shown to a model."""
        said = {matter: stricter(keeping, SHIPPED[matter]) for matter, keeping in self.said.items()}
        return Norms(said=said, reluctance=self.reluctance)

    def why(self, matter: Matter) -> str:
        """Why it is kept as it is, in one sentence."""
        if matter in self.said:
            return "You set this."
        if self.is_reluctant(matter):
            return (
                f"Stricter than usual, since you rejected or forgot something of this {self.reluctance[matter]} times."
            )
        return "As usual."


def stricter(one: Keeping, other: Keeping) -> Keeping:
    return max(one, other, key=KEEPINGS.index)


def step_stricter(keeping: Keeping) -> Keeping:
    return KEEPINGS[min(KEEPINGS.index(keeping) + 1, len(KEEPINGS) - 1)]


def effect(matter: Matter, keeping: Keeping) -> str:
    """What it means to keep a kind like that, in a sentence for the person."""
    if matter in FIXED and keeping == "without detail":
        return "They are cut out of everything; around them the words stay. This cannot be loosened."
    match keeping:
        case "keep":
            return (
                "Words about this are kept on this computer. No proposition is drawn from them; no model is shown them."
            )
        case "without detail":
            return "That there was such a matter, when and in which program, is kept; its words are not."
        case "drop":
            return "Nothing is kept, neither the words nor that a window was about it; only how often is listed."


def untold_title(matter: Matter) -> str:
    """Under which an episode stands whose words are not kept."""
    return _UNTOLD.format(NAMES[matter])


def untold_matter(title: str) -> Matter | None:
    """The matter of an episode that stands under such a title."""
    return _MATTER_OF.get(title)


_MATTER_OF: dict[str, Matter] = {untold_title(matter): matter for matter in MATTERS}
