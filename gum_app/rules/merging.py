"""Two propositions become one, or one becomes several: as revisions, so that it can be read and taken back.

Merging is the same from either side: the evidence of both, the higher first guess, the longer life. Nothing is lost:
what was merged or split keeps its own history and evidence, and is only replaced.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from gum_app.records import JUST_MADE, PERSON, Evidence, Proposition, Revision
from gum_app.rules.alike import TWIN_WORDS, says_the_same
from gum_app.rules.confidence import BY_THE_PERSON
from gum_app.rules.revisions import is_the_persons_word, of_belief


@dataclass(frozen=True)
class Part:
    """What one proposition becomes: a sentence, and the evidence that belongs to it."""

    text: str
    evidence: tuple[Evidence, ...]


def merged(kept: Proposition, gone: Proposition, *, why: str, made_by: str, at: datetime) -> tuple[Revision, ...]:
    """`kept` says it from now on, and `gone` is replaced by it. Raises ValueError for one and the same."""
    if kept.id == gone.id:
        raise ValueError("a proposition cannot be merged with itself")
    joined = replace(
        of_belief("merged", kept, why=why, made_by=made_by, at=at, evidence=_new(gone.evidence, kept.evidence)),
        confidence_raw=max(kept.confidence_raw, gone.confidence_raw),
        ceiling=max(kept.ceiling, gone.ceiling),
        half_life_days=max(kept.half_life_days, gone.half_life_days),
        other=gone.id,
    )
    more: list[Revision] = []
    if kept.state == "doubted" and gone.state == "active":
        more.append(
            of_belief("supported", kept, why="The one it was merged with was not in doubt.", made_by=made_by, at=at)
        )
    if made_by == PERSON and is_the_persons_word(gone) and not is_the_persons_word(kept):
        more.append(
            of_belief("confirmed", kept, why="You had said so of the one it was merged with.", made_by=made_by, at=at)
        )
    return (joined, *more, of_belief("absorbed", gone, why=why, made_by=made_by, at=at, other=kept.id))


def are_twins(one: Proposition, two: Proposition) -> bool:
    """Whether tidying may make one of two: they say the same, and not both are the person's word."""
    if one.id == two.id or one.kind != two.kind or not one.state == two.state == "active":
        return False
    if one.value != two.value or (is_the_persons_word(one) and is_the_persons_word(two)):
        return False
    return says_the_same(one.text, two.text, TWIN_WORDS, same_value=bool(one.value))


def which_stays(one: Proposition, two: Proposition) -> tuple[Proposition, Proposition]:
    """The one to keep and the one to merge into it: the person's word, else the surer, the better founded, the older.

    The same whichever is named first.
    """

    def rank(belief: Proposition) -> tuple[bool, float, int, int]:
        return is_the_persons_word(belief), belief.confidence, len(belief.evidence), -belief.id

    return (one, two) if rank(one) > rank(two) else (two, one)


def split(whole: Proposition, parts: Sequence[Part], *, made_by: str, at: datetime) -> tuple[Revision, ...]:
    """The parts take its place. Evidence that was given to none of them goes to all.

    Raises ValueError for fewer than two parts, or two that say the same.
    """
    if len({part.text.casefold() for part in parts}) < 2 or len({part.text.casefold() for part in parts}) < len(parts):
        raise ValueError("a split needs at least two parts that differ")
    given = {item for part in parts for item in part.evidence}
    to_all = tuple(item for item in whole.evidence if item not in given)
    sure = {"confidence_raw": BY_THE_PERSON, "ceiling": BY_THE_PERSON} if made_by == PERSON else {}
    made = [
        replace(
            of_belief("split", whole, why="Split off from one that said more.", made_by=made_by, at=at),
            proposition_id=None,
            text=part.text,
            topic=f"split:{whole.id}/{number}",  # without the words of the whole, which may be forgotten
            value="",
            evidence=(*part.evidence, *to_all),
            other=whole.id,
            **sure,  # type: ignore[arg-type]
        )
        for number, part in enumerate(parts, 1)
    ]
    why = "Split into its parts."
    return (*made, of_belief("divided", whole, why=why, made_by=made_by, at=at, other=JUST_MADE))


def _new(evidence: Sequence[Evidence], known: Sequence[Evidence]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(item for item in evidence if item not in set(known)))
