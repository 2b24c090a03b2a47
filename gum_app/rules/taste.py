"""What this person makes of each kind of offer: a Beta per kind, folded from the answers, and a rest after refusals.

Learned quickly: an answer counts half as much once three newer ones of its kind are there, so the last handful
decides. Forgotten slowly: without newer ones it takes sixty days to count half, so a holiday changes little and an old
grudge does not last for ever. What was refused twice in a row rests, for longer each time. Who changed their mind could
never show it, so what is refused is tried again as if it were new: after its rest with an idea that is sure, as one
that turns out wrong would tell nothing of the kind; after two weeks without an answer with any.

Which hour or which program suits is not learned. At six offers a day and eight kinds there is about one answer a kind
and day; split by hours that would be guessing for months. The moment is judged by what goes on in it (`moment`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from math import fsum
from operator import attrgetter

from gum_app.suggestions import Answer, Answered, OfferKind, SuggestionId

# How often an offer is taken where there is something to help with, before anybody has answered: in ProactiveBench, as
# far as we tune on it, 201 of 368. Over all offers, needed or not, it is 34.8 %; the need is the belief's part.
PRIOR_RATE = 0.55
PRIOR_ANSWERS = 2.0  # weak: as if two had been answered
HALF_LIFE_ANSWERS = 3.0
HALF_LIFE_DAYS = 60.0
TRIED_WHEN_SURE_AFTER, TRIED_AFTER = timedelta(days=7), timedelta(days=14)
SURE = 0.7  # belief
# After so many refusals in a row the kind rests for so long. At most a week: whoever always says no is asked once a
# week and can say “never such”; a change of mind is found out within it.
RESTS = ((5.0, timedelta(days=7)), (4.0, timedelta(days=4)), (3.0, timedelta(days=2)), (2.0, timedelta(days=1)))


@dataclass(frozen=True)
class Worth:
    """What an answer says of its kind, in answers."""

    taken: float
    refused: float


WORTH: dict[Answer, Worth] = {
    "taken": Worth(1.0, 0.0),
    "liked": Worth(1.5, 0.0),
    "did it": Worth(0.5, 0.5),  # the matter was right, the help was not needed: half of each, and no refusal
    "ignored": Worth(0.0, 1 / 3),  # perhaps it was not even seen
    "dismissed": Worth(0.0, 1.0),
    "undone": Worth(0.0, 1.5),  # it cost more than a look
    "disliked": Worth(0.0, 2.0),
    "later": Worth(0.0, 0.0),  # of the moment, not of the kind
    "never": Worth(0.0, 1.0),  # that the kind is off stands in the settings, until the person lifts it
}
NOT_SAID: frozenset[Answer] = frozenset({"ignored", "did it"})  # only seen


@dataclass(frozen=True, kw_only=True)
class Taste:
    """Of one kind."""

    rate: float  # 0–1: how often an offer of this kind is taken where there is something to help with
    answers: float  # how many answers that rests on, by weight; 0: on nothing but the prior
    resting_until: datetime | None  # None: it does not rest
    tried_from: float | None  # the least belief with which it is offered as if it were new; None: it is not


def taste(kind: OfferKind, answers: Iterable[Answered], now: datetime) -> Taste:
    """The same whatever the order of `answers`: their times count, and those of one instant count alike."""
    said = counted(kind, answers)
    taken, refused = PRIOR_RATE * PRIOR_ANSWERS, (1 - PRIOR_RATE) * PRIOR_ANSWERS
    weights = newer = 0.0
    for at, together in groupby(reversed(said), key=attrgetter("at")):
        worth = [WORTH[each.answer] for each in together]
        share = 0.5 ** (newer / HALF_LIFE_ANSWERS) * 0.5 ** (_age_days(at, now) / HALF_LIFE_DAYS)
        taken += fsum(each.taken for each in worth) * share
        refused += fsum(each.refused for each in worth) * share
        weight = fsum(each.taken + each.refused for each in worth)
        weights, newer = weights + weight * share, newer + weight
    rate = taken / (taken + refused)
    until = rest_until(said, now)
    tried_from = _tried_from(said, now) if until is None and rate < PRIOR_RATE else None
    return Taste(rate=rate, answers=weights, resting_until=until, tried_from=tried_from)


def counted(kind: OfferKind, answers: Iterable[Answered]) -> list[Answered]:
    """Of each suggestion of this kind, the last thing that was said, the oldest first; “later” says nothing of a kind.

    Who takes something and then takes it back has refused it, once. What was done by themselves counts only where
    nothing was said: who always says no and does it alone wants no offers. Of one instant the harsher answer is last.
    """
    last: dict[SuggestionId, Answered] = {}
    alone: list[Answered] = []
    for each in sorted((each for each in answers if each.kind == kind and each.answer != "later"), key=_order):
        if each.suggestion_id is None:
            alone.append(each)
        elif _outweighs(each, last.get(each.suggestion_id)):
            last[each.suggestion_id] = each
    return sorted([*alone, *last.values()], key=_order)


def _outweighs(later: Answered, before: Answered | None) -> bool:
    return before is None or before.answer in NOT_SAID or later.answer not in NOT_SAID


def rest_until(said: list[Answered], now: datetime) -> datetime | None:
    """`said` as `counted` gives it. None: the kind does not rest, or its rest is over."""
    refusals = refused_in_a_row(said)
    span = next((span for least, span in RESTS if refusals >= least - 1e-9), None)
    if span is None:
        return None
    until = min(said[-1].at, now) + span  # a clock that jumped back makes no rest longer
    return until if until > now else None


def refused_in_a_row(said: list[Answered]) -> float:
    """Since the last one that was taken or done by the person themselves; three that were ignored are one refusal."""
    refusals = 0.0
    for each in reversed(said):
        if WORTH[each.answer].taken:
            break
        refusals += WORTH[each.answer].refused
    return refusals


def _tried_from(said: list[Answered], now: datetime) -> float | None:
    unheard = now - said[-1].at
    if unheard >= TRIED_AFTER:
        return 0.0
    rested = refused_in_a_row(said) >= RESTS[-1][0] - 1e-9
    return SURE if rested or unheard >= TRIED_WHEN_SURE_AFTER else None


def _age_days(at: datetime, now: datetime) -> float:
    return max((now - at).total_seconds(), 0.0) / timedelta(days=1).total_seconds()


def _order(answered: Answered) -> tuple[datetime, float, int]:
    worth = WORTH[answered.answer]
    return answered.at, worth.refused - worth.taken, answered.suggestion_id or 0
