"""From the number that evidence makes to the number that is shown: one monotone curve for each source.

What evidence carries is a guess; how far the guesses of one source can be trusted is learned from the person's verdicts
(`calibration.py` fits the curves). Without verdicts every curve is the identity.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, log

from gum_app.records import Curve, Verdict

LOWEST, HIGHEST = 0.01, 0.99  # nothing but the person's word is surer, and nothing is impossible
ANY_SOURCE = ""
WORTH: dict[Verdict, float] = {"right": 1.0, "partly": 0.5, "wrong": 0.0}  # how true a verdict says it is
NOT_BEYOND = 0.5  # a ceiling up to here is no guess but a rule: what only a stranger claims stays below it

Curves = Mapping[str, Curve]
NOTHING_LEARNED: Curves = {}


def lineage(made_by: str) -> tuple[str, ...]:
    """Whose track record counts for a source, the nearest first: itself, its sort, any source.

    "model:Qwen3-VL-4B propose 3f2a91c0" (one model with one version of the question) → any model → anything.
    """
    sort, colon, _ = made_by.partition(":")
    return (made_by, sort, ANY_SOURCE) if colon else (made_by, ANY_SOURCE)


def curve_of(made_by: str, curves: Curves) -> Curve:
    """The curve of a source, or the nearest above it that has one; the identity where nothing was learned yet."""
    for source in lineage(made_by):
        if source in curves:
            return curves[source]
    return Curve(source=ANY_SOURCE)


def shown(evidence: float, ceiling: float, curve: Curve) -> float:
    """The calibrated probability, 0.01–0.99, of what evidence alone makes `evidence` of.

    Rises with `evidence` for every curve, because no slope is below zero.
    """
    bounded = min(max(evidence, LOWEST), HIGHEST)
    if (curve.slope, curve.intercept) != (1.0, 0.0):
        bounded = min(max(logistic(curve.intercept + curve.slope * log_odds(bounded)), LOWEST), HIGHEST)
    return min(bounded, ceiling) if ceiling <= NOT_BEYOND else bounded


def log_odds(probability: float) -> float:
    return log(probability / (1.0 - probability))


def logistic(value: float) -> float:
    return 1.0 / (1.0 + exp(-value))
