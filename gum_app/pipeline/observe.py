"""One episode's pictures, words and window, as a question to a model that sees; and what it tells, as an account."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from gum_app.pipeline.answers import ObserveAnswer, fit
from gum_app.pipeline.prompts import fenced, load
from gum_app.pipeline.shown import when, whose_screen, window_facts, words_shown
from gum_app.records import Account, Matter, Observation, Person, Ruling, StillFrame
from gum_app.rules.delicate import is_delicate, rates_somebody
from gum_app.rules.matters import touched
from gum_app.rules.secrets import cut_text
from gum_app.rules.stills import MOST_STILLS
from gum_app.rules.strangers import addresses_machines
from gum_app.world.model import Part, Pictured, Prompt, Said

STEP = "observe"
WORDS_LIMIT = 1_200  # characters of what was read; the pictures show the rest
MOST_TOKENS = 800  # more than the shape can hold where a token is two letters or more


def observe_prompt(
    observation: Observation, frames: Sequence[StillFrame], *, person: Person, words_limit: int = WORDS_LIMIT
) -> Prompt:
    """Raises ValueError for more than three pictures."""
    if len(frames) > MOST_STILLS:
        raise ValueError(f"an episode has at most {MOST_STILLS} pictures, not {len(frames)}")
    return load(STEP).fill(
        most_tokens=MOST_TOKENS,
        person=whose_screen(person),
        time=f"{when(observation)}.",
        window=fenced("window", window_facts(observation)),
        pictures=tuple(_dated(sorted(frames, key=lambda frame: frame.at))),
        words=fenced("words", words_shown(observation, person, words_limit)),
    )


@dataclass(frozen=True)
class Told:
    """`sensitive`: the model says that the episode is about a private matter; then there is no account.

    `rulings`: what it told of private matters all the same, and what was not kept for that.
    """

    account: Account | None
    sensitive: bool
    rulings: tuple[Ruling, ...] = ()


def told_of(text: str, observation: Observation, *, made_by: str, now: datetime) -> Told:
    """Raises AnswerUnfit."""
    account = account_of(text, observation, made_by=made_by, now=now)
    answer = fit(ObserveAnswer, text)
    matters = [found.matter for said in (answer.did, *answer.theirs, *answer.others) if (found := touched(said))]
    return Told(account, answer.sensitive, tuple(_not_kept(matter, n) for matter, n in Counter(matters).items()))


def _not_kept(matter: Matter, count: int) -> Ruling:
    return Ruling(matter=matter, keeping="drop", rule="what the model told of the pictures", count=count)


def account_of(text: str, observation: Observation, *, made_by: str, now: datetime) -> Account | None:
    """What the model told. None where it is nobody's business, or nothing is left of it. Raises AnswerUnfit."""
    answer = fit(ObserveAnswer, text)
    did = _kept([answer.did])
    if answer.sensitive or not did:
        return None
    return Account(
        observation_id=observation.id,
        did=did[0],
        theirs=_kept(answer.theirs),
        others=_kept(answer.others),
        at=now,
        made_by=made_by,
    )


def _dated(frames: Sequence[StillFrame]) -> Iterator[Part]:
    for number, frame in enumerate(frames, 1):
        yield Said(f"Picture {number} of {len(frames)}, {frame.at:%H:%M:%S}:")
        yield Pictured(frame.jpeg)


def _kept(texts: Iterable[str]) -> tuple[str, ...]:
    """Without secrets, which a model may read where the reader of words did not; without what judges or gives orders.

    Each once, in single spaces.
    """
    plain = dict.fromkeys(cut_text(" ".join(text.split())) for text in texts)
    return tuple(text for text in plain if text and not _is_unfit(text))


def _is_unfit(text: str) -> bool:
    return is_delicate(text) or rates_somebody(text) or addresses_machines(text)
