"""A few steps of the daemon in one call, so that a test tells only what it is about."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gum_app.records import ObservationId, PropositionId, Revision, Sighting
from gum_app.store.store import Store
from tests.builders import NOON, a_revision, an_observation, some_evidence


def see(store: Store, text: str = "", **more: Any) -> ObservationId:
    """An episode, over and waiting to be thought about."""
    at: datetime = more.pop("at", NOON)
    id_ = store.open_observation(an_observation(text=text, **{"started_at": at, "ended_at": at, **more}))
    store.close_observation(id_)
    return id_


def a_sighting(id_: ObservationId, quote: str = "parcel router", **more: Any) -> Sighting:
    defaults: dict[str, Any] = {"topic": "project:parcel-router", "kind": "task", "at": NOON, "app": "firefox"}
    return Sighting(observation_id=id_, quote=quote, **{**defaults, **more})


def believe(store: Store, *evidence: tuple[ObservationId, str], **more: Any) -> PropositionId:
    """A revision that rests on quotes of observations; a new proposition unless `proposition_id` is given."""
    return store.add_revisions([resting_on(*evidence, **more)])[0]


def resting_on(*evidence: tuple[ObservationId, str], **more: Any) -> Revision:
    kind = more.pop("kind", "created")
    return a_revision(kind, evidence=tuple(some_evidence(quote, observation_id=id_) for id_, quote in evidence), **more)
