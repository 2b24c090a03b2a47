"""How sure, how right: what was shown, held against the person's verdicts on what was drawn at random.

Only drawn ones count, each with what was shown when it was drawn, before anything was learned from its verdict
(prequential: Dawid 1984). A stratum counts by its size, not by how many of it were drawn (Hájek's estimate). Brier's
score is always given with that of the base rate: of one who says the same share of everything, and knows it beforehand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from gum_app.records import SpotCheck
from gum_app.rules.curves import WORTH
from gum_app.rules.spot_check import STRATA, stratum_of

FEWEST_VERDICTS = 20  # with fewer, chance would be taken for reliability
FEWEST_IN_A_BIN = 8  # the sentence is about the surest part of the scale that has so many
Z_95 = 1.96


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What was shown as so sure, and how true it was: 1, or 0, or between; `weight`: for how many it stands."""

    confidence: float
    worth: float
    weight: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Bin:
    """What was shown as sure as from `lowest` to `highest`."""

    lowest: float
    highest: float
    verdicts: int
    right: float  # a partly counts as a half
    shown: float  # the mean of what was shown
    share: float  # of it, what was right
    share_low: float  # within these two it truly lies, 19 times out of 20 (Wilson 1927)
    share_high: float


@dataclass(frozen=True, kw_only=True)
class Reliability:
    """The mean squared error of what was shown, and that of always saying the base rate. None without verdicts."""

    verdicts: int
    right: float
    partly: int  # how many of the verdicts count as a half
    brier: float | None
    base_rate: float | None
    base_brier: float | None
    bins: tuple[Bin, ...]

    @property
    def is_enough(self) -> bool:
        return self.verdicts >= FEWEST_VERDICTS


def reliability_of(checks: Sequence[SpotCheck]) -> Reliability:
    return measured(judged(checks))


def judged(checks: Sequence[SpotCheck]) -> list[Judged]:
    """Each answered one stands for its part of its stratum, as large as that was when it was drawn."""
    answered = [check for check in checks if check.verdict is not None]
    of_it = Counter((check.drawn_at, check.stratum) for check in answered)
    return [
        Judged(
            confidence=check.confidence_shown,
            worth=WORTH[check.verdict],
            weight=check.stratum_size / of_it[check.drawn_at, check.stratum],
        )
        for check in answered
        if check.verdict is not None
    ]


def measured(points: Sequence[Judged]) -> Reliability:
    if not points:
        return Reliability(verdicts=0, right=0.0, partly=0, brier=None, base_rate=None, base_brier=None, bins=())
    base_rate = _mean((point.worth, point.weight) for point in points)
    return Reliability(
        verdicts=len(points),
        right=sum(point.worth for point in points),
        partly=sum(0 < point.worth < 1 for point in points),
        brier=_mean(((point.worth - point.confidence) ** 2, point.weight) for point in points),
        base_rate=base_rate,
        base_brier=_mean(((point.worth - base_rate) ** 2, point.weight) for point in points),
        bins=tuple(
            _bin(number, members)
            for number in range(len(STRATA) + 1)
            if (members := [point for point in points if stratum_of(point.confidence) == number])
        ),
    )


def _bin(number: int, members: Sequence[Judged]) -> Bin:
    right = sum(point.worth for point in members)
    low, high = wilson(right, len(members))
    return Bin(
        lowest=(0.0, *STRATA)[number],
        highest=(*STRATA, 1.0)[number],
        verdicts=len(members),
        right=right,
        shown=_mean((point.confidence, point.weight) for point in members),
        share=right / len(members),
        share_low=low,
        share_high=high,
    )


def wilson(right: float, of: int) -> tuple[float, float]:
    """The 95 % interval of a share, which unlike the plain one is sound for few and at the ends."""
    share, room = right / of, Z_95**2 / of
    middle = (share + room / 2) / (1 + room)
    half = Z_95 / (1 + room) * sqrt(share * (1 - share) / of + room / (4 * of))
    return max(middle - half, 0.0), min(middle + half, 1.0)


def _mean(weighed: Iterable[tuple[float, float]]) -> float:
    pairs = list(weighed)
    return sum(value * weight for value, weight in pairs) / sum(weight for _, weight in pairs)


# In words


def told(figures: Reliability) -> str:
    """The one sentence. Says so where there are too few verdicts, and shows no precision that is not there."""
    if not figures.verdicts:
        return (
            "Nothing has been judged yet. Ten propositions, drawn at random, tell how far the numbers can be trusted."
        )
    half = " (a partly counts as a half)" if figures.partly else ""
    if not figures.is_enough:
        return (
            f"So far {of(figures.right, figures.verdicts)} right{half}. That is too few to tell how far the numbers can"
            f" be trusted; from {FEWEST_VERDICTS} verdicts on it is told here."
        )
    telling = [each for each in figures.bins if each.verdicts >= FEWEST_IN_A_BIN]
    surest = max(telling or figures.bins, key=lambda each: each.lowest)
    low, high = percent(surest.share_low), percent(surest.share_high)
    return f"{bin_told(surest)} That fits a true share of anything from {low} to {high}."


def bin_told(each: Bin) -> str:
    span = f"{percent(each.lowest)} to {percent(each.highest)}"
    return f"Of what was shown as {span} sure, {of(each.right, each.verdicts)} right."


def score_told(figures: Reliability) -> str:
    """Brier, base rate and the number of verdicts, never one without the others. Empty with too few."""
    if figures.brier is None or figures.base_rate is None or figures.base_brier is None or not figures.is_enough:
        return ""
    better = "better" if figures.brier < figures.base_brier else "no better"
    return (
        f"Brier score {figures.brier:.2f} over {figures.verdicts} verdicts (0 is best). Saying"
        f" {percent(figures.base_rate)} of everything, the share that was right, would score {figures.base_brier:.2f}:"
        f" the numbers are {better} than that."
    )


def percent(share: float) -> str:
    return f"{round(100 * share)} %"


def of(right: float, verdicts: int) -> str:
    """“7 of 9 were”, “7½ of 9 were”."""
    return f"{tally(right, verdicts)} {'was' if verdicts == 1 else 'were'}"


def tally(right: float, verdicts: int) -> str:
    """“7 of 9”, “7½ of 9”."""
    whole = f"{int(right)}" if right == int(right) else f"{int(right) or ''}½"
    return f"{whole} of {verdicts}"
