"""Which notifications deserve attention now, and which can wait for the digest. Pure: what is believed comes along.

From the general to the particular: what sort of program it is and how urgent it calls itself; what the person said of
that program before; what is believed that bears on it; what the person said of this sender and this matter. Each step
of the person's is a Beta prior around the step before it: a verdict or two turn what was only guessed, many verdicts
hold, and an old one fades.

Words that press (“URGENT”, “act now”) are in no table here: they move nothing. What words can do is to name what is
believed already, and that is bounded, however many they name.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gum_app.digest import Attention, Ground, GroundName, Judgement
from gum_app.records import Kind, PropositionId, Urgency
from gum_app.rules.attention import Sort, app_key, matter_key, sender_key, sort_of

# How often a notification of a sort deserves attention at once, before anything is known. Chosen, not measured.
PRIOR: Mapping[Sort, float] = {
    "trouble": 0.3,
    "appointment": 0.6,
    "message": 0.3,
    "mail": 0.15,
    "routine": 0.06,
    "page": 0.08,
    "program": 0.15,
}
CRITICAL_TROUBLE = 0.95  # the battery is nearly empty
CALLED_URGENT = 1.2  # log-odds, where its program calls little urgent
CALLED_UNIMPORTANT = -1.2
CODE = 1.5  # in a message: somebody waits at a page, and it is good for minutes
OFTEN = 0.5  # the share of a program's notifications that it calls urgent, from which on that hardly counts

# What beliefs can add at most, for one that is certain, fresh, and says just what the notification says.
WEIGHTS: Mapping[GroundName, float] = {"known sender": 1.6, "near date": 1.6, "matter": 1.2, "interest": 0.3}
MOST_FROM_WORDS = 2.0  # of near date, matter and interest together: anybody can write words
MATTERS: frozenset[Kind] = frozenset({"task", "plan", "schedule", "struggle"})
NEAR_DAYS = 1.0  # a date today or tomorrow
LEAST_CONFIDENCE = 0.5  # below that it is not believed, and what only strangers say stays below it
LEAST_SHARE = 0.34  # of what a notification says that a belief must say too, to bear on it

HALF_LIFE_DAYS = 90.0  # of a verdict
# How many verdicts what was known before counts for: a program is many things, a sender is one.
COUNTS_FOR: Mapping[str, float] = {"app": 4.0, "sender": 1.0, "matter": 1.5}
SHOWN_FROM = 0.5
UNDECIDED = 0.2  # so far from the middle
MODEL = 1.0  # log-odds: it turns what is undecided, and nothing else
DECIDED: frozenset[GroundName] = frozenset({"orders", "model", "said of its sender", "said of its matter"})
LEAST, MOST = 0.01, 0.99


@dataclass(frozen=True, kw_only=True)
class Notification:
    """What is judged. `critical_share`: of its program's last notifications, how many it called urgent, 0–1."""

    app: str
    summary: str
    urgency: Urgency = "normal"
    critical_share: float = 0.0
    has_code: bool = False  # a code that is good for minutes was cut out of it
    has_orders: bool = False  # it orders software about


@dataclass(frozen=True, kw_only=True)
class Bearing:
    """A belief that bears on it. `share`: how far it says what the notification says, 0–1."""

    id: PropositionId
    kind: Kind
    confidence: float  # calibrated
    freshness: float = 1.0
    share: float = 1.0
    names_sender: bool = False  # it says who the notification is from, and not only what it says
    days_ahead: float | None = None  # until the date that it names; None: it names none


@dataclass(frozen=True, kw_only=True)
class Vote:
    """What the person said: that it deserved attention now, or that it could have waited."""

    keys: frozenset[str]
    now: bool
    age_days: float = 0.0


Tally = Mapping[str, tuple[float, float]]  # by key: how often now, how often later, faded by age


def tally_of(votes: Iterable[Vote]) -> dict[str, tuple[float, float]]:
    counted: dict[str, tuple[float, float]] = {}
    for vote in votes:
        weight = 0.5 ** (max(vote.age_days, 0.0) / HALF_LIFE_DAYS)
        for key in vote.keys:
            now, later = counted.get(key, (0.0, 0.0))
            counted[key] = (now + weight, later) if vote.now else (now, later + weight)
    return counted


def judge(notification: Notification, bearings: Sequence[Bearing] = (), tally: Tally | None = None) -> Judgement:
    said = tally or {}
    grounds: list[Ground] = []

    sort = sort_of(notification.app)
    log_odds = _first(notification, sort, grounds)
    log_odds = _heed(log_odds, said, "app", [app_key(notification.app)], "said of its program", grounds)
    if notification.has_orders:
        grounds.append(Ground(name="orders", weight=0.0))
    else:
        log_odds += _believed([each for each in bearings if bears(each)], sort, grounds)
    sender = sender_key(notification.app, notification.summary)
    log_odds = _heed(log_odds, said, "sender", [sender], "said of its sender", grounds)
    matters = [matter_key(id_) for id_ in matters_of(grounds)]
    log_odds = _heed(log_odds, said, "matter", matters, "said of its matter", grounds)

    probability = min(max(_share(log_odds), LEAST), MOST)
    return Judgement(
        attention="now" if probability >= SHOWN_FROM else "later",
        probability=probability,
        grounds=_weightiest(grounds),
    )


def is_undecided(judgement: Judgement) -> bool:
    """Whether a model may be asked too: about the middle, where the person said nothing of its like, and never about
    what orders software about.
    """
    told = {ground.name for ground in judgement.grounds}
    return abs(judgement.probability - SHOWN_FROM) <= UNDECIDED and told.isdisjoint(DECIDED)


def thought_again(judgement: Judgement, attention: Attention) -> Judgement:
    """What a model said moves it, and no further than so far."""
    weight = MODEL if attention == "now" else -MODEL
    probability = min(max(_share(_log_odds(judgement.probability) + weight), LEAST), MOST)
    return Judgement(
        attention="now" if probability >= SHOWN_FROM else "later",
        probability=probability,
        grounds=_weightiest([*judgement.grounds, Ground(name="model", weight=weight)]),
    )


def keys_of(app: str, summary: str, grounds: Iterable[Ground]) -> frozenset[str]:
    """Under which names a verdict on it is remembered."""
    return frozenset({app_key(app), sender_key(app, summary), *map(matter_key, matters_of(grounds))})


def matters_of(grounds: Iterable[Ground]) -> list[PropositionId]:
    """What it is about, of what is believed."""
    about = ("near date", "matter")
    return [ground.proposition for ground in grounds if ground.name in about and ground.proposition is not None]


def bears(bearing: Bearing) -> bool:
    return bearing.confidence >= LEAST_CONFIDENCE and (bearing.names_sender or bearing.share >= LEAST_SHARE)


def _first(notification: Notification, sort: Sort, grounds: list[Ground]) -> float:
    """Before anything is known of the person: the sort of program, and what it claims."""
    critical = notification.urgency == "critical"
    prior = CRITICAL_TROUBLE if critical and sort == "trouble" else PRIOR[sort]
    log_odds = _log_odds(prior)
    grounds.append(Ground(name=sort, weight=log_odds))
    if critical and sort != "trouble":
        trust = max(1.0 - notification.critical_share / OFTEN, 0.0)
        name: GroundName = "called urgent" if trust > 0.5 else "often called urgent"
        grounds.append(Ground(name=name, weight=CALLED_URGENT * trust))
    elif notification.urgency == "low":
        grounds.append(Ground(name="called unimportant", weight=CALLED_UNIMPORTANT))
    if notification.has_code and sort == "message":
        grounds.append(Ground(name="code", weight=CODE))
    return sum(ground.weight for ground in grounds)


def _believed(bearings: Sequence[Bearing], sort: Sort, grounds: list[Ground]) -> float:
    """Of each way to bear on it the strongest belief counts, and no second one: who names many gains nothing."""
    best: dict[GroundName, Bearing] = {}
    for bearing in bearings:
        name = _bears_as(bearing, sort)
        if name is not None and (name not in best or _strength(bearing) > _strength(best[name])):
            best[name] = bearing
    found = {
        name: Ground(name=name, weight=WEIGHTS[name] * _strength(each), proposition=each.id)
        for name, each in best.items()
    }
    grounds += found.values()
    from_sender = found["known sender"].weight if "known sender" in found else 0.0
    from_words = sum(ground.weight for name, ground in found.items() if name != "known sender")
    return from_sender + min(from_words, MOST_FROM_WORDS)


def _bears_as(bearing: Bearing, sort: Sort) -> GroundName | None:
    if bearing.kind == "relationship":
        return "known sender" if bearing.names_sender and sort in ("message", "mail") else None
    if bearing.kind in ("plan", "schedule") and bearing.days_ahead is not None:
        return "near date" if 0 <= bearing.days_ahead <= NEAR_DAYS else None
    if bearing.kind in MATTERS:
        return "matter"
    return "interest" if bearing.kind == "interest" else None


def _strength(bearing: Bearing) -> float:
    """0–1: nothing at the least confidence, all of it for what is certain, fresh and just this."""
    sure = (bearing.confidence - LEAST_CONFIDENCE) / (1.0 - LEAST_CONFIDENCE)
    share = 1.0 if bearing.names_sender else min(max(bearing.share, 0.0), 1.0)
    return (0.5 + 0.5 * sure) * (0.7 + 0.3 * bearing.freshness) * share


def _heed(
    log_odds: float, said: Tally, what: str, keys: Iterable[str], name: GroundName, grounds: list[Ground]
) -> float:
    """A Beta around what was known before, moved by what the person said."""
    votes = [said[key] for key in keys if key in said]
    now, later = sum(vote[0] for vote in votes), sum(vote[1] for vote in votes)
    if now + later <= 0.0:
        return log_odds
    counts = COUNTS_FOR[what]
    after = _log_odds((counts * _share(log_odds) + now) / (counts + now + later))
    grounds.append(Ground(name=name, weight=after - log_odds))
    return after


def _weightiest(grounds: Iterable[Ground]) -> tuple[Ground, ...]:
    return tuple(sorted(grounds, key=lambda ground: -abs(ground.weight)))


def _log_odds(share: float) -> float:
    share = min(max(share, LEAST / 10), 1.0 - LEAST / 10)
    return math.log(share / (1.0 - share))


def _share(log_odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-log_odds))
