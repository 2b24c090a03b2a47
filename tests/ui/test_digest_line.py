"""One notification in the digest, in words and with its buttons."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gum_app.digest import DigestId, DigestItem, Judgement
from gum_app.records import PropositionId
from gum_app.ui.digest_line import DigestLine, Told, head, small_print
from tests.builders import NOON

JUDGED = DigestItem(
    id=DigestId(3),
    at=NOON,
    app="Calendar",
    title="Stand-up",
    text="Room 4",
    judgement=Judgement(attention="now", probability=0.7),
)
UNREAD = DigestItem(id=DigestId(4), at=NOON, rule="locked")


def test_what_it_was_is_said_in_one_line() -> None:
    assert head(Told(item=JUDGED)) == "12:00 · Calendar: Stand-up"
    assert head(Told(item=UNREAD)) == "12:00 · not read: locked"
    nameless = DigestItem(id=DigestId(5), at=NOON)
    assert head(Told(item=nameless)) == "12:00 · A program without a name"


def test_the_small_print_tells_why_how_many_and_when_it_was_shown_again() -> None:
    item = DigestItem(id=DigestId(3), at=NOON, app="a", count=15, shown_at=NOON + timedelta(minutes=1))
    told = Told(item=item, reason="Could wait (85 %): most notifications can wait.")
    assert small_print(told) == [
        "Could wait (85 %): most notifications can wait.",
        "14 more of this program came at once and were only counted.",
        "It was shown again at 12:01, in your focus time.",
    ]
    many = DigestItem(id=DigestId(3), at=NOON, rule="locked", count=2)
    assert (head(Told(item=many)), small_print(Told(item=many))) == (
        "12:00 · 2 notifications not read",
        ["The reason each time: locked."],
    )


def test_it_is_judged_by_a_click_and_the_propositions_open(qtbot: QtBot) -> None:
    said: list[object] = []
    told = Told(item=JUDGED, reason="Because.", propositions=(PropositionId(35),))
    line = DigestLine(told, lambda id_, opinion: said.append((id_, opinion)), said.append)
    qtbot.addWidget(line)
    for name in ("right", "wrong", "proposition 35"):
        line.buttons[name].click()
    assert said == [(3, "right"), (3, "wrong"), 35]
    assert "Room 4" in {label.text() for label in line.findChildren(QLabel)}


def test_what_was_said_is_shown_and_taken_back(qtbot: QtBot) -> None:
    said: list[object] = []
    item = DigestItem(id=DigestId(3), at=NOON, judgement=JUDGED.judgement, opinion="wrong")
    line = DigestLine(Told(item=item), lambda id_, opinion: said.append((id_, opinion)), said.append)
    qtbot.addWidget(line)
    assert list(line.buttons) == ["undo"]
    line.buttons["undo"].click()
    assert said == [(3, None)]
    assert "You said: wrong." in {label.text() for label in line.findChildren(QLabel)}


def test_of_what_was_not_judged_there_is_nothing_to_say(qtbot: QtBot) -> None:
    line = DigestLine(Told(item=UNREAD), lambda *_: None, lambda _id: None)
    qtbot.addWidget(line)
    assert line.buttons == {}
