"""What an offer is worth by its kind, 1–10 each: what it helps, what a wrong word costs, what silence costs.

One table, so that each number can be found and argued about. They are judged by a person, not measured; what a person
answers to offers of a kind is learned elsewhere and outweighs them.
"""

from __future__ import annotations

from dataclasses import dataclass

from gum_app.suggestions import OfferKind


@dataclass(frozen=True)
class Worth:
    benefit: int
    cost_wrong: int
    cost_silent: int
    why: str


WORTH: dict[OfferKind, Worth] = {
    "trouble": Worth(6, 5, 4, "It saves a try or two; who thinks about it is disturbed; without us they find it too."),
    "clash": Worth(7, 3, 6, "Nobody can be in two places; a wrong word costs a look; unsaid, somebody waits in vain."),
    "deadline": Worth(7, 4, 7, "What is missed may be gone; most dates are known; the one missed is not made good."),
    "change": Worth(8, 4, 7, "What rests on the old date is easily forgotten, and costs money or a day."),
    "draft": Worth(4, 4, 3, "Words are kept that were meant for somebody; many are left on purpose."),
    "question": Worth(5, 4, 4, "Somebody waits; it may have been answered elsewhere, by word of mouth."),
    "break": Worth(3, 5, 2, "A pause does good; whoever is absorbed wants none; they notice by themselves."),
    "idea": Worth(4, 5, 3, "Thought of by a model: the least is known of it."),
}
