"""How the daemon is, in a word, a sentence and the trouble there is."""

from __future__ import annotations

import json
import time
from contextlib import closing
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from gum_app.clock import SetClock
from gum_app.daemon.gate import Gate
from gum_app.daemon.room import Room
from gum_app.daemon.status import SENTENCES, answer, state_of
from gum_app.paths import Home
from gum_app.records import Grant, Skip
from tests.builders import NOON, an_observation
from tests.daemon.watching import KEY


@pytest.fixture
def room(home: Home) -> Room:
    """One that watches."""
    room = Room(home=home, gate=Gate(needs_light=False), clock=SetClock(NOON))
    room.open(KEY)
    room.gate.consent()
    room.recorder = recorder()
    return room


def recorder(**more: Any) -> Any:
    return SimpleNamespace(**{"private_rule": None, "looked_at": None, "around": None} | more)


def test_a_room_that_watches_says_so(room: Room) -> None:
    said = answer(room, "1.2.3")
    assert (said["state"], said["sentence"], said["trouble"]) == ("watching", "Watching.", [])
    assert (said["version"], said["home"], said["key"]) == ("1.2.3", str(room.home.root), "ready")
    json.dumps(said)


@pytest.mark.parametrize(
    ("change", "state", "sentence"),
    [
        (lambda room: setattr(room, "key", None), "needs_key", "Locked: the key to the database is needed."),
        (lambda room: setattr(room.gate, "_consented", False), "needs_consent", "Not started yet"),
        (lambda room: setattr(room, "recorder", None), "starting", "Starting."),
        (lambda room: room.gate.pause(NOON + timedelta(minutes=90)), "paused", "Paused until 13:30."),
        (lambda room: room.gate.pause(NOON + timedelta(hours=18)), "paused", "Paused until Wednesday 06:00."),
        (lambda room: setattr(room.gate, "_needs_light", True), "no_light", "no tray"),
        (lambda room: setattr(room.gate, "locked", True), "session_locked", "session is locked"),
        (lambda room: setattr(room.gate, "asleep", True), "asleep", "sleeps"),
        (lambda room: setattr(room.gate, "away", True), "idle", "You are away"),
        (lambda room: setattr(room.gate, "sharing", True), "private", "Not looking: the screen is shared."),
        (
            lambda room: setattr(room, "recorder", recorder(private_rule="banking page")),
            "private",
            "Not looking: banking page.",
        ),
        (
            lambda room: setattr(room, "recorder", recorder(private_rule="unknown window")),
            "private",
            "Not looking: it is not known which window is in front.",
        ),
        (lambda room: setattr(room, "watching_trouble", "The display is gone."), "trouble", "Not watching."),
        (lambda room: setattr(room, "progress", (3, 12)), "replaying", "3 of 12 events"),
        (lambda room: setattr(room, "replayed", True), "replayed", "nothing is watched"),
    ],
)
def test_each_state_has_its_sentence(room: Room, change: Any, state: str, sentence: str) -> None:
    change(room)
    said = answer(room, "")
    assert said["state"] == state
    assert sentence in said["sentence"]


def test_while_the_keyring_is_asked_nothing_is_wanted_of_the_person(room: Room) -> None:
    room.key, room.key_state = None, "ready-to-ask"
    assert state_of(room, NOON) == "starting"


def test_no_state_is_without_a_sentence() -> None:
    assert all("{" not in sentence or "}" in sentence for sentence in SENTENCES.values())
    assert {"trouble", "watching", "private"} <= SENTENCES.keys()


def test_a_home_that_holds_a_replay_asks_for_no_consent(room: Room) -> None:
    room.gate._consented = False
    room.replayed = True
    assert state_of(room, NOON) == "replayed"


def test_all_trouble_is_told(room: Room) -> None:
    room.watching_trouble, room.thinking_trouble = "The display is gone.", "The disk is full."
    room.desk = SimpleNamespace(trouble="The reader crashed.")  # type: ignore[assignment]
    assert answer(room, "")["trouble"] == ["The display is gone.", "The disk is full.", "The reader crashed."]


def test_what_was_set_aside_is_told_with_the_place_of_the_reports(room: Room) -> None:
    store = room.open_store()
    ids = [store.open_observation(an_observation(text="odd")) for _ in range(2)]
    for id_ in ids:
        store.close_observation(id_)
    store.note_failed_attempt([ids[0]] * 3)
    (one,) = answer(room, "")["trouble"]
    assert one.startswith("One episode was set aside")
    assert str(room.home.crashes) in one
    store.note_failed_attempt([ids[1]] * 3)
    assert answer(room, "")["trouble"][0].startswith("2 episodes were set aside")
    store.close()


def test_what_the_model_set_aside_is_told_and_so_is_one_that_cannot_compare(room: Room) -> None:
    store = room.open_store()
    store.put_setting("model", "own")
    odd = store.open_observation(an_observation(text="odd"))
    store.close_observation(odd)
    for _ in range(3):
        store.note_failed_propose([odd])
    store.close()
    room.embedder_trouble = "It is not on this computer yet."
    aside, compares = answer(room, "")["trouble"]
    assert aside.startswith("One episode was set aside: three times the model’s answer was of no use.")
    assert "try again" in aside
    assert compares == "Words are compared instead of meaning. It is not on this computer yet."


def test_today_is_counted_from_midnight(room: Room) -> None:
    store = room.open_store()
    yesterday = NOON - timedelta(days=1)
    for at in (yesterday, NOON, NOON):
        store.close_observation(store.open_observation(an_observation(started_at=at, ended_at=at)))
        store.add_skip(Skip(started_at=at, ended_at=at, rule="paused"))
    store.add_skip(
        Skip(started_at=NOON, ended_at=NOON, rule="gum-app itself")
    )  # reading in our own window is no refusal
    store.close()
    said = answer(room, "")
    assert said["today"] == {"observations": 2, "skips": 2}
    assert said["undigested"] == 3


def test_a_database_that_cannot_be_read_is_trouble_and_no_silence(room: Room) -> None:
    room.home.database.write_bytes(b"this is no database" * 1000)
    said = answer(room, "")
    assert said["state"] == "watching"
    assert any("database" in sentence for sentence in said["trouble"])


def test_asking_every_two_seconds_costs_next_to_nothing(room: Room) -> None:
    answer(room, "")
    began = time.process_time()
    for _ in range(50):
        answer(room, "")
    share = (time.process_time() - began) / 50 / 2.0
    assert share < 0.003, "0.3 % of one core is what the whole daemon may take while nobody is there"


def test_the_keys_that_open_a_page_are_told_once_the_settings_can_be_read(home: Home) -> None:
    room = Room(home=home, gate=Gate(needs_light=False), clock=SetClock(NOON))
    assert answer(room, "0")["ask_key"] is None
    room.open(KEY)
    assert answer(room, "0")["ask_key"] == "Ctrl+Alt+G"
    with closing(room.open_store()) as store:
        store.put_setting("ask_key", "")
    assert answer(room, "0")["ask_key"] == ""


def test_who_waits_for_an_answer_is_told(home: Home) -> None:
    room = Room(home=home, gate=Gate(needs_light=False), clock=SetClock(NOON))
    assert answer(room, "0")["asking"] == []
    room.open(KEY)
    with closing(room.open_store()) as store:
        store.put_grant(Grant(client="claude", asked_at=NOON))
        store.put_grant(Grant(client="cursor", asked_at=NOON, given_at=NOON))
    assert answer(room, "0")["asking"] == [{"client": "claude", "at": NOON.isoformat()}]
