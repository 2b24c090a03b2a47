"""A new belief meets the old ones: it supports, refines, contradicts or adds. The person's word is never overruled.

One topic a decision. Nothing is deleted, and what a draft does not mention stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from gum_app.pipeline.contradict import OWN_WORDS, begin_against, contrary, seen_again_against
from gum_app.pipeline.drafted import at_its_numbers, from_draft, new_evidence
from gum_app.records import Draft, Evidence, Proposition, Revision, State
from gum_app.rules.alike import REJECTED_WORDS, TWIN_WORDS, begins, says_the_same, share
from gum_app.rules.echo import is_echo, like_ours
from gum_app.rules.revisions import is_the_persons_word, taken_back

_DAY = re.compile(r"20\d\d-\d\d-\d\d")
ENOUGH_EVIDENCE = 12
BY_MODEL = "model:"  # how `made_by` begins where a model said it, and the topic of what a model brought up
OWN_APP = "gum-app"  # of what the person noted
GONE: frozenset[State] = frozenset({"rejected", "replaced"})


def revise(
    draft: Draft, *, about: Sequence[Proposition], similar: Sequence[Proposition], now: datetime
) -> tuple[Revision, ...]:
    """`about` has the same topic, or has taken the place of one that had it; `similar` are neighbours by words, and
    what the draft relates to. Both may hold rejected ones. Empty: no change.
    """
    ids = {p.id for p in about}
    known = [p for p in similar if p.topic != draft.topic and p.id not in ids]
    if _is_kept_away(draft, about, known):
        return ()
    draft = _without_our_words(draft, [*about, *similar])
    if not draft.evidence:
        return ()
    heir = _heir(draft, about)
    if heir is not None:
        return _support(at_its_numbers(draft, heir), heir, now, why=draft.why)
    living = [p for p in about if p.state not in GONE and p.topic == draft.topic]
    if draft.made_by.startswith(BY_MODEL):
        return _said_by_model(draft, living, known, now)
    return _counted(draft, living, known, now)


def _is_kept_away(draft: Draft, about: Sequence[Proposition], known: Sequence[Proposition]) -> bool:
    """What the person rejected does not come back, under its topic or in other words."""
    if any(p.state == "rejected" for p in about):
        return True
    return any(p.state == "rejected" and _says_the_same(draft, p, REJECTED_WORDS) for p in known)


def _without_our_words(draft: Draft, known: Sequence[Proposition]) -> Draft:
    """What repeats a sentence of ours supports nothing, but where the person themselves wrote it to us."""
    sentences = [p.text for p in known]

    def is_ours(item: Evidence) -> bool:
        return item.app != OWN_APP and any(is_echo(piece, sentences) for piece in like_ours(item.quote))

    return replace(draft, evidence=tuple(item for item in draft.evidence if not is_ours(item)))


def _heir(draft: Draft, about: Sequence[Proposition]) -> Proposition | None:
    """Who speaks for what the draft is about since it was merged or split; of several parts the nearest by words."""
    replaced = (p for p in about if p.state == "replaced" and p.topic == draft.topic)
    if not any(p.value == draft.value or p.id == draft.supports for p in replaced):
        return None
    heirs = [p for p in about if p.topic != draft.topic and p.state not in GONE]
    return max(heirs, key=lambda p: share(draft.text, p.text), default=None)


def _counted(
    draft: Draft, living: Sequence[Proposition], known: Sequence[Proposition], now: datetime
) -> tuple[Revision, ...]:
    same = next((p for p in living if p.value == draft.value and p.state != "retired"), None)
    if same is not None:
        return () if _is_over(same, draft) else _again(draft, same, living, now)
    closer = next((p for p in living if p.state == "active" and _refines(p.value, draft.value)), None)
    if closer is not None:
        return _again(draft, closer, (), now)
    twin = next(
        (p for p in known if p.state == "active" and p.kind == draft.kind and _says_the_same(draft, p, TWIN_WORDS)),
        None,
    )
    if twin is not None and not living:
        if begins(twin.text, draft.text) and _may_reword(draft, twin):
            fresh = new_evidence(draft, twin)
            return (_reworded(draft, twin, now, fresh),) if fresh else ()
        return _support(draft, twin, now, why=f"Says the same in other words: {draft.text}")
    return begin_against(draft, [*living, *contrary(draft, known)], now)


def _is_over(same: Proposition, draft: Draft) -> bool:
    """It has ended, and nothing new was seen of it since."""
    if same.state != "ended":
        return False
    ended_at = max((item.at for item in same.evidence if not item.supports), default=same.last_supported_at)
    return all(item.at <= ended_at for item in draft.evidence)


def _said_by_model(
    draft: Draft, living: Sequence[Proposition], known: Sequence[Proposition], now: datetime
) -> tuple[Revision, ...]:
    """A model's word adds to what stands, and rewords only what a model said and can now say better.

    It speaks against something only where it says so of a known statement, by the person's own words. What it was only
    said to support is not made anew: it may have been forgotten meanwhile.
    """
    if draft.supports is not None:
        old = next((p for p in living if p.id == draft.supports), None)
        return () if old is None else _added_by_model(draft, old, now)
    related = next((p for p in (*living, *known) if p.id == draft.relates_to and p.state not in GONE), None)
    if related is not None and draft.relation == "refines":
        return _added_by_model(draft, related, now)
    rivals = [related] if related is not None and draft.ceiling >= OWN_WORDS else contrary(draft, known)
    old = next((p for p in living if p.state != "retired" and p not in rivals), None) or next(
        (p for p in known if p.state == "active" and p not in rivals and _says_the_same(draft, p, TWIN_WORDS)), None
    )
    if old is None:
        return begin_against(draft, rivals, now)
    added = () if _is_over(old, draft) else _added_by_model(draft, old, now)
    return (*added, *(seen_again_against(draft, old, rivals, now) if added else ()))


def _added_by_model(draft: Draft, old: Proposition, now: datetime) -> tuple[Revision, ...]:
    ceiling = draft.ceiling
    if not old.topic.startswith(BY_MODEL) or ceiling < old.ceiling:
        draft = at_its_numbers(draft, old)
    fresh = new_evidence(draft, old)
    says_more = ceiling > old.ceiling or (draft.relation == "refines" and ceiling >= min(old.ceiling, OWN_WORDS))
    if fresh and says_more and old.topic.startswith(BY_MODEL) and _may_reword(draft, old):
        return (_reworded(draft, old, now, fresh),)
    return _support(draft, old, now, why=draft.why)


def _refines(old: str, new: str) -> bool:
    """One day becomes "every Wednesday", or gets its hour: the same thing, known better."""
    if _DAY.match(old) and new and not _DAY.match(new):
        return True
    return bool(old) and len(old) == len("2026-03-11") and new.startswith(f"{old} ")


def _again(draft: Draft, same: Proposition, living: Sequence[Proposition], now: datetime) -> tuple[Revision, ...]:
    fresh = new_evidence(draft, same)
    if not fresh:
        return ()
    rewords = draft.text != same.text and _may_reword(draft, same) and not begins(draft.text, same.text)
    if rewords and same.state != "ended":
        first: tuple[Revision, ...] = (_reworded(draft, same, now, fresh),)
    else:
        first = _support(draft, same, now, why=draft.why)
    rivals = [old for old in living if old is not same and old.value != draft.value]
    return (*first, *seen_again_against(draft, same, rivals, now))


def _may_reword(draft: Draft, old: Proposition) -> bool:
    """It is not the person's word, and they did not take back these very words."""
    return not is_the_persons_word(old) and all(
        each.kind != "reworded" or each.text != draft.text for each in taken_back(old)
    )


def _reworded(draft: Draft, old: Proposition, now: datetime, fresh: Sequence[Evidence]) -> Revision:
    return from_draft("reworded", draft, now, of=old, why=f"Seen more closely. {draft.why}", evidence=fresh)


def _support(draft: Draft, old: Proposition, now: datetime, *, why: str) -> tuple[Revision, ...]:
    fresh = new_evidence(draft, old)
    if not fresh or _is_plain(old, fresh):
        return ()
    return (from_draft("supported", draft, now, of=old, text=old.text, why=why, evidence=fresh),)


def _is_plain(old: Proposition, fresh: Sequence[Evidence]) -> bool:
    """Well supported and supported today already: one more episode of the same day would say nothing."""
    return (
        old.confidence_evidence >= old.ceiling - 0.01
        and len(old.evidence) >= ENOUGH_EVIDENCE
        and max(item.at for item in fresh).date() == old.last_supported_at.date()
    )


def _says_the_same(draft: Draft, other: Proposition, least: float) -> bool:
    return says_the_same(draft.text, other.text, least, same_value=draft.value == other.value)
