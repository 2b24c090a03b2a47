"""“What was seen”: days, rows, what was left out, and choosing what to forget."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QDate
from pytestqt.qtbot import QtBot

from gum_app.paths import Home
from gum_app.rules.revisions import fold
from gum_app.store.store import Store
from gum_app.ui.asking import Reader
from gum_app.ui.seen_page import SeenPage
from tests.ui.conftest import World
from tests.ui.life import KEY, NOW


@pytest.fixture
def page(qtbot: QtBot, world: World) -> SeenPage:
    page = SeenPage(world.reader, lambda: NOW)
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    qtbot.waitUntil(lambda: page.model.rowCount() == 18)
    return page


def column(page: SeenPage, number: int) -> list[str]:
    return [page.model.data(page.model.index(row, number)) for row in range(page.model.rowCount())]


def test_the_newest_day_is_shown_first_with_episodes_and_looks_away(page: SeenPage) -> None:
    assert page.picker.text() == "Today, Tuesday 10 March"
    assert page.told.text() == "6 h 36 min in 13 episodes; looked away 16 times"
    assert "Not looked at: password manager (6 times)" in column(page, 4)
    assert column(page, 0) == sorted(column(page, 0), reverse=True)
    assert any("the model tells: “Drew the planting" in what for what in column(page, 4))


def test_what_was_chosen_stays_chosen_while_the_day_goes_on(page: SeenPage) -> None:
    row = next(n for n, entry in enumerate(page.model.entries) if entry.episode is not None and n > 2)
    page.table.selectRow(row)
    chosen = page._chosen_episodes()
    later = replace(page.model.entries[0], started_at=NOW, episode=None, what="Not looked at: paused")
    page._show_entries([later, *page.model.entries])
    assert page._chosen_episodes() == chosen
    assert page.table.currentIndex().row() == row + 1
    assert page.forget.isEnabled()


def test_one_steps_from_day_to_day_with_something_to_see(qtbot: QtBot, page: SeenPage) -> None:
    assert not page.after.isEnabled()
    page.before.click()
    qtbot.waitUntil(lambda: page.picker.text() == "Yesterday, Monday 9 March")
    page.before.click()
    qtbot.waitUntil(lambda: page.picker.text() == "Friday 6 March")
    page.after.click()
    qtbot.waitUntil(lambda: page.picker.text().startswith("Yesterday"))
    page._newest()
    qtbot.waitUntil(lambda: page.picker.text().startswith("Today"))


def test_a_day_without_anything_says_where_to_look(qtbot: QtBot, page: SeenPage) -> None:
    page.calendar.clicked.emit(QDate(2026, 3, 7))
    qtbot.waitUntil(lambda: page.stack.currentIndex() == 1)
    assert page.empty.title.text() == "Nothing was seen on this day"
    assert page.picker.text() == "Saturday 7 March"


def test_a_span_is_forgotten_by_its_instants(qtbot: QtBot, page: SeenPage) -> None:
    since = NOW.replace(hour=9, minute=0)
    page.timeline.choose((since, since + timedelta(hours=2)))
    assert page.chosen.text() == "Chosen: 09:00 to 11:00"
    with qtbot.waitSignal(page.forget_wanted) as wanted:
        page.forget.click()
    assert wanted.args == [
        {"since": "2026-03-10T09:00:00+01:00", "until": "2026-03-10T11:00:00+01:00"},
        "today from 09:00 to 11:00",
    ]


def test_rows_are_forgotten_by_their_episodes_and_looks_away_are_none(qtbot: QtBot, page: SeenPage) -> None:
    page.table.selectAll()
    assert page.chosen.text() == "Chosen: 13 episodes"
    with qtbot.waitSignal(page.forget_wanted) as wanted:
        page.forget.click()
    assert wanted.args is not None
    assert len(wanted.args[0]["observations"]) == 13
    assert wanted.args[1] == "13 chosen episodes"


def test_choosing_a_span_gives_up_the_rows_and_the_other_way_round(page: SeenPage) -> None:
    page.table.selectRow(0)
    page.timeline.choose((NOW - timedelta(hours=2), NOW))
    assert not page.table.selectionModel().hasSelection()
    page.table.selectRow(0)
    assert page.timeline.span is None
    page.table.clearSelection()
    assert not page.forget.isEnabled()


def test_before_anything_was_seen_it_says_that_it_will_be(qtbot: QtBot, home: Home) -> None:
    Store(home.database, KEY, fold=fold).close()
    reader = Reader(home, KEY)
    page = SeenPage(reader, lambda: NOW)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: page.stack.currentIndex() == 1)
    assert page.empty.title.text() == "Nothing was seen yet"
    assert page.timeline.day is not None
    assert page.timeline.day.date == date(2026, 3, 10)
    reader.close()
