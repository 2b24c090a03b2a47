"""The drawing of a day: a span is chosen by dragging, by a click on a bar, and by keys."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gum_app.records import Skip
from gum_app.ui.day import Day, day_of
from gum_app.ui.timeline import LANE, STEP, Timeline
from tests.ui.test_day import BERLIN, TUESDAY, at, seen


def a_day() -> Day:
    skip = Skip(started_at=at(12), ended_at=at(12, 30), rule="locked")
    return day_of(TUESDAY, [seen(1, at(9), 60), seen(2, at(11), 30, "mail")], [skip], BERLIN)  # type: ignore[list-item]


@pytest.fixture
def timeline(qtbot: QtBot) -> Timeline:
    widget = Timeline()
    qtbot.addWidget(widget)
    widget.show_day(a_day())
    widget.resize(900, widget.sizeHint().height())
    widget.show()
    return widget


def x_of(timeline: Timeline, hour: int, minute: int = 0) -> int:
    return round(timeline._x(at(hour, minute)))


def test_it_is_as_high_as_it_has_lanes(timeline: Timeline) -> None:
    assert timeline.sizeHint().height() > 3 * LANE
    assert not timeline.grab().isNull()


def test_a_span_is_dragged_in_either_direction(qtbot: QtBot, timeline: Timeline) -> None:
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=QPoint(x_of(timeline, 12), 10))
    QTest.mouseMove(timeline, QPoint(x_of(timeline, 10, 30), 10))
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=QPoint(x_of(timeline, 10, 30), 10))
    assert timeline.span == (at(10, 30), at(12))


def test_a_click_on_an_episode_chooses_it_and_one_beside_it_nothing(qtbot: QtBot, timeline: Timeline) -> None:
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(x_of(timeline, 9, 30), LANE // 2))
    assert timeline.span == (at(9), at(10))
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(x_of(timeline, 12, 45), LANE // 2))
    assert timeline.span is None


def test_keys_choose_widen_move_and_give_up_a_span(qtbot: QtBot, timeline: Timeline) -> None:
    QTest.keyClick(timeline, Qt.Key.Key_Left)
    assert timeline.span == (at(13) - STEP, at(13))
    QTest.keyClick(timeline, Qt.Key.Key_Left)
    QTest.keyClick(timeline, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert timeline.span == (at(13) - 2 * STEP, at(13))
    with qtbot.waitSignal(timeline.chosen) as chosen:
        QTest.keyClick(timeline, Qt.Key.Key_Escape)
    assert chosen.args == [None]


def test_a_bar_tells_what_it_is_and_looking_away_tells_only_the_rule(timeline: Timeline) -> None:
    from PySide6.QtCore import QPointF

    bar = timeline._bar_at(QPointF(x_of(timeline, 11, 10), LANE * 1.5))
    assert bar is not None
    assert bar.says.startswith("11:00–11:30  Mail")
    away = timeline._bar_at(QPointF(x_of(timeline, 12, 10), LANE * 2.5))
    assert away is not None
    assert away.says == "12:00–12:30  Looked away once: locked"


def test_another_day_gives_the_span_up_and_the_same_day_keeps_it(timeline: Timeline) -> None:
    timeline.choose((at(9), at(10)))
    timeline.show_day(a_day())
    assert timeline.span == (at(9), at(10))
    timeline.show_day(day_of(TUESDAY + timedelta(days=1), [], [], BERLIN))
    assert timeline.span is None


def test_time_is_rounded_to_five_minutes_and_stays_within_the_day(timeline: Timeline) -> None:
    assert timeline.time_at(x_of(timeline, 10, 2)) == at(10)
    assert timeline.time_at(-500) == at(9)
    assert timeline.time_at(5000) == at(13)
