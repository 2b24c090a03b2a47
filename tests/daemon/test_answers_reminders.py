"""The verbs of reminders, over the real link and on a real database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gum_app.daemon.room import Room
from gum_app.store.store import Store
from tests.builders import NOON
from tests.daemon.test_answers import Ask, ask, refusal, room, store  # noqa: F401 - fixtures


def texts(ask: Ask, **fields: Any) -> list[str]:  # noqa: F811
    return [each["text"] for each in ask("reminders", **fields)["reminders"]]


def test_a_reminder_is_added_put_off_done_and_taken_back(ask: Ask, room: Room, store: Store) -> None:  # noqa: F811
    kept = ask("reminder_add", text="Move the van", at="13:00")
    assert room.something_to_offer.is_set()
    assert kept["due_at"] == (NOON + timedelta(hours=1)).isoformat()
    later = ask("reminder_later", id=kept["id"], minutes=90)
    assert later["due_at"] == (NOON + timedelta(minutes=90)).isoformat()
    assert ask("reminder_later", id=kept["id"])["due_at"] == (NOON + timedelta(minutes=10)).isoformat()
    assert texts(ask) == ["Move the van"]
    ask("reminder_done", id=kept["id"])
    assert (texts(ask), texts(ask, done=True)) == ([], ["Move the van"])
    ask("reminder_done", id=kept["id"], done=False)
    assert texts(ask) == ["Move the van"]
    assert store.reminders()[0].suggestion_id is None


@pytest.mark.parametrize(
    ("verb", "fields"),
    [
        ("reminder_add", {"text": "", "at": "13:00"}),
        ("reminder_add", {"text": "x" * 2000, "at": "13:00"}),
        ("reminder_add", {"text": "Van"}),
        ("reminder_add", {"text": "Van", "at": "yesterday"}),
        ("reminder_add", {"text": "Van", "at": 13}),
        ("reminder_add", {"text": "The password is hunter2hunter2!", "at": "13:00"}),
        ("reminder_done", {"id": 99}),
        ("reminder_done", {}),
        ("reminder_later", {"id": 99, "minutes": 5}),
        ("reminder_later", {"id": 1, "minutes": "soon"}),
    ],
)
def test_what_cannot_be_asked_is_told_in_one_sentence(
    ask: Ask,  # noqa: F811
    store: Store,  # noqa: F811
    verb: str,
    fields: dict[str, Any],
) -> None:
    assert refusal(ask, verb, **fields).endswith(".")
    assert store.reminders(done=True) == []
