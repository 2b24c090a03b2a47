"""A new belief meets the old ones: it supports, refines, contradicts or adds. The person's word is never overruled.

One topic a decision. Nothing is deleted, and what a draft does not mention stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from rapidfuzz import fuzz

from gum_app.records import Draft, Evidence, Proposition, Revision, RevisionKind
from gum_app.rules.confidence import evidence_confidence
from gum_app.rules.wording import denies, named, stems

_DAY = re.compile(r"20\d\d-\d\d-\d\d")
_QUOTED = re.compile(r"“([^”]+)”")
TWIN_WORDS = 0.8  # share of common stems from which two sentences of one kind say the same
REJECTED_WORDS = 0.6  # a rejected belief is kept away in looser words too
TWIN_LIKENESS = 90  # of 100, for sentences of which one says more than the other
FEWEST_STEMS = 3
FEWEST_LETTERS = 12  # so many must two beginnings have in common
HALF_TYPED = 4  # letters at the end of a half typed line that may be read as others (the cursor stands there)
ENOUGH_EVIDENCE = 12
BY_MODEL = "model:"  # how `made_by` begins where a model said it, and the topic of what a model brought up
BETTER_BY = 0.1  # so much surer must an older contradiction be to stand against the new one


def revise(
    draft: Draft, *, about: Sequence[Proposition], similar: Sequence[Proposition], now: datetime
) -> tuple[Revision, ...]:
    """`about` has the same topic, `similar` are neighbours by words; both may hold rejected ones. Empty: no change."""
    known = [p for p in similar if p.topic != draft.topic]
    if any(p.state == "rejected" for p in about) or any(
        p.state == "rejected" and _says_the_same(draft, p, REJECTED_WORDS) for p in known
    ):
        return ()
    living = [p for p in about if p.state != "rejected"]
    if draft.made_by.startswith(BY_MODEL):
        return _said_by_model(draft, living, known, now)
    same = next((p for p in living if p.value == draft.value and p.state != "retired"), None)
    if same is not None:
        return _again(draft, same, living, now)
    closer = next((p for p in living if p.state == "active" and _refines(p.value, draft.value)), None)
    if closer is not None:
        return _again(draft, closer, (), now)
    twin = next(
        (p for p in known if p.state == "active" and p.kind == draft.kind and _says_the_same(draft, p, TWIN_WORDS)),
        None,
    )
    if twin is not None and not living:
        if _begins(twin.text, draft.text) and _may_reword(twin):
            fresh = _new_evidence(draft, twin)
            return (_reworded(draft, twin, now, fresh),) if fresh else ()
        return _support(draft, twin, now, why=f"Says the same in other words: {draft.text}")
    return _changed(draft, living, now)


def _said_by_model(
    draft: Draft, living: Sequence[Proposition], known: Sequence[Proposition], now: datetime
) -> tuple[Revision, ...]:
    """A model's word adds to what stands; it doubts nothing, and rewords only what a model said and can now say better.

    What it was only said to support is not made anew: it may have been forgotten meanwhile.
    """
    if draft.supports is not None:
        old = next((p for p in living if p.id == draft.supports), None)
    else:
        old = next((p for p in living if p.state != "retired"), None) or next(
            (p for p in known if p.state == "active" and _says_the_same(draft, p, TWIN_WORDS)), None
        )
    if old is None:
        created = _revision("created", draft, now, why=draft.why, evidence=draft.evidence)
        return () if draft.supports is not None else (created,)
    if not old.topic.startswith(BY_MODEL) or draft.ceiling < old.ceiling:
        draft = _at_its_numbers(draft, old)
    fresh = _new_evidence(draft, old)
    if fresh and draft.ceiling > old.ceiling and _may_reword(old):
        return (_reworded(draft, old, now, fresh),)
    return _support(draft, old, now, why=draft.why)


def _at_its_numbers(draft: Draft, old: Proposition) -> Draft:
    """A model adds evidence to what was counted, and others' claims to what the person showed: nothing but evidence.

    How sure it can make one, and for how long, was not theirs to say.
    """
    return replace(
        draft,
        kind=old.kind,
        value=old.value,
        confidence_raw=old.confidence_raw,
        ceiling=old.ceiling,
        half_life_days=old.half_life_days,
    )


def _refines(old: str, new: str) -> bool:
    """One day becomes "every Wednesday", or gets its hour: the same thing, known better."""
    if _DAY.match(old) and new and not _DAY.match(new):
        return True
    return bool(old) and len(old) == len("2026-03-11") and new.startswith(f"{old} ")


def _again(draft: Draft, same: Proposition, living: Sequence[Proposition], now: datetime) -> tuple[Revision, ...]:
    fresh = _new_evidence(draft, same)
    revisions: list[Revision] = []
    if draft.text != same.text and _may_reword(same) and fresh and not _begins(draft.text, same.text):
        revisions.append(_reworded(draft, same, now, fresh))
    elif fresh:
        revisions += _support(draft, same, now, why=draft.why)
    if fresh and same.state == "active":
        revisions += [_doubt(old, draft, now) for old in living if old is not same and _can_doubt(old)]
    return tuple(revisions)


def _may_reword(old: Proposition) -> bool:
    return not (old.pinned or old.edited or old.confirmed)


def _reworded(draft: Draft, old: Proposition, now: datetime, fresh: Sequence[Evidence]) -> Revision:
    return _revision("reworded", draft, now, id_of=old, why=f"Seen more closely. {draft.why}", evidence=fresh)


def _support(draft: Draft, old: Proposition, now: datetime, *, why: str) -> tuple[Revision, ...]:
    fresh = _new_evidence(draft, old)
    if not fresh or _is_plain(old, fresh):
        return ()
    return (_revision("supported", draft, now, id_of=old, text=old.text, why=why, evidence=fresh),)


def _is_plain(old: Proposition, fresh: Sequence[Evidence]) -> bool:
    """Well supported and supported today already: one more episode of the same day would say nothing."""
    return (
        old.confidence >= old.ceiling - 0.01
        and len(old.evidence) >= ENOUGH_EVIDENCE
        and max(item.at for item in fresh).date() == old.last_supported_at.date()
    )


def _changed(draft: Draft, living: Sequence[Proposition], now: datetime) -> tuple[Revision, ...]:
    """Another value under a known topic, or a new topic."""
    against = [old for old in living if old.state == "active"]
    mine = evidence_confidence(draft.confidence_raw, draft.ceiling, draft.evidence)
    newest = max((e.at for e in draft.evidence if e.supports), default=now)
    for old in against:
        older = newest <= old.last_supported_at
        if older and old.confidence >= mine - BETTER_BY:
            return ()  # what was seen later, and no less clearly, stands
    why = draft.why
    if against:
        why = f"This has changed; before it was: {against[-1].text} {draft.why}"
    doubts = tuple(_doubt(old, draft, now) for old in against if _can_doubt(old))
    return (*doubts, _revision("created", draft, now, why=why, evidence=draft.evidence))


def _can_doubt(old: Proposition) -> bool:
    return old.state == "active" and _may_reword(old)


def _doubt(old: Proposition, draft: Draft, now: datetime) -> Revision:
    strongest = max(draft.evidence, key=lambda e: (e.weight, e.at))
    against = Evidence(
        observation_id=strongest.observation_id,
        quote=strongest.quote,
        supports=False,
        at=strongest.at,
        app=strongest.app,
        weight=strongest.weight,
    )
    return Revision(
        proposition_id=old.id,
        kind="doubted",
        at=now,
        text=old.text,
        why=f"Seen otherwise since: {draft.text}",
        made_by=draft.made_by,
        confidence_raw=old.confidence_raw,
        ceiling=old.ceiling,
        half_life_days=old.half_life_days,
        topic=old.topic,
        value=old.value,
        proposition_kind=old.kind,
        evidence=(against,),
    )


def _new_evidence(draft: Draft, old: Proposition) -> tuple[Evidence, ...]:
    """What comes from episodes that the old belief does not rest on yet."""
    known = {e.observation_id for e in old.evidence if e.observation_id is not None}
    seen = {(e.at, e.quote) for e in old.evidence}
    return tuple(e for e in draft.evidence if e.observation_id not in known and (e.at, e.quote) not in seen)


def _revision(
    kind: RevisionKind,
    draft: Draft,
    now: datetime,
    *,
    why: str,
    evidence: Iterable[Evidence],
    id_of: Proposition | None = None,
    text: str = "",
) -> Revision:
    return Revision(
        proposition_id=id_of.id if id_of is not None else None,
        kind=kind,
        at=now,
        text=text or draft.text,
        why=why,
        made_by=draft.made_by,
        confidence_raw=draft.confidence_raw,
        ceiling=draft.ceiling,
        half_life_days=draft.half_life_days,
        topic=id_of.topic if id_of is not None else draft.topic,
        value=draft.value,
        proposition_kind=draft.kind,
        evidence=tuple(evidence),
    )


def _says_the_same(draft: Draft, other: Proposition, least: float) -> bool:
    """Whether two sentences mean one thing: common stems, and nothing named in one that the other leaves out.

    Where both quote, the quoted words count and not the sentence around them.
    """
    ours, theirs = _QUOTED.findall(draft.text), _QUOTED.findall(other.text)
    if not ours or not theirs:
        return _alike(draft.text, other.text, least)
    if _frame(draft.text) != _frame(other.text):
        return _share(" ".join(ours), " ".join(theirs)) >= least and _same_names(" ".join(ours), " ".join(theirs))
    pairs = list(zip(ours, theirs, strict=True))
    if draft.value == other.value and all(_within(one, two) or _within(two, one) for one, two in pairs):
        return True
    return all(_alike(one, two, least) for one, two in pairs)


def _alike(one: str, two: str, least: float) -> bool:
    if not _same_names(one, two) or denies(one) != denies(two):
        return False
    if _share(one, two) >= least:
        return True
    ours, theirs = set(stems(one)), set(stems(two))
    shorter = min(len(ours), len(theirs))
    if shorter < FEWEST_STEMS or len(ours & theirs) / shorter < TWIN_WORDS:
        return False
    return fuzz.token_set_ratio(" ".join(sorted(ours)), " ".join(sorted(theirs))) >= TWIN_LIKENESS


def _share(one: str, two: str) -> float:
    ours, theirs = set(stems(one)), set(stems(two))
    return len(ours & theirs) / len(ours | theirs) if ours and theirs else 0.0


def _frame(text: str) -> str:
    """A sentence without what it quotes."""
    return _QUOTED.sub("“”", text)


def _within(short: str, long: str) -> bool:
    """ "Madeira" within "Madeira with Aoife", and a line seen while it was being typed within the whole one."""
    ours, theirs = set(stems(short)), set(stems(long))
    return (bool(ours) and ours <= theirs and _same_names(short, long)) or _typed_on(short, long)


def _typed_on(short: str, long: str) -> bool:
    common = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), min(len(short), len(long)))
    return len(short) <= len(long) and common >= max(FEWEST_LETTERS, len(short) - HALF_TYPED)


def _begins(short: str, long: str) -> bool:
    """Whether one quotes only the beginning of what the other quotes."""
    if _frame(short) != _frame(long) or len(short) >= len(long):
        return False
    pairs = list(zip(_QUOTED.findall(short), _QUOTED.findall(long), strict=True))
    return bool(pairs) and all(one == two or _typed_on(one, two) for one, two in pairs)


def _same_names(one: str, other: str) -> bool:
    ours, theirs = named(one), named(other)
    return ours <= theirs or theirs <= ours
