"""Why a notification was judged as it was, as sentences. Pure: the texts of the propositions come along."""

from __future__ import annotations

from collections.abc import Mapping

from gum_app.digest import Attention, Ground, GroundName, Judgement, Opinion
from gum_app.records import PropositionId

MOST_GROUNDS = 3
LEAST_WEIGHT = 0.1  # below that it moved nothing that one would notice

NAMED: dict[Attention, str] = {"now": "deserved attention now", "later": "could wait"}
# Each ground where it speaks for attention now, and where it speaks for waiting.
SAYS: dict[GroundName, tuple[str, str]] = {
    "trouble": ("the computer itself reports trouble", "the computer reports it"),
    "appointment": ("a reminder is of use only now", "it is a reminder"),
    "message": ("somebody writes", "most messages can wait"),
    "mail": ("somebody writes", "most mail can wait"),
    "routine": ("something is done", "it tells only that something is done or there"),
    "page": ("a page in the browser shows it", "what pages in the browser show can mostly wait"),
    "program": ("a program shows it", "most notifications can wait"),
    "called urgent": ("its program calls it urgent, which it seldom does", "its program calls it urgent"),
    "often called urgent": ("its program calls much urgent", "its program calls much urgent"),
    "called unimportant": ("its program calls it unimportant", "its program calls it unimportant"),
    "code": ("it brings a code that is good for minutes", "it brings a code"),
    "known sender": ("it comes from somebody you know", "it comes from somebody you know"),
    "near date": ("a date is near", "a date is near"),
    "matter": ("it is about what you are at", "it is about what you are at"),
    "interest": ("it is about what interests you", "it is about what interests you"),
    "orders": ("it orders software about, so its words count for nothing",) * 2,
    "said of its program": (
        "you said that what this program shows deserves attention",
        "you said that what this program shows can wait",
    ),
    "said of its sender": (
        "you said of notifications like it that they deserve attention",
        "you said of notifications like it that they can wait",
    ),
    "said of its matter": (
        "you said that this matter deserves attention",
        "you said that this matter can wait",
    ),
    "model": ("the model takes it for urgent", "the model says that it can wait"),
}
NOT_JUDGED = "It was not judged."


def reason(judgement: Judgement, texts: Mapping[PropositionId, str]) -> str:
    """“Deserved attention now (72 %): it comes from somebody you know (proposition 35: “Writes with Freya.”).”"""
    said = [_ground(ground, texts) for ground in _told(judgement)]
    sure = judgement.probability if judgement.attention == "now" else 1.0 - judgement.probability
    named = NAMED[judgement.attention]
    why = f": {'; '.join(said)}" if said else ""
    return f"{named[0].upper()}{named[1:]} ({round(100 * sure)} %){why}."


def short_reason(judgement: Judgement) -> str:
    """Without a word of what is believed: for a notification, which others may see."""
    said = [_ground(ground, {}) for ground in _told(judgement) if ground.weight > 0]
    return f"{said[0][0].upper()}{said[0][1:]}." if said else ""


def named_in(judgement: Judgement) -> list[PropositionId]:
    """The propositions that the reason names, in its order."""
    return [ground.proposition for ground in _told(judgement) if ground.proposition is not None]


def taught(attention: Attention, opinion: Opinion) -> str:
    """What a verdict is taken to mean."""
    should_be_now = (attention == "now") == (opinion == "right")
    return "Noted: such as this deserve attention." if should_be_now else "Noted: such as this can wait."


def _told(judgement: Judgement) -> list[Ground]:
    """The weightiest of those that speak for what was judged; where none does, the weightiest of all."""
    for_it = [
        ground
        for ground in judgement.grounds
        if (ground.weight > 0) == (judgement.attention == "now") and abs(ground.weight) >= LEAST_WEIGHT
    ]
    orders = [ground for ground in judgement.grounds if ground.name == "orders"]
    return [*orders, *(for_it or list(judgement.grounds)[:1])][:MOST_GROUNDS]


def _ground(ground: Ground, texts: Mapping[PropositionId, str]) -> str:
    says = SAYS[ground.name][0 if ground.weight > 0 else 1]
    text = texts.get(ground.proposition) if ground.proposition is not None else None
    return f"{says} (proposition {ground.proposition}: “{text}”)" if text is not None else says
