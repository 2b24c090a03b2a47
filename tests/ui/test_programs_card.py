"""Who asks is shown and answered, and what each program was told is listed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from gum_app.records import Disclosure
from gum_app.rules.revisions import fold
from gum_app.store.store import Store
from gum_app.ui.programs_card import (
    MOST_LISTED,
    Programs,
    ProgramsCard,
    Told,
    ToldCard,
    look_up_programs,
    told_line,
    told_what,
)
from tests.ui.conftest import World
from tests.ui.life import KEY, NOW, let_programs_ask


@pytest.fixture
def store(world: World) -> Iterator[Store]:
    with Store(world.home.database, KEY, fold=fold) as store:
        let_programs_ask(store)
        yield store


@pytest.fixture
def card(qtbot: QtBot, world: World, store: Store) -> ProgramsCard:
    card = ProgramsCard(world.deeds, lambda: NOW)
    qtbot.addWidget(card)
    card.show_grants(look_up_programs(store).grants)
    return card


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_before_anybody_has_asked_it_says_how_they_would(qtbot: QtBot, world: World) -> None:
    card = ProgramsCard(world.deeds, lambda: NOW)
    qtbot.addWidget(card)
    assert "gum-app mcp --name" in texts(card)


def test_each_program_has_its_standing_and_a_name_is_only_a_claim(card: ProgramsCard) -> None:
    said = texts(card)
    assert "May be told: task, plan, schedule and tool, of the last 30 days, without the words" in said
    assert "Is told nothing: you said no." in said
    assert "Has asked, and waits for your answer." in said
    assert "nothing proves it" in said
    assert set(card.choices) == {"cursor", "old-editor"}
    assert set(card.no) == {"cursor", "claude"}


def test_who_has_asked_is_let_in_as_far_as_was_chosen(
    qtbot: QtBot, card: ProgramsCard, world: World, store: Store
) -> None:
    choice = card.choices["cursor"]
    choice.kinds.setCurrentIndex(1)
    choice.days.setCurrentIndex(1)
    choice.quotes.setChecked(True)
    with qtbot.waitSignal(world.deeds.done):
        choice.go.click()
    grant = store.grant("cursor")
    assert grant is not None
    assert (grant.holds, grant.days, grant.quotes, "habit" in grant.kinds) == (True, 7, True, True)


def test_as_it_opens_little_is_given(qtbot: QtBot, card: ProgramsCard, world: World, store: Store) -> None:
    with qtbot.waitSignal(world.deeds.done):
        card.choices["cursor"].go.click()
    grant = store.grant("cursor")
    assert grant is not None
    assert (grant.days, grant.quotes, grant.kinds) == (30, False, frozenset({"task", "plan", "schedule", "tool"}))


def test_no_and_no_more_end_it(qtbot: QtBot, card: ProgramsCard, world: World, store: Store) -> None:
    for client in ("cursor", "claude"):
        with qtbot.waitSignal(world.deeds.done):
            card.no[client].click()
    assert not any(grant.holds for grant in store.grants())
    assert look_up_programs(store).asking == ()


def test_what_is_being_chosen_stays_while_nothing_changes(card: ProgramsCard, store: Store) -> None:
    before = card.choices["cursor"]
    card.show_grants(look_up_programs(store).grants)
    assert card.choices["cursor"] is before


def test_what_was_told_is_listed_with_the_words_as_they_read_now(qtbot: QtBot, store: Store) -> None:
    card = ToldCard(lambda: NOW)
    qtbot.addWidget(card)
    assert "Nothing so far." in texts(card)
    programs = look_up_programs(store)
    card.show_told(programs.told)
    said = texts(card)
    assert "claude asked “the park”" in said
    assert "2 propositions: " in said
    assert "Nothing was told, or it is forgotten." in said
    assert isinstance(programs, Programs)


def test_a_long_list_ends_and_quotes_are_named(qtbot: QtBot) -> None:
    one = Told(disclosure=Disclosure(client="claude", at=NOW, verb="context", with_quotes=True), texts=("Likes tea.",))
    assert told_line(one, NOW).startswith("claude asked, ")
    assert told_what(one) == "1 proposition, with words they rest on: Likes tea."
    assert told_what(replace(one, texts=("Likes tea.",) * 9)).endswith("Likes tea. …")
    card = ToldCard(lambda: NOW)
    qtbot.addWidget(card)
    card.show_told(tuple(replace(one) for _ in range(MOST_LISTED)))
    assert "Those before: gum-app disclosures." in texts(card)
