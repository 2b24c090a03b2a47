"""Asking in the window: the answer as it comes, stopped, asked again without some lines; and without a model."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from gum_app.ui.ask_page import AskPage
from gum_app.ui.side import NARROW
from gum_app.ui.window import SMALLEST
from tests.ui.answering import Answer
from tests.ui.chats import LINES, a_context, an_answer, without_model
from tests.ui.conftest import World


@pytest.fixture
def page(qtbot: QtBot, world: World) -> AskPage:
    page = AskPage(world.asker)
    qtbot.addWidget(page)
    page.resize(800, 700)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.field.setFocus()
    return page


def ask(qtbot: QtBot, page: AskPage, text: str = "What did I do?") -> None:
    page.field.setText(text)
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.go.isVisible() and (page.result.isVisible() or bool(page.told.text())))


def sources(page: AskPage) -> list[QPushButton]:
    found: list[QPushButton] = page.sources.findChildren(QPushButton)
    return [button for button in found if button.isVisible()]


def test_the_answer_comes_as_it_is_written_and_names_what_it_rests_on(
    qtbot: QtBot, page: AskPage, world: World
) -> None:
    heard: list[str] = []
    say = page.answer.say
    page.answer.say = lambda text: (heard.append(text), say(text))[1]  # type: ignore[func-returns-value, method-assign]
    ask(qtbot, page)
    assert heard[-3:-1] == ["You worked on ", "You worked on the soil report [1]"]
    assert page.answer.text().endswith("from nine on [3].")
    assert [button.text() for button in sources(page)] == ["[1] Works on the soil report.", "[3] QGIS, drains — QGIS"]
    assert not page.doubt.isVisible()
    assert world.answering.asked == [
        {"do": "chat_context", "text": "What did I do?", "history": []},
        {"do": "chat", "text": "What did I do?", "history": [], "lines": ["p1", "p2", "o3"], "without": []},
    ]


def test_what_it_rests_on_is_seen_by_a_click(qtbot: QtBot, page: AskPage) -> None:
    ask(qtbot, page)
    with qtbot.waitSignal(page.wanted) as wanted:
        sources(page)[0].click()
    assert wanted.args == [1]
    with qtbot.waitSignal(page.day_wanted) as day:
        sources(page)[1].click()
    assert day.args == [date(2026, 3, 10)]
    page.fold.button.click()
    with qtbot.waitSignal(page.wanted) as wanted:
        page.lines.sees[1].click()
    assert wanted.args == [2]


def test_it_is_asked_again_without_a_line(qtbot: QtBot, page: AskPage, world: World) -> None:
    ask(qtbot, page)
    page.fold.button.click()
    page.lines.boxes["p2"].click()
    assert page.again.text() == "Ask again without 1 line"
    page.again.click()
    qtbot.waitUntil(lambda: page.go.isVisible() and page.result.isVisible())
    assert world.answering.asked[-1]["without"] == ["p2"]
    assert page.lines.without == ["p2"]


def test_one_may_look_first_and_take_lines_out_before_anything_is_sent(
    qtbot: QtBot, page: AskPage, world: World
) -> None:
    page.field.setText("What did I do?")
    QTest.keyClick(page.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.lines.isVisible())
    assert [asked["do"] for asked in world.answering.asked] == ["chat_context"]
    assert page.fold.button.text() == "What the model is shown: 3 lines"
    assert "Qwen3-VL-4B-Instruct Q4_K_M is told the time" in page.about.text()
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


def test_it_is_stopped_by_a_key_and_what_came_stays(qtbot: QtBot, page: AskPage, world: World) -> None:
    over = threading.Event()

    def without_end() -> Iterator[Answer]:
        yield {"piece": "You "}
        while not over.wait(0.01):
            yield {"piece": ""}

    world.answering.chat = without_end()
    page.field.setText("What?")
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.answer.text() == "You ")
    assert page.stop.isVisible()
    QTest.keyClick(page.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(page.go.isVisible)
    over.set()
    assert page.told.text() == "Stopped."
    assert page.answer.text() == "You "


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


def test_a_question_goes_on_from_the_last_one_only_where_the_person_says_so(
    qtbot: QtBot, page: AskPage, world: World
) -> None:
    assert not page.follow.isVisible()
    ask(qtbot, page)
    ask(qtbot, page, "And with whom?")
    assert world.answering.asked[-1]["history"] == []
    page.follow.click()
    assert page.follow.text() == "The next one goes on from “And with whom?”"
    ask(qtbot, page, "Why?")
    (turn,) = world.answering.asked[-1]["history"]
    assert world.answering.asked[-2]["history"] == [turn]
    assert turn["question"] == "And with whom?"
    assert turn["answer"].endswith("on [3].")
    assert "the one before" in page.about.text()
    page.clear()
    assert not page.follow.isVisible()


def test_nothing_is_cut_off_in_the_smallest_window(qtbot: QtBot, page: AskPage, world: World) -> None:
    long = LINES[0] | {"text": f"task: {'Works on the parcel router. ' * 9}"}
    world.answering.context = a_context(lines=[long], told="Some are left out. " * 9)
    world.answering.chat = an_answer(cited=[long], answer="word " * 90)
    page.setFixedSize(SMALLEST.width() - NARROW, SMALLEST.height())
    ask(qtbot, page, "What did I do all the time? " * 9)
    page.fold.button.click()
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
