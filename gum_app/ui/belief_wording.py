"""What is said of a proposition: what sort it is, how sure and how fresh, who made it, what it rests on. Pure."""

from __future__ import annotations

import re
from datetime import datetime

from gum_app.records import PERSON, Evidence, Kind, Proposition, State
from gum_app.ui.wording import age, counted, percent

KIND_NAMES: dict[Kind, str] = {
    "task": "Task",
    "plan": "Plan",
    "schedule": "Schedule",
    "habit": "Habit",
    "preference": "Preference",
    "interest": "Interest",
    "skill": "Skill",
    "tool": "Tool",
    "relationship": "Relationship",
    "struggle": "Struggle",
}
KIND_SENTENCES: dict[Kind, str] = {
    "task": "What you are working on",
    "plan": "What you intend to do",
    "schedule": "What happens when",
    "habit": "What you do again and again",
    "preference": "How you like things",
    "interest": "What you like to know about",
    "skill": "What you do with ease",
    "tool": "What you work with",
    "relationship": "Who you deal with",
    "struggle": "What keeps getting in your way",
}
STATE_NAMES: dict[State, str] = {
    "active": "Believed",
    "doubted": "In doubt",
    "ended": "It was so",
    "replaced": "Merged or split",
    "retired": "Set aside",
    "rejected": "You said no",
}
MADE_BY_MODEL = re.compile(r"model:(?P<model>.+) (?P<step>[a-z_]+) (?P<fingerprint>[0-9a-f]{6,})")
ASKED = {
    "observe": "shown pictures of an episode and asked what you did",
    "propose": "asked what follows from what you did",
}


def span_of_days(days: float) -> str:
    """A half-life in words: “2 hours”, “5 days”, “8 months”, “2 years”."""
    for unit, length, until in (("hour", 1 / 24, 2), ("day", 1, 60), ("month", 30.44, 700)):
        if days < until:
            return counted(max(round(days / length), 1), unit)
    return counted(round(days / 365.25), "year")


def how_sure(confidence: float) -> str:
    """A probability in words."""
    for least, words in ((0.9, "very sure"), (0.75, "quite sure"), (0.55, "likely"), (0.35, "unsure")):
        if confidence >= least:
            return words
    return "doubtful"


def how_fresh(freshness: float) -> str:
    """What is left of its weight, in a word."""
    for least, word in ((0.8, "fresh"), (0.5, "recent"), (0.2, "fading")):
        if freshness >= least:
            return word
    return "faded"


def said_by_the_person(belief: Proposition) -> bool:
    added = any(revision.made_by == PERSON and revision.kind == "created" for revision in belief.revisions)
    return belief.edited or belief.confirmed or added


def freshness_told(freshness: float, half_life_days: float, last_supported_at: datetime, now: datetime) -> str:
    return (
        f"Last seen {age(last_supported_at, now)}. It loses half of its weight every {span_of_days(half_life_days)} "
        f"without being seen again: {percent(freshness)} is left."
    )


def maker(made_by: str) -> str:
    """Who made a revision: “you”, “the rule “project””, “the model Qwen3-VL-4B”."""
    if made_by == PERSON:
        return "you"
    sort, _, name = made_by.partition(":")
    if sort == "rule" and name:
        return f"the rule “{name}”"
    made = MADE_BY_MODEL.fullmatch(made_by)
    return f"the model {made['model'] if made else name or made_by}"


def made_how(made_by: str) -> str:
    """What the model was asked when it said so, as a sentence; empty where no model did.

    From “model:Qwen3-VL-4B propose 3f2a91c0”: the model, the step, the fingerprint of the prompt.
    """
    made = MADE_BY_MODEL.fullmatch(made_by)
    if made is None:
        return ""
    asked = ASKED.get(made["step"], f"asked in the step “{made['step']}”")
    return f"It was {asked}, with version {made['fingerprint']} of the question."


def weight_told(item: Evidence) -> str:
    """What makes this evidence count for less; empty where it counts in full."""
    if not item.supports:
        return "speaks against it"
    return "somebody else’s words: counts little" if item.weight < 0.5 else ""
