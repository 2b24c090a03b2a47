"""What each program was told is listed with the words as they read now, and can be cleared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from gum_app.records import Disclosure
from gum_app.rules.revisions import fold
from gum_app.store.store import Store
from gum_app.ui.told_card import MOST_LISTED, SURELY, Programs, Told, ToldCard, look_up_programs, told_line, told_what
from tests.ui.conftest import World
from tests.ui.life import KEY, NOW, let_programs_ask


@pytest.fixture
def store(world: World) -> Iterator[Store]:
    with Store(world.home.database, KEY, fold=fold) as store:
        let_programs_ask(store)
        yield store


@pytest.fixture
def card(qtbot: QtBot, world: World) -> ToldCard:
    card = ToldCard(world.deeds, lambda: NOW)
    qtbot.addWidget(card)
    return card


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_what_was_told_is_listed_with_the_words_as_they_read_now(card: ToldCard, store: Store) -> None:
    assert "Nothing so far." in texts(card)
    programs = look_up_programs(store)
    card.show_told(programs.told)
    said = texts(card)
    assert "claude asked “the park”" in said
    assert "2 propositions, people under pseudonyms: " in said
    assert "claude asked which windows you used" in said
    assert "3 windows: " in said
    assert "claude called this wrong" in said
    assert "Nothing was told, or it is forgotten." in said
    assert isinstance(programs, Programs)


def test_a_long_list_ends_and_quotes_are_named(card: ToldCard) -> None:
    one = Told(disclosure=Disclosure(client="claude", at=NOW, verb="context", with_quotes=True), texts=("Likes tea.",))
    assert told_line(one, NOW).startswith("claude asked, ")
    assert told_what(one) == "1 proposition, with words they rest on: Likes tea."
    assert told_what(replace(one, texts=("Likes tea.",) * 9)).endswith("Likes tea. …")
    card.show_told(tuple(replace(one) for _ in range(MOST_LISTED)))
    assert "Those before: gum-app disclosures." in texts(card)


def test_each_way_of_asking_has_its_words() -> None:
    one = Disclosure(client="claude", at=NOW, verb="recent", episodes=2, with_pseudonyms=True)
    windows = Told(disclosure=one, texts=("drains — QGIS", "Inbox"))
    assert told_line(windows, NOW).startswith("claude asked which windows you used, ")
    assert told_what(windows) == "2 windows, people under pseudonyms: drains — QGIS · Inbox"
    assert told_what(replace(windows, texts=())) == "2 windows, people under pseudonyms, forgotten since."
    called = Told(disclosure=replace(one, verb="called partly"), texts=("Likes tea.",))
    assert told_line(called, NOW).startswith("claude called this partly right, ")
    assert (told_what(called), told_what(replace(called, texts=()))) == ("Likes tea.", "It is forgotten.")
    watched = Told(disclosure=replace(one, verb="watch", question="tea"), texts=())
    assert told_line(watched, NOW).startswith("claude watches “tea”, ")


def test_it_is_cleared_by_the_second_press(qtbot: QtBot, card: ToldCard, world: World, store: Store) -> None:
    assert card.clear is None
    card.show_told(look_up_programs(store).told)
    assert card.clear is not None
    card.clear.click()
    assert card.clear.text() == SURELY
    assert store.disclosures() != []
    with qtbot.waitSignal(world.deeds.done):
        card.clear.click()
    assert store.disclosures() == []
    card.show_told(look_up_programs(store).told)
    assert card.clear is None
    assert look_up_programs(store).grants
