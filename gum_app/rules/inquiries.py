"""What is worth asking the person: seldom, only where one answer settles much, and never what would be awkward.

A question costs attention. Worth = use × uncertainty: what is seen often, and is nearest to a half.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log2

from gum_app.records import CURRENT, Evidence, Proposition, PropositionId
from gum_app.rules.confidence import is_hearsay
from gum_app.rules.delicate import is_delicate
from gum_app.rules.freshness import freshness
from gum_app.rules.revisions import is_the_persons_word
from gum_app.rules.spot_check import may_ask

MOST_A_WEEK = 3
WEEK = timedelta(days=7)
STAYS_OPEN = timedelta(days=7)  # unanswered, it goes by itself
LEAST_WORTH = 1.0  # as three fresh episodes and a probability of 0.15 or 0.85 make it
SURE = (0.25, 0.8)  # outside of this the answer would settle little


@dataclass(frozen=True)
class Worth:
    id: PropositionId
    worth: float


def worth(belief: Proposition, now: datetime) -> float:
    """0 where it must not be asked."""
    if is_the_persons_word(belief) or belief.state not in CURRENT:
        return 0.0
    if not SURE[0] <= belief.confidence <= SURE[1] or not _is_harmless(belief.text, belief.evidence):
        return 0.0
    use = log2(1 + episodes(belief.evidence)) * freshness(belief.last_supported_at, belief.half_life_days, now)
    return use * 4 * belief.confidence * (1 - belief.confidence)


def most_worth(beliefs: Iterable[Proposition], *, asked_this_week: int, now: datetime) -> list[Worth]:
    """Those to ask now, the worthiest first: as many as this week has left. The same whatever their order."""
    found = [Worth(belief.id, worth(belief, now)) for belief in beliefs]
    ranked = sorted((each for each in found if each.worth >= LEAST_WORTH), key=lambda each: (-each.worth, each.id))
    return ranked[: max(MOST_A_WEEK - asked_this_week, 0)]


def episodes(evidence: Iterable[Evidence]) -> int:
    return len({item.episode for item in evidence})


def _is_harmless(text: str, evidence: Iterable[Evidence]) -> bool:
    """What only strangers say is not asked either: else they choose the questions."""
    items = tuple(evidence)
    return may_ask(text) and not is_hearsay(items) and not any(is_delicate(item.quote) for item in items)
