"""A small life with other people in it, and a program that asks about it."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

from gum_app.daemon.answers import Answers
from gum_app.daemon.room import Room
from gum_app.records import ObservationId, PropositionId
from gum_app.store.store import Store
from tests.builders import NOON, a_revision, some_evidence
from tests.store.life import a_sighting, see

OLD = NOON - timedelta(days=60)
PEOPLE = ("Tomasz Lewandowski", "Dagny Roth", "Mia")


def ask(room: Room, verb: str, **fields: Any) -> dict[str, Any]:
    with closing(Answers(room)) as answers:
        (answer,) = answers.answer({"do": verb, "client": "claude", **fields})
    return json.loads(json.dumps(answer))  # type: ignore[no-any-return]


def texts(room: Room, text: str = "", **fields: Any) -> list[str]:
    return sorted(each["text"] for each in ask(room, "context", text=text, **fields)["propositions"])


def told(store: Store, topic: str, quote: str, text: str, kind: str, at: datetime = NOON) -> PropositionId:
    words = some_evidence(quote, observation_id=see(store, quote, at=at), at=at)
    belief = a_revision(text=text, topic=topic, proposition_kind=kind, at=at, evidence=(words,))
    return store.add_revisions([belief])[0]


def meet_people(store: Store) -> dict[str, PropositionId]:
    """They are written with, mail and are talked about: the names stand in sightings, sentences and quotes."""
    id_ = see(store, "a chat")
    named = [a_sighting(id_, name, topic=f"person:{name}", detail={"name": name, "how": "wrote"}) for name in PEOPLE]
    store.digest([id_], sightings=named, revisions=[], at=NOON)
    return {
        "report": told(store, "r", "Ask Tomasz for the soil report", "Waits for the soil report of Tomasz.", "plan"),
        "dagny": told(store, "d", "Dagny Roth 10:42", "Writes with Dagny Roth (Slack).", "relationship"),
        "piotr": told(store, "p", "Hi Piotr, here is the zinc plan", "Prepares the zinc plan for Piotr.", "task"),
        "mia": told(store, "m", "mia@lab.example wrote", "Has lunch with Mia on Friday.", "plan"),
    }


def work_in(store: Store, app: str, title: str, **more: Any) -> ObservationId:
    return see(store, "", app=app, title=title, **{"source": "window", "active_seconds": 600.0, **more})
