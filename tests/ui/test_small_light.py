"""The light where there is no tray: always visible, and it says the same as the tray."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gum_app.clock import SetClock
from gum_app.ui.small_light import SmallLight
from gum_app.ui.status import ModelBrief, Request
from tests.builders import NOON
from tests.ui.test_status_wording import a_status


def shown(qtbot: QtBot) -> SmallLight:
    light = SmallLight(SetClock(NOON))
    qtbot.addWidget(light)
    light.show_status(a_status())
    light.put_in_the_corner()
    light.show()
    return light


def test_it_stays_on_top_in_the_corner_and_does_not_take_the_keyboard(qtbot: QtBot) -> None:
    light = shown(qtbot)
    assert light.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert light.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert QGuiApplication.primaryScreen().availableGeometry().contains(light.geometry())


def test_it_says_the_headline_and_has_the_trays_menu(qtbot: QtBot) -> None:
    light = shown(qtbot)
    assert light.button.text().strip() == "Watching"
    light.show_status(a_status("session_locked"))
    assert light.button.accessibleName() == "gum-app: Looking away: the screen is locked"
    assert [action.objectName() for action in light.menu.actions() if action.objectName()][-1] == "quit"
    with qtbot.waitSignal(light.opened):
        light.button.click()


def test_where_words_go_is_said_on_the_light_itself(qtbot: QtBot) -> None:
    light = shown(qtbot)
    before = light.height()
    light.show_status(a_status(model=ModelBrief(state="idle", remote="gpu.example.org:443")))
    assert [line.strip() for line in light.button.text().splitlines()] == [
        "Watching",
        "Words and pictures go to gpu.example.org:443",
    ]
    assert light.button.accessibleName() == "gum-app: Watching. Words and pictures go to gpu.example.org:443"
    assert light.height() > before


def test_that_a_program_asks_is_said_on_the_light_itself(qtbot: QtBot) -> None:
    light = shown(qtbot)
    light.show_status(a_status(asking=(Request(client="claude", at=NOON),)))
    assert light.button.text().splitlines()[1].strip() == "“claude” asks what it may be told about you"


def test_it_can_be_dragged_out_of_the_way(qtbot: QtBot) -> None:
    light = shown(qtbot)
    before = light.pos()
    QTest.mousePress(light, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    QTest.mouseMove(light, QPoint(-98, -48))
    QTest.mouseRelease(light, Qt.MouseButton.LeftButton)
    assert light.pos() != before
