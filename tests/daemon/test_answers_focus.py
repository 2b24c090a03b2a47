"""The verb by which windows, commands and whoever else begin and end a focus time."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from gum_app.clock import SetClock
from gum_app.daemon.answers import Answers
from gum_app.daemon.gate import Gate
from gum_app.daemon.room import Room
from gum_app.daemon.status import answer
from gum_app.errors import BadInput
from gum_app.paths import Home
from tests.builders import NOON
from tests.daemon.watching import KEY


@pytest.fixture
def room(home: Home) -> Room:
    room = Room(home=home, gate=Gate(needs_light=False), clock=SetClock(NOON))
    room.open(KEY)
    return room


def ask(room: Room, **fields: Any) -> dict[str, Any]:
    with closing(Answers(room)) as answers:
        (given,) = answers.answer({"do": "focus", **fields})
    return given


def test_it_begins_is_told_and_ends(room: Room) -> None:
    nothing = {"since": None, "until": None, "note": ""}
    assert ask(room) == answer(room, "1")["focus"] == nothing
    begun = ask(room, minutes=45)
    assert begun["until"] == (NOON + timedelta(minutes=45)).isoformat()
    assert ask(room) == answer(room, "1")["focus"] == begun
    assert ask(room, stop=True)["ended"].startswith("Your focus time is over after 1 minute.")
    assert ask(room) == nothing


def test_what_cannot_be_is_said(room: Room) -> None:
    with pytest.raises(BadInput, match="There is no focus time to end"):
        ask(room, stop=True)
    with pytest.raises(BadInput, match="Say for how many minutes"):
        ask(room, minutes="soon")
    with pytest.raises(BadInput, match="lasts up to 720 minutes"):
        ask(room, minutes=1e9)
