"""Questions in the window: a number, a list, a card; each answer is one press."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gum_app.records import PERSON, Inquiry, InquiryId, PropositionId, RevisionId
from gum_app.rules.revisions import fold
from gum_app.store.reading import ReadingStore
from gum_app.store.store import Store
from gum_app.ui.detail import look_up
from gum_app.ui.questions import Open, QuestionCard, QuestionsNote, look_up_questions
from tests.builders import a_revision, some_evidence
from tests.ui.conftest import World
from tests.ui.life import KEY, NOW


def an_inquiry(id_: int, revision: RevisionId | None = None) -> Inquiry:
    expires = NOW + timedelta(days=7)
    return Inquiry(
        id=InquiryId(0),
        proposition_id=PropositionId(id_),
        revision_id=revision,
        asked_at=NOW,
        expires_at=expires,
        answer=None,
    )


@pytest.fixture
def asked(world: World) -> World:
    """One of what we are unsure, one about the person's word."""
    with Store(world.home.database, KEY, fold=fold) as store:
        item = some_evidence("Mon 30 March, 10:00", observation_id=None, at=NOW, app="thunderbird", supports=False)
        mine, _, _ = store.add_revisions(
            [
                a_revision(text="Has the keys on Saturday.", topic="t:1", made_by=PERSON),
                a_revision(text="Has the keys on Monday.", topic="t:2"),
                a_revision("contradicted", proposition_id=PropositionId(1), evidence=(item,)),
            ]
        )
        other = PropositionId(mine + 1)
        store.add_revisions([a_revision("contradicted", proposition_id=mine, other=other, evidence=(item,))])
        belief = store.proposition(mine)
        assert belief is not None
        store.add_inquiry(an_inquiry(2))
        store.add_inquiry(an_inquiry(mine, belief.revisions[-1].id))
    return world


def questions(world: World) -> tuple[Open, ...]:
    with ReadingStore(world.home.database, KEY) as store:
        return look_up_questions(store, NOW)


def test_each_says_what_was_believed_and_what_was_seen(asked: World) -> None:
    unsure, against = questions(asked)
    assert unsure.sentence.startswith("Is this so? “")
    assert unsure.seen.startswith("Seen ")
    assert against.sentence == (
        "You said: “Has the keys on Saturday.” On Tuesday 10 March I saw otherwise: “Has the keys on Monday.” "
        "Is it still so?"
    )
    assert against.seen == "Seen on Tuesday 10 March in Thunderbird: “Mon 30 March, 10:00”"


def test_a_number_on_the_page_leads_to_the_list(asked: World, qtbot: QtBot) -> None:
    note = QuestionsNote(asked.reader, asked.deeds, lambda: NOW)
    qtbot.addWidget(note)
    qtbot.waitUntil(lambda: note.text() == "2 questions for you")
    dialog = note.open()
    with qtbot.waitSignal(asked.deeds.done):
        dialog.cards[0].buttons["yes"].click()
    assert not dialog.cards[0].isEnabled() and dialog.cards[0].said.text() == "You said: Yes"
    assert dialog.isVisible(), "there is another one"
    note.refresh()
    qtbot.waitUntil(lambda: note.text() == "1 question for you")
    assert asked.answering.asked[-1] == {
        "do": "answer",
        "inquiry": note.questions[0].id - 1,
        "answer": "yes",
        "text": "",
    }
    with qtbot.waitSignals([asked.deeds.done, dialog.accepted]):
        dialog.cards[1].words.setText("Has the keys on Tuesday.")
        QTest.keyClick(dialog.cards[1].words, Qt.Key.Key_Return)


def test_the_card_asks_for_the_words_where_it_has_changed(asked: World, qtbot: QtBot) -> None:
    heard: list[tuple[InquiryId, str, str]] = []
    card = QuestionCard(questions(asked)[1], lambda *answer: heard.append(answer))
    qtbot.addWidget(card)
    assert card.writing.isHidden()
    card.buttons["changed"].click()
    assert not card.writing.isHidden()
    assert not card.save.isEnabled(), "the words are as they were"
    card.words.setText(" Has the keys on  Tuesday. ")
    card.save.click()
    assert heard == [(card.question.id, "changed", "Has the keys on Tuesday.")]


@pytest.mark.parametrize("answer", ["no", "never"])
def test_each_button_is_one_answer(asked: World, qtbot: QtBot, answer: str) -> None:
    heard: list[tuple[InquiryId, str, str]] = []
    card = QuestionCard(questions(asked)[0], lambda *given: heard.append(given))
    qtbot.addWidget(card)
    card.buttons[answer].click()
    assert heard == [(card.question.id, answer, "")]
    assert card.buttons["no"].text() == "No"


def test_the_proposition_itself_shows_its_question(asked: World) -> None:
    with ReadingStore(asked.home.database, KEY) as store:
        told = look_up(store, PropositionId(2), NOW)
        assert told is not None
        assert told.question == questions(asked)[0]
        without = look_up(store, PropositionId(3), NOW)
        assert without is not None
        assert without.question is None


def test_where_nothing_is_asked_nothing_is_shown(world: World, qtbot: QtBot) -> None:
    note = QuestionsNote(world.reader, world.deeds, lambda: NOW)
    qtbot.addWidget(note)
    heard: list[object] = []
    world.reader.read(lambda store: store.version(), heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert note.isHidden()
