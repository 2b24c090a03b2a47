"""The inbox: what is open, with its answers; each is heard by the code of the real daemon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gum_app.rules.revisions import fold
from gum_app.store.store import ForgetScope, Store
from gum_app.suggestions import Answered, Reminder, ReminderId, SuggestionId
from gum_app.ui.suggestion_preview import SuggestionPreview
from gum_app.ui.suggestions_page import OFF, QUIET, SuggestionsPage
from tests.ui.conftest import World
from tests.ui.life import KEY, NOW
from tests.ui.offers import PLAYGROUND, REPORT, offer_help


@pytest.fixture
def store(world: World) -> Iterator[Store]:
    with Store(world.home.database, KEY, fold=fold) as store:
        yield store


@pytest.fixture
def page(qtbot: QtBot, world: World, store: Store) -> SuggestionsPage:
    offer_help(store)
    page = SuggestionsPage(world.reader, world.deeds, lambda: NOW)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: len(page.cards) == 2)
    return page


def the_report(store: Store) -> SuggestionId:
    return next(each.id for each in store.suggestions() if each.offer == REPORT)


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_each_card_tells_what_why_because_of_what_and_what_it_would_do(page: SuggestionsPage) -> None:
    first, second = page.cards.values()
    said = texts(first)
    assert REPORT.title in said
    assert REPORT.why_now in said
    assert "Reminds you: “Send the drainage sections to Tomasz”" in said
    assert "It goes away by itself at Thursday" in said
    assert first.sure.button.text().startswith("You may want this: 49 %")
    assert "Held back because another offer is still open: once, last 16:36." in texts(second)


def test_what_it_rests_on_can_be_seen(qtbot: QtBot, page: SuggestionsPage) -> None:
    card = next(iter(page.cards.values()))
    ground = next(button for button in card.findChildren(QWidget) if button.toolTip().startswith("Ines waits"))
    with qtbot.waitSignal(page.wanted) as heard:
        ground.click()  # type: ignore[attr-defined]
    assert heard.args == [3]


@pytest.mark.parametrize(
    ("button", "state", "said"), [("dismissed", "dismissed", "Fewer of these"), ("never", "dismissed", "No more of")]
)
def test_what_is_not_wanted_goes_and_says_what_follows(
    qtbot: QtBot, page: SuggestionsPage, world: World, store: Store, button: str, state: str, said: str
) -> None:
    with qtbot.waitSignal(world.deeds.done) as heard:
        next(iter(page.cards.values())).buttons[button].click()
    assert said in heard.args[0]
    page.refresh()
    qtbot.waitUntil(lambda: len(page.cards) == 1)
    assert [each.state for each in store.suggestions() if each.offer == REPORT] == [state]
    assert ("deadline" in store.settings().never_offered) == (button == "never")
    assert heard.args[1] == {"do": "suggestion_unanswer", "id": int(the_report(store))}
    world.deeds.undo(heard.args[1])
    qtbot.waitUntil(lambda: [each.state for each in store.suggestions() if each.offer == REPORT] == ["shown"])
    assert store.settings().never_offered == []


def test_later_is_a_choice_of_times(qtbot: QtBot, page: SuggestionsPage, world: World, store: Store) -> None:
    card = next(iter(page.cards.values()))
    in_two_hours = card.buttons["later"].menu().actions()[1]
    with qtbot.waitSignal(world.deeds.done) as heard:
        in_two_hours.trigger()
    assert heard.args[0] == "It waits until 18:42."
    kept = next(each for each in store.suggestions({"waiting"}) if each.offer == REPORT)
    assert kept.not_before == NOW + timedelta(hours=2)
    page.refresh()
    qtbot.waitUntil(lambda: any("it waits until 18:42" in texts(each) for each in page.cards.values()))


def test_nothing_is_done_before_what_will_happen_was_shown(
    qtbot: QtBot, page: SuggestionsPage, world: World, store: Store
) -> None:
    card = next(card for card in page.cards.values() if card.shown.suggestion.offer == PLAYGROUND)
    card.buttons["preview"].click()
    dialog = page.findChild(SuggestionPreview)
    assert dialog is not None
    qtbot.waitUntil(dialog.go.isEnabled)
    assert not list(world.home.root.glob("outbox/*"))
    assert dialog.text.toPlainText() == PLAYGROUND.act.text
    with qtbot.waitSignal(world.deeds.done) as heard:
        dialog.go.click()
    assert heard.args[1] == {"do": "suggestion_undo", "id": int(card.shown.id)}
    (written,) = world.home.root.glob("outbox/*")
    assert written.read_text(encoding="utf-8") == PLAYGROUND.act.text
    page.refresh()
    qtbot.waitUntil(lambda: int(card.shown.id) in page.earlier_rows)
    with qtbot.waitSignal(world.deeds.done):
        page.earlier_rows[int(card.shown.id)].buttons["undo"].click()
    assert not list(world.home.root.glob("outbox/*"))
    assert store.suggestion(card.shown.id).state == "undone"  # type: ignore[union-attr]


def test_what_is_over_can_be_rated(qtbot: QtBot, page: SuggestionsPage, world: World, store: Store) -> None:
    row = next(iter(page.earlier_rows.values()))
    with qtbot.waitSignal(world.deeds.done):
        row.buttons["disliked"].click()
    assert store.suggestion_answers()[-1].answer == "disliked"
    page.refresh()
    qtbot.waitUntil(lambda: any("✓" in row.buttons["disliked"].text() for row in page.earlier_rows.values()))


def test_a_card_keeps_its_place_when_nothing_about_it_has_changed(qtbot: QtBot, page: SuggestionsPage) -> None:
    before = dict(page.cards)
    with qtbot.waitSignal(page.read):
        page.refresh()
    assert page.cards == before


def test_what_is_forgotten_is_gone_from_the_page(qtbot: QtBot, page: SuggestionsPage, store: Store) -> None:
    store.forget(ForgetScope(everything=True), at=NOW)
    page.refresh()
    qtbot.waitUntil(lambda: not page.cards)
    qtbot.waitUntil(lambda: REPORT.title not in texts(page))


def test_when_there_is_nothing_it_says_what_that_means(qtbot: QtBot, world: World, store: Store) -> None:
    page = SuggestionsPage(world.reader, world.deeds, lambda: NOW)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: page.standing.text() == QUIET)
    store.put_setting("consented_at", (NOW - timedelta(hours=3)).isoformat())
    page.refresh()
    qtbot.waitUntil(lambda: "only watches until tomorrow 13:42" in page.standing.text())
    store.put_setting("suggestions", False)
    page.refresh()
    qtbot.waitUntil(lambda: page.standing.text() == OFF)
    page.switch_on.click()
    qtbot.waitUntil(lambda: store.settings().suggestions)


def test_one_that_was_asked_for_comes_into_view(qtbot: QtBot, page: SuggestionsPage) -> None:
    page.resize(500, 200)
    last = list(page.cards)[-1]
    page.show_one(last)
    qtbot.waitUntil(lambda: page.verticalScrollBar().value() > 0)


def held_back_again(store: Store) -> None:
    waits = next(each for each in store.suggestions({"waiting"}) if each.offer == PLAYGROUND)
    store.keep_silent(replace(waits, silence="typing"), NOW)


def test_a_card_that_says_something_else_keeps_what_was_opened_and_the_keyboard(
    qtbot: QtBot, page: SuggestionsPage, store: Store
) -> None:
    first, second = page.cards.values()
    page.activateWindow()
    second.sure.button.click()
    second.buttons["later"].setFocus()
    qtbot.waitUntil(lambda: second.focused == "later")
    held_back_again(store)
    page.refresh()
    qtbot.waitUntil(lambda: list(page.cards.values())[1] is not second)
    now_there = list(page.cards.values())
    assert now_there[0] is first, "nothing has changed about it"
    assert now_there[1].sure.button.isChecked()
    assert now_there[1].focused == "later"


def test_an_open_menu_is_not_pulled_away(qtbot: QtBot, page: SuggestionsPage, store: Store) -> None:
    before = list(page.cards.values())
    menu = before[1].later_menu
    menu.popup(page.pos())
    held_back_again(store)
    with qtbot.assertNotEmitted(page.read, wait=200):
        page.refresh()
    assert list(page.cards.values()) == before
    with qtbot.waitSignal(page.read):
        menu.close()
    assert list(page.cards.values())[1] is not before[1]


def test_what_is_forgotten_leaves_an_open_preview_too(qtbot: QtBot, page: SuggestionsPage, store: Store) -> None:
    list(page.cards.values())[1].buttons["preview"].click()
    dialog = page.findChild(SuggestionPreview)
    assert dialog is not None
    qtbot.waitUntil(dialog.go.isEnabled)
    store.forget(ForgetScope(everything=True), at=NOW)
    page.refresh()
    qtbot.waitUntil(dialog.go.isHidden)
    assert dialog.text.toPlainText() == ""


def test_a_file_that_was_written_can_be_opened_and_one_that_is_gone_is_missed(
    qtbot: QtBot, page: SuggestionsPage, world: World
) -> None:
    written = next(row for row in page.earlier_rows.values() if "file" in row.buttons)
    with qtbot.waitSignal(world.deeds.failed) as heard:
        written.buttons["file"].click()
    assert heard.args == ["drains.md does not lie in the outbox folder any more."]


def test_one_that_is_over_by_now_is_shown_among_the_earlier_ones(qtbot: QtBot, page: SuggestionsPage) -> None:
    last = list(page.earlier_rows)[-1]
    page.show_one(last)
    qtbot.waitUntil(page.earlier_rows[last].isVisible)
    page.show_one(last + 1000)  # it is forgotten
    with qtbot.waitSignal(page.read):
        page.refresh()


def test_the_share_that_is_taken_leads_to_what_was_learned(qtbot: QtBot, page: SuggestionsPage, store: Store) -> None:
    store.add_suggestion_answer(Answered(kind="deadline", answer="dismissed", at=NOW))
    page.refresh()
    qtbot.waitUntil(lambda: "deadline" in page.learned.never)
    page.activateWindow()
    card = next(iter(page.cards.values()))
    card.sure.button.click()
    assert "as you take" in texts(card)
    next(each for each in card.findChildren(QPushButton) if "taught" in each.text()).click()
    qtbot.waitUntil(page.learned.never["deadline"].hasFocus)
    assert "The last one was not wanted; after two in a row they rest." in texts(page.learned)


def test_two_clicks_open_one_preview(qtbot: QtBot, page: SuggestionsPage) -> None:
    card = next(iter(page.cards.values()))
    page._do(card.shown, "preview")
    page._do(card.shown, "preview")
    assert len(page.findChildren(SuggestionPreview)) == 1


def test_while_help_is_switched_off_nothing_is_offered_and_nothing_is_lost(
    qtbot: QtBot, page: SuggestionsPage, store: Store
) -> None:
    store.put_setting("suggestions", False)
    page.refresh()
    qtbot.waitUntil(lambda: not page.cards)
    assert page.standing.text() == OFF
    page.switch_on.click()
    qtbot.waitUntil(lambda: store.settings().suggestions)
    page.refresh()
    qtbot.waitUntil(lambda: len(page.cards) == 2)


def test_reminders_that_are_due_are_told_above(qtbot: QtBot, page: SuggestionsPage, store: Store) -> None:
    assert not page.state.isVisible()
    store.add_reminder(Reminder(id=ReminderId(0), text="Call Noa", due_at=NOW, made_at=NOW))
    page.refresh()
    qtbot.waitUntil(page.state.isVisible)
    assert page.standing.text() == "1 reminder is due, below."
