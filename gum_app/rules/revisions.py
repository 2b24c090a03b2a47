"""A proposition is the fold of its revisions. The person's word binds: no inference rewords, revives or retires it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from gum_app.records import PERSON, Evidence, Kind, Proposition, Revision, State
from gum_app.rules.confidence import BY_THE_PERSON, DOUBTED_FACTOR, evidence_confidence

WORDING: frozenset[str] = frozenset({"created", "reworded", "merged", "split", "edited"})


def standing(revisions: Sequence[Revision]) -> list[Revision]:
    """The revisions that still count, in the order they were made: without the undone ones and without the undoing.

    An `undone` revision may itself be undone; the newest word counts.
    """
    gone: set[int] = set()
    kept = []
    for revision in sorted(revisions, key=_order, reverse=True):
        if revision.id is not None and revision.id in gone:
            continue
        if revision.kind == "undone":
            if revision.undoes is not None:
                gone.add(revision.undoes)
            continue
        kept.append(revision)
    return kept[::-1]


def fold(revisions: Sequence[Revision]) -> Proposition:
    """What these revisions of one proposition amount to. Raises ValueError where none of them is left standing."""
    left = standing(revisions)
    if not left or left[0].proposition_id is None:
        raise ValueError("a proposition needs at least one revision that stands, and its id")
    belief = _Belief(left[0])
    for revision in left:
        belief.take(revision)
    return belief.proposition(left[0], tuple(sorted(revisions, key=_order)))


def _order(revision: Revision) -> tuple[bool, int]:
    # The order of adding, not of `at`: a clock may jump back, ids do not.
    return (revision.id is None, revision.id or 0)


@dataclass
class _Belief:
    """The fold while it is under way."""

    first: Revision
    text: str = ""
    value: str = ""
    kind: Kind = "task"
    raw: float = 0.0
    ceiling: float = 0.0
    half_life_days: float = 1.0
    state: State = "active"
    pinned: bool = False
    edited: bool = False
    confirmed: bool = False
    evidence: list[Evidence] = field(default_factory=list)
    supported_at: list[datetime] = field(default_factory=list)

    def take(self, revision: Revision) -> None:
        by_person = revision.made_by == PERSON
        self.evidence += revision.evidence
        self.supported_at += [item.at for item in revision.evidence if item.supports]
        if by_person and revision.kind in {"created", "edited", "confirmed"}:
            self.supported_at.append(revision.at)
        if revision.kind in WORDING and (by_person or not (self.edited or self.pinned)):
            self._reword(revision)
        match revision.kind:
            case "edited":
                self.edited, self.state = True, "active"
            case "confirmed":
                self.confirmed, self.state = True, "active"
            case "pinned" | "unpinned":
                self.pinned = revision.kind == "pinned"
            case "rejected":
                self.state = "rejected"
            case "doubted" | "retired":
                self._weaken(revision, by_person)
            case "supported":
                self._support(revision)

    def _reword(self, revision: Revision) -> None:
        self.text, self.value, self.kind = revision.text, revision.value, revision.proposition_kind
        self.raw, self.ceiling, self.half_life_days = (
            revision.confidence_raw,
            revision.ceiling,
            revision.half_life_days,
        )

    def _support(self, revision: Revision) -> None:
        self.raw, self.ceiling = max(self.raw, revision.confidence_raw), max(self.ceiling, revision.ceiling)
        self.half_life_days = max(self.half_life_days, revision.half_life_days)
        if self.state in {"doubted", "retired"}:
            self.state = "active"

    def _weaken(self, revision: Revision, by_person: bool) -> None:
        bound = self.state == "rejected" or self.edited or self.pinned or self.confirmed
        if by_person or not bound:
            self.state = "doubted" if revision.kind == "doubted" else "retired"

    def confidence(self) -> float:
        if self.edited or self.confirmed or self.first.made_by == PERSON:
            return BY_THE_PERSON
        carried = evidence_confidence(self.raw, self.ceiling, self.evidence)
        return carried * DOUBTED_FACTOR if self.state == "doubted" else carried

    def proposition(self, first: Revision, revisions: tuple[Revision, ...]) -> Proposition:
        assert first.proposition_id is not None
        return Proposition(
            id=first.proposition_id,
            text=self.text,
            kind=self.kind,
            state=self.state,
            topic=first.topic,
            value=self.value,
            confidence=self.confidence(),
            confidence_raw=self.raw,
            ceiling=self.ceiling,
            half_life_days=self.half_life_days,
            created_at=first.at,
            last_supported_at=max(self.supported_at, default=first.at),
            pinned=self.pinned,
            edited=self.edited,
            confirmed=self.confirmed,
            evidence=tuple(self.evidence),
            revisions=revisions,
        )
