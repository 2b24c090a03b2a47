"""What is said of the state."""

from __future__ import annotations

from datetime import timedelta

from gum_app.ui import status_wording
from gum_app.ui.status import STARTING, ModelBrief, Status, stopped
from tests.builders import NOON


def a_status(state: str = "watching", **more: object) -> Status:
    return Status(state=state, sentence="The daemon’s own sentence.", **more)  # type: ignore[arg-type]


def test_the_headline_says_until_when_it_is_paused() -> None:
    assert (
        status_wording.headline(a_status("paused", paused_until=NOON + timedelta(minutes=15)), NOON)
        == "Paused until 12:15"
    )
    tomorrow = NOON.replace(day=11, hour=6)
    assert status_wording.headline(a_status("paused", paused_until=tomorrow), NOON) == "Paused until tomorrow 06:00"


def test_each_state_has_its_own_headline_and_an_unknown_one_is_told_in_the_daemons_words() -> None:
    states = (
        "watching",
        "idle",
        "paused",
        "session_locked",
        "asleep",
        "no_light",
        "needs_consent",
        "needs_key",
        "trouble",
    )
    headlines = {
        status_wording.headline(a_status(state), NOON) for state in (*states, "starting", "stopped", "replayed")
    }
    assert len(headlines) == len(states) + 3
    assert status_wording.headline(a_status("dreaming"), NOON) == "The daemon’s own sentence"


def test_nothing_is_said_of_today_before_it_was_allowed_to_look() -> None:
    assert (
        status_wording.today(a_status(observations_today=1, skips_today=2))
        == "Today: 1 episode kept, looked away twice"
    )
    assert status_wording.today(a_status(observations_today=3, skips_today=0)) == "Today: 3 episodes kept"
    assert status_wording.today(a_status(consented=False)) == ""
    assert status_wording.today(STARTING) == status_wording.today(stopped()) == ""


def test_where_words_go_is_said_only_where_they_go() -> None:
    there = ModelBrief(state="idle", remote="gpu.example.org:443")
    assert status_wording.sends(a_status(model=there)) == "Words and pictures go to gpu.example.org:443"
    assert status_wording.sends(a_status(model=ModelBrief(state="idle"))) == status_wording.sends(a_status()) == ""


def test_who_asks_is_told_in_one_sentence() -> None:
    assert status_wording.asks(a_status()) == ""
    assert status_wording.who_asks(["claude"]) == "“claude” asks what it may be told about you"
    three = status_wording.who_asks(["a", "b", "c"])
    assert three == "“c” and 2 other programs ask what they may be told about you"
