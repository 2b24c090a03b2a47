"""Which propositions are put before the person to be judged: drawn at random, so that the figures are honest.

Stratified by the confidence shown, evenly, so that every part of the scale is judged; within a stratum spread over the
sources by systematic sampling, which gives each member the same chance. What would be awkward to be asked is left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from gum_app.records import Candidate, SpotCheck, SpotCheckId
from gum_app.rules.delicate import is_delicate, rates_somebody
from gum_app.rules.strangers import addresses_machines

STRATA = (0.35, 0.55, 0.75, 0.9)  # where one ends and the next begins: doubtful, unsure, likely, quite sure, very sure
DRAWN_AT_ONCE = 10
LINK = re.compile(r"https?:|\bwww\.|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S|\S@\S", re.IGNORECASE)
MOST_READ = 500  # of one stratum; of a larger one so many are read, and how many could be asked is estimated
STAYS_OPEN = timedelta(days=7)  # so long a spot check that was stopped can be continued


def stratum_of(confidence: float) -> int:
    return bisect_right(STRATA, confidence)


def draw(
    candidates: Sequence[Candidate], chance: Random, *, at: datetime, number: int = DRAWN_AT_ONCE
) -> list[SpotCheck]:
    """At most `number`, in the order in which they are asked, which tells nothing. Their ids are still to be given."""
    members: dict[int, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        members[stratum_of(candidate.confidence)].append(candidate)
    asked, sizes = {}, {}
    for stratum, all_of_it in sorted(members.items()):
        read = chance.sample(all_of_it, min(len(all_of_it), MOST_READ))
        asked[stratum] = [candidate for candidate in read if may_ask(candidate.text)]
        sizes[stratum] = round(len(all_of_it) * len(asked[stratum]) / len(read))
    drawn = [
        _drawn(candidate, stratum, sizes[stratum], at)
        for stratum, share in _shares(asked, number).items()
        for candidate in _spread(asked[stratum], share, chance)
    ]
    chance.shuffle(drawn)
    return drawn


def may_ask(text: str) -> bool:
    """Not what would be awkward; nor a link or an order that a page put into our mouth."""
    return not (is_delicate(text) or rates_somebody(text) or addresses_machines(text) or LINK.search(text))


def still_open(checks: Sequence[SpotCheck], now: datetime) -> list[SpotCheck]:
    """All of the last drawing, answered or not, where some are not and it is not long ago; else empty."""
    if not checks:
        return []
    last = [check for check in checks if check.drawn_at == checks[-1].drawn_at]
    waits = any(check.verdict is None and not check.skipped for check in last)
    return last if waits and now - checks[-1].drawn_at < STAYS_OPEN else []


def _shares(asked: Mapping[int, Sequence[Candidate]], number: int) -> dict[int, int]:
    """One after the other to each stratum that has more, the surest first: most of what is shown is there."""
    shares = dict.fromkeys(sorted(asked, reverse=True), 0)
    left = min(number, sum(map(len, asked.values())))
    while left:
        for stratum in shares:
            if left and shares[stratum] < len(asked[stratum]):
                shares[stratum] += 1
                left -= 1
    return shares


def _spread(members: Sequence[Candidate], number: int, chance: Random) -> list[Candidate]:
    """So many, each with the same chance, from as many sources as can be."""
    if not number:
        return []
    in_order = sorted(members, key=lambda candidate: candidate.made_by)  # of one source: as they were shuffled
    start = chance.randrange(len(in_order))
    return [in_order[(start + n * len(in_order)) // number] for n in range(number)]


def _drawn(candidate: Candidate, stratum: int, size: int, at: datetime) -> SpotCheck:
    return SpotCheck(
        id=SpotCheckId(0),
        drawn_at=at,
        proposition_id=candidate.id,
        made_by=candidate.made_by,
        stratum=stratum,
        stratum_size=size,
        confidence_shown=candidate.confidence,
        confidence_evidence=candidate.confidence_evidence,
    )
