"""A simulated month with somebody who changes their mind in the middle of it, and the real judge.

    PYTHONPATH=. uv run python -m tests.rules.fickle_person

Ideas come up all day, of kinds that this person takes more or less often, half of them at a bad moment. How sure each
is is calibrated: of those at 0.8, eight in ten are right. What is wrong is not taken, and seldom what comes while they
are busy. On day 16 one kind that was refused becomes welcome, and one that was welcome does not.

Beside it the same person lives with a judge that learns nothing, and with the gate of the paper alone: the utility of
the belief, at whatever moment.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from statistics import fmean
from typing import Any, Literal, get_args

from gum_app.rules.judgement import Past, is_over, judge
from gum_app.rules.utility import utility
from gum_app.settings import Settings
from gum_app.suggestions import Answer, Answered, Moment, OfferKind, Suggestion
from tests.builders import NOON, a_moment, a_suggestion, an_offer

DAYS, CHANGE = 30, 15  # the first of the days after the change of mind, counted from 0
TAKES: dict[OfferKind, float] = {"trouble": 0.85, "deadline": 0.75, "draft": 0.8, "idea": 0.05, "break": 0.05}
TAKES_LATER: dict[OfferKind, float] = {**TAKES, "draft": 0.05, "break": 0.85}
WON: OfferKind = "break"
LOST: OfferKind = "draft"
IDEAS_A_DAY = 12
WHEN_BUSY = 0.2  # of those that would be taken in a pause
BUSY_SHARE = 0.5  # of all moments
HINDRANCES: tuple[dict[str, Any], ...] = (
    *({"in_call": True}, {"fullscreen": True}, {"keys_a_minute": 150.0}, {"sharing": True}, {"in_front_seconds": 2.0}),
    *({"app": ""}, {"focus": True}, {"away": True}),
)
TICK = timedelta(minutes=30)
SETTINGS = Settings()
By = Literal["the judge", "a judge that learns nothing", "the gate alone"]


@dataclass(frozen=True)
class Said:
    day: int
    kind: OfferKind
    welcome: bool


@dataclass(frozen=True)
class Idea:
    suggestion: Suggestion
    is_right: bool


def ideas_of(day: datetime, random: Random, first: int) -> list[Idea]:
    found = []
    for n in range(first, first + IDEAS_A_DAY):
        kind, belief = random.choice(list(TAKES)), random.uniform(0.4, 0.98)
        at = day + timedelta(minutes=random.uniform(0, 12 * 60))
        offer = an_offer(
            kind,
            topic=f"matter:{n}",
            title=f"M{n}",
            belief=belief,
            benefit=random.randint(5, 8),
            cost_wrong=random.randint(3, 5),
            cost_silent=random.randint(3, 6),
            good_until=at + timedelta(hours=3),
        )
        found.append(Idea(a_suggestion(n, offer, made_at=at), random.random() < belief))
    return found


def moment_at(at: datetime, random: Random) -> Moment:
    hindered = random.random() < BUSY_SHARE
    return a_moment(at=at, **(random.choice(HINDRANCES) if hindered else {}))


def answer_of(idea: Idea, day: int, moment: Moment, random: Random) -> Answer:
    """What becomes of an offer that was shown."""
    takes = (TAKES if day < CHANGE else TAKES_LATER)[idea.suggestion.offer.kind]
    busy = moment != a_moment(at=moment.at)
    if idea.is_right and random.random() < takes * (WHEN_BUSY if busy else 1.0):
        return random.choices(("taken", "liked"), (8, 1))[0]
    return random.choices(("dismissed", "ignored", "undone", "disliked"), (6, 3, 1, 1))[0]


def live(seed: int, by: By = "the judge") -> list[Said]:
    """What was shown in a month, and whether it was welcome."""
    random = Random(seed)
    start = NOON.replace(hour=9)
    answers: list[Answered] = []
    shown: list[Suggestion] = []
    said: list[Said] = []
    for day in range(DAYS):
        morning = start + timedelta(days=day)
        ideas = ideas_of(morning, random, 1 + day * IDEAS_A_DAY)
        for tick in range(26):
            at = morning + tick * TICK
            moment = moment_at(at, random)
            # No matter comes twice here, so that what is old can only be in the way of being fast.
            shown = [each for each in shown if each.shown_at is not None and at - each.shown_at < timedelta(days=2)]
            for idea in [each for each in ideas if each.suggestion.made_at <= at]:
                if is_over(idea.suggestion, at):
                    ideas.remove(idea)
                    continue
                heard = tuple(answers) if by == "the judge" else ()
                past = Past(now=at, watched_since=start, answers=heard, shown=tuple(shown))
                silent, final = (_by_the_gate if by == "the gate alone" else _judged)(idea, moment, past)
                if not silent or final:
                    ideas.remove(idea)
                if silent:
                    continue
                answer = answer_of(idea, day, moment, random)
                said.append(Said(day, idea.suggestion.offer.kind, answer in ("taken", "liked")))
                answers.append(
                    Answered(kind=idea.suggestion.offer.kind, answer=answer, at=at, suggestion_id=idea.suggestion.id)
                )
                shown.append(replace(idea.suggestion, state="dismissed", shown_at=at))
    return said


def _judged(idea: Idea, moment: Moment, past: Past) -> tuple[bool, bool]:
    found = judge(idea.suggestion, moment, past, SETTINGS)
    return found.silence is not None, found.final


def _by_the_gate(idea: Idea, _moment: Moment, past: Past) -> tuple[bool, bool]:
    offer = idea.suggestion.offer
    gate = utility(offer.belief, benefit=offer.benefit, cost_wrong=offer.cost_wrong, cost_silent=offer.cost_silent)
    first_day = past.watched_since is not None and past.now - past.watched_since < timedelta(days=1)
    return first_day or not gate.speaks, True


# Figures of many such months


def within(said: Iterable[Said], first: int, last: int, kind: OfferKind | None = None) -> list[Said]:
    """Shown from day `first` up to and with day `last`."""
    return [each for each in said if first <= each.day <= last and kind in (None, each.kind)]


def accepted(lives: Iterable[list[Said]], first: int, last: int) -> float:
    """0–1, of all that was shown in those days."""
    return fmean(each.welcome for said in lives for each in within(said, first, last))


def unwelcome_a_day(lives: list[list[Said]], first: int, last: int) -> float:
    return sum(not each.welcome for said in lives for each in within(said, first, last)) / _days(lives, first, last)


def shown_a_day(lives: list[list[Said]], first: int, last: int, kind: OfferKind | None = None) -> float:
    return sum(len(within(said, first, last, kind)) for said in lives) / _days(lives, first, last)


def _days(lives: list[list[Said]], first: int, last: int) -> int:
    return len(lives) * (last - first + 1)


SPANS = ((1, 3), (4, 8), (9, 14), (15, 17), (18, 22), (23, 29))


def main() -> None:
    for by in get_args(By):
        lives = [live(seed, by) for seed in range(100)]
        print(f"{by}: 100 months")
        for first, last in SPANS:
            kinds = " ".join(f"{kind} {shown_a_day(lives, first, last, kind):.2f}" for kind in TAKES)
            told = f"shown {shown_a_day(lives, first, last):.1f}, taken {accepted(lives, first, last):.0%}"
            unwelcome = f"unwelcome {unwelcome_a_day(lives, first, last):.1f}"
            print(f"  days {first + 1}–{last + 1}: {told}, {unwelcome} a day; {kinds}")


if __name__ == "__main__":
    main()
