"""What stands beside a question: near, counted once an hour, and nothing private for another computer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from gum_app.clock import SetClock
from gum_app.daemon.context import Context
from gum_app.daemon.mind import Mind
from gum_app.records import Observation
from gum_app.store.store import Store
from tests.builders import NOON, a_revision, an_observation
from tests.store.life import see
from tests.world.scripted_model import ScriptedEmbedder

STOP = threading.Event()


class Here:
    def __init__(self, store: Store, mind: Mind) -> None:
        self.mind, self.leaves = mind, False
        self.hidden: set[str] = set()
        self.context = Context(store, mind, leaves=lambda: self.leaves, is_hidden=self._is_hidden)

    def _is_hidden(self, observation: Observation) -> bool:
        return observation.app in self.hidden

    def known(self) -> list[str]:
        seen = an_observation(app="Code", title="rebalance the loan of trees")
        return sorted(near.text for near in self.context.known([(seen, None)], stop=STOP))


@pytest.fixture
def here(store: Store) -> Iterator[Here]:
    with closing(Mind(SetClock(NOON), store.add_call)) as mind:
        yield Here(store, mind)


def test_the_nearest_that_is_believed_is_known_and_what_is_private_stays_here(here: Here, store: Store) -> None:
    for text in ("Likes to rebalance trees.", "Has a loan to rebalance."):
        store.add_revisions([a_revision(text=text, topic=text)])
    gone = store.add_revisions([a_revision(text="Will rebalance no trees.", topic="gone")])[0]
    store.add_revisions([a_revision("retired", proposition_id=gone)])
    assert here.known() == ["Has a loan to rebalance.", "Likes to rebalance trees."]
    here.leaves = True
    assert here.known() == ["Likes to rebalance trees."]


def test_nothing_private_is_sent_to_be_compared(here: Here) -> None:
    embedder = ScriptedEmbedder()
    here.mind.compare_with(embedder)
    here.leaves = True
    here.context.meanings(["Likes trees.", "Takes antidepressants.", "Has a loan."], stop=STOP)
    assert embedder.embedded == ["Likes trees.", "", ""]


def test_what_was_counted_holds_for_the_hour_until_something_is_forgotten(here: Here, store: Store) -> None:
    see(store, app="code", title="leases.py", active_seconds=3000.0, at=NOON - timedelta(hours=2))
    now = NOON + timedelta(minutes=5)
    assert "code" in here.context.activity(now, stop=STOP).casefold()
    here.hidden = {"code"}
    assert "code" in here.context.activity(now, stop=STOP).casefold()
    here.context.forget()
    assert "code" not in here.context.activity(now, stop=STOP).casefold()
