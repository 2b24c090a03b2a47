"""Right and wrong, said of what was judged, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from gum_app.clock import SetClock
from gum_app.daemon.answers import Answers
from gum_app.daemon.gate import Gate
from gum_app.daemon.room import Room
from gum_app.errors import BadInput
from gum_app.paths import Home
from gum_app.store.store import Store
from tests.builders import NOON
from tests.daemon.watching import KEY
from tests.store.test_digesting import LATER, show


@pytest.fixture
def room(home: Home) -> Room:
    room = Room(home=home, gate=Gate(needs_light=False), clock=SetClock(NOON))
    room.open(KEY)
    return room


@pytest.fixture
def store(room: Room) -> Iterator[Store]:
    with closing(room.open_store()) as store:
        yield store


def ask(room: Room, **fields: Any) -> dict[str, Any]:
    with closing(Answers(room)) as answers:
        (given,) = answers.answer({"do": "digest_say", **fields})
    return given


def test_what_is_said_is_kept_and_taken_back(room: Room, store: Store) -> None:
    id_ = show(store)
    store.put_judgement(id_, LATER)
    said = ask(room, id=id_, opinion="wrong")
    assert said == {"id": id_, "opinion": "wrong", "said": "Noted: such as this deserve attention."}
    assert [item.opinion for item in store.with_opinion()] == ["wrong"]
    assert ask(room, id=id_, opinion=None)["said"] == "Taken back."
    assert store.with_opinion() == []


def test_what_cannot_be_said_is_refused(room: Room, store: Store) -> None:
    id_ = show(store)
    with pytest.raises(BadInput, match="was not judged"):
        ask(room, id=id_, opinion="right")
    with pytest.raises(BadInput, match="no such notification"):
        ask(room, id=99, opinion="right")
    with pytest.raises(BadInput, match="right or wrong"):
        ask(room, id=id_, opinion="perhaps")
    with pytest.raises(BadInput, match="“id” is a number"):
        ask(room, opinion="right")
