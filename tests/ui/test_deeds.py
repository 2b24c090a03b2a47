"""Every verb of the person: what it asks the daemon, and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from gum_app.records import PropositionId
from gum_app.ui.deeds import LAST_CHANGE, Deeds
from tests.ui.conftest import World

ONE = PropositionId(1)
DEEDS: tuple[tuple[Callable[[Deeds], None], dict[str, Any], bool], ...] = (
    (lambda deeds: deeds.say(ONE, "right"), {"do": "say", "id": 1, "verdict": "right"}, True),
    (lambda deeds: deeds.say(ONE, "partly"), {"do": "say", "id": 1, "verdict": "partly"}, False),
    (lambda deeds: deeds.edit(ONE, "Other words."), {"do": "edit", "id": 1, "text": "Other words."}, True),
    (lambda deeds: deeds.pin(ONE, True), {"do": "pin", "id": 1, "pinned": True}, True),
    (lambda deeds: deeds.add("I swim.", "habit"), {"do": "add", "text": "I swim.", "kind": "habit"}, True),
    (lambda deeds: deeds.note("A note."), {"do": "note", "text": "A note."}, False),
    (lambda deeds: deeds.pause(15), {"do": "pause", "minutes": 15}, False),
    (lambda deeds: deeds.pause_until_tomorrow(), {"do": "pause", "until_tomorrow": True}, False),
    (lambda deeds: deeds.resume(), {"do": "resume"}, False),
    (lambda deeds: deeds.focus(25), {"do": "focus", "minutes": 25}, False),
    (lambda deeds: deeds.end_focus(), {"do": "focus", "stop": True}, False),
    (lambda deeds: deeds.set("theme", "dark"), {"do": "set", "name": "theme", "value": "dark"}, False),
    (lambda deeds: deeds.remove_rule("Chat"), {"do": "rule_remove", "name": "Chat"}, False),
    (lambda deeds: deeds.export("/a/file"), {"do": "export", "path": "/a/file"}, False),
    (lambda deeds: deeds.bring("/a/file"), {"do": "import", "path": "/a/file"}, False),
)


@pytest.mark.parametrize(("deed", "question", "can_undo"), DEEDS, ids=[str(question) for _, question, _ in DEEDS])
def test_a_deed_asks_and_ends_in_one_sentence(
    qtbot: QtBot, world: World, deed: Callable[[Deeds], None], question: dict[str, Any], can_undo: bool
) -> None:
    with qtbot.waitSignal(world.deeds.done) as done:
        deed(world.deeds)
    assert world.answering.asked == [question]
    assert done.args is not None
    assert done.args[0].endswith(".")
    assert done.args[1] == (LAST_CHANGE if can_undo else None)


def test_what_is_refused_is_told_and_not_done(qtbot: QtBot, world: World) -> None:
    world.answering.refuses["undo"] = "There is nothing to undo."
    with qtbot.assertNotEmitted(world.deeds.done), qtbot.waitSignal(world.deeds.failed) as failed:
        world.deeds.undo()
    assert failed.args == ["There is nothing to undo."]


def test_a_rule_is_added_by_its_fields(qtbot: QtBot, world: World) -> None:
    with qtbot.waitSignal(world.deeds.done):
        world.deeds.add_rule({"name": "Chat", "app": "signal", "title": None, "address": None})
    found: list[Any] = []
    world.reader.read(lambda store: store.privacy_rules(), found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert found[0][0].app == "signal"
