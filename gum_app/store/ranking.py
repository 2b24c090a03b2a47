"""What a hit is worth, and an order that does not say the same thing twice. Pure numbers, no table.

Figures behind the choices: packaging/measure_retrieval.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

MILD_FRESHNESS = 0.3  # of the worth of a hit, so much fades with age: more of it ruins the ranking
MILD_CONFIDENCE = 0.2
WORDS_SHARE = 0.6  # of the relevance where meaning is compared too
LAMBDA = 0.9  # of MMR: how much the worth counts against being unlike what stands above; less costs recall
SAMENESS = 4  # the power of a likeness: what says nearly the same steps back, what is only about the same does not


def relevance(words: float, meaning: float | None) -> float:
    """0–1. Fused on scores with a fixed scale, so that they compare between questions."""
    return words if meaning is None else WORDS_SHARE * words + (1 - WORDS_SHARE) * meaning


def worth(relevance: float, freshness: float, confidence: float) -> float:
    """The score of a hit, 0–1: what it says, a little less where it is old or unsure."""
    fresh = 1 - MILD_FRESHNESS + MILD_FRESHNESS * freshness
    sure = 1 - MILD_CONFIDENCE + MILD_CONFIDENCE * confidence
    return relevance * fresh * sure


def varied(scores: Sequence[float], alike: Callable[[int, int], float], most: int) -> list[int]:
    """The places of `most` of them, the best first, each weighed against its likeness (0–1) to those before it.

    Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998). Scores count as shares of the best one: how near
    a question comes to all that is kept must not decide how much variety there is.
    """
    top = max(scores, default=0.0) or 1.0
    shares = [score / top for score in scores]
    left = list(range(len(scores)))
    nearest = [0.0] * len(scores)
    chosen: list[int] = []
    while left and len(chosen) < most:
        best = max(left, key=lambda place: (LAMBDA * shares[place] - (1 - LAMBDA) * nearest[place], -place))
        left.remove(best)
        chosen.append(best)
        for place in left:
            nearest[place] = max(nearest[place], alike(place, best) ** SAMENESS)
    return chosen
