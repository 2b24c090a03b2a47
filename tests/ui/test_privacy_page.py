"""What is never looked at: the rules are shown, added, tried and removed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gum_app.records import PrivacyRule
from gum_app.ui.privacy_page import MOST_TRIED, PrivacyPage, rule_trouble, said_of, tried
from tests.ui.conftest import World
from tests.ui.life import NOW


@pytest.fixture
def page(qtbot: QtBot, world: World) -> PrivacyPage:
    page = PrivacyPage(world.deeds, lambda: NOW)
    qtbot.addWidget(page)
    page.resize(800, 700)
    page.show()
    return page


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_a_rule_needs_a_name_and_something_that_must_fit() -> None:
    assert "name" in rule_trouble("", "signal", "", "")
    assert "at least one" in rule_trouble("Chat", " ", "", "")
    assert "pattern" in rule_trouble("Chat", "", "(", "")
    assert rule_trouble("Chat", "signal", "", "") == ""


def test_a_rule_is_told_in_one_sentence() -> None:
    rule = PrivacyRule(name="x", app="firefox", title="Winter", address=r"praxis\.example")
    assert said_of(rule) == (
        "Looks away when the program is “firefox” and the title has “Winter” in it and the address has "
        r"“praxis\.example” in it."
    )


def test_a_trial_lists_what_would_be_hidden_now() -> None:
    windows = [{"app": "firefox", "title": f"page {n}"} for n in range(MOST_TRIED + 2)]
    assert tried({"hides": windows}).endswith("… and 2 more")
    assert tried({"hides": []}) == "None of the windows that are open now would be hidden."
    assert "could be tried" in tried({"hides": [], "looked": False})


def test_the_shipped_rules_are_shown_and_cannot_be_changed(qtbot: QtBot, page: PrivacyPage) -> None:
    page.ask_for_shipped()
    qtbot.waitUntil(lambda: "Password managers" in texts(page.shipped))
    assert page.shipped.findChildren(QPushButton) == []
    assert not page.shipped.isVisible(), "they are many, and what one can choose stands below them"
    page.always.button.click()
    assert page.shipped.isVisible()


def test_a_rule_is_tried_and_then_added(qtbot: QtBot, page: PrivacyPage, world: World) -> None:
    page.app.setText("Firefox")
    page._try()
    qtbot.waitUntil(lambda: not page.result.isHidden())
    assert page.result.text() == "Hidden now:\n• firefox: Lab results — Mozilla Firefox"
    page.name.setText("My doctor")
    with qtbot.waitSignal(world.deeds.done):
        QTest.keyClick(page.title, Qt.Key.Key_Return)
    assert world.answering.asked[-1]["rule"] == {"name": "My doctor", "app": "Firefox", "title": None, "address": None}
    assert page.app.text() == ""


def test_a_rule_that_is_none_is_told_at_the_field_and_not_sent(page: PrivacyPage, world: World) -> None:
    page.name.setText("My doctor")
    page._add()
    assert "at least one" in page.note.text()
    assert world.answering.asked == []


def test_ones_own_rules_can_be_removed(qtbot: QtBot, page: PrivacyPage, world: World) -> None:
    page.show_own(())
    assert "None yet" in texts(page.own)
    page.show_own((PrivacyRule(name="Chat", app="signal"),))
    button = page.own.findChildren(QPushButton)[-1]
    assert button.accessibleName() == "Remove the rule Chat"
    with qtbot.waitSignal(world.deeds.done):
        button.click()
    assert world.answering.asked == [{"do": "rule_remove", "name": "Chat"}]
