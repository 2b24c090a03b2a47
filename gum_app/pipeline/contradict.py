"""A draft meets beliefs that cannot be so too. Both sides are kept.

The world changed: the old has ended. Both were seen in the same time: the weaker is in doubt. Against the person's word
nothing is decided: it stands, the new is in doubt, and the person is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from gum_app.pipeline.drafted import from_draft, new_evidence, strongest_against
from gum_app.records import CURRENT, JUST_MADE, PERSON, Draft, Kind, Proposition, PropositionId, Revision
from gum_app.rules.changes import MOVES, Judged, denied, judge, only_moved, says_that_it_changed
from gum_app.rules.confidence import evidence_confidence
from gum_app.rules.curves import NOT_BEYOND
from gum_app.rules.revisions import is_the_persons_word, of_belief, standing, taken_back

BETTER_BY = 0.1  # so much surer must an older contradiction be to stand against the new one
# What speaks against what the person said of themselves also where it says more; a task of one day does not.
LASTING: frozenset[Kind] = frozenset({"schedule", "habit", "preference", "tool", "skill"})
YOUR_WORD = "It speaks against what you said, which stands until you say otherwise."
OWN_WORDS = 0.8  # what evidence must be able to carry before it ends what stood under another name


@dataclass(frozen=True)
class Rival:
    """A belief that cannot be so too, and what follows for it."""

    belief: Proposition
    judged: Judged


def begin_against(draft: Draft, rivals: Sequence[Proposition], now: datetime) -> tuple[Revision, ...]:
    """Begin a new belief, with what that means for those that contradict it."""
    mine = evidence_confidence(draft.confidence_raw, draft.ceiling, draft.evidence)
    newest = max((e.at for e in draft.evidence if e.supports), default=now)
    if any(newest <= old.last_supported_at and old.confidence_evidence >= mine - BETTER_BY for old in _active(rivals)):
        return ()  # what was seen later, and no less clearly, stands
    judged = [_judged(old, draft) for old in _that_it_can_touch(draft, rivals)]
    last = judged[-1] if judged else None
    created = from_draft(
        "created",
        draft,
        now,
        why=draft.why if last is None else f"{last.judged.why} {draft.why}",
        evidence=draft.evidence,
        other=last.belief.id if last is not None else None,
    )
    outcome = [_outcome(rival, mine, draft, now, JUST_MADE) for rival in judged]
    stronger = next((rival.belief for rival in judged if _outweighs(rival, mine)), None)
    if stronger is None:
        return (created, *_flat(outcome))
    weak = _doubt_of_new(draft, stronger, now)
    return (created, *_flat(outcome), weak)


def seen_again_against(
    draft: Draft, same: Proposition, rivals: Sequence[Proposition], now: datetime
) -> tuple[Revision, ...]:
    """More evidence for a belief that stands: what that means for those that contradict it."""
    judged = [
        Rival(old, judge(old.evidence, (*same.evidence, *draft.evidence), kind=same.kind))
        for old in _that_it_can_touch(draft, rivals)
    ]
    mine = evidence_confidence(same.confidence_raw, same.ceiling, (*same.evidence, *draft.evidence))
    outcome = list(_flat(_outcome(rival, mine, draft, now, same.id) for rival in judged))
    bound = next((old for old in rivals if old.state in CURRENT and is_the_persons_word(old)), None)
    if bound is not None and same.state == "doubted":  # the support alone would lift the doubt
        outcome.append(of_belief("doubted", same, why=YOUR_WORD, made_by=draft.made_by, at=now, other=bound.id))
    return tuple(outcome)


def contrary(draft: Draft, known: Iterable[Proposition]) -> list[Proposition]:
    """Neighbours under other topics that say that it is not so; or the same of another day, where words say it moved.

    Only by what can carry that: what strangers claim speaks against nothing but what strangers claimed.
    """
    at = max(item.at for item in draft.evidence)
    has_moved = says_that_it_changed(item.quote for item in draft.evidence)

    def is_against(old: Proposition) -> bool:
        if has_moved and old.kind in MOVES and only_moved(old.text, draft.text, at):
            return True
        return denied(old.text, draft.text, loosely=is_the_persons_word(old) and draft.kind in LASTING)

    return [old for old in _active(known) if draft.ceiling >= min(OWN_WORDS, old.ceiling) and is_against(old)]


def _that_it_can_touch(draft: Draft, rivals: Iterable[Proposition]) -> list[Proposition]:
    """What only a stranger says touches nothing but what only strangers said; the person is not asked about it."""
    return [old for old in rivals if old.state in CURRENT and draft.ceiling >= min(NOT_BEYOND, old.ceiling)]


def _active(beliefs: Iterable[Proposition]) -> list[Proposition]:
    return [belief for belief in beliefs if belief.state == "active"]


def _judged(old: Proposition, draft: Draft) -> Rival:
    if draft.relation == "replaces" and draft.ceiling >= OWN_WORDS:
        apart = judge(old.evidence, draft.evidence, kind="plan")  # once is enough where it is said
        return Rival(old, apart)
    return Rival(old, judge(old.evidence, draft.evidence, kind=draft.kind))


def _outweighs(rival: Rival, mine: float) -> bool:
    """Whether the old one stands and the new one is in doubt."""
    if is_the_persons_word(rival.belief):
        return True
    weaker = mine < rival.belief.confidence_evidence - BETTER_BY
    return rival.judged.what == "conflict" and rival.belief.state == "active" and weaker


def _outcome(rival: Rival, mine: float, draft: Draft, now: datetime, other: PropositionId) -> tuple[Revision, ...]:
    old, judged = rival.belief, rival.judged
    if is_the_persons_word(old):
        return _ask(old, draft, now, other)
    against = (strongest_against(draft),)
    if any(each.kind in {"doubted", "ended"} and each.other == other for each in taken_back(old)):
        return ()
    if judged.what == "changed":
        return (of_belief("ended", old, why=judged.why, made_by=draft.made_by, at=now, evidence=against, other=other),)
    if old.state == "doubted" or _outweighs(rival, mine):
        return ()
    return (of_belief("doubted", old, why=judged.why, made_by=draft.made_by, at=now, evidence=against, other=other),)


def _ask(old: Proposition, draft: Draft, now: datetime, other: PropositionId) -> tuple[Revision, ...]:
    """The person's word stands. What speaks against it is kept with it, once, until they have said something to it."""
    since = next(
        (r.kind for r in reversed(standing(old.revisions)) if r.made_by == PERSON or r.kind == "contradicted"), None
    )
    if since == "contradicted" or not new_evidence(draft, old):
        return ()
    against = (strongest_against(draft),)
    return (
        of_belief(
            "contradicted", old, why="Seen otherwise.", made_by=draft.made_by, at=now, evidence=against, other=other
        ),
    )


def _doubt_of_new(draft: Draft, stronger: Proposition, now: datetime) -> Revision:
    why = YOUR_WORD if is_the_persons_word(stronger) else "What was seen in the same time is better founded."
    doubt = from_draft("doubted", draft, now, why=why, evidence=(), other=stronger.id)
    return replace(doubt, proposition_id=JUST_MADE)


def _flat(outcomes: Iterable[tuple[Revision, ...]]) -> tuple[Revision, ...]:
    return tuple(revision for outcome in outcomes for revision in outcome)
