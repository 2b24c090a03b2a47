"""The nouns of the digest: what other programs showed, and what was judged of it. Plain, frozen values as in `records`.

The words of a notification live in its observation alone. What is kept beside it names rules and propositions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NewType

from gum_app.records import ObservationId, PropositionId, Urgency

DigestId = NewType("DigestId", int)

Attention = Literal["now", "later"]
Opinion = Literal["right", "wrong"]  # of the person, on what was judged
GroundName = Literal[
    "trouble",  # the computer itself reports it
    "appointment",  # a calendar reminds of it: of use only now
    "message",  # somebody writes
    "mail",
    "routine",  # a copy that is done, updates that are there
    "page",  # a page in the browser
    "program",  # any other program
    "called urgent",  # by its program
    "often called urgent",  # by its program, so that it counts for little
    "called unimportant",
    "code",  # a code that is good for minutes, in a message
    "known sender",
    "near date",
    "matter",  # what the person is at
    "interest",
    "orders",  # it orders software about: its words count for nothing
    "said of its program",  # what the person said before of notifications like it
    "said of its sender",
    "said of its matter",
    "model",  # a model took it for that, where the rules could not decide
]


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What moved the judgement. `weight`: by how much, in log-odds; above 0 it speaks for attention now."""

    name: GroundName
    weight: float
    proposition: PropositionId | None = None  # None: it rests on none, or that was forgotten


@dataclass(frozen=True, kw_only=True)
class Judgement:
    attention: Attention
    probability: float  # 0–1: that it deserves attention now
    grounds: tuple[Ground, ...] = ()  # the weightiest first


@dataclass(frozen=True, kw_only=True)
class DigestItem:
    """A notification of another program. `app`, `title`, `text` are empty where nothing is kept of it."""

    id: DigestId
    at: datetime
    observation_id: ObservationId | None = None
    app: str = ""
    title: str = ""
    text: str = ""
    urgency: Urgency = "normal"
    count: int = 1  # more than one: so many came at once, and the others are not kept one by one
    rule: str = ""  # why nothing is kept of it; empty: it is kept
    judgement: Judgement | None = None  # None: not judged
    shown_at: datetime | None = None  # when it was shown again in a focus time; None: it was not
    opinion: Opinion | None = None  # None: the person has not said
    opinion_at: datetime | None = None
