"""Asking in the window: the answer as it comes, stopped, asked again without some lines; and without a model."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from gum_app.errors import BadInput
from gum_app.ui.ask_page import CLOSED, GONE, UNFINISHED, AskPage
from gum_app.ui.side import NARROW
from gum_app.ui.window import SMALLEST
from tests.ui.answering import Answer
from tests.ui.chats import LINES, a_context, an_answer, without_model
from tests.ui.conftest import World


@pytest.fixture
def page(qtbot: QtBot, world: World) -> AskPage:
    page = AskPage(world.reader, world.deeds)
    qtbot.addWidget(page)
    page.resize(800, 700)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.field.setFocus()
    return page


def ask(qtbot: QtBot, page: AskPage, text: str = "What did I do?") -> None:
    page.field.setPlainText(text)
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.go.isVisible() and (page.result.isVisible() or bool(page.told.text())))


def sources(page: AskPage) -> list[QPushButton]:
    found: list[QPushButton] = page.sources.findChildren(QPushButton)
    return [button for button in found if button.isVisible() and button.text().startswith("[")]


def test_the_answer_comes_as_it_is_written_and_names_what_it_rests_on(
    qtbot: QtBot, page: AskPage, world: World
) -> None:
    heard: list[str] = []
    say = page.answer.say
    page.answer.say = lambda text: (heard.append(text), say(text))[1]  # type: ignore[func-returns-value, method-assign]
    ask(qtbot, page)
    assert heard[-3:-1] == ["You worked on ", "You worked on the soil report [1]"]
    assert page.answer.text().endswith("from nine on [3].")
    assert [button.text() for button in sources(page)] == ["[1]", "[3]"]
    assert [words.text() for words in page.sources.words.values()] == [
        "Works on the soil report.",
        "QGIS, drains — QGIS",
    ]
    assert not page.doubt.isVisible()
    assert world.answering.asked == [
        {"do": "chat_context", "text": "What did I do?", "history": [], "screen": False},
        {
            "do": "chat",
            "text": "What did I do?",
            "history": [],
            "lines": ["p1", "p2", "o3"],
            "without": [],
            "also": "",
        },
    ]


def test_what_it_rests_on_is_seen_by_a_click(qtbot: QtBot, page: AskPage) -> None:
    ask(qtbot, page)
    with qtbot.waitSignal(page.wanted) as wanted:
        sources(page)[0].click()
    assert wanted.args == [1]
    with qtbot.waitSignal(page.episode_wanted) as episode:
        sources(page)[1].click()
    assert episode.args == [date(2026, 3, 10), 3]
    page.context.button.click()
    with qtbot.waitSignal(page.wanted) as wanted:
        page.lines.sees[1].click()
    assert wanted.args == [2]


def test_it_is_asked_again_without_a_line(qtbot: QtBot, page: AskPage, world: World) -> None:
    ask(qtbot, page)
    page.context.button.click()
    page.lines.boxes["p2"].click()
    assert page.again.text() == "Ask again without 1 line"
    page.again.click()
    qtbot.waitUntil(lambda: page.go.isVisible() and page.result.isVisible())
    assert world.answering.asked[-1]["without"] == ["p2"]
    assert page.lines.without == ["p2"]


def test_one_may_look_first_and_take_lines_out_before_anything_is_sent(
    qtbot: QtBot, page: AskPage, world: World
) -> None:
    page.field.setPlainText("What did I do?")
    QTest.keyClick(page.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.lines.isVisible())
    assert [asked["do"] for asked in world.answering.asked] == ["chat_context"]
    assert page.context.button.text() == "What the model is shown: 3 lines"
    assert "Qwen3-VL-4B-Instruct Q4_K_M is told the time" in page.context.about.text()
    page.lines.boxes["p1"].click()
    assert page.again.text() == "Ask with these lines"
    page.again.click()
    qtbot.waitUntil(page.result.isVisible)
    assert world.answering.asked[-1]["without"] == ["p1"]


def test_without_a_model_what_fits_is_shown_and_that_is_said(qtbot: QtBot, page: AskPage, world: World) -> None:
    world.answering.context = without_model()
    ask(qtbot, page)
    assert page.told.text() == "Without a model I can only show what fits."
    assert page.lines.isVisible()
    assert not page.again.isVisible()
    assert [asked["do"] for asked in world.answering.asked] == ["chat_context"]
    world.answering.context = without_model() | {"lines": []}
    ask(qtbot, page)
    assert page.told.text().endswith("Nothing fits.")


def without_end(page: AskPage, world: World, qtbot: QtBot) -> threading.Event:
    """An answer under way; it ends with the event."""
    over = threading.Event()

    def never_over() -> Iterator[Answer]:
        yield {"piece": "You "}
        while not over.wait(0.01):
            yield {"piece": ""}

    world.answering.chat = never_over()
    page.field.setPlainText("What?")
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.answer.text() == "You ")
    return over


def test_it_is_stopped_by_a_key_at_once_and_what_came_stays_and_is_marked(
    qtbot: QtBot, page: AskPage, world: World
) -> None:
    over = without_end(page, world, qtbot)
    assert page.stop.isVisible()
    QTest.keyClick(page.field, Qt.Key.Key_Escape)
    assert page.go.isVisible(), "nothing is waited for"
    assert page.told.text() == "Stopped."
    assert (page.answer.text(), page.doubt.text()) == ("You ", UNFINISHED)
    over.set()
    world.answering.chat = an_answer()
    ask(qtbot, page, "And then?")
    assert world.answering.asked[-1]["history"] == [], "what broke off is no part of the conversation"


def test_a_window_that_is_closed_takes_its_question_back(qtbot: QtBot, page: AskPage, world: World) -> None:
    over = without_end(page, world, qtbot)
    page.leave()
    assert (page.told.text(), page.doubt.text()) == (CLOSED, UNFINISHED)
    over.set()
    page.leave()
    assert page.told.text() == CLOSED


def test_what_breaks_off_in_the_middle_stays_and_is_marked(qtbot: QtBot, page: AskPage, world: World) -> None:
    def dies() -> Iterator[Answer]:
        yield {"piece": "You "}
        yield {"piece": ""}
        raise BadInput("The model’s process has died.")

    world.answering.chat = dies()
    page.field.setPlainText("What?")
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    qtbot.waitUntil(page.trouble.isVisible)
    assert page.trouble.text() == "The model’s process has died."
    assert (page.answer.text(), page.doubt.text()) == ("You ", UNFINISHED)
    assert page.go.isVisible()


def test_enter_asks_and_shift_enter_begins_a_new_line(qtbot: QtBot, page: AskPage, world: World) -> None:
    QTest.keyClicks(page.field, "What")
    QTest.keyClick(page.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(page.field, "then?")
    assert world.answering.asked == []
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    qtbot.waitUntil(page.result.isVisible)
    assert world.answering.asked[0]["text"] == "What\nthen?"


def test_what_went_wrong_and_what_rests_on_nothing_is_told(qtbot: QtBot, page: AskPage, world: World) -> None:
    world.answering.chat = an_answer(cited=[], sentence="It names no line that it rests on.", gone=2)
    ask(qtbot, page)
    qtbot.waitUntil(page.doubt.isVisible)
    assert page.told.text() == "2 lines could not be told any more."
    world.answering.refuses["chat"] = "The model does not fit into the memory."
    page.again.click()
    qtbot.waitUntil(page.trouble.isVisible)
    assert page.trouble.text() == "The model does not fit into the memory."
    assert page.go.isVisible()


def test_what_strangers_wrote_is_never_taken_for_markup(qtbot: QtBot, page: AskPage, world: World) -> None:
    world.answering.context = a_context()
    world.answering.chat = an_answer(answer="<b>Bold</b> <a href='http://x'>x</a>", cited=[])
    ask(qtbot, page)
    assert page.answer.textFormat() == Qt.TextFormat.PlainText
    assert "<b>" in page.answer.text()


def test_a_conversation_goes_on_with_its_last_questions_until_a_new_one_begins(
    qtbot: QtBot, page: AskPage, world: World
) -> None:
    ask(qtbot, page)
    for number in range(4):
        ask(qtbot, page, f"And {number}?")
    told = world.answering.asked[-1]["history"]
    assert [turn["question"] for turn in told] == ["And 0?", "And 1?", "And 2?"], "no more than the last three"
    assert told[0]["answer"].endswith("on [3].")
    assert world.answering.asked[-2]["history"] == told, "what is looked for goes on too"
    assert [box.accessibleName()[:12] for box in page.lines.turns] == ["Asked: And 0", "Asked: And 1", "Asked: And 2"]
    assert page.before.isVisible()
    page.new.click()
    assert not page.before.isVisible()
    assert page.answer.text() == page.field.toPlainText() == ""
    ask(qtbot, page, "Why?")
    assert world.answering.asked[-1]["history"] == []


def test_an_earlier_question_can_be_taken_out_like_a_line(qtbot: QtBot, page: AskPage, world: World) -> None:
    ask(qtbot, page)
    ask(qtbot, page, "And why?")
    page.context.button.click()
    page.lines.turns[0].click()
    page.again.click()
    qtbot.waitUntil(lambda: page.go.isVisible() and page.result.isVisible())
    assert world.answering.asked[-1]["history"] == []


def test_a_sentence_is_added_for_one_question_and_all_is_seen_word_for_word(
    qtbot: QtBot, page: AskPage, world: World
) -> None:
    page.field.setPlainText("What did I do?")
    page.look.click()
    qtbot.waitUntil(page.lines.isVisible)
    QTest.keyClicks(page.context.also, "I was ill.")
    page.context.word_for_word.button.click()
    qtbot.waitUntil(lambda: "The question: What did I do?" in page.context.whole.toPlainText())
    looked = world.answering.asked[-1]
    page.again.click()
    qtbot.waitUntil(page.result.isVisible)
    assert world.answering.asked[-1] == looked | {"do": "chat"}, "what is sent is what was shown"
    assert looked["also"] == "I was ill."
    ask(qtbot, page, "And then?")
    assert world.answering.asked[-1]["also"] == ""


def test_the_screen_belongs_to_a_question_that_speaks_of_it_or_where_the_person_says_so(
    qtbot: QtBot, page: AskPage, world: World
) -> None:
    page.field.setPlainText("Help me with this section")
    assert page.with_screen.isChecked()
    page.field.setPlainText("What did I do?")
    assert not page.with_screen.isChecked()
    page.with_screen.click()
    page.field.setPlainText("What did I do then?")
    assert page.with_screen.isChecked(), "the person's word stays"
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    qtbot.waitUntil(page.result.isVisible)
    assert world.answering.asked[0]["screen"] is True


def test_what_an_answer_rests_on_is_left_out_of_the_next_one(qtbot: QtBot, page: AskPage, world: World) -> None:
    ask(qtbot, page)
    page.sources.buttons["p1", "leave out"].click()
    assert page.again.text() == "Ask again without 1 line"
    page.again.click()
    qtbot.waitUntil(lambda: page.go.isVisible() and page.result.isVisible())
    assert world.answering.asked[-1]["without"] == ["p1"]


def test_what_an_answer_rests_on_is_corrected_on_the_spot_and_that_is_undone(
    qtbot: QtBot, page: AskPage, world: World
) -> None:
    world.deeds.done.connect(lambda *_: page.refresh())
    ask(qtbot, page)
    qtbot.waitUntil(lambda: bool(page._standings))
    page.sources.buttons["p1", "edit"].click()
    assert page.sources.editor is not None
    page.sources.editor.setPlainText("Works on the drains.")
    page.sources.buttons["p1", "save"].click()
    qtbot.waitUntil(lambda: page.lines.texts["p1"].text() == "task, 84% sure, last seen now: Works on the drains.")
    assert page.sources.words["p1"].text() == "Works on the drains."
    page.sources.buttons["p1", "wrong"].click()
    qtbot.waitUntil(lambda: page.lines.without == ["p1"])
    assert not page.lines.boxes["p1"].isEnabled()
    assert page.again.text() == "Ask again without 1 line"
    world.deeds.undo()
    qtbot.waitUntil(page.lines.boxes["p1"].isEnabled)
    assert [question["do"] for question in world.answering.asked if question["do"] in {"edit", "say", "undo"}] == [
        "edit",
        "say",
        "undo",
    ]


@pytest.mark.parametrize("gone", [{"proposition": 2}, {"observations": [3]}], ids=["proposition", "observation"])
def test_a_forgetting_from_anywhere_takes_the_answers_away(
    qtbot: QtBot, page: AskPage, world: World, gone: dict[str, Any]
) -> None:
    ask(qtbot, page)
    world.answering.context = a_context(lines=LINES[:1])
    world.answering.chat = an_answer(cited=LINES[:1], lines=LINES[:1])
    ask(qtbot, page, "And then?")
    qtbot.waitUntil(lambda: bool(page._standings))
    world.deeds.do({"do": "forget", "preview": False} | gone, "Forgotten.")
    with qtbot.waitSignal(world.deeds.done):
        pass
    page.refresh()
    qtbot.waitUntil(lambda: page.told.text() == GONE)
    assert not page.result.isVisible()
    assert not page.before.isVisible(), "it was shown for an earlier question"
    assert page.lines.names == []
    assert "soil" not in page.answer.text()


def test_nothing_is_cut_off_in_the_smallest_window(qtbot: QtBot, page: AskPage, world: World) -> None:
    long = LINES[0] | {"text": f"task: {'Works on the parcel router. ' * 9}"}
    world.answering.context = a_context(lines=[long], told="Some are left out. " * 9)
    world.answering.chat = an_answer(cited=[long], answer="word " * 90)
    page.setFixedSize(SMALLEST.width() - NARROW, SMALLEST.height())
    ask(qtbot, page, "What did I do all the time? " * 9)
    page.context.button.click()
    qtbot.waitUntil(page.lines.isVisible)
    content = page.widget()
    assert content is not None
    qtbot.waitUntil(lambda: content.minimumSizeHint().width() <= page.viewport().width())


def test_after_a_forgetting_nothing_of_it_stands_there(qtbot: QtBot, page: AskPage) -> None:
    ask(qtbot, page)
    page.clear()
    assert not page.result.isVisible()
    assert page.answer.text() == ""
    assert page.lines.names == []


def test_how_to_come_here_is_told_until_something_is_asked(qtbot: QtBot, page: AskPage) -> None:
    page.tell_key("")
    assert not page.hint.isVisible()
    page.tell_key("Ctrl+Alt+G")
    assert page.hint.isVisible()
    assert page.hint.text() == "Ctrl+Alt+G opens this page from anywhere."
    ask(qtbot, page)
    page.tell_key("Ctrl+Alt+G")
    assert not page.hint.isVisible()
    page.new.click()
    assert page.hint.isVisible()


def test_escape_leaves_a_correction_and_control_enter_saves_it(qtbot: QtBot, page: AskPage, world: World) -> None:
    ask(qtbot, page)
    page.sources.buttons["p1", "edit"].click()
    editor = page.sources.editor
    assert editor is not None
    qtbot.waitUntil(lambda editor=editor: editor.isVisible() and editor.hasFocus())  # type: ignore[misc]
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert page.sources.editor is None
    page.sources.buttons["p1", "edit"].click()
    editor = page.sources.editor
    assert editor is not None
    qtbot.waitUntil(lambda editor=editor: editor.isVisible() and editor.hasFocus())
    editor.setPlainText("Works on the drains.")
    with qtbot.waitSignal(world.deeds.done):
        QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert world.answering.asked[-1] == {"do": "edit", "id": 1, "text": "Works on the drains."}
