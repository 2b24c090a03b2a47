"""Who asks is shown and answered, and what each program was told is listed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from gum_app.records import Grant
from gum_app.rules.pseudonyms import Pseudonyms, key_for
from gum_app.rules.revisions import fold
from gum_app.store.store import Store
from gum_app.ui.programs_card import ProgramsCard
from gum_app.ui.told_card import look_up_programs
from tests.ui.conftest import World
from tests.ui.life import KEY, NOW, let_programs_ask


@pytest.fixture
def store(world: World) -> Iterator[Store]:
    with Store(world.home.database, KEY, fold=fold) as store:
        let_programs_ask(store)
        yield store


@pytest.fixture
def card(qtbot: QtBot, world: World, store: Store) -> ProgramsCard:
    card = ProgramsCard(world.deeds)
    qtbot.addWidget(card)
    card.show_grants(look_up_programs(store).grants)
    return card


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_before_anybody_has_asked_it_says_how_they_would(qtbot: QtBot, world: World) -> None:
    card = ProgramsCard(world.deeds)
    qtbot.addWidget(card)
    assert "gum-app mcp --name" in texts(card)


def test_each_program_has_its_standing_and_a_name_is_only_a_claim(card: ProgramsCard) -> None:
    said = texts(card)
    assert "May be told: task, plan, schedule and tool, of the last 30 days, without the words" in said
    assert "which windows you had in front; other people under pseudonyms. Private matters never." in said
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
    for box in (choice.quotes, choice.activity, choice.pseudonyms):
        box.setChecked(True)
    with qtbot.waitSignal(world.deeds.done):
        choice.go.click()
    grant = store.grant("cursor")
    assert grant is not None
    assert (grant.holds, grant.days, "habit" in grant.kinds) == (True, 7, True)
    assert (grant.quotes, grant.activity, grant.pseudonyms) == (True, True, True)


def test_as_it_opens_little_is_given(qtbot: QtBot, card: ProgramsCard, world: World, store: Store) -> None:
    with qtbot.waitSignal(world.deeds.done):
        card.choices["cursor"].go.click()
    grant = store.grant("cursor")
    assert grant is not None
    assert (grant.days, grant.kinds) == (30, frozenset({"task", "plan", "schedule", "tool"}))
    assert not (grant.quotes or grant.activity or grant.pseudonyms)


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


def test_where_many_ask_all_are_refused_by_one_press(
    qtbot: QtBot, card: ProgramsCard, world: World, store: Store
) -> None:
    assert card.no_to_all is None
    for number in range(5):
        store.put_grant(Grant(client=f"program {number}", asked_at=NOW))
    card.show_grants(look_up_programs(store).grants)
    assert card.no_to_all is not None
    assert card.no_to_all.text() == "No to all 6 that ask"
    card.no_to_all.click()
    qtbot.waitUntil(lambda: look_up_programs(store).asking == ())


def test_who_is_behind_a_pseudonym_is_told_in_the_window(
    qtbot: QtBot, card: ProgramsCard, world: World, store: Store
) -> None:
    assert set(card.who) == {"claude"}
    who = card.who["claude"]
    alias = Pseudonyms(key_for(KEY, "claude"), ["Tomasz Lewandowski"]).hide("Tomasz Lewandowski")
    for asked, said in ((f"Ask {alias}.", "Ask Tomasz Lewandowski."), ("Ask P-bcdfgh.", "Nobody whom it was told of")):
        who.field.setText(asked)
        who.field.returnPressed.emit()
        qtbot.waitUntil(lambda said=said: who.told.text().startswith(said))  # type: ignore[misc]
