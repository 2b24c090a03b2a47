"""What the windows say. Every sentence is made here and tested without a screen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gum_app.records import KINDS, STATES
from gum_app.ui import wording
from gum_app.ui.status import STARTING, ModelBrief, Status, stopped
from tests.builders import NOON, a_proposition, some_evidence


def a_status(state: str = "watching", **more: object) -> Status:
    return Status(state=state, sentence="The daemon’s own sentence.", **more)  # type: ignore[arg-type]


def test_the_headline_says_until_when_it_is_paused() -> None:
    assert wording.headline(a_status("paused", paused_until=NOON + timedelta(minutes=15)), NOON) == "Paused until 12:15"
    tomorrow = NOON.replace(day=11, hour=6)
    assert wording.headline(a_status("paused", paused_until=tomorrow), NOON) == "Paused until tomorrow 06:00"


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
    headlines = {wording.headline(a_status(state), NOON) for state in (*states, "starting", "stopped", "replayed")}
    assert len(headlines) == len(states) + 3
    assert wording.headline(a_status("dreaming"), NOON) == "The daemon’s own sentence"


def test_nothing_is_said_of_today_before_it_was_allowed_to_look() -> None:
    assert wording.today(a_status(observations_today=1, skips_today=2)) == "Today: 1 episode kept, looked away twice"
    assert wording.today(a_status(consented=False)) == ""
    assert wording.today(STARTING) == wording.today(stopped()) == ""


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=40), "just now"),
        (timedelta(minutes=5), "5 min ago"),
        (timedelta(hours=5), "5 h ago"),
        (timedelta(days=1, hours=14), "2 days ago"),
        (timedelta(days=59), "59 days ago"),
        (timedelta(days=90), "3 months ago"),
        (timedelta(days=900), "2 years ago"),
    ],
)
def test_an_age_is_told_in_the_largest_unit_that_says_enough(ago: timedelta, said: str) -> None:
    assert wording.age(NOON - ago, NOON) == said


def test_an_instant_is_told_as_one_would_say_it() -> None:
    assert wording.moment(NOON, NOON) == "12:00"
    assert wording.moment(NOON - timedelta(days=1), NOON) == "yesterday 12:00"
    assert wording.moment(NOON - timedelta(days=8), NOON) == "2 March 12:00"
    assert wording.moment(NOON - timedelta(days=100), NOON) == "30 November 2025 12:00"
    assert wording.day_said(date(2026, 3, 10), date(2026, 3, 10)) == "Today, Tuesday 10 March"


@pytest.mark.parametrize(
    ("seconds", "said"), [(20, "under 1 min"), (750, "12 min"), (7500, "2 h 5 min"), (7200, "2 h")]
)
def test_a_length_of_time_is_told_in_hours_and_minutes(seconds: float, said: str) -> None:
    assert wording.lasts(seconds) == said


@pytest.mark.parametrize(
    ("days", "said"), [(2 / 24, "2 hours"), (5, "5 days"), (1, "24 hours"), (90, "3 months"), (730, "2 years")]
)
def test_a_half_life_is_told_in_the_unit_people_use(days: float, said: str) -> None:
    assert wording.span_of_days(days) == said


def test_more_confidence_never_sounds_less_sure() -> None:
    words = list(dict.fromkeys(wording.how_sure(n / 100) for n in range(101)))
    assert words == ["doubtful", "unsure", "likely", "quite sure", "very sure"]


def test_less_freshness_never_sounds_fresher() -> None:
    words = list(dict.fromkeys(wording.how_fresh(1 - n / 100) for n in range(101)))
    assert words == ["fresh", "recent", "fading", "faded"]


def test_the_confidence_is_explained_by_the_first_guess_and_what_was_added() -> None:
    against = some_evidence(supports=False)
    told = wording.confidence_told(a_proposition(confidence=0.7, evidence=(some_evidence(), some_evidence(), against)))
    assert "first guess was 50 %" in told
    assert "2 pieces of evidence for it and 1 against it make it 70 %" in told
    assert "beyond 90 %" in told
    assert "halved" in wording.confidence_told(a_proposition(state="doubted"))


def test_what_the_person_said_is_explained_as_their_word() -> None:
    assert wording.confidence_told(a_proposition(edited=True, confidence=0.99)).startswith("You said so yourself.")


def test_the_maker_of_a_change_is_named() -> None:
    assert wording.maker("person") == "you"
    assert wording.maker("rule:project") == "the rule “project”"
    assert wording.maker("model:qwen") == "the model qwen"
    assert wording.maker("model:Qwen3-VL-4B Q4_K_M propose 3f2a91c0") == "the model Qwen3-VL-4B Q4_K_M"


def test_what_a_model_was_asked_is_told_in_plain_words() -> None:
    assert wording.made_how("model:Qwen3-VL-4B observe 3f2a91c0") == (
        "It was shown pictures of an episode and asked what you did, with version 3f2a91c0 of the question."
    )
    assert "in the step “revise”" in wording.made_how("model:x y revise 3f2a91c0")
    assert wording.made_how("rule:project") == wording.made_how("person") == wording.made_how("model:qwen") == ""


def test_where_words_go_is_said_only_where_they_go() -> None:
    there = ModelBrief(state="idle", remote="gpu.example.org:443")
    assert wording.sends(a_status(model=there)) == "Words and pictures go to gpu.example.org:443"
    assert wording.sends(a_status(model=ModelBrief(state="idle"))) == wording.sends(a_status()) == ""


def test_strangers_words_and_contradictions_are_marked() -> None:
    assert wording.weight_told(some_evidence()) == ""
    assert "little" in wording.weight_told(some_evidence(weight=0.2))
    assert "against" in wording.weight_told(some_evidence(supports=False))


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 bytes"), (850_400, "850 KB"), (1_440_000, "1.4 MB"), (23e6, "23 MB"), (2e9, "2.0 GB")]
)
def test_bytes_are_told_as_file_managers_do(number: float, said: str) -> None:
    assert wording.bytes_told(number) == said


def test_what_would_be_forgotten_is_listed_and_nothing_is_nothing() -> None:
    report = {"observations": 2, "propositions": 1, "propositions_changed": 3, "skips": 0}
    assert wording.listed(wording.forgotten(report)) == "2 episodes and 1 proposition"
    assert wording.changed_by_forgetting(report) == "3 propositions stay with less evidence."
    assert wording.forgotten({"skips": 0}) == []


def test_the_forecast_waits_for_two_days_and_knows_the_limit() -> None:
    assert "two days" in wording.forecast(1e6, 1e6, 1, 90, 2000)
    assert "level off at about 89 MB" in wording.forecast(2e6, 1e6, 3, 90, 2000)
    assert "the limit you set, 50 MB" in wording.forecast(2e6, 1e6, 3, 90, 50)


def test_a_text_is_turned_by_its_first_letter() -> None:
    assert wording.reads_right_to_left("“12: שלום, QGIS”")
    assert not wording.reads_right_to_left("QGIS שלום")
    assert not wording.reads_right_to_left("12 %")


def test_a_long_address_can_be_broken_and_loses_no_letter() -> None:
    address = "https://example.org/" + "a" * 200
    broken = wording.breakable(f"See {address} now")
    assert broken.replace("\u200b", "") == f"See {address} now"
    assert max(len(part) for part in broken.replace("\u200b", " ").split()) <= 20
    assert wording.breakable("words and /short/paths stay") == "words and /short/paths stay"


@pytest.mark.parametrize(
    ("app", "said"),
    [
        ("org.gnome.TextEditor", "Text Editor"),
        ("org.gnome.Terminal", "Terminal"),
        ("XTerm", "Terminal"),
        ("org.gnome.Nautilus", "File manager"),
        ("org.qgis.qgis", "QGIS"),
        ("firefox", "Firefox"),
        ("libreoffice-calc", "LibreOffice Calc"),
        ("Gimp-2.10", "Gimp-2.10"),
        ("Notes 2.1", "Notes 2.1"),
    ],
)
def test_a_program_has_the_name_people_know(app: str, said: str) -> None:
    assert wording.program(app) == said
    assert wording.program("", "note") == "Your note"


def test_no_kind_and_no_state_is_without_a_name() -> None:
    assert set(wording.KIND_NAMES) == set(wording.KIND_SENTENCES) == set(KINDS)
    assert set(wording.STATE_NAMES) == set(STATES)
