"""The daemon's answer as a value."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gum_app.errors import BadInput
from gum_app.ui.status import STARTING, ModelBrief, Request, WantedPage, status_of, stopped
from tests.builders import NOON

ANSWER = {"state": "paused", "sentence": "Paused.", "consented": True, "key": "ready", "paused_until": NOON.isoformat()}


def test_an_answer_becomes_a_status() -> None:
    status = status_of(
        ANSWER | {"today": {"observations": 3, "skips": 1}, "trouble": ["It hurts."], "progress": [2, 9]}
    )
    assert (status.paused_until, status.observations_today, status.trouble) == (NOON, 3, ("It hurts.",))
    assert status.progress == (2, 9)
    assert (status.ask_key, status_of(ANSWER | {"ask_key": "F9"}).ask_key) == (None, "F9")
    assert status.is_paused
    assert not status.may_pause


def test_an_answer_of_another_shape_is_one_sentence() -> None:
    with pytest.raises(BadInput, match="another version"):
        status_of({"state": "watching"})
    with pytest.raises(BadInput, match="another version"):
        status_of(ANSWER | {"paused_until": "soon"})


def test_the_model_is_told_where_the_daemon_knows_of_one() -> None:
    assert status_of(ANSWER).model is None
    assert status_of(ANSWER).remote == ""
    told = status_of(ANSWER | {"model": {"state": "idle", "sentence": "Ready.", "remote": "gpu.example.org:443"}})
    assert told.model == ModelBrief(state="idle", sentence="Ready.", remote="gpu.example.org:443")
    assert told.remote == "gpu.example.org:443"
    with pytest.raises(BadInput, match="another version"):
        status_of(ANSWER | {"model": "idle"})


def test_who_asks_is_told() -> None:
    told = status_of(ANSWER | {"asking": [{"client": "claude", "at": NOON.isoformat()}]})
    assert told.asking == (Request(client="claude", at=NOON),)
    assert status_of(ANSWER).asking == ()
    with pytest.raises(BadInput, match="another version"):
        status_of(ANSWER | {"asking": [{"client": "claude"}]})


def test_a_focus_time_is_told() -> None:
    focus = {"since": NOON.isoformat(), "until": NOON.isoformat(), "note": "It is quiet."}
    assert (status_of(ANSWER).focus_until, status_of(ANSWER).may_focus) == (None, True)
    assert (status_of(ANSWER | {"focus": focus}).focus_until, stopped().may_focus) == (NOON, False)


def test_what_a_notification_asks_to_be_shown_is_told() -> None:
    assert status_of(ANSWER).wanted is None
    told = status_of(ANSWER | {"wanted": {"page": "suggestions", "id": 5, "serial": 3}, "suggestions": 2})
    assert told.wanted == WantedPage(page="suggestions", id=5, serial=3)
    assert told.suggestions_open == 2


def test_only_a_daemon_that_answers_is_reachable() -> None:
    assert not STARTING.reachable
    assert not stopped().reachable
    assert status_of(ANSWER).reachable


def test_before_a_key_is_chosen_nothing_looks_locked() -> None:
    assert status_of(ANSWER | {"state": "needs_key", "key": "not chosen"}).sign == "needs_consent"
    assert status_of(ANSWER | {"state": "needs_key", "key": "locked"}).sign == "needs_key"


def test_time_passing_is_no_change_of_the_status() -> None:
    status = status_of(ANSWER)
    assert replace(status, now=NOON) == status
