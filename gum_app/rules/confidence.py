"""What evidence adds to a first guess. Three numbers, never mixed: raw, with evidence, calibrated (as shown)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum

from gum_app.records import Evidence

RAW_COUNTS_AS = 2.0  # the first guess weighs as much as two episodes
AGAINST_COUNTS = 2.0  # one clear contradiction outweighs one repetition
BY_THE_PERSON = 0.99  # what the person said themselves or confirmed
DOUBTED_FACTOR = 0.5
HEARSAY = 0.3  # the weight of what a stranger says


def is_hearsay(evidence: Sequence[Evidence]) -> bool:
    """Whether all that speaks is the word of strangers. No: there is none."""
    return bool(evidence) and all(item.weight <= HEARSAY for item in evidence)


def evidence_confidence(raw: float, ceiling: float, evidence: Iterable[Evidence]) -> float:
    """The probability that such evidence can carry, 0–1.

    Repeats within one episode count once (the strongest of them); quotes of an expired episode share its instant. The
    first whole episode is what `raw` already speaks for; each further one pulls towards 1, each one against pulls
    towards 0; nothing passes `ceiling`. Support never lowers and contradiction never raises the answer.
    """
    support: dict[object, float] = {}
    against: dict[object, float] = {}
    for item in evidence:
        side = support if item.supports else against
        side[item.episode] = max(side.get(item.episode, 0.0), item.weight)
    more = max(fsum(support.values()) - 1.0, 0.0)  # fsum: the same in whatever order
    weighed = RAW_COUNTS_AS + more + AGAINST_COUNTS * fsum(against.values())
    return min((RAW_COUNTS_AS * raw + more) / weighed, ceiling)
