"""Whether a suggestion is shown now. Silence is the default, and each silence has a reason.

What is asked, in this order; the first reason found is the one that is kept:

1. What the person has decided: offers are off, never such, a first day without any.
2. Whether it is overtaken: already doing it, already done.
3. Whether it is new.
4. Whether it is welcome: its kind rests after refusals; else its expected utility.
5. Whether the person said “later”, and the moment.
6. How much was shown already: one at a time, a few an hour, a number a day.

So what will never be shown is told at once and does not wait in vain, and nothing of the moment is kept for it.

A good offer at a bad moment waits until its time is over. Final are: never such, overtaken, not worth it, and what may
not be repeated (or whose kind rests) until its time is over. “Not worth it” is final because what it was judged by does
not change any more: its numbers stand, and one answer more or less is no reason to come back to it. Where there is more
reason later, the same matter is found again and is another suggestion (`novelty.worth_keeping`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from gum_app.rules.moment import hindrance
from gum_app.rules.novelty import comes_again_at
from gum_app.rules.pouring import too_much
from gum_app.rules.taste import PRIOR_RATE, Taste, taste
from gum_app.rules.utility import Utility, utility
from gum_app.settings import Settings
from gum_app.suggestions import Answered, Moment, Silence, Suggestion

FIRST_DAY = timedelta(days=1)
# An offer that nobody answers holds the next one back only for a while: where no notification can be shown, it lies in
# the list, open, until its time is over.
STAYS_IN_FRONT = timedelta(minutes=10)
FINAL: frozenset[Silence] = frozenset({"never such", "already doing", "already done", "not worth it"})


@dataclass(frozen=True, kw_only=True)
class Past:
    """What the judge needs of the past."""

    now: datetime
    watched_since: datetime | None  # since the person pressed Start; None: they have not
    answers: tuple[Answered, ...]  # of the last two years
    shown: tuple[Suggestion, ...]  # all that were shown or refused in the last 60 days
    already: Silence | None = None  # “already doing” or “already done”


@dataclass(frozen=True, kw_only=True)
class Judgement:
    silence: Silence | None  # None: speak now
    final: bool  # it will not be asked again
    wanted: float  # 0–1: that this person wants this offer
    speak: float  # expected utility of each
    silent: float


def judge(suggestion: Suggestion, moment: Moment, past: Past, settings: Settings) -> Judgement:
    offer = suggestion.offer
    liking = taste(offer.kind, past.answers, past.now)
    # That there is something to help with, and that this person takes such help then.
    tried = liking.tried_from is not None and offer.belief >= liking.tried_from
    wanted = offer.belief * (PRIOR_RATE if tried else liking.rate)
    expected = utility(wanted, benefit=offer.benefit, cost_wrong=offer.cost_wrong, cost_silent=offer.cost_silent)
    silence, final = _silence(suggestion, moment, past, settings, liking, expected)
    return Judgement(
        silence=silence,
        final=final,
        wanted=wanted,
        speak=expected.speak,
        silent=expected.silent,
    )


def watched_since(settings: Settings) -> datetime | None:
    """Since the person pressed Start; None: they have not."""
    return datetime.fromisoformat(settings.consented_at) if settings.consented_at else None


def still_watches_until(settings: Settings, now: datetime) -> datetime | None:
    """When its first day, on which it only watches, is over; None: it is, or nothing was agreed to yet."""
    until = watches_only_until(watched_since(settings))
    return until if until is not None and until > now else None


def watches_only_until(watched_since: datetime | None) -> datetime | None:
    """When the first day is over; None: it has not begun."""
    return None if watched_since is None else watched_since + FIRST_DAY


def is_over(suggestion: Suggestion, now: datetime) -> bool:
    """Whether nothing can come of it any more by itself."""
    return now >= suggestion.offer.good_until


def _silence(
    suggestion: Suggestion, moment: Moment, past: Past, settings: Settings, liking: Taste, expected: Utility
) -> tuple[Silence | None, bool]:
    """The reason, and whether it is final."""
    for silence, until in (
        *_decided(suggestion, past, settings),
        *_new_and_welcome(suggestion, past, liking, expected),
        *_now(suggestion, moment, past, settings),
    ):
        if silence is not None:
            return silence, silence in FINAL or (until is not None and until >= suggestion.offer.good_until)
    return None, False


Reason = tuple[Silence | None, datetime | None]  # and until when it stands, where that is known


def _decided(suggestion: Suggestion, past: Past, settings: Settings) -> tuple[Reason, ...]:
    until = watches_only_until(past.watched_since)
    return (
        ("off" if not settings.suggestions else None, None),
        ("never such" if suggestion.offer.kind in settings.never_offered else None, None),
        ("first day" if until is None or past.now < until else None, None),
        (past.already, None),
    )


def _new_and_welcome(suggestion: Suggestion, past: Past, liking: Taste, expected: Utility) -> tuple[Reason, ...]:
    others = (each for each in past.shown if each.id != suggestion.id)
    again = comes_again_at(suggestion.offer, others, past.now)
    return (
        ("already offered" if again is not None else None, again),
        ("lately refused" if liking.resting_until is not None else None, liking.resting_until),
        ("not worth it" if not expected.speaks else None, None),
    )


def _now(suggestion: Suggestion, moment: Moment, past: Past, settings: Settings) -> tuple[Reason, ...]:
    shown_at = [each.shown_at for each in past.shown if each.shown_at is not None]
    in_front = (
        each.state == "shown" and each.id != suggestion.id and past.now - each.shown_at < STAYS_IN_FRONT
        for each in past.shown
        if each.shown_at is not None
    )
    later = suggestion.not_before is not None and past.now < suggestion.not_before
    return (
        ("later" if later else None, None),
        (hindrance(moment, settings), None),
        ("one at a time" if any(in_front) else None, None),
        (too_much(shown_at, past.now, settings), None),
    )
