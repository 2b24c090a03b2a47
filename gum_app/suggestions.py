"""The nouns of help: what is offered, what a click would do, what became of it. Plain, frozen values as in `records`.

An offer is an idea for the person, before anybody asked whether it is welcome; a suggestion is an offer that is kept,
with what was decided about it. The numbers are those of the paper's section 4.3.2 (benefit, cost of a false positive,
cost of a false negative, each 1–10).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NewType, get_args

from gum_app.records import ObservationId, PropositionId

SuggestionId = NewType("SuggestionId", int)
ReminderId = NewType("ReminderId", int)

OfferKind = Literal[
    "trouble",  # the same thing goes wrong again and again
    "clash",  # two things at the same time
    "deadline",  # a date comes near, and nothing was seen of preparing it
    "change",  # something was moved or called off, and something else rests on it
    "draft",  # something begun, and left
    "question",  # somebody asked, and no answer was seen
    "break",  # long strain without a pause
    "idea",  # what a model thought of, and none of the above
]
ActKind = Literal["draft", "checklist", "summary", "reminder", "open", "gather", "focus"]
SuggestionState = Literal[
    "waiting",  # for a better moment, or until the person's “later” is over
    "shown",
    "taken",
    "dismissed",
    "ignored",  # it was shown for ten minutes, and nobody said anything
    "undone",  # taken, and taken back
    "expired",  # its time was over before a good moment came, or before somebody said something
    "withdrawn",  # what it rests on is no longer so, or the person did it by themselves
    "refused",  # not worth it, or not new: it was never shown, and will not be
]
Answer = Literal["taken", "dismissed", "later", "ignored", "undone", "liked", "disliked", "never", "did it"]
Silence = Literal[
    "off",
    "first day",
    "paused",
    "locked",
    "away",
    "call",
    "sharing",
    "full screen",
    "private",  # what is in front may not be known
    "typing",
    "just arrived",  # the window in front has only just come there
    "do not disturb",
    "focus",
    "quiet hours",
    "too soon",  # after the one before
    "enough for today",
    "not worth it",
    "already offered",
    "already doing",
    "already done",
    "lately refused",
    "never such",
    "one at a time",
    "later",  # the person said so
]

OFFER_KINDS: tuple[OfferKind, ...] = get_args(OfferKind)
ACT_KINDS: tuple[ActKind, ...] = get_args(ActKind)
SILENCES: tuple[Silence, ...] = get_args(Silence)
OPEN: frozenset[SuggestionState] = frozenset({"waiting", "shown"})  # something may still become of it


@dataclass(frozen=True, kw_only=True)
class Act:
    """What a click does, whole: nothing is decided after the click. Only what its kind needs is set."""

    kind: ActKind
    title: str  # one line: what the file, the reminder or the topic is called
    text: str = ""  # of a draft, checklist or summary: what is written, as it is
    target: str = ""  # what is opened: an absolute path, or an http(s) address that was seen
    at: datetime | None = None  # when a reminder is due
    minutes: int | None = None  # how long a focus time is


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What could be offered, as a rule or a model found it."""

    kind: OfferKind
    topic: str  # the stable name of the matter: the same topic is the same offer, in other words too
    title: str  # one line, as a notification shows it
    why_now: str  # one sentence
    act: Act
    because: tuple[PropositionId, ...] = ()
    seen_in: tuple[ObservationId, ...] = ()
    belief: float  # 0–1: how sure it is that there is something to help with, from calibrated propositions
    benefit: int  # 1–10, as the two costs
    cost_wrong: int  # of an interruption that was not wanted
    cost_silent: int  # of not having said it
    good_until: datetime
    made_by: str  # "rule:clash" or "model:… suggest 3f2a91c0"


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """An offer, what was decided about it last, and what became of it."""

    id: SuggestionId
    offer: Offer
    made_at: datetime
    state: SuggestionState = "waiting"
    changed_at: datetime  # when it came into this state
    wanted: float | None = None  # 0–1: that this person wants this offer, as judged last; None: not judged
    silence: Silence | None = None  # why it was not shown, as judged last; None: nothing was in the way
    shown_at: datetime | None = None  # the last time
    not_before: datetime | None = None  # the person said “later”


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One reason for which a suggestion was held back, and how often."""

    suggestion_id: SuggestionId
    silence: Silence
    first_at: datetime
    last_at: datetime
    count: int


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What became of one offer of this kind. `suggestion_id` None: it is forgotten; that there was an answer is not."""

    kind: OfferKind
    answer: Answer
    at: datetime
    suggestion_id: SuggestionId | None = None


@dataclass(frozen=True, kw_only=True)
class Moment:
    """What goes on at one instant, as far as it may be known. What is unknown is no good moment."""

    at: datetime
    app: str = ""  # in front; empty: nothing may be known of it
    title: str = ""
    in_call: bool = False
    sharing: bool = False
    fullscreen: bool = False
    locked: bool = False
    away: bool = False
    paused: bool = False
    do_not_disturb: bool = False  # the desktop's own
    focus: bool = False  # a focus time that was started with us
    private: bool = False  # a rule hides what is in front, or nobody knows what it is
    keys_a_minute: float | None = None  # over the last minute; None: this machine does not count them
    busy_share: float | None = None  # share of the last minute's seconds in which hands were moving, 0–1; None: unknown
    in_front_seconds: float = 0.0  # since the window in front came there or changed its title
    strain_seconds: float = 0.0  # worked without a pause of five minutes


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """Kept by us and fired by us, after a click on it."""

    id: ReminderId
    text: str
    due_at: datetime
    made_at: datetime
    suggestion_id: SuggestionId | None = None
    fired_at: datetime | None = None
    done: bool = False  # the person has seen to it, or takes it back


@dataclass(frozen=True, kw_only=True)
class Deed:
    """What was done after a click, so that it can be shown and taken back. `path` empty: nothing lies on the disk."""

    suggestion_id: SuggestionId
    act: ActKind
    at: datetime
    result: str  # one sentence, as it is shown
    path: str = ""
    fingerprint: str = ""  # SHA-256 of what was written: a file that the person has changed since is theirs
    reminder_id: ReminderId | None = None
    undone_at: datetime | None = None
