"""The first page, used as a person uses it: with keys and mouse, on a real store."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gum_app.rules.revisions import fold
from gum_app.store.listing import PropositionRow
from gum_app.store.store import ForgetScope, Store
from gum_app.ui.propositions_page import PUT_BY, PropositionsPage
from tests.ui.conftest import World
from tests.ui.life import KEY, NOW


@pytest.fixture
def page(qtbot: QtBot, world: World) -> PropositionsPage:
    page = PropositionsPage(world.reader, world.deeds, lambda: NOW)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    qtbot.waitUntil(lambda: page.model.rowCount() == 13 and page.model.item(0) is not None)
    return page


def choose(qtbot: QtBot, page: PropositionsPage, row: int) -> PropositionRow:
    page.list.setCurrentIndex(page.model.index(row))
    item = page.model.item(row)
    assert isinstance(item, PropositionRow)
    qtbot.waitUntil(lambda: page.detail.told is not None and page.detail.told.belief.id == item.id)
    return item


def test_a_chosen_proposition_is_shown_whole(qtbot: QtBot, page: PropositionsPage) -> None:
    item = choose(qtbot, page, 3)
    assert page.right.currentIndex() == 1
    assert page.detail.words is not None
    assert page.detail.words.text() == item.text
    assert page.count.text() == "13 propositions"


def test_keys_on_the_list_do_what_the_buttons_do(qtbot: QtBot, page: PropositionsPage, world: World) -> None:
    item = choose(qtbot, page, 4)
    page.list.setFocus()
    with qtbot.waitSignal(world.deeds.done):
        QTest.keyClick(page.list, Qt.Key.Key_W)
    assert world.answering.asked[-1] == {"do": "say", "id": item.id, "verdict": "wrong"}
    with qtbot.waitSignal(page.forget_wanted):
        QTest.keyClick(page.list, Qt.Key.Key_Delete)


def test_after_a_change_the_list_and_the_pane_are_read_again(
    qtbot: QtBot, page: PropositionsPage, world: World
) -> None:
    item = choose(qtbot, page, 4)
    with qtbot.waitSignal(world.deeds.done):
        world.deeds.say(item.id, "wrong")
    page.refresh()
    qtbot.waitUntil(lambda: page.model.rowCount() == 12)
    qtbot.waitUntil(lambda: page.detail.told is not None and page.detail.told.belief.state == "rejected")
    qtbot.waitUntil(lambda: not page.list.selectionModel().hasSelection())
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert page.list.currentIndex().row() == 4, "the one that has come in its place"


def test_unsaved_words_are_told_and_forgotten_with_their_proposition(
    qtbot: QtBot, page: PropositionsPage, world: World
) -> None:
    item = choose(qtbot, page, 4)
    page.detail.start_editing()
    assert page.detail.editor is not None
    page.detail.editor.setPlainText("half a sen")
    with qtbot.waitSignal(page.told) as told:
        choose(qtbot, page, 2)
    assert told.args == [PUT_BY]
    assert page.detail.drafts == {item.id}
    with Store(world.home.database, KEY, fold=fold) as store:
        store.forget(ForgetScope(proposition_id=item.id), at=NOW)
    page.refresh()
    qtbot.waitUntil(lambda: page.detail.drafts == frozenset())


def test_the_hits_of_a_search_can_be_put_in_another_order(qtbot: QtBot, page: PropositionsPage) -> None:
    def texts() -> list[str]:
        rows = [page.model.item(row) for row in range(page.model.rowCount())]
        return [row.text for row in rows if isinstance(row, PropositionRow)]

    page.search_for("qgis")
    qtbot.waitUntil(lambda: page.filters.best_first and page.count.text().endswith("fit"))
    qtbot.waitUntil(lambda: len(texts()) == page.model.rowCount() > 1)
    best = texts()
    assert best != sorted(best, key=str.casefold)
    page.filters.order.setCurrentText("A to Z")
    qtbot.waitUntil(lambda: texts() == sorted(best, key=str.casefold))


def test_search_follows_typing_and_finds_words_of_the_evidence(qtbot: QtBot, page: PropositionsPage) -> None:
    page.activateWindow()
    page.filters.search.setFocus()
    qtbot.waitUntil(page.filters.search.hasFocus)
    QTest.keyClicks(page.filters.search, "geometry")
    qtbot.waitUntil(lambda: page.count.text() == "1 proposition fits")
    QTest.keyClick(page.filters.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.count.text() == "13 propositions")


def test_where_nothing_fits_it_says_what_to_do(qtbot: QtBot, page: PropositionsPage) -> None:
    page.search_for("zeppelin")
    qtbot.waitUntil(lambda: page.lists.currentWidget() is page.nothing)
    assert page.nothing.title.text() == "Nothing fits"
    page.search_for("")
    qtbot.waitUntil(lambda: page.lists.currentWidget() is page.list)


def test_a_narrow_window_shows_the_list_or_the_pane(qtbot: QtBot, page: PropositionsPage) -> None:
    page.resize(520, 700)
    assert page.right.isHidden()
    choose(qtbot, page, 2)
    qtbot.waitUntil(lambda: page.left.isHidden())
    assert not page.right.isHidden()
    page.back.click()
    assert page.detail.told is None
    assert not page.left.isHidden()
    assert page.right.isHidden()
    page.resize(1100, 700)
    assert not page.right.isHidden()


def test_the_chosen_one_stays_chosen_when_rows_move(qtbot: QtBot, page: PropositionsPage, world: World) -> None:
    item = choose(qtbot, page, 5)
    with qtbot.waitSignal(world.deeds.done):
        world.deeds.say(item.id, "right")
    page.refresh()

    def moved() -> bool:
        page.model.item(0)
        current = page.model.item(page.list.currentIndex().row())
        return page.list.currentIndex().row() != 5 and isinstance(current, PropositionRow) and current.id == item.id

    qtbot.waitUntil(moved)


def test_the_keyboard_goes_from_the_search_to_what_was_found_and_by_tab_from_top_to_bottom(
    qtbot: QtBot, page: PropositionsPage
) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.search_for("qgis")
    qtbot.waitUntil(lambda: page.count.text().endswith("fit") and page.model.item(0) is not None)
    page.filters.search.setFocus()
    QTest.keyClick(page.filters.search, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.detail.told is not None)
    assert page.list.hasFocus() and page.list.currentIndex().row() == 0
    order: list[QWidget] = [page.filters.search]
    page.filters.search.setFocus()
    for _ in range(9):
        QTest.keyClick(order[-1], Qt.Key.Key_Tab)
        order += [held] if (held := QApplication.focusWidget()) is not None else []
    assert order.index(page.filters.kind) < order.index(page.list) < order.index(page.detail.buttons["right"])
