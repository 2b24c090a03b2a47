"""What stands in a notification, and what never does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from gum_app.rules.notes import DO, done_note, reminder_note, suggestion_note
from gum_app.suggestions import Act, Reminder, ReminderId
from tests.builders import NOON, an_offer

REMINDER = Reminder(id=ReminderId(1), text="Move the van", due_at=NOON, made_at=NOON)


def test_a_button_that_acts_at_once_stands_beside_the_whole_of_what_it_does() -> None:
    offer = an_offer(act=Act(kind="reminder", title="Move the van", at=NOON + timedelta(hours=1)))
    note = suggestion_note(offer, NOON, has_buttons=True)
    assert note.body.endswith("Reminds you: “Move the van”, 13:00.")
    assert list(note.actions.values()) == ["Remind me", "Later", "Not this", "Why", ""]


def test_a_draft_is_only_shown_by_its_button() -> None:
    note = suggestion_note(an_offer(act=Act(kind="draft", title="Keys", text="Dear Ann")), NOON, has_buttons=True)
    assert note.actions[DO] == "Show the draft"
    assert "Dear Ann" not in note.body


def test_without_buttons_it_says_where_to_answer() -> None:
    note = suggestion_note(an_offer(), NOON, has_buttons=False)
    assert note.body.endswith("Open gum-app to answer.") and not note.actions


@pytest.mark.parametrize("field", ["title", "why_now", "act"])
def test_nothing_private_stands_in_it(field: str) -> None:
    offer = an_offer()
    words = "the biopsy at the oncologist"
    private = replace(offer, **{field: replace(offer.act, title=words) if field == "act" else words})  # type: ignore[arg-type]
    for has_buttons in (True, False):
        note = suggestion_note(private, NOON, has_buttons=has_buttons)
        assert (note.summary, note.body) == ("A suggestion is waiting", "Open gum-app to read it.")
        assert DO not in note.actions
    reminded = reminder_note(replace(REMINDER, text=words), NOON, sharing=False, has_buttons=True)
    assert words not in reminded.summary + reminded.body


def test_while_the_screen_is_shared_a_reminder_does_not_say_of_what() -> None:
    assert "van" in reminder_note(REMINDER, NOON, sharing=False, has_buttons=True).body
    assert "van" not in reminder_note(REMINDER, NOON, sharing=True, has_buttons=True).body


def test_what_was_done_can_be_undone_from_there() -> None:
    assert list(done_note("You will be reminded: 13:00.", can_undo=True).actions.values()) == ["Undo"]
    assert not done_note("Opened.", can_undo=False).actions


def test_a_reminder_that_was_missed_says_when_it_was_due() -> None:
    assert reminder_note(REMINDER, NOON, sharing=False, has_buttons=True).summary == "Reminder"
    late = reminder_note(REMINDER, NOON + timedelta(hours=3), sharing=False, has_buttons=True)
    assert (late.summary, late.body) == (f"Reminder, due {NOON:%H:%M}", "Move the van")
