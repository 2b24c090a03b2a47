"""A name outlives the words that showed it to be one, as long as something that is believed has it, and no longer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gum_app.records import PropositionId
from gum_app.store.store import ForgetScope, Store
from tests.builders import NOON
from tests.daemon.asking_programs import told
from tests.store.life import a_sighting, see

LONG_AGO = NOON - timedelta(days=200)
NAME = "Tomasz Lewandowski"


@pytest.fixture
def report(store: Store) -> PropositionId:
    """What is believed names him, and only an old chat shows that this is a name."""
    chat = see(store, "a chat", at=LONG_AGO)
    named = a_sighting(chat, "a chat", topic=f"person:{NAME}", detail={"name": NAME, "how": "wrote"})
    store.digest([chat], sightings=[named], revisions=[], at=LONG_AGO)
    return told(store, "r", "the soil report of Tomasz", "Waits for the soil report of Tomasz.", "plan")


def names(store: Store) -> list[str]:
    return store.names_of_others()[0]


def expire(store: Store) -> None:
    store.expire(at=NOON, words_before=NOON - timedelta(days=90), thumbnails_before=LONG_AGO, max_bytes=10**9)


def test_a_name_outlives_the_chat_that_showed_it(store: Store, report: PropositionId) -> None:
    assert names(store) == [NAME]
    expire(store)
    assert names(store) == ["Tomasz"], "and of it no word that stands nowhere any more"
    assert store.proposition(report) is not None


def test_it_goes_with_the_last_that_has_it(store: Store, report: PropositionId) -> None:
    expire(store)
    store.forget(ForgetScope(proposition_id=report), at=NOON)
    assert names(store) == []


def test_it_stays_where_only_the_chat_is_forgotten(store: Store) -> None:
    chat = see(store, "a chat", at=LONG_AGO)
    named = a_sighting(chat, "a chat", topic="mail:x", detail={"sender": "Dagny Roth"})
    store.digest([chat], sightings=[named], revisions=[], at=LONG_AGO)
    told(store, "d", "the budget of Dagny Roth", "Discusses the budget with Dagny Roth.", "task")
    store.forget(ForgetScope(observation_ids=(chat,)), at=NOON)
    assert names(store) == ["Dagny Roth"]
    store.forget(ForgetScope(everything=True), at=NOON)
    assert names(store) == []
