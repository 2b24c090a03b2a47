"""What an offer is worth by its kind, 1–10 each: what it helps, what a wrong word costs, what silence costs.

One table, so that each number can be found and argued about. They are judged by a person, not measured; what a person
answers to offers of a kind is learned elsewhere and outweighs them. Before there is an answer, a little more than every
second offer is taken to be wanted even where its matter is certain (`rules.taste`): a kind is spoken of from a belief
of 0.35 (a clash) to 0.61 (a pause) on.
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
    "trouble": Worth(6, 4, 4, "It saves a try or two; who thinks about it is disturbed; without us they find it too."),
    "clash": Worth(7, 3, 6, "Nobody can be in two places; a wrong word costs a look; unsaid, somebody waits in vain."),
    "deadline": Worth(7, 4, 7, "What is missed may be gone; most dates are known; the one missed is not made good."),
    "change": Worth(8, 4, 7, "What rests on the old date is easily forgotten, and costs money or a day."),
    "draft": Worth(5, 4, 3, "Words are kept that were meant for somebody; many are left on purpose."),
    "question": Worth(5, 4, 4, "Somebody waits; it may have been answered elsewhere, by word of mouth."),
    "break": Worth(4, 3, 2, "A pause does good; a word of it is short; whoever is absorbed wants none and knows it."),
    "idea": Worth(5, 4, 3, "Thought of by a model: the least is known of it."),
}
