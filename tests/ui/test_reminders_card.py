"""Reminders are added, put off and done; each asks the daemon in one verb."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gum_app.suggestions import Reminder, ReminderId
from gum_app.ui.reminders_card import RemindersCard
from tests.ui.conftest import World
from tests.ui.life import NOW

GARDEN = Reminder(id=ReminderId(7), text="Call Noa about the garden", due_at=NOW + timedelta(hours=1), made_at=NOW)


def test_it_is_done_or_comes_later(qtbot: QtBot, world: World) -> None:
    card = RemindersCard(world.deeds, lambda: NOW)
    qtbot.addWidget(card)
    card.show_reminders((GARDEN,))
    for name in ("done", "later"):
        button = card.findChild(QPushButton, f"reminder-{name}-7")
        assert button is not None
        with qtbot.waitSignal(world.deeds.done) as heard:
            button.click()
        undo = {"do": "reminder_done", "id": 7, "done": False}
        assert heard.args[1] == (undo if name == "done" else None)
    assert [question["do"] for question in world.answering.asked] == ["reminder_done", "reminder_later"]


def test_one_is_added_by_keys_alone(qtbot: QtBot, world: World) -> None:
    card = RemindersCard(world.deeds, lambda: NOW)
    qtbot.addWidget(card)
    assert not card.add.isEnabled()
    card.words.setText("  Water   the plants ")
    with qtbot.waitSignal(world.deeds.done):
        card.words.returnPressed.emit()
    (asked,) = world.answering.asked
    assert (asked["text"], asked["at"]) == (
        "Water the plants",
        (NOW + timedelta(hours=2)).replace(minute=0).isoformat(),
    )
    assert card.words.text() == ""


def test_what_is_refused_stays_to_be_set_right(qtbot: QtBot, world: World) -> None:
    world.answering.refuses["reminder_add"] = "That time is over: name one that is still to come."
    card = RemindersCard(world.deeds, lambda: NOW)
    qtbot.addWidget(card)
    card.words.setText("Water the plants")
    with qtbot.waitSignal(world.deeds.failed):
        card.add.click()
    assert card.words.text() == "Water the plants"


def test_one_that_was_shown_is_due_though_the_clock_here_is_behind(qtbot: QtBot, world: World) -> None:
    card = RemindersCard(world.deeds, lambda: NOW)
    qtbot.addWidget(card)
    card.show_reminders((GARDEN,))
    assert not [label for label in card.findChildren(QLabel) if label.text().startswith("Due")]
    card.show_reminders((replace(GARDEN, fired_at=GARDEN.due_at),))
    assert [label for label in card.findChildren(QLabel) if label.text().startswith("Due")]
