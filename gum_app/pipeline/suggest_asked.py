"""What a model would offer: asked with what was seen lately, and its answer as offers that rest on those very lines.

An offer whose words were not there is refused; so is one that claims a deed, judges, names an address or repeats what a
stranger ordered. It opens nothing: what is opened comes from what the person themselves had in front.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from gum_app.pipeline.answers import MOST_KNOWN, MOST_OBSERVATIONS, ModelOffer, SuggestAnswer, fit
from gum_app.pipeline.audit_asked import fit_to_leave
from gum_app.pipeline.prompts import fenced, harmless_line, load
from gum_app.pipeline.quotes import Readable, standing
from gum_app.pipeline.scene import Scene
from gum_app.pipeline.shown import when, whose_screen, window_facts, without_mark, words_shown
from gum_app.pipeline.suggest_known import Known
from gum_app.pipeline.suggest_numbers import WORTH
from gum_app.records import Observation, Proposition
from gum_app.rules.days import day_text
from gum_app.rules.delicate import is_delicate, may_be_private, rates_somebody
from gum_app.rules.secrets import CUT, cut_text
from gum_app.rules.strangers import addresses_machines, sells
from gum_app.rules.wording import folded, named, shortened, slug, stems
from gum_app.suggestions import Act, Offer
from gum_app.world.model import Prompt

STEP = "suggest"
MOST_TOKENS = 1_800  # more than three long offers take
MOST_EPISODES = 6
WORDS_IN_ALL, LEAST_WORDS = 4_000, 300  # characters of what was read
LONGEST_KNOWN = 140
MOST_OFFERED = 8
GOOD_FOR = timedelta(hours=2)
MOST_SURE = 0.9  # no model is surer than that
OWN = 0.75  # what the person's own words or work can carry; of what others wrote nothing is offered
LEAST_SURE = 0.5  # of a statement: below it, it is somebody's claim or a guess

Refusal = Literal[
    "no such line",
    "not on the screen",
    "not in the lines",
    "an order",
    "a secret",
    "nobody's business",
    "a claim",
    "empty",
    "others' word",
]
_CLAIMS = re.compile(
    r"\b(?:I|we)(?:['’]ve| have|['’]ll| will| can)\b|\b(?:has|have|was|were) been (?:sent|scheduled|moved|booked|saved"
    r"|cancel+ed|set|added|drafted)\b|\b(?:already|automatically) (?:sent|scheduled|moved|booked|set)\b",
    re.IGNORECASE,
)
_WANTED_BY_STRANGERS = re.compile(
    r"\b(?:pay|transfer|donate|buy|invest|call|phone|click|download|install|log ?in|sign ?in|verify|share|forward|grant"
    r"|passwords?|subscribe|reply)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?:|\bwww\.|\b[\w.+-]+@[\w-]+\.\w", re.IGNORECASE)
_NO_NAMES = frozenset({"hello", "hi", "dear", "thank", "thanks", "regards", "best", "re", "fwd", "i"})


@dataclass(frozen=True)
class Understood:
    offers: tuple[Offer, ...]
    refused: Counter[Refusal]  # how many, and why: for the log


@dataclass(frozen=True)
class Lines:
    """What the model is shown, in the order of its numbers. Made once, for the question and for the answer."""

    statements: tuple[Proposition, ...]
    episodes: tuple[Observation, ...]


def lines_of(known: Known, *, leaves: bool = False) -> Lines:
    """`leaves`: the question leaves this computer, so nothing is in it that is private, or may be."""
    seen = [each.observation for each in known.scenes if each.observation.lines and not each.called]
    if leaves:
        seen = [fit_to_leave(each) for each in seen]
    episodes = tuple(each for each in seen if each.lines and each.source != "note")[-MOST_EPISODES:]
    about = {stem for each in episodes[-2:] for stem in stems(f"{each.title} {each.text}")}
    fit_ones = [
        each
        for each in known.beliefs
        if not (addresses_machines(each.text) or is_delicate(each.text) or (leaves and may_be_private(each.text)))
    ]
    near = sorted(fit_ones, key=lambda each: (_days_ahead(each, known), -len(about & set(stems(each.text))), each.id))
    return Lines(statements=tuple(sorted(near[:MOST_KNOWN], key=lambda each: each.id)), episodes=episodes)


def suggest_prompt(known: Known, lines: Lines) -> Prompt:
    """Raises ValueError where there is no episode to speak of."""
    if not 1 <= len(lines.episodes) <= MOST_OBSERVATIONS:
        raise ValueError(f"a question for offers has 1 to {MOST_OBSERVATIONS} episodes, not {len(lines.episodes)}")
    room = max(WORDS_IN_ALL // len(lines.episodes), LEAST_WORDS)
    before = sorted(known.offered, key=lambda each: each.made_at)[-MOST_OFFERED:]
    offered = "\n".join(f"- {harmless_line(each.offer.title)}" for each in before)
    return load(STEP).fill(
        most_tokens=MOST_TOKENS,
        person=whose_screen(known.person),
        offered=fenced("offered", offered or "Nothing."),
        known=fenced("known", "\n".join(_statement(n, each) for n, each in enumerate(lines.statements, 1)) or "None."),
        now=f"{day_text(known.now.date())}, {known.now:%H:%M}",
        episodes="\n\n".join(_episode(n, each, known, room) for n, each in enumerate(lines.episodes, 1)),
    )


def understood(text: str, known: Known, lines: Lines, *, made_by: str) -> Understood:
    """The offers that hold. `lines` as the question was made of them. Raises AnswerUnfit."""
    judged = [_judged(each, known, lines, made_by) for each in fit(SuggestAnswer, text).offers]
    return Understood(
        offers=tuple(each for each in judged if isinstance(each, Offer)),
        refused=Counter(each for each in judged if not isinstance(each, Offer)),
    )


# The question


def _days_ahead(belief: Proposition, known: Known) -> int:
    """0 for what names a day of the coming week, 1 for all else."""
    day = belief.value[:10]
    today = known.now.date()
    return 0 if today.isoformat() <= day <= (today + timedelta(days=7)).isoformat() else 1


def _statement(number: int, belief: Proposition) -> str:
    sure = f"{belief.confidence:.0%} sure"
    return f"{number}. {belief.kind}, {sure}: {harmless_line(shortened(belief.text, LONGEST_KNOWN))}"


def _episode(number: int, seen: Observation, known: Known, room: int) -> str:
    inside = "\n".join(part for part in (window_facts(seen), "Words:", words_shown(seen, known.person, room)) if part)
    return f"Episode {number}: {when(seen)}.\n{fenced('screen', inside)}"


# The answer


def _judged(said: ModelOffer, known: Known, lines: Lines, made_by: str) -> Offer | Refusal:
    if not (said.statements or said.episodes):
        return "no such line"
    if any(n > len(lines.statements) for n in said.statements) or any(n > len(lines.episodes) for n in said.episodes):
        return "no such line"
    statements = [lines.statements[n - 1] for n in said.statements]
    episodes = [lines.episodes[n - 1] for n in said.episodes]
    carried = _carried(without_mark(said.quote), statements, episodes, known)
    if isinstance(carried, str):
        return carried
    own = _own(said.quote, statements)
    if not set(stems(said.title)) & own or any(stem not in own for stem in _asked_to(said)):
        return "others' word"
    words = (said.title, said.why, said.what, said.text)
    refusal = _unfit(" ¦ ".join(words)) or _unfounded(words, statements, episodes)
    act = _act(said, known)
    if refusal is not None or act is None:
        return refusal or "empty"
    worth = WORTH[said.kind]
    return Offer(
        kind=said.kind,
        topic=f"model:{said.kind}:{slug(said.title, 5)}",
        title=said.title,
        why_now=said.why,
        act=act,
        because=tuple(dict.fromkeys(each.id for each in statements)),
        seen_in=tuple(dict.fromkeys(each.id for each in episodes)),
        belief=round(min(said.sure / 10, MOST_SURE, carried), 3),
        benefit=worth.benefit,
        cost_wrong=worth.cost_wrong,
        cost_silent=worth.cost_silent,
        good_until=known.now + GOOD_FOR,
        made_by=made_by,
    )


def _carried(
    quote: str, statements: Sequence[Proposition], episodes: Sequence[Observation], known: Known
) -> float | Refusal:
    """How sure the quoted words and the statements can make one: the person's own, or believed of them."""
    sure = [each.confidence for each in statements if each.confidence >= LEAST_SURE]
    stands = any(standing(quote, each.text) is not None for each in statements)
    for each in episodes:
        quoted = Readable(Scene(each, known.person)).find(quote)
        stands |= quoted is not None
        if quoted is not None and quoted.whose in {"said", "worked"}:
            sure.append(OWN)
    if not stands:
        return "not on the screen"
    return max(sure) if sure else "others' word"


def _own(quote: str, statements: Sequence[Proposition]) -> set[str]:
    return {stem for text in (quote, *(each.text for each in statements)) for stem in stems(text)}


def _asked_to(said: ModelOffer) -> set[str]:
    """Deeds that strangers like to see done: they are offered only in the person's own words."""
    found = _WANTED_BY_STRANGERS.findall(" ".join((said.title, said.what, said.text)))
    return {stem for word in found for stem in stems(word)}


def _unfit(text: str) -> Refusal | None:
    if addresses_machines(text) or sells(text) or _ADDRESS.search(text):
        return "an order"
    if CUT in text or cut_text(text) != text:
        return "a secret"
    if is_delicate(text) or rates_somebody(text):
        return "nobody's business"
    return "a claim" if _CLAIMS.search(text) else None


def _unfounded(
    words: Sequence[str], statements: Sequence[Proposition], episodes: Sequence[Observation]
) -> Refusal | None:
    """A name, number or file that stands in none of the lines was made up."""
    there = folded(" ".join([*(each.text for each in statements), *(f"{e.title} {e.text}" for e in episodes)]))
    for text in words:
        for name in named(f"- {text}") - _begins(text):
            if name not in there and not name.isdigit():
                return "not in the lines"
        for number in re.findall(r"\d[\d.,:]*\d|\d{2,}", text):
            if number not in there:
                return "not in the lines"
    return None


def _begins(text: str) -> frozenset[str]:
    """Words that bear a capital because a sentence or a row begins with them."""
    firsts = re.findall(r"(?:^|[.!?:\n]\s*|\[ ?\]\s*|-\s+)([A-Z]\w*)", text)
    return frozenset(folded(first) for first in firsts) | _NO_NAMES


def _act(said: ModelOffer, known: Known) -> Act | None:
    """None where what its kind needs was left out."""
    match said.act:
        case "reminder":
            at = known.now + timedelta(hours=max(said.hours, 1))
            return Act(kind="reminder", title=said.what, text=said.what, at=at)
        case "focus":
            return Act(kind="focus", title=said.what, minutes=said.minutes) if said.minutes >= 10 else None
        case "gather":
            return Act(kind="gather", title=said.what)
        case _:
            return Act(kind=said.act, title=said.what, text=said.text) if said.text.strip() else None
