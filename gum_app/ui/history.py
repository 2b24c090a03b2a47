"""The life of a proposition as sentences one can read, newest first. Pure: revisions in, sentences out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from gum_app.records import PERSON, Proposition, PropositionId, Revision, RevisionId, RevisionKind
from gum_app.rules.curves import NOTHING_LEARNED, Curves
from gum_app.rules.revisions import can_be_taken_back, fold, standing
from gum_app.ui.belief_wording import maker
from gum_app.ui.wording import counted, percent


@dataclass(frozen=True, kw_only=True)
class Change:
    at: datetime
    sentence: str
    why: str  # may be empty
    undone: bool  # taken back later: it no longer counts
    takes_back: RevisionId | None = None  # what is to be taken back; None: it is not to be, by itself


def history(
    revisions: Sequence[Revision],
    others: Mapping[PropositionId, str] | None = None,
    curves: Curves = NOTHING_LEARNED,
) -> list[Change]:
    """One change for each revision, newest first. `others`: what the other propositions say that it tells of.

    All numbers are as the track record of today shows them: else the last would not be the one above.
    """
    taken_back = {revision.undoes for revision in revisions if revision.undoes is not None}
    changes = []
    before: Proposition | None = None
    for n, revision in enumerate(revisions, start=1):
        after = _folded(revisions[:n], curves)
        changes.append(
            Change(
                at=revision.at,
                sentence=_sentence(revision, before, after, others or {}),
                why="" if revision.made_by == PERSON else revision.why,
                undone=revision.id is not None and revision.id in taken_back,
                takes_back=revision.id if revision.id not in taken_back and can_be_taken_back(revision) else None,
            )
        )
        before = after
    return changes[::-1]


def _folded(revisions: Sequence[Revision], curves: Curves) -> Proposition | None:
    """None where everything so far has been undone."""
    return fold(revisions, curves) if standing(revisions) else None


# What the person did, and what a rule or a model did. {words} is the new wording, {sure} the move of the
# confidence, {other} the other proposition of which it tells.
BY_YOU: dict[RevisionKind, str] = {
    "created": "You added it: “{words}”{sure}",
    "edited": "You changed the words{was} to “{words}”{sure}",
    "doubted": "You said it is not quite so{sure}",
    "ended": "You said that it is no longer so{since}.",
    "merged": "You merged it with {other}{sure}",
    "absorbed": "You merged it into {other}.",
    "split": "You split it off: “{words}”{sure}",
    "divided": "You split it into its parts.",
    "retired": "You set it aside.",
    "rejected": "You said it is wrong. It is remembered not to be believed.",
    "lifted": "You lifted it: it may be believed again.",
    "confirmed": "You said it is right{sure}",
    "pinned": "You pinned it: it stays as it is.",
    "unpinned": "You unpinned it.",
    "undone": "You took back the last change.",
}
BY_ITSELF: dict[RevisionKind, str] = {
    "created": "First noticed by {who}: “{words}”{sure}",
    "supported": "Seen again by {who}, {pieces}{sure}",
    "reworded": "Reworded by {who}{was} to “{words}”{sure}",
    "ended": "It was so; then it changed, as {who} noticed{since}.",
    "contradicted": "Something speaks against what you said; it stands, and you are asked.",
    "merged": "Merged by {who} with {other}, which says the same{sure}",
    "absorbed": "Merged by {who} into {other}.",
    "divided": "Split by {who} into its parts.",
    "split": "Split in two by {who}; this one says “{words}”{sure}",
    "doubted": "Put in doubt by {who}: something speaks against it{sure}",
    "retired": "Set aside by {who}: it no longer seems so.",
    "rejected": "Rejected by {who}.",
}


def _sentence(
    revision: Revision,
    before: Proposition | None,
    after: Proposition | None,
    others: Mapping[PropositionId, str],
) -> str:
    by_you = revision.made_by == PERSON and revision.kind in BY_YOU
    template = (BY_YOU if by_you else BY_ITSELF).get(revision.kind, "Changed by {who}{sure}")
    other = others.get(revision.other) if revision.other is not None else None
    return template.format(
        other=f"“{other}”" if other else "another",
        since=f". Since then: “{other.rstrip('.')}”" if other else "",
        who=maker(revision.made_by),
        words=revision.text,
        was=f" from “{before.text}”" if before is not None else "",
        pieces=counted(len(revision.evidence), "new piece of evidence", "new pieces of evidence"),
        sure=_sure(before, after),
    )


def _sure(before: Proposition | None, after: Proposition | None) -> str:
    """“: 50 % → 62 % sure.” where the number has moved, else a full stop."""
    if after is None:
        return "."
    now = percent(after.confidence)
    if before is None:
        return f", {now} sure."
    was = percent(before.confidence)
    return "." if was == now else f": {was} → {now} sure."
