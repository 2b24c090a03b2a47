"""What was answered lately, in memory."""

from __future__ import annotations

import pytest

from gum_app.daemon import spoken
from gum_app.daemon.spoken import Spoken

ANSWER = "You repaired the parcel router on Tuesday."


def test_what_was_said_is_known_and_nothing_else() -> None:
    ours = Spoken()
    assert ours.among([ANSWER]) == set()
    ours.add(ANSWER)
    assert ours.among(["I repaired the garden fence on Monday.", ANSWER]) == {1}
    assert Spoken().among([ANSWER]) == set(), "of this process alone"


def test_it_holds_no_words() -> None:
    ours = Spoken()
    ours.add(ANSWER)
    assert b"parcel" not in b"".join(ours._runs)


def test_the_oldest_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spoken, "MOST_RUNS", 6)
    ours = Spoken()
    ours.add(ANSWER)
    ours.add("Ana wrote a letter about the tea today.")
    assert ours.among([ANSWER, "Ana wrote a letter about the tea today."]) == {1}


def test_a_notification_that_was_shown_is_known_until_something_is_forgotten() -> None:
    spoken = Spoken()
    spoken.add_note("Until Friday 4 December: “the plan”", "You have noted it in plan.md, and the day is near.")
    lines = ["the plan", "Until Friday 4 December: “the plan”", "You have noted it in plan.md,", "and the day is near."]
    assert spoken.notes_among(lines) == spoken.among(lines) == {1, 2, 3}
    spoken.forget_notes()
    assert spoken.among(lines) == set()
