"""How fresh a belief is. The direction is the point: what lasts longer fades more slowly."""

from __future__ import annotations

from datetime import datetime
from math import exp, log

SECONDS_PER_DAY = 86_400.0
SHORTEST_HALF_LIFE_DAYS = 2 / 24  # a span of 1
LONGEST_HALF_LIFE_DAYS = 730.0  # a span of 10


def freshness(last_supported_at: datetime, half_life_days: float, now: datetime) -> float:
    """1.0 when just supported, 0.5 after one half-life, towards 0 from there. A future support counts as just now."""
    age_days = max((now - last_supported_at).total_seconds(), 0.0) / SECONDS_PER_DAY
    return float(0.5 ** (age_days / half_life_days))


def half_life_of_span(span: float) -> float:
    """The half-life in days of a span 1–10 on a log scale: 1 is two hours, 10 is two years."""
    if not 1 <= span <= 10:
        raise ValueError(f"a span lies between 1 and 10, not {span}")
    share = (span - 1) / 9
    return exp(log(SHORTEST_HALF_LIFE_DAYS) * (1 - share) + log(LONGEST_HALF_LIFE_DAYS) * share)
