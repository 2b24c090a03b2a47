"""The column at the side: pages by mouse and keys, and how it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gum_app.ui.side import NARROW, PAGES, WIDTH, Side, keys_of
from gum_app.ui.status import ModelBrief
from tests.builders import NOON
from tests.ui.test_status_wording import a_status


@pytest.fixture
def side(qtbot: QtBot) -> Side:
    side = Side()
    qtbot.addWidget(side)
    side.resize(WIDTH, 700)
    side.show()
    side.show_status(a_status(observations_today=3), NOON)
    return side


def test_pages_are_turned_by_click_and_by_number(qtbot: QtBot, side: Side) -> None:
    with qtbot.waitSignal(side.turned) as turned:
        side.buttons[2].click()
    assert turned.args == [2]
    side.activateWindow()
    qtbot.waitUntil(side.isActiveWindow)
    with qtbot.waitSignal(side.turned) as turned:
        QTest.keyClick(side, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    assert turned.args == [4]
    assert side.buttons[4].isChecked()


def test_how_many_things_wait_on_a_page_stands_beside_its_name(side: Side) -> None:
    side.count(2, 3)
    assert side.buttons[2].text() == "  Suggestions  ·  3"
    assert side.buttons[2].accessibleName() == "Suggestions, 3 open"
    side.make_narrow(True)
    assert side.buttons[2].text() == ""
    side.make_narrow(False)
    side.count(2, 0)
    assert side.buttons[2].text() == "  Suggestions"
    assert (keys_of(0), keys_of(9)) == ("Ctrl+1", "Ctrl+0")


def test_it_says_how_it_is_and_how_to_pause(qtbot: QtBot, side: Side) -> None:
    assert side.state.text() == "Watching"
    assert side.told.text().startswith("Today: 3 episodes kept")
    assert side.resume.isHidden()
    menu = side.pause.menu()
    with qtbot.waitSignal(side.chosen) as chosen:
        menu.actions()[1].trigger()
    assert chosen.args == ["pause_60"]


def test_while_paused_it_offers_to_resume(qtbot: QtBot, side: Side) -> None:
    side.show_status(a_status("paused", paused_until=NOON + timedelta(hours=1)), NOON)
    assert side.pause.isHidden()
    with qtbot.waitSignal(side.chosen) as chosen:
        side.resume.click()
    assert chosen.args == ["resume"]


def test_trouble_is_told_in_its_sentences(side: Side) -> None:
    side.show_status(a_status("trouble", trouble=("No reader.", "No room.")), NOON)
    assert side.trouble.text() == "No reader.\nNo room."


def test_a_model_that_rests_says_why_beside_all_other_trouble(side: Side) -> None:
    rests = ModelBrief(state="resting", sentence="It failed three times: close other programs.")
    side.show_status(a_status(model=rests, trouble=("No room.",)), NOON)
    assert side.trouble.text() == "No room.\nIt failed three times: close other programs."
    side.show_status(a_status(model=ModelBrief(state="idle", sentence="Nothing to do.")), NOON)
    assert side.trouble.isHidden()


def test_where_words_go_is_said_as_long_as_they_go(side: Side) -> None:
    assert side.remote.isHidden()
    side.show_status(a_status(model=ModelBrief(state="idle", remote="gpu.example.org:443")), NOON)
    assert side.remote.text() == "Words and pictures go to gpu.example.org:443"
    assert side.remote.isVisible()


def test_a_replay_shows_how_far_it_is_and_cannot_be_paused(side: Side) -> None:
    side.show_status(a_status("replaying", progress=(30, 120)), NOON)
    assert side.pause.isHidden()
    assert (side.progress.value(), side.progress.maximum()) == (30, 120)
    side.show_status(a_status(), NOON)
    assert side.progress.isHidden()


def test_in_a_narrow_window_only_pictures_are_left_and_their_names_are_still_said(side: Side) -> None:
    side.make_narrow(True)
    assert side.width() == NARROW
    assert [button.text() for button in side.buttons] == [""] * len(PAGES)
    assert [button.accessibleName() for button in side.buttons] == [name for _, name in PAGES]
    side.make_narrow(False)
    assert side.buttons[0].text().strip() == "Propositions"


def test_in_a_low_window_the_pages_scroll_and_how_it_is_stays_in_view(qtbot: QtBot, side: Side) -> None:
    side.resize(WIDTH, 420)
    qtbot.waitUntil(lambda: side.list.verticalScrollBar().maximum() > 0)
    for button in side.buttons:
        assert button.height() >= button.sizeHint().height(), button.accessibleName()
    assert side.state.visibleRegion().boundingRect().height() == side.state.height()
    side.turn_to(len(PAGES) - 1)
    assert side.buttons[-1].visibleRegion().boundingRect().height() == side.buttons[-1].height()
