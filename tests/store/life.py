"""A few steps of the daemon in one call, so that a test tells only what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from gum_app.records import (
    Account,
    Call,
    Inquiry,
    InquiryId,
    ObservationId,
    PropositionId,
    Revision,
    RevisionId,
    Sighting,
    StillFrame,
)
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


def a_frame(id_: ObservationId, jpeg: bytes = b"jpeg", *, at: datetime = NOON) -> StillFrame:
    return StillFrame(observation_id=id_, at=at, jpeg=jpeg)


def an_account(id_: ObservationId, did: str = "Wrote to Ann.", **more: Any) -> Account:
    return Account(observation_id=id_, did=did, **{"at": NOON, "made_by": "model:tiny observe 3f2a91c0", **more})


def a_call(step: str = "observe", **more: Any) -> Call:
    return Call(step=step, **{"at": NOON, "model": "tiny", **more})


def see_pictures(store: Store, text: str = "", *, jpegs: Sequence[bytes] = (b"jpeg",), **more: Any) -> ObservationId:
    """An episode, over, whose pictures wait for the model."""
    id_ = see(store, text, **more)
    store.put_frames(id_, [a_frame(id_, jpeg, at=more.get("at", NOON)) for jpeg in jpegs])
    return id_


def believe(store: Store, *evidence: tuple[ObservationId, str], **more: Any) -> PropositionId:
    """A revision that rests on quotes of observations; a new proposition unless `proposition_id` is given."""
    return store.add_revisions([resting_on(*evidence, **more)])[0]


def resting_on(*evidence: tuple[ObservationId, str], **more: Any) -> Revision:
    kind = more.pop("kind", "created")
    return a_revision(kind, evidence=tuple(some_evidence(quote, observation_id=id_) for id_, quote in evidence), **more)


def an_inquiry(id_: PropositionId, revision: RevisionId | None = None) -> Inquiry:
    expires = NOON + timedelta(days=7)
    return Inquiry(
        id=InquiryId(0), proposition_id=id_, revision_id=revision, asked_at=NOON, expires_at=expires, answer=None
    )
