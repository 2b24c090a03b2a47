"""The page has everything that other programs showed, and learns from what is said there."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gum_app.digest import DigestId
from gum_app.rules.revisions import fold
from gum_app.store.store import ForgetScope, Store
from gum_app.ui.digest_page import IS_OFF, MOST_LISTED, NOTHING, DigestPage
from tests.ui import digests
from tests.ui.conftest import World
from tests.ui.life import KEY, NOW


@pytest.fixture
def store(world: World) -> Iterator[Store]:
    with Store(world.home.database, KEY, fold=fold) as store:
        yield store


@pytest.fixture
def page(qtbot: QtBot, world: World) -> DigestPage:
    page = DigestPage(world.reader, world.deeds, lambda: NOW)
    qtbot.addWidget(page)
    page.resize(800, 700)
    page.show()
    qtbot.waitUntil(lambda: page.shown is not None)
    return page


def words(page: DigestPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]


def refreshed(qtbot: QtBot, page: DigestPage) -> list[str]:
    before = page.shown
    page.refresh()
    # What is put into a page is shown a turn later.
    qtbot.waitUntil(lambda: page.shown is not before and all(line.isVisibleTo(page) for line in page.lines.values()))
    return words(page)


def test_everything_of_today_stands_under_what_was_judged(qtbot: QtBot, page: DigestPage, store: Store) -> None:
    assert NOTHING in words(page)
    ids = digests.fill(store)
    shown = refreshed(qtbot, page)
    assert set(page.lines) == set(ids[1:]), "all of today, and nothing of yesterday"
    titles = [text for text in shown if re.fullmatch(r".+ \(\d+\)", text)]
    assert titles == ["Deserved attention now (3)", "Could wait (17)", "Not read, or not kept (1)"]
    assert any("Battery low" in text for text in shown)
    assert any(text.endswith("21 notifications.") for text in shown)


def test_yesterday_is_one_press_away(qtbot: QtBot, page: DigestPage, store: Store) -> None:
    ids = digests.fill(store)
    refreshed(qtbot, page)
    page.days.button(1).click()
    qtbot.waitUntil(lambda: set(page.lines) == {ids[0]})


def test_a_verdict_is_kept_shown_and_taken_back(qtbot: QtBot, page: DigestPage, store: Store) -> None:
    ids = digests.fill(store)
    refreshed(qtbot, page)

    def say(id_: DigestId, name: str) -> str:
        with qtbot.waitSignal(page._deeds.done) as done:
            page.lines[id_].buttons[name].click()
        refreshed(qtbot, page)
        assert done.args is not None
        return str(done.args[0])

    assert say(ids[1], "wrong") == "Noted: such as this deserve attention."
    assert [item.opinion for item in store.with_opinion()] == ["wrong"]
    assert next(iter(page.lines[ids[1]].buttons)) == "undo"
    assert say(ids[1], "undo") == "Taken back."
    assert store.with_opinion() == []


def test_where_it_is_off_that_is_said_and_one_press_switches_it_on(
    qtbot: QtBot, page: DigestPage, store: Store
) -> None:
    digests.fill(store, judge=False)
    shown = refreshed(qtbot, page)
    assert IS_OFF in shown and any(text.startswith("Not judged") for text in shown)
    with qtbot.waitSignal(page._deeds.done):
        page.switch.click()
    assert store.settings().triage_notifications
    assert IS_OFF not in refreshed(qtbot, page)


def test_where_nothing_is_read_that_is_said(qtbot: QtBot, page: DigestPage, store: Store) -> None:
    store.put_setting("read_notifications", False)
    assert any("you switched that off" in text for text in refreshed(qtbot, page))


def test_what_is_forgotten_is_gone_from_it(qtbot: QtBot, page: DigestPage, store: Store) -> None:
    digests.fill(store)
    refreshed(qtbot, page)
    store.forget(ForgetScope(app="Signal"), at=NOW)
    assert not any("bunk bed" in text for text in refreshed(qtbot, page))


def test_of_very_many_the_newest_are_shown_and_the_others_counted(qtbot: QtBot, page: DigestPage, store: Store) -> None:
    with store.transaction():
        for _ in range(MOST_LISTED + 7):
            store.add_to_digest(at=NOW, urgency="normal", rule="locked")
    assert "7 earlier ones: gum-app digest lists them all." in refreshed(qtbot, page)
    assert len(page.lines) == MOST_LISTED
