"""The dashboard: what the person does is seen at once, and what others change is seen within a second."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from gum_app.records import PropositionId
from gum_app.rules.revisions import fold
from gum_app.store.reading import ReadingStore
from gum_app.store.store import ForgetScope, Store
from gum_app.suggestions import Reminder, ReminderId
from gum_app.ui.ask_page import CLOSED, GONE
from gum_app.ui.dashboard import DIGEST, EPISODE_GONE, KEPT, PROPOSITIONS, SEEN, SETTINGS, SUGGESTIONS, SURE, Dashboard
from gum_app.ui.episode import EpisodeDialog
from gum_app.ui.forget import ForgetDialog
from gum_app.ui.sheet import Sheet
from gum_app.ui.side import PAGES
from gum_app.ui.spot_check import SpotCheckDialog
from gum_app.ui.window import SMALLEST
from gum_app.ui.writing import WritingDialog
from tests.ui.conftest import World
from tests.ui.life import KEY, NOW, let_programs_ask
from tests.ui.offers import offer_help


@pytest.fixture
def dashboard(qtbot: QtBot, world: World) -> Dashboard:
    themes: list[str] = []
    dashboard = Dashboard(world.home, world.reader, world.deeds, lambda: NOW, restyle=themes.append)
    dashboard.themes = themes  # type: ignore[attr-defined]
    qtbot.addWidget(dashboard)
    dashboard.resize(1200, 760)
    dashboard.show()
    dashboard.activateWindow()
    qtbot.waitUntil(lambda: dashboard.propositions.model.rowCount() == 13)
    qtbot.waitUntil(dashboard.isActiveWindow)
    return dashboard


def open_dialog(qtbot: QtBot, dashboard: QWidget, sort: type[QDialog]) -> QDialog:
    qtbot.waitUntil(lambda: bool(dashboard.findChildren(sort)))
    return dashboard.findChildren(sort)[-1]


def test_what_the_person_says_is_told_shown_and_taken_back(qtbot: QtBot, dashboard: Dashboard, world: World) -> None:
    item = dashboard.propositions.model
    item.item(0)
    qtbot.waitUntil(lambda: item.item(4) is not None)
    dashboard.propositions.list.setCurrentIndex(item.index(4))
    qtbot.waitUntil(lambda: dashboard.propositions.detail.told is not None)
    dashboard.propositions.detail.buttons["wrong"].click()
    qtbot.waitUntil(lambda: "remembered not to be believed" in dashboard.messages.sentence.text())
    qtbot.waitUntil(lambda: dashboard.propositions.model.rowCount() == 12)
    dashboard.messages.undo_button.click()
    qtbot.waitUntil(lambda: dashboard.propositions.model.rowCount() == 13)
    assert dashboard.messages.sentence.text() == "The last change is taken back."


def test_what_another_process_changes_is_seen(qtbot: QtBot, dashboard: Dashboard, world: World) -> None:
    with Store(world.home.database, KEY, fold=fold) as store:
        store.put_setting("theme", "dark")
    qtbot.waitUntil(lambda: "dark" in dashboard.themes)  # type: ignore[attr-defined]


def test_who_asks_what_it_may_be_told_is_said_once_wherever_the_person_is(
    qtbot: QtBot, dashboard: Dashboard, world: World
) -> None:
    with Store(world.home.database, KEY, fold=fold) as store:
        let_programs_ask(store)
    qtbot.waitUntil(lambda: "“cursor” asks what it may be told" in dashboard.messages.sentence.text())
    assert set(dashboard.privacy.programs.choices) == {"cursor", "old-editor"}
    dashboard.messages.done("Something else.")
    with Store(world.home.database, KEY, fold=fold) as store:
        store.put_setting("theme", "dark")
    qtbot.waitUntil(lambda: "dark" in dashboard.themes)  # type: ignore[attr-defined]
    assert dashboard.messages.sentence.text() == "Something else."


def test_pages_that_are_not_looked_at_are_read_when_they_are_turned_to(
    qtbot: QtBot, dashboard: Dashboard, world: World
) -> None:
    dashboard._changed()
    assert dashboard._behind == {SUGGESTIONS, SEEN, DIGEST, KEPT, SURE}
    QTest.keyClick(dashboard, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert dashboard.pages.currentWidget() is dashboard.seen
    assert dashboard._behind == {SUGGESTIONS, DIGEST, KEPT, SURE}


def test_trouble_is_told_in_the_bar_and_nothing_is_lost(qtbot: QtBot, dashboard: Dashboard, world: World) -> None:
    world.answering.refuses["undo"] = "There is nothing to undo."
    QTest.keyClick(dashboard, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: dashboard.messages.sentence.text() == "There is nothing to undo.")
    assert dashboard.propositions.model.rowCount() == 13


def test_one_adds_a_proposition_by_keys_alone(qtbot: QtBot, dashboard: Dashboard, world: World) -> None:
    QTest.keyClick(dashboard, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog = open_dialog(qtbot, dashboard, WritingDialog)
    assert isinstance(dialog, WritingDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClicks(dialog.words, "I swim on Fridays.")
    QTest.keyClick(dialog.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: dashboard.propositions.model.rowCount() == 14)
    assert world.answering.asked[-1] == {"do": "add", "text": "I swim on Fridays.", "kind": "task"}


def test_forgetting_a_day_empties_its_page(qtbot: QtBot, dashboard: Dashboard) -> None:
    dashboard.side.turn_to(SEEN)
    qtbot.waitUntil(lambda: dashboard.seen.model.rowCount() == 18)
    dashboard.forget({"day": "2026-03-10"}, "today")
    dialog = open_dialog(qtbot, dashboard, ForgetDialog)
    assert isinstance(dialog, ForgetDialog)
    qtbot.waitUntil(dialog.go.isEnabled)
    dialog.go.click()
    qtbot.waitUntil(lambda: dashboard.messages.sentence.text().startswith("Forgotten: 13 episodes"))
    qtbot.waitUntil(lambda: dashboard.seen.model.rowCount() == 0)


def test_a_note_is_sent(qtbot: QtBot, dashboard: Dashboard, world: World) -> None:
    dashboard.note()
    dialog = open_dialog(qtbot, dashboard, WritingDialog)
    assert isinstance(dialog, WritingDialog)
    dialog.words.setPlainText("The meeting is on Thursday.")
    dialog.save.click()
    qtbot.waitUntil(lambda: dashboard.messages.sentence.text().startswith("Noted."))
    assert world.answering.asked[-1] == {"do": "note", "text": "The meeting is on Thursday."}


def test_a_made_up_life_is_named_as_one_at_all_times(qtbot: QtBot, dashboard: Dashboard, world: World) -> None:
    assert not dashboard.made_up.isVisible()
    other = Dashboard(world.home, world.reader, world.deeds, lambda: NOW, restyle=lambda _theme: None, made_up=True)
    qtbot.addWidget(other)
    other.show()
    for page in range(len(PAGES)):
        other.side.turn_to(page)
        assert other.made_up.isVisible()
    assert "made-up life" in other.made_up.text()


def test_one_asks_by_keys_and_sees_what_the_answer_rests_on(qtbot: QtBot, dashboard: Dashboard) -> None:
    QTest.keyClick(dashboard, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    page = dashboard.asking
    assert page.field.hasFocus()
    QTest.keyClicks(page.field, "What did I do?")
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    qtbot.waitUntil(page.sources.isVisible)
    page.wanted.emit(2)
    assert dashboard.pages.currentWidget() is dashboard.propositions
    told = dashboard.propositions.detail
    qtbot.waitUntil(lambda: told.told is not None and told.told.belief.id == 2)
    page.episode_wanted.emit(date(2026, 3, 10), 3)
    assert dashboard.pages.currentWidget() is dashboard.seen
    qtbot.waitUntil(lambda: dashboard.seen.model.rowCount() == 18)
    open_dialog(qtbot, dashboard, EpisodeDialog).reject()
    page.episode_wanted.emit(date(2026, 3, 10), 9_999)
    qtbot.waitUntil(lambda: dashboard.messages.sentence.text() == EPISODE_GONE)
    dashboard._forgotten("Forgotten.")
    assert page.answer.text() == ""


def test_a_forgetting_from_a_command_takes_the_answer_away_whatever_is_in_front(
    qtbot: QtBot, dashboard: Dashboard, world: World
) -> None:
    page = dashboard.asking
    page.field.setPlainText("What did I do?")
    page.ask()
    qtbot.waitUntil(lambda: bool(page.answer.text()))
    dashboard.side.turn_to(SEEN)
    with closing(Store(world.home.database, KEY, fold=fold)) as store:  # as the daemon does it
        store.forget(ForgetScope(proposition_id=PropositionId(2)), at=NOW)
    qtbot.waitUntil(lambda: page.answer.text() == "")
    assert page.lines.names == []
    assert page.told.text() == GONE


def test_a_window_that_is_closed_while_an_answer_comes_takes_the_question_back(
    qtbot: QtBot, dashboard: Dashboard, world: World
) -> None:
    world.answering.gate.clear()
    dashboard.asking.field.setPlainText("What did I do?")
    dashboard.asking.ask()
    dashboard.hide()
    assert dashboard.asking.told.text() == CLOSED
    world.answering.gate.set()


def test_the_page_of_the_model_is_the_eighth(qtbot: QtBot, dashboard: Dashboard) -> None:
    QTest.keyClick(dashboard, Qt.Key.Key_8, Qt.KeyboardModifier.ControlModifier)
    assert dashboard.pages.currentWidget() is dashboard.model
    qtbot.waitUntil(lambda: dashboard.model.status is not None)
    assert dashboard.model.budget.fields["vision_calls_an_hour"].widget.text() == "20 episodes an hour"  # type: ignore[attr-defined]
    QTest.keyClick(dashboard, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert dashboard.pages.currentWidget() is dashboard.settings
    assert not dashboard.model._look_timer.isActive()


def test_a_spot_check_is_offered_in_a_quiet_line_once_a_week(qtbot: QtBot, world: World) -> None:
    later = [NOW + timedelta(days=8)]
    world.answering.clock.put(later[0])
    dashboard = Dashboard(world.home, world.reader, world.deeds, lambda: later[0], restyle=lambda _theme: None)
    qtbot.addWidget(dashboard)
    dashboard.show()
    qtbot.waitUntil(dashboard.offer.isVisible)
    with ReadingStore(world.home.database, KEY) as store:
        qtbot.waitUntil(lambda: not store.spot_check_is_welcome(later[0]))
    dashboard.hide()
    assert dashboard.offer.isHidden()
    dashboard.show()
    answered: list[int] = []
    world.reader.read(lambda store: store.version(), answered.append)  # read after what the window reads
    qtbot.waitUntil(lambda: bool(answered))
    assert dashboard.offer.isHidden()


def test_the_page_how_sure_starts_the_check_and_shows_what_came_of_it(
    qtbot: QtBot, dashboard: Dashboard, world: World
) -> None:
    dashboard.side.turn_to(SURE)
    qtbot.waitUntil(lambda: dashboard.sure.shown is not None)
    dashboard.sure.start.click()
    dialog = open_dialog(qtbot, dashboard, SpotCheckDialog)
    assert isinstance(dialog, SpotCheckDialog)
    qtbot.waitUntil(lambda: bool(dialog.items))
    dialog.answer("partly")
    qtbot.waitUntil(lambda: dialog.at == 1)
    dialog.reject()
    qtbot.waitUntil(lambda: dashboard.sure.shown is not None and dashboard.sure.shown.figures.verdicts == 1)
    assert world.answering.asked[-1]["verdict"] == "partly"


def test_while_hidden_nothing_is_asked(qtbot: QtBot, dashboard: Dashboard) -> None:
    dashboard.hide()
    assert not dashboard._look_timer.isActive()
    dashboard.show()
    assert dashboard._look_timer.isActive()


def test_tab_reaches_everything_that_can_be_used(qtbot: QtBot, dashboard: Dashboard) -> None:
    for page in (PROPOSITIONS, SETTINGS):
        dashboard.side.turn_to(page)
        first = dashboard.focusWidget() or dashboard.side.buttons[0]
        first.setFocus()
        reached = []
        for _ in range(60):
            QTest.keyClick(dashboard.focusWidget() or dashboard, Qt.Key.Key_Tab)
            reached.append(dashboard.focusWidget())
        names = {widget.accessibleName() for widget in reached if widget is not None}
        wanted = (
            {"Search", "Kind", "Propositions"} if page == PROPOSITIONS else {"Theme", "Your name", "Keep words for"}
        )
        assert wanted <= names


def _is_narrow(page: Sheet) -> bool:
    return page.viewport().width() < SMALLEST.width()


def test_no_page_is_cut_off_in_the_smallest_window(qtbot: QtBot, dashboard: Dashboard) -> None:
    dashboard.setFixedSize(SMALLEST)
    qtbot.waitUntil(lambda: dashboard.sure.shown is not None and dashboard.kept._shown is not None)
    for number, (_, name) in enumerate(PAGES):
        dashboard.side.turn_to(number)
        page = dashboard.pages.currentWidget()
        if isinstance(page, Sheet):
            qtbot.waitUntil(partial(_is_narrow, page))
            inside = page.widget()
            assert inside is not None
            needs, has = inside.minimumSizeHint().width(), page.viewport().width()
            assert needs <= has, f"{name} needs {needs} pixels and has {has}: it would be cut off at the right"


def test_the_key_for_undo_takes_back_what_the_bar_offers(qtbot: QtBot, dashboard: Dashboard, world: World) -> None:
    dashboard.messages.done("It waits until 18:42.", {"do": "suggestion_unanswer", "id": 3})
    world.answering.refuses["suggestion_unanswer"] = "That suggestion is over."
    QTest.keyClick(dashboard, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "over" in dashboard.messages.sentence.text())
    world.answering.refuses["undo"] = "There is nothing to undo."
    QTest.keyClick(dashboard, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "nothing to undo" in dashboard.messages.sentence.text())


def test_only_what_was_shown_or_is_due_is_counted_beside_the_page(
    qtbot: QtBot, dashboard: Dashboard, world: World
) -> None:
    with Store(world.home.database, KEY, fold=fold) as store:
        offer_help(store)
    qtbot.waitUntil(lambda: dashboard.side.buttons[SUGGESTIONS].accessibleName() == "Suggestions, 1 open")
    with Store(world.home.database, KEY, fold=fold) as store:
        store.add_reminder(Reminder(id=ReminderId(0), text="Call Noa", due_at=NOW, made_at=NOW))
    qtbot.waitUntil(lambda: dashboard.side.buttons[SUGGESTIONS].accessibleName() == "Suggestions, 2 open")
