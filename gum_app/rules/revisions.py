"""A proposition is the fold of its revisions. The person's word binds: no inference rewords, revives or retires it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from gum_app.records import PERSON, Evidence, Kind, Proposition, PropositionId, Revision, RevisionKind, State
from gum_app.rules.confidence import BY_THE_PERSON, DOUBTED_FACTOR, evidence_confidence, is_hearsay
from gum_app.rules.curves import NOTHING_LEARNED, Curves, curve_of, shown

WORDING: frozenset[str] = frozenset({"created", "reworded", "merged", "split", "edited"})
REVIVED: frozenset[State] = frozenset({"doubted", "ended", "retired"})  # by being seen again
CHANGES: frozenset[RevisionKind] = frozenset({"reworded", "doubted", "ended", "retired", "merged", "absorbed"})
WEAKER: dict[str, State] = {"doubted": "doubted", "ended": "ended", "retired": "retired"}


def is_told(revision: Revision) -> bool:
    """Whether it begins a proposition with the person's own words."""
    return revision.made_by == PERSON and revision.kind in {"created", "split"}


def is_the_persons_word(belief: Proposition) -> bool:
    """Whether the person told, edited, confirmed or pinned it: then no inference rewords, doubts or ends it."""
    told = any(is_told(revision) for revision in standing(belief.revisions)[:1])
    return told or belief.edited or belief.confirmed or belief.pinned


def of_belief(
    kind: RevisionKind,
    belief: Proposition,
    *,
    why: str,
    made_by: str,
    at: datetime,
    evidence: Iterable[Evidence] = (),
    other: PropositionId | None = None,
) -> Revision:
    """A change that leaves a belief the words and the numbers that it has."""
    return Revision(
        proposition_id=belief.id,
        kind=kind,
        at=at,
        text=belief.text,
        why=why,
        made_by=made_by,
        confidence_raw=belief.confidence_raw,
        ceiling=belief.ceiling,
        half_life_days=belief.half_life_days,
        topic=belief.topic,
        value=belief.value,
        proposition_kind=belief.kind,
        evidence=tuple(evidence),
        other=other,
    )


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


def taken_back(belief: Proposition) -> tuple[Revision, ...]:
    """What was inferred of it and the person took back: it is not to be inferred again."""
    gone = {each.undoes for each in belief.revisions if each.kind == "undone" and each.made_by == PERSON}
    return tuple(each for each in belief.revisions if each.made_by != PERSON and each.id in gone)


def can_be_taken_back(revision: Revision) -> bool:
    """Whether it is an inference that the person may take back by itself, or with the deed that it is part of.

    What begins a belief is rejected instead, and what only adds evidence goes with the episode.
    """
    return revision.made_by != PERSON and revision.kind in CHANGES


def fold(revisions: Sequence[Revision], curves: Curves = NOTHING_LEARNED) -> Proposition:
    """What these revisions of one proposition amount to, shown as sure as `curves` make it.

    Raises ValueError where none of them is left standing.
    """
    left = standing(revisions)
    if not left or left[0].proposition_id is None:
        raise ValueError("a proposition needs at least one revision that stands, and its id")
    belief = _Belief(left[0])
    belief.reword(left[0])  # its telling may have been taken back: then whatever is first tells it
    for revision in left:
        belief.take(revision)
    return belief.proposition(left, tuple(sorted(revisions, key=_order)), curves)


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
    over_for_the_person: bool = False  # they said that it is: nothing that is seen makes it current again
    evidence: list[Evidence] = field(default_factory=list)
    supported_at: list[datetime] = field(default_factory=list)

    def take(self, revision: Revision) -> None:
        by_person = revision.made_by == PERSON
        self._see(revision, by_person)
        if revision.kind in WORDING and (by_person or not self.bound):
            self.reword(revision)
        match revision.kind:
            case "edited":
                self.edited, self.state = True, "active"
            case "confirmed":
                self.confirmed, self.state = True, "active"
            case "pinned" | "unpinned":
                self.pinned = revision.kind == "pinned"
            case "rejected":
                self.state = "rejected"
            case "lifted" if self.state == "rejected":
                self.state = "active"
            case "doubted" | "ended" | "retired":
                self._weaken(revision, by_person)
            case "absorbed" | "divided":
                self._replace(revision, by_person)
            case "supported":
                self._support(revision)

    def _see(self, revision: Revision, by_person: bool) -> None:
        self.evidence += revision.evidence
        self.supported_at += [item.at for item in revision.evidence if item.supports]
        if by_person and revision.kind in {"created", "split", "edited", "confirmed"}:
            self.supported_at.append(revision.at)
            self.over_for_the_person = False

    @property
    def bound(self) -> bool:
        """By the person's word."""
        return self.edited or self.pinned or self.confirmed or is_told(self.first)

    def reword(self, revision: Revision) -> None:
        self.text, self.value, self.kind = revision.text, revision.value, revision.proposition_kind
        self.raw, self.ceiling, self.half_life_days = (
            revision.confidence_raw,
            revision.ceiling,
            revision.half_life_days,
        )

    def _support(self, revision: Revision) -> None:
        self.raw, self.ceiling = max(self.raw, revision.confidence_raw), max(self.ceiling, revision.ceiling)
        self.half_life_days = max(self.half_life_days, revision.half_life_days)
        if self.state in REVIVED and not self.over_for_the_person and not is_hearsay(revision.evidence):
            self.state = "active"

    def _weaken(self, revision: Revision, by_person: bool) -> None:
        final = self.bound or self.over_for_the_person or self.state in {"rejected", "replaced"}
        if by_person or not final:
            self.over_for_the_person = by_person and revision.kind != "doubted"
            self.state = WEAKER[revision.kind]

    def _replace(self, revision: Revision, by_person: bool) -> None:
        """Others say it now. Where that one was forgotten, it has not gone anywhere."""
        final = self.bound or self.over_for_the_person
        if revision.other is not None and self.state != "rejected" and (by_person or not final):
            self.state = "replaced"

    def made_by(self, standing: Sequence[Revision]) -> str:
        """The source whose track record counts: who brought it up; the person only where they told it."""
        told = PERSON if is_told(self.first) else ""
        return told or next((each.made_by for each in standing if each.made_by != PERSON), PERSON)

    def shown(self, made_by: str, curves: Curves) -> float:
        carried = self.confidence()
        if self.edited or self.confirmed or made_by == PERSON:
            return carried
        return shown(carried, self.ceiling, curve_of(made_by, curves))

    def confidence(self) -> float:
        """Before calibration."""
        if self.edited or self.confirmed or is_told(self.first):
            return BY_THE_PERSON
        carried = evidence_confidence(self.raw, self.ceiling, self.evidence)
        return carried * DOUBTED_FACTOR if self.state == "doubted" else carried

    def proposition(self, standing: Sequence[Revision], revisions: tuple[Revision, ...], curves: Curves) -> Proposition:
        first, made_by = standing[0], self.made_by(standing)
        assert first.proposition_id is not None
        return Proposition(
            id=first.proposition_id,
            text=self.text,
            kind=self.kind,
            state=self.state,
            topic=first.topic,
            value=self.value,
            confidence=self.shown(made_by, curves),
            confidence_evidence=self.confidence(),
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
            made_by=made_by,
        )
