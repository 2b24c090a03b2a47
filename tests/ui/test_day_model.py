"""The list of a day, cell by cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gum_app.records import ObservationId
from gum_app.ui.day import Entry
from gum_app.ui.day_model import COLUMNS, DayModel
from tests.builders import NOON
from tests.ui.life import an_account

SEEN = Entry(started_at=NOON, ended_at=NOON + timedelta(minutes=5), app="qgis", what="Plan", episode=ObservationId(1))
AWAY = Entry(started_at=NOON, ended_at=NOON, app="", what="Not looked at: locked", episode=None)


def test_a_line_says_when_how_long_and_what(qtbot: QtBot) -> None:
    model = DayModel()
    model.show([SEEN, AWAY])
    assert [model.data(model.index(0, n)) for n in range(len(COLUMNS))] == ["12:00", "12:05", "5 min", "qgis", "Plan"]
    assert model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole) == "12:00–12:05\nPlan"
    assert model.headerData(2, Qt.Orientation.Horizontal) == "For"


def test_what_the_model_tells_follows_the_title_and_is_named_as_its_words(qtbot: QtBot) -> None:
    model = DayModel()
    model.show([replace(SEEN, account=an_account("Planned a park."))])
    assert model.data(model.index(0, 4)) == "Plan · the model tells: “Planned a park.”"
    tip = model.data(model.index(0, 4), Qt.ItemDataRole.ToolTipRole)
    assert tip.splitlines()[1:] == ["Plan", "What you did, as the model tells it: Planned a park."]


def test_a_title_that_looks_like_markup_stays_text_in_the_tool_tip(qtbot: QtBot) -> None:
    model = DayModel()
    model.show([replace(SEEN, what="<img src='file:///x.png'>")])
    tip = model.data(model.index(0, 4), Qt.ItemDataRole.ToolTipRole)
    assert "<" not in tip.splitlines()[0]  # Qt looks no further for markup


def test_what_was_not_looked_at_stands_back(qtbot: QtBot) -> None:
    model = DayModel()
    model.show([SEEN, AWAY])
    assert model.data(model.index(0, 0), Qt.ItemDataRole.ForegroundRole) is None
    assert model.data(model.index(1, 0), Qt.ItemDataRole.ForegroundRole) is not None


def test_the_same_lines_do_not_move_the_list(qtbot: QtBot) -> None:
    model = DayModel()
    model.show([SEEN])
    with qtbot.assertNotEmitted(model.modelReset):
        model.show([SEEN])
    with qtbot.waitSignal(model.modelReset):
        model.show([])
