"""How much is kept of private matters: shown, chosen, and what was left out is listed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from gum_app.records import MATTERS, Ruling
from gum_app.rules.revisions import fold
from gum_app.store.reading import ReadingStore
from gum_app.store.store import Store
from gum_app.ui.norms_card import MOST_LISTED, NormsCard, RulingsCard, look_up
from tests.ui.conftest import World
from tests.ui.life import KEY, NOW


@pytest.fixture
def store(world: World) -> Iterator[ReadingStore]:
    with ReadingStore(world.home.database, KEY) as store:
        yield store


@pytest.fixture
def card(qtbot: QtBot, world: World, store: ReadingStore) -> NormsCard:
    card = NormsCard(world.deeds, lambda: NOW)
    qtbot.addWidget(card)
    card.show_matters(look_up(store))
    return card


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_each_kind_has_a_choice_and_says_what_it_means(card: NormsCard) -> None:
    assert set(card.boxes) == set(MATTERS)
    assert "It came up 3 times" in card.sentences["health"].text()
    assert [card.boxes["credentials"].itemText(n) for n in range(3)] == [
        "Usual: without detail",
        "Without detail",
        "Keep nothing",
    ]


def test_a_stricter_choice_is_set_told_and_offers_what_is_kept_already(
    qtbot: QtBot, card: NormsCard, world: World, store: ReadingStore
) -> None:
    box = card.boxes["health"]
    with qtbot.waitSignals([card.tightened, world.deeds.done]):
        box.setCurrentIndex(box.findData("drop"))
        box.activated.emit(box.currentIndex())
    assert store.settings().norms == {"health": "drop"}
    card.show_matters(look_up(store))
    assert box.currentData() == "drop"
    assert "Nothing is kept" in card.sentences["health"].text()


def test_a_looser_choice_offers_nothing(qtbot: QtBot, card: NormsCard, world: World) -> None:
    box = card.boxes["pay"]
    with qtbot.waitSignal(world.deeds.done), qtbot.assertNotEmitted(card.tightened):
        box.setCurrentIndex(box.findData("keep"))
        box.activated.emit(box.currentIndex())


def test_what_was_left_out_is_listed_newest_first_and_never_without_end(qtbot: QtBot, world: World) -> None:
    card = RulingsCard(lambda: NOW)
    qtbot.addWidget(card)
    with Store(world.home.database, KEY, fold=fold) as store:
        card.show_tallies(tuple(store.tallies()))
        assert "Key, cut out" in texts(card)
        for n in range(MOST_LISTED):
            store.add_rulings([Ruling(matter="health", keeping="drop", rule=f"rule {n}")], app="a", at=NOW)
        card.show_tallies(tuple(store.tallies()))
    assert "… and 5 more." in texts(card)
    card.show_tallies(())
    assert "Nothing so far." in texts(card)
