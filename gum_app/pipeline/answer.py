"""A question of the person about what is known of them: as a question to a model, and its words as an answer.

The model is shown numbered lines and nothing else; what it says rests on those whose numbers it gives, or on nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from gum_app.pipeline.prompts import fenced, harmless, harmless_line, load
from gum_app.pipeline.shown import when, whose_screen, window_facts
from gum_app.records import Account, Kind, Observation, Person
from gum_app.rules.days import day_text
from gum_app.rules.plain import visible
from gum_app.rules.strangers import addresses_machines, sells
from gum_app.rules.wording import shortened
from gum_app.world.model import Prompt

STEP = "answer"
MOST_TOKENS = 700  # three times the hundred words that it is asked for
MOST_TURNS = 2  # earlier questions with their answers
LONGEST_TURN = 600  # characters
LONGEST_FACT = 240
LONGEST_DID = 160
LONGEST_WORDS = 8_000  # of an answer; a server may not keep to its limit

_CITED = re.compile(r"\[\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\]")


@dataclass(frozen=True, kw_only=True)
class Turn:
    """An earlier question and its answer."""

    question: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class Answered:
    text: str  # as plain text; numbers in square brackets are lines that there are
    cited: tuple[int, ...]  # in the order of first mention; empty: it says nothing of what it rests on


def answer_prompt(
    question: str, facts: Mapping[int, str], turns: Sequence[Turn], *, person: Person, now: datetime
) -> Prompt:
    """`facts` by their numbers, in the order in which they are shown. What stays the same comes first."""
    listed = "\n".join(f"[{number}] {harmless_line(text)}" for number, text in facts.items())
    return load(STEP).fill(
        most_tokens=MOST_TOKENS,
        person=whose_screen(person),
        facts=fenced("facts", listed or "Nothing."),
        turns=fenced("earlier", "\n".join(_told(turns[-MOST_TURNS:]))) if turns else "",
        now=f"{day_text(now.date())}, {now:%H:%M}",
        question=" ".join(harmless(question).split()),
    )


def proposition_fact(text: str, kind: Kind, confidence: float, last_supported_at: datetime) -> str | None:
    """One line; None for what gives orders to machines."""
    if addresses_machines(text):
        return None
    seen = day_text(last_supported_at.date())
    return f"{kind}, {confidence:.0%} sure, last seen {seen}: {harmless_line(shortened(text, LONGEST_FACT))}"


def observation_fact(observation: Observation, account: Account | None) -> str | None:
    """One line: when, in which window, and what a model told of it. None where it says no more than that it was."""
    inside = [line.partition(": ")[2] for line in window_facts(observation).splitlines()]
    if account is not None and _is_fit(account.did):
        inside.append(shortened(account.did, LONGEST_DID))
    elif observation.source == "note":
        inside.append(shortened(observation.text, LONGEST_DID))
    told = harmless_line(", ".join(part for part in inside if _is_fit(part)))
    return f"{when(observation)}: {shortened(told, LONGEST_FACT)}" if told else None


def answered(text: str, numbers: Collection[int]) -> Answered:
    """`numbers` are those of the lines that were shown; others in the answer stand for nothing, and are taken out."""
    cited: dict[int, None] = {}

    def known(found: re.Match[str]) -> str:
        these = [number for each in re.split("[,;]", found[1]) if (number := int(each)) in numbers]
        cited.update(dict.fromkeys(these))
        return "".join(f"[{number}]" for number in these)

    words = _CITED.sub(known, visible(text[:LONGEST_WORDS])).strip()
    return Answered(text=re.sub(r"[ \t]+([.,;:!?])", r"\1", words), cited=tuple(cited))


def _told(turns: Sequence[Turn]) -> Iterator[str]:
    """Without the numbers: those lines may have others now."""
    for turn in turns:
        yield f"Asked: {harmless_line(shortened(turn.question, LONGEST_TURN))}"
        yield f"Answered: {harmless_line(shortened(_CITED.sub('', turn.answer), LONGEST_TURN))}"


def _is_fit(text: str) -> bool:
    return bool(text.strip()) and not addresses_machines(text) and not sells(text)
