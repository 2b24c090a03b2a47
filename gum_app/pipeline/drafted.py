"""Revisions made of a draft, and what of it is new or speaks against a belief that it meets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from gum_app.records import Draft, Evidence, Proposition, PropositionId, Revision, RevisionKind


def from_draft(
    kind: RevisionKind,
    draft: Draft,
    now: datetime,
    *,
    why: str,
    evidence: Iterable[Evidence],
    of: Proposition | None = None,
    text: str = "",
    other: PropositionId | None = None,
) -> Revision:
    """With the draft's words and numbers. `of` None begins a proposition."""
    return Revision(
        proposition_id=of.id if of is not None else None,
        kind=kind,
        at=now,
        text=text or draft.text,
        why=why,
        made_by=draft.made_by,
        confidence_raw=draft.confidence_raw,
        ceiling=draft.ceiling,
        half_life_days=draft.half_life_days,
        topic=of.topic if of is not None else draft.topic,
        value=draft.value,
        proposition_kind=draft.kind,
        evidence=tuple(evidence),
        other=other,
    )


def new_evidence(draft: Draft, old: Proposition) -> tuple[Evidence, ...]:
    """What comes from episodes that the old belief does not rest on yet."""
    known = {e.observation_id for e in old.evidence if e.observation_id is not None}
    seen = {(e.at, e.quote) for e in old.evidence}
    return tuple(e for e in draft.evidence if e.observation_id not in known and (e.at, e.quote) not in seen)


def strongest_against(draft: Draft) -> Evidence:
    """Of the draft's evidence, turned round: it speaks against another belief."""
    return replace(max(draft.evidence, key=lambda e: (e.weight, e.at)), supports=False)


def at_its_numbers(draft: Draft, old: Proposition) -> Draft:
    """It adds evidence and nothing else: how sure that can make one, and for how long, was not its to say."""
    return replace(
        draft,
        kind=old.kind,
        value=old.value,
        confidence_raw=old.confidence_raw,
        ceiling=old.ceiling,
        half_life_days=old.half_life_days,
    )
