"""The person says what each program may be told, sees who is behind a pseudonym, and clears the list."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from gum_app.clock import SetClock
from gum_app.daemon.gate import Gate
from gum_app.daemon.room import Room
from gum_app.errors import BadInput
from gum_app.paths import Home
from gum_app.store.store import Store
from tests.builders import NOON
from tests.daemon.asking_programs import ask, meet_people
from tests.daemon.watching import KEY


@pytest.fixture
def room(home: Home) -> Room:
    return Room(home=home, gate=Gate(needs_light=False), clock=SetClock(NOON))


@pytest.fixture
def store(room: Room) -> Iterator[Store]:
    room.open(KEY)
    with closing(room.open_store()) as store:
        yield store


@pytest.mark.usefixtures("store")
def test_what_is_not_said_is_not_granted(room: Room) -> None:
    ask(room, "grant", kinds=["task"], days=7, activity="yes", pseudonyms=1)
    (program,) = ask(room, "disclosures")["programs"]
    assert (program["kinds"], program["days"]) == (["task"], 7)
    assert not any(program[name] for name in ("quotes", "activity", "pseudonyms"))
    ask(room, "grant", quotes=True, activity=True, pseudonyms=True)
    (program,) = ask(room, "disclosures")["programs"]
    assert all(program[name] for name in ("may_ask", "quotes", "activity", "pseudonyms"))


def test_who_is_behind_a_pseudonym_is_told_to_the_person_for_one_program_alone(room: Room, store: Store) -> None:
    ids = meet_people(store)
    ask(room, "grant", pseudonyms=True)
    told = ask(room, "story", id=ids["dagny"])["text"]
    assert "Dagny" not in told
    assert ask(room, "who", text=f"Mail: {told}")["text"] == "Mail: Writes with Dagny Roth (Slack)."
    assert ask(room, "who", client="cursor", text=told)["text"] == told
    with pytest.raises(BadInput, match="Give the words"):
        ask(room, "who", text=3)


def test_the_list_is_cleared_and_what_each_may_be_told_stays(room: Room, store: Store) -> None:
    meet_people(store)
    ask(room, "grant")
    ask(room, "context")
    assert ask(room, "disclosures_clear") == {"cleared": 1}
    assert store.disclosures() == []
    assert ask(room, "context")["propositions"]
