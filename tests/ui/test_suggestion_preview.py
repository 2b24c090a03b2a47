"""What will happen is shown before it happens, and what fails says why."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from gum_app.rules.revisions import fold
from gum_app.store.store import ForgetScope, Store
from gum_app.ui.suggestion_lookup import Shown, look_up_inbox
from gum_app.ui.suggestion_preview import SuggestionPreview
from tests.ui.conftest import World
from tests.ui.life import KEY, NOW
from tests.ui.offers import PLAYGROUND, offer_help


@pytest.fixture
def store(world: World) -> Iterator[Store]:
    with Store(world.home.database, KEY, fold=fold) as store:
        offer_help(store)
        yield store


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


def the(store: Store, n: int) -> Shown:
    return look_up_inbox(store, NOW).open[n]


def test_the_text_stands_there_whole_and_can_be_taken_along(
    qtbot: QtBot, world: World, store: Store, parent: QWidget
) -> None:
    dialog = SuggestionPreview(world.asker, the(store, 1), NOW, parent)
    assert not dialog.go.isEnabled(), "nothing was shown yet"
    qtbot.waitUntil(dialog.go.isEnabled)
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == PLAYGROUND.act.text
    assert store.suggestion(the(store, 1).id).state == "waiting"  # type: ignore[union-attr]


def test_a_reminder_is_set_as_it_was_shown(qtbot: QtBot, world: World, store: Store, parent: QWidget) -> None:
    dialog = SuggestionPreview(world.asker, the(store, 0), NOW, parent)
    qtbot.waitUntil(dialog.go.isEnabled)
    assert "Send the drainage sections to Tomasz" in dialog.sentence.text()
    assert dialog.text.isHidden()
    with qtbot.waitSignal(dialog.done_it):
        dialog.go.click()
    assert "Send the drainage sections to Tomasz" in {each.text for each in store.reminders()}


def test_what_was_forgotten_meanwhile_is_not_done(qtbot: QtBot, world: World, store: Store, parent: QWidget) -> None:
    dialog = SuggestionPreview(world.asker, the(store, 1), NOW, parent)
    qtbot.waitUntil(dialog.go.isEnabled)
    store.forget(ForgetScope(everything=True), at=NOW)
    dialog.go.click()
    qtbot.waitUntil(lambda: "forgotten" in dialog.trouble.text())
    assert not list(world.home.root.glob("outbox/*"))


def test_what_has_become_something_else_is_shown_again(
    qtbot: QtBot, world: World, store: Store, parent: QWidget
) -> None:
    dialog = SuggestionPreview(world.asker, the(store, 1), NOW, parent)
    qtbot.waitUntil(dialog.go.isEnabled)
    dialog._fingerprint = "0" * 64  # of what was so before
    dialog.go.click()
    qtbot.waitUntil(lambda: "look at it again" in dialog.trouble.text())
    qtbot.waitUntil(lambda: dialog._fingerprint != "0" * 64)
    with qtbot.waitSignal(dialog.done_it):
        dialog.go.click()


def test_nothing_of_what_is_forgotten_stays_on_the_screen(
    qtbot: QtBot, world: World, store: Store, parent: QWidget
) -> None:
    dialog = SuggestionPreview(world.asker, the(store, 1), NOW, parent)
    qtbot.waitUntil(dialog.go.isEnabled)
    dialog.forget()
    said = [label.text() for label in dialog.findChildren(QLabel)] + [dialog.text.toPlainText()]
    assert not [words for words in said if "playground" in words.casefold()]
    assert dialog.go.isHidden()


def test_it_does_not_grow_after_it_was_opened(qtbot: QtBot, world: World, store: Store, parent: QWidget) -> None:
    dialog = SuggestionPreview(world.asker, the(store, 1), NOW, parent)
    before = dialog.size()
    dialog.open()
    qtbot.waitUntil(dialog.go.isEnabled)
    assert dialog.size() == before
