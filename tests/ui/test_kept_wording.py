"""What is said of what is kept."""

from __future__ import annotations

from gum_app.ui import kept_wording, wording


def test_what_would_be_forgotten_is_listed_and_nothing_is_nothing() -> None:
    report = {"observations": 2, "propositions": 1, "propositions_changed": 3, "skips": 0}
    assert wording.listed(kept_wording.forgotten(report)) == "2 episodes and 1 proposition"
    assert kept_wording.changed_by_forgetting(report) == "3 propositions stay with less evidence."
    assert kept_wording.forgotten({"skips": 0}) == []
    assert kept_wording.forgotten({"suggestions": 2, "reminders": 1}) == ["2 suggestions", "1 reminder"]


def test_the_forecast_waits_for_two_days_and_knows_the_limit() -> None:
    assert "two days" in kept_wording.forecast(1e6, 1e6, 1, 90, 2000)
    assert "level off at about 89 MB" in kept_wording.forecast(2e6, 1e6, 3, 90, 2000)
    assert "the limit you set, 50 MB" in kept_wording.forecast(2e6, 1e6, 3, 90, 50)
