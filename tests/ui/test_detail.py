"""One proposition whole, and what can be done about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gum_app.paths import Home
from gum_app.records import PERSON, PropositionId
from gum_app.store.reading import ReadingStore
from gum_app.ui.detail import FIRST_EVIDENCE, DetailPane, Told, look_up
from gum_app.ui.evidence_card import EvidenceCard, Seen
from tests.builders import some_evidence
from tests.ui.life import KEY, NOW


@pytest.fixture
def store(lived: Home) -> Iterator[ReadingStore]:
    with ReadingStore(lived.database, KEY) as store:
        yield store


def told_of(store: ReadingStore, number: int) -> Told:
    told = look_up(store, PropositionId(number))
    assert told is not None
    return told


@pytest.fixture
def pane(qtbot: QtBot, store: ReadingStore) -> DetailPane:
    pane = DetailPane()
    qtbot.addWidget(pane)
    pane.resize(700, 800)
    pane.show()
    pane.activateWindow()
    qtbot.waitUntil(pane.isActiveWindow)
    pane.show_told(told_of(store, 1), NOW)
    return pane


def texts(pane: DetailPane) -> str:
    return "\n".join(label.text() for label in pane.findChildren(QLabel))


def test_it_says_how_sure_why_and_since_when(pane: DetailPane) -> None:
    shown = texts(pane)
    assert "Ines is finishing the planting plan" in shown
    assert "Confidence: quite sure, 80 %" in shown
    assert "First guess: 70 %" in shown
    assert "Freshness: fresh" in shown
    assert "open for three hours and forty minutes" in shown
    assert "First noticed by the rule “project”" in shown
    assert "You pinned it" in shown


def test_why_is_told_as_of_the_newest_evidence_and_not_of_a_yes_or_a_pin(pane: DetailPane, store: ReadingStore) -> None:
    told = told_of(store, 1)
    again = replace(told.belief.revisions[0], kind="supported", why="It was seen 6 times.")
    yes = replace(again, kind="confirmed", why="You said that this is right.", made_by=PERSON)
    pane.show_told(replace(told, belief=replace(told.belief, revisions=(*told.belief.revisions, again, yes))), NOW)
    assert "It was seen 6 times." in texts(pane)
    assert "You said that this is right." not in texts(pane)


def test_what_a_model_concluded_says_which_model_and_what_it_was_asked(pane: DetailPane, store: ReadingStore) -> None:
    pane.show_told(told_of(store, 15), NOW)
    assert (
        "Said by the model Qwen3-VL-4B. It was asked what follows from what you did, with version 3f2a91c0 of the "
        "question." in texts(pane)
    )
    assert "First noticed by the model Qwen3-VL-4B:" in texts(pane)


def test_evidence_comes_with_what_the_model_told_of_its_episode(store: ReadingStore) -> None:
    told = [seen for seen in told_of(store, 1).seen if seen.evidence.app == "qgis"]
    assert told[0].account is not None
    assert told[0].account.did.startswith("Drew the planting")


def test_the_newest_evidence_comes_first_with_what_it_was_taken_from(store: ReadingStore) -> None:
    told = told_of(store, 1)
    assert [seen.evidence.at for seen in told.seen] == sorted((seen.evidence.at for seen in told.seen), reverse=True)
    first = told.seen[0]
    assert first.observation is not None
    assert first.evidence.quote in first.observation.text
    assert first.jpeg is not None


def test_one_that_was_forgotten_is_not_found(store: ReadingStore) -> None:
    assert look_up(store, PropositionId(999)) is None


@pytest.mark.parametrize(
    ("button", "signal", "sent"),
    [
        ("right", "said", [1, "right"]),
        ("wrong", "said", [1, "wrong"]),
        ("partly", "said", [1, "partly"]),
        ("pin", "pinned", [1, False]),
    ],
)
def test_each_button_sends_what_it_says(
    qtbot: QtBot, pane: DetailPane, button: str, signal: str, sent: list[Any]
) -> None:
    with qtbot.waitSignal(getattr(pane, signal)) as told:
        pane.buttons[button].click()
    assert told.args == sent


def test_the_buttons_say_what_wrong_and_forget_mean(qtbot: QtBot, pane: DetailPane) -> None:
    assert "Remember not to believe it" in pane.buttons["wrong"].toolTip()
    assert "no trace" in pane.buttons["forget"].toolTip()
    assert "may be inferred again" in texts(pane)
    with qtbot.waitSignal(pane.forget_wanted) as wanted:
        pane.buttons["forget"].click()
    assert wanted.args is not None
    assert wanted.args[0].id == 1


def test_words_are_edited_in_place_and_sent_without_stray_blanks(qtbot: QtBot, pane: DetailPane) -> None:
    pane.buttons["edit"].click()
    assert pane.editor is not None
    pane.editor.setPlainText("  Ines has finished\n the plan. ")
    with qtbot.waitSignal(pane.edited) as edited:
        QTest.keyClick(pane.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert edited.args == [1, "Ines has finished the plan."]
    assert pane.editor is None


def test_what_is_being_written_is_not_swept_away_by_a_change(pane: DetailPane, store: ReadingStore) -> None:
    pane.start_editing()
    assert pane.editor is not None
    pane.editor.setPlainText("half a sen")
    told = told_of(store, 1)
    pane.show_told(replace(told, belief=replace(told.belief, confidence=0.1)), NOW)
    assert pane.editor.toPlainText() == "half a sen"


def test_unsaved_words_wait_until_their_proposition_is_chosen_again(
    qtbot: QtBot, pane: DetailPane, store: ReadingStore
) -> None:
    pane.start_editing()
    assert pane.editor is not None
    pane.editor.setPlainText("half a sen")
    with qtbot.waitSignal(pane.put_by):
        pane.show_told(told_of(store, 2), NOW)
    assert pane.editor is None
    pane.show_told(told_of(store, 1), NOW)
    assert pane.editor.toPlainText() == "half a sen"
    pane.clear()
    pane.show_told(told_of(store, 1), NOW)
    assert pane.editor.toPlainText() == "half a sen"
    pane._cancel()
    pane.show_told(told_of(store, 2), NOW)
    pane.show_told(told_of(store, 1), NOW)
    assert pane.editor is None


def test_saved_words_and_untouched_ones_leave_no_draft(qtbot: QtBot, pane: DetailPane, store: ReadingStore) -> None:
    pane.start_editing()
    with qtbot.assertNotEmitted(pane.put_by):
        pane.show_told(told_of(store, 2), NOW)
    pane.start_editing()
    assert pane.editor is not None
    pane.editor.setPlainText("A whole sentence.")
    pane._save()
    assert pane.drafts == frozenset()


def test_the_words_about_a_forgotten_one_go_with_it(pane: DetailPane, store: ReadingStore) -> None:
    pane.start_editing()
    assert pane.editor is not None
    pane.editor.setPlainText("half a sen")
    pane.clear()
    assert pane.drafts == {1}
    pane.drop_drafts({PropositionId(1)})
    assert pane.drafts == frozenset()


def test_an_edit_that_changes_nothing_is_no_edit(qtbot: QtBot, pane: DetailPane) -> None:
    pane.start_editing()
    with qtbot.assertNotEmitted(pane.edited):
        pane._save()


def test_much_evidence_is_shown_on_request(pane: DetailPane, store: ReadingStore) -> None:
    told = told_of(store, 1)
    many = tuple(Seen(evidence=some_evidence(f"quote {n}"), observation=None) for n in range(9))
    belief = replace(told.belief, evidence=tuple(seen.evidence for seen in many))
    pane.show_told(Told(belief=belief, seen=many), NOW)
    assert len(pane.findChildren(EvidenceCard)) == FIRST_EVIDENCE
    assert "Evidence (9)" in texts(pane)
    pane._show_all()
    assert len(pane.findChildren(EvidenceCard)) == 9


def test_a_rejected_one_says_so_and_can_only_be_called_right(pane: DetailPane, store: ReadingStore) -> None:
    pane.show_told(told_of(store, 12), NOW)
    assert "You said no" in texts(pane)
    assert not pane.buttons["wrong"].isEnabled()
    assert pane.buttons["right"].isEnabled()


def test_what_is_kept_away_can_be_lifted(qtbot: QtBot, pane: DetailPane, store: ReadingStore) -> None:
    told = told_of(store, 1)
    assert "lift" not in pane.buttons
    pane.show_told(replace(told, belief=replace(told.belief, state="rejected")), NOW)
    with qtbot.waitSignal(pane.lifted) as lifted:
        pane.buttons["lift"].click()
    assert lifted.args == [told.belief.id]
    assert "merge" not in pane.buttons and "split" not in pane.buttons
    assert "It is kept away" in texts(pane) and "Confidence" not in texts(pane)
