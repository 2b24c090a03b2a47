"""The verbs about private matters: how much is kept of a kind, and applying that to what is kept already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from gum_app.daemon.room import Room
from gum_app.errors import BadInput
from gum_app.link import Answer, Question
from gum_app.pipeline.audit import NotKept, Seen, audit_kept
from gum_app.records import (
    KEEPINGS,
    MATTERS,
    STATES,
    Keeping,
    Matter,
    Observation,
    ObservationId,
    PropositionId,
    Ruling,
)
from gum_app.rules.matters import matters_in, touched
from gum_app.rules.norms import FIXED, NAMES, Norms, effect
from gum_app.rules.revisions import is_the_persons_word
from gum_app.store.listing import PropositionQuery
from gum_app.store.store import Cutting, ForgetReport, ForgetScope, Store

Verb = Callable[[Question], Iterator[Answer]]
Opening = Callable[[], AbstractContextManager[Store]]

MOST_EPISODES = 1_000_000
EVERYTHING: dict[Matter, Keeping] = dict.fromkeys(MATTERS, KEEPINGS[0])


class NormAnswers:
    def __init__(self, room: Room, writing: Opening) -> None:
        """`writing` gives the store to whoever holds the pen."""
        self._room, self._writing = room, writing
        self.verbs: dict[str, Verb] = {"norm": self._norm}

    def _norm(self, question: Question) -> Iterator[Answer]:
        """How much is kept of a `matter` from now on; `keeping` None: as usual again. Answers what that means."""
        matter, keeping = matter_of(question), question.get("keeping")
        if keeping is not None and keeping not in KEEPINGS:
            raise BadInput(f"“{keeping}” is none of: {', '.join(KEEPINGS)}.")
        if keeping == "keep" and matter in FIXED:
            raise BadInput(f"{NAMES[matter].capitalize()} are never kept: that cannot be loosened.")
        with self._writing() as store, store.transaction():
            said = {kind: kept for kind, kept in store.settings().norms.items() if kind != matter}
            store.put_setting("norms", said | ({matter: keeping} if keeping is not None else {}))
            norms = norms_of(store)
        recorder = self._room.recorder
        if recorder is not None:
            recorder.look_again()
        yield {"keeping": norms.of(matter), "effect": effect(matter, norms.of(matter))}


def matter_of(question: Question) -> Matter:
    """Raises BadInput."""
    matter = question.get("matter")
    if matter not in MATTERS:
        raise BadInput(f"“{matter}” is no kind of private matter; there are: {', '.join(get_args(Matter))}.")
    found: Matter = matter
    return found


def norms_of(store: Store) -> Norms:
    return Norms(said=store.settings().norms, reluctance=store.reluctance())


@dataclass(frozen=True, kw_only=True)
class Affected:
    """What is kept of a kind and would not be any more, as far as it could be told without the pen."""

    norms: Norms  # that ask it of this kind, and of no other
    episodes: tuple[ObservationId, ...] = ()
    beliefs: tuple[PropositionId, ...] = ()


def affected_by(store: Store, *, matter: Matter, now: datetime) -> Affected:
    """Hold all that is kept against what holds now. Takes minutes where much is kept: look without the pen."""
    keeping = norms_of(store).of(matter)
    norms = Norms(said=EVERYTHING | {matter: keeping})
    if keeping == "keep":
        return Affected(norms=norms)
    episodes = tuple(cutting.id for cutting in _cuttings(store, norms, _episodes(store)))
    return Affected(norms=norms, episodes=episodes, beliefs=tuple(_beliefs(store, matter, now)))


def apply_norm(store: Store, affected: Affected, *, preview: bool) -> ForgetReport:
    """Each is judged again, for more of it may have been seen meanwhile. The words go as if forgotten.

    `preview` only counts.
    """
    cuttings = list(_cuttings(store, affected.norms, affected.episodes))
    report = store.cut_kept(cuttings, affected.beliefs, preview=preview)
    if not preview:
        store.finish_forgetting()
    return report


def warning_of(rulings: tuple[Ruling, ...]) -> str:
    """What to say of a note that touches a private matter; empty where it touches none."""
    kept = next((ruling for ruling in rulings if ruling.keeping == "keep"), None)
    if kept is None:
        return ""
    return f"It touches {NAMES[kept.matter]}. It is kept because you wrote it; forget it under “What was seen”."


def matters_of(store: Store, scope: ForgetScope) -> set[Matter]:
    """The kinds of private matters in what somebody is about to forget by itself: a proposition, chosen episodes."""
    texts: list[str] = []
    if scope.proposition_id is not None and (belief := store.proposition(scope.proposition_id)) is not None:
        texts += [belief.text, *(item.quote for item in belief.evidence)]
    for id_ in scope.observation_ids:
        if (seen := store.observation(id_)) is not None:
            texts += [seen.title, *(line.text for line in seen.lines)]
    return matters_in(texts)


def _episodes(store: Store) -> Iterator[ObservationId]:
    """What the person noted is theirs."""
    return (known.id for known in store.observations(limit=MOST_EPISODES) if known.source != "note")


def _cuttings(store: Store, norms: Norms, ids: Iterable[ObservationId]) -> Iterator[Cutting]:
    for id_ in ids:
        seen = store.observation(id_)
        found = audit_kept(seen, norms) if seen is not None else None
        if seen is not None and found is not None:
            yield _cutting(seen, found)


def _cutting(seen: Observation, found: Seen | NotKept) -> Cutting:
    if isinstance(found, NotKept):
        return Cutting(id=seen.id, goes=True)
    return Cutting(id=seen.id, title=found.title if found.untold is not None else None, lines=found.lines)


def _beliefs(store: Store, matter: Matter, now: datetime) -> Iterator[PropositionId]:
    """What is believed about it; what the person said themselves is theirs to forget."""
    every = PropositionQuery(states=frozenset(STATES))
    for row in store.propositions(every, now=now, limit=MOST_EPISODES):
        hit = touched(row.text)
        belief = store.proposition(row.id) if hit is not None and hit.matter == matter else None
        if belief is not None and not is_the_persons_word(belief):
            yield row.id
