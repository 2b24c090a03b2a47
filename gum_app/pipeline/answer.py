"""A question of the person about what is known of them: as a question to a model, and its words as an answer.

The model is shown numbered lines and nothing else; what it says rests on those whose numbers it gives, or on nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from gum_app.pipeline.prompts import fenced, harmless, harmless_line, load
from gum_app.pipeline.shown import when, whose_screen, window_facts, words_shown
from gum_app.records import Account, Kind, Observation, Person
from gum_app.rules.days import day_text
from gum_app.rules.norms import untold_matter
from gum_app.rules.plain import visible
from gum_app.rules.strangers import addresses_machines, sells
from gum_app.rules.wording import shortened
from gum_app.world.model import Prompt

STEP = "answer"
MOST_TOKENS = 700  # three times the hundred words that it is asked for
MOST_TURNS = 3  # earlier questions with their answers
LONGEST_TURN = 600  # characters
LONGEST_FACT = 240
LONGEST_DID = 160
LONGEST_SCREEN = 2_000
LONGEST_LINE = LONGEST_SCREEN + 400
PRIVATE = "a private matter, kept without its words"
NO_WORDS = "None of its words are kept."
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
    question: str, facts: Mapping[int, str], turns: Sequence[Turn], *, also: str = "", person: Person, now: datetime
) -> Prompt:
    """`facts` by their numbers, in the order in which they are shown. What stays the same comes first.

    `also`: what the person adds for this question alone.
    """
    listed = "\n".join(f"[{number}] {harmless_line(text)}" for number, text in facts.items())
    return load(STEP).fill(
        most_tokens=MOST_TOKENS,
        person=whose_screen(person),
        facts=fenced("facts", listed or "Nothing."),
        turns=fenced("earlier", "\n".join(_told(turns[-MOST_TURNS:]))) if turns else "",
        also=f"The person adds: {harmless_line(also)}" if also.strip() else "",
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
    inside = _window(observation)
    if untold_matter(observation.title) is not None:
        inside.append(PRIVATE)
    elif account is not None and _is_fit(account.did):
        inside.append(shortened(account.did, LONGEST_DID))
    elif observation.source == "note" or (observation.source == "import" and observation.lines):
        inside.append(shortened(observation.text, LONGEST_DID))
    told = harmless_line(", ".join(part for part in inside if _is_fit(part)))
    return f"{when(observation)}: {shortened(told, LONGEST_FACT)}" if told else None


def screen_fact(observation: Observation, person: Person) -> str:
    """One line: which window was in front last, and a fair part of what was read in it."""
    read = words_shown(observation, person, LONGEST_SCREEN).splitlines()
    rows = " / ".join(row for row in read if not addresses_machines(row))
    seen = f"On the screen now, last seen {observation.ended_at:%H:%M}: {', '.join(_window(observation)) or 'a window'}"
    return harmless_line(shortened(f"{seen}. Its words: {rows}" if rows else f"{seen}. {NO_WORDS}", LONGEST_LINE))


def _window(observation: Observation) -> list[str]:
    return [line.partition(": ")[2] for line in window_facts(observation).splitlines()]


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
