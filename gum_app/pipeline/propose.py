"""What several episodes tell of the person: as a question to a model, and its statements as drafts.

A statement whose quotes were not on the screen is refused; so is one about others, one that judges, one that a stranger
ordered. What only others say of the person is called their claim, and stays below one half.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Literal

from gum_app.pipeline.answers import MOST_KNOWN, MOST_OBSERVATIONS, ProposeAnswer, Statement, fit
from gum_app.pipeline.prompts import fenced, harmless_line, load
from gum_app.pipeline.quotes import Quoted, Readable, Whose
from gum_app.pipeline.scene import Scene
from gum_app.pipeline.shown import when, whose_screen, window_facts, without_mark, words_shown
from gum_app.records import Account, Draft, Evidence, Kind, Observation, Person, Proposition
from gum_app.rules.changes import says_that_it_changed
from gum_app.rules.days import day_text, days_in, recurs
from gum_app.rules.delicate import is_delicate, rates_somebody
from gum_app.rules.freshness import half_life_of_span
from gum_app.rules.secrets import CUT, cut_text
from gum_app.rules.statements import as_statement, is_about_the_person
from gum_app.rules.strangers import addresses_machines, sells
from gum_app.rules.wording import denies, named, shortened, stems
from gum_app.world.model import Prompt

STEP = "propose"
MOST_TOKENS = 2_400  # more than four long statements take, even at one token a letter
WORDS_IN_ALL = 4_400  # characters of what was read, shared by the observations of a batch
LEAST_WORDS, MOST_WORDS = 250, 1_400  # of one observation
LONGEST_KNOWN = 140
LONGEST_TOLD, LONGEST_NOTE, MOST_NOTES = 240, 80, 3

MOST_RAW = 0.9  # no model is surer than that
OWN_CEILING = 0.85  # what one episode of the person's own words or work can carry
VIEWED_CEILING = 0.7
GUESSED_CEILING = 0.49  # what none of the quoted words say: it may be read into them
STRANGER_CEILING = 0.45
OWN_WEIGHT = 0.8
STEMS_OF_TOPIC = 6
# Kinds that follow from what was in front, and from what stood in it. For all others that is its author's claim.
_FROM_LOOKING: dict[Whose, frozenset[Kind]] = {
    "worked": frozenset({"interest", "task", "tool"}),
    "opened": frozenset({"interest", "task", "tool"}),
    "viewed": frozenset({"interest"}),
}

Seen = tuple[Observation, Account | None]
Refusal = Literal[
    "no such observation", "not on the screen", "about others", "nobody's business", "an order", "a secret", "empty"
]


@dataclass(frozen=True)
class Weighed:
    drafts: tuple[Draft, ...]
    refused: Counter[Refusal]  # how many statements, and why: for the log


def propose_prompt(
    batch: Sequence[Seen], *, known: Sequence[Proposition], person: Person, statistics: str, now: datetime
) -> Prompt:
    """Raises ValueError for an empty batch, or one of more than eight."""
    if not 1 <= len(batch) <= MOST_OBSERVATIONS:
        raise ValueError(f"a batch has 1 to {MOST_OBSERVATIONS} observations, not {len(batch)}")
    room = min(max(WORDS_IN_ALL // len(batch), LEAST_WORDS), MOST_WORDS)
    return load(STEP).fill(
        most_tokens=MOST_TOKENS,
        person=whose_screen(person),
        activity=fenced("activity", statistics),
        known=fenced("known", "\n".join(_listed(_numbered(known))) or "None."),
        now=f"{day_text(now.date())}, {now:%H:%M}",
        observations="\n\n".join(_observation(number, seen, person, room) for number, seen in enumerate(batch, 1)),
    )


def weighed(
    text: str, batch: Sequence[Seen], known: Sequence[Proposition], *, made_by: str, person: Person, now: datetime
) -> Weighed:
    """The statements that hold, and how many were refused. `batch` and `known` as the prompt was made of them.

    Raises AnswerUnfit.
    """
    readable = [Readable(Scene(observation, person)) for observation, _ in batch]
    scales = _Scales(readable, _numbered(known), person, made_by, now)
    judged = [scales.draft(statement) for statement in fit(ProposeAnswer, text).statements]
    return Weighed(
        drafts=tuple(each for each in judged if isinstance(each, Draft)),
        refused=Counter(each for each in judged if not isinstance(each, Draft)),
    )


# The question


def _numbered(known: Sequence[Proposition]) -> list[Proposition]:
    """In an order that stays the same from call to call, whatever they were found by."""
    return sorted(known, key=lambda proposition: proposition.id)[:MOST_KNOWN]


def _listed(known: Sequence[Proposition]) -> Iterator[str]:
    for number, proposition in enumerate(known, 1):
        yield f"{number}. {proposition.kind}: {harmless_line(shortened(proposition.text, LONGEST_KNOWN))}"


def _observation(number: int, seen: Seen, person: Person, room: int) -> str:
    observation, account = seen
    told = "\n".join(_told(account)) if account is not None else ""
    words = words_shown(observation, person, max(room - len(told), LEAST_WORDS))
    inside = "\n".join(part for part in (window_facts(observation), told, "Words:", words) if part)
    return f"Observation {number}: {when(observation)}.\n{fenced('screen', inside)}"


def _told(account: Account) -> Iterator[str]:
    """What a model told of the pictures: context, and no evidence; quotes have to stand in the words."""
    yield f"Seen in pictures: {shortened(account.did, LONGEST_TOLD)}"
    for name, notes in (("The person’s own", account.theirs), ("Of others", account.others)):
        if notes:
            yield f"{name}: {'; '.join(shortened(note, LONGEST_NOTE) for note in notes[:MOST_NOTES])}"


# The answer


@dataclass(frozen=True)
class _Scales:
    readable: Sequence[Readable]
    known: Sequence[Proposition]
    person: Person
    made_by: str
    now: datetime

    def draft(self, statement: Statement) -> Draft | Refusal:
        if statement.about > len(self.readable):
            return "no such observation"
        readable = self.readable[statement.about - 1]
        quoted = [found for quote in statement.quotes if (found := readable.find(without_mark(quote))) is not None]
        if not quoted:
            return "not on the screen"
        evidence = tuple(_evidence(dict.fromkeys(quoted), readable.scene.observation))
        old = self.known[statement.known - 1] if 1 <= statement.known <= len(self.known) else None
        if old is None:
            return self._new(statement, quoted, evidence)
        if statement.relation == "same" and self._is_same(statement, old):
            return self._support(old, statement, evidence)
        new = self._new(statement, quoted, evidence)
        return self._related(new, statement, old) if isinstance(new, Draft) else new

    def _related(self, new: Draft, statement: Statement, old: Proposition) -> Draft:
        """With what it is to the known statement, as far as that can be.

        Of one matter are two with a word in common, or of one kind; what says the same more exactly names no others.
        """
        relation = statement.relation
        if relation == "same" or (relation == "refines" and not self._is_same(statement, old)):
            return new
        if not (_saying(new.text) & _saying(old.text) or new.kind == old.kind):
            return new
        own = " ".join(item.quote for item in new.evidence if item.weight >= OWN_WEIGHT)
        if relation != "refines" and not (set(stems(own)) & _saying(old.text) or says_that_it_changed([own])):
            return new  # a model may have been told so by what it read
        return replace(new, relation=relation, relates_to=old.id)

    def _is_same(self, statement: Statement, old: Proposition) -> bool:
        """No: the two have no word but the verb in common, or other names, or one denies what the other says."""
        text = as_statement(statement.text, self.person)
        ours, theirs = named(text), named(old.text)
        alike = (ours <= theirs or theirs <= ours) and denies(text) == denies(old.text)
        return alike and bool(_saying(text) & _saying(old.text))

    def _support(self, old: Proposition, statement: Statement, evidence: tuple[Evidence, ...]) -> Draft | Refusal:
        """More evidence for what stands, and nothing else: neither its words nor its numbers change."""
        why = _reason(statement)
        return _unfit(why) or Draft(
            topic=old.topic,
            kind=old.kind,
            text=old.text,
            value=old.value,
            confidence_raw=old.confidence_raw,
            ceiling=old.ceiling,
            half_life_days=old.half_life_days,
            evidence=evidence,
            why=why,
            made_by=self.made_by,
            supports=old.id,
        )

    def _new(self, statement: Statement, quoted: Sequence[Quoted], evidence: tuple[Evidence, ...]) -> Draft | Refusal:
        text, why = as_statement(cut_text(statement.text), self.person), _reason(statement)
        topic = "-".join(sorted(list(dict.fromkeys(stems(text)))[:STEMS_OF_TOPIC]))
        if not topic:
            return "empty"
        refusal = _unfit(text) or _unfit(why)
        if refusal is not None:
            return refusal
        if not is_about_the_person(text):
            return "about others"
        text = _with_its_day(text, _said_at(quoted, evidence))
        ceiling = _ceiling(statement.kind, text, quoted)
        return Draft(
            topic=f"model:{statement.kind}:{'not-' if denies(text) else ''}{topic}",
            kind=statement.kind,
            text=_as_claim(text, quoted) if ceiling == STRANGER_CEILING else text,
            confidence_raw=min(statement.support / 10, MOST_RAW),
            ceiling=ceiling,
            half_life_days=half_life_of_span(statement.span),
            evidence=evidence,
            why=why,
            made_by=self.made_by,
        )


def _saying(text: str) -> set[str]:
    """Stems, without those of the verb with which a statement begins: many begin with "works"."""
    first, _, rest = text.partition(" ")
    return set(stems(rest or first))


def _evidence(quoted: Iterable[Quoted], observation: Observation) -> Iterator[Evidence]:
    for found in quoted:
        yield Evidence(
            observation_id=observation.id,
            quote=cut_text(found.words),
            at=observation.ended_at,
            app=observation.app,
            weight=found.weight,
        )


def _ceiling(kind: Kind, text: str, quoted: Sequence[Quoted]) -> float:
    """What the strongest of the quotes can carry. The person's own words carry what they say, and nothing beside."""
    own = " ".join(found.words for found in quoted if found.weight >= OWN_WEIGHT)
    others = " ".join(found.words for found in quoted if found.whose == "others")
    by_others = named(text) & _names(others) and not named(text) & _names(own)
    if _saying(text) & set(stems(own)) and not by_others:
        return OWN_CEILING
    if not by_others and any(kind in _FROM_LOOKING.get(found.whose, ()) for found in quoted):
        return VIEWED_CEILING
    return STRANGER_CEILING if any(found.claims for found in quoted) else GUESSED_CEILING


def _names(text: str) -> frozenset[str]:
    """The first word too."""
    return named(f"- {text}")


def _as_claim(text: str, quoted: Sequence[Quoted]) -> str:
    claims = next(found.claims for found in quoted if found.claims)
    return f"{claims} claims: {text[:1].lower()}{text[1:]}"


def _reason(statement: Statement) -> str:
    return cut_text(" ".join(statement.reasoning.split())) or "Concluded from the words that are quoted."


def _unfit(text: str) -> Refusal | None:
    if addresses_machines(text) or sells(text):
        return "an order"
    if CUT in text:
        return "a secret"
    return "nobody's business" if is_delicate(text) or rates_somebody(text) else None


def _said_at(quoted: Sequence[Quoted], evidence: Sequence[Evidence]) -> datetime:
    """A mail of last week that says "on Friday" means last week's."""
    said_on = next((found.said_on for found in quoted if found.said_on is not None), None)
    read_at = evidence[0].at
    return read_at if said_on is None else datetime.combine(said_on, time(12), read_at.tzinfo)


def _with_its_day(text: str, seen_at: datetime) -> str:
    """ "On Friday" is said of one Friday: which, is known only by who knows when it was said."""
    days = days_in(text, seen_at)
    if len(days) != 1 or not days[0].relative or recurs(text):
        return text
    return f"{text.rstrip('.')} ({day_text(days[0].day)})."
