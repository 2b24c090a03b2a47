"""Whether it is worth speaking: expected utility as in section 4.3.2 of "Creating General User Models" (UIST '25).

Spoken: an offer that is wanted brings its benefit, one that is not costs an interruption. Silent: an offer that would
have been wanted is missed. One speaks where the first is more; that is above p = C_fp / (B + C_fn + C_fp).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

LEAST, MOST = 1, 10  # of benefit and of both costs
TIE = 1e-9  # as good as equal: then silence, whatever the last digit of a float says


@dataclass(frozen=True, kw_only=True)
class Utility:
    speak: float
    silent: float

    @property
    def speaks(self) -> bool:
        return self.speak - self.silent > TIE


def utility(wanted: float, *, benefit: float, cost_wrong: float, cost_silent: float) -> Utility:
    """`wanted`: probability 0–1 that this person wants this offer; the others 1–10. Raises ValueError."""
    if not isfinite(wanted) or not 0 <= wanted <= 1:
        raise ValueError(f"A probability lies between 0 and 1, not at {wanted}.")
    for each in (benefit, cost_wrong, cost_silent):
        if not isfinite(each) or not LEAST <= each <= MOST:
            raise ValueError(f"Benefit and costs lie between {LEAST} and {MOST}, not at {each}.")
    return Utility(speak=wanted * benefit - (1 - wanted) * cost_wrong, silent=-wanted * cost_silent)


def threshold(*, benefit: float, cost_wrong: float, cost_silent: float) -> float:
    """The probability above which one speaks: what the app shows for “how sure must it be”."""
    return cost_wrong / (benefit + cost_silent + cost_wrong)
