"""What the threads share."""

from __future__ import annotations

import threading
from datetime import timedelta
from functools import partial
from types import SimpleNamespace

import pytest

from gum_app.clock import SetClock
from gum_app.daemon.gate import Gate
from gum_app.daemon.room import Room
from gum_app.errors import KeyWrong
from gum_app.paths import Home
from tests.builders import NOON, an_observation
from tests.daemon.watching import KEY
from tests.desktop import PATIENCE_SECONDS


def a_room(home: Home) -> Room:
    return Room(home=home, gate=Gate(needs_light=False), clock=SetClock(NOON))


@pytest.fixture
def room(home: Home) -> Room:
    return a_room(home)


def test_the_key_opens_the_database_and_lets_the_daemon_go_on(room: Room) -> None:
    waiting = threading.Thread(target=room.wait_for_key)
    waiting.start()
    room.open(KEY)
    waiting.join(PATIENCE_SECONDS)
    assert not waiting.is_alive()
    assert room.key_state == "ready"


def test_a_wrong_key_changes_nothing(room: Room) -> None:
    room.open(KEY)
    other = a_room(room.home)
    with pytest.raises(KeyWrong):
        other.open(bytes(32))
    assert (other.key, other.key_state) == (None, "not chosen")


def test_another_model_takes_the_thought_back_that_was_about_to_be_asked(room: Room) -> None:
    taken_back: list[bool] = []
    room.interpreter = SimpleNamespace(forget=lambda: taken_back.append(True))  # type: ignore[assignment]
    room.choose_models_again()
    assert taken_back == [True]


def test_opening_finishes_a_forgetting_that_was_cut_off(room: Room) -> None:
    room.open(KEY)
    store = room.open_store()
    store.discard_observation(store.open_observation(an_observation(text="words")))
    store.close()
    assert _unfinished(room), "a click on the way does not wait for it"
    a_room(room.home).open(KEY)
    assert not _unfinished(room)


def _unfinished(room: Room) -> bool:
    store = room.open_store()
    try:
        return store.is_forgetting_unfinished()
    finally:
        store.close()


def test_consent_and_a_pause_outlast_a_restart(room: Room) -> None:
    room.open(KEY)
    store = room.open_store()
    room.restore(store)
    assert not room.gate.consented
    store.put_setting("consented_at", NOON.isoformat())
    store.put_setting("paused_until", (NOON + timedelta(hours=1)).isoformat())
    again = a_room(room.home)
    again.restore(store)
    store.close()
    assert again.gate.consented
    assert again.gate.paused_until(NOON) == NOON + timedelta(hours=1)


def test_quitting_wakes_whoever_waits(room: Room) -> None:
    room.quit()
    room.wait_for_key()
    assert room.quitting.is_set()
    assert room.something_to_think_about.is_set()


def test_what_is_due_is_taken_once(room: Room) -> None:
    assert not room.take(room.expire_due)
    room.expire_soon()
    assert room.something_to_think_about.is_set()
    assert room.take(room.expire_due)
    assert not room.take(room.expire_due)
    room.routines_soon()
    assert room.take(room.routines_due)


def test_the_pen_is_one_for_all_threads_and_can_be_taken_twice_by_one(room: Room) -> None:
    taken = threading.Event()

    def write() -> None:
        with room.pen:
            taken.set()

    other = threading.Thread(target=write)
    with room.pen, room.pen:
        other.start()
        assert not taken.is_set()
    assert taken.wait(PATIENCE_SECONDS)
    other.join()


def test_what_was_forgotten_is_dropped_by_all_that_ask_models(room: Room) -> None:
    dropped: list[str] = []
    for name in ("interpreter", "embedding", "mind"):
        setattr(room, name, SimpleNamespace(forget=partial(dropped.append, name)))
    room.let_models_forget()
    assert dropped == ["interpreter", "embedding", "mind"]


def test_nobody_is_woken_for_suggestions_where_none_waits_or_nobody_is_there(room: Room) -> None:
    def woken() -> bool:
        room.something_to_think_about.clear()
        room.judge_soon()
        return room.something_to_think_about.is_set()

    room.something_waits = False
    assert not woken()
    room.judge_at_once()
    assert room.something_to_think_about.is_set() and woken()
    for flag in ("away", "locked"):
        setattr(room.gate, flag, True)
        assert not woken()
        setattr(room.gate, flag, False)


def test_a_wish_for_a_window_has_a_number_that_grows(room: Room) -> None:
    assert room.wanted is None
    room.want_window("suggestions", 5)
    room.want_window("preview", 5)
    assert room.wanted is not None
    assert (room.wanted.page, room.wanted.id, room.wanted.serial) == ("preview", 5, 2)


def test_what_was_previewed_goes_when_something_is_forgotten(room: Room) -> None:
    room.previews[1] = object()  # type: ignore[index, assignment]
    before = room.forgettings
    room.drop_questions()
    assert (room.previews, room.forgettings) == ({}, before + 1)
