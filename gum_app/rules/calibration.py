"""Learns from the person's verdicts how far the numbers of each source can be trusted: one curve a source.

Platt's logistic on the log-odds (Platt 1999; with a slope and an intercept it is also the "recalibration" of Cox 1958),
made Bayesian so that a handful of verdicts moves little: every curve is drawn towards that of its sort (all rules, any
model), that towards all sources, and that towards the identity. It is the one joint maximum a posteriori of all of
them, so no verdict counts twice and their order does not matter. Isotonic regression would need hundreds of verdicts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from gum_app.records import PERSON, Curve, Feedback
from gum_app.rules.curves import ANY_SOURCE, HIGHEST, LOWEST, WORTH, lineage, log_odds

UNASKED_COUNTS = 0.5  # a verdict given unasked: people judge what strikes them, so it says less about the rest
# Standard deviations of the Gaussian priors, in log-odds: how far all sources together may be from the identity, and
# how far a sort or a source from the one above it. Chosen by simulation (tests/rules/test_calibration.py): wide enough
# to mend an overconfident source within twenty verdicts, narrow enough that three verdicts cost an honest one nothing
# that could be noticed.
INTERCEPT_SPREAD = {ANY_SOURCE: 0.5, "sort": 0.35, "source": 0.5}
SLOPE_SPREAD = {ANY_SOURCE: 0.25, "sort": 0.15, "source": 0.2}
SMALLEST_SLOPE = 0.1  # above zero: what rests on more evidence is always shown as surer
# Of the curves: it moves no number by a whole percent, and finer steps would rewrite all of them for every verdict.
STEP = 0.05
MOST_STEPS = 100

Floats = NDArray[np.float64]


def fit(verdicts: Iterable[Feedback]) -> dict[str, Curve]:
    """A curve for each source that was judged, for its sort, and for any source; none without verdicts.

    Of one proposition the last verdict counts. What the person said themselves is not judged.
    """
    counted = _last_of_each(verdict for verdict in verdicts if verdict.made_by != PERSON)
    if not counted:
        return {}
    tree = _Tree.over(sorted({verdict.made_by for verdict in counted}))
    best = _Posterior(tree, counted).best()
    own = [sum(name in lineage(verdict.made_by) for verdict in counted) for name in tree.names]
    return {
        name: Curve(source=name, intercept=_stepped(best[n, 0]), slope=_stepped(best[n, 1]), verdicts=of)
        for n, (name, of) in enumerate(zip(tree.names, own, strict=True))
    }


def _stepped(value: float) -> float:
    return round(round(float(value) / STEP) * STEP, 2)


def _last_of_each(verdicts: Iterable[Feedback]) -> list[Feedback]:
    """In an order that follows from the verdicts alone, so that the same ones always give the same curves."""
    last: dict[int, Feedback] = {}
    for verdict in sorted(verdicts, key=_order):
        last[verdict.proposition_id] = verdict
    return list(last.values())


def _order(verdict: Feedback) -> tuple[datetime, int, bool, str, float, str]:
    said = (verdict.drawn, verdict.verdict, verdict.confidence_evidence, verdict.made_by)
    return (verdict.at, verdict.proposition_id, *said)


@dataclass(frozen=True, kw_only=True)
class _Tree:
    """All sources, their sorts and the root, each after the one above it."""

    names: tuple[str, ...]
    above: tuple[int, ...]  # of the root: itself
    spread: Floats  # one row each: of the intercept, of the slope

    @classmethod
    def over(cls, sources: Sequence[str]) -> _Tree:
        names, above, levels = [ANY_SOURCE], [0], [ANY_SOURCE]
        for source in sources:
            line = lineage(source)[::-1]
            for upper, name in pairwise(line):
                if name not in names:
                    above.append(names.index(upper))
                    names.append(name)
                    levels.append("source" if name == source else "sort")
        spread = np.array([(INTERCEPT_SPREAD[level], SLOPE_SPREAD[level]) for level in levels])
        return cls(names=tuple(names), above=tuple(above), spread=spread)


class _Posterior:
    """How well curves fit verdicts and each other. Strictly convex: it has one best point."""

    def __init__(self, tree: _Tree, verdicts: Sequence[Feedback]) -> None:
        self._size = 2 * len(tree.names)
        self._where = np.array([tree.names.index(verdict.made_by) for verdict in verdicts])
        bounded = [min(max(verdict.confidence_evidence, LOWEST), HIGHEST) for verdict in verdicts]
        self._log_odds = np.array([log_odds(each) for each in bounded])
        self._worth = np.array([WORTH[verdict.verdict] for verdict in verdicts])
        self._weight = np.array([1.0 if verdict.drawn else UNASKED_COUNTS for verdict in verdicts])
        # What keeps them together, as one quadratic form: each node minus the one above it, over its spread.
        apart = np.eye(len(tree.names))
        apart[np.arange(1, len(tree.names)), tree.above[1:]] = -1.0
        self._ties = np.zeros((self._size, self._size))
        for kind in (0, 1):
            precision = np.diag(tree.spread[:, kind] ** -2.0)
            self._ties[kind::2, kind::2] = apart.T @ precision @ apart
        self._identity = np.tile((0.0, 1.0), len(tree.names))

    def best(self) -> Floats:
        """One row for each node: intercept and slope. Newton's method with the slopes held above their bound."""
        point, slopes = self._identity.copy(), np.arange(self._size) % 2 == 1
        for _ in range(MOST_STEPS):
            gradient, curvature = self._derivatives(point)
            free = ~(slopes & (point <= SMALLEST_SLOPE) & (gradient > 0))
            step = np.zeros(self._size)
            step[free] = np.linalg.solve(curvature[np.ix_(free, free)], -gradient[free])
            after = self._walk(point, step, gradient, slopes)
            if np.max(np.abs(after - point)) < 1e-9:
                break
            point = after
        return point.reshape(-1, 2)

    def _walk(self, point: Floats, step: Floats, gradient: Floats, slopes: NDArray[np.bool_]) -> Floats:
        """As far along the step as it gets better (Armijo's rule), within the bound."""
        before = self._cost(point)
        for halvings in range(40):
            after = point + step * 0.5**halvings
            after[slopes] = np.maximum(after[slopes], SMALLEST_SLOPE)
            if self._cost(after) <= before + 1e-4 * gradient @ (after - point):
                return after
        return point

    def _cost(self, point: Floats) -> float:
        value = self._values(point)
        surprise = np.logaddexp(0.0, value) - self._worth * value
        away = point - self._identity
        return float(self._weight @ surprise + 0.5 * away @ self._ties @ away)

    def _values(self, point: Floats) -> Floats:
        value: Floats = point[2 * self._where] + point[2 * self._where + 1] * self._log_odds
        return value

    def _derivatives(self, point: Floats) -> tuple[Floats, Floats]:
        expected = 1.0 / (1.0 + np.exp(-self._values(point)))
        pull = self._weight * (expected - self._worth)
        gradient = self._ties @ (point - self._identity)
        stiffness = self._weight * expected * (1.0 - expected)
        curvature = self._ties.copy()
        first, second = 2 * self._where, 2 * self._where + 1
        np.add.at(gradient, first, pull)
        np.add.at(gradient, second, pull * self._log_odds)
        np.add.at(curvature, (first, first), stiffness)
        np.add.at(curvature, (second, second), stiffness * self._log_odds**2)
        np.add.at(curvature, (first, second), stiffness * self._log_odds)
        np.add.at(curvature, (second, first), stiffness * self._log_odds)
        return gradient, curvature
